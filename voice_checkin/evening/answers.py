"""What an answer does: it is kept, it may open further questions, it may make or settle a plan."""

from dataclasses import replace
from datetime import date, timedelta

from voice_checkin.evening import wording
from voice_checkin.evening.agenda import Tonight, follow_up, opened_by
from voice_checkin.evening.days import day_named
from voice_checkin.evening.model import (
    Effect,
    Expects,
    Heard,
    Keep,
    KeepPlan,
    Meaning,
    Outcome,
    Plan,
    Say,
    Settle,
    Strike,
    Turn,
)
from voice_checkin.evening.moves import State, Step, expects, go_on

PLAN_DUE = timedelta(days=1)
"""A plan without a day is asked after on the next evening."""
PLAN_MOVED = timedelta(days=7)

_STORY = {Meaning.SHARE, Meaning.THANKS, Meaning.NOTHING, Meaning.NO, Meaning.DONE}
_ACCEPTED = {
    Expects.YES_NO: {Meaning.YES, Meaning.NO, Meaning.UNSURE, Meaning.NOTHING},
    Expects.STORY: _STORY,
    Expects.PLAN: _STORY,
    Expects.RATING: {Meaning.RATING},
}
"""The meanings that answer each kind of question."""
_REPLIES = {"appreciation.reply", "apology.answer"}
"""Here a short kind word, "my pleasure" or "of course", is an answer, though it reads as a yes."""
_UNTOLD = {Meaning.NO, Meaning.DONE}
"""Said to a question for a story, these leave it without one."""


def answers(tonight: Tonight, turn: Turn, meaning: Meaning | None) -> bool:
    """Whether a meaning answers the question of this turn."""
    kind_word = meaning is Meaning.YES and turn.question in _REPLIES
    return kind_word or meaning in _ACCEPTED[expects(tonight, turn)]


def accept(tonight: Tonight, state: State, heard: Heard) -> Step:
    """Keep the answer, do what it brings, and go on to the next turn."""
    kept = _kept(tonight, state.turn, heard)
    opened = follow_up(tonight, kept[-1].turn, kept[-1].meaning)
    fallen = opened_by(state.turns, state.position)
    replaced = (state.turn,) if state.turn.question == "new.plan" else ()  # its old plan goes with it
    effects = [
        *map(Strike, (*fallen, *replaced)),
        *kept,
        *_consequences(tonight, kept[0]),
        Say(_reply(tonight, kept[0])),
    ]
    turns = tuple(keep.turn for keep in kept)
    before, behind = state.turns[: state.position], state.turns[state.position + 1 + len(fallen) :]
    state = replace(
        state,
        turns=(*before, *turns, *opened, *behind),
        position=state.position + len(turns) - 1,
        answered=(*(old for old in state.answered if old not in {*turns, *fallen}), *turns),
        missed_turns=0,
    )
    return go_on(tonight, state, *effects)


def _kept(tonight: Tonight, turn: Turn, heard: Heard) -> tuple[Keep, ...]:
    """The answer; two where one breath has answered the next question as well.

    "Yes, I shouted at you" owes an apology, and says what happened.
    """
    meaning, value = heard.match.meaning, heard.match.value
    assert meaning is not None  # noqa: S101 - only accepted meanings come here
    if expects(tonight, turn) is not Expects.YES_NO and meaning in _UNTOLD:
        meaning = Meaning.NOTHING
    if turn.question in _REPLIES and meaning is Meaning.YES:
        meaning = Meaning.SHARE
    answer = Keep(turn, meaning, value, heard.text)
    if turn.question == "apology.owed" and meaning is Meaning.YES and isinstance(value, str):
        told = follow_up(tonight, turn, meaning)
        return (answer, *(Keep(said, Meaning.SHARE, None, value) for said in told))
    return (answer,)


def _consequences(tonight: Tonight, kept: Keep) -> list[Effect]:
    """What an answer does besides being kept: a plan is made, a plan is settled."""
    turn = kept.turn
    if turn.question == "new.plan" and kept.meaning in {Meaning.SHARE, Meaning.THANKS}:
        return [KeepPlan(turn, Plan(kept.said, due=_due(tonight, kept.said, PLAN_DUE)))]
    if turn.question == "new.outcome" and turn.about:
        if kept.meaning is Meaning.YES:
            return [Settle(replace(turn.about, outcome=Outcome.DONE))]
        return [Settle(replace(turn.about, outcome=Outcome.MOVED, due=_due(tonight, kept.said, PLAN_MOVED)))]
    return []


def _due(tonight: Tonight, said: str, otherwise: timedelta) -> date:
    """The day that was named, from tomorrow on: tonight the plan was only just made."""
    today = tonight.night.date
    named = day_named(said, tonight.script.intents, today)
    return max(named, today + PLAN_DUE) if named else today + otherwise


def _reply(tonight: Tonight, kept: Keep) -> str:
    """What is said to an answer."""
    lines, turn = tonight.script.lines, kept.turn
    if turn.question == "new.outcome":
        words = lines.plan_done if kept.meaning is Meaning.YES else lines.plan_open
    elif kept.meaning is Meaning.UNSURE:
        words = lines.unsure
    elif kept.meaning is Meaning.NOTHING:
        words = lines.nothing
    else:
        rating = kept.value if isinstance(kept.value, int | float) else None
        return wording.acknowledgement(tonight, turn, rating)
    return wording.tonights(words, tonight, turn)
