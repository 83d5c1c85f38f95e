"""How much silence ends an answer."""

import pytest

from voice_checkin.content import content_folder, load_book, load_script
from voice_checkin.evening.model import Expects
from voice_checkin.evening.patience import (
    COMPLETE_S,
    HESITANT_S,
    HESITANT_STORY_S,
    LONGEST_S,
    Patience,
    silence_after,
)

ANN = "Ann"
BOOK = load_book(content_folder(), load_script(content_folder(), "en"))
SHORT_S, LONG_S = 0.6, 2.0


@pytest.mark.parametrize(
    "text",
    ["Yes.", "no", "I don't know.", "Skip.", "Yeah, we did.", "Not really, no.", "I think so.", "Yes..."],
)
def test_a_complete_short_answer_needs_little_silence(text: str) -> None:
    """Who has said all is answered soon."""
    assert silence_after(text, BOOK, Expects.YES_NO, SHORT_S) == COMPLETE_S


@pytest.mark.parametrize("text", ["Well,", "Um.", "Yes, and", "I think", "No, but", "so, um"])
def test_a_hesitation_keeps_the_turn_open(text: str) -> None:
    """An answer that breaks off in the middle of a thought is waited for."""
    assert silence_after(text, BOOK, Expects.YES_NO, SHORT_S) == HESITANT_S


@pytest.mark.parametrize("text", ["Four.", "a three", "three out of five"])
def test_a_rating_is_complete_with_its_number(text: str) -> None:
    """A number closes the question for one."""
    assert silence_after(text, BOOK, Expects.RATING, 1.0) == COMPLETE_S


def test_a_story_has_its_own_patience() -> None:
    """A sentence that is told is seldom the last one."""
    assert silence_after("You made me tea.", BOOK, Expects.STORY, LONG_S) == LONG_S
    assert silence_after("You made me tea and", BOOK, Expects.STORY, LONG_S) == HESITANT_STORY_S


@pytest.mark.parametrize(
    "text", ["You made me tea, and that's all.", "That's it.", "Skip this one.", "repeat"]
)
def test_a_story_closes_at_once_where_it_says_so(text: str) -> None:
    """What closes a story, and a command instead of one, wait for nothing more."""
    assert silence_after(text, BOOK, Expects.STORY, LONG_S) == COMPLETE_S


def test_a_story_waits_for_who_pauses_longer() -> None:
    """A partner who was silent for long before speaking on is given that much, and a little more."""
    habits = Patience()
    assert habits.usual_s(ANN, 1.5, Expects.STORY) == 1.5

    habits.note(ANN, 1.4)
    habits.note(ANN, 0.3)

    assert habits.usual_s(ANN, 1.5, Expects.STORY) == pytest.approx(1.75)
    assert habits.usual_s("Ben", 1.5, Expects.STORY) == 1.5
    assert habits.usual_s(ANN, 0.6, Expects.YES_NO) == 0.6

    habits.note(ANN, 60)
    assert habits.usual_s(ANN, 1.5, Expects.STORY) == LONGEST_S


def test_patience_can_be_raised_for_one_partner() -> None:
    """As the two have chosen, at every kind of question."""
    habits = Patience(needs={ANN: 2.0})

    assert habits.usual_s(ANN, 0.6, Expects.YES_NO) == 1.2
    assert habits.usual_s("Ben", 0.6, Expects.YES_NO) == 0.6
