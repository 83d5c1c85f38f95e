"""The natural voice: real Piper, heard by real Whisper."""

import sys
from pathlib import Path

import numpy as np
import pytest

from voice_checkin.errors import VoiceError
from voice_checkin.evening.model import Manner
from voice_checkin.speech.models import find
from voice_checkin.speech.piper_voice import PiperSynthesiser
from voice_checkin.speech.ports import SAMPLE_RATE_HZ
from voice_checkin.speech.resampling import resample
from voice_checkin.speech.whisper_recogniser import WhisperRecogniser
from voice_checkin.wiring.models import manifest, models_folder

LINE = "What did you like about today?"


@pytest.fixture(scope="module")
def piper() -> PiperSynthesiser:
    """The voice that a package carries."""
    pytest.importorskip("piper", reason="Piper is an optional extra")
    folder = find(manifest()["piper-joe-en"], Path(), models_folder())
    assert folder
    return PiperSynthesiser(folder)


def test_a_line_is_spoken_whole(piper: PiperSynthesiser, whisper: WhisperRecogniser) -> None:
    """Whoever listens hears every word, the first and the last among them."""
    sound = piper.synthesise(LINE, Manner())
    whisper.start()
    whisper.accept(resample(sound.samples, sound.rate_hz, SAMPLE_RATE_HZ))

    assert whisper.finish().lower() == LINE.lower()


def test_the_manner_is_kept(piper: PiperSynthesiser) -> None:
    """Slower takes longer, softer is softer: summed, as Piper speaks a line otherwise each time."""
    natural, slower, softer = (
        [piper.synthesise(LINE, manner) for _ in range(5)]
        for manner in (Manner(), Manner(rate=0.7), Manner(volume=0.3))
    )

    assert sum(sound.seconds for sound in slower) > 1.2 * sum(sound.seconds for sound in natural)
    assert max(np.abs(sound.samples).max() for sound in softer) < 0.5 * max(
        np.abs(sound.samples).max() for sound in natural
    )


def test_a_line_without_letters_is_silent(piper: PiperSynthesiser) -> None:
    """There is nothing to say."""
    assert len(piper.synthesise("...", Manner()).samples) == 0


def test_a_voice_that_is_not_installed_is_told_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One line says how to install it, and that another voice is there."""
    monkeypatch.setitem(sys.modules, "piper", None)

    with pytest.raises(VoiceError, match="isn't installed"):
        PiperSynthesiser(tmp_path).synthesise(LINE, Manner())
