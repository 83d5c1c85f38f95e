"""SQLCipher, which encrypts and authenticates every page of a database: the one file that names it.

A key is 32 random bytes, so nothing is derived from it when a file is opened.
"""

import sqlite3
import sys
from pathlib import Path
from typing import Any, cast

from voice_checkin.errors import JournalError

INSTALL = 'install what opens it: pip install "voice-checkin[lock]"'
KEY_BYTES = 32

_PRAGMAS = (
    "PRAGMA cipher_log_level = NONE",  # it would tell on standard error, beside our own calm line
    "PRAGMA cipher_default_compatibility = 4",  # a later version writes what this one can read
)


def connect(
    path: Path, key: bytes | None, *, read_only: bool = False, timeout_s: float
) -> sqlite3.Connection:
    """Open a locked file, or without a key a plain one. A wrong key is told when the file is first read.

    Raises `JournalError` where SQLCipher isn't installed.
    """
    place = f"{path.absolute().as_uri()}?mode=ro" if read_only else str(path)
    db = library().connect(place, uri=read_only, timeout=timeout_s, isolation_level=None)
    for pragma in _PRAGMAS:
        db.execute(pragma)
    if key is not None:
        db.set_key(_literal(key))
    return cast("sqlite3.Connection", db)  # the same interface, made from the same source


def library() -> Any:  # noqa: ANN401 - it ships no types
    """SQLCipher. Raises `JournalError` where it isn't installed."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        raise JournalError("a locked journal takes SQLCipher, which isn't here", remedy=INSTALL) from None
    return dbapi2


def write_to(db: sqlite3.Connection, target: Path, key: bytes | None) -> None:
    """Write all that SQLCipher's `db` holds into an empty or new file, under this key or plain."""
    _attach(db, str(target), key)
    db.execute("SELECT sqlcipher_export('other')")
    db.execute("DETACH other")


def read_from(db: sqlite3.Connection, source: Path, key: bytes | None) -> None:
    """Fill SQLCipher's empty `db` with all that a file holds; not a byte of that one changes."""
    _attach(db, f"{source.absolute().as_uri()}?mode=ro", key)
    db.execute("SELECT sqlcipher_export('main', 'other')")
    db.execute("DETACH other")


def errors() -> tuple[type[Exception], ...]:
    """What databases raise: SQLite's errors and, once it was used, SQLCipher's, which are no kin of them."""
    loaded: Any = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, loaded.Error) if loaded else (sqlite3.Error,)


def _attach(db: sqlite3.Connection, place: str, key: bytes | None) -> None:
    # Without a key SQLCipher would take that of `db`; the empty one means none.
    db.execute("ATTACH ? AS other KEY ?", (place, "" if key is None else _literal(key)))


def _literal(key: bytes) -> str:
    """The key as SQLCipher takes it without deriving another from it."""
    return f"x'{key.hex()}'"
