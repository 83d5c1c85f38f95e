"""Forgetting: softly for thirty days, then, or at once where that is wished, truly."""

from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from voice_checkin.errors import JournalError
from voice_checkin.journal import file, migrations
from voice_checkin.journal.names import Naming
from voice_checkin.journal.search import indexed_afterwards

KEPT_BACK = timedelta(days=30)
"""What was forgotten can be brought back for so long."""

_THESE = {
    "nights": ":date IS NULL OR date = :date",
    "answers": """
      (:date IS NULL OR night_id IN (SELECT id FROM nights WHERE date = :date))
      AND (:question IS NULL OR question = :question)
      AND (:partner IS NULL OR partner_id = :partner)""",
    # An import doesn't say who made a plan: it goes with the answer in which it was said.
    "plans": """
      (:date IS NULL OR night_id IN (SELECT id FROM nights WHERE date = :date))
      AND (:partner IS NULL OR partner_id = :partner OR (partner_id IS NULL AND EXISTS (
        SELECT 1 FROM answers WHERE answers.night_id = plans.night_id AND answers.partner_id = :partner
        AND plans.said IN (answers.said, answers.value))))
      AND (:question IS NULL OR question = :question)""",
    "words": "TRUE",
}
"""Which rows of each table are meant; the words in here are ours, and no word of anybody is put into them."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is meant to be forgotten or brought back; None where it doesn't matter. All None is everything."""

    night: date | None = None
    question: str | None = None
    partner: str | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows it."""
        return self == Chosen()

    @property
    def tables(self) -> tuple[str, ...]:
        """Plans come before answers, since those tell whose they are."""
        whole = ("plans", "answers", "nights")
        if self.is_everything:
            return (*whole, "words")
        return whole if self.question is None and self.partner is None else ("plans", "answers")


class Forgetting(Naming):
    """A journal that can forget. Each call is one transaction; each may raise `JournalError`."""

    def forget(self, chosen: Chosen, at: datetime) -> int:
        """Take this out of everything that is read, for thirty days; how many answers, plans and nights.

        `at` is aware. What was forgotten before stays as it was.
        """
        return self._mark(chosen, at.isoformat(), "forgotten_at IS NULL")

    def bring_back(self, chosen: Chosen) -> int:
        """Bring back what was forgotten softly; how many answers, plans and nights."""
        return self._mark(chosen, None, "forgotten_at IS NOT NULL")

    def erase(self, chosen: Chosen) -> int:
        """Remove this truly, whether forgotten before or not: no byte of it stays in the journal's files.

        How many answers, plans and nights that were. Tips stay noted as heard, so that none comes back
        soon because a night is forgotten; they are no words of the two.
        """
        with self._transaction(writes=True) as db, indexed_afterwards(db):
            erased = sum(
                db.execute(f"DELETE FROM {table} WHERE {_THESE[table]}", self._meant(chosen)).rowcount  # noqa: S608 - both are ours
                for table in chosen.tables
            )
        self._scrub()
        return erased

    def take_over(self, source: Path) -> None:
        """Hold, from now on, what this whole journal holds; all of it or nothing."""
        with file.faults_told(self._path):
            with closing(file.connect_barely(source, self._key)) as other:
                other.backup(self._db)
            self._ids = {}
            migrations.migrate(self._db)

    def is_overdue(self, now: datetime) -> bool:
        """Whether anything was forgotten longer ago than it is kept back."""
        overdue = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE {_OVERDUE}" for table in _THESE)  # noqa: S608 - ours
        with self._transaction(writes=False) as db:
            return db.execute(overdue, {"before": (now - KEPT_BACK).isoformat()}).fetchone() is not None

    def purge(self, now: datetime) -> None:
        """Remove truly what was forgotten longer ago than it is kept back."""
        with self._transaction(writes=True) as db, indexed_afterwards(db):
            for table in _THESE:
                gone = {"before": (now - KEPT_BACK).isoformat()}
                db.execute(f"DELETE FROM {table} WHERE {_OVERDUE}", gone)  # noqa: S608 - as above
        self._scrub()

    def _mark(self, chosen: Chosen, at: str | None, only: str) -> int:
        with self._transaction(writes=True) as db:
            meant = self._meant(chosen) | {"at": at}
            return sum(
                db.execute(
                    f"UPDATE {table} SET forgotten_at = :at WHERE {only} AND ({_THESE[table]})",  # noqa: S608 - ours
                    meant,
                ).rowcount
                for table in chosen.tables
            )

    def _meant(self, chosen: Chosen) -> dict[str, str | int | None]:
        ids = self._ids_by_name()
        if chosen.partner is not None and chosen.partner not in ids:
            raise JournalError(
                "neither of the two is called that", remedy="give a name as in: voice-checkin review"
            )
        night = None if chosen.night is None else chosen.night.isoformat()
        partner = None if chosen.partner is None else ids[chosen.partner]
        return {"date": night, "question": chosen.question, "partner": partner}

    def _scrub(self) -> None:
        """Write the file anew without what was removed, and empty its log."""
        with file.faults_told(self._path):
            self._db.execute("VACUUM")
            busy, *_ = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise JournalError(
                "the words are out of the journal, but another program still reads its log",
                remedy="close that program: the log goes with it",
            )


_OVERDUE = "forgotten_at IS NOT NULL AND julianday(forgotten_at) < julianday(:before)"
