"""The couple's journal in one SQLite file: what the evening keeps, each answer on the disk at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

from voice_checkin.errors import JournalError
from voice_checkin.evening.model import Answer, Night, Plan, Turn
from voice_checkin.journal import file, keys, migrations
from voice_checkin.journal.forgetting import Forgetting
from voice_checkin.journal.merging import Added, missing_answers, missing_plans
from voice_checkin.journal.names import storable
from voice_checkin.journal.search import index_anew, indexed_afterwards

FILE_NAME = "journal.db"
TAKEN_UP_WITHIN = timedelta(hours=12)
"""An evening that broke off is taken up again for so long; later, another one begins."""
DAY_BEGINS = timedelta(hours=5)
"""Until this hour by the clock, an evening belongs to the day before."""
PLANNED_IN = "new.plan"
"""The question under which a plan is filed where an import doesn't say in which turn it was made."""

_UNFINISHED = """
SELECT id, started_at FROM nights WHERE NOT completed AND forgotten_at IS NULL
ORDER BY julianday(started_at) DESC, id DESC"""

_LAST_FIRST = "SELECT first_id FROM nights ORDER BY julianday(started_at) DESC, id DESC LIMIT 1"

_INSERT_NIGHT = "INSERT INTO nights (date, first_id, started_at) VALUES (?, ?, ?)"

_CLOSE_NIGHT = "UPDATE nights SET ended_at = ?, completed = ? WHERE id = ?"

_KEEP = """
INSERT INTO answers (night_id, partner_id, question, about, meaning, value, said, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (night_id, question, partner_id, coalesce(about, 0), nth)
DO UPDATE SET meaning = excluded.meaning, value = excluded.value, said = excluded.said, at = excluded.at,
  forgotten_at = NULL"""

_KEEP_PLAN = """
INSERT INTO plans (night_id, partner_id, question, about, said, due, outcome, picked)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (night_id, question, partner_id, coalesce(about, 0))
DO UPDATE SET
  said = excluded.said, due = excluded.due, outcome = excluded.outcome, picked = excluded.picked,
  forgotten_at = NULL"""

_STRIKE = "DELETE FROM answers WHERE night_id = ? AND partner_id = ? AND question = ? AND about IS ?"
_STRIKE_PLAN = "DELETE FROM plans WHERE night_id = ? AND partner_id = ? AND question = ? AND about IS ?"

_LEARN = "INSERT INTO words (word) VALUES (?) ON CONFLICT (word) DO UPDATE SET forgotten_at = NULL"
_UNLEARN = "DELETE FROM words WHERE word = ?"

_HEAR_TIP = """
INSERT INTO tips_heard (day, tip, night_id) VALUES (?, ?, ?)
ON CONFLICT (day, tip) DO UPDATE SET night_id = coalesce(excluded.night_id, night_id)"""

_ADD_ANSWER = """
INSERT INTO answers (night_id, partner_id, question, meaning, value, said, at, nth)
VALUES (:night, :partner, :question, :meaning, :value, :said, :at,
  (SELECT coalesce(max(nth) + 1, 0) FROM answers
   WHERE night_id = :night AND partner_id = :partner AND question = :question))"""


def open_journal(home: Path, key: bytes | None = None) -> "Journal":
    """Open the journal of this folder, or begin one there, so that nobody else on the machine can read it.

    A locked one takes its key. Raises `JournalError` where it can't be opened, is damaged, or was written
    by a newer version; the file is then left as it was.
    """
    path = home / FILE_NAME
    if key is None and keys.is_locked(home):
        raise keys.locked()
    with file.faults_told(path):
        file.make_private(path)
        file.recover(path, key)
        with closing(file.connect_read_only(path, key)) as db:
            migrations.refuse_newer(db)
        db = file.connect(path, key)
        try:
            migrations.migrate(db)
        except BaseException:
            db.close()
            raise
        return Journal(db, path, key)


