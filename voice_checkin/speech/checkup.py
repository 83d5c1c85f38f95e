"""What can be wrong with hearing and speaking on a machine, each told with its cure.

One function for each question. What it looks at is handed in, so that every fault can be made to happen.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from voice_checkin.errors import CheckinError, ModelMissing, SoundError
from voice_checkin.speech import sound_server
from voice_checkin.speech.devices import NOUN, Device, Kind
from voice_checkin.speech.models import Model
from voice_checkin.speech.ports import SAMPLE_RATE_HZ


class Severity(StrEnum):
    """How much a finding matters."""

    FINE = "fine"
    NOTE = "note"
    """Worth knowing: the evening can be held as it is."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what came of it."""

    name: str
    """What was looked at: `microphone`."""
    told: str = field(repr=False)
    """What was found, in words; it may quote what somebody said, hence no `repr`."""
    remedy: str = ""
    severity: Severity = Severity.FINE


def fine(name: str, told: str) -> Finding:
    """All is well with it."""
    return Finding(name, told)


def note(name: str, told: str, remedy: str = "") -> Finding:
    """Worth knowing."""
    return Finding(name, told, remedy, Severity.NOTE)


def wrong(name: str, problem: str, remedy: str) -> Finding:
    """To be put right."""
    return Finding(name, problem, remedy, Severity.WRONG)


def failed(name: str, fault: CheckinError) -> Finding:
    """A fault as a finding."""
    return wrong(name, fault.problem, fault.remedy)


def look(name: str, looking: Callable[[], str]) -> Finding:
    """What `looking` returns is fine; what it raises as `CheckinError` is wrong."""
    try:
        return fine(name, looking())
    except CheckinError as fault:
        return failed(name, fault)


def check_device(
    kind: Kind,
    every: Callable[[], Iterable[Device]],
    find: Callable[[], Device],
    *,
    hears_itself: Callable[[Device], bool],
) -> Finding:
    """Which device is used, of which; wrong where there is none, or only one that hears the loudspeaker."""
    noun, names = NOUN[kind], ""
    try:
        names = ", ".join(device.name for device in every())
        device = find()
    except SoundError as fault:
        remedy = f"choose one of these: voice-checkin setup --{noun} NAME; {names}" if names else fault.remedy
        return wrong(noun, fault.problem, remedy)
    if hears_itself(device):
        return wrong(
            noun,
            "no microphone was found: all that can be heard is the loudspeaker itself",
            "plug one in, choose it in the system's sound settings, or use --ear keyboard",
        )
    return fine(noun, f"{device.name}, of: {names}")


def check_switch(kind: Kind, is_muted: Callable[[Kind], bool]) -> Finding:
    """Whether the system has muted the device."""
    name = f"{NOUN[kind]} switch"
    if not is_muted(kind):
        return fine(name, "not muted by the system")
    noun = sound_server.NOUN[kind]
    remedy = (
        f"unmute it in the system's sound settings, or run: pactl set-{noun}-mute @DEFAULT_{noun.upper()}@ 0"
    )
    return wrong(name, f"the {NOUN[kind]} is muted", remedy)


def check_rate(device: Device, *, takes_speech_rate: bool) -> Finding:
    """At which rate the microphone is heard: its own, also where it refuses that of speech, 16,000 Hz."""
    name, own = "microphone rate", f"{device.rate_hz:,} Hz"
    if device.rate_hz < SAMPLE_RATE_HZ:
        return wrong(
            name,
            f"it hears at {own} only, as telephones do: consonants are lost",
            "leave the headset's telephone mode, or choose another microphone: voice-checkin setup",
        )
    if not takes_speech_rate:
        return note(
            name, f"{SAMPLE_RATE_HZ:,} Hz is refused: it is heard at its own {own}, and converted here"
        )
    return fine(name, f"heard at its own {own}")


def check_models(
    models: Iterable[Model],
    language: str,
    *,
    is_here: Callable[[Model], bool],
    verify: Callable[[Model], object],
    is_installed: Callable[[str], bool],
) -> Iterator[Finding]:
    """Every model that is here, byte by byte; and whether one of them can hear the language.

    `verify` raises `ModelMissing` for a damaged model, `is_installed` tells of an engine.
    """
    known = tuple(models)
    here = [model for model in known if is_here(model)]
    hearing = [model for model in here if model.language == language]
    usable = False
    for model in hearing:
        name = f"model {model.name}"
        try:
            verify(model)
        except ModelMissing as damage:
            yield failed(name, damage)
            continue
        if is_installed(model.engine):
            usable = True
            yield fine(name, "every file is as the manifest says")
        else:
            yield note(name, f"{model.engine} isn't installed", "see README, Installing")
    if not usable:
        yield _nothing_hears(language, here, [model for model in known if model.language == language])


def _nothing_hears(language: str, here: Iterable[Model], would_do: Iterable[Model]) -> Finding:
    others = ", ".join(sorted({model.language for model in here} - {language}))
    only = f"; those here hear: {others}" if others else ""
    remedy = next((f"{model.remedy}; or use --ear keyboard" for model in would_do), "use --ear keyboard")
    return wrong("ear", f"no speech model hears language {language!r} here{only}", remedy)
