"""From version to version: each step once, whole, and recorded."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tests.journal.examples import COUPLE, EVENING, TODAY, answer, files_of
from voice_checkin.errors import JournalError
from voice_checkin.evening.model import Plan
from voice_checkin.journal import file
from voice_checkin.journal.migrations import MIGRATIONS, Migration, migrate, newest
from voice_checkin.journal.store import FILE_NAME, Journal, open_journal

LAST = len(MIGRATIONS)
LETTERS = Migration(
    LAST + 1, "letters", ("CREATE TABLE letters (words)", "INSERT INTO letters VALUES ('dear')")
)
BROKEN = Migration(LAST + 2, "broken", ("CREATE TABLE half (done)", "INSERT INTO nowhere VALUES (1)"))


def test_each_migration_leaves_its_record(journal: Journal, home: Path) -> None:
    """The file says which steps made it, and when."""
    journal.partners()
    with closing(file.connect(home / FILE_NAME)) as db:
        records = db.execute("SELECT number, name, at FROM migrations").fetchall()

    assert [record[:2] for record in records] == [(step.number, step.name) for step in MIGRATIONS]
    assert all(datetime.fromisoformat(at).tzinfo for _, _, at in records)


def test_migrations_are_numbered_in_order() -> None:
    """Numbers count up from one without a gap."""
    assert [step.number for step in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_a_later_step_runs_once(tmp_path: Path) -> None:
    """A journal of an earlier version gets the steps that it lacks, each once."""
    with closing(file.connect(tmp_path / FILE_NAME)) as db:
        migrate(db)
        migrate(db, (*MIGRATIONS, LETTERS))
        migrate(db, (*MIGRATIONS, LETTERS))

        assert newest(db) == LETTERS.number
        assert db.execute("SELECT words FROM letters").fetchall() == [("dear",)]


def test_a_journal_of_the_first_version_keeps_its_plans(tmp_path: Path) -> None:
    """What was planned before days could be picked is due as it was, and words can be learned."""
    with closing(file.connect(tmp_path / FILE_NAME)) as db:
        migrate(db, MIGRATIONS[:1])
        db.execute("INSERT INTO partners (place, name) VALUES (0, 'Alex'), (1, 'Sam')")
        db.execute(
            "INSERT INTO nights (date, first_id, started_at) VALUES (?, 1, ?)",
            (TODAY.isoformat(), EVENING.isoformat()),
        )
        plan = "INSERT INTO plans (night_id, question, said, due) VALUES (1, 'new.plan', 'dance', ?)"
        db.execute(plan, (TODAY.isoformat(),))

    with open_journal(tmp_path) as journal:
        assert journal.due_plans(TODAY) == (Plan("dance", TODAY, None, 1, picked=False),)
        journal.learn(["Mochi"])
        assert journal.words() == ("Mochi",)


def test_another_program_is_faster(tmp_path: Path) -> None:
    """Where two programs are about to take the same step, the second one leaves it to the first."""
    path = tmp_path / FILE_NAME
    with closing(file.connect(path)) as slow, closing(file.connect(path)) as fast:
        slow.set_trace_callback(lambda statement: migrate(fast) if statement.startswith("BEGIN") else None)

        migrate(slow)

        assert slow.execute("SELECT count(*) FROM migrations").fetchone() == (len(MIGRATIONS),)


def test_a_step_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """A step that breaks off leaves the file as the step before did, and without its record."""
    with closing(file.connect(tmp_path / FILE_NAME)) as db:
        with pytest.raises(sqlite3.OperationalError):
            migrate(db, (*MIGRATIONS, LETTERS, BROKEN))

        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        assert newest(db) == LETTERS.number
        assert ("letters" in tables, "half" in tables) == (True, False)


def test_a_newer_journal_is_refused_untouched(journal: Journal, home: Path, tmp_path: Path) -> None:
    """A journal that a newer version wrote is left byte for byte, its log of a crash included."""
    journal.keep(journal.open_night(EVENING, COUPLE), answer())
    with closing(file.connect(home / FILE_NAME)) as newer:
        newer.execute("INSERT INTO migrations (number, name) VALUES (99, 'from the future')")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name, held in files_of(home).items():
        if not name.endswith("-shm"):
            (crashed / name).write_bytes(held)
    before = files_of(crashed)
    assert before[f"{FILE_NAME}-wal"]

    with pytest.raises(JournalError, match="newer version") as told:
        open_journal(crashed)

    assert "update" in told.value.remedy
    assert {name: held for name, held in files_of(crashed).items() if name in before} == before
