"""How long it takes to keep one answer durably, plain and locked, and to try a passphrase."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, timed
from voice_checkin.evening.model import Answer, Meaning
from voice_checkin.journal import keys
from voice_checkin.journal.store import open_journal

KEPT = 200
KEY = bytes(32)


def figures() -> Iterator[Figure]:
    """One answer kept, plain and locked, beside a bare fsync of 4 KiB on the same disk; and the way in."""
    now = datetime.now(UTC)
    plain: list[float] = []
    locked: list[float] = []
    syncs: list[float] = []
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        journals = [
            (opened.enter_context(open_journal(Path(folder) / name, key)), times)
            for name, key, times in (("plain", None, plain), ("locked", KEY, locked))
        ]
        nights = [journal.open_night(now, ("Ann", "Ben")) for journal, _ in journals]
        bare = os.open(Path(folder) / "bare", os.O_WRONLY | os.O_CREAT)
        for number in range(KEPT):
            answer = Answer("Ann", f"question.{number}", Meaning.SHARE, None, "a story " * 20, now)
            for (journal, times), night in zip(journals, nights, strict=True):
                times.append(timed(journal.keep, night, answer))
            syncs.append(timed(_write_durably, bare))
        os.close(bare)
    sync = f"a bare fsync of 4 KiB: median {median(syncs) * 1e3:.2f} ms"
    yield Figure("keep one answer, durably", _told(plain), sync, median(plain) / median(syncs))
    beside = f"a plain one: {_told(plain)}"
    yield Figure(
        "keep one answer, in a locked journal", _told(locked), beside, median(locked) / median(plain)
    )
    yield _opening()


def _opening() -> Figure:
    """The passphrase, tried once in a process, beside opening a locked journal with the key."""
    held = keys.begin(KEY, "a passphrase", KEY[:16], bytes)
    with tempfile.TemporaryDirectory() as folder:
        opening = [timed(lambda: open_journal(Path(folder), KEY).close()) for _ in range(20)]
        trying = [timed(keys.by_passphrase, held, "a passphrase") for _ in range(5)]
    return Figure(
        "try one passphrase",
        f"median {median(trying):.2f} s",
        f"open a locked journal with its key: median {median(opening) * 1e3:.1f} ms",
        median(trying) / median(opening),
    )


def _told(times: list[float]) -> str:
    return f"median {median(times) * 1e3:.2f} ms, p99 {sorted(times)[int(KEPT * 0.99)] * 1e3:.2f} ms"


def _write_durably(file: int) -> None:
    os.pwrite(file, bytes(4096), 0)
    os.fsync(file)
