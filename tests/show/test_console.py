"""The subtitles of an evening, into a text of 80 columns without colour."""

import io

from rich.console import Console

from voice_checkin.evening.model import Match, Meaning, Turn
from voice_checkin.show.console import Subtitles

TURN = Turn("Ann", "laugh.share")


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
    """Escape sequences in a typed answer stay text: none reaches the terminal."""
    out = io.StringIO()
    Subtitles(Console(file=out, width=80), typed=False).heard(TURN, "\x1b[2J\x07cat", Match(Meaning.SHARE))

    assert "cat" in out.getvalue()
    assert not {"\x1b", "\x07"} & set(out.getvalue())
