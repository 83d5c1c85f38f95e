"""Which questions an evening asks, of whom, and in which order."""

from dataclasses import replace

import pytest

from tests.evening.played import SIGNS, STARTED, tonight
from voice_checkin.evening.agenda import Tonight, after, agenda, all_turns, follow_up, opened_by, weekly
from voice_checkin.evening.model import Meaning, Plan, Remembered, Turn
from voice_checkin.evening.script import QUESTIONS, WEEKLY_QUESTIONS


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
        ("apology.say", Meaning.SHARE, [Turn("Ann", "apology.repair"), Turn("Ben", "apology.answer")]),
        ("apology.say", Meaning.PARK, []),
        ("laugh.share", Meaning.SHARE, []),
        ("laugh.share", Meaning.NOTHING, [Turn("Ann", "laugh.light")]),
        ("new.outcome", Meaning.YES, []),
        ("new.outcome", Meaning.NO, [Turn("Ann", "new.later")]),
        ("new.plan", Meaning.NOTHING, []),
    ],
)
def test_an_answer_invites_what_belongs_to_it(question: str, meaning: Meaning, invited: list[Turn]) -> None:
    """Who was thanked answers, an apology has its parts, what didn't happen may wait."""
    assert list(follow_up(tonight(), Turn("Ann", question), meaning)) == invited


def test_only_what_an_answer_opened_falls_with_it() -> None:
    """The other partner's questions of the same kind stay."""
    turns = (
        Turn("Ann", "apology.owed"),
        Turn("Ann", "apology.say", opened_by="apology.owed"),
        Turn("Ann", "apology.repair", opened_by="apology.say"),
        Turn("Ben", "apology.answer", opened_by="apology.say"),
        Turn("Ben", "apology.owed"),
        Turn("Ben", "apology.say", opened_by="apology.owed"),
    )

    assert opened_by(turns, 0) == turns[1:4]
    assert opened_by(turns, 1) == turns[2:4]
    assert opened_by(turns, 3) == ()


def test_every_question_can_come_up() -> None:
    """No question of the evening, or of the weekly look, is out of reach."""
    memory = Remembered("Ann", "you laughed so hard", STARTED, 1)
    evening = tonight(
        due=[Plan("dance", id=1)],
        last_tip="way.listen",
        memory=memory,
        parked=(memory,),
        is_weekly=True,
        ideas=("kite",),
    )

    assert _reached(evening) == {*QUESTIONS, *WEEKLY_QUESTIONS, *SIGNS}


def _reached(evening: Tonight) -> set[str]:
    """Every question that some answers lead to."""
    found, fresh = set[str](), list(agenda(evening))
    while fresh:
        turn = fresh.pop()
        if turn.question in found:
            continue
        found.add(turn.question)
        for meaning in (Meaning.YES, Meaning.NO, Meaning.NOTHING, Meaning.SHARE):
            fresh += after(evening, (turn,), 0, meaning, "words")
    return found


def test_what_the_evening_is_likely_to_ask_is_known_ahead() -> None:
    """The agenda itself, the weekly look where it is its evening, and what its answers open."""
    ahead = all_turns(tonight(is_weekly=True))

    assert {*agenda(tonight(is_weekly=True)), *weekly(tonight())} <= set(ahead)
    assert Turn("Ben", "appreciation.reply") in ahead
    assert Turn("Ann", "apology.say") in ahead
