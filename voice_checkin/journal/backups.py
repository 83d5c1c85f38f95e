"""Copies of the journal: one a day, the last seven kept; what is damaged is replaced by the newest whole one.

What is truly forgotten leaves the copies, too: all of them are dropped, those of damaged files
included, and one is written anew.
"""

import os
import shutil
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from voice_checkin.errors import JournalError
from voice_checkin.journal import cipher, file, keys, migrations
from voice_checkin.journal.forgetting import Chosen
from voice_checkin.journal.store import FILE_NAME, Journal, open_journal

FOLDER = "backups"
KEPT = 7
_DAILY = "journal-????-??-??.db"
_DAMAGED = "journal-damaged-*"
_BEFORE = "journal-before-*.db"


def look_after(home: Path, now: datetime, key: bytes | None = None) -> str:
    """Back up the journal on the day's first call, and mend it where it is damaged; a line to tell, or "".

    A locked journal takes its key; its copies are locked as it is. What was forgotten more than thirty days
    before `now` (aware) is removed truly. Where there is no journal, or a damaged one without a whole copy,
    nothing is done. Raises `JournalError` as opening does.
    """
    path = home / FILE_NAME
    if key is None and keys.is_locked(home):  # without its key it would look like a damaged one
        raise keys.locked()
    with file.faults_told(path):
        if not path.is_file():
            return ""
        first_today = not _of_today(home, now).exists()
        if not _is_whole(path, key, thoroughly=first_today):
            return _rescue(home, now, key)
    with open_journal(home, key) as journal:
        if journal.is_overdue(now):
            _drop_copies(home)
            journal.purge(now)
            first_today = True
        return _back_up_in_peace(journal, home, now) if first_today else ""


def back_up(journal: Journal, home: Path, now: datetime) -> None:
    """Write today's copy anew, for its owner alone; keep the last seven. Without a night there is none."""
    if not journal.is_begun():
        return
    with file.faults_told(home / FOLDER):
        _copy_to(journal, _of_today(home, now))
        for old in sorted((home / FOLDER).glob(_DAILY))[:-KEPT]:
            old.unlink()


def erase(journal: Journal, home: Path, chosen: Chosen, now: datetime) -> int:
    """Forget truly, in the journal and in every copy below this folder; how much that was.

    The copies go first: where this breaks off, nothing stays in them that is gone from the journal.
    """
    with file.faults_told(home / FOLDER):
        _drop_copies(home)
    erased = journal.erase(chosen)
    back_up(journal, home, now)
    return erased


def restore_from(home: Path, source: Path, now: datetime, key: bytes | None = None) -> str:
    """Put a copy in the journal's place, and return the name of the file to which that one went.

    The name is "" where there was none. A locked journal, which takes its key, stays locked: `source` may
    be plain, or locked with this key. Raises `JournalError`, with nothing changed, where `source` is no
    whole journal.
    """
    new = home / f"{FILE_NAME}.new"
    with file.faults_told(source):
        sources_key = None if file.is_plain(source) else key
        _check(source, sources_key)
        new.unlink(missing_ok=True)
        file.make_private(new)
        _copy(source, sources_key, new, key)
    path = home / FILE_NAME
    with file.faults_told(path):
        if not path.is_file():
            new.replace(path)
            return ""
        if not _is_whole(path, key, thoroughly=True):
            return _set_aside(home, new, now)
    before = home / FOLDER / f"journal-before-{now:%Y-%m-%dT%H%M%S}.db"
    with open_journal(home, key) as journal, file.faults_told(path):
        _copy_to(journal, before)
        journal.take_over(new)
        new.unlink()
    return f"{FOLDER}/{before.name}"


def _of_today(home: Path, now: datetime) -> Path:
    return home / FOLDER / f"journal-{now:%Y-%m-%d}.db"


def _back_up_in_peace(journal: Journal, home: Path, now: datetime) -> str:
    """Back up; where that fails, say so, since an evening can be kept without."""
    try:
        back_up(journal, home, now)
    except JournalError as error:
        return f"There is no backup of today: {error}"
    return ""


def _copy_to(journal: Journal, target: Path) -> None:
    unfinished = target.with_name("unfinished")
    unfinished.unlink(missing_ok=True)
    file.make_private(unfinished)
    journal.copy_to(unfinished)
    unfinished.replace(target)


def copies(home: Path) -> list[Path]:
    """Every file, besides the journal, that may hold its words."""
    kept = [*(home / FOLDER).glob(_DAILY), *(home / FOLDER).glob(_BEFORE), *home.glob(_DAMAGED)]
    return [*kept, *(home / FOLDER).glob("unfinished*"), *home.glob(f"{FILE_NAME}.new*")]


def _drop_copies(home: Path) -> None:
    for copy in copies(home):
        copy.unlink(missing_ok=True)


def _copy(source: Path, sources_key: bytes | None, target: Path, key: bytes | None) -> None:
    """Write a whole copy into an empty file, locked where there is a key."""
    with closing(file.connect_barely(target, key)) as copy:
        if sources_key != key:
            cipher.read_from(copy, source, sources_key)
            return
        with closing(file.connect_read_only(source, key)) as whole:
            whole.backup(copy)


def _is_whole(path: Path, key: bytes | None, *, thoroughly: bool) -> bool:
    """Whether the file is a database without damage; every page is looked at only where asked for."""
    asked = "PRAGMA quick_check(1)" if thoroughly else "SELECT 'ok' FROM sqlite_master"
    try:
        with closing(file.connect_read_only(path, key)) as db:
            # No answer: an empty file is a journal that begins.
            return db.execute(asked).fetchone() in {("ok",), None}
    except cipher.errors() as error:
        # Whatever else it is - held, out of reach, another program's - opening tells.
        return not file.is_damage(error)


def _check(source: Path, key: bytes | None) -> None:
    if not _is_whole(source, key, thoroughly=True) or not _is_journal(source, key):
        raise JournalError(
            "this is no whole backup of a journal, or it was locked with another key",
            remedy="nothing was changed: choose another file",
        )


def _is_journal(source: Path, key: bytes | None) -> bool:
    with closing(file.connect_read_only(source, key)) as db:
        migrations.refuse_newer(db)
        return migrations.newest(db) > 0


def _rescue(home: Path, now: datetime, key: bytes | None) -> str:
    for backup in sorted((home / FOLDER).glob(_DAILY), reverse=True):
        if _is_whole(backup, key, thoroughly=True):
            new = home / f"{FILE_NAME}.new"
            file.make_private(new)
            shutil.copyfile(backup, new)
            aside = _set_aside(home, new, now)
            day = backup.stem.removeprefix("journal-")
            return (
                f"The journal was damaged - the backup of {day} is in its place, "
                f"and what is left of the damaged one is in {aside}"
            )
    return ""


def _set_aside(home: Path, new: Path, now: datetime) -> str:
    """Put `new` in the damaged journal's place; at any moment of it there is a journal. Its new name."""
    path = home / FILE_NAME
    aside = home / f"journal-damaged-{now:%Y-%m-%dT%H%M%S}.db"
    with suppress(FileNotFoundError):  # its log must not be taken for the new one's
        path.with_name(f"{FILE_NAME}-wal").replace(aside.with_name(f"{aside.name}-wal"))
    path.with_name(f"{FILE_NAME}-shm").unlink(missing_ok=True)
    with suppress(FileExistsError):
        os.link(path, aside)
    new.replace(path)
    return aside.name
