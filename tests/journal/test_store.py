"""What the evening keeps, and which night it is kept in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.journal.examples import CLIMB, COUPLE, EVENING, LAUGH, PLANNING, TODAY, TOMORROW, answer, files_of
from voice_checkin.errors import JournalError
from voice_checkin.evening.model import Meaning, Night, Outcome, Turn
from voice_checkin.evening.ports import Journal as JournalPort
from voice_checkin.journal.store import Journal, open_journal


def only_night(journal: Journal) -> Night:
    """The one night the journal holds."""
    (night,) = journal.nights()
    return night


def test_the_evening_finds_its_port(journal: Journal) -> None:
    """The journal is one that the evening can keep into; the type checker reads this line."""
    port: JournalPort = journal

    assert port is journal


def test_a_new_night_is_empty(journal: Journal) -> None:
    """A first evening begins now, with the first partner, and with nothing in it."""
    night = journal.open_night(EVENING, COUPLE)

    assert night == replace(
        night, date=TODAY, first="Alex", started_at=EVENING, ended_at=None, completed=False
    )
    assert (night.tip, night.answers, night.plans) == (None, (), ())
    assert only_night(journal) == night


@pytest.mark.parametrize(
    ("hour", "day"), [(21, date(2025, 11, 24)), (0, date(2025, 11, 23)), (4, date(2025, 11, 23)), (5, TODAY)]
)
def test_after_midnight_it_still_is_the_same_evening(journal: Journal, hour: int, day: date) -> None:
    """Until five in the morning an evening belongs to the day before."""
    assert journal.open_night(EVENING.replace(hour=hour, minute=0), COUPLE).date == day


@pytest.mark.parametrize("hours", [0, 1, 12])
def test_an_evening_that_broke_off_is_taken_up(journal: Journal, hours: int) -> None:
    """Within twelve hours, an evening goes on with all that was said in it."""
    night = journal.open_night(EVENING, COUPLE)
    journal.keep(night, answer())
    journal.keep_plan(night, PLANNING, CLIMB)

    again = journal.open_night(EVENING + timedelta(hours=hours), COUPLE)

    assert (again.id, again.started_at, again.answers) == (night.id, EVENING, (answer(),))
    assert [(plan.said, plan.due) for plan in again.plans] == [(CLIMB.said, CLIMB.due)]


def test_an_evening_stopped_on_the_way_is_taken_up(journal: Journal) -> None:
    """An evening that was stopped, not completed, can go on later the same night."""
    night = journal.open_night(EVENING, COUPLE)
    journal.close_night(night, EVENING, completed=False)

    assert journal.open_night(EVENING + timedelta(hours=1), COUPLE).id == night.id


def test_a_broken_off_evening_is_let_go_after_twelve_hours(journal: Journal) -> None:
    """What broke off yesterday stays yesterday's; tonight begins anew."""
    yesterday = journal.open_night(EVENING, COUPLE)

    assert journal.open_night(EVENING + timedelta(hours=12, seconds=1), COUPLE).id != yesterday.id


def test_a_second_check_in_on_one_date(journal: Journal) -> None:
    """A completed evening isn't taken up: another one on the same date begins beside it."""
    first = journal.open_night(EVENING, COUPLE)
    journal.close_night(first, EVENING, completed=True)

    second = journal.open_night(EVENING + timedelta(minutes=30), COUPLE)

    assert (second.id != first.id, second.date) == (True, first.date)
    assert [night.id for night in journal.nights(TODAY, TODAY)] == [first.id, second.id]


def test_partners_take_turns_at_going_first(journal: Journal) -> None:
    """Who was second last night is first tonight."""
    firsts = [journal.open_night(EVENING + timedelta(days=day), COUPLE).first for day in range(4)]

    assert firsts == ["Alex", "Sam", "Alex", "Sam"]


