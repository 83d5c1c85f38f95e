"""The conversation as a pure state machine: what happened goes in, what is to be done comes out.

`begin` takes an evening up where its night stands; `step` answers one event with effects, of
which the last is always `Listen` or `Close`.
"""

from dataclasses import replace
from typing import assert_never

from voice_checkin.evening.agenda import Tonight, taken_up
from voice_checkin.evening.answers import accept, answers
from voice_checkin.evening.closing import opening
from voice_checkin.evening.commands import COMMANDS, confirm, confirmed, end_joint, wake
from voice_checkin.evening.model import (
    EXACT,
    Event,
    Expects,
    Heard,
    HungUp,
    Keep,
    Manner,
    Meaning,
    Silence,
    Started,
)
from voice_checkin.evening.moves import State, Step, ask, expects, line, listen, miss, stop
from voice_checkin.evening.worry import reassured, worry


def begin(tonight: Tonight, manner: Manner | None = None) -> State:
    """The state before the first word, or at the very next question of an evening that broke off."""
    turns, answered, position = taken_up(tonight, tonight.night.answers)
    said = {(a.partner, a.question, a.about): a for a in tonight.night.answers}
    kept = [(turn, said[turn.partner, turn.question, turn.number]) for turn in answered]
    keeps = tuple(Keep(turn, answer.meaning, answer.value, answer.said) for turn, answer in kept)
    return State(turns, position, kept=keeps, manner=manner or Manner())


def step(tonight: Tonight, state: State, event: Event) -> Step:
    """Answer one event."""
    match event:
        case Started() if tonight.night.answers:
            return ask(tonight, state, line(tonight, state, tonight.script.lines.welcome_back))
        case Started():
            return ask(tonight, state, *opening(tonight))
        case HungUp():
            return stop(tonight, state)
        case Silence():
            return _silent(tonight, state)
        case Heard():
            return _heard(tonight, state, event)
        case _:
            assert_never(event)


def _silent(tonight: Tonight, state: State) -> Step:
    if state.worried:
        return reassured(tonight, state, None)
    if state.unconfirmed:
        return confirmed(tonight, state, None)
    if state.paused:
        return stop(tonight, state)
    if tonight.script.questions[state.turn.question].joint:
        return end_joint(tonight, state)
    return miss(tonight, state, tonight.script.lines.unheard)


def _heard(tonight: Tonight, state: State, heard: Heard) -> Step:
    if state.worried:
        return reassured(tonight, state, heard.match.meaning)
    if heard.alarming and not state.paused:
        state = replace(state, unconfirmed=None)
        polar = expects(tonight, state.turn) is Expects.YES_NO  # "I am afraid" is no yes to the question
        return worry(tonight, *((state, ()) if polar else _answer(tonight, state, heard)))
    if state.unconfirmed:
        stops = heard.match.meaning is Meaning.STOP and heard.match.score >= EXACT
        return stop(tonight, state) if stops else confirmed(tonight, state, heard.match.meaning)
    if state.paused:
        return wake(tonight, state, heard)
    return _answer(tonight, state, heard)


def _answer(tonight: Tonight, state: State, heard: Heard) -> Step:
    """One answer: a command, an answer to the question, or neither."""
    meaning = heard.match.meaning
    if meaning is not None:
        state = replace(state, missed_turns=0)  # somebody is there
    if tonight.script.questions[state.turn.question].joint and not _is_for_us(heard):
        return state, (listen(tonight, state),)  # the two are talking with each other
    if answers(tonight, state.turn, meaning):
        return accept(tonight, state, heard)
    if meaning in COMMANDS:
        return confirm(tonight, state, heard) or COMMANDS[meaning](tonight, state, heard)
    return miss(tonight, state, tonight.script.lines.unclear, unclear=True)


def _is_for_us(heard: Heard) -> bool:
    """Within a talk of the two only what is a command in so many words is meant for the product."""
    to_each_other = heard.match.meaning is Meaning.CORRECT  # "no, I said..."
    return heard.match.meaning in COMMANDS and heard.match.score >= EXACT and not to_each_other
