"""Nights, seen together."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from voice_checkin.evening.model import Answer, Meaning, Night, Outcome, Plan
from voice_checkin.evening.review import holding, on_this_night, summarise

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
    found = on_this_night([night(day) for day in days], TODAY)

    assert {one.date for one in found} == set(days[1:5])


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


def test_words_are_looked_for_in_answers_and_plans() -> None:
    """All words must have been said in the night, in any case."""
    tea = Answer("Ann", "laugh.share", Meaning.SHARE, None, "You made tea", AT)
    found = night(TODAY, tea, plans=(Plan("dance"),))
    other = replace(found, answers=(), plans=())

    assert holding([found, other], "TEA made") == (found,)
    assert holding([found, other], "danc") == (found,)
    assert holding([found, other], "tea coffee") == ()