def test_turns_at_going_first_survive_the_clock_change(journal: Journal) -> None:
    """The hour that the clock repeats in autumn doesn't turn two evenings round."""
    berlin = ZoneInfo("Europe/Berlin")
    for moment in (datetime(2025, 10, 26, 0, 50, tzinfo=UTC), datetime(2025, 10, 26, 1, 10, tzinfo=UTC)):
        there = moment.astimezone(berlin)
        journal.close_night(journal.open_night(there, COUPLE), there, completed=True)

    nights = journal.nights()
    assert [f"{night.started_at:%H:%M}" for night in nights] == ["02:50", "02:10"]
    assert [night.first for night in nights] == ["Alex", "Sam"]
    assert journal.open_night(EVENING, COUPLE).first == "Alex"


def test_an_answer_comes_back_as_it_was_given(journal: Journal) -> None:
    """Meaning, value, words and moment of an answer are kept exactly; 4 stays 4, and "4" a text."""
    night = journal.open_night(EVENING, COUPLE)
    given = (
        answer(question="closeness.rating", meaning=Meaning.RATING, value=4, said="four"),
        answer(question="closeness.rating", meaning=Meaning.RATING, value=3.5, said="so so", partner="Sam"),
        answer(question="apology.owed", meaning=Meaning.YES, value="4", said="yes, 4\n\0\u202e times"),
    )
    for each in given:
        journal.keep(night, each)

    kept = only_night(journal).answers
    assert kept == given
    assert [type(each.value) for each in kept] == [int, float, str]


def test_a_correction_takes_the_place_of_the_answer(journal: Journal) -> None:
    """The same partner's second answer to a question replaces the first, where the first one stood."""
    night = journal.open_night(EVENING, COUPLE)
    journal.keep(night, answer("the cat"))
    journal.keep(night, answer("the dog", partner="Sam"))
    journal.keep(night, answer("the cat, on the piano"))

    assert [each.said for each in only_night(journal).answers] == ["the cat, on the piano", "the dog"]


def test_each_plan_has_its_own_answer(journal: Journal) -> None:
    """Answers to one question about two plans stand side by side; each is replaced on its own."""
    night = journal.open_night(EVENING, COUPLE)
    for about, said in ((1, "no"), (2, "yes"), (1, "yes, we did")):
        journal.keep(night, answer(said, question="new.outcome", about=about))

    assert [(each.about, each.said) for each in only_night(journal).answers] == [
        (1, "yes, we did"),
        (2, "yes"),
    ]


def test_a_plan_is_replaced_within_its_turn(journal: Journal) -> None:
    """A corrected plan replaces the first one; the other partner's plan stays."""
    night = journal.open_night(EVENING, COUPLE)
    journal.keep_plan(night, PLANNING, CLIMB)
    journal.keep_plan(night, Turn("Sam", "new.plan"), replace(CLIMB, said="paint the door"))
    journal.keep_plan(night, PLANNING, replace(CLIMB, said="swim", due=None))

    plans = only_night(journal).plans
    assert [(plan.said, plan.due) for plan in plans] == [("swim", None), ("paint the door", TOMORROW)]


def test_striking_removes_answer_and_plan_of_the_turn(journal: Journal) -> None:
    """'Strike that' takes away what was said and planned in this turn, and nothing else."""
    night = journal.open_night(EVENING, COUPLE)
    journal.keep(night, answer())
    journal.keep(night, answer(question="new.plan"))
    journal.keep_plan(night, PLANNING, CLIMB)
    journal.keep_plan(night, Turn("Sam", "new.plan"), replace(CLIMB, said="paint the door"))

    journal.strike(night, PLANNING)

    left = only_night(journal)
    assert [each.question for each in left.answers] == ["laugh.share"]
    assert [plan.said for plan in left.plans] == ["paint the door"]


def test_striking_nothing_is_no_fault(journal: Journal) -> None:
    """Where a turn has no answer, striking it changes nothing."""
    night = journal.open_night(EVENING, COUPLE)

    journal.strike(night, LAUGH)

    assert only_night(journal) == night


