"""The journal's tables, as numbered migrations: each runs once, as a whole, and leaves its record."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from voice_checkin.errors import JournalError
from voice_checkin.journal.file import transaction


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from a journal of yesterday's version to one of today's."""

    number: int
    name: str
    statements: tuple[str, ...]


_RECORDS = """
CREATE TABLE IF NOT EXISTS migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now'))
)"""

_PARTNERS = """
CREATE TABLE partners (
    id INTEGER PRIMARY KEY,
    place INTEGER NOT NULL, -- 0 and 1, in the order in which the two were named
    name TEXT NOT NULL UNIQUE
)"""

_NIGHTS = """
CREATE TABLE nights (
    id INTEGER PRIMARY KEY,
    date TEXT NOT NULL, -- of the evening: after midnight it still is the day before
    first_id INTEGER NOT NULL REFERENCES partners (id),
    started_at TEXT NOT NULL, -- ISO 8601 with its offset, as every moment here
    ended_at TEXT,
    completed INTEGER NOT NULL DEFAULT 0,
    tip TEXT
)"""

# Numbers of plans are never used twice, so that an answer about a plan that was struck points at nothing
# rather than at another plan; hence `about` is no foreign key.
_PLANS = """
CREATE TABLE plans (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    night_id INTEGER NOT NULL REFERENCES nights (id) ON DELETE CASCADE,
    partner_id INTEGER REFERENCES partners (id), -- NULL: an import doesn't say who made it
    question TEXT NOT NULL, -- with `about`, the turn in which it was made
    about INTEGER,
    said TEXT NOT NULL,
    due TEXT,
    outcome TEXT
)"""

_ONE_PLAN_A_TURN = """
CREATE UNIQUE INDEX one_plan_a_turn ON plans (night_id, question, partner_id, coalesce(about, 0))"""

# `value` has no type, so that 4 stays 4, 3.5 stays 3.5 and "4" stays a text.
_ANSWERS = """
CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    night_id INTEGER NOT NULL REFERENCES nights (id) ON DELETE CASCADE,
    partner_id INTEGER NOT NULL REFERENCES partners (id),
    question TEXT NOT NULL,
    about INTEGER,
    nth INTEGER NOT NULL DEFAULT 0, -- counts answers that an import brings without saying what each is about
    meaning TEXT NOT NULL,
    value,
    said TEXT NOT NULL,
    at TEXT NOT NULL
)"""

_ONE_ANSWER_A_TURN = """
CREATE UNIQUE INDEX one_answer_a_turn ON answers (night_id, question, partner_id, coalesce(about, 0), nth)"""

_TIPS_HEARD = """
CREATE TABLE tips_heard (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    tip TEXT NOT NULL,
    night_id INTEGER REFERENCES nights (id) ON DELETE SET NULL,
    UNIQUE (day, tip)
)"""

_WORDS = """
CREATE TABLE words (
    word TEXT PRIMARY KEY COLLATE NOCASE -- as the two say it, where a recogniser heard another
)"""

_PICKED = "ALTER TABLE plans ADD COLUMN picked INTEGER NOT NULL DEFAULT 0"

# Forgotten softly: out of everything that is read, back within thirty days, then gone.
# The indexes hold what was forgotten alone, so that every opening can ask for it.
_FORGOTTEN = tuple(
    statement
    for table in ("nights", "answers", "plans", "words")
    for statement in (
        f"ALTER TABLE {table} ADD COLUMN forgotten_at TEXT",
        f"CREATE INDEX {table}_forgotten ON {table} (forgotten_at) WHERE forgotten_at IS NOT NULL",
    )
)

# Words are found by stems ("laughed" finds "laugh"), accents or not. The index holds no text of its own.
# Where a text is replaced, the index is made anew: FTS5 only notes what goes, and would keep the old words
# for long. Its own `secure-delete` came with SQLite 3.42, and no version before can read what it leaves.
_INDEX = (
    """CREATE VIRTUAL TABLE {table}_said USING fts5 (
    said, content = '{table}', content_rowid = 'id', columnsize = 0,
    tokenize = 'porter unicode61 remove_diacritics 2'
)""",
    """CREATE TRIGGER {table}_said_first AFTER INSERT ON {table} BEGIN
    INSERT INTO {table}_said (rowid, said) VALUES (new.id, new.said);
END""",
    """CREATE TRIGGER {table}_said_anew AFTER UPDATE OF said ON {table} WHEN new.said <> old.said BEGIN
    INSERT INTO {table}_said ({table}_said) VALUES ('rebuild');
END""",
    """CREATE TRIGGER {table}_said_no_more AFTER DELETE ON {table} BEGIN
    INSERT INTO {table}_said ({table}_said, rowid, said) VALUES ('delete', old.id, old.said);
END""",
    "INSERT INTO {table}_said ({table}_said) VALUES ('rebuild')",
)
_SAID = tuple(statement.format(table=table) for table in ("answers", "plans") for statement in _INDEX)

MIGRATIONS = (
    Migration(
        1,
        "partners, nights, plans, answers, tips heard",
        (_PARTNERS, _NIGHTS, _PLANS, _ONE_PLAN_A_TURN, _ANSWERS, _ONE_ANSWER_A_TURN, _TIPS_HEARD),
    ),
    Migration(2, "the couple's own words, days that they picked", (_WORDS, _PICKED)),
    Migration(3, "what was forgotten, and when", _FORGOTTEN),
    Migration(4, "an index of the words that were said", _SAID),
)


def newest(db: sqlite3.Connection) -> int:
    """The number of the last migration that ran on this file; 0 where none did."""
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return 0
    if "migrations" not in tables:
        raise JournalError(
            "the journal's file holds something else", remedy="it was left as it is: move it aside"
        )
    number: int = db.execute("SELECT coalesce(max(number), 0) FROM migrations").fetchone()[0]
    return number


def refuse_newer(db: sqlite3.Connection) -> None:
    """Raise `JournalError` where a newer version has written the journal: only that one knows its tables."""
    if newest(db) > MIGRATIONS[-1].number:
        raise JournalError(
            "the journal was written by a newer version of voice-checkin",
            remedy="it was left as it is: update voice-checkin",
        )


def migrate(db: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the file up to date. A step that fails leaves the file as the step before it did."""
    for migration in migrations:
        if migration.number > newest(db):
            _run(db, migration)


def _run(db: sqlite3.Connection, migration: Migration) -> None:
    with transaction(db, writes=True):
        if migration.number <= newest(db):  # another program was faster
            return
        db.execute(_RECORDS)
        for statement in migration.statements:
            db.execute(statement)
        db.execute("INSERT INTO migrations (number, name) VALUES (?, ?)", (migration.number, migration.name))
