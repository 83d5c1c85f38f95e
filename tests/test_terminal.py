"""The product on a terminal, as two people without a microphone find it."""

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import run
from tests.test_faults import without_sound

pty = pytest.importorskip("pty", reason="terminals of this kind are of Linux and macOS")


class Terminal:
    """A terminal that a test types on and reads from."""

    def __init__(self, home: Path, *arguments: str, environment: dict[str, str] | None = None) -> None:
        self._ours, theirs = pty.openpty()
        self.product = subprocess.Popen(
            [sys.executable, "-m", "voice_checkin", *arguments],
            env=(environment or os.environ | without_sound())
            | {"VOICE_CHECKIN_HOME": str(home), "TERM": "dumb"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self.shown = ""

    def wait_for(self, words: str, *, longest_s: float = 30.0) -> None:
        """Read until these words are on the screen."""
        until_s = time.monotonic() + longest_s
        while words not in self.shown:
            assert time.monotonic() < until_s, f"{words!r} did not come: {self.shown!r}"
            if select.select([self._ours], [], [], 0.1)[0]:
                try:
                    piece = os.read(self._ours, 4096)
                except OSError:  # the product has ended
                    piece = b""
                assert piece or words in self.shown, f"ended without {words!r}: {self.shown!r}"
                self.shown += re.sub(r"\x1b\[[0-9;]*m", "", piece.decode()).replace("\r\n", "\n")

    def type(self, line: str) -> None:
        """Type a line."""
        os.write(self._ours, f"{line}\n".encode())

    def close(self) -> None:
        """Take the terminal away."""
        self.product.kill()
        self.product.wait()
        os.close(self._ours)


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    """A terminal on which tonight's check-in has been asked for, on a machine without sound."""
    there = Terminal(home, "tonight", "--voice", "printed")
    yield there
    there.close()


def test_a_first_evening_without_a_microphone_is_typed(terminal: Terminal, home: Path) -> None:
    """It asks for the names, says that tonight is typed, and holds the evening so."""
    terminal.wait_for("What is one of you called")
    terminal.type("Noor")
    terminal.wait_for("And the other")
    terminal.type("Kit")
    terminal.wait_for("tonight is typed")
    terminal.wait_for("Noor: ")
    terminal.type("you made tea")
    terminal.wait_for("[share]")
    terminal.wait_for("Kit: ")
    terminal.type("stop")
    terminal.wait_for("[stop]")

    assert terminal.product.wait(timeout=30) == 0
    assert '"Noor"' in run(home, "export", "json", "-").output


def test_understand_is_a_playground_on_a_terminal(home: Path) -> None:
    """A sentence is read as it is typed; the kind of question can be changed; an empty line ends it."""
    playground = Terminal(home, "understand")
    try:
        playground.wait_for("yes_no> ")
        playground.type("we never quite got round to it")
        playground.wait_for("no  ")
        playground.wait_for("its words weigh most for it")
        playground.type("/rating")
        playground.wait_for("rating> ")
        playground.type("three and a half")
        playground.wait_for("rating (4)")
        playground.type("")
        assert playground.product.wait(timeout=10) == 0
    finally:
        playground.close()
