"""Whole conversations as data: their shape in tests/evenings/conversations/*.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from voice_checkin.evening.model import Meaning, Outcome
from voice_checkin.evening.script import Depth
from voice_checkin.shapes import read_shape

FOLDER = Path(__file__).parent.parent / "evenings" / "conversations"
NAMES = ("Ann", "Ben")


@dataclass(frozen=True, slots=True)
class Step:
    """One turn: who is asked what, what is heard, what is said to it, and whom it asks next."""

    asked: str
    of: str = ""
    """Whom; either of the two where it is empty."""
    hears: str = ""
    """A plain answer where it is empty, and neither `silent` nor `gone`."""
    silent: bool = False
    gone: bool = False
    """The input has ended."""
    later: bool = False
    """Questions before this one get plain answers; the first step is always waited for."""
    says: tuple[str, ...] = ()
    """Keys of the content of which a wording is said or shown next, or words that are in a line."""
    hush: tuple[str, ...] = ()
    """The same, of what must not be said or shown next."""
    then: str = ""
    """Partner and question of the very next turn."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer in the journal; what is left empty doesn't matter."""

    of: str
    question: str
    meaning: Meaning
    said: str = ""
    value: str | float | None = None
    about: int | None = None


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan in the journal with its day and what became of it; without words it may be any."""

    said: str = ""
    due: date | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Evening:
    """One evening, what is said in it, and what the journal holds behind it."""

    at: datetime
    """By the clock on the wall."""
    steps: tuple[Step, ...] = ()
    opens: tuple[str, ...] = ()
    """What is said before the first question, as in `Step.says`."""
    hush: tuple[str, ...] = ()
    """What is never said or shown on this evening."""
    short: bool = False
    ends: str = ""
    """completed or stopped; where it is empty the input ends behind the last step."""
    kept: tuple[Kept, ...] = ()
    unkept: tuple[str, ...] = ()
    """Partner and question of answers that the journal doesn't hold."""
    plans: tuple[KeptPlan, ...] | None = None
    """Every plan of the journal."""
    learned: tuple[str, ...] | None = None
    """Every word of the two that the journal knows."""
    nowhere: tuple[str, ...] = ()
    """Words that no file of the home folder holds."""
    answers: int | None = None
    """How many answers the journal holds of this night."""


@dataclass(frozen=True, slots=True)
class Before:
    """A night that the journal holds already, brought in by an import."""

    day: date
    first: str = NAMES[1]
    completed: bool = True
    tip: str | None = None
    answers: tuple[Kept, ...] = ()
    plans: tuple[KeptPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the two have chosen, the nights before, and the evenings that are held."""

    name: str
    evenings: tuple[Evening, ...]
    night: int = 0
    """The number of the first evening; one without quiet moments and rhythm where it is 0."""
    depth: Depth = Depth.WARM
    weekly: str = "sunday"
    country: str = ""
    zone: str = "Europe/Berlin"
    before: tuple[Before, ...] = ()
    defect: str = ""
    """Why the product doesn't do it yet."""


@dataclass(frozen=True, slots=True)
class _File:
    conversations: tuple[Conversation, ...]


def load() -> dict[str, Conversation]:
    """Every conversation of every file, by the file's name and its own."""
    found: dict[str, Conversation] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        for conversation in read_shape(tomllib.loads(file.read_text("utf-8")), _File).conversations:
            key = f"{file.stem}: {conversation.name}"
            assert key not in found, f"{key} stands there twice"
            found[key] = conversation
    return found
