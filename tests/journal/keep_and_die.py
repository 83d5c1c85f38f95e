"""A program that takes up the evening, keeps its next answer and is killed: `keep_and_die.py HOME`.

With `--on` it keeps one answer after another, and prints the number of each once it is kept.
"""

import os
import signal
import sys
from pathlib import Path

from tests.journal.examples import COUPLE, EVENING, answer
from voice_checkin.journal.store import open_journal


def main(home: str, *options: str) -> None:
    """Take up the evening where it broke off, and never end in peace."""
    journal = open_journal(Path(home))
    night = journal.open_night(EVENING, COUPLE)
    number = len(night.answers)
    while "--on" in options:
        journal.keep(night, answer(f"laugh {number}", question=f"laugh.{number}"))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        number += 1
    journal.keep(night, answer(f"laugh {number}", question=f"laugh.{number}"))
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
