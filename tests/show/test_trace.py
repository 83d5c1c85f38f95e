"""The trace, as lines of JSON."""

import io
import json

from voice_checkin.evening.model import Turn
from voice_checkin.show.trace import JsonTrace, trace_to

TURN = Turn("Ann", "laugh.share")


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


def test_a_name_in_any_script_stays_one_line() -> None:
    """Line breaks and other scripts in a name break no line."""
    out = io.StringIO()
    JsonTrace(out).note("kept", 1.0, Turn("민\n수", "laugh.share"))

    (line,) = out.getvalue().splitlines()
    assert json.loads(line)["partner"] == "민\n수"


def test_each_moment_is_written_at_once() -> None:
    """An evening that breaks off leaves its trace."""

    class Paper(io.StringIO):
        written = ""

        def flush(self) -> None:
            self.written = self.getvalue()

    paper = Paper()
    JsonTrace(paper).note("started", 1.0)

    assert json.loads(paper.written)["event"] == "started"


def test_without_a_file_there_is_no_trace() -> None:
    """Nobody asked: nothing is noted, and nothing needs to be asked before noting."""
    trace_to(None).note("started", 1.0)
    assert isinstance(trace_to(io.StringIO()), JsonTrace)
