"""The vocabulary of an evening: frozen values that every other part speaks in.

Private words are kept out of `repr`, so that no log or traceback can carry them.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias


class Meaning(StrEnum):
    """What a sentence can mean. The values are the ones `understand` prints."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    NOTHING = "nothing"
    RATING = "rating"
    SHARE = "share"
    SKIP = "skip"
    REPEAT = "repeat"
    BACK = "back"
    CORRECT = "correct"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    DONE = "done"
    HELP = "help"
    SLOWER = "slower"
    FASTER = "faster"
    LOUDER = "louder"
    SOFTER = "softer"
    OFF_RECORD = "off_record"
    PARK = "park"
    TIRED = "tired"
    THANKS = "thanks"


class Expects(StrEnum):
    """The kind of answer a question waits for."""

    YES_NO = "yes_no"
    STORY = "story"
    RATING = "rating"
    PLAN = "plan"

    @property
    def is_told(self) -> bool:
        """Whether the answer is told in sentences; else it is a word or a number."""
        return self in {Expects.STORY, Expects.PLAN}


EXACT = 100.0
"""The score of what was said in so many words."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What an ear heard in one turn. Times are seconds on the monotonic clock of the ear's source."""

    text: str = field(repr=False)
    started_s: float
    ended_s: float
    decode_s: float = 0.0
    """Seconds from the end of the turn until the text was there."""


@dataclass(frozen=True, slots=True)
class Match:
    """How a sentence was understood; `meaning` is None where it is unclear."""

    meaning: Meaning | None
    value: str | float | None = field(default=None, repr=False)
    score: float = 0.0
    """0 to 100, as rapidfuzz counts."""
    runner_up: Meaning | None = None
    why: str = ""
    """The rule that decided, in words; holds no word of the sentence."""


class Outcome(StrEnum):
    """What became of a plan that came due."""

    DONE = "done"
    MOVED = "moved"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Plan:
    """Something new that the two mean to do."""

    said: str = field(repr=False)
    due: date | None = None
    outcome: Outcome | None = None
    """None until it came due."""
    id: int | None = None
    """The journal's number for it; None until it is kept."""
    picked: bool = False
    """Whether the two chose the day; else it is only when the plan is asked after."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One kept answer. `about` is the plan it speaks of, where the question asks after a plan."""

    partner: str
    question: str
    meaning: Meaning
    value: str | float | None = field(repr=False)
    said: str = field(repr=False)
    at: datetime
    """Aware: local time with its offset."""
    about: int | None = None
    id: int | None = field(default=None, compare=False)
    """The journal's number for it; None until it is kept."""

    @property
    def rating(self) -> float | None:
        """The number that was given, where one was."""
        return _number(self.value)


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer of an earlier night that the evening comes back to."""

    partner: str
    said: str = field(repr=False)
    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Night:
    """One check-in: its answers and the plans made in it."""

    id: int
    date: date
    first: str
    """The partner who was asked first."""
    started_at: datetime
    ended_at: datetime | None = None
    completed: bool = False
    tip: str | None = None
    answers: tuple[Answer, ...] = ()
    plans: tuple[Plan, ...] = ()


_PRIME = 2**61 - 1


@dataclass(frozen=True, slots=True)
class Turn:
    """One partner being asked one question, of which some are about something."""

    partner: str
    question: str
    about: Plan | Remembered | None = None
    """The plan asked after, or what was said on an earlier night."""
    idea: str = ""
    """Key of the idea that is offered."""
    opened_by: str = field(default="", compare=False)
    """The question whose answer brought this turn; it falls with that answer."""

    @property
    def number(self) -> int | None:
        """What tells it from the same question asked of the same partner on the same night."""
        if self.idea:
            return int.from_bytes(self.idea.encode()) % _PRIME
        return self.about.id if self.about else None


@dataclass(frozen=True, slots=True)
class Manner:
    """How the voice speaks, as factors of its natural rate, of full loudness and of its usual pauses."""

    rate: float = 1.0
    volume: float = 1.0
    pause: float = 1.0


# What happens to the dialogue.


@dataclass(frozen=True, slots=True)
class Started:
    """The evening begins, or is taken up again."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer was heard and read."""

    text: str = field(repr=False)
    match: Match
    alarming: bool = False
    """Whether the words speak of harm, of fear, or of ending one's life."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing was said within the time for the first word."""


@dataclass(frozen=True, slots=True)
class HungUp:
    """No further answer can come: the input has ended."""


Event: TypeAlias = Started | Heard | Silence | HungUp


# What the dialogue wants done.


@dataclass(frozen=True, slots=True)
class Say:
    """Speak one line. It may carry names and plans, hence no `repr`."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Listen:
    """Hear one answer, with the patience that belongs to the question."""

    turn: Turn
    expects: Expects
    patience_s: float
    """Silence, in seconds, that ends the answer once speech has begun."""
    first_word_s: float
    """Seconds until the first word before the turn counts as silent."""
    private: bool = False
    """Whether what is heard isn't shown: a sealed answer, or what the two tell each other."""


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep one answer, durably, before anything else is said. Replaces an earlier answer of the same turn."""

    turn: Turn
    meaning: Meaning
    value: str | float | None = field(repr=False)
    said: str = field(repr=False)

    @property
    def rating(self) -> float | None:
        """The number that was given, where one was."""
        return _number(self.value)


@dataclass(frozen=True, slots=True)
class Strike:
    """Remove the kept answer of one turn, and the plan made in it; or the plan only."""

    turn: Turn
    plan_only: bool = False


@dataclass(frozen=True, slots=True)
class KeepPlan:
    """Keep something new that was planned in this turn."""

    turn: Turn
    plan: Plan


@dataclass(frozen=True, slots=True)
class Settle:
    """Record what became of a plan; with `due` it is asked after again on that day."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class Learn:
    """Remember words that were misheard and put right."""

    words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Show:
    """Show on the screen what isn't said aloud."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rest:
    """Be quiet for so many seconds; a soft chime ends it."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Adjust:
    """Speak in another manner from now on."""

    manner: Manner


@dataclass(frozen=True, slots=True)
class HearTip:
    """Note that tonight's tip was heard."""

    tip: str


@dataclass(frozen=True, slots=True)
class Close:
    """The evening ends. `completed` is False where it was stopped on the way."""

    completed: bool


Effect: TypeAlias = (
    Say | Show | Rest | Listen | Keep | Strike | KeepPlan | Settle | Learn | Adjust | HearTip | Close
)


def _number(value: str | float | None) -> float | None:
    return value if isinstance(value, int | float) else None
