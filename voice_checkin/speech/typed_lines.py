"""What is typed on the terminal, at any moment: an answer, or a bare Enter that breaks off a long prompt."""

import threading
from collections import deque
from collections.abc import Callable
from typing import TextIO


class TypedLines:
    """Lines of a terminal, read in a thread of its own while a voice speaks or an ear listens."""

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines
        self._typed: deque[str] = deque()
        self._more = threading.Condition()
        self._ended = False

    def follow(self, on_line: Callable[[], None]) -> None:
        """Begin to read; `on_line` is called for each line, as soon as it is typed."""
        threading.Thread(target=self._follow, args=(on_line,), name="typed", daemon=True).start()

    def waiting(self) -> bool:
        """Whether an answer was typed that nobody has taken yet."""
        return any(line.strip() for line in tuple(self._typed))

    def take(self) -> str | None:
        """The next answer, where one was typed; never waits. A bare Enter is none."""
        while self._typed:
            if text := self._typed.popleft().strip():
                return text
        return None

    def readline(self) -> str:
        """Wait for the next line; "" where they have ended. A keyboard's ear can go on with them."""
        with self._more:
            self._more.wait_for(lambda: self._typed or self._ended)
            return self._typed.popleft() if self._typed else ""

    def _follow(self, on_line: Callable[[], None]) -> None:
        for line in iter(self._lines.readline, ""):
            self._add(line)
            on_line()
        with self._more:
            self._ended = True
            self._more.notify_all()

    def _add(self, line: str) -> None:
        with self._more:
            self._typed.append(line)
            self._more.notify_all()
