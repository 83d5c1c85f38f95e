"""Random evenings: whatever happens, the conversation is never stuck and never loses a word."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evening.played import heard, plain_answer, play, tonight
from voice_checkin.evening import dialogue
from voice_checkin.evening.model import (
    Close,
    Effect,
    Event,
    Heard,
    HearTip,
    Keep,
    Listen,
    Meaning,
    Plan,
    Say,
    Silence,
    Started,
    Turn,
)
from voice_checkin.evening.script import QUESTIONS

MEANINGS = st.sampled_from([None, *Meaning])
EVENTS = st.one_of(
    st.just(Silence()),
    st.builds(
        lambda meaning, number: heard(meaning, f"words {number}", 3 if meaning is Meaning.RATING else None),
        MEANINGS,
        st.integers(0, 99),
    ),
)
WALKS = st.lists(EVENTS, max_size=200)


@settings(max_examples=150, deadline=None)
@given(WALKS)
def test_an_evening_is_never_stuck(events: list[Event]) -> None:
    """Every step ends in listening or in the close, and before it only speaks and keeps."""
    evening = tonight()
    state = dialogue.begin(evening)
    for event in (Started(), *events):
        state, effects = dialogue.step(evening, state, event)
        *before, last = effects
        assert isinstance(last, Listen | Close)
        assert not any(isinstance(effect, Listen | Close) for effect in before)
        if isinstance(last, Close):
            return


@settings(max_examples=150, deadline=None)
@given(WALKS)
def test_what_is_kept_was_said(events: list[Event]) -> None:
    """No answer is made up: every kept word was heard."""
    said = {event.text for event in events if isinstance(event, Heard)}

    assert {keep.said for keep in play(tonight(), *events).of(Keep) if isinstance(keep, Keep)} <= said


@settings(max_examples=150, deadline=None)
@given(WALKS)
def test_stop_always_ends_within_one_turn(events: list[Event]) -> None:
    """From anywhere, even from a pause, "stop" is the last thing that needs to be said."""
    evening = play(tonight(), *events, heard(Meaning.STOP))

    assert evening.closed is not None


@settings(max_examples=150, deadline=None)
@given(WALKS)
def test_whoever_says_nothing_is_left_in_peace(events: list[Event]) -> None:
    """Without an answer or a command no question is asked more than three times."""
    evening = tonight()
    state, asked = dialogue.begin(evening), Counter[Turn]()
    for event in (Started(), *events):
        state, (*before, last) = dialogue.step(evening, state, event)
        if isinstance(last, Close):
            return
        if Say("unheard") not in before and Say("unclear") not in before:
            asked.clear()
        asked[state.turn] += 1
        assert asked[state.turn] <= 3


@settings(max_examples=150, deadline=None)
@given(WALKS)
def test_no_way_through_an_evening_loses_its_close(events: list[Event]) -> None:
    """After whatever happened, answering what is asked leads to the tip and the good night."""
    evening = tonight(due=[Plan("dance", id=1)])
    state, effects = dialogue.begin(evening), tuple[Effect, ...]()
    for event in (Started(), *events):
        state, effects = dialogue.step(evening, state, event)
        if isinstance(effects[-1], Close):
            return
    state, effects = dialogue.step(evening, state, heard(Meaning.RESUME))
    for _ in range(3 * len(QUESTIONS)):
        if isinstance(effects[-1], Close):
            break
        state, effects = dialogue.step(evening, state, plain_answer(state.turn.question))

    assert HearTip("way.listen") in effects
    assert effects[-2:] == (Say("closing"), Close(completed=True))
