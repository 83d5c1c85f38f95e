"""The journal's file on the disk: private, durable, and its faults told as `JournalError`."""

import errno
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from voice_checkin.errors import JournalError
from voice_checkin.journal import cipher

BUSY_S = 3.0
"""How long a call waits for another program's transaction, which takes milliseconds, before it gives up."""

_PLAIN = b"SQLite format 3\x00"
"""How a database begins that isn't locked."""

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # a review never waits for the evening, nor the evening for a review
    "PRAGMA synchronous = FULL",  # a commit is on the disk when it returns
    "PRAGMA fullfsync = ON",  # on macOS: through the drive's own cache as well
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # words that are struck are overwritten, not only let go of
    "PRAGMA temp_store = MEMORY",  # no word strays into a temporary file outside the folder
)

_FULL = ("the disk is full", "make some room on it: everything kept before is safe")
_CLOSED = (
    "the journal can't be opened for writing",
    "make its folder and file writable for you, or name another folder in VOICE_CHECKIN_HOME",
)
_FAILING = ("the disk failed under the journal", "check the disk: everything kept before is safe")
_IN_USE = ("another program holds the journal", "close that program and try again: nothing was lost")
_DAMAGED = (
    "the journal is damaged or isn't one",
    "it was left as it is: move it aside, then voice-checkin restore --from BACKUP, or import json EXPORT",
)
_FAULTS = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _CLOSED,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_PERM: _CLOSED,
    sqlite3.SQLITE_IOERR: _FAILING,
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_PROTOCOL: _IN_USE,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
}


@contextmanager
def faults_told(path: Path) -> Iterator[None]:
    """Raise what the disk or the file does to us as `JournalError`; a bug keeps its own error."""
    try:
        yield
    except _what_happens() as error:
        fault = _fault(error)
        if fault is None:
            raise
        # `from None`: SQLite's own message may quote the text that it stumbled over.
        raise _told(fault, path) from None


def _what_happens() -> tuple[type[Exception], ...]:
    return (OSError, *cipher.errors())


def damaged(path: Path) -> JournalError:
    """The error that tells of a damaged journal."""
    return _told(_DAMAGED, path)


def is_damage(error: Exception) -> bool:
    """Whether this says that the file is damaged, rather than held or out of reach."""
    return _fault(error) == _DAMAGED


def _told(fault: tuple[str, str], path: Path) -> JournalError:
    problem, remedy = fault
    return JournalError(f"{problem}: {path}", remedy=remedy)


def _fault(error: Exception) -> tuple[str, str] | None:
    if isinstance(error, OSError):
        return _FULL if error.errno == errno.ENOSPC else _CLOSED
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # text that is no text any more is the one fault of a file that comes without a code
        return _DAMAGED if type(error).__name__ == "OperationalError" else None  # SQLite's, or SQLCipher's
    return _FAULTS.get(code & 0xFF)  # the higher bits only tell the kinds of one fault apart


def make_private(path: Path) -> None:
    """Make the folder and an empty file where they are missing, and take away what others may do there.

    The files that SQLite puts beside the journal get the journal's own mode.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # An open and a close of a file that is there would cost its other users in this process their locks.
    with suppress(FileExistsError):
        path.touch(mode=0o600, exist_ok=False)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder stands in the journal's place")
    for place in (path.parent, path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        with suppress(FileNotFoundError):
            _close_to_others(place)


def _close_to_others(place: Path) -> None:
    mode = stat.S_IMODE(place.stat().st_mode)
    if mode & 0o077:
        place.chmod(mode & 0o700)


def connect(path: Path, key: bytes | None = None) -> sqlite3.Connection:
    """Open the file for reading and for durable writing. Transactions are begun by `transaction` alone.

    With a key the file is a locked one, or becomes one where it is empty.
    """
    db = connect_barely(path, key)
    try:
        for pragma in _PRAGMAS:
            db.execute(pragma)
    except BaseException:
        db.close()
        raise
    return db


def connect_barely(path: Path, key: bytes | None = None) -> sqlite3.Connection:
    """Open the file as a whole copy is written: without a log beside it."""
    if key is not None:
        return cipher.connect(path, key, timeout_s=BUSY_S)
    return sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)


def connect_read_only(path: Path, key: bytes | None = None) -> sqlite3.Connection:
    """Open the file so that no byte of it, nor of its log, can change."""
    if key is not None:
        return cipher.connect(path, key, read_only=True, timeout_s=BUSY_S)
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_S)


def is_plain(path: Path) -> bool:
    """Whether a file is a plain database, or an empty one.

    Where this process has it open already that would cost it its locks.
    """
    with suppress(FileNotFoundError), path.open("rb") as held:
        return held.read(len(_PLAIN)) in {_PLAIN, b""}
    return False


def recover(path: Path, key: bytes | None = None) -> None:
    """Undo what a killed program had begun to write, which opening read-only can't.

    Only a change of the log's kind is written so that this is needed: everything else goes into the log.
    """
    if path.with_name(f"{path.name}-journal").exists():
        with closing(connect_barely(path, key)) as db:
            db.execute("SELECT 1 FROM sqlite_master").fetchone()


@contextmanager
def transaction(db: sqlite3.Connection, *, writes: bool) -> Iterator[sqlite3.Connection]:
    """Do all of it or nothing; durable when it returns. Without `writes`, one unchanging view of the file."""
    # A writer takes its turn at once: one that began as a reader can't wait for another's.
    db.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
    try:
        yield db
        db.execute("COMMIT")
    except BaseException:
        with suppress(*cipher.errors()):  # the first fault is to be told; SQLite may have rolled back itself
            db.execute("ROLLBACK")
        raise
