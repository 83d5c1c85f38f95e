"""Looking back by voice: real voice, ear and devices, and a robot partner who steers and interrupts."""

import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.couple import words_wrong
from tests.held import voice_checkin, whisper_model
from tests.room import EAR_RATE_HZ, Room, why_no_room
from tests.weeks import NAMES, week
from voice_checkin.content import content_folder, load_language
from voice_checkin.evening.model import Manner
from voice_checkin.journal.exchange import nights_as_json
from voice_checkin.speech.ports import SAMPLE_RATE_HZ
from voice_checkin.speech.pyttsx3_voice import Pyttsx3Synthesiser
from voice_checkin.speech.resampling import resample
from voice_checkin.speech.whisper_recogniser import WhisperRecogniser

pytest.importorskip("faster_whisper")
pytestmark = [
    pytest.mark.skipif(why_no_room() is not None, reason=why_no_room() or ""),
    pytest.mark.timeout(240),
]

VOICES = load_language(content_folder(), "en").voices
INTO_THE_PIECE_S = 1.2
ASKED = 3
"""So often a wish is said where it isn't heard."""


def test_it_is_steered_by_voice(home: Path, tmp_path: Path, figure: Callable[[str], None]) -> None:
    """Next, a topic, an interruption and stop are heard and done; its first words are heard whole."""
    trace = tmp_path / "trace.jsonl"
    partner = Pyttsx3Synthesiser(("en-us+m7",), "en", tmp_path / "scratch")
    wishes = {
        text: partner.synthesise(text, Manner()) for text in ("Next.", "More about the plans.", "Stop.")
    }
    with Room() as room, room.ear() as ear, look_back(room, home, trace) as product:
        subtitles = Subtitles(product)

        def wish(text: str, understood: str) -> None:
            """Say it, and again where it isn't heard."""
            for _ in range(ASKED):
                room.speak(wishes[text].samples, wishes[text].rate_hz)
                if subtitles.wait_for(understood, longest_s=8.0):
                    return
            raise AssertionError(f"{text} was never heard: {subtitles.lines}")

        assert subtitles.wait_for("7 evenings")
        wish("Next.", "[skip]")
        assert subtitles.wait_for("my mother")  # a long piece, which is spoken into
        spoken_into = subtitles.said
        time.sleep(INTO_THE_PIECE_S)
        wish("More about the plans.", "[skip]")
        assert subtitles.wait_for("walk up the hill")
        wish("Stop.", "[stop]")
        assert product.wait(timeout=60) == 0
        opening = ear.samples[: 12 * EAR_RATE_HZ]
    lasted_s = prompts_s(trace)[len(spoken_into) - 1]
    whole = Pyttsx3Synthesiser(VOICES, "en", tmp_path / "scratch").synthesise(spoken_into[-1], Manner())
    whole_s = len(whole.samples) / whole.rate_hz
    figure(f"spoken into a piece of a look back: it sounded for {lasted_s:.1f} of {whole_s:.1f} s")
    assert lasted_s < whole_s - 2.0
    first = subtitles.said[0].split()
    heard = recognised(opening).split()[: len(first)]
    wrong, of = words_wrong(" ".join(first), " ".join(heard))
    assert wrong <= of / 4, heard
    assert words_wrong(" ".join(first[:3]), " ".join(heard[:3]))[0] == 0, heard


def prompts_s(trace: Path) -> list[float]:
    """How long each line sounded, in seconds."""
    moments = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
    began, ended = (
        [one["at_s"] for one in moments if one["event"] == f"prompt_{what}"] for what in ("started", "ended")
    )
    return [end - start for start, end in zip(began, ended, strict=True)]


def recognised(samples: npt.NDArray[np.int16]) -> str:
    """What another recogniser makes of (n,) samples of the room."""
    whisper = WhisperRecogniser(whisper_model())
    whisper.start()
    whisper.accept(resample(samples, EAR_RATE_HZ, SAMPLE_RATE_HZ))
    return whisper.finish()


class Subtitles:
    """What the product shows, line by line, as it shows it."""

    def __init__(self, product: "subprocess.Popen[str]") -> None:
        self.lines: list[str] = []
        self._coming: queue.Queue[str] = queue.Queue()
        assert product.stdout is not None
        threading.Thread(
            target=lambda pipe: list(map(self._coming.put, pipe)), args=(product.stdout,)
        ).start()

    @property
    def said(self) -> list[str]:
        """What the product has said so far, line by line."""
        return [line.removeprefix("» ").strip() for line in self.lines if line.startswith("» ")]

    def wait_for(self, words: str, longest_s: float = 40.0) -> bool:
        """Whether a line with these words comes, behind those that were waited for before."""
        until_s = time.monotonic() + longest_s
        while (left_s := until_s - time.monotonic()) > 0:
            try:
                self.lines.append(self._coming.get(timeout=left_s))
            except queue.Empty:
                return False
            if words in self.lines[-1]:
                return True
        return False


@contextmanager
def look_back(room: Room, home: Path, trace: Path) -> Iterator["subprocess.Popen[str]"]:
    """A look back on a week of Alex and Sam, which may be interrupted by voice."""
    environment = room.env | {"VOICE_CHECKIN_HOME": str(home)}
    nights = nights_as_json(NAMES, week(datetime.now().astimezone().date()))
    for command, given in (
        (voice_checkin("import", "json", "-"), nights),
        (voice_checkin("setup", "--interrupt", "voice", "--yes"), ""),
    ):
        subprocess.run(command, env=environment, input=given, check=True, capture_output=True, text=True)
    with subprocess.Popen(
        voice_checkin("review", "--aloud", "--trace", str(trace)),
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as product:
        try:
            yield product
        finally:
            product.kill()
