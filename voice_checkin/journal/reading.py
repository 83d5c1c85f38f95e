"""What is read of the journal: nights, plans that came due, tips that were heard."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Self

from voice_checkin.evening.model import Answer, Meaning, Night, Outcome, Plan
from voice_checkin.journal import file

_NEWEST_FIRST = """
SELECT id FROM nights
WHERE forgotten_at IS NULL
  AND (:since IS NULL OR date >= :since) AND (:until IS NULL OR date <= :until)
ORDER BY julianday(started_at) DESC, id DESC"""

_NIGHT = """
SELECT date, name, started_at, ended_at, completed, tip
FROM nights JOIN partners ON partners.id = first_id
WHERE nights.id = ?"""

_ANSWERS = """
SELECT name, question, meaning, value, said, at, about, answers.id
FROM answers JOIN partners ON partners.id = partner_id
WHERE night_id = :night AND (:forgotten OR forgotten_at IS NULL) AND (:partner IS NULL OR name = :partner)
  AND (:topic IS NULL OR question = :topic OR substr(question, 1, length(:topic) + 1) = :topic || '.')
ORDER BY answers.id"""

_PLANS = """
SELECT said, due, outcome, plans.id, picked
FROM plans LEFT JOIN partners ON partners.id = partner_id
WHERE night_id = :night AND (:forgotten OR forgotten_at IS NULL)
  AND (:partner IS NULL OR name IS NULL OR name = :partner)
  AND (:topic IS NULL OR question = :topic OR substr(question, 1, length(:topic) + 1) = :topic || '.')
ORDER BY plans.id"""

_DUE_PLANS = """
SELECT said, due, outcome, plans.id, picked FROM plans JOIN nights ON nights.id = night_id
WHERE due <= ? AND (outcome IS NULL OR outcome = 'moved')
  AND plans.forgotten_at IS NULL AND nights.forgotten_at IS NULL
ORDER BY due, plans.id"""

_IDEAS = """
SELECT DISTINCT value FROM answers JOIN nights ON nights.id = night_id
WHERE question = 'new.idea' AND night_id <> ?
  AND answers.forgotten_at IS NULL AND nights.forgotten_at IS NULL"""

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
        span = {"since": since and since.isoformat(), "until": until and until.isoformat()}
        every = partner is None and topic is None
        with self._transaction(writes=False) as db:
            found = (self._night(number, partner, topic) for (number,) in db.execute(_NEWEST_FIRST, span))
            fitting = (night for night in found if every or night.answers or night.plans)
            return tuple(islice(fitting, last))[::-1]

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

    def _night(
        self, number: int, partner: str | None = None, topic: str | None = None, *, forgotten: bool = False
    ) -> Night:
        day, first, started_at, ended_at, completed, tip = self._db.execute(_NIGHT, (number,)).fetchone()
        fit = {"night": number, "partner": partner, "topic": topic, "forgotten": forgotten}
        return Night(
            id=number,
            date=date.fromisoformat(day),
            first=first,
            started_at=datetime.fromisoformat(started_at),
            ended_at=ended_at and datetime.fromisoformat(ended_at),
            completed=bool(completed),
            tip=tip,
            answers=tuple(_answer(row) for row in self._db.execute(_ANSWERS, fit)),
            plans=tuple(_plan(row) for row in self._db.execute(_PLANS, fit)),
        )


def _answer(row: tuple[Any, ...]) -> Answer:
    partner, question, meaning, value, said, at, about, number = row
    return Answer(partner, question, Meaning(meaning), value, said, datetime.fromisoformat(at), about, number)


def _plan(row: tuple[Any, ...]) -> Plan:
    said, due, outcome, number, picked = row
    day = due and date.fromisoformat(due)
    return Plan(said, day, outcome and Outcome(outcome), number, picked=bool(picked))
