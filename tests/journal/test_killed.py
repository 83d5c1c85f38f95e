"""A program that is killed: nothing that was kept is lost, and the evening goes on at the next question."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journal.examples import COUPLE, EVENING
from voice_checkin.journal.store import open_journal

KEEP_AND_DIE = (sys.executable, "-m", "tests.journal.keep_and_die")
CHECKOUT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process there can't kill itself as hard")


def test_killed_right_after_keeping(home: Path) -> None:
    """Forty times killed the moment after `keep`: forty answers are there, all in one evening."""
    for _ in range(40):
        killed = subprocess.run([*KEEP_AND_DIE, home], cwd=CHECKOUT, check=False)
        assert killed.returncode == -signal.SIGKILL

    with open_journal(home) as journal:
        journal.check()
        (night,) = journal.nights()
    assert [each.said for each in night.answers] == [f"laugh {number}" for number in range(40)]


def test_killed_while_keeping(home: Path) -> None:
    """Killed at any moment, the journal is whole and holds every answer that was said to be kept."""
    for wait_for in range(12):
        with subprocess.Popen(
            [*KEEP_AND_DIE, home, "--on"], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            kept = [child.stdout.readline() for _ in range(wait_for + 1)]
            child.kill()
            kept += [line for line in child.stdout if line.endswith("\n")]

        with open_journal(home) as journal:
            journal.check()
            night = journal.open_night(EVENING, COUPLE)
        said = [each.said for each in night.answers]
        assert said == [f"laugh {number}" for number in range(len(said))]
        assert int(kept[-1]) < len(said) <= int(kept[-1]) + 2
