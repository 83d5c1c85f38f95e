"""The day that a plan names, said on Tuesday, 24 November 2026."""

from datetime import date

import pytest

from voice_checkin.content import content_folder, load_script
from voice_checkin.evening.days import day_named

TUESDAY = date(2026, 11, 24)
ENGLISH = load_script(content_folder(), "en").intents
KOREAN = load_script(content_folder(), "ko").intents


@pytest.mark.parametrize(
    ("plan", "day"),
    [
        ("Let's sit on the roof tonight.", date(2026, 11, 24)),
        ("Let's try the new Thai place on Saturday.", date(2026, 11, 28)),
        ("tomorrow night we could bake bread", date(2026, 11, 25)),
        ("The day after tomorrow, maybe?", date(2026, 11, 26)),
        ("this Friday after work", date(2026, 11, 27)),
        ("next Friday", date(2026, 12, 4)),
        ("a swim on Friday, or better on Sunday", date(2026, 11, 29)),
        ("Tuesday", date(2026, 12, 1)),
        ("How about a picnic at the weekend?", date(2026, 11, 29)),
        ("next weekend", date(2026, 12, 6)),
        ("the 12th", date(2026, 12, 12)),
        ("on the 24th", date(2026, 12, 24)),
        ("Saturday the 12th of December", date(2026, 12, 12)),
        ("on December 5th", date(2026, 12, 5)),
        ("let's go on the second", date(2026, 12, 2)),
        ("in two weeks", date(2026, 12, 8)),
        ("2 weeks from now", date(2026, 12, 8)),
        ("the zoo in May", date(2027, 5, 1)),
        ("the 31st", date(2026, 12, 31)),
    ],
)
def test_a_plan_is_due_on_the_day_it_names(plan: str, day: date) -> None:
    """Days, dates and weeks are counted from tonight; of several the last one counts."""
    assert day_named(plan, ENGLISH, TUESDAY) == day


@pytest.mark.parametrize(
    "plan",
    [
        "We could learn to dance.",
        "maybe we may march in the band",
        "a second honeymoon",
        "I'd like to see it a third time",
        "two of us at ten past eight",
        "on the 30th of February",
        "the 45th",
        "we need three weeks of rest",
    ],
)
def test_a_plan_without_a_day_names_none(plan: str) -> None:
    """Words that only look like a day are none, and a date that never comes is none."""
    assert day_named(plan, ENGLISH, TUESDAY) is None


@pytest.mark.parametrize(
    ("plan", "day"),
    [
        ("토요일에 영화 보자", date(2026, 11, 28)),
        ("내일 밤에 산책하자", date(2026, 11, 25)),
        ("다음 주 토요일에 가요", date(2026, 12, 5)),
        ("12월 5일에 가자", date(2026, 12, 5)),
        ("2주 뒤에", date(2026, 12, 8)),
    ],
)
def test_the_second_language_names_days_too(plan: str, day: date) -> None:
    """The words are content, the arithmetic is the same."""
    assert day_named(plan, KOREAN, TUESDAY) == day
