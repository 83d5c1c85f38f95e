"""What an answer does: it is kept, it may open further questions, it may make or settle a plan."""

from collections.abc import Sequence
from dataclasses import replace

from voice_checkin.evening import plans, wording
from voice_checkin.evening.agenda import READY, Tonight, after, follow_up, opened_by
from voice_checkin.evening.model import (
    Effect,
    Expects,
    Heard,
    Keep,
    Meaning,
    Remembered,
    Say,
    Strike,
    Turn,
)
from voice_checkin.evening.moves import State, Step, expects, go_on, line
from voice_checkin.evening.script import WEEKLY

_STORY = {Meaning.SHARE, Meaning.THANKS, Meaning.NOTHING, Meaning.UNSURE, Meaning.NO, Meaning.DONE}
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
    if tonight.script.questions[turn.question].joint:
        return False
    kind_word = meaning is Meaning.YES and turn.question in _REPLIES
    return kind_word or meaning in _ACCEPTED[expects(tonight, turn)]


def accept(tonight: Tonight, state: State, heard: Heard) -> Step:
    """Keep the answer, do what it brings, and go on to the next turn."""
    kept = _kept(tonight, state.turn, heard)
    fallen = opened_by(state.turns, state.position)
    replaced = (state.turn,) if state.turn.question in plans.PLANNING else ()  # its old plan goes with it
    behind = after(tonight, state.turns, state.position, kept[0].meaning, kept[0].said)
    if len(kept) > 1:  # the next question was answered in the same breath
        behind = (*follow_up(tonight, kept[1].turn, kept[1].meaning, kept[1].said), *behind[1:])
    gone = {*fallen, *(keep.turn for keep in kept)}
    earlier = tuple(keep for keep in state.kept if keep.turn not in gone)
    effects: list[Effect] = [
        *map(Strike, (*fallen, *replaced)),
        *kept,
        *plans.of_answer(tonight, kept[0], earlier),
        *_reply(tonight, state, kept[0], earlier),
    ]
    turns = (*state.turns[: state.position], *(keep.turn for keep in kept), *behind)
    state = replace(
        state,
        turns=turns,
        position=state.position + len(kept) - 1,
        kept=(*earlier, *kept),
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
    answer = Keep(turn, meaning, about_what(turn, value), heard.text)
    if turn.question == "apology.owed" and meaning is Meaning.YES and isinstance(value, str):
        told = follow_up(tonight, turn, meaning)
        return (answer, *(Keep(said, Meaning.SHARE, None, value) for said in told))
    return (answer,)


def about_what(turn: Turn, value: str | float | None = None) -> str | float | None:
    """What is kept beside the words: which idea, or which earlier answer, an answer is about."""
    if turn.idea:
        return turn.idea
    return turn.about.at.isoformat() if isinstance(turn.about, Remembered) else value


def _reply(tonight: Tonight, state: State, kept: Keep, earlier: Sequence[Keep]) -> list[Effect]:
    """What is said to an answer."""
    lines, turn, meaning = tonight.script.lines, kept.turn, kept.meaning
    if tonight.script.questions[turn.question].sealed:
        return _sealed(tonight, state, kept, earlier)
    declined = {
        "new.later": lines.plan_dropped,
        "new.agree": lines.plan_declined,
        "new.idea": lines.idea_enough if not follow_up(tonight, turn, meaning) else (),
        "memory.retell": lines.not_again,
        READY: lines.nothing,
        f"{WEEKLY}right": tonight.script.questions[turn.question].acknowledgements,
    }
    if turn.question == "new.outcome" and not follow_up(tonight, turn, meaning, kept.said):
        moved = tonight.script.questions["new.later"].acknowledgements
        words = lines.plan_done if meaning is Meaning.YES else moved
    elif turn.question in declined and meaning in {Meaning.NO, Meaning.NOTHING, Meaning.UNSURE}:
        words = declined[turn.question]
    elif meaning in {Meaning.UNSURE, Meaning.NOTHING}:
        words = lines.unsure if meaning is Meaning.UNSURE else lines.nothing
    elif turn.question == "new.outcome":
        words = ()
    else:
        return [Say(wording.acknowledgement(tonight, turn, kept.value))]
    return [Say(wording.tonights(words, tonight, turn))] if words else []


def _sealed(tonight: Tonight, state: State, kept: Keep, earlier: Sequence[Keep]) -> list[Effect]:
    """The first of two answers stays untold; with the second both are read out."""
    lines, turn = tonight.script.lines, kept.turn
    if any(later.question == turn.question for later in state.turns[state.position + 1 :]):
        return [line(tonight, state, lines.sealed_ack)]
    rated = [k for k in earlier if k.turn.question == turn.question and k.meaning is Meaning.RATING]
    if not rated:
        return [Say(wording.acknowledgement(tonight, turn, kept.value))]
    other = rated[-1]
    ratings = {"rating": wording.spoken(other.value), "other_rating": wording.spoken(kept.value)}
    reveal = wording.pick(lines.reveal, tonight.night.id + state.position)
    intro = [] if turn.question in tonight.signs[1:] else [line(tonight, state, lines.reveal_intro)]
    return [*intro, Say(wording.fill(reveal, tonight, other.turn, **ratings))]
