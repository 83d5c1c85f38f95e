"""Random evenings of 200 steps: whatever happens, the conversation goes on, and keeps its promises."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from itertools import groupby, islice

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.english import SCRIPT
from tests.evening.played import NIGHT, STARTED, heard, script
from voice_checkin.evening import dialogue
from voice_checkin.evening.agenda import Tonight
from voice_checkin.evening.commands import COMMANDS
from voice_checkin.evening.model import (
    Close,
    Effect,
    Event,
    Expects,
    Heard,
    HungUp,
    Keep,
    KeepPlan,
    Listen,
    Meaning,
    Night,
    Plan,
    Remembered,
    Say,
    Silence,
    Started,
)
from voice_checkin.evening.moves import State
from voice_checkin.evening.past import SIGNS_A_WEEK
from voice_checkin.evening.script import Depth, Script

STEPS = 200
PLAIN = script()
STOP = heard(Meaning.STOP, "stop")
WITHIN = 20
"""So many silences, and one more for each talk of the two, close any evening: three turns of three, or fewer
with a worry, a pause or a "did you mean that?" before them."""
ASKS = 3
MISSPOKEN = re.compile(r"[{}]|\s[,.?!:]|\s\s|^\s|^[,.:]|\s$|[,:][.?]")
"""What is left of a placeholder that nobody filled."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What may happen in a step."""

    name: str
    event: Callable[[Tonight, State, int], Event] = field(repr=False)
    """The event, given the evening, its state, and how many steps there were before in the walk."""


# What can happen.


def _told(number: int) -> str:
    """Words that are said only once in a walk, and never in part of others."""
    return f"words told{number:03}told"


def _rating(number: int) -> float:
    """A number that is given only once in a walk, and that no line names."""
    return 1 + (1001 + 2 * number) / 10000


def _says(
    meaning: Meaning | None, value: str | None = None, score: float = 100.0, *, alarming: bool = False
) -> Happening:
    """Somebody says something of this meaning."""

    def event(_tonight: Tonight, _state: State, number: int) -> Event:
        said = _rating(number) if meaning is Meaning.RATING else value
        return replace(heard(meaning, _told(number), said, score), alarming=alarming)

    return Happening(f"{meaning} {value or ''} {score:.0f}{' alarming' if alarming else ''}", event)


def _says_in_part(meaning: Meaning) -> Happening:
    """Somebody says something of which a part matters: a correction, what an apology is for."""
    return Happening(
        f"{meaning} in part", lambda _tonight, _state, n: heard(meaning, f"so, {_told(n)}", _told(n))
    )


def _answers(*, gladly: bool) -> Happening:
    """Whoever is asked answers what is asked; within a talk the two go on talking."""

    def event(tonight: Tonight, state: State, number: int) -> Event:
        match tonight.script.questions[state.turn.question].expects:
            case _ if state.paused:
                meaning = Meaning.RESUME
            case Expects.YES_NO:
                meaning = Meaning.YES if gladly else Meaning.NO
            case Expects.RATING:
                meaning = Meaning.RATING
            case _:
                meaning = Meaning.SHARE if gladly else Meaning.NOTHING
        return _says(meaning, score=90.0).event(tonight, state, number)

    return Happening("answered gladly" if gladly else "answered", event)


WEAK = 70.0
GLAD, DULL = _answers(gladly=True), _answers(gladly=False)
SILENT = Happening("silence", lambda *_: Silence())
HUNG_UP = Happening("hung up", lambda *_: HungUp())
WHAT_WAS_HEARD = _says(Meaning.REPEAT, "heard")
HAPPENINGS = [
    *([GLAD] * 40),
    *([DULL] * 10),
    *([SILENT] * 8),
    HUNG_UP,
    *(_says(meaning) for meaning in (None, *Meaning)),
    *(_says(meaning, score=WEAK) for meaning in (None, *Meaning)),
    *(_says(meaning, alarming=True) for meaning in (None, *Meaning)),
    *(_says(Meaning.SKIP, request) for request in ("weekly", "weekly", "never")),
    *([WHAT_WAS_HEARD] * 2),
    _says(Meaning.OFF_RECORD, "this"),
    *(_says_in_part(meaning) for meaning in (Meaning.CORRECT, Meaning.CORRECT, Meaning.YES)),
]


# Evenings in which it can happen.


def _remembered(number: int, partner: str) -> Remembered:
    return Remembered(
        partner, f"an earlier story {number}", STARTED - timedelta(days=7, hours=number), number
    )


