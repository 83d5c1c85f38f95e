"""How an evening ends: a quiet moment, the rhythm, the tip that fits, the receipt, good night."""

from collections.abc import Sequence
from statistics import fmean

from voice_checkin.evening import wording
from voice_checkin.evening.agenda import Tonight
from voice_checkin.evening.model import Close, Effect, HearTip, Keep, Meaning, Rest, Say
from voice_checkin.evening.plans import PLANNING

HUG_S, BREATHS_S = 20.0, 18.0
"""A hug does its good from about twenty seconds on; three slow breaths take six each."""
EVERY = 3
"""Each third evening has a hug, and each third one begins with three breaths."""
RHYTHM_EVERY = 7
"""The rhythm is told once in so many evenings."""
LOW, HIGH = 2.0, 4.0
"""A mean closeness from which on an evening counts as low, or as high."""
_PLANNED = {Meaning.SHARE, Meaning.THANKS, Meaning.YES}
_NOT_KEPT = {Meaning.SKIP, Meaning.NOTHING, Meaning.PARK, Meaning.DONE}


def opening(tonight: Tonight) -> tuple[Effect, ...]:
    """The greeting; on some evenings with three breaths."""
    lines = tonight.script.lines
    if tonight.short:
        return (Say(wording.tonights(lines.tired_greeting, tonight)),)
    reminders = (wording.of_plan(lines.plan_today, tonight, plan) for plan in tonight.today)
    breaths: tuple[Effect, ...] = ()
    if tonight.night.id % EVERY == 0:
        breaths = (Say(wording.tonights(lines.breaths, tonight)), Rest(BREATHS_S))
    return (Say(wording.tonights(lines.greeting, tonight)), *map(Say, reminders), *breaths)


def closing(tonight: Tonight, kept: Sequence[Keep]) -> tuple[Effect, ...]:
    """Everything behind the last answer."""
    lines, moods = tonight.script.lines, moods_of(kept)
    tip = _tip(tonight, moods)
    told = [keep for keep in kept if keep.meaning not in _NOT_KEPT]
    receipt = lines.receipt if told else lines.receipt_nothing
    hug: tuple[Effect, ...] = ()
    if tonight.night.id % EVERY == 1 and not tonight.short and not {"apology", "low"} & moods:
        hug = (Say(wording.tonights(lines.hug, tonight)), Rest(HUG_S))
    return (
        *hug,
        *map(Say, _rhythm(tonight)),
        Say(wording.tonights(lines.before_tip, tonight)),
        Say(wording.pick(tonight.script.tips[tip].say, tonight.night.id)),
        HearTip(tip),
        Say(wording.tonights(receipt, tonight, count=str(len(told)))),
        Say(wording.tonights(lines.closing, tonight)),
        Close(completed=True),
    )


def _tip(tonight: Tonight, moods: set[str]) -> str:
    """The tip that fits the evening, and rubs no salt in."""
    fitting = [key for mood, key in tonight.tips if mood in moods]
    others = [key for _, key in tonight.tips]
    kind = [key for key in (*fitting, tonight.tip, *others) if not moods & {*tonight.script.tips[key].spares}]
    return (*kind, tonight.tip)[0]


def moods_of(kept: Sequence[Keep]) -> set[str]:
    """What kind of evening it was: apology, low, high, funny, nothing_new."""
    rated = (keep.rating for keep in kept if keep.turn.question == "closeness.rating")
    ratings = [rating for rating in rated if rating is not None]
    planned = any(keep.turn.question in PLANNING and keep.meaning in _PLANNED for keep in kept)
    laughed = any(keep.turn.question == "laugh.share" and keep.meaning is Meaning.SHARE for keep in kept)
    happened = {
        "apology": any(keep.turn.question == "apology.say" for keep in kept),
        "low": bool(ratings) and min(ratings) <= LOW,
        "high": bool(ratings) and fmean(ratings) >= HIGH,
        "funny": laughed,
        "nothing_new": not planned,
    }
    return {mood for mood, is_so in happened.items() if is_so}


def _rhythm(tonight: Tonight) -> tuple[str, ...]:
    """A rhythm, now and then, and never a streak."""
    nights, days = tonight.rhythm
    if tonight.short or tonight.night.id % RHYTHM_EVERY:
        return ()
    lines = tonight.script.lines
    if days < RHYTHM_EVERY:
        return (wording.tonights(lines.first_nights, tonight),)
    return (wording.tonights(lines.rhythm, tonight, count=str(nights), days=str(days)),)
