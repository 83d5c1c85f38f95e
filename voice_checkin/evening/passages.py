"""What a look back tells, piece by piece: nights in natural sentences, in the order of their topics.

Apologies are told as "you made up", and what was parked isn't told, unless the two asked for just that. Words
that speak of harm are never read aloud.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from voice_checkin.evening.aloud_words import Aloud
from voice_checkin.evening.model import Answer, Meaning, Night, Outcome, Plan
from voice_checkin.evening.past import MEMORIES
from voice_checkin.evening.review import summarise
from voice_checkin.evening.shortening import shortened
from voice_checkin.evening.spoken_days import day_as_said
from voice_checkin.evening.wording import pick, quoted

RHYTHM, KIND_WORDS, LAUGHS, MADE_UP, PLANS, CLOSENESS = (
    "rhythm", "appreciation", "laugh", "apology", "new", "closeness"
)  # fmt: skip
OF_EACH, OF_BOTH = 2, 3
"""So many pieces of a topic with each partner's words, or with both's, make about two minutes."""
_ACCEPTED = {Meaning.SHARE, Meaning.THANKS, Meaning.YES}
_REPLY, _KIND_WORD = "appreciation.reply", "appreciation.share"


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece that is told in one breath."""

    topic: str
    lines: tuple[str, ...] = field(repr=False)
    """Each is a sentence or a few; the voice pauses between them."""
    rest: str = field(default="", repr=False)
    """What was left out of it."""
    partner: str = ""
    """Whose words they are; empty: of both."""


@dataclass(frozen=True, slots=True)
class Glance:
    """How it is looked back, and on whom."""

    words: Aloud
    partners: tuple[str, str]
    today: date
    whole_week: bool = False
    """Whether this is the week, with nothing asked for."""
    topic: str | None = None
    """The only topic that was asked for: a question's key, or its part before the dot."""
    alarming: Callable[[str], bool] = lambda _: False

    def other(self, partner: str) -> str:
        """The other one of the two."""
        one, two = self.partners
        return two if partner == one else one

    def tell(self, key: str, nth: int, day: date | None = None, **values: object) -> str:
        """One wording of what is told, with its day, beginning with a capital."""
        said = day_as_said(day, self.today, self.words.days) if day else ""
        told = pick(self.words.tells[key], nth).format_map({"day": said, **values})
        return told[:1].upper() + told[1:]


def passages(glance: Glance, nights: Sequence[Night]) -> tuple[Passage, ...]:
    """Everything that can be told of these nights, topic by topic, the oldest first within each."""
    told = [
        *_rhythm(glance, nights),
        *_answered(glance, nights),
        *_made_up(glance, nights),
        *_plans(glance, nights),
        *_closeness(glance, nights),
    ]
    places = {topic: place for place, topic in enumerate(glance.words.topics)}
    return tuple(sorted(told, key=lambda passage: places.get(passage.topic, len(places))))


def main_ones(told: Sequence[Passage]) -> tuple[int, ...]:
    """The places of those that make up a look back of about two minutes: a few of each topic and partner."""
    kinds: dict[tuple[str, str], list[int]] = {}
    for place, passage in enumerate(told):
        kinds.setdefault((passage.topic, passage.partner), []).append(place)
    return tuple(
        sorted(place for (_, partner), places in kinds.items() for place in _spread(partner, places))
    )


