"""What is typed while a voice speaks or an ear listens."""

import os
import threading
from collections.abc import Iterator
from typing import TextIO

import pytest

from voice_checkin.speech.typed_lines import TypedLines


class Keys:
    """A pipe that a test types into."""

    def __init__(self) -> None:
        ours, theirs = os.pipe()
        self.screen: TextIO = os.fdopen(ours)
        self._out = os.fdopen(theirs, "w")
        self.typed = threading.Semaphore(0)
        self.lines = TypedLines(self.screen)
        self.lines.follow(self.typed.release)

    def type(self, line: str) -> None:
        """Type a line, and wait until it has been read."""
        self._out.write(f"{line}\n")
        self._out.flush()
        assert self.typed.acquire(timeout=5)

    def end(self) -> None:
        """No more lines."""
        self._out.close()


@pytest.fixture
def keys() -> Iterator[Keys]:
    """A fresh terminal."""
    there = Keys()
    yield there
    there.end()
    while there.lines.readline():
        """Until the thread that reads has come to the end."""
    there.screen.close()


def test_a_line_is_an_answer_at_any_moment(keys: Keys) -> None:
    """Nothing typed is None at once; a line is taken once."""
    assert keys.lines.take() is None

    keys.type("  you made tea ")

    assert keys.lines.waiting()
    assert keys.lines.take() == "you made tea"
    assert keys.lines.take() is None


def test_a_bare_enter_is_told_and_is_no_answer(keys: Keys) -> None:
    """It only breaks off what is being spoken."""
    keys.type("")

    assert not keys.lines.waiting()
    assert keys.lines.take() is None


def test_a_keyboards_ear_can_go_on_with_the_lines(keys: Keys) -> None:
    """What was typed before comes first; behind the end there is nothing more, however often it is asked."""
    keys.type("one")
    assert keys.lines.readline() == "one\n"

    keys.end()
    assert keys.lines.readline() == ""
    assert keys.lines.readline() == ""
