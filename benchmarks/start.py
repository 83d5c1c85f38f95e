"""How soon the program answers."""

import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from benchmarks.figures import Figure, timed

RUNS = 9


def figures() -> Iterator[Figure]:
    """`--help`, beside Python that starts and does nothing."""
    bare = [timed(_run, "-c", "pass") for _ in range(RUNS)]
    helped = [timed(_run, "-m", "voice_checkin", "tonight", "--help") for _ in range(RUNS)]
    yield Figure(
        "`voice-checkin tonight --help`",
        f"{median(helped):.2f} s",
        f"python -c pass: {median(bare):.2f} s",
        median(helped) / median(bare),
    )


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
