"""Looking back: nights by date, partner and topic."""

from datetime import date, timedelta

import pytest

from tests.journal.examples import CLIMB, COUPLE, EVENING, TODAY, answer
from voice_checkin.evening.model import Meaning, Turn
from voice_checkin.journal.store import Journal

WEEK = tuple(TODAY + timedelta(days=day) for day in range(5))


@pytest.fixture
def week(journal: Journal) -> Journal:
    """Five completed nights; Alex laughs in each, Sam rates in the even ones, and plans in the last."""
    for day in range(5):
        moment = EVENING + timedelta(days=day)
        night = journal.open_night(moment, COUPLE)
        journal.keep(night, answer(f"laugh {day}", at=moment))
        if day % 2 == 0:
            rating = {"question": "closeness.rating", "meaning": Meaning.RATING, "value": day}
            journal.keep(night, answer("so close", partner="Sam", at=moment, **rating))  # type: ignore[arg-type]
        if day == 4:
            journal.keep_plan(night, Turn("Sam", "new.plan"), CLIMB)
        journal.close_night(night, moment, completed=True)
    return journal


def test_nights_come_oldest_first(week: Journal) -> None:
    """All nights, in the order in which they were."""
    assert tuple(night.date for night in week.nights()) == WEEK


def test_a_span_includes_its_first_and_last_day(week: Journal) -> None:
    """`since` and `until` are both part of what is asked for."""
    assert tuple(night.date for night in week.nights(since=WEEK[1], until=WEEK[3])) == WEEK[1:4]
    assert week.nights(since=date(2030, 1, 1)) == ()


@pytest.mark.parametrize(("last", "found"), [(0, ()), (2, WEEK[3:]), (99, WEEK)])
def test_the_last_nights_are_the_newest(week: Journal, last: int, found: tuple[date, ...]) -> None:
    """Of many nights the last ones are shown, still oldest first."""
    assert tuple(night.date for night in week.nights(last=last)) == found


def test_one_partners_nights_hold_only_their_words(week: Journal) -> None:
    """Asked for Sam, nights without a word of Sam are left out, and in the others only Sam speaks."""
    nights = week.nights(partner="Sam")

    assert [night.date for night in nights] == [WEEK[0], WEEK[2], WEEK[4]]
    assert {each.partner for night in nights for each in night.answers} == {"Sam"}
    assert [plan.said for night in nights for plan in night.plans] == [CLIMB.said]


@pytest.mark.parametrize("topic", ["closeness", "closeness.rating"])
def test_a_topic_is_a_question_or_its_first_part(week: Journal, topic: str) -> None:
    """A topic can be named in short or in full."""
    nights = week.nights(topic=topic, last=2)

    assert [night.date for night in nights] == [WEEK[2], WEEK[4]]
    assert {each.question for night in nights for each in night.answers} == {"closeness.rating"}
    assert not any(night.plans for night in nights)


def test_a_plan_alone_makes_a_night_fit(week: Journal) -> None:
    """A night in which something new was planned is about the new, even where no answer is."""
    (night,) = week.nights(topic="new")

    assert ([plan.said for plan in night.plans], night.answers) == ([CLIMB.said], ())


@pytest.mark.parametrize("topic", ["clos", "closeness.", "close%", "_loseness", "rating"])
def test_a_topic_is_taken_by_its_word(week: Journal, topic: str) -> None:
    """Half a topic and signs that databases know are no topic."""
    assert week.nights(topic=topic) == ()


def test_partner_and_topic_together(week: Journal) -> None:
    """Both narrow the search: Alex never rated."""
    assert week.nights(partner="Alex", topic="closeness") == ()
    assert len(week.nights(partner="Sam", topic="closeness", since=WEEK[1])) == 2


def test_an_unnamed_journal_has_no_partners(journal: Journal) -> None:
    """Before the two are named there are no names, no nights, no tips and no plans."""
    assert journal.partners() == ()
    assert journal.nights() == ()
    assert journal.tips_heard() == ()
    assert journal.due_plans(TODAY) == ()


def test_private_words_stay_out_of_a_nights_repr(week: Journal) -> None:
    """What is read may end in a traceback; its words do not."""
    assert "laugh 1" not in repr(week.nights())
