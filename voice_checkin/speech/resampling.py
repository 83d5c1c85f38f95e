"""Sound from one rate to another, by soxr, as a whole or as it arrives.

soxr and not numpy's interpolation: without its filter the hiss above 8 kHz would fold into speech.
"""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from voice_checkin.speech.ports import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from voice_checkin.speech.ports import Samples

FULL_SCALE = 32_768
"""What a float of 1.0 is as an int16, were it not one too many."""


def resample(samples: "Samples", from_hz: int, to_hz: int) -> "Samples":
    """Return mono samples (n,) at another rate: as long to within one sample, clipped where too loud."""
    if from_hz == to_hz or not len(samples):
        return samples
    import soxr  # type: ignore[import-untyped]  # it ships no types

    return _to_int16(soxr.resample(_to_float(samples), from_hz, to_hz))


class Resampler:
    """Turns frames into mono at another rate while they arrive; the filter's own lag is `lag_s`."""

    def __init__(self, from_hz: int, to_hz: int = SAMPLE_RATE_HZ, channels: int = 1) -> None:
        import soxr

        self._channels = channels
        self._to_hz = to_hz
        self._stream = None if from_hz == to_hz else soxr.ResampleStream(from_hz, to_hz, num_channels=1)

    @property
    def lag_s(self) -> float:
        """Sound taken in that has not come out yet, in seconds: 0.02 at 48 kHz."""
        return 0.0 if self._stream is None else self._stream.delay() / self._to_hz

    def push(self, frames: npt.NDArray[np.int16] | npt.NDArray[np.float32]) -> "Samples":
        """Take frames, (n,) mono or (n, channels), and return the mono samples (m,) that are ready.

        m may be 0. Channels are averaged, floats mean -1 to 1, louder ones are clipped.
        Raises ValueError for frames of another number of channels.
        """
        return self._convert(self._mix(frames), last=False)

    def finish(self) -> "Samples":
        """Return the samples still held back by the filter. Nothing may be pushed afterwards."""
        return self._convert(np.zeros(0, np.float32), last=True)

    def _mix(self, frames: npt.NDArray[np.int16] | npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        channels = 1 if frames.ndim == 1 else frames.shape[1]
        if channels != self._channels:
            raise ValueError(f"{channels} channels came, {self._channels} were announced")
        floats = _to_float(frames)
        return floats if frames.ndim == 1 else floats.mean(axis=1, dtype=np.float32)

    def _convert(self, mono: npt.NDArray[np.float32], *, last: bool) -> "Samples":
        return _to_int16(mono if self._stream is None else self._stream.resample_chunk(mono, last=last))


def _to_float(samples: npt.NDArray[np.int16] | npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    if samples.dtype == np.int16:
        return (samples / np.float32(FULL_SCALE)).astype(np.float32)
    return samples.astype(np.float32, copy=False)


def _to_int16(floats: npt.NDArray[np.float32]) -> "Samples":
    return np.clip(np.rint(floats * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
