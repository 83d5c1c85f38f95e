"""The terminal, into a text of 80 columns without colour."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

from rich.console import Console

from voice_checkin.evening.model import Answer, Match, Meaning, Night, Outcome, Plan, Turn
from voice_checkin.evening.review import summarise
from voice_checkin.show.console import Subtitles, show_review

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


def test_where_answers_are_typed_they_are_not_shown_again() -> None:
    """What was typed stands there already: only how it was understood is added."""
    out = io.StringIO()
    subtitles = Subtitles(Console(file=out, width=80), typed=True)
    subtitles.listening(TURN)
    subtitles.heard(TURN, "the cat", Match(Meaning.SHARE))

    assert out.getvalue() == "  Ann:   [share]\n"


def test_what_was_said_can_not_steer_the_terminal() -> None:
    """Escape sequences in a typed answer or a plan stay text: none reaches the terminal."""
    out = io.StringIO()
    Subtitles(Console(file=out, width=80), typed=False).heard(TURN, "\x1b[2J\x07cat", Match(Meaning.SHARE))
    said = Answer("Ann", "laugh.share", Meaning.SHARE, None, "\x1b]0;title\x07dog", AT)
    night = replace(NIGHT, answers=(said,), plans=(Plan("\x1b[31mswim"),))

    for text in (out.getvalue(), shown(night)):
        assert "\x1b" not in text
        assert "\x07" not in text
    assert "cat" in out.getvalue()
    assert "dog" in shown(night)
