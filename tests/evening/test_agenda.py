"""Which questions an evening asks, of whom, and in which order."""

from dataclasses import replace

import pytest

from tests.evening.played import tonight
from voice_checkin.evening.agenda import agenda, all_turns, follow_up, opened_by
from voice_checkin.evening.model import Meaning, Plan, Turn
from voice_checkin.evening.script import QUESTIONS


def test_who_is_first_tonight_is_first_throughout_but_for_the_plan() -> None:
    """Partners take turns at going first; the one who goes second proposes something new."""
    turns = agenda(replace(tonight(), partners=("Ben", "Ann")))

    assert [turn.partner for turn in turns if turn.question == "laugh.share"] == ["Ben", "Ann"]
    assert [turn.partner for turn in turns if turn.question == "new.plan"] == ["Ann"]


def test_each_plan_that_came_due_is_asked_after_before_all_else() -> None:
    """Two plans are two turns, in their order."""
    plans = [Plan("dance", id=1), Plan("swim", id=2)]

    assert [turn.about for turn in agenda(tonight(due=plans))[:3]] == [*plans, None]


@pytest.mark.parametrize(
    ("question", "meaning", "invited"),
    [
        ("appreciation.share", Meaning.SHARE, [Turn("Ben", "appreciation.reply")]),
        ("appreciation.share", Meaning.NOTHING, []),
        ("apology.owed", Meaning.YES, [Turn("Ann", "apology.say")]),
        ("apology.owed", Meaning.UNSURE, []),
        ("apology.say", Meaning.SHARE, [Turn("Ben", "apology.answer")]),
        ("laugh.share", Meaning.SHARE, []),
    ],
)
def test_an_answer_invites_what_belongs_to_it(question: str, meaning: Meaning, invited: list[Turn]) -> None:
    """Who was thanked answers, who owes an apology says it; nothing else brings a question."""
    assert list(follow_up(tonight(), Turn("Ann", question), meaning)) == invited


def test_only_what_an_answer_opened_falls_with_it() -> None:
    """The other partner's questions of the same kind stay."""
    turns = (
        Turn("Ann", "apology.owed"),
        Turn("Ann", "apology.say"),
        Turn("Ben", "apology.answer"),
        Turn("Ben", "apology.owed"),
        Turn("Ben", "apology.say"),
    )

    assert opened_by(turns, 0) == turns[1:3]
    assert opened_by(turns, 1) == turns[2:3]
    assert opened_by(turns, 2) == ()


def test_every_question_can_come_up() -> None:
    """No question of the evening is out of reach."""
    plan = Plan("dance", id=1)

    assert {turn.question for turn in all_turns(tonight(due=[plan]))} == set(QUESTIONS)
