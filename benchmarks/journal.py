"""How long it takes to keep one answer durably."""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, timed
from voice_checkin.evening.model import Answer, Meaning
from voice_checkin.journal.store import open_journal

KEPT = 200


def figures() -> Iterator[Figure]:
    """One answer kept, beside a bare fsync of 4 KiB on the same disk."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder, open_journal(Path(folder) / "home") as journal:
        night = journal.open_night(now, ("Ann", "Ben"))
        bare = os.open(Path(folder) / "bare", os.O_WRONLY | os.O_CREAT)
        keeps, syncs = [], []
        for number in range(KEPT):
            answer = Answer("Ann", f"question.{number}", Meaning.SHARE, None, "a story " * 20, now)
            keeps.append(timed(journal.keep, night, answer))
            syncs.append(timed(_write_durably, bare))
        os.close(bare)
    p99 = sorted(keeps)[int(KEPT * 0.99)]
    yield Figure(
        "keep one answer, durably",
        f"median {median(keeps) * 1e3:.2f} ms, p99 {p99 * 1e3:.2f} ms",
        f"a bare fsync of 4 KiB: median {median(syncs) * 1e3:.2f} ms",
        median(keeps) / median(syncs),
    )


def _write_durably(file: int) -> None:
    os.pwrite(file, bytes(4096), 0)
    os.fsync(file)
