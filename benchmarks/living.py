"""A couple that lives through a year of evenings: what it says, and how long each evening takes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.sayings import ANYWHERE, RATING, SAYS, STORY, Says
from learning.sentences import labelled
from voice_checkin.content import content_folder, load_book, load_script
from voice_checkin.evening.agenda import Tonight
from voice_checkin.evening.model import Expects, Listen, Manner, Match, Meaning, Night, Turn, Utterance
from voice_checkin.evening.ports import Spoken
from voice_checkin.evening.script import Depth, Script
from voice_checkin.evening.session import Session
from voice_checkin.evening.settling import Wishes, settle
from voice_checkin.evening.talk import Talk
from voice_checkin.journal.store import Journal, open_journal
from voice_checkin.settings import Settings
from voice_checkin.show.trace import NoTrace
from voice_checkin.wiring.evenings import history_before
from voice_checkin.wiring.place import Place
from voice_checkin.wiring.understanding import alarm_of, mender, reader

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
DAYS = 365
SEED = 11
NAMES = ("Robin", "Jamie")
BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
HELD = 0.87
"""How likely an evening is held at all..."""
AWAY = range(200, 212)
"""...but on these days, when the two are away."""
LOW_MONTH = range(90, 125)
"""Days on which ratings are low."""
SPOKEN, ANSWERED = 2.6, 2.3
"""Words a second of the product, and of the two."""
PAUSE_S = 0.35
LOW = 2
NIGHTLY = (
    "appreciation.share",
    "appreciation.reply",
    "apology.owed",
    "laugh.share",
    "new.plan",
    "closeness.rating",
)
"""The questions of every usual evening."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that was put, in the wording of the content."""

    turn: Turn
    wording: str


@dataclass
class Evening:
    """One evening: the two at it, its voice, its ear and its clock, and what came of it."""

    tonight: Tonight
    chance: np.random.Generator
    began: datetime
    is_low: bool
    """Whether the two are in a low month."""
    says: Says = field(repr=False)
    passed_s: float = 0.0
    said: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)
    """Question and words of everything that was answered."""
    just_spoke: bool = False
    name: str = "played"

    @property
    def minutes(self) -> float:
        """How long the evening took."""
        return self.passed_s / 60

    @property
    def parts(self) -> set[str]:
        """Every question that was put in it."""
        return {asked.turn.question for asked in self.asked}

    @property
    def looked(self) -> bool:
        """Whether there was a weekly look in it."""
        return not self.parts.isdisjoint(self.tonight.script.signs)

    def now(self) -> datetime:
        """The clock's time."""
        return self.began + timedelta(seconds=self.passed_s)

    def monotonic_s(self) -> float:
        """Seconds since the evening began."""
        return self.passed_s

    def prepare(self, lines: Sequence[str]) -> None:
        """Nothing needs to be made ready."""

    def adjust(self, manner: Manner) -> None:
        """The voice stays as it is."""

    def close(self) -> None:
        """There is nothing to let go of."""

    def say(self, line: str) -> Spoken:
        """A line is spoken; behind another one after a pause."""
        self.said.append(line)
        return self._pass((PAUSE_S if self.just_spoke else 0.0) + len(line.split()) / SPOKEN, spoken=True)

    def rest(self, seconds: float) -> Spoken:
        """It is quiet for so long."""
        return self._pass(seconds)

    def listen(self, listen: Listen) -> Utterance | None:
        """What is answered, if anything is; the silence behind it has passed, too."""
        self._note_what_was_asked(listen.turn)
        said = self._answer(listen)
        self.answers.append((listen.turn.question, said))
        if not said:
            self._pass(listen.first_word_s)
            return None
        spoken = self._pass(len(said.split()) / ANSWERED)
        self._pass(listen.patience_s)
        return Utterance(said, spoken.started_s, spoken.ended_s)

    def _pass(self, seconds: float, *, spoken: bool = False) -> Spoken:
        started_s, self.passed_s, self.just_spoke = self.passed_s, self.passed_s + seconds, spoken
        return Spoken(started_s, self.passed_s)

    def _note_what_was_asked(self, turn: Turn) -> None:
        plan = turn.about.said.rstrip(" .,!?") if turn.about else ""
        wording = self.said[-1].replace(plan, "{plan}") if plan else self.said[-1]
        wording = wording.replace(turn.partner, "{partner}").replace(
            self.tonight.other(turn.partner), "{other}"
        )
        tips = self.tonight.script.tips.values()
        asked_after = (
            {text for tip in tips for text in tip.follow_up} if turn.question == "tip.outcome" else ()
        )
        if wording in self.tonight.script.questions[turn.question].prompts.all or wording in asked_after:
            self.asked.append(Asked(turn, wording))

    def _answer(self, listen: Listen) -> str:
        question, chance = listen.turn.question, self.chance
        if listen.expects is not self.tonight.script.questions[question].expects:
            return "yes"  # did you mean that?
        anywhere = {**ANYWHERE, STORY: 1 - sum(ANYWHERE.values())}
        if (said := _one_of(chance, anywhere)) is not STORY:
            return said
        kind = RATING if listen.expects is Expects.RATING else STORY
        said = _one_of(chance, self.says.get(question, {kind: 1}))
        if said is RATING:
            return str(chance.choice(["one", "two"] if self.is_low else ["three", "four", "four", "five"]))
        return " ".join(chance.choice(_stories(), chance.integers(1, 5))) if said is STORY else said


