"""The doctor's findings, one a line, and a live level meter: for a person, and for programs."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from voice_checkin.show.console import Terminal, redrawn, styled

Meter: TypeAlias = Callable[[float, str], None]
"""Takes the level of each block in dBFS, and what is wrong with the sound so far."""

QUIETEST_DBFS = -70.0
"""The left end of the meter."""
BAR = 30
"""Characters of a full one."""
LEVELS_A_LINE = 16
"""In a pipe the loudest of so many levels, of half a second, is told."""
_STYLE = {"fine": "green", "note": "yellow", "wrong": "bold red"}


class CheckupScreen:
    """For a person who reads, on a terminal or in a pipe."""

    def __init__(self, out: Terminal) -> None:
        self._out = out

    def found(self, name: str, severity: str, told: str, remedy: str) -> None:
        """One thing that was looked at; a remedy stands behind a dash."""
        cure = f" - {remedy}" if remedy else ""
        self._out.print(styled(f"{severity:<6}", _STYLE[severity]) + styled(f"{name}: {told}{cure}"))

    def ask(self, words: str) -> None:
        """Something that the person is to do now."""
        self._out.print(styled(words, "bold"))

    @contextmanager
    def meter(self) -> Iterator[Meter]:
        """A bar that follows the level on a terminal, a line every half second in a pipe."""
        if self._out.is_terminal:
            with redrawn(self._out) as draw:
                yield lambda level_dbfs, fault: draw(styled(_bar(level_dbfs, fault)))
        else:
            yield self._in_lines()

    def _in_lines(self) -> Meter:
        levels: list[float] = []
        told = ""

        def show(level_dbfs: float, fault: str) -> None:
            nonlocal told
            levels.append(level_dbfs)
            if len(levels) == LEVELS_A_LINE:
                self._out.print(styled(_bar(max(levels), "" if fault == told else fault)))
                told = fault
                levels.clear()

        return show


class CheckupLines:
    """For programs: one JSON object a finding, a line each; nothing else."""

    def __init__(self, out: Terminal) -> None:
        self._out = out

    def found(self, name: str, severity: str, told: str, remedy: str) -> None:
        """One thing that was looked at."""
        finding = {"name": name, "severity": severity, "told": told, "remedy": remedy}
        self._out.print(styled(json.dumps(finding, ensure_ascii=False)))

    def ask(self, words: str) -> None:
        """Programs are asked nothing."""

    @contextmanager
    def meter(self) -> Iterator[Meter]:
        """Programs are shown no meter."""
        yield lambda _level, _fault: None


def _bar(level_dbfs: float, fault: str) -> str:
    full = round(BAR * (1 - max(level_dbfs, QUIETEST_DBFS) / QUIETEST_DBFS))
    level = "silent" if level_dbfs == float("-inf") else f"{level_dbfs:.0f} dBFS"
    return f"  level |{'=' * full}{' ' * (BAR - full)}| {level:<8} {fault}".rstrip()