class Journal(Forgetting):
    """The couple's journal: it keeps, and it is read. For use by one thread.

    Each call is one transaction, on the disk when it returns; where it raises `JournalError`, it has
    changed nothing.
    """

    def open_night(self, now: datetime, unnamed: tuple[str, str]) -> Night:
        """Take up the evening that broke off within twelve hours of `now` (aware), or begin one.

        Who was second in the evening before is first in this one. `unnamed` is what the two are
        called where the journal knows no names yet.
        """
        with self._transaction(writes=True):
            if not self._ids_by_name():
                self._name(unnamed)
            ids = self._ids_by_name()
            broken_off = self._broken_off(now)
            night = self._night(self._begin(now, ids.values()) if broken_off is None else broken_off)
        self._ids = ids
        return night

    def keep(self, night: Night, answer: Answer) -> None:
        """Keep one answer, in place of an earlier one to the same question about the same plan."""
        place = (night.id, self._id(answer.partner), answer.question, answer.about)
        words = (answer.meaning.value, storable(answer.value), storable(answer.said))
        with self._transaction(writes=True) as db:
            db.execute(_KEEP, (*place, *words, answer.at.isoformat()))

    def strike(self, night: Night, turn: Turn, *, plan_only: bool = False) -> None:
        """Remove the answer of this turn and a plan made in it, from SQLite's index and log as well."""
        place = self._place(night, turn)
        with self._transaction(writes=True) as db:
            if not plan_only:
                db.execute(_STRIKE, place)
            db.execute(_STRIKE_PLAN, place)
            index_anew(db)
        with file.faults_told(self._path):
            # Where another program is just reading, the log goes when the last of the two closes.
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def keep_plan(self, night: Night, turn: Turn, plan: Plan) -> None:
        """Keep a plan, in place of an earlier one made in the same turn of this night."""
        place = self._place(night, turn)
        with self._transaction(writes=True) as db:
            db.execute(_KEEP_PLAN, (*place, storable(plan.said), _iso(plan.due), plan.outcome, plan.picked))

    def settle(self, plan: Plan) -> None:
        """Record the due day and the outcome of a plan that was kept before."""
        settled = (_iso(plan.due), plan.outcome, plan.picked, plan.id)
        with self._transaction(writes=True) as db:
            db.execute("UPDATE plans SET due = ?, outcome = ?, picked = ? WHERE id = ?", settled)

    def learn(self, words: Sequence[str]) -> None:
        """Remember words that the two use and a recogniser doesn't know."""
        with self._transaction(writes=True) as db:
            db.executemany(_LEARN, [(storable(word),) for word in words])

    def unlearn(self, words: Sequence[str]) -> int:
        """Forget these words; how many there were."""
        with self._transaction(writes=True) as db:
            return sum(db.execute(_UNLEARN, (word,)).rowcount for word in words)

    def hear_tip(self, day: date, tip: str, night: Night | None = None) -> None:
        """Note that a tip was heard on this day: once, however often it was said. A night keeps its own."""
        with self._transaction(writes=True):
            self._note_tip(day, tip, None if night is None else night.id)

    def close_night(self, night: Night, at: datetime, *, completed: bool) -> None:
        """Note that the evening has ended."""
        ended = (_iso(at), completed, night.id)
        with self._transaction(writes=True) as db:
            db.execute(_CLOSE_NIGHT, ended)

    def take_in(self, names: tuple[str, str], nights: Sequence[Night]) -> Added:
        """Add what another journal of the two has kept, and return how much is new to this one.

        A night that began at the same moment as one here is the same night: answers and plans that it
        lacks here are added, nothing is overwritten, and what was forgotten here stays so. A journal
        without nights takes over the names; any other raises `JournalError` where they differ from its
        own, since words would go to the wrong person.
        """
        with self._transaction(writes=True) as db:
            kept = self._numbers_by_start()
            if not kept:
                self._name(names)
            ids = self._ids_by_name()
            if set(names) != set(ids):
                raise JournalError(
                    "these nights are under other names than the journal's own",
                    remedy="name the two as they are there (voice-checkin setup), import, name them back",
                )
            new = [night for night in nights if night.started_at not in kept]
            known = [night for night in nights if night.started_at in kept]
            with indexed_afterwards(db):
                for night in new:
                    self._add(night, ids)
                joined = [self._join(night, kept[night.started_at], ids) for night in known]
        self._ids = ids
        return Added(len(new), sum(answers for answers, _ in joined), sum(plans for _, plans in joined))

    def _note_tip(self, day: date, tip: str, night_id: int | None) -> None:
        self._db.execute(_HEAR_TIP, (_iso(day), tip, night_id))
        self._db.execute("UPDATE nights SET tip = ? WHERE id = ?", (tip, night_id))

    def _place(self, night: Night, turn: Turn) -> tuple[int, int, str, int | None]:
        return night.id, self._id(turn.partner), turn.question, turn.number

    def _broken_off(self, now: datetime) -> int | None:
        for number, started_at in self._db.execute(_UNFINISHED):
            if abs(now - datetime.fromisoformat(started_at)) <= TAKEN_UP_WITHIN:
                return int(number)
        return None

    def _begin(self, now: datetime, partner_ids: Iterable[int]) -> int:
        last_first = self._db.execute(_LAST_FIRST).fetchone()
        first = next(number for number in partner_ids if (number,) != last_first)
        return self._insert_night((now - DAY_BEGINS).date(), first, now)

    def _insert_night(self, day: date, first_id: int, started_at: datetime) -> int:
        self._db.execute(_INSERT_NIGHT, (_iso(day), first_id, _iso(started_at)))
        return int(self._db.execute("SELECT last_insert_rowid()").fetchone()[0])

    def _add(self, night: Night, ids: dict[str, int]) -> None:
        number = self._insert_night(night.date, ids[night.first], night.started_at)
        self._db.execute(_CLOSE_NIGHT, (_iso(night.ended_at), night.completed, number))
        self._add_words(number, night.answers, night.plans, ids)
        if night.tip is not None:
            self._note_tip(night.date, night.tip, number)

    def _add_words(
        self, number: int, answers: Sequence[Answer], plans: Sequence[Plan], ids: dict[str, int]
    ) -> None:
        for answer in answers:
            who = {"night": number, "partner": ids[answer.partner], "question": answer.question}
            what = {"meaning": answer.meaning.value, "value": answer.value, "said": answer.said}
            self._db.execute(_ADD_ANSWER, {**who, **what, "at": _iso(answer.at)})
        for plan in plans:
            what_and_when = (plan.said, _iso(plan.due), plan.outcome, plan.picked)
            self._db.execute(_KEEP_PLAN, (number, None, PLANNED_IN, None, *what_and_when))

    def _numbers_by_start(self) -> dict[datetime, list[int]]:
        numbers: dict[datetime, list[int]] = defaultdict(list)
        for number, at in self._db.execute("SELECT id, started_at FROM nights ORDER BY id"):
            numbers[datetime.fromisoformat(at)].append(number)
        return numbers

    def _join(self, night: Night, numbers: Sequence[int], ids: dict[str, int]) -> tuple[int, int]:
        """Add what the nights of that moment lack of this one; how many answers and plans that was."""
        here = [self._night(number, forgotten=True) for number in numbers]
        answers = missing_answers([each for night in here for each in night.answers], night.answers)
        plans = missing_plans([each for night in here for each in night.plans], night.plans)
        self._add_words(numbers[0], answers, plans, ids)
        return len(answers), len(plans)


def _iso(moment: date | None) -> str | None:
    """A day, or a moment with its offset (a datetime is a date), as ISO 8601."""
    return None if moment is None else moment.isoformat()
