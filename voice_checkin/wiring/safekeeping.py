"""Whether what will be said can be kept: the home folder, room on the disk, the clock, the journal."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

from voice_checkin.errors import CheckinError
from voice_checkin.journal.store import FILE_NAME, open_journal
from voice_checkin.speech.checkup import Finding, fine, look, wrong

LEAST_FREE_BYTES = 50_000_000
"""An evening needs about a megabyte; a system whose disk is that full fails in other places first."""
EARLIEST = date(2026, 1, 1)
"""No copy of this program is older: a clock before it was never set."""


def check_keeping(home: Path, now: datetime, free_bytes: Callable[[Path], int]) -> Iterator[Finding]:
    """Everything that keeping an evening takes, in the order in which it would fail."""
    writable = look("home folder", lambda: _write(home))
    yield writable
    if not writable.remedy:
        yield check_room(home, free_bytes)
    last_night: list[date] = []
    if (home / FILE_NAME).exists():
        yield look("journal", lambda: _read(home, last_night))
    else:
        yield fine("journal", "none yet: the first evening begins it")
    yield check_clock(now, last_night[0] if last_night else None)


def check_room(home: Path, free_bytes: Callable[[Path], int]) -> Finding:
    """Whether the disk has room for an evening."""
    megabytes = free_bytes(home) // 1_000_000
    if megabytes * 1_000_000 < LEAST_FREE_BYTES:
        problem = f"only {megabytes} MB are free on the disk of {home}"
        return wrong("room", problem, "make some room, or name another folder in VOICE_CHECKIN_HOME")
    return fine("room", f"{megabytes:,} MB free")


def check_clock(now: datetime, last_night: date | None) -> Finding:
    """Whether the time can be right: not before this program was written, nor before the last evening."""
    remedy = "set date and time in the system's settings: evenings are kept by their date"
    if now.date() < EARLIEST:
        return wrong("clock", f"the clock says {now:%d %B %Y}: it was never set", remedy)
    if last_night and now.date() < last_night:
        return wrong("clock", f"the clock says {now:%d %B %Y}, before the last evening that was kept", remedy)
    return fine("clock", f"{now:%d %B %Y, %H:%M}")


def free_bytes(folder: Path) -> int:
    """Bytes that may still be written on the folder's disk."""
    return shutil.disk_usage(folder).free


def _write(home: Path) -> str:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home) as trial:
            trial.write(b"\0")
    except OSError as fault:
        raise CheckinError(
            f"the home folder {home} can't be written to ({fault.strerror})",
            remedy="make it writable for you, or name another folder in VOICE_CHECKIN_HOME",
        ) from fault
    return str(home)


def _read(home: Path, last_night: list[date]) -> str:
    with open_journal(home) as journal:
        journal.check()
        nights = journal.nights(last=1)
        last_night += [night.date for night in nights]
    return f"whole; the last evening was on {nights[0].date:%d %B %Y}" if nights else "whole; no evening yet"
