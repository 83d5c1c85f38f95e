"""The journal as an open format, `voice-checkin/1`: out as JSON text, and in again without loss.

The format holds what the two have said, not how this program files it. Coming in, a plan's maker
is unknown, an answer to `new.outcome` doesn't say which plan it is about, and the partner of a
night's first answer is taken for the one who was asked first.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from voice_checkin.errors import JournalError
from voice_checkin.evening.model import Answer, Meaning, Night, Outcome, Plan
from voice_checkin.journal.store import Journal, storable
from voice_checkin.shapes import ShapeError, plain, read_shape

_Value: TypeAlias = str | float | None

_BEYOND_NUMBERS = 2**63
"""SQLite's whole numbers end here; so does every rating, and what isn't a number isn't below it."""

# The four classes are the format: their fields are its keys, in this order.


@dataclass(frozen=True, slots=True)
class _Answer:
    question: str
    partner: str
    meaning: Meaning
    value: _Value = field(repr=False)
    said: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class _Plan:
    said: str = field(repr=False)
    due: date | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class _Night:
    night: date
    started_at: datetime
    ended_at: datetime | None
    completed: bool
    tip: str | None
    answers: tuple[_Answer, ...]
    plans: tuple[_Plan, ...]


@dataclass(frozen=True, slots=True)
class _Export:
    format: Literal["voice-checkin/1"]
    partners: tuple[str, ...]
    nights: tuple[_Night, ...]


def export_json(journal: Journal) -> str:
    """Everything that the two have said, as `voice-checkin/1`: oldest night first, ending in a newline."""
    return nights_as_json(journal.partners(), journal.nights())


def nights_as_json(partners: tuple[str, ...], nights: Iterable[Night]) -> str:
    """These nights, in this order, as `voice-checkin/1`."""
    export = _Export("voice-checkin/1", partners, tuple(map(_outward, nights)))
    return json.dumps(plain(export), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def import_json(journal: Journal, text: str) -> int:
    """Add the nights of an export that the journal doesn't hold yet, all or none; return how many.

    A night that began at the same moment as one here is the same night, and stays as it is here. A
    journal without nights takes over the partners' names; any other takes only an export under its
    own names. Raises `JournalError` that names the place at which the text isn't `voice-checkin/1`.
    """
    export = _read(text)
    if not export.partners:
        return 0
    first, second = export.partners
    return journal.take_in((first, second), [_inward(night, first) for night in export.nights])


def _outward(night: Night) -> _Night:
    return _Night(
        night=night.date,
        started_at=night.started_at,
        ended_at=night.ended_at,
        completed=night.completed,
        tip=night.tip,
        answers=tuple(
            _Answer(a.question, a.partner, a.meaning, a.value, a.said, a.at) for a in night.answers
        ),
        plans=tuple(_Plan(plan.said, plan.due, plan.outcome) for plan in night.plans),
    )


def _inward(night: _Night, first: str) -> Night:
    return Night(
        id=0,  # the journal gives its own
        date=night.night,
        first=night.answers[0].partner if night.answers else first,
        started_at=night.started_at,
        ended_at=night.ended_at,
        completed=night.completed,
        tip=night.tip,
        answers=tuple(Answer(a.partner, a.question, a.meaning, a.value, a.said, a.at) for a in night.answers),
        plans=tuple(Plan(plan.said, plan.due, plan.outcome) for plan in night.plans),
    )


def _read(text: str) -> _Export:
    try:
        export = read_shape(_parse(text), _Export, blank_texts=True)
    except ShapeError as fault:
        raise _rejected(str(fault)) from None
    for words in _faults(export):
        raise _rejected(words)
    return export


def _parse(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _rejected(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except (ValueError, RecursionError):
        raise _rejected("a number or a nesting in it is too long for any export") from None


def _rejected(why: str) -> JournalError:
    return JournalError(
        f"this is no voice-checkin/1 export: {why}",
        remedy="nothing was changed: put that place right, or export once more",
    )


def _faults(export: _Export) -> Iterator[str]:
    """What isn't right though every value is of its type; each with its place."""
    if len(export.partners) != 2 and (export.partners or export.nights):  # noqa: PLR2004 - a couple
        yield "partners: must be two names"
    for i, night in enumerate(export.nights):
        place = f"nights[{i}]"
        if night.started_at.tzinfo is None or (night.ended_at and night.ended_at.tzinfo is None):
            yield f"{place}: its times must have their offset, as 2025-01-31T21:30:00+01:00"
        for j, answer in enumerate(night.answers):
            yield from (f"{place}.answers[{j}].{fault}" for fault in _faults_of(answer, export.partners))


def _faults_of(answer: _Answer, partners: tuple[str, ...]) -> Iterator[str]:
    if answer.partner not in partners:
        yield "partner: must be one of the partners"
    if answer.at.tzinfo is None:
        yield "at: must have its offset, as 2025-01-31T21:30:00+01:00"
    match answer.value:
        case int() | float() as number if not abs(number) < _BEYOND_NUMBERS:
            yield "value: must be a number that a rating can be"
        case str() as text if text != storable(text):
            yield "value: must not hold half a letter"
