"""Nights, seen together."""

from datetime import UTC, date, datetime, timedelta

from voice_checkin.evening.model import Answer, Meaning, Night, Outcome, Plan
from voice_checkin.evening.review import WEEKS, on_this_night, overview, summarise

AT = datetime(2026, 3, 1, 21, 0, tzinfo=UTC)
TODAY = AT.date()


def night(day: date, *answers: Answer, plans: tuple[Plan, ...] = ()) -> Night:
    """An evening of this day."""
    return Night(day.toordinal(), day, "Ann", AT, AT, completed=True, answers=answers, plans=plans)


def rated(partner: str, rating: float) -> Answer:
    """A rating of closeness."""
    return Answer(partner, "closeness.rating", Meaning.RATING, rating, str(rating), AT)


def test_the_rhythm_counts_days_of_three_weeks() -> None:
    """Two evenings on one day are one; what lies behind three weeks, or ahead, doesn't count."""
    days = [0, 0, 1, 20, 21, -1]
    nights = [night(TODAY - timedelta(days=ago)) for ago in days]

    assert summarise(nights, TODAY).rhythm == 3


def test_closeness_is_the_mean_of_what_each_one_felt() -> None:
    """Each partner has a figure; who never gave one has none."""
    nights = [night(TODAY, rated("Ann", 3), rated("Ben", 5)), night(TODAY, rated("Ann", 4))]
    skipped = Answer("Eve", "closeness.rating", Meaning.SKIP, None, "skip", AT)

    assert summarise([*nights, night(TODAY, skipped)], TODAY).closeness == {"Ann": 3.5, "Ben": 5.0}


def test_on_this_night_of_earlier_times() -> None:
    """The same day of earlier years, and the nights a month and a week ago; not tonight's own."""
    days = [
        TODAY,
        date(2025, 3, 1),
        date(2024, 3, 1),
        date(2026, 1, 30),
        date(2026, 2, 22),
        date(2026, 2, 21),
    ]
    assert on_this_night(days, TODAY) == tuple(days[1:5])


def test_plans_are_open_until_they_are_done_or_dropped() -> None:
    """One that was moved is still open; one that was dropped is told no more."""
    outcomes = [None, Outcome.MOVED, Outcome.DONE, Outcome.DROPPED]
    plans = [Plan(f"plan {n}", TODAY, outcome) for n, outcome in enumerate(outcomes)]
    review = summarise([night(TODAY, plans=tuple(plans))], TODAY)

    assert review.open_plans == tuple(plans[:2])
    assert review.done_plans == (plans[2],)


def test_before_the_first_night_there_is_nothing() -> None:
    """An empty journal has an empty review."""
    review = summarise([], TODAY)

    assert (review.nights, review.rhythm, review.closeness) == ((), 0, {})


def test_the_first_look_back_tells_what_was_lately() -> None:
    """Nights and their rhythm, laughs and plans done with the latest first; closeness week by week."""
    laughs = [Answer("Ben", "laugh.share", Meaning.SHARE, None, said, AT) for said in ("cat", "dog")]
    skipped = Answer("Ann", "laugh.share", Meaning.SKIP, None, "skip", AT)
    done = [Plan(said, TODAY, Outcome.DONE) for said in ("swim", "dance")]
    days = [date(2024, 1, 1), TODAY - timedelta(weeks=WEEKS), TODAY - timedelta(days=7), TODAY]
    nights = [
        night(days[1], rated("Ann", 1)),
        night(days[2], laughs[0], rated("Ann", 2), rated("Ann", 3), plans=(done[0],)),
        night(days[3], laughs[1], skipped, rated("Ann", 4), plans=(done[1],)),
    ]

    seen = overview(days, nights, (), TODAY)

    assert (seen.nights, seen.first, seen.rhythm) == (4, days[0], 2)
    assert [(day, laugh.said) for day, laugh in seen.laughs] == [(days[3], "dog"), (days[2], "cat")]
    assert [plan.said for plan in seen.done_plans] == ["dance", "swim"]
    assert seen.closeness == {"Ann": (*[None] * (WEEKS - 2), 2.5, 4.0)}


def test_plans_to_come_are_told_first() -> None:
    """By their days; then what has no day; then what has gone by, the latest first."""
    days = [TODAY - timedelta(days=9), None, TODAY + timedelta(days=2), TODAY, TODAY - timedelta(days=1)]
    plans = [Plan(f"plan {number}", day) for number, day in enumerate(days)]

    seen = overview([TODAY], [], plans, TODAY)

    assert [plan.said[-1] for plan in seen.open_plans] == ["3", "2", "1", "4", "0"]
