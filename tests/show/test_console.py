"""The terminal, into a text of 80 columns without colour."""

import io
import json
from datetime import UTC, date, datetime

from rich.console import Console

from voice_checkin.evening.model import Answer, Match, Meaning, Night, Outcome, Plan, Turn
from voice_checkin.evening.review import holding, summarise
from voice_checkin.show.console import Subtitles, show_review
from voice_checkin.show.trace import JsonTrace, trace_to

AT = datetime(2026, 3, 1, 21, 0, tzinfo=UTC)
TURN = Turn("Ann", "laugh.share")
NIGHT = Night(
    1,
    date(2026, 3, 1),
    "Ann",
    AT,
    AT,
    completed=True,
    answers=(
        Answer("Ann", "appreciation.share", Meaning.SHARE, None, "you made [bold]tea[/bold]", AT),
        Answer("Ben", "laugh.share", Meaning.SKIP, None, "skip this", AT),
        Answer("Ann", "closeness.rating", Meaning.RATING, 4, "four", AT),
        Answer("Ben", "apology.owed", Meaning.NO, None, "no I think we are good", AT),
    ),
    plans=(Plan("dance", date(2026, 3, 2)), Plan("swim", None, Outcome.DONE)),
)


def shown(*nights: Night) -> str:
    """A review as it stands on an 80-column terminal."""
    out = io.StringIO()
    show_review(Console(file=out, width=80, highlight=False), summarise(nights, date(2026, 3, 2)))
    return out.getvalue()


def test_a_review_shows_words_as_they_were_said() -> None:
    """Brackets in an answer are no markup; ratings and yes or no are told in words."""
    text = shown(NIGHT)

    assert "you made [bold]tea[/bold]" in text
    assert "4 of 5" in text
    assert "Sunday, 01 March 2026" in text
    assert "Closeness as Ann felt it: 4.0 of 5" in text
    assert "Rhythm: 1 of the last 21 nights" in text
    assert "Plans open: dance  (for 02 March)" in text
    assert "Plans done: swim" in text


def test_what_was_skipped_is_not_dwelt_on() -> None:
    """Skipping is never counted against anyone: a review doesn't show it."""
    assert "skip" not in shown(NIGHT)


def test_a_review_fits_80_columns_without_colour() -> None:
    """No line is longer, and no control character is in it."""
    text = shown(NIGHT)

    assert all(len(line) <= 80 for line in text.splitlines())
    assert "\x1b" not in text


def test_before_the_first_evening_it_says_so() -> None:
    """An empty journal names what fills it."""
    assert "voice-checkin" in shown()


def test_words_are_looked_for_in_answers_and_plans() -> None:
    """All words must have been said in the night, in any case."""
    assert holding([NIGHT], "TEA made") == (NIGHT,)
    assert holding([NIGHT], "danc") == (NIGHT,)
    assert holding([NIGHT], "tea coffee") == ()


def test_subtitles_show_who_said_what_and_how_it_was_understood() -> None:
    """What is unclear is called so."""
    out = io.StringIO()
    subtitles = Subtitles(Console(file=out, width=80), typed=False)
    subtitles.said("What made you laugh?")
    subtitles.heard(TURN, "the [cat]", Match(Meaning.SHARE))
    subtitles.heard(TURN, "hm", Match(None))

    assert out.getvalue().splitlines() == [
        "» What made you laugh?",
        "  Ann: the [cat]  [share]",
        "  Ann: hm  [unclear]",
    ]


def test_a_trace_is_one_object_a_line_and_tells_the_first_word() -> None:
    """The first prompt is the first word as well; later ones are not."""
    out = io.StringIO()
    trace = JsonTrace(out)
    trace.note("started", 1.0)
    trace.note("prompt_started", 2.00006, TURN)
    trace.note("prompt_started", 3.0, TURN, score=100.0)

    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["started", "first_word", "prompt_started", "prompt_started"]
    assert lines[1] == {"at_s": 2.0001, "event": "first_word", "question": "laugh.share", "partner": "Ann"}
    assert lines[-1]["score"] == 100.0


def test_without_a_file_there_is_no_trace() -> None:
    """Nobody asked: nothing is noted."""
    trace_to(None).note("started", 1.0)
