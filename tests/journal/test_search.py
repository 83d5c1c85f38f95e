"""Words that were said: found as people type them, marked where they stand, and gone when they go."""

import random
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.journal.examples import CLIMB, COUPLE, EVENING, LAUGH, PLANNING, TODAY, TOMORROW, answer, files_of
from voice_checkin.evening.model import Answer, Meaning, Turn
from voice_checkin.evening.review import Found
from voice_checkin.journal import file
from voice_checkin.journal.forgetting import KEPT_BACK, Chosen
from voice_checkin.journal.migrations import MIGRATIONS, migrate
from voice_checkin.journal.search import Wanted
from voice_checkin.journal.store import FILE_NAME, Journal, open_journal

TYPED = "abZ é'\"-*().:^+,!?~AND OR NOT NEAR"
"""Letters, and all that means something to a full-text search."""


def keep(journal: Journal, *said: str | Answer, day: int = 0) -> None:
    """Keep an evening in which this was said, each in answer to a question of its own."""
    night = journal.open_night(EVENING + timedelta(days=day), COUPLE)
    for number, words in enumerate(said):
        given = words if isinstance(words, Answer) else answer(words, question=f"laugh.{number}")
        journal.keep(night, given)
    journal.close_night(night, EVENING, completed=True)


def search(journal: Journal, words: str, **more: object) -> Found:
    """What is found of these words."""
    return journal.look_up(Wanted(words=words, **more), 99)  # type: ignore[arg-type]


def hits(journal: Journal, words: str, **more: object) -> list[str]:
    """Every answer and plan that was found, the words looked for in brackets."""
    found = search(journal, words, **more)
    kept = [
        ([each.said for each in night.answers], [plan.said for plan in night.plans]) for night in found.nights
    ]
    texts = [said for answers, plans in kept for said in (*answers, *plans)]
    assert len(texts) == found.answers + found.plans
    marked = []
    for text in texts:
        shown = text
        for begin, end in reversed(found.marks[text]):
            shown = f"{shown[:begin]}[{shown[begin:end]}]{shown[end:]}"
        marked.append(shown)
    return marked


@pytest.mark.parametrize(
    ("said", "words", "shown"),
    [
        ("We laughed so much", "laughing", "We [laughed] so much"),
        ("the DANCES, and dancing", "dance", "the [DANCES], and [dancing]"),
        ("Zoë's crème brûlée", "creme BRULEE", "Zoë's [crème] [brûlée]"),
        ("I didn't, you didn\u2019t", "didn't", "I [didn't], you [didn\u2019t]"),
        ("good night, my good friend", '"good night"', "[good night], my good friend"),
        ("grandfather's grandson", "grand*", "[grandfather]'s [grandson]"),
        ("마르지판을 먹었어요", "마르지판", "[마르지판을] 먹었어요"),
        ("🎉 tea 🎉 for two", "🎉 tea", "🎉 [tea] 🎉 for two"),
        ("a self-made cake", "self-made", "a [self-made] cake"),
        ("either this OR that", "or", "either this [OR] that"),
    ],
)
def test_words_are_found_and_marked(journal: Journal, said: str, words: str, shown: str) -> None:
    """In any case, with other endings, without accents; in quotes side by side; with a star, beginnings."""
    keep(journal, said, "something else")

    assert hits(journal, words) == [shown]


@pytest.mark.parametrize(
    "words", ["team", "night good", '"friend good"', "grand", "!?", "🎉", '"', "''", "* - ^"]
)
def test_other_words_are_not(journal: Journal, words: str) -> None:
    """A longer word, a part of one, another order in quotes, and signs alone find nothing, and no fault."""
    keep(journal, "tea for a good friend", "my grandfather")

    assert search(journal, words) == Found((), 0)


def test_all_words_were_said_in_one_night(journal: Journal) -> None:
    """In one answer or in several; only those that hold one are shown."""
    keep(journal, "tea with Nana", "the cat sang", "nothing of it")
    keep(journal, "tea alone", day=1)

    assert hits(journal, "cat tea") == ["[tea] with Nana", "the [cat] sang"]
    assert search(journal, "cat tea").in_all == 1


def test_words_of_plans_are_found(journal: Journal) -> None:
    """Plans are searched as answers are, and counted apart."""
    night = journal.open_night(EVENING, COUPLE)
    journal.keep_plan(night, PLANNING, CLIMB)

    assert hits(journal, "hills") == ["climb the [hill] behind the house"]
    assert (search(journal, "hills").answers, search(journal, "hills").plans) == (0, 1)


