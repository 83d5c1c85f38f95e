"""The program that everybody writes first: 0.8 s of silence end a turn, faster-whisper reads it."""

from collections import deque
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from voice_checkin.evening.ports import EndOfInput
from voice_checkin.speech.ports import BLOCK_S, Block, Source
from voice_checkin.speech.voice_activity import SileroVoiceActivity

SPEECH_AT = 0.5
SILENCE_S = 0.8
PRE_ROLL_S = 0.3
"""Without it the first word loses its onset; whoever writes this program finds that out soon."""


class Obvious:
    """Hears every turn of a source. No hints, no partial text, one patience for every question."""

    def __init__(self, model: Path) -> None:
        from faster_whisper import WhisperModel

        self._whisper = WhisperModel(str(model), compute_type="int8", cpu_threads=1, local_files_only=True)

    def turns(self, source: Source) -> Iterator[list[Block]]:
        """The blocks of each turn, as soon as silence has ended it."""
        activity, before = SileroVoiceActivity(), deque[Block](maxlen=round(PRE_ROLL_S / BLOCK_S))
        said: list[Block] = []
        silent_s = 0.0
        while True:
            try:
                block = source.read()
            except EndOfInput:
                return
            speech = activity.probability(block.samples) >= SPEECH_AT
            silent_s = 0.0 if speech else silent_s + BLOCK_S
            if said or speech:
                said += [block] if said else [*before, block]
                if silent_s >= SILENCE_S:
                    yield said
                    said = []
                    before.clear()
            else:
                before.append(block)

    def read(self, turn: list[Block]) -> str:
        """The text of one turn."""
        sound = np.concatenate([block.samples for block in turn]).astype(np.float32) / 32_768
        segments, _ = self._whisper.transcribe(sound, language="en")
        return "".join(segment.text for segment in segments).strip()
