"""How long Whisper takes for an answer, beside faster-whisper used as it comes."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.figures import Figure, spread, timed
from voice_checkin.content import content_folder, load_demo
from voice_checkin.evening.model import Manner
from voice_checkin.speech.models import find
from voice_checkin.speech.ports import SAMPLE_RATE_HZ
from voice_checkin.speech.pyttsx3_voice import Pyttsx3Synthesiser
from voice_checkin.speech.resampling import resample
from voice_checkin.speech.whisper_recogniser import SHORT_S, THREADS, WhisperRecogniser
from voice_checkin.wiring.models import manifest, models_folder

Samples = npt.NDArray[np.int16]


def figures() -> Iterator[Figure]:
    """Short answers and stories of the demo's couple."""
    with tempfile.TemporaryDirectory() as folder:
        model = find(manifest()["whisper-tiny-en"], Path(folder), models_folder())
        if model is None:
            yield Figure("decode an answer", "the Whisper model is not installed")
            return
        answers = _answers(Path(folder))
        ours = WhisperRecogniser(model)
        theirs = _plain(model)
    for kind, some in (
        ("a short answer", [a for a in answers if len(a) <= SHORT_S * SAMPLE_RATE_HZ]),
        ("a story", [a for a in answers if len(a) > SHORT_S * SAMPLE_RATE_HZ]),
    ):
        measured = [timed(_decode, ours, sound) for sound in some]
        plain = [timed(_transcribe, theirs, sound) for sound in some]
        seconds = sum(map(len, some)) / SAMPLE_RATE_HZ
        yield Figure(
            f"decode {kind} of {seconds / len(some):.1f} s, real time factor {sum(measured) / seconds:.3f}",
            spread(measured),
            f"faster-whisper as it comes: {spread(plain)}",
            median(measured) / median(plain),
        )


def _answers(folder: Path) -> list[Samples]:
    demo = load_demo(content_folder(), "en")
    voices = dict(zip(demo.partners, demo.voices, strict=True))
    sounds = [
        Pyttsx3Synthesiser((voices[a.partner],), "en", folder).synthesise(" ".join(a.say), Manner())
        for a in demo.answers
    ]
    return [resample(sound.samples, sound.rate_hz, SAMPLE_RATE_HZ) for sound in sounds]


def _decode(whisper: WhisperRecogniser, sound: Samples) -> str:
    whisper.start()
    whisper.accept(sound)
    return whisper.finish()


def _plain(model: Path) -> Any:  # noqa: ANN401 - faster-whisper ships no types
    from faster_whisper import WhisperModel

    return WhisperModel(str(model), compute_type="int8", cpu_threads=THREADS, local_files_only=True)


def _transcribe(whisper: Any, sound: Samples) -> str:  # noqa: ANN401 - as above
    segments, _ = whisper.transcribe(sound.astype(np.float32) / 32_768, language="en")
    return "".join(segment.text for segment in segments)
