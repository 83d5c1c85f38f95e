"""The moves of a conversation: ask, ask again, go on, close. Each gives the next state and its effects."""

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from voice_checkin.evening import closing, wording
from voice_checkin.evening.agenda import READY, Tonight
from voice_checkin.evening.model import Close, Effect, Expects, Heard, Keep, Listen, Manner, Say, Turn
from voice_checkin.evening.past import is_low
from voice_checkin.evening.script import WEEKLY

FIRST_WORD_S = 8.0
"""Silence before the first word that is met with a reprompt (Google's and Alexa's guides: 8 s)."""
YES_PATIENCE_S = 0.6
"""Silence that ends the yes or no to "did you mean that?"."""
PAUSE_S = 300.0
"""A paused evening waits this long before it closes kindly."""
JOINT_S = 90.0
"""Where the two talk with each other, so long a silence says that they are done."""
LOW_WEEKS = 3
"""So many low weeks in a row, and a counsellor is spoken of."""
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
    kept: tuple[Keep, ...] = ()
    """Tonight's answers, the latest last."""
    paused: bool = False
    unconfirmed: Heard | None = None
    """A command that waits for a yes, because it is hard to undo."""
    worried: bool = False
    """Whether it was asked if the evening shall go on, after words of harm."""
    manner: Manner = field(default_factory=Manner)

    @property
    def turn(self) -> Turn:
        """Whose turn it is, and at which question; behind the last question, the last."""
        return self.turns[min(self.position, len(self.turns) - 1)]

    @property
    def answered(self) -> tuple[Turn, ...]:
        """The turns whose answers are kept."""
        return tuple(keep.turn for keep in self.kept)

    def keeping(self, keep: Keep) -> "State":
        """The same, with one more answer."""
        return replace(self, kept=(*self.kept, keep))


Step: TypeAlias = tuple[State, tuple[Effect, ...]]


def ask(tonight: Tonight, state: State, *before: Effect) -> Step:
    """Ask the question of this turn; behind the last turn, close the evening."""
    if state.position >= len(state.turns):
        return state, (*before, *closing.closing(tonight, state.kept))
    return state, (*before, *_introduced(tonight, state), _prompt(tonight, state), listen(tonight, state))


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


def line(tonight: Tonight, state: State, wordings: tuple[str, ...], **values: str) -> Say:
    """One of the lines; the wording changes along the evening as well as by night."""
    turn = state.turn if state.position < len(state.turns) else None
    text = wording.pick(wordings, tonight.night.id + state.position)
    return Say(wording.fill(text, tonight, turn, **values))


def expects(tonight: Tonight, turn: Turn) -> Expects:
    """The kind of answer this turn's question waits for."""
    return tonight.script.questions[turn.question].expects


def listen_for_yes(turn: Turn) -> Listen:
    """Hear whether that was meant."""
    return Listen(turn, Expects.YES_NO, YES_PATIENCE_S, FIRST_WORD_S)


def listen(tonight: Tonight, state: State) -> Listen:
    """Hear an answer with the patience of this turn's question, or of a pause."""
    question = tonight.script.questions[state.turn.question]
    first_word_s = PAUSE_S if state.paused else JOINT_S if question.joint else FIRST_WORD_S
    private = (question.sealed or question.joint) and not state.paused
    return Listen(state.turn, question.expects, question.patience_s, first_word_s, private)


def _prompt(tonight: Tonight, state: State) -> Say:
    return Say(wording.prompt(tonight, state.turn))


def _introduced(tonight: Tonight, state: State) -> tuple[Say, ...]:
    """What is said before this turn's question, the first time it is asked."""
    lines, turn = tonight.script.lines, state.turn
    before = state.turns[state.position - 1].question if state.position else ""
    said: tuple[Say, ...] = ()
    if state.misses or turn in state.answered:
        return said
    match turn.question:
        case "laugh.light":
            said = (line(tonight, state, lines.light_intro),)
        case "memory.retell" if tonight.memory:
            said = (Say(wording.memory(tonight, tonight.memory)),)
        case "new.idea":
            offer = lines.idea_other if before == "new.idea" else lines.idea_offer
            said = (line(tonight, state, offer), Say(tonight.script.ideas[turn.idea].say))
        case "closeness.rating" if before.startswith(WEEKLY):
            told = (
                (lines.weekly_close, lines.counsellor)
                if _low_again(tonight, state)
                else (lines.weekly_close,)
            )
            said = tuple(line(tonight, state, words) for words in told)
        case sign if before == READY and sign in tonight.signs:
            said = (line(tonight, state, lines.weekly_greeting),)
    return said


def _low_again(tonight: Tonight, state: State) -> bool:
    """Whether the signs were low tonight, as they were in the weeks before."""
    rated = (keep.rating for keep in state.kept if keep.turn.question in tonight.signs)
    return is_low([rating for rating in rated if rating is not None]) and tonight.low_weeks + 1 >= LOW_WEEKS
