"""A stage instead of a room: two synthetic partners answer, and time passes only as sound does.

The real voice, the real turn-taking and the real ear play on it; only microphone, loudspeaker and
waiting are not there. An evening of ten minutes takes as long as the machine needs to compute it.
"""

import wave
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voice_checkin.evening.model import Listen, Manner, Utterance
from voice_checkin.evening.ports import Ear, Spoken
from voice_checkin.evening.script import Demo, DemoAnswer
from voice_checkin.speech.ports import BLOCK_S, BLOCK_SAMPLES, SAMPLE_RATE_HZ, Block, Sound, Synthesiser
from voice_checkin.speech.resampling import resample

if TYPE_CHECKING:
    from voice_checkin.speech.ports import Samples

THINKING_S = 0.4
"""A partner's silence before the answer."""


class Stage:
    """Clock, loudspeaker and microphone of an evening that is played."""

    def __init__(self, began_at: datetime) -> None:
        self._began_at = began_at
        self._now_s = 0.0
        self._heard: list[tuple[float, Samples]] = []
        self._coming: Samples | None = None

    def now(self) -> datetime:
        """When the evening began, and what has been played since."""
        return self._began_at + timedelta(seconds=self._now_s)

    def monotonic_s(self) -> float:
        """Seconds of the evening so far."""
        return self._now_s

    @property
    def began_s(self) -> float:
        """Now: time stands still while something is played."""
        return self._now_s

    def play(self, sound: Sound) -> Spoken:
        """Let time pass by the length of the sound, as a loudspeaker would."""
        began_s = self._now_s
        self._heard.append((began_s, resample(sound.samples, sound.rate_hz, SAMPLE_RATE_HZ)))
        self._now_s += sound.seconds
        return Spoken(began_s, self._now_s)

    def stop(self) -> None:
        """A played evening is not interrupted."""

    def expect(self, answer: "Samples | None") -> None:
        """Let this answer, (n,) at 16 kHz, be said into the microphone; silence follows it."""
        self._coming = answer
        if answer is not None:
            self._heard.append((self._now_s, answer))

    def read(self) -> Block:
        """The next block of what is said; silence where nobody speaks."""
        block = np.zeros(BLOCK_SAMPLES, np.int16)
        if self._coming is not None:
            said = self._coming[:BLOCK_SAMPLES]
            block[: len(said)] = said
            self._coming = self._coming[BLOCK_SAMPLES:]
        at_s = self._now_s
        self._now_s += BLOCK_S
        return Block(block, at_s)

    def discard(self) -> None:
        """Nothing is heard on a stage before it is expected."""

    def close(self) -> None:
        """There is no device to let go of."""

    def save(self, file: Path) -> None:
        """Write the evening's sound, both voices and the product's, as a WAV file at 16 kHz."""
        track = np.zeros(round(self._now_s * SAMPLE_RATE_HZ) + BLOCK_SAMPLES, np.int16)
        for at_s, samples in self._heard:
            start = round(at_s * SAMPLE_RATE_HZ)
            room = len(track) - start
            track[start : start + len(samples)] = samples[:room]
        with wave.open(str(file), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(SAMPLE_RATE_HZ)
            out.writeframes(track.astype("<i2").tobytes())


class PlayedCouple:
    """The ear of a played evening: lets the couple of `demo.toml` answer, and hears it with a real ear."""

    def __init__(self, stage: Stage, ear: Ear, demo: Demo, voice: Callable[[str], Synthesiser]) -> None:
        self._stage = stage
        self._ear = ear
        self._demo = demo
        self._voices = dict(zip(demo.partners, map(voice, demo.voices), strict=True))
        self._asked: Counter[tuple[str, str]] = Counter()

    @property
    def name(self) -> str:
        """The real ear's name."""
        return self._ear.name

    def listen(self, listen: Listen) -> Utterance | None:
        """Let the partner whose turn it is answer, and hear what was said."""
        self._stage.expect(self._answer(listen.turn.question, listen.turn.partner))
        return self._ear.listen(listen)

    def close(self) -> None:
        """Let go of the real ear."""
        self._ear.close()

    def _answer(self, question: str, partner: str) -> "Samples | None":
        said = [a for a in self._demo.answers if (a.question, a.partner) == (question, partner)]
        nth = self._asked[question, partner]
        self._asked[question, partner] += 1
        if nth >= len(said) or not said[nth].say:
            return None
        answer = answer_sound(said[nth], self._voices[partner])
        return np.concatenate([_silence(THINKING_S), answer])


def answer_sound(answer: DemoAnswer, voice: Synthesiser) -> "Samples":
    """The answer as this voice says it, (n,) at 16 kHz, with its pauses between the parts."""
    pieces: list[Samples] = []
    for part in answer.say:
        sound = voice.synthesise(part, Manner())
        pieces += [_silence(answer.pause_s)] if pieces else []
        pieces.append(resample(sound.samples, sound.rate_hz, SAMPLE_RATE_HZ))
    return np.concatenate(pieces) if pieces else _silence(0)


def _silence(seconds: float) -> "Samples":
    return np.zeros(round(seconds * SAMPLE_RATE_HZ), np.int16)
