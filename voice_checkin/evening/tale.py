"""A look back while it is told: where it stands, and the moves that give the next state and effects."""

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from voice_checkin.evening.model import Close, Effect, Expects, Heard, Listen, Manner, Say, Turn
from voice_checkin.evening.moves import PAUSE_S
from voice_checkin.evening.passages import Glance, Passage
from voice_checkin.evening.script import Places, Script
from voice_checkin.evening.wording import pick

QUESTION = "look_back"
GAP_S = 1.8
"""So long it is listened between two pieces before the next one comes..."""
TALKING_GAP_S = 3.0
"""...so long where the two have just said something to each other..."""
ENDING_GAP_S = 5.0
"""...and so long behind the last one."""
PATIENCE_S = 0.8
"""Silence that ends a wish."""
END = Close(completed=True)


@dataclass(frozen=True, slots=True)
class Tale:
    """What is told, to whom, and in which words."""

    glance: Glance
    script: Script
    passages: tuple[Passage, ...]
    places: Places = field(default_factory=Places)
    """Where help is, should words of harm be heard."""

    @property
    def turn(self) -> Turn:
        """Whose turn it is in between: either's."""
        return Turn(self.glance.words.you, QUESTION)


@dataclass(frozen=True, slots=True)
class State:
    """Where the telling stands."""

    order: tuple[int, ...]
    """The places of the passages, in the order in which they are told."""
    position: int = 0
    """Which of them was told last; behind the last one it was asked for wishes."""
    rest: str = field(default="", repr=False)
    """What was left out of it."""
    talks: int = 0
    paused: bool = False
    manner: Manner = field(default_factory=Manner)


Step: TypeAlias = tuple[State, tuple[Effect, ...]]


def tell(tale: Tale, state: State, *before: Effect) -> Step:
    """Tell the piece of this position; behind the last one ask for wishes."""
    lines, state = tale.glance.words.lines, replace(state, talks=0, rest="")
    if state.position >= len(state.order):
        return state, (*before, line(tale, lines.ending), listen(tale, state))
    passage = tale.passages[state.order[state.position]]
    state = replace(state, rest=passage.rest)
    more = (line(tale, lines.there_is_more, state.position),) if passage.rest else ()
    said = (*before, *_intro(tale, state), *map(Say, passage.lines), *more)
    return state, (*said, listen(tale, state))


def _intro(tale: Tale, state: State) -> tuple[Say, ...]:
    """A word before a topic begins."""
    here, *before = (tale.passages[place].topic for place in state.order[state.position :: -1][:2])
    topic = tale.glance.words.topics.get(here)
    return (line(tale, topic.intro),) if topic and topic.intro and before != [here] else ()


def stop(tale: Tale, state: State, _: Heard | None = None) -> Step:
    """End at once."""
    return state, (line(tale, tale.glance.words.lines.stopped), Close(completed=False))


def line(tale: Tale, wordings: tuple[str, ...], count: int = 0, **values: str) -> Say:
    """One of the wordings, another one each day."""
    one, two = tale.glance.partners
    names = {"partner": one, "other": two, **values}
    return Say(pick(wordings, tale.glance.today.toordinal() + count).format_map(names))


def listen(tale: Tale, state: State) -> Listen:
    """Hear whether somebody wishes for something, before the next piece comes."""
    gap_s = TALKING_GAP_S if state.talks else GAP_S
    if state.position >= len(state.order):
        gap_s = ENDING_GAP_S
    return Listen(tale.turn, Expects.YES_NO, PATIENCE_S, PAUSE_S if state.paused else gap_s)
