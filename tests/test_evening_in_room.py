"""The product's main job, whole: an evening held by voice in a room with a real sound server."""

import json
from collections.abc import Callable

import pytest

from tests.couple import words_wrong
from tests.held import Evening, Held
from voice_checkin.content import content_folder, load_script

EXPECTED = [
    ("Alex", "appreciation.share", "share"),
    ("Sam", "appreciation.reply", "share"),
    ("Sam", "appreciation.share", "share"),
    ("Alex", "appreciation.reply", "share"),
    ("Alex", "apology.owed", "no"),
    ("Sam", "apology.owed", "yes"),
    ("Sam", "apology.say", "share"),
    ("Sam", "apology.repair", "share"),
    ("Alex", "apology.answer", "share"),
    ("Alex", "laugh.share", "share"),
    ("Sam", "laugh.share", "skip"),
    ("Sam", "new.plan", "share"),
    ("Alex", "new.agree", "yes"),
    ("Alex", "closeness.rating", "rating"),
    ("Sam", "closeness.rating", "rating"),
]
MOST_WRONG = 0.15
"""Of the words: the answers are chosen to be recognised, so more than this is lost sound, not a bad ear."""


HELD = ("room",)


@pytest.fixture(scope="module")
def evening(held: Held) -> Evening:
    """One evening, held once for all tests of this module."""
    [evening] = held(HELD)
    return evening


def test_the_evening_is_held_to_its_end(evening: Evening) -> None:
    """A couple that only speaks and hears gets through the whole evening, without an error."""
    assert (evening.code, evening.errors) == (0, "")
    assert evening.night["completed"] is True
    assert evening.trace[-1]["event"] == "closed"


def test_the_journal_holds_what_was_said(evening: Evening, figure: Callable[[str], None]) -> None:
    """Every answer is kept under its partner and question, as it was meant, nearly word for word."""
    kept = [(a["partner"], a["question"], a["meaning"]) for a in evening.night["answers"]]
    assert kept == EXPECTED

    said = {(e.partner, e.question): e.said for e in evening.exchanges}
    counts = [words_wrong(said[a["partner"], a["question"]], a["said"]) for a in evening.night["answers"]]
    wrong, words = map(sum, zip(*counts, strict=True))
    figure(f"an evening in the room: {wrong} of {words} words kept otherwise than said ({wrong / words:.1%})")
    assert wrong / words <= MOST_WRONG
    [planned] = [a["said"] for a in evening.night["answers"] if a["question"] == "new.plan"]
    assert [plan["said"] for plan in evening.night["plans"]] == [planned]
    assert [a["value"] for a in evening.night["answers"][-2:]] == [4, 5]


def test_a_pause_within_a_story_does_not_cut_it_off(evening: Evening) -> None:
    """Who pauses 1.2 s in a story is heard to the end of it."""
    story = evening.night["answers"][0]["said"].lower()

    assert "tea" in story
    assert "liked" in story


def test_who_stays_silent_is_asked_again(evening: Evening) -> None:
    """After silence the same question comes back once more, and then its answer is kept."""
    asked = [line for line in evening.subtitles if line.startswith("»")]
    reprompts = load_script(content_folder(), "en").questions["appreciation.share"].reprompts

    assert any(reprompts[0].format(partner="Sam", other="Alex") in line for line in asked)


def test_say_that_again_says_it_again(evening: Evening) -> None:
    """The question is heard twice by whoever asked for it, and its answer kept once."""
    heard = [e for e in evening.exchanges if (e.partner, e.question) == ("Alex", "apology.owed")]

    assert len(heard) == 2
    assert "again" in heard[0].said


def test_no_word_leaves_by_the_trace(evening: Evening) -> None:
    """The trace has the moments that it promises, and none of the words."""
    events = {line["event"] for line in evening.trace}
    words = json.dumps(evening.trace).lower()

    assert {"started", "first_word", "prompt_started", "prompt_ended", "speech_started"} <= events
    assert {"speech_ended", "understood", "kept", "closed"} <= events
    assert not any(word in words for word in ("swimming", "shopping", "sorry", "tea"))


def test_nothing_is_left_of_the_sound(evening: Evening) -> None:
    """Sound is never stored: the home folder holds no file of it, and nobody else may read it."""
    files = [path for path in evening.home.rglob("*") if path.is_file()]

    assert not [path for path in files if path.read_bytes()[:4] in {b"RIFF", b"FORM", b"OggS"}]
    assert {path.stat().st_mode & 0o077 for path in [evening.home, *files]} == {0}