@st.composite
def evenings(draw: st.DrawFn, scripts: Sequence[Script] = (SCRIPT, SCRIPT, PLAIN)) -> Tonight:
    """An evening with anything settled that can be."""
    words = draw(st.sampled_from(scripts))
    partners = draw(st.permutations(words.language.partners))
    plans = [Plan(f"plan {number}", NIGHT, id=number) for number in range(1, 5)]
    start = draw(st.integers(0, len(words.signs) - 1))
    tips = list(words.tips)
    asked_after = [key for key in tips if words.tips[key].follow_up]
    return Tonight(
        words,
        Night(draw(st.integers(1, 400)), NIGHT, partners[0], STARTED),
        (partners[0], partners[1]),
        due=tuple(plans[: draw(st.integers(0, 2))]),
        tip=draw(st.sampled_from(tips)),
        tips=draw(st.sampled_from([(), (("apology", tips[0]), ("funny", tips[-1]))])),
        short=draw(st.integers(0, 9)) == 0,
        depth=draw(st.sampled_from(Depth)),
        today=tuple(plans[2 : 2 + draw(st.integers(0, 2))]),
        last_tip=draw(st.sampled_from(["", *asked_after])),
        is_weekly=draw(st.booleans()),
        signs=words.signs[start : start + SIGNS_A_WEEK],
        parked=tuple(_remembered(n, partners[n % 2]) for n in range(10, 10 + draw(st.integers(0, 2)))),
        low_weeks=draw(st.integers(0, 4)),
        memory=draw(st.sampled_from([None, _remembered(20, partners[0])])),
        ideas=tuple(words.ideas)[: draw(st.integers(0, 4))],
        rhythm=(draw(st.integers(0, 21)), draw(st.integers(1, 21))),
    )


class Walk:
    """An evening, and what happens in it."""

    def __init__(self, tonight: Tonight, happens: Sequence[Happening]) -> None:
        self.tonight = tonight
        self.happens = happens

    def __repr__(self) -> str:
        """What was settled, without all the words of the language; then what happened."""
        settled = {one.name: getattr(self.tonight, one.name) for one in fields(self.tonight)}
        settled["night"], settled["script"] = self.tonight.night.id, self.tonight.script.language.code
        runs = [(name, len(list(run))) for name, run in groupby(one.name for one in self.happens)]
        return f"{settled}: {', '.join(f'{name} x {length}' for name, length in runs)}"


@st.composite
def walks(draw: st.DrawFn, scripts: Sequence[Script] = (SCRIPT, SCRIPT, PLAIN)) -> Walk:
    """Every evening, and everything that can happen in it."""
    happens = st.lists(st.sampled_from(HAPPENINGS), min_size=STEPS, max_size=STEPS)
    return Walk(draw(evenings(scripts)), draw(happens))


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of a walk."""

    before: State
    event: Event
    state: State
    effects: tuple[Effect, ...]

    @property
    def said(self) -> list[str]:
        """Every line that is spoken in it."""
        return [effect.text for effect in self.effects if isinstance(effect, Say)]

    @property
    def kept(self) -> list[Keep]:
        """Every answer that is kept in it."""
        return [effect for effect in self.effects if isinstance(effect, Keep)]

    @property
    def closed(self) -> bool:
        """Whether it is the evening's last."""
        return isinstance(self.effects[-1], Close)


def moments(walk: Walk) -> Iterator[Moment]:
    """The evening, step by step; where it closes it begins anew, until all has happened."""
    tonight, moment = walk.tonight, None
    for number, happening in enumerate(walk.happens):
        if moment is None or moment.closed:
            moment = _step(tonight, dialogue.begin(tonight), Started())
            yield moment
        moment = _step(tonight, moment.state, happening.event(tonight, moment.state, number))
        yield moment


def _step(tonight: Tonight, state: State, event: Event) -> Moment:
    return Moment(state, event, *dialogue.step(tonight, state, event))


def _talking(tonight: Tonight, state: State) -> bool:
    """Whether the two are just talking with each other."""
    busy = state.paused or state.worried or state.unconfirmed
    return tonight.script.questions[state.turn.question].joint and not busy


USUAL = Tonight(
    SCRIPT,
    Night(2, NIGHT, "Robin", STARTED),
    ("Robin", "Jamie"),
    due=(),
    tip=next(iter(SCRIPT.tips)),
    signs=SCRIPT.signs[:1],
)
"""A usual English evening, for walks that are known to be hard."""
TO_CLOSENESS = [GLAD, GLAD, GLAD, GLAD, DULL, DULL, GLAD, GLAD, DULL]
"""Answers that lead a usual evening to the first sealed question."""
TALKING = replace(USUAL, is_weekly=True, parked=(_remembered(10, "Robin"),))
TO_THE_TALK = [*([GLAD] * 9), SILENT, SILENT, SILENT]
"""What leads the weekly look to a talk of the two, with a story as the answer that was kept last."""
WALKED = settings(max_examples=60)


@WALKED
@given(walks())
@example(Walk(USUAL, [_says(Meaning.SKIP, "weekly"), _says(Meaning.TIRED, alarming=True)]))
def test_every_step_ends_in_listening_or_in_the_close(walk: Walk) -> None:
    """A step does what it does, and then, once, it listens or the evening is over."""
    for moment in moments(walk):
        *before, last = moment.effects
        assert isinstance(last, Listen | Close)
        assert not any(isinstance(effect, Listen | Close) for effect in before)


