"""A journal that is locked for the tests, and one with all that may lie beside it before."""

import shutil
from datetime import timedelta
from functools import cache
from pathlib import Path

from tests.journal.examples import COUPLE, EVENING, answer
from voice_checkin.journal import keys, moving
from voice_checkin.journal.backups import back_up, restore_from
from voice_checkin.journal.store import FILE_NAME, open_journal

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
SECRET = b"sixteen letters."
PASSPHRASE = "marmalade on the hill"  # noqa: S105 - of nobody
WORD = "marzipan"
WORDS = [f"{WORD} {number}" for number in range(30)]


def nothing_random(count: int) -> bytes:
    """Bytes for salts, the same ones each time."""
    return bytes(range(count))


@cache
def keyed(key: bytes = KEY) -> keys.KeyFile:
    """A key file whose passphrase is quickly tried."""
    return keys.begin(key, PASSPHRASE, SECRET, nothing_random, cost=2)


def plain_home(home: Path) -> Path:
    """A plain journal, its log, and everything beside it in which its words may lie."""
    with open_journal(home) as journal:
        night = journal.open_night(EVENING, COUPLE)
        for number, said in enumerate(WORDS):
            journal.keep(night, answer(said, question=f"laugh.{number}"))
        for days in (2, 1, 0):
            back_up(journal, home, EVENING - timedelta(days=days))
    restore_from(home, home / "backups" / "journal-2025-11-24.db", EVENING)
    shutil.copy(home / FILE_NAME, home / "journal-damaged-2025-11-20T000000.db")
    shutil.copy(home / FILE_NAME, home / "journal-damaged-2025-11-20T000000.db-wal")
    (home / "backups" / "unfinished").write_bytes((home / FILE_NAME).read_bytes())
    return home


def locked_home(home: Path) -> Path:
    """The same, locked, with a backup."""
    plain_home(home)
    moving.lock(home, keyed(), KEY)
    with open_journal(home, KEY) as journal:
        back_up(journal, home, EVENING)
    return home


def said(home: Path, key: bytes | None) -> list[str]:
    """What a whole journal holds."""
    with open_journal(home, key) as journal:
        journal.check()
        return [each.said for night in journal.nights() for each in night.answers]


def files_holding(home: Path, word: str) -> list[str]:
    """The files below the folder that hold this word as it is, in any usual encoding."""
    forms = [word.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    return [
        path.name
        for path in sorted(home.rglob("*"))
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]
