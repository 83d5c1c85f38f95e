"""What an answer does: it is kept, it may open further questions, it may make or settle a plan."""

from dataclasses import replace
from datetime import timedelta

from voice_checkin.evening import wording
from voice_checkin.evening.agenda import Tonight, follow_up, opened_by
from voice_checkin.evening.model import (
    Effect,
    Expects,
    Heard,
    Keep,
    KeepPlan,
    Meaning,
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
ACCEPTED = {
    Expects.YES_NO: {Meaning.YES, Meaning.NO, Meaning.UNSURE, Meaning.NOTHING},
    Expects.STORY: _STORY,
    Expects.PLAN: _STORY,
    Expects.RATING: {Meaning.RATING},
}
"""The meanings that answer each kind of question."""


def accept(tonight: Tonight, state: State, heard: Heard) -> Step:
    """Keep the answer, do what it brings, and go on to the next turn."""
    turn, match = state.turn, heard.match
    assert match.meaning is not None  # noqa: S101 - only accepted meanings come here
    meaning = Meaning.NOTHING if _says_nothing(tonight, turn, match.meaning) else match.meaning
    fallen = opened_by(state.turns, state.position)
    effects: list[Effect] = [Strike(old) for old in fallen]
    if turn.question == "new.plan":
        effects.append(Strike(turn))
    effects.append(Keep(turn, meaning, match.value, heard.text))
    told, opened = _told_at_once(tonight, turn, heard)
    effects += told
    effects += _consequences(tonight, turn, meaning, heard.text)
    effects.append(Say(_reply(tonight, turn, meaning, match.value)))
    done, behind = state.turns[: state.position + 1], state.turns[state.position + 1 + len(fallen) :]
    answered = tuple(old for old in state.answered if old != turn and old not in fallen)
    state = replace(state, turns=(*done, *opened, *behind), answered=(*answered, turn), missed_turns=0)
    return go_on(tonight, state, *effects)


def _told_at_once(tonight: Tonight, turn: Turn, heard: Heard) -> tuple[list[Effect], tuple[Turn, ...]]:
    """The turns that this answer opens; those that it has already answered are kept along with it.

    "Yes, I shouted at you" owes an apology and says what happened in one breath.
    """
    meaning, story = heard.match.meaning, heard.match.value
    opened = follow_up(tonight, turn, meaning) if meaning else ()
    if turn.question == "apology.owed" and opened and isinstance(story, str):
        said = opened[0]
        answers = follow_up(tonight, said, Meaning.SHARE)
        return [Keep(said, Meaning.SHARE, None, story)], (said, *answers)
    return [], opened


def _consequences(tonight: Tonight, turn: Turn, meaning: Meaning, said: str) -> list[Effect]:
    """What an answer does besides being kept: a plan is made, a plan is settled."""
    if turn.question == "new.plan" and meaning in {Meaning.SHARE, Meaning.THANKS}:
        return [KeepPlan(turn, Plan(said, due=tonight.night.date + PLAN_DUE))]
    if turn.question == "new.outcome" and turn.about:
        if meaning is Meaning.YES:
            return [Settle(replace(turn.about, outcome="done"))]
        return [Settle(replace(turn.about, outcome="moved", due=tonight.night.date + PLAN_MOVED))]
    return []


def _reply(tonight: Tonight, turn: Turn, meaning: Meaning, value: str | float | None) -> str:
    lines, count = tonight.script.lines, tonight.night.id
    if turn.question == "new.outcome":
        done = meaning is Meaning.YES
        return wording.fill(wording.pick(lines.plan_done if done else lines.plan_open, count), tonight, turn)
    if meaning is Meaning.UNSURE:
        return wording.fill(wording.pick(lines.unsure, count), tonight, turn)
    if meaning is Meaning.NOTHING:
        return wording.fill(wording.pick(lines.nothing, count), tonight, turn)
    return wording.acknowledgement(tonight, turn, value if isinstance(value, int | float) else None)


def _says_nothing(tonight: Tonight, turn: Turn, meaning: Meaning) -> bool:
    """Whether a "no" or "that's all" leaves a question for a story without one."""
    return expects(tonight, turn) is not Expects.YES_NO and meaning in {Meaning.NO, Meaning.DONE}
