"""Synthetic people for benches, and the noise they speak in: eSpeak NG's voices, and Piper's where it is."""

import shutil
import subprocess
import sys
import tempfile
import wave
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from voice_checkin.speech.ports import SAMPLE_RATE_HZ
from voice_checkin.speech.resampling import resample

Samples: TypeAlias = npt.NDArray[np.int16]
Speak: TypeAlias = Callable[[Sequence[str]], Iterator[Samples]]
"""Says lines one after the other, each as (n,) samples at 16 kHz without silence around them."""

WORDS_PER_MINUTE = 160
ESPEAK_RATE_HZ = 22_050
WAV_HEADER_BYTES = 44
SOFTEST = 100
"""Of 32,767: what is softer, before and after a line, is silence."""
LOUDEST = 32_767


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice by its name, and how it speaks."""

    name: str
    speak: Speak


def espeak(voice: str) -> Speaker:
    """One of eSpeak NG's voices, in any of its variants: "en-us+f3"."""
    command = shutil.which("espeak-ng") or sys.exit(
        "install eSpeak NG (Debian, Ubuntu: apt install espeak-ng)"
    )

    def speak(lines: Sequence[str]) -> Iterator[Samples]:
        for line in lines:
            said = subprocess.run(
                [command, "-v", voice, "-s", str(WORDS_PER_MINUTE), "--stdout", "--", line],
                check=True,
                capture_output=True,
            ).stdout[WAV_HEADER_BYTES:]
            yield _bare(np.frombuffer(said, "<i2").astype(np.int16), ESPEAK_RATE_HZ)

    return Speaker(voice, speak)


def piper(command: Path, model: Path) -> Speaker:
    """The voice of a Piper model; `command` is Piper's own, from whatever environment holds it."""

    def speak(lines: Sequence[str]) -> Iterator[Samples]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            text = folder / "lines.txt"
            text.write_text("\n".join(lines) + "\n", encoding="utf-8")
            subprocess.run(
                [command, "-m", model, "-i", text, "-d", folder], check=True, stderr=subprocess.DEVNULL
            )
            # It names them by a clock that counts nanoseconds.
            for file in sorted(folder.glob("*.wav"), key=lambda one: int(one.stem)):
                yield _read(file)

    return Speaker(f"piper {model.stem}", speak)


def pink(generator: np.random.Generator, seconds: float) -> Samples:
    """Noise as loud in every octave, as rain and fans are: (n,) samples at 16 kHz."""
    spectrum = np.fft.rfft(generator.standard_normal(round(seconds * SAMPLE_RATE_HZ)))
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    spectrum[0] = 0
    return _scaled(np.fft.irfft(spectrum))


def babble(speakers: Sequence[Speaker], lines: Sequence[str]) -> Samples:
    """All speakers at once, each with every line, begun at another one: as long as the shortest of them."""
    voices = []
    for nth, speaker in enumerate(speakers):
        first = nth * len(lines) // len(speakers)
        said = np.concatenate(list(speaker.speak([*lines[first:], *lines[:first]]))).astype(np.float64)
        voices.append(said / np.sqrt(np.mean(said**2)))
    shortest = min(map(len, voices))
    return _scaled(np.sum([voice[:shortest] for voice in voices], axis=0))


def around(said: Samples, silence_s: float) -> Samples:
    """A line with silence before and after it."""
    return np.pad(said, round(silence_s * SAMPLE_RATE_HZ))


def over(noise: Samples, line: Samples, snr_db: float) -> Samples:
    """A line over as much noise, which is softer than the line's words by so many decibels."""
    words = line[line != 0].astype(np.float64)
    under = noise[: len(line)].astype(np.float64)
    softer = np.sqrt(np.mean(words**2) / np.mean(under**2) / 10 ** (snr_db / 10))
    return _scaled(line + under * softer, loudest=float(np.abs(words).max()))


def _read(file: Path) -> Samples:
    with wave.open(str(file), "rb") as opened:
        frames = np.frombuffer(opened.readframes(opened.getnframes()), "<i2").astype(np.int16)
        return _bare(frames, opened.getframerate())


def _bare(samples: Samples, rate_hz: int) -> Samples:
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > SOFTEST)
    return resample(samples[loud[0] : loud[-1] + 1], rate_hz, SAMPLE_RATE_HZ)


def _scaled(sound: npt.NDArray[np.float64], loudest: float = LOUDEST / 2) -> Samples:
    return np.asarray(sound * (loudest / np.abs(sound).max()), np.int16)
