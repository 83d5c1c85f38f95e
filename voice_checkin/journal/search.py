"""What is looked for in the journal: which nights, whose words, about what, and words that were said.

Words in plain ASCII are found by their English stems: "laughed" finds "laughing". Any other word is found
by its beginning, since in Korean, say, endings are written onto it; so is a word with a star behind it.
Words in double quotes are found side by side.
"""

import json
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from voice_checkin.evening.model import Night
from voice_checkin.evening.review import UNTOLD, Spans

_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')
_BEGIN, _END = "\ufdd0", "\ufdd1"
"""No letters of any text: Unicode leaves them to programs."""

# The statements are put together of these pieces alone; no word of anybody is in them.

_SPAN = """nights.forgotten_at IS NULL
  AND (:since IS NULL OR date >= :since) AND (:until IS NULL OR date <= :until)
  AND (:days IS NULL OR date IN (SELECT value FROM json_each(:days)))"""

_NEWEST = f"""SELECT nights.id FROM nights WHERE {_SPAN} AND ({{}})
  ORDER BY julianday(started_at) DESC, nights.id DESC"""  # noqa: S608 - all pieces are ours

_THESE = "nights.id IN (SELECT value FROM json_each(:nights))"
_TOPIC = "(:topic IS NULL OR question = :topic OR substr(question, 1, length(:topic) + 1) = :topic || '.')"
_PARTNER = "(:partner IS NULL OR partner_id = (SELECT id FROM partners WHERE name = :partner))"
FITTING = {
    "answers": f"""answers.forgotten_at IS NULL AND {_PARTNER} AND {_TOPIC}
  AND meaning NOT IN (SELECT value FROM json_each(:untold))""",  # noqa: S608 - as above
    "plans": f"plans.forgotten_at IS NULL AND (partner_id IS NULL OR {_PARTNER}) AND {_TOPIC}",
}
"""The condition on a row of each table, beside its night's."""

_SAID = {
    table: f"""SELECT night_id, {table}.id, words.key FROM json_each(:words) AS words
  JOIN {table}_said ON {table}_said MATCH words.value
  JOIN {table} ON {table}.id = {table}_said.rowid WHERE {fitting}"""  # noqa: S608 - as above
    for table, fitting in FITTING.items()
}
"""Every answer or plan that fits and holds a word, once for each of the words."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which nights are looked for, and what of them; None where it doesn't matter.

    With `partner`, `topic` or `words` a night holds only the answers and plans that fit, and is left out
    where none does.
    """

    since: date | None = None
    until: date | None = None
    """The first and the last day, both included."""
    partner: str | None = None
    """The name as the journal has it. A plan whose maker isn't known fits both."""
    topic: str | None = None
    """A question's key, or its part before the dot."""
    words: str | None = field(default=None, repr=False)
    """All of them were said in the night; answers and plans fit that hold one of them."""
    days: tuple[date, ...] | None = None
    told: bool = False
    """Whether answers are left out in which nothing was told. Words are looked for in the others only."""

    @property
    def values(self) -> dict[str, str | None]:
        """What the conditions ask for, by name."""
        return {
            "since": None if self.since is None else self.since.isoformat(),
            "until": None if self.until is None else self.until.isoformat(),
            "partner": self.partner,
            "topic": self.topic,
            "words": json.dumps(expressions(self.words or "")),
            "days": None if self.days is None else json.dumps([day.isoformat() for day in self.days]),
            "untold": json.dumps(sorted(UNTOLD) if self.told or self.words else []),
        }


@dataclass(frozen=True, slots=True)
class Fitting:
    """What fits what is wanted."""

    nights: tuple[int, ...]
    """Their numbers, the newest first."""
    rows: Mapping[str, str]
    """The condition on a row of answers, or of plans, of such a night; `values` has what it names."""
    wanted: Wanted
    hits: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict)
    """Where words were looked for: the night and the number of each answer, and each plan, that holds one."""

    def values(self, nights: Sequence[int]) -> dict[str, str | None]:
        """The values for rows of these nights, whose numbers are in `nights`."""
        these = set(nights)
        held = {table: [row for night, row in hits if night in these] for table, hits in self.hits.items()}
        numbers = {"nights": nights, **held}
        return self.wanted.values | {name: json.dumps(some) for name, some in numbers.items()}


