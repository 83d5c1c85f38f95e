"""A number on the scale, as people say it."""

import pytest

from voice_checkin.evening.phrases import Phrases
from voice_checkin.evening.ratings import rating_in

NUMBERS = {"one": 1.0, "three": 3.0, "four": 4.0, "five": 5.0, "nine": 9.0}
HALVES = Phrases.of([("and", "a", "half")])
SCALES = Phrases.of([("out", "of"), ("of",)])


def rate(text: str) -> int | None:
    """The rating in these words."""
    return rating_in(tuple(text.split()), NUMBERS, HALVES, SCALES)


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("four", 4),
        ("4", 4),
        ("a three", 3),
        ("four four", 4),
        ("three and a half", 4),
        ("4.4", 4),
        ("4,5", 5),
        ("three out of five", 3),
        ("5 of 5", 5),
    ],
)
def test_one_number_is_a_rating(text: str, rating: int) -> None:
    """The nearest whole number; the end of the scale is none of its own."""
    assert rate(text) == rating


@pytest.mark.parametrize("text", ["three four", "three or five", "nine", "0", "five and a half", "good", ""])
def test_none_or_several_or_one_off_the_scale_is_none(text: str) -> None:
    """Where two numbers were said, or one that isn't on the scale, none is guessed."""
    assert rate(text) is None


def test_a_number_in_a_story_is_no_rating() -> None:
    """Who tells something long may mention a number."""
    assert rate("we sat on the bench for three hours and talked") is None


def test_a_scale_has_a_number_on_either_side() -> None:
    """Where one of them is missing, the other is the rating."""
    assert rate("of five") == 5
    assert rate("one of") == 1