def test_striking_one_plans_answer_leaves_the_other(journal: Journal) -> None:
    """Off the record holds for the plan that was asked about, not for the next one."""
    night = journal.open_night(EVENING, COUPLE)
    journal.keep(night, answer("no", question="new.outcome", about=7))
    journal.keep(night, answer("yes", question="new.outcome", about=8))

    journal.strike(night, Turn("Alex", "new.outcome", replace(CLIMB, id=7)))

    assert [each.about for each in only_night(journal).answers] == [8]


def test_struck_words_are_gone_from_the_disk(journal: Journal, home: Path) -> None:
    """What was struck is in no file of the folder any more, while the evening still goes on."""
    night = journal.open_night(EVENING, COUPLE)
    journal.keep(night, answer("marzipan in the bed"))
    journal.keep_plan(night, LAUGH, replace(CLIMB, said="marzipan again"))
    assert any(b"marzipan" in held for held in files_of(home).values())

    journal.strike(night, LAUGH)

    assert not any(b"marzipan" in held for held in files_of(home).values())


def test_corrected_words_are_gone_from_the_disk_when_it_closes(home: Path) -> None:
    """A corrected answer's first words are in no file of the folder once the evening is over."""
    with open_journal(home) as journal:
        night = journal.open_night(EVENING, COUPLE)
        journal.keep(night, answer("marzipan in the bed"))
        journal.keep(night, answer("cake in the bed"))

    held = b"".join(files_of(home).values())
    assert (b"marzipan" in held, b"cake in the bed" in held) == (False, True)


def test_a_plan_may_be_let_go_while_its_answer_stays(journal: Journal) -> None:
    """Who doesn't want a plan takes nothing back of what the other said."""
    night = journal.open_night(EVENING, COUPLE)
    journal.keep(night, answer(question="new.plan"))
    journal.keep_plan(night, PLANNING, CLIMB)

    journal.strike(night, PLANNING, plan_only=True)

    [kept] = journal.nights()
    assert (len(kept.answers), kept.plans) == (1, ())


def test_a_picked_day_is_remembered_as_such(journal: Journal) -> None:
    """A day that the two chose comes back as chosen, also when it was moved."""
    night = journal.open_night(EVENING, COUPLE)
    journal.keep_plan(night, PLANNING, replace(CLIMB, picked=True))
    [plan] = journal.due_plans(TOMORROW)
    journal.settle(replace(plan, due=TODAY, picked=False))

    assert plan.picked
    assert not journal.due_plans(TOMORROW)[0].picked


def test_ideas_of_other_nights_are_known(journal: Journal) -> None:
    """What was offered and answered on another night isn't offered again; tonight's own still is."""
    night = journal.open_night(EVENING, COUPLE)
    journal.keep(night, answer(question="new.idea", meaning=Meaning.NO, value="way.home", about=1))
    journal.close_night(night, EVENING, completed=True)
    tonight = journal.open_night(EVENING + timedelta(days=1), COUPLE)
    journal.keep(tonight, answer(question="new.idea", meaning=Meaning.NO, value="kite", about=2))

    assert journal.ideas_offered(tonight) == {"way.home"}


def test_own_words_are_learned_and_forgotten(journal: Journal) -> None:
    """A word is there once, however it is written, and gone when it is forgotten."""
    journal.learn(["Mochi", "Niamh", "mochi"])
    assert journal.words() == ("Mochi", "Niamh")

    assert journal.unlearn(["Mochi"]) == 1
    assert journal.words() == ("Niamh",)