def _spread(partner: str, places: list[int]) -> list[int]:
    """So many of them, from all over the time."""
    count = min(OF_EACH if partner else OF_BOTH, len(places))
    return [places[(2 * n + 1) * len(places) // (2 * count)] for n in range(count)]


def _rhythm(glance: Glance, nights: Sequence[Night]) -> Iterator[Passage]:
    """A count of evenings, and never of those that weren't."""
    if glance.whole_week and nights:
        held = len({night.date for night in nights})
        key = "rhythm" if held > 1 else "rhythm_once"
        yield Passage(RHYTHM, (glance.tell(key, glance.today.toordinal(), count=held),))


def _answered(glance: Glance, nights: Sequence[Night]) -> Iterator[Passage]:
    """Each answer that is told; the reply to kind words in one breath with them."""
    count = 0
    for night in nights:
        told = [answer for answer in night.answers if _is_told(glance, answer)]
        replies = {answer.partner: answer for answer in told if answer.question == _REPLY}
        kind = {answer.partner for answer in told if answer.question == _KIND_WORD}
        for answer in told:
            if answer.question == _REPLY and glance.other(answer.partner) in kind:
                continue
            reply = replies.get(glance.other(answer.partner)) if answer.question == _KIND_WORD else None
            line, rest = _told(glance, night, answer, count)
            lines = [line]
            if reply and not rest:
                line, rest = _told(glance, night, reply, count, _REPLY)
                lines.append(line)
            yield Passage(answer.question.partition(".")[0], tuple(lines), rest, answer.partner)
            count += 1


def _told(glance: Glance, night: Night, answer: Answer, count: int, key: str = "") -> tuple[str, str]:
    """An answer in a sentence, and what was left out of it; a reply that stands alone is what was said."""
    key = key or (
        answer.question if answer.question in glance.words.tells and answer.question != _REPLY else "other"
    )
    words, rest = shortened(answer.said)
    names = {"partner": answer.partner, "other": glance.other(answer.partner)}
    return glance.tell(key, count, night.date, **names, words=quoted(words)), rest


def _is_told(glance: Glance, answer: Answer) -> bool:
    """Whether the words of an answer may be read aloud."""
    asked_for = glance.topic in {answer.question, answer.question.partition(".")[0]}
    wanted = answer.question in MEMORIES or (asked_for and not answer.question.startswith(f"{PLANS}."))
    return wanted and answer.meaning is Meaning.SHARE and not glance.alarming(answer.said)


def _made_up(glance: Glance, nights: Sequence[Night]) -> Iterator[Passage]:
    """The nights on which somebody said sorry and the other took it; whose sorry it was isn't told."""
    made_up = [night for night in nights if _is_made_up(night)]
    for count, night in enumerate(made_up):
        yield Passage(MADE_UP, (glance.tell("made_up", count, night.date),))


def _is_made_up(night: Night) -> bool:
    of_it = [answer for answer in night.answers if answer.question.startswith(f"{MADE_UP}.")]
    meanings = {answer.question: answer.meaning for answer in of_it}
    said, taken = meanings.get("apology.say"), meanings.get("apology.answer")
    parked = any(answer.meaning is Meaning.PARK for answer in of_it)
    return said is Meaning.SHARE and taken in _ACCEPTED and not parked


def _plans(glance: Glance, nights: Sequence[Night]) -> Iterator[Passage]:
    """Plans that came true, then those to come; what was dropped was let go."""
    review = summarise(nights, glance.today)
    for count, plan in enumerate((*review.done_plans, *review.open_plans)):
        if not glance.alarming(plan.said):
            line, rest = _plan(glance, plan, count)
            yield Passage(PLANS, (line,), rest)


def _plan(glance: Glance, plan: Plan, count: int) -> tuple[str, str]:
    words, rest = shortened(plan.said)
    if plan.outcome is Outcome.DONE:
        return glance.tell("plan_done", count, words=quoted(words)), rest
    if plan.due and plan.picked and plan.due >= glance.today:
        return glance.tell("plan_with_day", count, plan.due, words=quoted(words)), rest
    return glance.tell("plan_open", count, words=quoted(words)), rest


def _closeness(glance: Glance, nights: Sequence[Night]) -> Iterator[Passage]:
    """How close each felt in the middle; where both told, in one breath."""
    felt = summarise(nights, glance.today).closeness
    seed = glance.today.toordinal()
    match [name for name in glance.partners if name in felt]:
        case [one, two]:
            rating, other_rating = (_rating(glance, felt[name]) for name in (one, two))
            text = glance.tell(
                "closeness", seed, partner=one, other=two, rating=rating, other_rating=other_rating
            )
            yield Passage(CLOSENESS, (text,))
        case [one]:
            text = glance.tell("closeness_of_one", seed, partner=one, rating=_rating(glance, felt[one]))
            yield Passage(CLOSENESS, (text,), partner=one)


def _rating(glance: Glance, mean: float) -> str:
    """A mean to the nearest half, as it is said."""
    whole, half = divmod(round(2 * mean), 2)
    return glance.words.tells["half"][0].format(rating=whole) if half else str(whole)
