"""Locks a plain journal, or unlocks a locked one, in its place: at any moment it is whole as one of the two.

While a journal is moved there are beside it

    journal.moving      held by who moves it; left behind, the sign that a move broke off
    journal.db.old      another name of the journal as it was, until its bytes are overwritten
    journal.db.new      the journal in its other form, until it is put in the old one's place
    journal.key         is there before a locked journal is, and goes after it

and `settle` takes a move that broke off back where the new form wasn't in place yet, else to its end.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

from voice_checkin.journal import cipher, disk, file, keys
from voice_checkin.journal.backups import copies
from voice_checkin.journal.store import FILE_NAME

_NEW, _OLD, _MOVING = f"{FILE_NAME}.new", f"{FILE_NAME}.old", "journal.moving"

Passed: TypeAlias = Callable[[str], None]
"""Is told each step that was passed, so that a test can break off there."""


def lock(home: Path, held: keys.KeyFile, key: bytes, passed: Passed = lambda _: None) -> None:
    """Lock the plain journal of this folder. Its copies go: they hold the words as well.

    Raises `JournalError`, with nothing changed, where another program uses it or the disk is full.
    """
    _move(home, None, key, passed, lambda: keys.write(home, held))


def unlock(home: Path, key: bytes, passed: Passed = lambda _: None) -> None:
    """Make the locked journal of this folder plain again; its copies and its key go. Raises as `lock`."""
    _move(home, key, None, passed, lambda: None)


def settle(home: Path) -> str:
    """Bring a move that broke off to an end, and a lost key back from its copy; a line to tell, or "".

    To be called before the journal is opened, once in a process.

    Raises `JournalError` where another program is moving the journal right now.
    """
    with file.faults_told(home / FILE_NAME):
        broke_off = (home / _MOVING).exists()
        if broke_off:
            with _holding(home):
                _tidy(home, lambda _: None)
        if not keys.is_locked(home) and (home / keys.COPY).exists() and not file.is_plain(home / FILE_NAME):
            keys.bring_back(home)
    if not broke_off:
        return ""
    form = "locked" if keys.is_locked(home) else "not locked"
    return f"The change of the journal's lock had broken off. Every word is there, and the journal is {form}."


def _move(
    home: Path, before: bytes | None, after: bytes | None, passed: Passed, write_key: Callable[[], None]
) -> None:
    path, new = home / FILE_NAME, home / _NEW
    with file.faults_told(path), _holding(home):
        try:
            with _alone(home, before) as db:
                passed("alone")
                file.make_private(new)
                cipher.write_to(db, new, after)
                _compare(db, new, after)
                disk.sync(new)
                passed("copied")
                write_key()
                passed("key written")
                if os.name != "posix":  # Windows replaces no open file: there, nobody else can have it open
                    db.close()
                disk.put(new, path)
                passed("in place")
                # Still held: who waits for the file as it was finds nothing in it, and writes nothing.
                _drop_what_was(home, passed)
        finally:
            _tidy(home, passed)


@contextmanager
def _holding(home: Path) -> Iterator[None]:
    """Be the only one who moves this journal. Who is killed lets go of it, and what tells of it stays."""
    with closing(sqlite3.connect(home / _MOVING, timeout=0, isolation_level=None)) as held:
        held.execute("BEGIN EXCLUSIVE")
        yield
    with suppress(PermissionError):  # Windows, where another has begun to wait for it
        (home / _MOVING).unlink(missing_ok=True)


@contextmanager
def _alone(home: Path, key: bytes | None) -> Iterator[sqlite3.Connection]:
    """The journal as nobody else can have it open, in one file, with second names for its bytes."""
    with closing(cipher.connect(home / FILE_NAME, key, timeout_s=file.BUSY_S)) as db:
        for suffix in ("", "-wal"):
            with suppress(FileNotFoundError):
                os.link(home / f"{FILE_NAME}{suffix}", home / f"{_OLD}{suffix}")
        db.execute("PRAGMA journal_mode = DELETE")  # fails where another program has the file open
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("BEGIN EXCLUSIVE")
        db.execute("COMMIT")
        disk.scrub(home / f"{FILE_NAME}-journal")  # left by one who was killed; no part of the next file
        yield db


def _compare(db: sqlite3.Connection, new: Path, key: bytes | None) -> None:
    """Read the copy as it will be read, and raise where a row of it is another."""
    with closing(file.connect_read_only(new, key)) as copy:
        whole = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        whole = whole and _rows(db, tables) == _rows(copy, tables)
        for (name,) in _rows(db, tables):
            every = f'SELECT * FROM "{name}"'  # noqa: S608 - a table's name, of our own making
            whole = whole and _rows(db, every) == _rows(copy, every)
    if not whole:
        raise file.damaged(new)


def _rows(db: sqlite3.Connection, query: str) -> list[tuple[object, ...]]:
    return db.execute(query).fetchall()


def _drop_what_was(home: Path, passed: Passed) -> None:
    """Remove all that holds the words in the form that was; last the old journal, which tells of the rest."""
    for copy in copies(home):
        disk.scrub(copy)
    passed("copies gone")
    disk.scrub(home / f"{_OLD}-wal")
    disk.scrub(home / _OLD)
    passed("old gone")


def _tidy(home: Path, passed: Passed) -> None:
    """Leave nothing of a move, wherever it ended."""
    path, old = home / FILE_NAME, home / _OLD
    if old.exists() and not old.samefile(path):
        _drop_what_was(home, passed)
    for left in (old, home / f"{_OLD}-wal", home / _NEW, home / f"{_NEW}-journal"):
        disk.scrub(left)  # of the journal itself `old` is only a second name, whose bytes stay
    if file.is_plain(path):
        keys.remove(home)
        passed("key gone")
