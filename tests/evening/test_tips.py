"""Which tip is the day's."""

from datetime import date, timedelta

from voice_checkin.evening.script import Tip
from voice_checkin.evening.tips import tip_of_the_day

TIPS = {f"way.{n}": Tip("odd" if n % 2 else "even", ("words",), ()) for n in range(7)}
DAY = date(2026, 3, 1)


def test_none_comes_back_before_all_were_heard() -> None:
    """Seven tips last seven days, in every week."""
    heard: list[tuple[date, str]] = []
    for n in range(70):
        day = DAY + timedelta(days=n)
        tip = tip_of_the_day(TIPS, heard, day)
        assert tip
        heard.append((day, tip))

    for week in range(0, 70, 7):
        assert {key for _, key in heard[week : week + 7]} == set(TIPS)


def test_it_is_the_same_all_day() -> None:
    """Asked again, the tip of the day is the one that was heard."""
    assert tip_of_the_day(TIPS, [(DAY, "way.3")], DAY) == "way.3"


def test_another_is_another() -> None:
    """Who wants another one gets one that is still fresh."""
    assert tip_of_the_day(TIPS, [(DAY, "way.3")], DAY, another=True) != "way.3"


def test_a_theme_narrows_and_an_unknown_one_has_none() -> None:
    """Only tips of the theme are told; a theme that isn't there has no tip."""
    tip = tip_of_the_day(TIPS, [], DAY, theme="odd")

    assert tip
    assert TIPS[tip].theme == "odd"
    assert tip_of_the_day(TIPS, [], DAY, theme="none of these") is None
