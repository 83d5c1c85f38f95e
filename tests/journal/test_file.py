"""The file on the disk: private, durable, and calm about whatever a disk can do."""

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.journal.examples import COUPLE, EVENING, answer, files_of
from voice_checkin.errors import JournalError
from voice_checkin.evening.model import Night
from voice_checkin.journal import file
from voice_checkin.journal.store import FILE_NAME, Journal, open_journal

ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and limits as POSIX knows them")


@pytest.fixture
def path(home: Path) -> Path:
    """The file of a journal with one evening of forty long answers, closed."""
    with open_journal(home) as journal:
        night = journal.open_night(EVENING, COUPLE)
        for number in range(40):
            journal.keep(night, answer("and then " * 200, question=f"laugh.{number}"))
    return home / FILE_NAME


def modes(home: Path) -> dict[str, int]:
    """The mode of the folder and of each file in it."""
    return {place.name: stat.S_IMODE(place.stat().st_mode) for place in (home, *home.iterdir())}


@contextmanager
def journal_on(db: sqlite3.Connection, path: Path) -> Iterator[tuple[Journal, Night]]:
    """A journal on a connection that a test has prepared, and its only night."""
    with Journal(db, path) as journal:
        (night,) = journal.nights()
        yield journal, night


PRIVATE = {"home": 0o700, FILE_NAME: 0o600, f"{FILE_NAME}-wal": 0o600, f"{FILE_NAME}-shm": 0o600}


@ON_POSIX
def test_nobody_else_can_read_it(home: Path) -> None:
    """Whatever umask is set, the folder and every file in it are their owner's alone."""
    before = os.umask(0)
    try:
        with open_journal(home) as journal:
            journal.keep(journal.open_night(EVENING, COUPLE), answer())

            assert modes(home) == PRIVATE
    finally:
        os.umask(before)


@ON_POSIX
def test_what_others_could_read_is_closed(home: Path, path: Path) -> None:
    """A folder and files that were open to others are private again once the journal is opened."""
    with closing(file.connect(path)) as earlier:
        earlier.execute("UPDATE nights SET tip = 'hug'")
        for place in (home, *home.iterdir()):
            place.chmod(0o777 if place.is_dir() else 0o666)

        with open_journal(home):
            assert modes(home) == PRIVATE


def test_a_commit_is_on_the_disk(path: Path) -> None:
    """Every commit is written through, deleted words are overwritten, and nothing goes to temporary files."""
    with closing(file.connect(path)) as db:
        asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store")

        assert [db.execute(f"PRAGMA {name}").fetchone()[0] for name in asked] == ["wal", 2, 1, 1, 2]


def test_kept_answers_are_in_the_files_without_closing(journal: Journal, home: Path, tmp_path: Path) -> None:
    """What the disk holds right after `keep` is a whole journal, though nothing was closed."""
    journal.keep(journal.open_night(EVENING, COUPLE), answer())
    copy = tmp_path / "copy"
    copy.mkdir()
    for name, held in files_of(home).items():
        if not name.endswith("-shm"):  # memory that is shared while the journal is open, no part of it
            (copy / name).write_bytes(held)

    with open_journal(copy) as restored:
        restored.check()
        assert restored.nights() == journal.nights()


def test_garbage_is_refused_and_left(path: Path) -> None:
    """A file that is no database is refused with a remedy, and not a byte of it changes."""
    path.write_bytes(garbage := b"once upon a time " * 1000)

    with pytest.raises(JournalError, match="damaged") as told:
        open_journal(path.parent)

    assert "import" in told.value.remedy
    assert path.read_bytes() == garbage


