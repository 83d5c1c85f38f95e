"""The voice that every platform has: pyttsx3, a worker process per phrase, each phrase checked.

What an engine calls done may be silent, or half a line; a person would wait in vain for the rest.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import wave
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

import numpy as np

from voice_checkin.errors import SoundError, VoiceError
from voice_checkin.evening.model import Manner
from voice_checkin.evening.ports import EndOfInput
from voice_checkin.speech.ports import SAMPLE_RATE_HZ, Block, Sound
from voice_checkin.speech.pyttsx3_worker import NO_ENGINE, NO_VOICE
from voice_checkin.speech.sound_file import SoundFileSource

WORKER = (sys.executable, "-m", "voice_checkin.speech.pyttsx3_worker")
BYTES_PER_SAMPLE = 2
NATURAL_WORDS_PER_MINUTE = 165
LEAST_S_PER_LETTER = 0.035
"""At the natural rate. eSpeak NG takes 0.039 to 0.046 over French and English full of mute letters and 0.08
over ordinary lines, Korean ones alike where the parts of a syllable count as letters."""
SILENT_PEAK = 100
"""Of 32,767. A phrase at full volume peaks at 10,000 to 26,000."""
ENDS_QUIET = 0.1
"""The last 10 ms of a whole phrase stay below this part of its peak: 0.026 at most in 868 phrases."""
HUSH = 0.01
"""What counts as silence before and after a phrase, as a part of its peak."""
LEAD_S, TAIL_S = 0.02, 0.05
"""Silence kept around a phrase. Engines append 0.3 s of it, which would delay every answer."""
LINGERING_S = 60.0
"""Scratch so much older than new scratch was left behind by a process that was killed."""

INSTALL = "install eSpeak NG (Debian, Ubuntu: apt install espeak-ng), or use --voice printed"


class Pyttsx3Synthesiser:
    """Speaks lines into sound with the first of `voices` that is there, else any voice of `language`.

    Sound passes through `scratch`, a folder for this account's eyes only, and is removed from it as
    soon as it is read. `worker` is the command that speaks one phrase.
    """

    def __init__(
        self,
        voices: Sequence[str],
        language: str,
        scratch: Path,
        timeout_s: float = 10.0,
        worker: Sequence[str] = WORKER,
    ) -> None:
        self._voices = tuple(voices)
        self._language = language
        self._scratch = scratch
        self._timeout_s = timeout_s
        self._worker = tuple(worker)

    def synthesise(self, line: str, manner: Manner) -> Sound:
        """Speak the line into samples, (n,) at the engine's rate; none for a line without letters.

        Raises `VoiceError` where no engine or voice is there, and where no sound or only a part came out.
        """
        letters = _count_letters(line)
        if not letters:
            return Sound(np.zeros(0, np.int16), SAMPLE_RATE_HZ)
        self._open_scratch()
        with tempfile.TemporaryDirectory(dir=self._scratch, ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "phrase.wav"
            self._speak(line, manner, path)
            sound = _read(path)
        _check(sound, letters * LEAST_S_PER_LETTER / manner.rate)
        return _at_volume(_trim(sound), manner.volume)

    def _speak(self, line: str, manner: Manner, out: Path) -> None:
        request = {
            "text": line,
            "out": str(out),
            "voices": self._voices,
            "language": self._language,
            "words_per_minute": round(NATURAL_WORDS_PER_MINUTE * manner.rate),
        }
        try:
            code = subprocess.run(  # noqa: S603 - our own worker, the words on standard input
                self._worker,
                input=json.dumps(request).encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # a traceback could carry the line
                timeout=self._timeout_s,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired as late:
            problem = f"the voice did not answer within {self._timeout_s:g} s"
            raise VoiceError(problem, remedy=INSTALL) from late
        except OSError as broken:
            raise VoiceError("the voice could not be started", remedy=INSTALL) from broken
        if code != 0:
            raise self._failure(code)

    def _failure(self, code: int) -> VoiceError:
        if code == NO_ENGINE:
            return VoiceError("the speech engine is missing", remedy=INSTALL)
        if code == NO_VOICE:
            problem = f"the speech engine has no voice for the language {self._language!r}"
            return VoiceError(problem, remedy=INSTALL)
        return VoiceError(f"the voice broke off (exit code {code})", remedy=INSTALL)

    def _open_scratch(self) -> None:
        """Make the scratch folder, and clear it of what a killed process left: it may hold private words."""
        self._scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._scratch.chmod(0o700)
        with tempfile.TemporaryFile(dir=self._scratch) as fresh:
            now_s = os.fstat(fresh.fileno()).st_mtime  # by the clock of the file system itself
        for left in self._scratch.iterdir():
            with suppress(FileNotFoundError):  # another thread's, just finished
                if left.stat().st_mtime < now_s - LINGERING_S:
                    shutil.rmtree(left)


def _count_letters(line: str) -> int:
    """Count what takes time to say: letters and digits, the two or three parts of a Korean syllable each."""
    return sum(character.isalnum() for character in unicodedata.normalize("NFD", line))


def _read(path: Path) -> Sound:
    """Read what the engine wrote. Raises `VoiceError` where that is no sound."""
    try:
        return _read_wav(path)
    except (wave.Error, EOFError, OSError):
        pass  # macOS writes AIFF whatever the name
    try:
        return Sound(np.concatenate([block.samples for block in _blocks(path)]), SAMPLE_RATE_HZ)
    except SoundError as unreadable:
        raise VoiceError("the voice wrote no sound", remedy=INSTALL) from unreadable


def _read_wav(path: Path) -> Sound:
    with wave.open(str(path), "rb") as file:
        if file.getsampwidth() != BYTES_PER_SAMPLE:
            raise wave.Error("samples of another width")
        frames = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return Sound(frames.reshape(-1, file.getnchannels())[:, 0].astype(np.int16), file.getframerate())


def _blocks(path: Path) -> Iterator[Block]:
    source = SoundFileSource(path)
    with closing(source), suppress(EndOfInput):
        while True:
            yield source.read()


def _check(sound: Sound, least_s: float) -> None:
    """Raise `VoiceError` for silence and for half a line."""
    loudness = np.abs(sound.samples.astype(np.int32))
    if sound.seconds < least_s:
        raise VoiceError("the voice spoke only a part of the line", remedy=INSTALL)
    peak = loudness.max(initial=0)
    if peak < SILENT_PEAK:
        raise VoiceError("the voice was silent", remedy=INSTALL)
    if loudness[-(sound.rate_hz // 100) :].max() > ENDS_QUIET * peak:
        raise VoiceError("the voice was cut off", remedy=INSTALL)


def _trim(sound: Sound) -> Sound:
    """Cut the silence before and after the phrase down to `LEAD_S` and `TAIL_S`."""
    loudness = np.abs(sound.samples.astype(np.int32))
    loud = np.flatnonzero(loudness > HUSH * loudness.max())
    first = max(0, loud[0] - round(LEAD_S * sound.rate_hz))
    last = loud[-1] + 1 + round(TAIL_S * sound.rate_hz)
    return Sound(sound.samples[first:last], sound.rate_hz)


def _at_volume(sound: Sound, volume: float) -> Sound:
    """Make it softer here: engines lose a volume that is set as they lose a rate."""
    return Sound((sound.samples * min(volume, 1.0)).astype(np.int16), sound.rate_hz)
