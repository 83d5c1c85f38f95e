"""What is read of the journal: nights, plans that came due, tips that were heard."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

from voice_checkin.evening.model import Answer, Meaning, Night, Outcome, Plan
from voice_checkin.evening.review import Found
from voice_checkin.journal import file
from voice_checkin.journal.search import FITTING, Fitting, Wanted, find_marks, fitting

_NIGHTS = """
SELECT nights.id, date, name, started_at, ended_at, completed, tip
FROM nights JOIN partners ON partners.id = first_id
WHERE nights.id IN (SELECT value FROM json_each(:nights))"""

_ANSWERS = """
SELECT night_id, name, question, meaning, value, said, at, about, answers.id
FROM answers JOIN partners ON partners.id = partner_id
WHERE night_id IN (SELECT value FROM json_each(:nights)) AND {}
ORDER BY answers.id"""

_PLANS = """
SELECT night_id, said, due, outcome, plans.id, picked
FROM plans
WHERE night_id IN (SELECT value FROM json_each(:nights)) AND {}
ORDER BY plans.id"""

_MEANINGS = {meaning.value: meaning for meaning in Meaning}

_OPEN_PLANS = """
SELECT night_id, said, due, outcome, plans.id, picked FROM plans JOIN nights ON nights.id = night_id
WHERE (outcome IS NULL OR outcome = 'moved') AND plans.forgotten_at IS NULL AND nights.forgotten_at IS NULL
ORDER BY due, plans.id"""

_TOPICS = """
SELECT DISTINCT question FROM answers WHERE forgotten_at IS NULL
UNION SELECT question FROM plans WHERE forgotten_at IS NULL"""

_DUE_PLANS = """
SELECT night_id, said, due, outcome, plans.id, picked FROM plans JOIN nights ON nights.id = night_id
WHERE due <= ? AND (outcome IS NULL OR outcome = 'moved')
  AND plans.forgotten_at IS NULL AND nights.forgotten_at IS NULL
