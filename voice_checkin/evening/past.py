"""What an evening takes from the nights before it: pure, from what the journal holds."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta
from statistics import fmean

from voice_checkin.evening.model import Answer, Meaning, Night, Remembered
from voice_checkin.evening.script import WEEKLY

TALKED_OVER = f"{WEEKLY}talk"
SIGNS_A_WEEK = 5
LOW = 2.0
"""A week whose signs have no higher mean is a low one."""
MEMORIES = {"appreciation.share", "appreciation.reply", "laugh.share", "laugh.light"}
"""What may be read back: never an apology, never what was parked."""
SPANS = (timedelta(days=365), timedelta(days=30), timedelta(days=7))
"""A year, a month or a week ago: the rarest first."""
MEMORY_WORDS = range(5, 40)
"""Shorter is no story, longer is no line."""
NEW_THINGS = timedelta(days=14)
"""Where nothing new was planned for so long, a tip may speak of it."""


def parked(nights: Sequence[Night]) -> tuple[Remembered, ...]:
    """What was put aside and not come back to since, the oldest first."""
    answers = [answer for night in nights for answer in night.answers]
    settled = {a.value for a in answers if a.question == TALKED_OVER or _needs_no_talk(a)}
    aside = [a for a in answers if a.meaning is Meaning.PARK and not a.question.startswith(WEEKLY)]
    return tuple(_remembered(a) for a in aside if a.at.isoformat() not in settled)


def signs_for_tonight(nights: Sequence[Night], signs: Sequence[str]) -> tuple[str, ...]:
    """The signs that weren't asked for longest; all come round in as few weeks as can be."""
    last = dict.fromkeys(signs, date.min)
    for night in nights:
        last.update({a.question: night.date for a in night.answers if a.question in last})
    return tuple(sorted(signs, key=lambda sign: (last[sign], signs.index(sign))))[:SIGNS_A_WEEK]


def low_weeks(nights: Sequence[Night], signs: Sequence[str]) -> int:
    """How many of the latest weekly looks were low, one after another."""
    count = 0
    for night in nights:
        if ratings := [a.rating for a in night.answers if a.question in signs and a.rating is not None]:
            count = count + 1 if is_low(ratings) else 0
    return count


def is_low(ratings: Collection[float]) -> bool:
    """Whether a week with these ratings of its signs is a low one."""
    return bool(ratings) and fmean(ratings) <= LOW


def memory(
    nights: Sequence[Night], today: date, is_alarming: Callable[[str], bool] = lambda _: False
) -> Remembered | None:
    """Something good that was said on this day of an earlier year, month or week, if there was.

    What the two didn't want to hear again, or have told anew before, isn't read back.
    """
    told = {a.value for night in nights for a in night.answers if a.question == "memory.retell"}
    for span in SPANS:
        for night in nights:
            if night.date != today - span:
                continue
            for answer in night.answers:
                if _is_worth_it(answer, told) and not is_alarming(answer.said):
                    return _remembered(answer)
    return None


def moods_before(nights: Sequence[Night], today: date) -> set[str]:
    """What tips may know of the nights before: "nothing_new" where nothing was planned for two weeks."""
    known = [night for night in nights if today - NEW_THINGS <= night.date < today]
    planned = any(night.plans for night in known)
    begun_early = bool(nights) and nights[0].date <= today - NEW_THINGS
    return {"nothing_new"} if begun_early and not planned else set()


def ideas_left(ideas: Iterable[str], gone: Iterable[str], today: date) -> tuple[str, ...]:
    """Ideas that weren't offered yet, beginning at another place every day."""
    left = [key for key in ideas if key not in set(gone)]
    start = today.toordinal() * 7 % len(left) if left else 0
    return (*left[start:], *left[:start])


def rhythm(nights: Sequence[Night], today: date, days: int) -> tuple[int, int]:
    """On how many of the last so many days there was an evening; fewer days where the two began later."""
    since = today - timedelta(days=days)
    held = {night.date for night in nights if since < night.date <= today}
    first = min((night.date for night in nights), default=today)
    return len(held | {today}), min(days, (today - first).days + 1)


def _needs_no_talk(answer: Answer) -> bool:
    return answer.question == f"{WEEKLY}parked" and answer.meaning in {Meaning.NOTHING, Meaning.UNSURE}


def _remembered(answer: Answer) -> Remembered:
    return Remembered(answer.partner, answer.said, answer.at, answer.id or 0)


def _is_worth_it(answer: Answer, told: set[str | float | None]) -> bool:
    told_before = answer.at.isoformat() in told
    shared = answer.question in MEMORIES and answer.meaning is Meaning.SHARE
    return shared and not told_before and len(answer.said.split()) in MEMORY_WORDS