def test_a_search_is_narrowed_as_all_else(journal: Journal) -> None:
    """By partner, topic and day; of many nights the newest are shown, and all are counted."""
    for day in range(3):
        sam = answer("tea by Sam", partner="Sam", question="appreciation.share")
        keep(journal, answer("tea by Alex"), sam, day=day)

    assert hits(journal, "tea", partner="Sam", until=TODAY) == ["[tea] by Sam"]
    assert hits(journal, "tea", topic="laugh", days=(TOMORROW,)) == ["[tea] by Alex"]
    assert search(journal, "tea Alex", partner="Sam").in_all == 0
    newest = journal.look_up(Wanted(words="tea"), 1)
    assert ([night.date for night in newest.nights], newest.in_all) == ([TODAY + timedelta(days=2)], 3)
    assert newest.answers == 6


def test_what_was_skipped_or_put_aside_is_not_found(journal: Journal) -> None:
    """It isn't dwelt on: words are looked for only where something was told."""
    for number, meaning in enumerate((Meaning.SKIP, Meaning.NOTHING, Meaning.PARK)):
        keep(journal, answer("tea, not now", meaning=meaning), day=number)

    assert search(journal, "tea").in_all == 0


def test_what_is_forgotten_is_not_found_until_it_is_back(journal: Journal) -> None:
    """Out of every search at once, for as long as it is forgotten."""
    keep(journal, "marzipan", answer("tea", partner="Sam"))

    journal.forget(Chosen(partner="Alex"), EVENING)
    assert hits(journal, "marzipan") == []
    journal.bring_back(Chosen(partner="Alex"))
    assert hits(journal, "marzipan") == ["[marzipan]"]
    journal.forget(Chosen(night=TODAY), EVENING)
    assert hits(journal, "tea") == []


@given(words=st.text(max_size=40))
@example("a\0b")
@example("\ud800 \ufdd0 \ufdd1")
@example("NEAR(a b, 2) AND said:x*")
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_words_are_a_fault(journal: Journal, words: str) -> None:
    """Whatever is typed, it is looked for, and nothing in it commands the search."""
    assert search(journal, words).in_all == 0


@given(said=st.text(TYPED, min_size=1, max_size=40).filter(lambda said: any(map(str.isalnum, said))))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_was_said_finds_itself(journal: Journal, said: str) -> None:
    """Typed as it was said, with all its signs, an answer is found."""
    night = journal.open_night(EVENING, COUPLE)
    journal.keep(night, answer(said))

    assert [held.said for held in search(journal, said).nights[0].answers] == [said]


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_a_journal_of_an_earlier_version_is_searched(tmp_path: Path, version: int) -> None:
    """What was said before there was an index is in it."""
    with closing(file.connect(tmp_path / FILE_NAME)) as db:
        migrate(db, MIGRATIONS[:version])
        db.execute("INSERT INTO partners (place, name) VALUES (0, 'Alex'), (1, 'Sam')")
        night = (TODAY.isoformat(), EVENING.isoformat())
        db.execute("INSERT INTO nights (date, first_id, started_at) VALUES (?, 1, ?)", night)
        db.execute(
            "INSERT INTO answers (night_id, partner_id, question, meaning, said, at)"
            "VALUES (1, 1, 'laugh.share', 'share', 'the cat sang', ?)",
            (EVENING.isoformat(),),
        )
        db.execute("INSERT INTO plans (night_id, question, said) VALUES (1, 'new.plan', 'sing with the cat')")

    with open_journal(tmp_path) as journal:
        assert hits(journal, "cats") == ["the [cat] sang", "sing with the [cat]"]


def _corrected(journal: Journal) -> None:
    keep(journal, "marzipan")
    night = journal.open_night(EVENING + timedelta(days=1), COUPLE)
    for said in ("the marzipan", "the cat"):
        journal.keep(night, answer(said))
        journal.keep_plan(night, PLANNING, replace(CLIMB, said=said))


def _struck(journal: Journal) -> None:
    _corrected(journal)
    journal.strike(journal.nights()[-1], LAUGH)


def _brought_in(journal: Journal) -> None:
    _corrected(journal)
    nights = journal.nights()
    journal.erase(Chosen())
    journal.take_in(COUPLE, nights)
    journal.take_in(COUPLE, [replace(nights[0], answers=(answer("more", question="laugh.light"),))])


