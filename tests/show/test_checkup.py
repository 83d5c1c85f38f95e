"""The doctor's findings and its meter, on a terminal, in a pipe and for programs, into a text."""

import io
import json

import pytest
from rich.console import Console

from voice_checkin.show.checkup import LEVELS_A_LINE, CheckupLines, CheckupScreen


def screen(*, terminal: bool) -> tuple[CheckupScreen, io.StringIO]:
    """A screen, and what is written on it."""
    out = io.StringIO()
    return CheckupScreen(Console(file=out, width=80, force_terminal=terminal, soft_wrap=True)), out


def test_a_finding_is_one_line_with_its_cure() -> None:
    """How much it matters comes first; the cure stands behind a dash, and brackets are no markup."""
    shown, out = screen(terminal=False)

    shown.found("microphone", "wrong", "none [bold]", "plug one in")
    shown.found("clock", "fine", "21:30", "")

    assert out.getvalue() == "wrong microphone: none [bold] - plug one in\nfine  clock: 21:30\n"


def test_a_pipe_gets_a_line_every_half_second() -> None:
    """The loudest block of each half second is told; a fault is told once, not with every line."""
    shown, out = screen(terminal=False)

    with shown.meter() as meter:
        for nth in range(2 * LEVELS_A_LINE):
            meter(-35.0 if nth % LEVELS_A_LINE == 5 else -60.0, "too loud")

    first, second = out.getvalue().splitlines()
    assert first.split("|") == ["  level ", "=" * 15 + " " * 15, " -35 dBFS too loud"]
    assert "too loud" not in second


def test_a_terminal_gets_one_line_that_moves() -> None:
    """Every block moves the bar, in place, and the line is gone at the end."""
    shown, out = screen(terminal=True)

    with shown.meter() as meter:
        meter(float("-inf"), "")
        meter(0.0, "")

    text = out.getvalue()
    assert f"|{' ' * 30}| silent" in text
    assert f"|{'=' * 30}| 0 dBFS" in text
    assert "\r" in text
    assert "\x1b[2K" in text  # a line taken away


@pytest.mark.parametrize("severity", ["fine", "note", "wrong"])
def test_programs_get_one_object_a_finding(severity: str) -> None:
    """The keys that programs rely on, a line each, and no meter in between."""
    out = io.StringIO()
    lines = CheckupLines(Console(file=out, width=80, soft_wrap=True))

    lines.ask("Say something")
    with lines.meter() as meter:
        meter(-30.0, "")
    lines.found("ear", severity, "a very long line " * 10, "")

    assert json.loads(out.getvalue()) == {
        "name": "ear",
        "severity": severity,
        "told": "a very long line " * 10,
        "remedy": "",
    }
    assert out.getvalue().count("\n") == 1