def fitting(db: sqlite3.Connection, wanted: Wanted) -> Fitting:
    """Find the nights that fit, and the words in them."""
    if wanted.words:
        return _holding(db, wanted)
    narrow = wanted.partner is not None or wanted.topic is not None
    anything = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE night_id = nights.id AND {fit})"  # noqa: S608 - all pieces are ours
        for table, fit in FITTING.items()
    )
    rows = db.execute(_NEWEST.format(anything if narrow else "TRUE"), wanted.values)
    return Fitting(tuple(number for (number,) in rows), FITTING, wanted)


def _holding(db: sqlite3.Connection, wanted: Wanted) -> Fitting:
    """The nights in which all of the words were said, and who holds any of them there."""
    found = {table: db.execute(said, wanted.values).fetchall() for table, said in _SAID.items()}
    words_of: dict[int, set[int]] = defaultdict(set)
    for night, _, word in chain.from_iterable(found.values()):
        words_of[night].add(word)
    number = len(expressions(wanted.words or ""))
    holding = json.dumps([night for night, words in words_of.items() if len(words) == number])
    rows = db.execute(_NEWEST.format(_THESE), wanted.values | {"nights": holding})
    nights = tuple(night for (night,) in rows)
    these = set(nights)
    hits = {
        table: list(dict.fromkeys((night, row) for night, row, _ in rows if night in these))
        for table, rows in found.items()
    }
    held = {table: f"{table}.id IN (SELECT value FROM json_each(:{table}))" for table in hits}  # noqa: S608 - ours
    return Fitting(nights, held, wanted, hits)


def expressions(words: str) -> tuple[str, ...]:
    """Each word as FTS5 takes it, so that no sign in it means anything; none for what is no word."""
    found = _WORD.findall(unicodedata.normalize("NFC", words.replace("\0", " ")))
    told = dict.fromkeys(beside or alone for beside, alone in found)
    return tuple(_expression(each) for each in told if any(map(str.isalnum, each)))


def _expression(word: str) -> str:
    """A word, or words side by side, in quotation marks; the sign for a beginning stands behind them."""
    quoted = '"' + word.encode(errors="replace").decode() + '"'
    return quoted + " *" if word.endswith("*") or not word.isascii() else quoted


def find_marks(db: sqlite3.Connection, words: str, nights: Sequence[Night]) -> dict[str, Spans]:
    """Where the words that were looked for stand in what was said in these nights, by the whole text."""
    ids = {
        "answers": [answer.id for night in nights for answer in night.answers],
        "plans": [plan.id for night in nights for plan in night.plans],
    }
    marks: dict[str, Spans] = {}
    for table in FITTING:
        asked = f"""SELECT said, highlight({table}_said, 0, ?, ?) FROM {table}_said
  WHERE {table}_said MATCH ? AND rowid IN (SELECT value FROM json_each(?))"""  # noqa: S608 - ours
        any_of_them = " OR ".join(expressions(words))
        if any_of_them:
            rows = db.execute(asked, (_BEGIN, _END, any_of_them, json.dumps(ids[table])))
            marks.update((said, _spans(marked)) for said, marked in rows)
    return marks


def _spans(marked: str) -> Spans:
    """Where the marked pieces stand in the text without its marks."""
    before, *pieces = marked.split(_BEGIN)
    at, spans = len(before), []
    for piece in pieces:
        hit, _, rest = piece.partition(_END)
        spans.append((at, at + len(hit)))
        at += len(hit) + len(rest)
    return tuple(spans)


@contextmanager
def indexed_afterwards(db: sqlite3.Connection) -> Iterator[None]:
    """Leave the index alone while many rows come or go, and make it anew of what is there then.

    To follow each row takes four times as long as an import without it (10,000 nights: 5.6 s, so 1.7 s).
    """
    triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    yield
    for _, statement in triggers:
        db.execute(statement)
    index_anew(db)


def index_anew(db: sqlite3.Connection) -> None:
    """Make the index of what is there now, so that no byte stays in it of words that went."""
    for table in FITTING:
        db.execute(f"INSERT INTO {table}_said ({table}_said) VALUES ('rebuild')")  # noqa: S608 - ours
