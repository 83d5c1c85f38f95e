"""Moments of an evening as JSON lines, for measuring. Never a private word."""

import json
from typing import TextIO

from voice_checkin.evening.model import Turn


def trace_to(out: TextIO | None) -> "JsonTrace | NoTrace":
    """A trace into this file; none where nobody asked for one."""
    return NoTrace() if out is None else JsonTrace(out)


class JsonTrace:
    """Writes each moment at once, so that a broken evening leaves its trace, too."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._spoken = False

    def note(self, event: str, at_s: float, turn: Turn | None = None, **facts: str | float | None) -> None:
        """`event` happened at `at_s` (monotonic seconds); the first prompt is the first word, too."""
        if event == "prompt_started" and not self._spoken:
            self._spoken = True
            self.note("first_word", at_s, turn)
        line = {
            "at_s": round(at_s, 4),
            "event": event,
            "question": turn.question if turn else None,
            "partner": turn.partner if turn else None,
            **facts,
        }
        self._out.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._out.flush()


class NoTrace:
    """Where nobody asked for a trace."""

    def note(self, event: str, at_s: float, turn: Turn | None = None, **facts: str | float | None) -> None:
        """Nothing is noted."""
