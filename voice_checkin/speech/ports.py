"""What the parts of hearing and speaking ask of one another: sound as values, and six Protocols."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

from voice_checkin.evening.model import Manner
from voice_checkin.evening.ports import Spoken

if TYPE_CHECKING:  # numpy is only a name here: nothing heavy is imported by importing this file
    import numpy as np
    import numpy.typing as npt

    Samples: TypeAlias = npt.NDArray[np.int16]

SAMPLE_RATE_HZ = 16_000
"""What voice activity and every recogniser work at."""
BLOCK_SAMPLES = 512
"""One block, 32 ms: what silero VAD reads at a time."""
BLOCK_S = BLOCK_SAMPLES / SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True)
class Block:
    """One block of heard sound: (512,) samples, mono, 16 kHz."""

    samples: "Samples" = field(repr=False)
    at_s: float
    """When its first sample was heard, on the source's clock."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Sound to be played: (n,) samples, mono."""

    samples: "Samples" = field(repr=False)
    rate_hz: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate_hz

    def after(self, silence_s: float) -> "Sound":
        """The same sound behind so many seconds of silence."""
        import numpy as np

        silence = np.zeros(round(silence_s * self.rate_hz), np.int16)
        return Sound(np.concatenate([silence, self.samples]), self.rate_hz)


class Source(Protocol):
    """Where heard sound comes from: a microphone, a file, a stage."""

    def read(self) -> Block:
        """Wait for the next block.

        Raises `MicrophoneError` where none comes within a second, `EndOfInput` where a file has ended.
        """

    def discard(self) -> None:
        """Forget what was heard up to now: the product's own voice is not an answer."""

    def close(self) -> None:
        """Let go of the device or file."""


class VoiceActivity(Protocol):
    """Tells speech from other sound, block by block."""

    def probability(self, samples: "Samples") -> float:
        """How likely this block, (512,) at 16 kHz, holds speech: 0 to 1."""

    def reset(self) -> None:
        """Forget what came before."""


class Recogniser(Protocol):
    """Turns the sound of one utterance into text. One utterance at a time: start, accept..., finish."""

    @property
    def name(self) -> str:
        """`vosk` or `whisper`."""

    def start(self, phrases: Sequence[str] = (), own: Sequence[str] = ()) -> None:
        """Begin an utterance. Hints, never a cage: `phrases` are likely answers, `own` the couple's words."""

    def accept(self, samples: "Samples") -> str:
        """Take the next samples and return the words so far; "" where the engine has none yet."""

    def anticipate(self) -> None:
        """Begin to make the text ready, as if the utterance were over; more samples void that."""

    def so_far(self) -> str | None:
        """The text as if the utterance were over; None where it isn't ready. Never waits."""

    def finish(self) -> str:
        """End the utterance and return its text; "" where there were no words."""


class Synthesiser(Protocol):
    """Turns a line into sound."""

    def synthesise(self, line: str, manner: Manner) -> Sound:
        """Speak the line into samples. Raises `VoiceError` where no sound or only half a line came out."""


class Cleaner(Protocol):
    """Takes the product's own voice out of what the microphone hears."""

    def clean(self, heard: "Samples", played: "Samples") -> "Samples":
        """What was heard without what was played at the same time; all (512,) at 16 kHz."""


class Loudspeaker(Protocol):
    """Plays sound."""

    @property
    def began_s(self) -> float:
        """When the first sample of what is being played was heard, monotonic; infinite until it is."""

    def play(self, sound: Sound) -> Spoken:
        """Play to the last sample, and return when it began and ended. Raises `VoiceError`."""

    def stop(self) -> None:
        """Fall silent at once; a `play` under way returns."""

    def close(self) -> None:
        """Let go of the device."""
