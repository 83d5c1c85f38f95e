"""Nights, seen together: rhythm, closeness, plans."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean
from typing import TypeAlias

from voice_checkin.evening.model import Answer, Meaning, Night, Outcome, Plan

UNTOLD = frozenset({Meaning.SKIP, Meaning.NOTHING, Meaning.PARK})
"""Nothing was told; looking back does not dwell on it."""

RHYTHM_DAYS = 21
"""A rhythm over three weeks; a missed night breaks nothing."""
WEEKS = 8
"""So far back goes what was lately."""
CLOSENESS = "closeness.rating"
_LAUGHS = {"laugh.share", "laugh.light"}

Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Pieces of a text: where each begins, and where it has ended."""


@dataclass(frozen=True, slots=True)
class Found:
    """The newest of the nights that were looked for."""

    nights: tuple[Night, ...]
    """The oldest first."""
    in_all: int
    """How many nights there are of them."""
    answers: int = 0
    plans: int = 0
    """How many, of all these nights, hold a word that was looked for."""
    marks: Mapping[str, Spans] = field(default_factory=dict, repr=False)
    """Where such words stand: the whole text of an answer or a plan -> pieces of it."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What a couple sees first when it looks back on all of its nights."""

    nights: int
    first: date
    rhythm: int
    """Evenings on so many of the last `RHYTHM_DAYS` days."""
    laughs: tuple[tuple[date, Answer], ...]
    """What was laughed about, the latest first, as all that follows."""
    closeness: dict[str, tuple[float | None, ...]]
    """Partner -> the mean of each of the last `WEEKS` weeks, the latest last; None where nobody rated."""
    open_plans: tuple[Plan, ...]
    """Those to come first, by their days; then those without one; then those whose day has gone by."""
    done_plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What a couple looks back on."""

    nights: tuple[Night, ...]
    rhythm: int
    """Evenings on so many of the last `RHYTHM_DAYS` days."""
    closeness: dict[str, float]
    """Partner -> mean of the ratings given."""
    open_plans: tuple[Plan, ...]
    done_plans: tuple[Plan, ...]


def summarise(nights: Sequence[Night], today: date) -> Review:
    """See nights together, as they are on this day."""
    plans = [plan for night in nights for plan in night.plans]
    return Review(
        nights=tuple(nights),
        rhythm=_rhythm((night.date for night in nights), today),
        closeness=_closeness(nights),
        open_plans=tuple(plan for plan in plans if plan.outcome in {None, Outcome.MOVED}),
        done_plans=tuple(plan for plan in plans if plan.outcome is Outcome.DONE),
    )


def overview(
    days: Sequence[date], lately: Sequence[Night], open_plans: Iterable[Plan], today: date
) -> Overview:
    """See all nights in short: their days in order, one at least, and the nights of the last weeks."""
    plans = [plan for night in reversed(lately) for plan in reversed(night.plans)]
    told = [(night.date, answer) for night in reversed(lately) for answer in reversed(night.answers)]
    return Overview(
        nights=len(days),
        first=days[0],
        rhythm=_rhythm(days, today),
        laughs=tuple((day, a) for day, a in told if a.question in _LAUGHS and a.meaning is Meaning.SHARE),
        closeness=_weekly(lately, days[-1]),
        open_plans=tuple(sorted(open_plans, key=lambda plan: _turn(plan, today))),
        done_plans=tuple(plan for plan in plans if plan.outcome is Outcome.DONE),
    )


def on_this_night(days: Iterable[date], today: date) -> tuple[date, ...]:
    """Of these days that of today in earlier years, and those a month and a week ago."""
    ago = {today - timedelta(days=30), today - timedelta(days=7)}
    of_today = (today.month, today.day)
    return tuple(day for day in days if day in ago or (day < today and (day.month, day.day) == of_today))


def _rhythm(days: Iterable[date], today: date) -> int:
    since = today - timedelta(days=RHYTHM_DAYS)
    return len({day for day in days if since < day <= today})


def _turn(plan: Plan, today: date) -> tuple[int, int]:
    """By their days, then those without one, then those whose day has gone by, the latest first."""
    if plan.due is None:
        return 1, 0
    days = (plan.due - today).days
    return (0, days) if days >= 0 else (2, -days)


def _weekly(nights: Iterable[Night], last: date) -> dict[str, tuple[float | None, ...]]:
    weeks: dict[str, list[list[float]]] = {}
    for night in nights:
        ago = (last - night.date).days // 7
        for answer in night.answers:
            if answer.question == CLOSENESS and answer.rating is not None and ago < WEEKS:
                given = weeks.setdefault(answer.partner, [[] for _ in range(WEEKS)])
                given[-1 - ago].append(answer.rating)
    return {who: tuple(fmean(week) if week else None for week in given) for who, given in weeks.items()}


def _closeness(nights: Sequence[Night]) -> dict[str, float]:
    ratings: dict[str, list[float]] = {}
    for night in nights:
        for answer in night.answers:
            if answer.question == CLOSENESS and answer.rating is not None:
                ratings.setdefault(answer.partner, []).append(answer.rating)
    return {partner: fmean(values) for partner, values in ratings.items()}
