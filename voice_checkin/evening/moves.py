"""The moves of a conversation: ask, ask again, go on, close. Each gives the next state and its effects."""

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from voice_checkin.evening import wording
from voice_checkin.evening.agenda import Tonight
from voice_checkin.evening.model import Close, Effect, Expects, Heard, HearTip, Listen, Manner, Say, Turn

FIRST_WORD_S = 8.0
"""Silence before the first word that is met with a reprompt (Google's and Alexa's guides: 8 s)."""
YES_PATIENCE_S = 0.6
"""Silence that ends the yes or no to "did you mean that?"."""
PAUSE_S = 300.0
"""A paused evening waits this long before it closes kindly."""
REPROMPTS = 2
MISSED_TURNS = 3
"""So many turns in a row without an answer: nobody is there any more."""


@dataclass(frozen=True, slots=True)
class State:
    """Where the conversation stands."""

    turns: tuple[Turn, ...]
    position: int = 0
    misses: int = 0
    """How often this turn's question was asked in vain."""
    missed_turns: int = 0
    """How many turns in a row passed without an answer."""
    answered: tuple[Turn, ...] = ()
    """The turns whose answers are kept, the latest last."""
    paused: bool = False
    unconfirmed: Heard | None = None
    """A command that waits for a yes, because it is hard to undo."""
    manner: Manner = field(default_factory=Manner)

    @property
    def turn(self) -> Turn:
        """Whose turn it is, and at which question."""
        return self.turns[self.position]


Step: TypeAlias = tuple[State, tuple[Effect, ...]]


def ask(tonight: Tonight, state: State, *before: Effect) -> Step:
    """Ask the question of this turn; behind the last turn, close the evening."""
    if state.position >= len(state.turns):
        return state, (*before, *_closing(tonight))
    return state, (*before, Say(wording.prompt(tonight, state.turn)), listen(tonight, state))


def go_on(tonight: Tonight, state: State, *before: Effect) -> Step:
    """Go on to the next turn, or to the close of the evening."""
    return ask(tonight, replace(state, position=state.position + 1, misses=0), *before)


def miss(tonight: Tonight, state: State, kindly: tuple[str, ...], *, unclear: bool = False) -> Step:
    """Ask again twice, more simply each time; then leave the partner in peace.

    Who was heard and not understood is helped by an example at once.
    """
    misses = state.misses + 1
    if misses > REPROMPTS:
        state = replace(state, missed_turns=state.missed_turns + 1)
        if state.missed_turns >= MISSED_TURNS:
            return stop(tonight, state)
        return go_on(tonight, state, line(tonight, state, tonight.script.lines.moved_on))
    words = (
        line(tonight, state, kindly),
        Say(wording.reprompt(tonight, state.turn, REPROMPTS if unclear else misses)),
    )
    state = replace(state, misses=misses)
    return state, (*words, listen(tonight, state))


def stop(tonight: Tonight, state: State) -> Step:
    """End at once; what was said is kept."""
    return state, (Say(wording.tonights(tonight.script.lines.stopped, tonight)), Close(completed=False))


def _closing(tonight: Tonight) -> tuple[Effect, ...]:
    lines = tonight.script.lines
    return (
        Say(wording.tonights(lines.before_tip, tonight)),
        Say(wording.tip(tonight)),
        HearTip(tonight.tip),
        Say(wording.tonights(lines.closing, tonight)),
        Close(completed=True),
    )


def line(tonight: Tonight, state: State, wordings: tuple[str, ...]) -> Say:
    """One of the lines; the wording changes along the evening as well as by night."""
    turn = state.turn if state.position < len(state.turns) else None
    return Say(wording.fill(wording.pick(wordings, tonight.night.id + state.position), tonight, turn))


def expects(tonight: Tonight, turn: Turn) -> Expects:
    """The kind of answer this turn's question waits for."""
    return tonight.script.questions[turn.question].expects


def listen_for_yes(state: State) -> Listen:
    """Hear whether that was meant."""
    return Listen(state.turn, Expects.YES_NO, YES_PATIENCE_S, FIRST_WORD_S)


def listen(tonight: Tonight, state: State) -> Listen:
    """Hear an answer with the patience of this turn's question, or of a pause."""
    question = tonight.script.questions[state.turn.question]
    first_word_s = PAUSE_S if state.paused else FIRST_WORD_S
    return Listen(state.turn, question.expects, question.patience_s, first_word_s)
