"""The machine's sound devices, by name and at their own rate, as PortAudio lists them.

Remembered by name, not by number: numbers change when something is plugged in. PortAudio makes its
list once per process.
"""

import time
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from voice_checkin.errors import MicrophoneError, SoundError, VoiceError

Kind: TypeAlias = Literal["input", "output"]

MOST_CHANNELS = 2
"""A sound server offers 32; a voice needs one, and some devices open with no fewer than two."""

_ERROR: dict[Kind, type[SoundError]] = {"input": MicrophoneError, "output": VoiceError}
NOUN: dict[Kind, str] = {"input": "microphone", "output": "loudspeaker"}
_INSTEAD: dict[Kind, str] = {"input": "--ear keyboard", "output": "--voice printed"}


@dataclass(frozen=True, slots=True)
class Device:
    """One device, in one direction."""

    index: int
    name: str
    rate_hz: int
    """The rate it works at by itself: others may be refused (WASAPI) or converted badly."""
    channels: int
    """How many to open it with: 1 or 2."""


def portaudio(kind: Kind) -> Any:  # noqa: ANN401 - sounddevice ships no types
    """Return the sounddevice module. Raises `MicrophoneError` or `VoiceError` without PortAudio."""
    try:
        # The only library that reaches microphones and loudspeakers alike on three platforms.
        import sounddevice
    except OSError as missing:
        raise _ERROR[kind](
            f"the {NOUN[kind]} can't be used: the sound library PortAudio is missing",
            remedy=f"install it (Debian, Ubuntu: apt install libportaudio2), or use {_INSTEAD[kind]}",
        ) from missing
    return sounddevice


def devices(kind: Kind) -> tuple[Device, ...]:
    """Return what there is, in PortAudio's order. Raises as `portaudio` does."""
    listed = portaudio(kind).query_devices()
    return tuple(_device(one, kind) for one in listed if one[f"max_{kind}_channels"])


def find(kind: Kind, name: str | None) -> Device:
    """Return the device of this name, or for None the machine's own choice.

    The whole name counts before a part of it. Raises `MicrophoneError` or `VoiceError` where there is none.
    """
    found = devices(kind)
    if not found:
        raise _ERROR[kind](f"no {NOUN[kind]} was found", remedy=f"plug one in, or use {_INSTEAD[kind]}")
    if name is None:
        chosen = portaudio(kind).default.device[kind]
        return next((device for device in found if device.index == chosen), found[0])
    wanted = name.casefold()
    for device in sorted(found, key=lambda device: device.name.casefold() != wanted):
        if wanted in device.name.casefold():
            return device
    raise _ERROR[kind](
        f"no {NOUN[kind]} is called {name!r}", remedy="see which there are: voice-checkin doctor"
    )


def takes(kind: Kind, device: Device, rate_hz: int) -> bool:
    """Tell whether the device can be opened at this rate, as it is now. Raises as `portaudio` does."""
    sounddevice = portaudio(kind)
    check = getattr(sounddevice, f"check_{kind}_settings")
    try:
        check(device=device.index, channels=device.channels, dtype="int16", samplerate=rate_hz)
    except sounddevice.PortAudioError:
        return False
    return True


def in_use(kind: Kind, device: Device) -> SoundError:
    """Return the error for a device that is there but can't be opened."""
    return _ERROR[kind](
        f"the {NOUN[kind]} {device.name!r} can't be opened",
        remedy="close the program that holds it, or choose another: voice-checkin setup",
    )


def gone(kind: Kind) -> SoundError:
    """Return the error for a device that went away while it was in use."""
    return _ERROR[kind](
        f"the {NOUN[kind]} went away",
        remedy=f"check its plug and start again: the evening goes on where it was; or use {_INSTEAD[kind]}",
    )


def monotonic_offset_s(stream: Any) -> float:  # noqa: ANN401 - as above
    """Return what turns a stream's own time into `time.monotonic`."""
    return time.monotonic() - float(stream.time)


def _device(listed: dict[str, Any], kind: Kind) -> Device:
    return Device(
        index=listed["index"],
        name=listed["name"],
        rate_hz=round(listed["default_samplerate"]),
        channels=min(MOST_CHANNELS, listed[f"max_{kind}_channels"]),
    )
