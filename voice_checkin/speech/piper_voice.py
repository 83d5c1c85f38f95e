"""A natural voice: Piper, an optional extra under the GPL, imported only where it was chosen."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from voice_checkin.errors import VoiceError
from voice_checkin.evening.model import Manner
from voice_checkin.speech.ports import SAMPLE_RATE_HZ, Sound

if TYPE_CHECKING:
    from collections.abc import Iterable

INSTALL = "run: pip install voice-checkin[piper] (GPL), or use --voice pyttsx3"
LEAST_S_PER_LETTER = 0.03
"""A shorter phrase is half a one: over 61 lines of content Piper took 0.059 at least at its natural rate."""


class PiperSynthesiser:
    """Speaks lines into sound with the voice in this folder. It is loaded by the first line: 0.4 s."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._one_at_a_time = threading.Lock()
        self._voice: Any = None

    def synthesise(self, line: str, manner: Manner) -> Sound:
        """Speak the line into samples, (n,) at the voice's rate; none for a line without letters.

        Raises `VoiceError` where Piper isn't installed, and where no sound or only a part came out.
        """
        letters = sum(map(str.isalpha, line))
        if not letters:
            return Sound(np.zeros(0, np.int16), SAMPLE_RATE_HZ)
        with self._one_at_a_time:
            chunks = list(self._chunks(line, manner))
        sound = Sound(
            np.concatenate([chunk.audio_int16_array for chunk in chunks] or [np.zeros(0, np.int16)]),
            chunks[0].sample_rate if chunks else SAMPLE_RATE_HZ,
        )
        if sound.seconds * manner.rate < letters * LEAST_S_PER_LETTER or not sound.samples.any():
            raise VoiceError("Piper spoke only a part of a line, or nothing", remedy="use --voice pyttsx3")
        return sound

    def _chunks(self, line: str, manner: Manner) -> "Iterable[Any]":
        try:
            from piper import PiperVoice, SynthesisConfig
        except ImportError:
            raise VoiceError("Piper isn't installed", remedy=INSTALL) from None
        if self._voice is None:
            (model,) = self._folder.glob("*.onnx")
            self._voice = PiperVoice.load(model)
        how = SynthesisConfig(length_scale=1 / manner.rate, volume=manner.volume)
        return list(self._voice.synthesize(line, how))
