"""Interrupting by voice: a whole evening's beginning, real devices, headphones and an echoing room."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.couple import words_wrong
from tests.held import voice_checkin
from tests.room import Room, why_no_room
from tests.test_typing_in_room import spoken, wait_for
from voice_checkin.evening.model import Manner
from voice_checkin.speech.pyttsx3_voice import Pyttsx3Synthesiser

pytest.importorskip("faster_whisper")
pytest.importorskip("livekit")
pytestmark = pytest.mark.skipif(why_no_room() is not None, reason=why_no_room() or "")

ANSWER = "You brought me a cup of tea when I came home."
INTO_THE_PROMPT_S = 1.0
ECHO_DB = -12
"""How much softer the loudspeaker is in the microphone than at itself."""


def test_who_speaks_into_a_prompt_is_heard(home: Path, tmp_path: Path, figure: Callable[[str], None]) -> None:
    """With headphones the voice falls silent, and what was said is kept from its first word on."""
    trace = tmp_path / "trace.jsonl"
    voice = Pyttsx3Synthesiser(("en-us+m7",), "en", tmp_path / "scratch")
    answer, stop = (voice.synthesise(text, Manner()) for text in (ANSWER, "Stop."))
    with Room() as room, evening(room, home, trace) as product:
        wait_for(lambda: len(spoken(trace)) == 1)  # the greeting has been said, the question begins
        time.sleep(INTO_THE_PROMPT_S)
        said_s = time.monotonic()
        room.speak(answer.samples, answer.rate_hz)
        wait_for(lambda: len(spoken(trace)) >= 4)  # it was thanked for, and the other is asked to answer
        time.sleep(0.5)
        room.speak(stop.samples, stop.rate_hz)
        output, _ = product.communicate(timeout=60)
    silent_s = spoken(trace)[1]["at_s"]
    began_s = next(event["at_s"] for event in moments(trace) if event["event"] == "speech_started")
    figure(f"spoken into a prompt: silent {1000 * (silent_s - began_s):.0f} ms after its first sound")
    assert said_s < silent_s < said_s + 2.0
    kept = next(line for line in output.splitlines() if line.endswith("[share]"))
    wrong, of = words_wrong(ANSWER, kept.partition(":")[2].partition("[")[0])
    assert wrong <= of / 5
    assert product.returncode == 0


def test_the_product_never_interrupts_itself(home: Path, tmp_path: Path) -> None:
    """Where the microphone hears the loudspeaker, every line is said to its end and none is an answer."""
    trace = tmp_path / "trace.jsonl"
    with Room() as room:
        room.echo(ECHO_DB)
        with evening(room, home, trace) as product:
            wait_for(lambda: len(spoken(trace)) >= 6, longest_s=60)  # greeting, question, two reprompts
            product.terminate()
            product.communicate(timeout=60)
    assert "speech_started" not in {event["event"] for event in moments(trace)}


@contextmanager
def evening(room: Room, home: Path, trace: Path) -> Iterator["subprocess.Popen[str]"]:
    """Tonight's check-in, which may be interrupted by voice."""
    environment = room.env | {"VOICE_CHECKIN_HOME": str(home)}
    setup = voice_checkin("setup", "--names", "Noor", "Kit", "--interrupt", "voice", "--yes")
    subprocess.run(setup, env=environment, check=True, capture_output=True)
    with subprocess.Popen(
        voice_checkin("tonight", "--trace", str(trace)),
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as product:
        try:
            yield product
        finally:
            product.kill()


def moments(trace: Path) -> list[dict[str, Any]]:
    """Everything that was traced."""
    return [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]


def test_the_room_echoes() -> None:
    """What the loudspeaker plays is heard by the microphone where the room echoes, and only there."""
    tone = (8_000 * np.sin(np.arange(24_000) / 8)).astype(np.int16)
    loudest = []
    for echoes in (False, True):
        with Room() as room:
            if echoes:
                room.echo(ECHO_DB)
            with room.beside_the_mouth() as ear:
                room.play(tone, 48_000)
                time.sleep(0.3)
            loudest.append(int(np.abs(ear.samples).max(initial=0)))
    assert loudest[0] == 0
    assert 1_000 < loudest[1] < 4_000