@WALKED
@given(walks())
@example(Walk(USUAL, [_says(Meaning.PAUSE, alarming=True), GLAD]))
def test_a_pause_is_quiet(walk: Walk) -> None:
    """An evening that waits to go on asks nothing: whoever were to answer would not be heard."""
    for moment in moments(walk):
        event, state = moment.event, moment.state
        pauses = isinstance(event, Heard) and event.match.meaning is Meaning.PAUSE
        if state.paused and not (pauses or state.worried or moment.closed):
            assert not moment.said


@WALKED
@given(walks())
def test_silence_closes_every_evening(walk: Walk) -> None:
    """From anywhere, an evening in which nobody says anything any more comes to its end."""
    for moment in islice(moments(walk), 0, None, 7):
        state, effects = moment.state, moment.effects
        for _ in range(WITHIN + len(walk.tonight.parked)):
            if isinstance(effects[-1], Close):
                break
            state, effects = dialogue.step(walk.tonight, state, Silence())
        assert isinstance(effects[-1], Close)


@WALKED
@given(walks())
def test_nobody_is_pressed(walk: Walk) -> None:
    """Nothing is asked more than three times in a row unless somebody wanted it again."""
    asked, times = None, 0
    for moment in moments(walk):
        if moment.closed or not moment.said:
            continue
        state, event = moment.state, moment.event
        meant = isinstance(event, Heard) and (event.alarming or event.match.meaning in COMMANDS)
        wanted = meant or isinstance(event, Started) or moment.before.paused
        asking = (state.turn, state.position, state.unconfirmed is not None, state.worried)
        times = times + 1 if asking == asked and not wanted else 1
        asked = asking
        assert times <= ASKS


@WALKED
@given(walks())
def test_what_is_kept_was_said(walk: Walk) -> None:
    """No answer is made up: kept are the words that were said, or the part of them that mattered."""
    ideas = {idea.plan for idea in walk.tonight.script.ideas.values()}
    for moment in moments(walk):
        event = moment.event
        said: set[object] = {event.text, event.match.value} if isinstance(event, Heard) else set()
        talked = {""} if _talking(walk.tonight, moment.before) else set()
        assert {keep.said for keep in moment.kept} <= said | talked
        planned = {effect.plan.said for effect in moment.effects if isinstance(effect, KeepPlan)}
        assert planned <= said | ideas | {keep.said for keep in moment.before.kept}


@WALKED
@given(walks())
@example(Walk(USUAL, [GLAD, _says(Meaning.OFF_RECORD, score=WEAK)]))
def test_stop_always_ends_within_one_turn(walk: Walk) -> None:
    """From anywhere, "stop" in so many words is the last thing that needs to be said."""
    for moment in moments(walk):
        if not moment.closed:
            assert _step(walk.tonight, moment.state, STOP).closed


@WALKED
@given(walks())
@example(Walk(USUAL, [*TO_CLOSENESS, GLAD, WHAT_WAS_HEARD]))
def test_a_sealed_answer_is_told_with_the_other_one(walk: Walk) -> None:
    """While the other one is still to be asked, neither the number nor its words are in anything said."""
    questions = walk.tonight.script.questions
    for moment in moments(walk):
        to_come = {turn.question for turn in moment.state.turns[moment.state.position :]}
        sealed = [keep for keep in moment.state.kept if questions[keep.turn.question].sealed]
        secret = [keep for keep in sealed if keep.turn.question in to_come and keep.meaning is Meaning.RATING]
        secrets = [words for keep in secret for words in (f"{keep.value:g}", keep.said)]
        assert not [line for line in moment.said for words in secrets if words in line]


@WALKED
@given(walks())
@example(Walk(TALKING, [*TO_THE_TALK, _says_in_part(Meaning.CORRECT)]))
def test_what_the_two_tell_each_other_is_theirs(walk: Walk) -> None:
    """Of a talk nothing is kept but that it took place, or the command that left it out."""
    for moment in moments(walk):
        if _talking(walk.tonight, moment.before) and isinstance(moment.event, Heard):
            match = moment.event.match
            left_out = match.score == STOP.match.score and match.meaning in {Meaning.SKIP, Meaning.PARK}
            assert left_out or not any(keep.said for keep in moment.kept)
            assert not any(isinstance(effect, KeepPlan) for effect in moment.effects)


@WALKED
@given(walks([SCRIPT]))
@example(Walk(USUAL, [*TO_CLOSENESS, _says(Meaning.SKIP), GLAD]))
def test_every_line_is_whole(walk: Walk) -> None:
    """No line has a brace left in it, or a gap where a name, a number or a word was to stand."""
    for moment in moments(walk):
        assert not [line for line in moment.said if MISSPOKEN.search(line)]
