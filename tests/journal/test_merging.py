"""Two journals of one couple become one: nothing twice, nothing overwritten."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.journal.examples import CLIMB, COUPLE, EVENING, TODAY, answer
from voice_checkin.evening.model import Night, Outcome
from voice_checkin.journal.forgetting import Chosen
from voice_checkin.journal.merging import Added, missing_answers, missing_plans
from voice_checkin.journal.store import Journal

LAUGH, CLOSE = answer(), answer("four", question="closeness.rating", partner="Sam")
EVERYTHING = Chosen()


def evening(*held: object, **more: object) -> Night:
    """A night that another journal holds."""
    return replace(Night(0, TODAY, "Alex", EVENING, answers=held), **more)  # type: ignore[arg-type]


def test_what_a_night_lacks_is_added(journal: Journal) -> None:
    """Answers and plans missing here are added to the night that is on both sides; a second time, none."""
    journal.take_in(COUPLE, [evening(LAUGH)])
    other = evening(LAUGH, CLOSE, plans=(CLIMB,))

    assert journal.take_in(COUPLE, [other]) == Added(answers=1, plans=1)
    assert journal.take_in(COUPLE, [other]) == Added()
    (night,) = journal.nights()
    assert (night.answers, [plan.said for plan in night.plans]) == ((LAUGH, CLOSE), [CLIMB.said])


def test_nothing_is_overwritten(journal: Journal) -> None:
    """Where both sides hold an answer or a plan, the one here stays, however the other reads."""
    journal.take_in(COUPLE, [evening(LAUGH, plans=(CLIMB,), tip="hug")])
    other = replace(LAUGH, said="the cat", at=EVENING + timedelta(minutes=1))

    settled = replace(CLIMB, outcome=Outcome.DONE)
    assert journal.take_in(COUPLE, [evening(other, plans=(settled,), tip="nap")]) == Added()
    (night,) = journal.nights()
    assert (night.answers, night.plans[0].outcome, night.tip) == ((LAUGH,), None, "hug")


def test_what_was_forgotten_here_stays_so(journal: Journal) -> None:
    """An import is no way round a forgetting."""
    journal.take_in(COUPLE, [evening(LAUGH, CLOSE)])
    journal.forget(Chosen(partner="Alex"), EVENING)

    assert journal.take_in(COUPLE, [evening(LAUGH, CLOSE)]) == Added()
    journal.forget(EVERYTHING, EVENING)
    assert journal.take_in(COUPLE, [evening(LAUGH, CLOSE)]) == Added()
    assert journal.nights() == ()


ANSWERS = st.lists(
    st.builds(
        answer,
        st.sampled_from("ab"),
        partner=st.sampled_from(COUPLE),
        question=st.sampled_from(("laugh.share", "new.outcome")),
        at=st.integers(0, 3).map(lambda minutes: EVENING + timedelta(minutes=minutes)),
    ),
    max_size=6,
)


@given(ANSWERS, ANSWERS)
def test_merging_settles(kept: list[object], came: list[object]) -> None:
    """Once what was missing is added, nothing is missing; and what is here lacks nothing of itself."""
    missing = missing_answers(kept, came)  # type: ignore[arg-type]

    assert missing_answers([*kept, *missing], came) == []  # type: ignore[list-item,arg-type]
    assert missing_answers(kept, kept) == []  # type: ignore[arg-type]


def test_two_plans_of_the_same_words_are_two() -> None:
    """The couple that plans the same thing twice has two plans; of them only the second is missing."""
    assert missing_plans([CLIMB], [CLIMB, CLIMB]) == [CLIMB]
