"""Whether what will be said can be kept: the home folder, room on the disk, the clock, the journal."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

from voice_checkin.errors import CheckinError, Locked
from voice_checkin.journal.store import FILE_NAME
from voice_checkin.speech.checkup import Finding, failed, fine, look, note, wrong
from voice_checkin.wiring.opening import Ask, key_of, opened, unlock

LEAST_FREE_BYTES = 50_000_000
"""An evening needs about a megabyte; a system whose disk is that full fails in other places first."""
EARLIEST = date(2026, 1, 1)
"""No copy of this program is older: a clock before it was never set."""


def check_keeping(
    home: Path, now: datetime, free_bytes: Callable[[Path], int], ask: Ask = None
) -> Iterator[Finding]:
    """Everything that keeping an evening takes, in the order in which it would fail."""
    writable = look("home folder", lambda: _write(home))
    yield writable
    if not writable.remedy:
        yield check_room(home, free_bytes)
    last_night: list[date] = []
    if (home / FILE_NAME).exists():
        yield _look_through(home, ask, last_night)
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


def _look_through(home: Path, ask: Ask, last_night: list[date]) -> Finding:
    try:
        unlock(home, ask)
    except Locked as locked:
        return note("journal", "locked, so it wasn't looked through", locked.remedy)
    except CheckinError as fault:
        return failed("journal", fault)
    return look("journal", lambda: _read(home, last_night))


def _read(home: Path, last_night: list[date]) -> str:
    with opened(home) as journal:
        journal.check()
        nights = journal.nights(last=1)
        last_night += [night.date for night in nights]
    state = "whole, and locked" if key_of(home) else "whole, not locked"
    return (
        f"{state}; the last evening was on {nights[0].date:%d %B %Y}"
        if nights
        else f"{state}; no evening yet"
    )
