"""Settles, before the first word, what an evening will be: whom it asks, what it comes back to, which tip."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from voice_checkin.evening import past
from voice_checkin.evening.agenda import Tonight
from voice_checkin.evening.closing import moods_of
from voice_checkin.evening.model import Keep, Night, Plan, Turn
from voice_checkin.evening.review import RHYTHM_DAYS
from voice_checkin.evening.script import Depth, Script
from voice_checkin.evening.tips import fitting_tip, tip_of_the_day

DUE_A_NIGHT = 2
"""So many plans are asked after on one evening, the longest due first."""
MEMORY_EVERY = 3
"""Now and then: on each third evening something is read back, where there is something."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOODS = ("apology", "low", "nothing_new", "funny", "high")
"""What turns the choice of the tip, the weightiest first."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the two have chosen for their evenings."""

    short: bool = False
    depth: Depth = Depth.WARM
    weekly: str = "sunday"
    """The day of the weekly look, or "off"."""
    country: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What the journal knows of the nights before."""

    partners: tuple[str, str]
    nights: Sequence[Night] = ()
    """The last year's, the oldest first, without tonight's."""
    due: tuple[Plan, ...] = ()
    """Plans that are due today or were before."""
    tips: Sequence[tuple[date, str]] = ()
    """Every tip that was heard, in order."""
    ideas: Collection[str] = ()
    """Keys of the ideas that were taken or not liked."""


def settle(
    script: Script,
    night: Night,
    history: History,
    wishes: Wishes,
    is_alarming: Callable[[str], bool] = lambda _: False,
) -> Tonight:
    """Everything of an evening that is settled before its first word."""
    one, two = history.partners
    today, nights = night.date, history.nights
    tip = tip_of_the_day(script.tips, history.tips, today)
    assert tip is not None  # noqa: S101 - content without tips was refused at load
    return Tonight(
        script,
        night,
        (one, two) if night.first == one else (two, one),
        due=tuple(plan for plan in history.due if not (plan.picked and plan.due == today))[:DUE_A_NIGHT],
        today=tuple(plan for plan in history.due if plan.picked and plan.due == today),
        tip=tip,
        tips=_tips(script, history, today),
        short=wishes.short,
        depth=wishes.depth,
        last_tip=_last_tip(script, history, today),
        is_weekly=WEEKDAYS[today.weekday()] == wishes.weekly and bool(script.signs),
        signs=past.signs_for_tonight(nights, script.signs),
        parked=past.parked(nights),
        low_weeks=past.low_weeks(nights, script.signs),
        memory=past.memory(nights, today, is_alarming) if night.id % MEMORY_EVERY == 0 else None,
        ideas=past.ideas_left(script.ideas, history.ideas, today),
        rhythm=past.rhythm(nights, today, RHYTHM_DAYS),
        country=wishes.country,
    )


def _tips(script: Script, history: History, today: date) -> tuple[tuple[str, str], ...]:
    """For each turn that the evening may take, the tip that fits it; a tip that was heard today stays."""
    if any(day == today for day, _ in history.tips):
        return ()
    lately = past.moods_before(history.nights, today)
    known = [mood for mood in MOODS if mood != "nothing_new" or mood in lately]
    found = ((mood, fitting_tip(script.tips, history.tips, today, mood)) for mood in known)
    return tuple((mood, key) for mood, key in found if key)


def _last_tip(script: Script, history: History, today: date) -> str:
    """The tip of the evening before, where it asks for something and was no sore one."""
    heard = [key for day, key in history.tips if day < today]
    last = history.nights[-1] if history.nights else None
    if not heard or last is None or not last.completed or not _follow_up(script, heard[-1]):
        return ""
    keeps = [Keep(Turn(a.partner, a.question), a.meaning, a.value, "") for a in last.answers]
    return "" if {"apology", "low"} & moods_of(keeps) else heard[-1]


def _follow_up(script: Script, key: str) -> bool:
    return key in script.tips and bool(script.tips[key].follow_up)