def test_a_settled_plan_isnt_due_any_more(journal: Journal) -> None:
    """A plan is due from its day on, again on its new day when it was moved, and never when it was done."""
    night = journal.open_night(EVENING, COUPLE)
    journal.keep_plan(night, PLANNING, CLIMB)
    assert journal.due_plans(TODAY) == ()
    (plan,) = journal.due_plans(TOMORROW)
    assert (plan.said, plan.due, plan.outcome) == (CLIMB.said, TOMORROW, None)

    journal.settle(replace(plan, outcome=Outcome.MOVED, due=date(2025, 11, 30)))
    assert journal.due_plans(date(2025, 11, 29)) == ()
    assert [moved.id for moved in journal.due_plans(date(2025, 11, 30))] == [plan.id]

    journal.settle(replace(plan, outcome=Outcome.DONE))
    assert journal.due_plans(date(2026, 1, 1)) == ()


def test_a_tip_is_noted_once_a_day(journal: Journal) -> None:
    """A tip said twice on a day was heard once, and the night remembers it."""
    journal.hear_tip(TODAY, "hug")
    night = journal.open_night(EVENING, COUPLE)
    journal.hear_tip(TODAY, "hug", night)
    journal.hear_tip(TOMORROW, "walk")

    assert journal.tips_heard() == ((TODAY, "hug"), (TOMORROW, "walk"))
    assert only_night(journal).tip == "hug"


def test_a_night_ends(journal: Journal) -> None:
    """When an evening ended, and whether it came to its end, is kept."""
    night = journal.open_night(EVENING, COUPLE)
    journal.close_night(night, EVENING + timedelta(minutes=9), completed=True)

    ended = only_night(journal)
    assert (ended.ended_at, ended.completed) == (EVENING + timedelta(minutes=9), True)


def test_unreadable_bytes_of_a_keyboard_lose_no_answer(journal: Journal) -> None:
    """An answer typed in another encoding is kept, with a mark where it couldn't be read."""
    night = journal.open_night(EVENING, COUPLE)
    journal.keep(night, answer("caf\udce9", value="caf\udce9"))

    assert [(each.said, each.value) for each in only_night(journal).answers] == [("caf?", "caf?")]


def test_renaming_keeps_answers_with_their_person(journal: Journal) -> None:
    """Whoever is renamed keeps all that they have said."""
    night = journal.open_night(EVENING, ("One", "Two"))
    journal.keep(night, answer(partner="Two"))

    journal.name_partners(COUPLE)

    assert journal.partners() == COUPLE
    assert [each.partner for each in only_night(journal).answers] == ["Sam"]


@pytest.mark.parametrize(
    ("names", "speaker"), [(("Sam", "Alex"), "Alex"), (("Sam", "Kim"), "Kim"), (("alex", "Sam"), "alex")]
)
def test_a_known_name_stays_with_its_person(journal: Journal, names: tuple[str, str], speaker: str) -> None:
    """Named the other way round, the two change their order; nobody's words go to the other."""
    journal.name_partners(COUPLE)
    journal.keep(journal.open_night(EVENING, ("One", "Two")), answer(partner="Alex"))

    journal.name_partners(names)

    assert journal.partners() == names
    assert [each.partner for each in only_night(journal).answers] == [speaker]


@pytest.mark.parametrize("names", [("Alex", "Alex"), ("Alex", "ALEX"), ("Alex", " "), ("", "Sam")])
def test_names_must_tell_the_two_apart(journal: Journal, names: tuple[str, str]) -> None:
    """Two names that nobody could tell apart are refused, and the old ones stay."""
    journal.name_partners(COUPLE)

    with pytest.raises(JournalError, match="two different names"):
        journal.name_partners(names)

    assert journal.partners() == COUPLE


def test_renamed_during_the_evening_the_evening_goes_on(journal: Journal, home: Path) -> None:
    """Where the two are renamed in another window, what is said meanwhile is kept with the right person."""
    night = journal.open_night(EVENING, ("One", "Two"))
    with open_journal(home) as elsewhere:
        elsewhere.name_partners(COUPLE)

    journal.keep(night, answer(partner="Two"))

    assert [each.partner for each in only_night(journal).answers] == ["Sam"]
