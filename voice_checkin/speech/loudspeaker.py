"""The loudspeaker: one stream, open for the whole evening."""

import math
import threading
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from voice_checkin.evening.ports import Spoken
from voice_checkin.speech import devices
from voice_checkin.speech.ports import Sound
from voice_checkin.speech.resampling import resample

if TYPE_CHECKING:
    import numpy.typing as npt

    from voice_checkin.speech.ports import Samples

LATENCY_S = 0.4
"""Sound that the device holds in advance. Libraries that load hold Python for up to 0.17 s at a time
(measured); with less in advance the greeting could stutter. No phrase waits behind it, see `_begin`."""
LEAD_S = 0.25
"""Silence before the first phrase: amplifiers and headphones swallow what comes while they wake."""
GONE_S = 1.0
"""A device that takes no sound for so long is gone."""
CHECK_S = 0.1
"""How often a playing device is looked at."""


class SpeakerDevice:
    """Plays sound on the device of this name, or on the machine's own choice.

    The device is opened by the first phrase, and opened anew after it went away. `underflows` counts
    how often it ran dry in the middle of a phrase.
    """

    def __init__(self, name: str | None = None) -> None:
        self._name = name
        self._stream: Any = None
        self._rate_hz = 0
        self._phrase: _Phrase | None = None
        self._one_at_a_time = threading.Lock()
        self.underflows = 0

    @property
    def began_s(self) -> float:
        """When the phrase that is being played began; infinite until it has."""
        phrase = self._phrase
        return phrase.begins_s if phrase else math.inf

    def play(self, sound: Sound) -> Spoken:
        """Play to the last sample, and return when it began and ended.

        Raises `VoiceError` where there is no device, or where it goes away in the middle.
        """
        with self._one_at_a_time:
            sounddevice = devices.portaudio("output")
            try:
                lead_s = self._open(sounddevice)
                phrase = _Phrase(resample(sound.samples, sound.rate_hz, self._rate_hz), self._rate_hz, lead_s)
                self._begin(phrase)
                spoken = self._follow(phrase)
                if phrase.stopped.is_set():
                    self._begin(None)
            except sounddevice.PortAudioError as fault:
                self._let_go()
                raise devices.gone("output") from fault
            return spoken

    def stop(self) -> None:
        """Fall silent at once; a `play` under way returns."""
        if phrase := self._phrase:
            phrase.stopped.set()

    def close(self) -> None:
        """Fall silent and let go of the device."""
        self.stop()
        with self._one_at_a_time:
            self._let_go()

    def _open(self, sounddevice: Any) -> float:  # noqa: ANN401 - sounddevice ships no types
        """Open the device unless it is, and return the silence that it needs before a phrase."""
        if self._stream is not None and self._stream.active:
            return 0.0
        self._let_go()
        device = devices.find("output", self._name)
        try:
            self._stream = sounddevice.OutputStream(
                device=device.index,
                samplerate=device.rate_hz,
                channels=device.channels,
                dtype="int16",
                latency=LATENCY_S,
                callback=self._fill,
            )
        except sounddevice.PortAudioError as refused:
            raise devices.in_use("output", device) from refused
        self._rate_hz = device.rate_hz
        return LEAD_S

    def _begin(self, phrase: "_Phrase | None") -> None:
        """Drop what the device holds in advance and start it afresh, so that the phrase sounds at once.

        Without a phrase it plays silence: a device that sleeps between phrases swallows their first word.
        """
        self._stream.abort()
        if phrase:
            phrase.clock_offset_s = devices.monotonic_offset_s(self._stream)
        self._phrase = phrase
        self._stream.start()

    def _follow(self, phrase: "_Phrase") -> Spoken:
        """Wait until the phrase has sounded or was stopped."""
        taken, moved_s = 0, time.monotonic()
        while (now_s := time.monotonic()) < phrase.ends_s:
            if phrase.stopped.wait(min(CHECK_S, phrase.ends_s - now_s)):
                return Spoken(min(phrase.begins_s, time.monotonic()), time.monotonic())
            if phrase.taken > taken:
                taken, moved_s = phrase.taken, now_s
            if not self._stream.active or now_s - moved_s > GONE_S:
                self._let_go()
                raise devices.gone("output")
        return Spoken(phrase.begins_s, phrase.ends_s)

    def _fill(self, out: "npt.NDArray[np.int16]", _frames: int, at: Any, status: Any) -> None:  # noqa: ANN401
        """Called by PortAudio in a thread of its own: copies, and does nothing that could wait."""
        if phrase := self._phrase:
            if status.output_underflow and 0 < phrase.taken < len(phrase.samples):
                self.underflows += 1
            phrase.fill(out, at.outputBufferDacTime)
        else:
            out.fill(0)

    def _let_go(self) -> None:
        self._phrase = None
        if self._stream is not None:
            self._stream.close()
            self._stream = None


class _Phrase:
    """One sound on its way into the device, and when it is heard on the monotonic clock."""

    def __init__(self, samples: "Samples", rate_hz: int, lead_s: float) -> None:
        self._lead_s = lead_s
        self._rate_hz = rate_hz
        self.samples = np.concatenate([np.zeros(round(lead_s * rate_hz), np.int16), samples])
        self.taken = 0
        self.begins_s = math.inf
        """When its first sample is heard, the lead not counted; infinite until it is known."""
        self.ends_s = math.inf
        """When its last sample has been heard; infinite until the device has taken it."""
        self.clock_offset_s = 0.0
        """From the device's clock to the monotonic one."""
        self.stopped = threading.Event()

    def fill(self, out: "npt.NDArray[np.int16]", heard_at_s: float) -> None:
        """Put the next samples into every channel of `out`, (n, channels), heard then by its clock."""
        piece = self.samples[self.taken : self.taken + len(out)]
        out[: len(piece)] = piece[:, np.newaxis]
        out[len(piece) :] = 0
        self._note_times(heard_at_s + self.clock_offset_s, len(piece))
        self.taken += len(piece)

    def _note_times(self, heard_at_s: float, count: int) -> None:
        if self.taken == 0:
            # While a device starts it may name a time that is past, or none.
            self.begins_s = max(heard_at_s, time.monotonic()) + self._lead_s
        if self.taken + count == len(self.samples) and math.isinf(self.ends_s):
            unbroken_s = self.begins_s - self._lead_s + len(self.samples) / self._rate_hz
            self.ends_s = max(unbroken_s, heard_at_s + count / self._rate_hz)
