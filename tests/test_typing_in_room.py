"""Typing while it speaks: a real terminal, a real loudspeaker and microphone in the virtual room."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.product import run
from tests.room import Room, why_no_room
from tests.test_terminal import Terminal

pytest.importorskip("faster_whisper")
pytestmark = pytest.mark.skipif(why_no_room() is not None, reason=why_no_room() or "")

INTO_THE_PROMPT_S = 0.8


def test_what_is_typed_breaks_off_the_prompt_and_is_the_answer(
    home: Path, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """The voice falls silent at once, and the answer is kept as if it had been spoken."""
    trace = tmp_path / "trace.jsonl"
    run(home, "setup", "--names", "Noor", "Kit", "--yes")
    with Room() as room:
        there = Terminal(home, "tonight", "--ear", "whisper", "--trace", str(trace), environment=room.env)
        try:
            there.wait_for("Whisper listens.")
            there.wait_for("Noor, ")
            wait_for(lambda: len(spoken(trace)) == 1)  # the greeting has been said, the question begins
            time.sleep(INTO_THE_PROMPT_S)
            typed_s = time.monotonic()
            there.type("you made tea")
            there.wait_for("[share]")
            there.type("stop")
            assert there.product.wait(timeout=30) == 0
        finally:
            there.close()

    silent_after_s = spoken(trace)[1]["at_s"] - typed_s
    figure(f"typed into a prompt: silent after {silent_after_s * 1000:.0f} ms")
    assert silent_after_s < 1.0
    answers = json.loads(run(home, "export", "json", "-").output)["nights"][0]["answers"]
    assert [(answer["partner"], answer["said"]) for answer in answers] == [("Noor", "you made tea")]


def spoken(trace: Path) -> list[dict[str, Any]]:
    """The prompts that have ended so far."""
    lines = trace.read_text(encoding="utf-8").splitlines() if trace.exists() else []
    return [event for event in map(json.loads, lines) if event["event"] == "prompt_ended"]


def wait_for(true: Callable[[], bool], longest_s: float = 30.0) -> None:
    """Wait until something is so."""
    until_s = time.monotonic() + longest_s
    while not true():
        assert time.monotonic() < until_s
        time.sleep(0.02)
