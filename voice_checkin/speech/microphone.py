"""The microphone: one stream, open for the whole evening, so that no first word is missed."""

import math
import queue
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np

from voice_checkin.errors import MicrophoneError
from voice_checkin.speech import devices, sound_server
from voice_checkin.speech.ports import BLOCK_S, BLOCK_SAMPLES, Block
from voice_checkin.speech.resampling import Resampler

if TYPE_CHECKING:
    import numpy.typing as npt

    from voice_checkin.speech.ports import Samples

LATENCY_S = 0.1
"""Asked of the device, which then delivers every 25 ms."""
SILENT_S = 1.0
"""A microphone that sends nothing for so long is given up."""
MOST_DELIVERIES = 400
"""10 s of sound. While the product speaks nobody reads, and the oldest makes way for the newest."""
GAP_S = 0.25
"""Where a delivery comes so much earlier or later than counting samples says, sound was lost before it.
The times that devices state wander by 0.04 s (measured)."""
DRIFT = 0.02
"""How far one delivery moves the count's clock: evens out the wandering, follows a device that runs slow."""
SERVED = ("default", "pulse", "pipewire")
"""ALSA's names for whatever a sound server has chosen as its microphone."""


class Microphone:
    """Hears through the device of this name, or the machine's own choice. Implements `speech.ports.Source`.

    Times are on the monotonic clock. `dropped` counts deliveries that were lost since the last `discard`.
    Raises `MicrophoneError` where there is no device, or where it can't be opened.
    """

    def __init__(self, name: str | None = None) -> None:
        self.dropped = 0
        self._deliveries: queue.SimpleQueue[tuple[npt.NDArray[np.int16], float] | None] = queue.SimpleQueue()
        self._ready: deque[Block] = deque()
        self._heard_from_s = 0.0
        device = devices.find("input", name)
        self._rate_hz = device.rate_hz
        self._cutter = BlockCutter(device.rate_hz, device.channels)
        sounddevice = devices.portaudio("input")
        try:
            self._stream = sounddevice.InputStream(
                device=device.index,
                samplerate=device.rate_hz,
                channels=device.channels,
                dtype="int16",
                latency=LATENCY_S,
                callback=self._deliver,
                finished_callback=lambda: self._deliveries.put(None),
            )
            self._clock_offset_s = devices.monotonic_offset_s(self._stream)
            self._stream.start()
        except sounddevice.PortAudioError as refused:
            raise devices.in_use("input", device) from refused

    def read(self) -> Block:
        """Wait for the next block. Raises `MicrophoneError` where nothing comes within a second."""
        while not self._ready:
            self._ready.extend(self._cutter.cut(*self._next_delivery()))
        return self._ready.popleft()

    def discard(self) -> None:
        """Forget what was heard up to now, also what the device has not delivered yet."""
        with suppress(queue.Empty):
            while self._deliveries.get_nowait():
                pass
        self._ready.clear()
        self._cutter.restart()
        self._heard_from_s = time.monotonic()
        self.dropped = 0

    def close(self) -> None:
        """Let go of the device."""
        self._stream.close()

    def _next_delivery(self) -> "tuple[npt.NDArray[np.int16], float]":
        while True:
            try:
                delivery = self._deliveries.get(timeout=SILENT_S)
            except queue.Empty as nothing:
                raise devices.gone("input") from nothing
            if delivery is None:  # the device has ended by itself
                raise devices.gone("input")
            frames, heard_at_s = delivery
            if heard_at_s + len(frames) / self._rate_hz > self._heard_from_s:
                return frames, heard_at_s

    def _deliver(self, frames: "npt.NDArray[np.int16]", count: int, at: Any, status: Any) -> None:  # noqa: ANN401
        """Called by PortAudio in a thread of its own: copies, and does nothing that could wait."""
        if self._deliveries.qsize() >= MOST_DELIVERIES:
            with suppress(queue.Empty):  # just read
                self._deliveries.get_nowait()
                self.dropped += 1
        self.dropped += bool(status.input_overflow)
        heard_at_s = at.inputBufferAdcTime + self._clock_offset_s
        if not at.inputBufferAdcTime:  # some drivers don't tell
            heard_at_s = time.monotonic() - count / self._rate_hz
        self._deliveries.put((frames.copy(), heard_at_s))


class BlockCutter:
    """Cuts what a device delivers, at its own rate and in any lengths, into blocks that know their time."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._rate_hz = rate_hz
        self._channels = channels
        self.restart()

    def restart(self) -> None:
        """Begin anew: the next frames don't continue the earlier ones."""
        self._resampler = Resampler(self._rate_hz, channels=self._channels)
        self._rest: Samples = np.zeros(0, np.int16)
        self._began_s = -math.inf
        self._frames_taken = 0
        self._blocks_cut = 0

    def cut(self, frames: "npt.NDArray[np.int16]", heard_at_s: float) -> Iterator[Block]:
        """Take frames, (n, channels), whose first was heard then, and yield the blocks they complete."""
        late_s = heard_at_s - (self._began_s + self._frames_taken / self._rate_hz)
        if abs(late_s) > GAP_S:
            self.restart()
            self._began_s = heard_at_s
        else:
            self._began_s += DRIFT * late_s
        self._frames_taken += len(frames)
        self._rest = np.concatenate([self._rest, self._resampler.push(frames)])
        while len(self._rest) >= BLOCK_SAMPLES:
            yield Block(self._rest[:BLOCK_SAMPLES], self._began_s + self._blocks_cut * BLOCK_S)
            self._rest = self._rest[BLOCK_SAMPLES:]
            self._blocks_cut += 1


def has_microphone(name: str | None = None) -> bool:
    """Tell whether there is a microphone, without opening it."""
    try:
        return not hears_itself(devices.find("input", name))
    except MicrophoneError:
        return False


def is_served(device: devices.Device) -> bool:
    """Whether this is whatever a sound server has chosen, and not a device by its own name."""
    return device.name in SERVED


def hears_itself(device: devices.Device) -> bool:
    """Whether this only records the loudspeaker: what a sound server offers where there is no microphone."""
    return is_served(device) and sound_server.hears_itself()