class Unseen:
    """A screen that nobody looks at."""

    def said(self, line: str) -> None:
        """A line is shown."""

    def listening(self, turn: Turn) -> None:
        """It is this partner's turn."""

    def heard(self, turn: Turn, text: str, match: Match) -> None:
        """An answer is shown."""

    def note(self, words: str) -> None:
        """Something is shown that isn't said."""


def _one_of(chance: np.random.Generator, says: Mapping[str, float]) -> str:
    weights = np.array(list(says.values()))
    return list(says)[int(chance.choice(len(says), p=weights / weights.sum()))]


@cache
def _stories() -> tuple[str, ...]:
    told = labelled(ROOT / "learning" / "en" / "stories.toml")
    return tuple(one.text for one in told if (one.expects, one.meaning) == (Expects.STORY, Meaning.SHARE))


@dataclass(frozen=True, slots=True)
class Year:
    """What the two went through, and what the journal has of it."""

    script: Script
    evenings: list[Evening]
    nights: tuple[Night, ...]
    """One for each evening, in the same order."""


def year(home: Path, days: int = DAYS, depth: Depth = Depth.WARM, says: Says = SAYS) -> Year:
    """So many days with the two, most of them with an evening, in a journal in this folder."""
    content = content_folder()
    script = load_script(content, "en")
    here = Place(home, Settings(depth=depth), content, script, cache(lambda: load_book(content, script)))
    chance = np.random.default_rng(SEED)
    with open_journal(home) as journal:
        journal.name_partners(NAMES)
        held = (day for day in range(days) if chance.random() < HELD and day not in AWAY)
        evenings = [_hold(here, journal, chance, day, says) for day in held]
        return Year(script, evenings, journal.nights())


def _hold(here: Place, journal: Journal, chance: np.random.Generator, day: int, says: Says) -> Evening:
    at = BEGAN + timedelta(days=day, hours=20, minutes=int(chance.integers(30, 150)))
    tonight, mend = _settled(here, journal, at), mender(here, journal.words())
    evening, read, alarm = Evening(tonight, chance, at, day in LOW_MONTH, says), reader(here), alarm_of(here)
    talk = Talk(read, evening, evening, Unseen(), NoTrace(), evening, alarming=alarm, mend=mend)
    Session(tonight, talk, journal).hold(Manner())
    return evening


def _settled(here: Place, journal: Journal, at: datetime) -> Tonight:
    """What is settled before the first word, from what the journal holds."""
    night = journal.open_night(at, NAMES)
    wishes = Wishes(depth=Depth(here.settings.depth), weekly=here.settings.weekly)
    return settle(here.script, night, history_before(journal, night), wishes, alarm_of(here))


def returns(evenings: Iterable[Evening]) -> dict[str, int]:
    """Question -> how many evenings later one of its wordings was back, at the soonest."""
    last: dict[tuple[str, str], int] = {}
    soonest: dict[str, int] = {}
    for number, evening in enumerate(evenings):
        for question, wording in {(asked.turn.question, asked.wording) for asked in evening.asked}:
            if (before := last.get((question, wording))) is not None:
                soonest[question] = min(number - before, soonest.get(question, number))
            last[question, wording] = number
    return soonest


def put(evenings: Iterable[Evening], question: str) -> list[Turn]:
    """Every turn in which this question was put, once an evening."""
    return [
        turn
        for evening in evenings
        for turn in dict.fromkeys(asked.turn for asked in evening.asked)
        if turn.question == question
    ]
