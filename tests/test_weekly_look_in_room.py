"""Two evenings by voice: something is put aside on a tired night, and comes back at the weekly look."""

import pytest

from tests.held import Evening, Held

pytestmark = pytest.mark.timeout(600)

HELD = ("parked_and_tired", "weekly_look")


@pytest.fixture(scope="module")
def evenings(held: Held) -> tuple[Evening, ...]:
    """Both evenings, held once."""
    return held(HELD)


def test_a_tired_night_puts_an_apology_aside(evenings: tuple[Evening, ...]) -> None:
    """What is too big for tonight is parked; "we are tired" ends the evening soon, and completes it."""
    tired, _ = evenings
    assert (tired.code, tired.errors) == (0, "")
    kept = [(a["partner"], a["question"], a["meaning"]) for a in tired.night["answers"]]
    assert kept[-1] == ("Sam", "apology.answer", "park")
    assert ("Alex", "apology.repair", "share") in kept
    assert tired.night["completed"] is True


def test_the_weekly_look_is_asked_for_and_held_by_voice(evenings: tuple[Evening, ...]) -> None:
    """Five signs are asked of both, what was put aside is told and said back, and each has a wish."""
    _, look = evenings
    assert (look.code, look.errors) == (0, "")
    kept = [(a["question"], a["meaning"]) for a in look.night["answers"]]
    ratings = [question for question, meaning in kept if meaning == "rating"]
    assert len(ratings) == 2 * 5 + 2
    assert [m for q, m in kept if q in {"weekly.parked", "weekly.say_back", "weekly.wish"}] == ["share"] * 4
    assert ("weekly.talk", "done") in kept


def test_nothing_is_kept_of_what_the_two_tell_each_other(evenings: tuple[Evening, ...]) -> None:
    """The talk of the two leaves no word, on the screen neither."""
    _, look = evenings
    [talk] = [a for a in look.night["answers"] if a["question"] == "weekly.talk"]
    assert talk["said"] == ""
    assert not any("forgotten" in line for line in look.subtitles)


def test_sealed_numbers_are_read_out_together(evenings: tuple[Evening, ...]) -> None:
    """The first number of two is neither shown nor said before the second is there."""
    _, look = evenings
    told = [line for line in look.subtitles if line.startswith("»") and any(d in line for d in "12345")]
    assert len(told) >= 6
    assert all("Alex" in line and "Sam" in line for line in told if "answers" not in line)
    assert not any("[rating]" in line for line in look.subtitles)
