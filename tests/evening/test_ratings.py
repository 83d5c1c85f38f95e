"""A number on the scale, as people say it."""

import pytest

from voice_checkin.content import content_folder, load_script
from voice_checkin.evening.book import compile_book
from voice_checkin.evening.ratings import rating_in

BOOK = compile_book(load_script(content_folder(), "en").intents)


def rate(text: str) -> int | None:
    """The rating in these words."""
    return rating_in(BOOK.words(text), BOOK)


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("four", 4),
        ("4.", 4),
        ("a three", 3),
        ("four four", 4),
        ("a solid three and a half", 4),
        ("4.4", 4),
        ("4,5", 5),
        ("three out of five", 3),
        ("5 of 5", 5),
        ("of five", 5),
    ],
)
def test_one_number_is_a_rating(text: str, rating: int) -> None:
    """The nearest whole number; the end of the scale is none of its own."""
    assert rate(text) == rating


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("I'd say ten if you'd let me, so five", 5),
        ("I was going to say three, but no, it's a two", 2),
        ("Not a two, not a four. Three.", 3),
        ("Four, it was one of those days.", 4),
        ("four, I mean three", 3),
    ],
)
def test_of_two_numbers_the_one_that_counts_is_taken(text: str, rating: int) -> None:
    """The last where it is said to count, the first where it stands apart, none that is taken back."""
    assert rate(text) == rating


@pytest.mark.parametrize(
    "text",
    [
        "three four",
        "three or five",
        "Two, maybe three.",
        "nine",
        "0",
        "five and a half",
        "good",
        "not a five",
    ],
)
def test_none_or_several_or_one_off_the_scale_is_none(text: str) -> None:
    """Where two numbers were said, or one that isn't on the scale, none is guessed."""
    assert rate(text) is None


@pytest.mark.parametrize(
    ("text", "rating"),
    [("Full marks.", 5), ("rock bottom I'm afraid", 1), ("the third one", 3), ("second from the top", 4)],
)
def test_a_rating_is_understood_without_its_number(text: str, rating: int) -> None:
    """By its name on the scale, or by an ordinal."""
    assert rate(text) == rating
