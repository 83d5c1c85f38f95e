"""A week of evenings of a couple, for who looks back on it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from voice_checkin.evening.model import Answer, Meaning, Night, Outcome, Plan

NAMES = ("Alex", "Sam")
LONG = (
    "You told my sister something kind about me. I heard it through the door and sat down on the stairs."
    " Nobody has said it like that before. Then you came out and did not even mention it, and we cooked"
    " as if nothing had been. I think that is what I like most about you."
)
"""An answer of more words than are told in one breath."""
HARM = "I am afraid of what you do to me"
APOLOGY = "I shouted at you about the money"
LONG_DRIVE = (
    "You drove all the way to my mother with me, and you sang, even when it rained so hard that we had to"
    " wait for an hour under a bridge"
)
"""An answer that takes some ten seconds to be told."""
KIND = (
    ("You made me tea when I came home", "You looked so cold"),
    (LONG_DRIVE, "I like your mother"),
    ("You let me sleep on Sunday", "You were so tired"),
    ("You fixed the lamp in the hall", "It was only a fuse"),
    ("You called me at lunch just to hear how it went", "I was thinking of you"),
    ("You held my hand at the doctor", "Any time"),
    ("You danced with me in the kitchen", "You step on my feet"),
)
"""What Alex said to Sam on each evening, and what Sam answered."""
LAUGHS = (
    "The cat fell asleep in the salad bowl",
    "A man at the market called me young lady",
    "The printer sang",
)
CHAPTERS = ("one", "two", "three", "four", "five", "six", "seven")
PLANS = (
    ("walk up the hill before breakfast", Outcome.DONE),
    ("bake bread together", None),
    ("a boat trip", Outcome.DROPPED),
)


def week(today: date) -> tuple[Night, ...]:
    """Seven evenings, the last one today: with kind words, laughs, a sorry, plans and numbers."""
    return tuple(_night(today, n) for n in range(7))


def _night(today: date, n: int) -> Night:
    at = datetime.combine(today - timedelta(days=6 - n), time(21, 30), UTC)
    plans = tuple(Plan(said, None, outcome) for said, outcome in PLANS[n // 2 :][: n % 2])
    answers = tuple(
        replace(a, at=at + timedelta(seconds=20 * (1 + i))) for i, a in enumerate(_answers(n, at))
    )
    ended = at + timedelta(minutes=8)
    return Night(n + 1, at.date(), NAMES[0], at, ended, completed=True, answers=answers, plans=plans)


def _answers(n: int, at: datetime) -> Iterator[Answer]:
    alex, sam = NAMES

    def said(partner: str, question: str, words: str, meaning: Meaning = Meaning.SHARE) -> Answer:
        return Answer(partner, question, meaning, None, words, at)

    yield said(alex, "appreciation.share", KIND[n][0])
    yield said(sam, "appreciation.reply", KIND[n][1])
    yield said(
        sam,
        "appreciation.share",
        LONG if n == 1 else f"You read to me, chapter {CHAPTERS[n]}",
    )
    yield said(alex, "appreciation.reply", "thank you", Meaning.THANKS)
    if n == 2:
        yield said(sam, "laugh.light", HARM)
        yield said(alex, "apology.say", APOLOGY)
        yield said(sam, "apology.answer", "It is fine, I was loud as well")
    if n == 4:
        yield said(sam, "apology.say", "I forgot your birthday")
        yield said(alex, "apology.answer", "park that", Meaning.PARK)
        yield said(alex, "weekly.parked", "The thing with your brother")
    if n == 5:
        yield said(sam, "apology.say", "I came so late")
        yield said(sam, "apology.repair", "park that", Meaning.PARK)
        yield said(alex, "apology.answer", "We will see")
    yield said(NAMES[n % 2], "laugh.share", LAUGHS[n % 3])
    for partner, number in ((alex, 4), (sam, 5 if n % 2 else 4)):
        yield Answer(partner, "closeness.rating", Meaning.RATING, number, "four", at)