ORDER BY due, plans.id"""

_IDEAS = """
SELECT DISTINCT value FROM answers JOIN nights ON nights.id = night_id
WHERE question = 'new.idea' AND night_id <> ?
  AND answers.forgotten_at IS NULL AND nights.forgotten_at IS NULL"""

_DAYS = "SELECT date FROM nights WHERE forgotten_at IS NULL ORDER BY date"
_WORDS = "SELECT word FROM words WHERE forgotten_at IS NULL ORDER BY word"


class Reading:
    """The journal's reading side. Each call sees one state of the journal; each may raise `JournalError`.

    What was forgotten is in nothing that is read.
    """

    def __init__(self, db: sqlite3.Connection, path: Path, key: bytes | None = None) -> None:
        self._db = db
        self._path = path
        self._key = key

    def partners(self) -> tuple[str, ...]:
        """The two names in the order in which they were given; empty until they are."""
        with self._transaction(writes=False):
            return tuple(self._ids_by_name())

    def is_begun(self) -> bool:
        """Whether any night is in it, one that was forgotten softly included."""
        with self._transaction(writes=False) as db:
            return db.execute("SELECT 1 FROM nights LIMIT 1").fetchone() is not None

    def nights(
        self,
        since: date | None = None,
        until: date | None = None,
        partner: str | None = None,
        topic: str | None = None,
        last: int | None = None,
    ) -> tuple[Night, ...]:
        """Nights from `since` to `until`, both included, oldest first; at most the `last` newest ones.

        With `partner` (a name) or `topic` (a question's key, or its part before the dot) a night holds
        only the answers and plans that fit, and is left out where none does. A plan whose maker isn't
        known fits both partners.
        """
        return self.found(Wanted(since, until, partner, topic), last)

    def found(self, wanted: Wanted, last: int | None = None) -> tuple[Night, ...]:
        """What is wanted, the oldest night first; at most the `last` newest nights."""
        with self._transaction(writes=False) as db:
            return self._nights(fitting(db, wanted), last)

    def look_up(self, wanted: Wanted, last: int) -> Found:
        """The `last` newest nights of what is wanted, how many there are, and where words stand in them."""
        with self._transaction(writes=False) as db:
            fit = fitting(db, wanted)
            nights = self._nights(fit, last)
            held = {table: len(hits) for table, hits in fit.hits.items()}
            marks = find_marks(db, wanted.words or "", nights)
            return Found(nights, len(fit.nights), **held, marks=marks)

    def days(self) -> tuple[date, ...]:
        """The day of every night, in order."""
        with self._transaction(writes=False) as db:
            return tuple(date.fromisoformat(day) for (day,) in db.execute(_DAYS))

    def topics(self) -> frozenset[str]:
        """The keys of all questions that were answered."""
        with self._transaction(writes=False) as db:
            return frozenset(question for (question,) in db.execute(_TOPICS))

    def open_plans(self) -> tuple[Plan, ...]:
        """The plans that are open, those without a day first, then by their days."""
        with self._transaction(writes=False) as db:
            return tuple(_plan(row) for row in db.execute(_OPEN_PLANS))

    def due_plans(self, on: date) -> tuple[Plan, ...]:
        """The open plans that are due on that day or were before, the longest due first."""
        with self._transaction(writes=False) as db:
            return tuple(_plan(row) for row in db.execute(_DUE_PLANS, (on.isoformat(),)))

    def tips_heard(self) -> tuple[tuple[date, str], ...]:
        """Every day and the tip that was heard on it, in order."""
        with self._transaction(writes=False) as db:
            rows = db.execute("SELECT day, tip FROM tips_heard ORDER BY day, id")
            return tuple((date.fromisoformat(day), tip) for day, tip in rows)

    def ideas_offered(self, before: Night) -> frozenset[str]:
        """Keys of the ideas that were taken or not liked on other nights: none of them is offered again."""
        with self._transaction(writes=False) as db:
            rows = db.execute(_IDEAS, (before.id,))
            return frozenset(str(key) for (key,) in rows)

    def words(self) -> tuple[str, ...]:
        """The couple's own words, as they were put right."""
        with self._transaction(writes=False) as db:
            return tuple(word for (word,) in db.execute(_WORDS))

    def check(self) -> None:
        """Read the whole file; raise `JournalError` where any of it is damaged."""
        with self._transaction(writes=False) as db:
            if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise file.damaged(self._path)

    def copy_to(self, target: Path) -> None:
        """Write a whole copy, locked where the journal is, in one file, while others read and write."""
        with file.faults_told(self._path), closing(file.connect_barely(target, self._key)) as copy:
            self._db.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")

    def close(self) -> None:
        """Let go of the file, its log emptied into it."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[sqlite3.Connection]:
        with file.faults_told(self._path), file.transaction(self._db, writes=writes) as db:
            yield db

    def _ids_by_name(self) -> dict[str, int]:
        return dict(self._db.execute("SELECT name, id FROM partners ORDER BY place"))

    def _night(self, number: int, *, forgotten: bool = False) -> Night:
        """One night; with what was forgotten in it, where that is wished."""
        rows = dict.fromkeys(FITTING, "TRUE") if forgotten else FITTING
        (night,) = self._nights(Fitting((number,), rows, Wanted()))
        return night

    def _nights(self, fit: Fitting, last: int | None = None) -> tuple[Night, ...]:
        numbers = fit.nights[:last][::-1]
        values = fit.values(numbers)
        answers: dict[int, list[Answer]] = defaultdict(list)
        for row in self._db.execute(_ANSWERS.format(fit.rows["answers"]), values):
            answers[row[0]].append(_answer(row))
        plans: dict[int, list[Plan]] = defaultdict(list)
        for row in self._db.execute(_PLANS.format(fit.rows["plans"]), values):
            plans[row[0]].append(_plan(row))
        rows = {row[0]: row for row in self._db.execute(_NIGHTS, values)}
        return tuple(_night(rows[number], answers[number], plans[number]) for number in numbers)


def _night(row: Sequence[Any], answers: list[Answer], plans: list[Plan]) -> Night:
    number, day, first, started_at, ended_at, completed, tip = row
    return Night(
        number,
        date.fromisoformat(day),
        first,
        datetime.fromisoformat(started_at),
        ended_at and datetime.fromisoformat(ended_at),
        bool(completed),
        tip,
        tuple(answers),
        tuple(plans),
    )


def _answer(row: Sequence[Any]) -> Answer:
    _, partner, question, meaning, value, said, at, about, number = row
    moment = datetime.fromisoformat(at)
    return Answer(partner, question, _MEANINGS[meaning], value, said, moment, about, number)


def _plan(row: Sequence[Any]) -> Plan:
    _, said, due, outcome, number, picked = row
    day = due and date.fromisoformat(due)
    return Plan(said, day, outcome and Outcome(outcome), number, picked=bool(picked))
