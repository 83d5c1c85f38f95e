"""Sound files of any kind as a source, by soundfile: in place of a microphone."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voice_checkin.errors import SoundError
from voice_checkin.evening.ports import EndOfInput
from voice_checkin.speech.ports import BLOCK_S, BLOCK_SAMPLES, Block
from voice_checkin.speech.resampling import Resampler

if TYPE_CHECKING:
    from voice_checkin.speech.ports import Samples

FRAMES_AT_A_TIME = 16_384


class SoundFileSource:
    """A file heard as fast as it is read; times are seconds from its start.

    Any rate, depth and number of channels that libsndfile reads. Raises `SoundError` where the
    file is absent, empty, no sound, or, while it is read, broken in the middle.
    """

    def __init__(self, path: Path) -> None:
        import soundfile

        if not path.is_file():
            raise SoundError(f"there is no sound file {path}", remedy="check its name and folder")
        try:
            self._file = soundfile.SoundFile(path)
        except soundfile.SoundFileError as error:
            raise _unreadable(path) from error
        if not self._file.frames:
            self._file.close()
            raise SoundError(f"{path} holds no sound", remedy="check that the recording was saved")
        self._resampler = Resampler(self._file.samplerate, channels=self._file.channels)
        self._ready: Samples = np.zeros(0, np.int16)
        self._ended = False
        self._blocks_read = 0

    def read(self) -> Block:
        """Return the next block, the last one filled up with silence. Raises `EndOfInput` after it."""
        while len(self._ready) < BLOCK_SAMPLES and not self._ended:
            self._ready = np.concatenate([self._ready, self._next_samples()])
        if not len(self._ready):
            raise EndOfInput
        samples, self._ready = self._ready[:BLOCK_SAMPLES], self._ready[BLOCK_SAMPLES:]
        block = Block(np.pad(samples, (0, BLOCK_SAMPLES - len(samples))), self._blocks_read * BLOCK_S)
        self._blocks_read += 1
        return block

    def discard(self) -> None:
        """Forget nothing: the product's own voice is not in the file."""

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _next_samples(self) -> "Samples":
        import soundfile

        try:
            frames = self._file.read(FRAMES_AT_A_TIME, dtype="float32", always_2d=True)
        except soundfile.SoundFileError as error:
            raise _unreadable(Path(self._file.name)) from error
        if len(frames):
            return self._resampler.push(frames)
        self._ended = True
        return self._resampler.finish()


def _unreadable(path: Path) -> SoundError:
    return SoundError(
        f"{path} is not a sound file that can be read", remedy="record it anew as WAV, FLAC or OGG"
    )
