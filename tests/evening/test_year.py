"""A year of evenings with a played couple: nothing wears out, nothing comes back that was not to."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from xml.etree import ElementTree as ET

import pytest

from benchmarks.figures import p95
from benchmarks.living import NAMES, NIGHTLY, Year, put, returns, year
from benchmarks.sayings import SAYS
from benchmarks.year_picture import picture
from voice_checkin.evening.model import Answer, Meaning, Remembered
from voice_checkin.evening.past import SIGNS_A_WEEK, memory
from voice_checkin.evening.script import Depth

APART = 14
"""For so many evenings a nightly question is in other words."""
LONG_MIN = 9
LOOKS = 3
"""Within so many weekly looks every sign is asked."""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """A whole year with questions that may go as deep as they usually do."""
    return year(tmp_path_factory.mktemp("year") / "home")


def test_a_year_of_evenings_is_held(held: Year) -> None:
    """Most evenings are completed, some are stopped, and every part of an evening comes up."""
    asked = {question for evening in held.evenings for question in evening.parts}

    assert len(held.evenings) == len(held.nights)
    assert sum(night.completed for night in held.nights) > 0.95 * len(held.nights)
    assert asked == set(held.script.questions)


def test_no_wording_wears_out(held: Year) -> None:
    """No nightly question comes back in the same words within two weeks."""
    assert min(returns(held.evenings)[question] for question in NIGHTLY) > APART


@pytest.mark.parametrize("depth", [Depth.LIGHT, Depth.DEEP])
def test_no_wording_wears_out_at_another_depth(depth: Depth, tmp_path: Path) -> None:
    """The same holds where questions stay light, and where they go deep."""
    back = returns(year(tmp_path / "home", 50, depth).evenings)

    assert min(back[question] for question in NIGHTLY) > APART


def test_every_tip_is_heard_before_one_comes_back(held: Year) -> None:
    """At any time of the year no tip was heard twice more often than another one."""
    heard = Counter(dict.fromkeys(held.script.tips, 0))
    for night in held.nights:
        if night.tip:
            heard[night.tip] += 1
            assert max(heard.values()) - min(heard.values()) <= 1
    assert min(heard.values()) > 1


def _answers(held: Year, question: str) -> list[Answer]:
    return [answer for night in held.nights for answer in night.answers if answer.question == question]


def test_no_idea_comes_back(held: Year) -> None:
    """An idea that was taken, passed over or not liked is never offered again."""
    answered = [answer.value for answer in _answers(held, "new.idea")]

    assert answered
    assert len(set(answered)) == len(answered)


def _read_back(held: Year) -> list[Remembered]:
    about = [turn.about for turn in put(held.evenings, "memory.retell")]
    return [one for one in about if isinstance(one, Remembered)]


def test_no_memory_is_told_twice(held: Year) -> None:
    """What was told anew, or not to be heard again, isn't read back any more."""
    settled = [a.value for a in _answers(held, "memory.retell") if a.meaning is not Meaning.SKIP]

    assert settled
    assert len(set(settled)) == len(settled)


def test_a_memory_that_was_passed_over_is_not_read_back_again(tmp_path: Path) -> None:
    """Who says "skip" to what was read back doesn't hear it a second time."""
    held = year(tmp_path / "home", 16, says={**SAYS, "memory.retell": {"skip": 1}})
    read_back = _read_back(held)[0]
    a_month_later = read_back.at.date() + timedelta(days=30)

    assert memory(held.nights, a_month_later) != read_back


def test_what_hurt_or_was_put_aside_is_not_read_back(held: Year) -> None:
    """Neither an apology nor its answer nor what was parked is ever read back."""
    answers = [answer for night in held.nights for answer in night.answers]
    sore = {a.at for a in answers if a.question.startswith("apology.") or a.meaning is Meaning.PARK}

    assert sore
    assert not sore & {one.at for one in _read_back(held)}


def test_both_begin_equally_often(held: Year) -> None:
    """Over the year each of the two was asked first as often as the other."""
    first = Counter(night.first for night in held.nights)

    assert abs(first[NAMES[0]] - first[NAMES[1]]) <= 1


def test_every_sign_comes_round(held: Year) -> None:
    """Whichever weekly look it is, all signs are asked in it and the two whole ones behind it."""
    signs = set(held.script.signs)
    looks = [evening.parts & signs for evening in held.evenings if evening.looked]
    whole = [number for number, asked in enumerate(looks) if len(asked) == SIGNS_A_WEEK]

    assert len(whole) > 10 * LOOKS
    for first, last in zip(whole, whole[LOOKS - 1 :], strict=False):
        assert set.union(*looks[first : last + 1]) == signs


def test_weeks_of_low_signs_speak_of_help(held: Year) -> None:
    """In a low month, and only then, the two hear where couples find help."""
    told = [e.is_low for e in held.evenings if not set(held.script.lines.counsellor).isdisjoint(e.said)]

    assert told
    assert all(told)


def test_an_evening_is_short(held: Year, figure: Callable[[str], None]) -> None:
    """Half of all evenings take less than nine minutes, talks of the two and weekly looks among them."""
    minutes = [evening.minutes for evening in held.evenings]

    figure(f"minutes: median {median(minutes):.1f}, p95 {p95(minutes):.1f}, longest {max(minutes):.1f}")
    assert 1 < median(minutes) < LONG_MIN


def test_the_picture_has_a_bar_for_each_evening(held: Year) -> None:
    """It is a whole SVG, with a bar for each evening, part and tip, and a patch for each colour."""
    shapes = ET.fromstring(picture(held)).iter("{http://www.w3.org/2000/svg}rect")  # noqa: S314 - our own
    bars = len(held.evenings) + len(held.script.questions) + len(held.script.tips)

    assert len(list(shapes)) == bars + len(("ground", "usual", "weekly", "stopped"))
