"""The couple of a conversation: ear, voice, screen and clock of its evenings. What must come is checked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from tests.evening.conversations import Evening, Step
from voice_checkin.content import content_folder, load_script
from voice_checkin.evening.model import Expects, Listen, Manner, Match, Turn, Utterance
from voice_checkin.evening.ports import EndOfInput, Spoken
from voice_checkin.evening.script import Depth, wordings

SCRIPT = load_script(content_folder(), "en")
WORDINGS = {
    **dict(wordings(SCRIPT)),
    **{
        f'questions."{key}".prompts.{depth}': getattr(question.prompts, depth)
        for key, question in SCRIPT.questions.items()
        for depth in Depth
    },
    "ideas": tuple(idea.say for idea in SCRIPT.ideas.values()),
    "tips": tuple(say for tip in SCRIPT.tips.values() for say in tip.say),
}
"""Every text that is spoken, by its key in the content; ideas and tips also as a whole."""
MOST_TURNS = 200
BADLY_FILLED = re.compile(r"[{}]|  | [,.?!]")
"""What a line looks like where a name, a number or words are missing in it."""

_PLAIN = {
    Expects.STORY: "You made me laugh at breakfast.",
    Expects.PLAN: "A walk by the river on Saturday.",
    Expects.RATING: "Four.",
    Expects.YES_NO: "No.",
}
_PLAIN_AT = {
    "new.agree": "Yes.",
    "new.outcome": "Yes, we did.",
    "weekly.right": "Yes.",
    "weekly.talk": "We're done.",
}


@dataclass
class Couple:
    """Ear, voice, screen and clock of one evening, by its data."""

    evening: Evening
    zone: ZoneInfo
    lines: list[str] = field(default_factory=list)
    """What was said or shown since the last answer."""
    asked: list[Listen] = field(default_factory=list)
    place: int = 0
    """The step that is waited for."""
    last: Step | None = None
    minutes: int = 0
    name: str = "fake"

    # Ear

    def listen(self, listen: Listen) -> Utterance | None:
        """What is heard in this turn, by the next step or in plain words."""
        self.asked.append(listen)
        assert len(self.asked) <= MOST_TURNS, "the evening doesn't end"
        self.check(listen.turn)
        step = self._step_for(listen.turn)
        if step is None:
            return _utterance(_plain(listen))
        if step.gone:
            raise EndOfInput
        return None if step.silent else _utterance(step.hears or _plain(listen))

    def _step_for(self, turn: Turn) -> Step | None:
        """The step that this turn is; None where a plain answer leads on to it."""
        steps = self.evening.steps
        if self.place >= len(steps):
            if not self.evening.ends:
                raise EndOfInput
            return None
        step = steps[self.place]
        if step.asked != turn.question or step.of not in {"", turn.partner}:
            waited = step.later or self.place == 0
            assert waited, f"{step.of} {step.asked} should be asked, and {turn.partner} {turn.question} is"
            return None
        self.place, self.last = self.place + 1, step
        return step

    def check(self, turn: Turn | None) -> None:
        """See that what was said since the last answer is what its step, or the opening, promises."""
        last = self.last or Step("")
        says = self.evening.opens if len(self.asked) == 1 and turn else last.says
        for what in says:
            assert any(_is(what, line) for line in self.lines), f"{what} isn't said, but: {self.lines}"
        for what in (*last.hush, *self.evening.hush):
            assert not any(_is(what, line) for line in self.lines), f"{what} is said: {self.lines}"
        now = f"{turn.partner} {turn.question}" if turn else "nobody"
        assert last.then in {"", now}, f"{last.then} should be asked next, and {now} is"
        self.lines, self.last = [], None

    # Voice and screen

    def prepare(self, lines: Sequence[str]) -> None:
        """Nothing needs to be made ready."""

    def say(self, line: str) -> Spoken:
        """A line, which must be whole."""
        assert not BADLY_FILLED.search(line), f"words are missing in: {line}"
        self.note(line)
        return Spoken(0.0, 0.0)

    def rest(self, seconds: float) -> Spoken:
        """A quiet moment."""
        self.note(f"quiet for {seconds:.0f} s")
        return Spoken(0.0, 0.0)

    def adjust(self, manner: Manner) -> None:
        """Another manner."""

    def close(self) -> None:
        """Nothing to let go of."""

    def said(self, line: str) -> None:
        """The subtitle of a line, which is said as well."""

    def listening(self, turn: Turn) -> None:
        """Whose turn it is."""

    def heard(self, turn: Turn, text: str, match: Match) -> None:  # noqa: ARG002 - as the port has it
        """An answer that is shown."""
        assert not self.asked[-1].private, "what is private is shown"

    def note(self, words: str) -> None:
        """What is said or shown."""
        self.lines.append(words)

    # Clock

    def now(self) -> datetime:
        """A minute passes with every look; the evening began at its time on the wall."""
        begun = self.evening.at.replace(tzinfo=self.zone).astimezone(UTC)
        self.minutes += 1
        return (begun + timedelta(minutes=self.minutes - 1)).astimezone(self.zone)

    def monotonic_s(self) -> float:
        """It doesn't matter here."""
        return 0.0


def _utterance(text: str) -> Utterance:
    return Utterance(text, 0.0, 0.0)


def _plain(listen: Listen) -> str:
    """What fits the question, and opens nothing that can be left out."""
    return _PLAIN_AT.get(listen.turn.question, _PLAIN[listen.expects])


def _is(what: str, line: str) -> bool:
    """Whether a line is a wording of this key of the content, or has these words in it."""
    if what not in WORDINGS:
        return what in line
    return any(pattern.fullmatch(line) for pattern in _patterns(what))


@cache
def _patterns(key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(re.sub(r"\\{\w+\\}", ".+", re.escape(text))) for text in WORDINGS[key])
