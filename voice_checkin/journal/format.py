"""What an export holds, whatever it is written in: partners, nights, answers, plans.

It holds what the two have said, not how this program files it. Coming in, a plan's maker is unknown,
an answer to `new.outcome` doesn't say which plan it is about, and the partner of a night's first
answer is taken for the one who was asked first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from voice_checkin.errors import JournalError
from voice_checkin.evening.model import Answer, Meaning, Night, Outcome, Plan
from voice_checkin.journal.names import storable

Value: TypeAlias = str | float | None

_BEYOND_NUMBERS = 2**63
"""SQLite's whole numbers end here; so does every rating, and what isn't a number isn't below it."""

# The four classes are the format: their fields are its keys, in this order.


@dataclass(frozen=True, slots=True)
class ExportedAnswer:
    """What one partner answered to one question."""

    question: str
    partner: str
    meaning: Meaning
    value: Value = field(repr=False)
    said: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class ExportedPlan:
    """Something new that the two meant to do."""

    said: str = field(repr=False)
    due: date | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class ExportedNight:
    """One check-in."""

    night: date
    started_at: datetime
    ended_at: datetime | None
    completed: bool
    tip: str | None
    answers: tuple[ExportedAnswer, ...]
    plans: tuple[ExportedPlan, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """A whole journal, or a part of one."""

    format: Literal["voice-checkin/1"]
    partners: tuple[str, ...]
    nights: tuple[ExportedNight, ...]


def exported(partners: tuple[str, ...], nights: Iterable[Night]) -> Export:
    """These nights as they go out."""
    return Export("voice-checkin/1", partners, tuple(map(_outward, nights)))


def _outward(night: Night) -> ExportedNight:
    return ExportedNight(
        night=night.date,
        started_at=night.started_at,
        ended_at=night.ended_at,
        completed=night.completed,
        tip=night.tip,
        answers=tuple(
            ExportedAnswer(a.question, a.partner, a.meaning, a.value, a.said, a.at) for a in night.answers
        ),
        plans=tuple(ExportedPlan(plan.said, plan.due, plan.outcome) for plan in night.plans),
    )


def inward(night: ExportedNight, first: str) -> Night:
    """A night as the journal takes it in; `first` is who was asked first where no answer tells."""
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


def rejected(why: str) -> JournalError:
    """The error that tells why, and at which place, this text is no export."""
    return JournalError(
        f"this is no voice-checkin/1 export: {why}",
        remedy="nothing was changed: put that place right, or export once more",
    )


def faults_of_partners(export: Export) -> Iterator[str]:
    """What isn't right about the names of the two."""
    if len(export.partners) != 2 and (export.partners or export.nights):  # noqa: PLR2004 - a couple
        yield "partners: must be two names"


def faults_of_night(night: ExportedNight) -> Iterator[str]:
    """What isn't right about a night's own times, though each is one."""
    if night.started_at.tzinfo is None or (night.ended_at and night.ended_at.tzinfo is None):
        yield "its times must have their offset, as 2025-01-31T21:30:00+01:00"


def faults_of_answer(answer: ExportedAnswer, partners: tuple[str, ...]) -> Iterator[str]:
    """What isn't right about an answer though every value is of its type; each begins with its key."""
    if answer.partner not in partners:
        yield "partner: must be one of the partners"
    if answer.at.tzinfo is None:
        yield "at: must have its offset, as 2025-01-31T21:30:00+01:00"
    match answer.value:
        case int() | float() as number if not abs(number) < _BEYOND_NUMBERS:
            yield "value: must be a number that a rating can be"
        case str() as text if text != storable(text):
            yield "value: must not hold half a letter"
