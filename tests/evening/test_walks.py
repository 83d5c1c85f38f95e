"""Random evenings: whatever happens, the conversation is never stuck and never loses a word."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evening.played import heard, play, tonight
from voice_checkin.evening import dialogue
from voice_checkin.evening.model import Close, Event, Heard, Keep, Listen, Meaning, Silence, Started

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


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([Silence(), heard(None)]), max_size=60))
def test_whoever_says_nothing_is_left_in_peace(events: list[Event]) -> None:
    """Without an answer or a command no question is asked more than three times."""
    assert all(times <= 3 for times in Counter(play(tonight(), *events).asked).values())
