"""Nights, seen together: rhythm, closeness, plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from voice_checkin.evening.model import Night, Outcome, Plan

RHYTHM_DAYS = 21
"""A rhythm over three weeks; a missed night breaks nothing."""


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
    since = today - timedelta(days=RHYTHM_DAYS)
    plans = [plan for night in nights for plan in night.plans]
    return Review(
        nights=tuple(nights),
        rhythm=len({night.date for night in nights if since < night.date <= today}),
        closeness=_closeness(nights),
        open_plans=tuple(plan for plan in plans if plan.outcome in {None, Outcome.MOVED}),
        done_plans=tuple(plan for plan in plans if plan.outcome is Outcome.DONE),
    )


def holding(nights: Sequence[Night], words: str) -> tuple[Night, ...]:
    """The nights in which all of these words were said, each with the answers that hold one."""
    wanted = words.casefold().split()
    found = []
    for night in nights:
        said = " ".join([*(a.said for a in night.answers), *(p.said for p in night.plans)]).casefold()
        if all(word in said for word in wanted):
            found.append(night)
    return tuple(found)


def on_this_night(nights: Sequence[Night], today: date) -> tuple[Night, ...]:
    """The nights of this day in earlier years, and those a month and a week ago."""
    ago = {today - timedelta(days=30), today - timedelta(days=7)}
    earlier = (night for night in nights if night.date < today)
    years = (night for night in earlier if (night.date.month, night.date.day) == (today.month, today.day))
    lately = (night for night in nights if night.date in ago)
    return tuple(sorted([*years, *lately], key=lambda night: night.started_at))


def _closeness(nights: Sequence[Night]) -> dict[str, float]:
    ratings: dict[str, list[float]] = {}
    for night in nights:
        for answer in night.answers:
            if answer.question == "closeness.rating" and answer.rating is not None:
                ratings.setdefault(answer.partner, []).append(answer.rating)
    return {partner: fmean(values) for partner, values in ratings.items()}
