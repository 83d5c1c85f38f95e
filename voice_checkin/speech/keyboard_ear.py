"""The keyboard as an ear: one answer a line, from a terminal or a pipe."""

from typing import Protocol

from voice_checkin.evening.model import Listen, Utterance
from voice_checkin.evening.ports import Clock, EndOfInput


class Lines(Protocol):
    """A terminal, a pipe, or what is typed while a voice speaks."""

    def readline(self) -> str:
        """Wait for the next line; "" where they have ended."""


class KeyboardEar:
    """Reads one answer a line. Nobody who types is hurried: there is no time-out."""

    name = "keyboard"

    def __init__(self, lines: Lines, clock: Clock) -> None:
        self._lines = lines
        self._clock = clock

    def listen(self, listen: Listen) -> Utterance | None:  # noqa: ARG002 - patience is for speech
        """Read one answer; None for an empty line. Raises `EndOfInput` where the lines have ended."""
        started_s = self._clock.monotonic_s()
        line = self._lines.readline()
        if not line:
            raise EndOfInput
        text = line.strip()
        return Utterance(text, started_s, self._clock.monotonic_s()) if text else None

    def close(self) -> None:
        """The terminal stays open."""
