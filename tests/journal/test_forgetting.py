"""Forgetting: out of sight at once, back for thirty days, then gone to the last byte."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journal.examples import CLIMB, COUPLE, EVENING, TODAY, TOMORROW, answer, files_of
from voice_checkin.errors import JournalError
from voice_checkin.evening.model import Night, Turn
from voice_checkin.journal import file
from voice_checkin.journal.exchange import export_json
from voice_checkin.journal.forgetting import KEPT_BACK, Chosen
from voice_checkin.journal.store import FILE_NAME, Journal, open_journal

NIGHT = Chosen(night=TODAY)
ALEX = Chosen(partner="Alex")
ANSWER = Chosen(TODAY, "new.plan", "Alex")
EVERYTHING = Chosen()


@pytest.fixture
def kept(journal: Journal) -> Journal:
    """Two evenings in which each of the two laughs and plans, and a word of their own."""
    for day in range(2):
        night = journal.open_night(EVENING + timedelta(days=day), COUPLE)
        for name in COUPLE:
            journal.keep(night, answer(f"marzipan laugh of {name}", partner=name))
            journal.keep(night, answer(f"marzipan plan of {name}", partner=name, question="new.plan"))
            plan = replace(CLIMB, said=f"marzipan plan of {name}")
            journal.keep_plan(night, Turn(name, "new.plan"), plan)
        journal.close_night(night, EVENING, completed=False)
    journal.learn(["Marzipan"])
    return journal


def words(nights: tuple[Night, ...]) -> list[str]:
    """Everything that was said, in order."""
    kept = [([each.said for each in night.answers], [plan.said for plan in night.plans]) for night in nights]
    return [said for answers, plans in kept for said in (*answers, *plans)]


@pytest.mark.parametrize(
    ("chosen", "count", "left"),
    [(ANSWER, 2, 10), (NIGHT, 7, 6), (ALEX, 6, 6), (EVERYTHING, 15, 0)],
)
def test_what_is_forgotten_comes_back_as_it_was(kept: Journal, chosen: Chosen, count: int, left: int) -> None:
    """An answer with its plan, a night, one partner's words or all: out of what is read, and back again."""
    before = export_json(kept)
    everything = words(kept.nights())

    assert kept.forget(chosen, EVENING) == count
    assert len(words(kept.nights())) == left
    assert kept.forget(chosen, EVENING) == 0
    assert kept.bring_back(chosen) == count
    assert (export_json(kept), words(kept.nights())) == (before, everything)


def test_what_is_forgotten_is_in_nothing_that_is_read(kept: Journal) -> None:
    """No plan comes due, no word is known, no evening is taken up from what was forgotten."""
    (first, _) = kept.nights()
    kept.forget(EVERYTHING, EVENING)

    assert (kept.nights(), kept.due_plans(TOMORROW), kept.words()) == ((), (), ())
    assert kept.open_night(first.started_at, COUPLE).id != first.id


def test_one_partners_words_leave_the_others(kept: Journal) -> None:
    """What Sam said stays when Alex's words are forgotten."""
    kept.forget(ALEX, EVENING)

    assert all(said.endswith("Sam") for said in words(kept.nights()))
    assert all(plan.said.endswith("Sam") for plan in kept.due_plans(TOMORROW))


def test_an_imported_plan_goes_with_the_answer_it_was_said_in(kept: Journal, tmp_path: Path) -> None:
    """An import doesn't say who made a plan: the words tell, and are forgotten with the others."""
    with open_journal(tmp_path / "elsewhere") as elsewhere:
        elsewhere.take_in(COUPLE, kept.nights())
        elsewhere.erase(ALEX)

        assert elsewhere.nights()
        assert all(said.endswith("Sam") for said in words(elsewhere.nights()))


def test_an_answer_given_anew_is_there(kept: Journal) -> None:
    """Asked again in the same evening, what is said takes the place of what was forgotten."""
    (night, _) = kept.nights()
    kept.forget(ALEX, EVENING)
    kept.keep(night, answer("the cat"))
    kept.learn(["Marzipan"])

    assert "the cat" in words(kept.nights())
    assert kept.words() == ("Marzipan",)


@pytest.mark.parametrize(
    "gone",
    [
        lambda journal: journal.erase(EVERYTHING),
        lambda journal: (journal.forget(EVERYTHING, EVENING), journal.erase(EVERYTHING)),
        lambda journal: (
            journal.forget(EVERYTHING, EVENING),
            journal.purge(EVENING + KEPT_BACK + timedelta(1)),
        ),
    ],
    ids=["at once", "after a soft one", "overdue"],
)
def test_no_byte_stays(kept: Journal, home: Path, gone: Callable[[Journal], object]) -> None:
    """What is truly forgotten is in no file of the folder, while the journal is still open.

    The index has words in small letters, and where they begin as the one before leaves the beginning out.
    """
    assert any(b"zipan" in held.lower() for held in files_of(home).values())

    gone(kept)

    assert not any(b"zipan" in held.lower() for held in files_of(home).values())
    assert kept.bring_back(EVERYTHING) == 0


def test_one_partners_bytes_go_and_the_others_stay(kept: Journal, home: Path) -> None:
    """Of Alex's words no byte stays; Sam's are whole."""
    kept.erase(ALEX)

    held = b"".join(files_of(home).values())
    assert (b"of Alex" in held, b"of Sam" in held) == (False, True)
    kept.check()


def test_thirty_days_are_kept(kept: Journal) -> None:
    """Until the thirtieth day nothing is overdue, and a purge takes only what is."""
    kept.forget(NIGHT, EVENING)
    kept.forget(Chosen(night=TOMORROW), EVENING + timedelta(days=1))

    assert not kept.is_overdue(EVENING + KEPT_BACK)
    after = EVENING + KEPT_BACK + timedelta(minutes=1)
    assert kept.is_overdue(after)
    kept.purge(after)
    assert not kept.is_overdue(after)
    kept.bring_back(EVERYTHING)
    assert [night.date for night in kept.nights()] == [TOMORROW]


def test_while_another_reads_it_is_told(kept: Journal, home: Path) -> None:
    """A program that is just reading keeps the log: the words are out, and that is said."""
    kept._db.execute("PRAGMA busy_timeout = 0")  # noqa: SLF001 - the same answer, without three seconds of patience
    other = file.connect_read_only(home / FILE_NAME)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM answers").fetchone()

    with pytest.raises(JournalError, match="still reads"):
        kept.erase(ALEX)

    other.close()
    kept.close()
    assert not any(b"of Alex" in held for held in files_of(home).values())


def test_nobody_of_that_name(kept: Journal) -> None:
    """A name that neither has is refused without repeating it, and nothing changes."""
    before = kept.nights()
    with pytest.raises(JournalError, match="called that") as told:
        kept.erase(Chosen(partner="Kim"))

    assert "Kim" not in str(told.value)
    assert kept.nights() == before