def _purged(journal: Journal) -> None:
    _corrected(journal)
    journal.forget(Chosen(night=TODAY), EVENING)
    journal.purge(EVENING + KEPT_BACK + timedelta(1))
    keep(journal, "after it", day=2)


@pytest.mark.parametrize("changed", [_corrected, _struck, _brought_in, _purged])
def test_the_index_is_what_the_journal_holds(journal: Journal, changed: Callable[[Journal], None]) -> None:
    """After keeping, correcting, striking, erasing and importing no word is missing and none too many."""
    changed(journal)

    for table in ("answers", "plans"):
        check = f"INSERT INTO {table}_said ({table}_said, rank) VALUES ('integrity-check', 1)"  # noqa: S608 - ours
        journal._db.execute(check)  # noqa: SLF001 - SQLite's own comparison of the index with the texts


def _words(count: int) -> list[str]:
    """So many words of nobody's language, none of which begins as another or ends as one."""
    chance = random.Random(5)  # noqa: S311 - the same in every run
    letters = "bcdfghjklmnpqrtvwxz"  # no ending that a stemmer would cut off
    return sorted({"".join(chance.choices(letters, k=12)) for _ in range(count)})


@pytest.mark.parametrize("gone", ["struck", "corrected", "erased"])
def test_no_piece_of_a_word_stays_in_the_index(home: Path, gone: str) -> None:
    """Of words that go no file holds the end, in small letters as the index has it; others are whole.

    The index writes the beginning of a word but once; its last letters tell it. Among hundreds of answers
    the first and the last of their words are those by which its pages are told apart.
    """
    words = _words(400)
    leaving = {words[0], words[1], words[200], words[-1]}
    with open_journal(home) as journal:
        night = journal.open_night(EVENING, COUPLE)
        turns = {word: Turn("Alex", f"laugh.{number}") for number, word in enumerate(words)}
        for word, turn in turns.items():
            journal.keep(night, answer(word.upper(), question=turn.question))
            if gone == "erased" and word in leaving:
                journal.keep_plan(night, turn, replace(CLIMB, said=word.upper()))
        for word in sorted(leaving):
            match gone:
                case "struck":
                    journal.strike(night, turns[word])
                case "corrected":
                    journal.keep(night, answer("another", question=turns[word].question))
                case _:
                    journal.erase(Chosen(question=turns[word].question))
    held = b"".join(files_of(home).values()).lower()

    assert not [word for word in leaving if word[-7:].encode() in held]
    assert all(word[-7:].encode() in held for word in words if word not in leaving)


def test_a_search_reads_what_another_keeps(home: Path, journal: Journal) -> None:
    """While the evening goes on in one program, another finds what was said a moment ago."""
    night = journal.open_night(EVENING, COUPLE)
    with open_journal(home) as other:
        journal.keep(night, answer("the cat sang"))

        assert hits(other, "sang") == ["the cat [sang]"]


def test_topics_days_and_open_plans(journal: Journal) -> None:
    """What looking back asks besides: keys of questions, days in order, plans not done."""
    keep(journal, answer("tea"), day=1)
    keep(journal, answer("tea", question="new.plan"), day=-1)
    night = journal.open_night(EVENING, COUPLE)
    journal.keep_plan(night, PLANNING, CLIMB)
    journal.keep_plan(night, Turn("Sam", "new.plan"), replace(CLIMB, said="swim", due=None))

    assert journal.topics() == {"laugh.share", "new.plan"}
    assert journal.days() == (TODAY - timedelta(days=1), TODAY, TOMORROW)
    assert [plan.said for plan in journal.open_plans()] == ["swim", CLIMB.said]
    journal.forget(Chosen(), EVENING)
    assert (journal.topics(), journal.days(), journal.open_plans()) == (frozenset(), (), ())


def test_without_words_nights_are_counted(journal: Journal) -> None:
    """How many fit, beside those that are shown; marks are only for words."""
    for day in range(3):
        keep(journal, answer("tea"), day=day)

    found = journal.look_up(Wanted(since=TOMORROW, topic="laugh"), 1)
    assert (len(found.nights), found.in_all, found.answers, found.marks) == (1, 2, 0, {})
    assert journal.look_up(Wanted(days=(date(2001, 1, 1),)), 9).in_all == 0
