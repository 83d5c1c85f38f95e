"""The conversation as a pure state machine: what happened goes in, what is to be done comes out.

`begin` takes an evening up where its night stands; `step` answers one event with effects, of
which the last is always `Listen` or `Close`.
"""

from typing import assert_never

from voice_checkin.evening.agenda import Tonight, taken_up
from voice_checkin.evening.answers import accept, answers
from voice_checkin.evening.commands import COMMANDS, confirm, confirmed, wake
from voice_checkin.evening.model import Event, Heard, HungUp, Manner, Silence, Started
from voice_checkin.evening.moves import State, Step, ask, line, miss, stop


def begin(tonight: Tonight, manner: Manner | None = None) -> State:
    """The state before the first word, or at the very next question of an evening that broke off."""
    turns, answered, position = taken_up(tonight, tonight.night.answers)
    return State(turns, position, answered=answered, manner=manner or Manner())


def step(tonight: Tonight, state: State, event: Event) -> Step:
    """Answer one event."""
    if state.unconfirmed and isinstance(event, Heard | Silence):
        return confirmed(tonight, state, event.match.meaning if isinstance(event, Heard) else None)
    match event:
        case Started():
            lines = tonight.script.lines
            words = lines.welcome_back if tonight.night.answers else lines.greeting
            return ask(tonight, state, line(tonight, state, words))
        case HungUp():
            return stop(tonight, state)
        case Silence():
            return (
                stop(tonight, state) if state.paused else miss(tonight, state, tonight.script.lines.unheard)
            )
        case Heard() if state.paused:
            return wake(tonight, state, event)
        case Heard():
            return _hear(tonight, state, event)
        case _:
            assert_never(event)


def _hear(tonight: Tonight, state: State, heard: Heard) -> Step:
    """One answer: a command, an answer to the question, or neither."""
    meaning = heard.match.meaning
    if answers(tonight, state.turn, meaning):
        return accept(tonight, state, heard)
    if meaning in COMMANDS:
        return confirm(tonight, state, heard) or COMMANDS[meaning](tonight, state, heard)
    return miss(tonight, state, tonight.script.lines.unclear, unclear=True)
