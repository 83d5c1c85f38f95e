"""An evening played in memory: a script of plain words, and fakes that remember what was done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from typing import Any

from voice_checkin.evening import dialogue
from voice_checkin.evening.agenda import Tonight
from voice_checkin.evening.intents import Intents
from voice_checkin.evening.model import (
    Answer,
    Close,
    Effect,
    Event,
    Expects,
    Heard,
    Keep,
    Listen,
    Match,
    Meaning,
    Night,
    Plan,
    Say,
    Silence,
    Started,
)
from voice_checkin.evening.moves import State
from voice_checkin.evening.script import (
    QUESTIONS,
    WEEKLY_QUESTIONS,
    Idea,
    Language,
    Lines,
    Places,
    Prompts,
    Question,
    Script,
    Tip,
)

_YES_NO = ("tip.outcome", "new.outcome", "new.later", "new.idea", "new.agree", "apology.owed")
SIGNS = ("weekly.low.arguing", "weekly.high.trust")
EXPECTS = {
    **dict.fromkeys((*_YES_NO, "weekly.ready", "weekly.right"), Expects.YES_NO),
    **dict.fromkeys(("new.plan", "new.day"), Expects.PLAN),
    **dict.fromkeys(("closeness.rating", *SIGNS), Expects.RATING),
}
NIGHT = date(2026, 3, 1)
STARTED = datetime(2026, 3, 1, 21, 0, tzinfo=UTC)


def script() -> Script:
    """A script in which every line is the key it stands under."""
    return Script(
        language=Language("Plain", "xx", ("any",), ("Ann", "Ben")),
        questions={key: _question(key) for key in (*QUESTIONS, *WEEKLY_QUESTIONS, *SIGNS)},
        lines=Lines(**{line.name: (line.name,) for line in fields(Lines) if line.name != "carries"}),
        tips={"way.listen": Tip("listen", ("tip",), ("way.listen",))},
        intents=Intents({}, (), (), (), (), {}, {}, {}, {}),
        ideas={key: Idea(f"{key} idea", f"{key} plan", ("home",)) for key in ("kite", "soup", "stars")},
        places={"default": Places(crisis="crisis line", violence="violence line")},
    )


def _question(key: str) -> Question:
    return Question(
        expects=EXPECTS.get(key, Expects.STORY),
        patience_s=2.0,
        prompts=Prompts((f"{key} {{partner}} {{plan}}",)),
        reprompts=(f"{key} again", f"{key} example"),
        help=f"{key} help",
        acknowledgements=(f"{key} thanks",),
        sealed=EXPECTS.get(key) is Expects.RATING,
        joint=key == "weekly.talk",
    )


def tonight(
    *,
    answers: Iterable[Answer] = (),
    due: Iterable[Plan] = (),
    number: int = 2,
    **settled: Any,  # noqa: ANN401 - as Tonight has them
) -> Tonight:
    """An evening of Ann and Ben in which Ann is asked first; its number says whether it has quiet moments."""
    night = Night(number, NIGHT, "Ann", STARTED, answers=tuple(answers))
    return Tonight(script(), night, ("Ann", "Ben"), tuple(due), "way.listen", signs=SIGNS, **settled)


def heard(
    meaning: Meaning | None, text: str = "words", value: str | float | None = None, score: float = 100.0
) -> Heard:
    """Words that were understood so; with less than 100, not because they are a phrase of the rules."""
    return Heard(text, Match(meaning, value, score))


@dataclass
class Played:
    """What came of the events of an evening."""

    effects: list[Effect] = field(default_factory=list)
    state: State | None = None

    def of(self, kind: type[Effect]) -> list[Effect]:
        """All effects of one kind, in order."""
        return [effect for effect in self.effects if isinstance(effect, kind)]

    @property
    def said(self) -> list[str]:
        """Every line that was spoken."""
        return [effect.text for effect in self.effects if isinstance(effect, Say)]

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Partner and question of every turn, in the order of listening."""
        return [(e.turn.partner, e.turn.question) for e in self.effects if isinstance(e, Listen)]

    @property
    def kept(self) -> list[tuple[str, str, Meaning, str]]:
        """Partner, question, meaning and words of every answer that was kept."""
        kept = (effect for effect in self.effects if isinstance(effect, Keep))
        return [(k.turn.partner, k.turn.question, k.meaning, k.said) for k in kept]

    @property
    def closed(self) -> bool | None:
        """Whether the evening was completed; None while it goes on."""
        return next((effect.completed for effect in self.effects if isinstance(effect, Close)), None)


def play(evening: Tonight, *events: Event) -> Played:
    """Begin the evening and let these things happen, one after another."""
    played = Played()
    state = dialogue.begin(evening)
    for event in (Started(), *events):
        if played.closed is None:
            state, effects = dialogue.step(evening, state, event)
            played.effects += effects
    played.state = state
    return played


def to(question: str, evening: Tonight) -> Iterator[Event]:
    """Answers that lead to this question for the first time: each turn gets a plain one."""
    events: list[Event] = []
    while (turn := play(evening, *events).asked[-1])[1] != question:
        events.append(plain_answer(turn[1]))
    return iter(events)


def plain_answer(question: str) -> Heard:
    """An answer that fits the question, and opens nothing that can be left out."""
    match EXPECTS.get(question, Expects.STORY):
        case Expects.YES_NO:
            return heard(Meaning.NO)
        case Expects.RATING:
            return heard(Meaning.RATING, "four", 4)
        case _:
            return heard(Meaning.SHARE, "a story")


def silences(count: int) -> Sequence[Event]:
    """Nobody says anything, so many times."""
    return [Silence()] * count