def test_a_truncated_file_is_refused_and_left(path: Path) -> None:
    """A file of which the end is missing is refused, and what is left of it stays."""
    whole = path.read_bytes()
    path.write_bytes(half := whole[: len(whole) // 2])

    with pytest.raises(JournalError, match="damaged"):
        open_journal(path.parent)

    assert path.read_bytes() == half


def test_a_damaged_page_is_found(path: Path) -> None:
    """Damage in the middle of the file is told by `check` and when it is read, never returned as words."""
    with path.open("r+b") as held:
        held.seek(path.stat().st_size // 2)
        held.write(b"\xff" * (path.stat().st_size // 4))

    with open_journal(path.parent) as journal:
        with pytest.raises(JournalError, match="damaged"):
            journal.check()
        with pytest.raises(JournalError, match="damaged"):
            journal.nights()


def test_damaged_words_are_not_quoted(path: Path) -> None:
    """Text that is no text any more is a damaged journal, and the error doesn't repeat the words."""
    with closing(file.connect(path)) as db:
        db.execute("UPDATE answers SET said = CAST(x'736563726574ff' AS TEXT)")

    with open_journal(path.parent) as journal, pytest.raises(JournalError, match="damaged") as told:
        journal.nights()

    assert "secret" not in str(told.value)
    assert told.value.__suppress_context__


def test_another_programs_file_is_left_alone(path: Path) -> None:
    """A database of something else is not taken for a journal."""
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name)")
    before = path.read_bytes()

    with pytest.raises(JournalError, match="something else"):
        open_journal(path.parent)

    assert path.read_bytes() == before


def test_a_folder_in_the_files_place(home: Path) -> None:
    """A folder called as the file is told as such."""
    (home / FILE_NAME).mkdir(parents=True)

    with pytest.raises(JournalError, match="can't be opened") as told:
        open_journal(home)

    assert "VOICE_CHECKIN_HOME" in told.value.remedy


def test_a_file_in_the_folders_place(home: Path) -> None:
    """A file where the folder should be is told as such, and stays."""
    home.write_text("a letter")

    with pytest.raises(JournalError, match="can't be opened"):
        open_journal(home)

    assert home.read_text() == "a letter"


def test_a_read_only_file(path: Path) -> None:
    """Where nothing can be written, keeping says so; reading goes on."""
    with journal_on(file.connect_read_only(path), path) as (journal, night):
        with pytest.raises(JournalError, match="opened for writing") as told:
            journal.keep(night, answer())

        assert "writable" in told.value.remedy
        assert journal.nights() == (night,)


def test_a_full_disk_loses_nothing(path: Path) -> None:
    """When the disk is full, keeping says so, and everything kept before is there; with room it goes on."""
    db = file.connect(path)
    db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
    with journal_on(db, path) as (journal, night):
        with pytest.raises(JournalError, match="disk is full") as told:
            journal.keep(night, answer("and then " * 5000))
        assert "room" in told.value.remedy
        assert journal.nights() == (night,)

        db.execute("PRAGMA max_page_count = 100000")
        journal.keep(night, answer("and then " * 5000))
        assert len(journal.nights()[0].answers) == len(night.answers) + 1


@ON_POSIX
def test_a_failing_write_loses_nothing(path: Path) -> None:
    """When the system refuses a write, keeping says so, and everything kept before is there."""
    import resource  # POSIX alone has it

    with journal_on(file.connect(path), path) as (journal, night):
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, limits[1]))
        try:
            with pytest.raises(JournalError, match="disk failed"):
                journal.keep(night, answer("and then " * 5000))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)

        journal.check()
        assert journal.nights() == (night,)


def test_a_held_journal_is_told(path: Path) -> None:
    """While another program writes, keeping gives up in time; reading doesn't wait at all."""
    db = file.connect(path)
    db.execute("PRAGMA busy_timeout = 0")  # the same answer, without the three seconds of patience
    with closing(file.connect(path)) as other, journal_on(db, path) as (journal, night):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="another program") as told:
            journal.keep(night, answer())
        assert "try again" in told.value.remedy
        assert journal.nights() == (night,)

        other.execute("ROLLBACK")
        journal.keep(night, answer())


def test_a_bug_keeps_its_own_error(path: Path) -> None:
    """A fault of ours isn't dressed up as one of the disk."""
    with closing(file.connect(path)) as db, pytest.raises(sqlite3.OperationalError), file.faults_told(path):
        db.execute("SELECT nothing FROM nowhere")


def test_two_programs_begin_one_journal(home: Path) -> None:
    """Opened by many at once for the first time, the journal is made once, and all can use it."""
    ready = threading.Barrier(6)
    opened: list[tuple[str, ...]] = []

    def begin() -> None:
        ready.wait()
        with open_journal(home) as journal:
            journal.name_partners(COUPLE)
            opened.append(journal.partners())

    threads = [threading.Thread(target=begin) for _ in range(ready.parties)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert opened == [COUPLE] * ready.parties
