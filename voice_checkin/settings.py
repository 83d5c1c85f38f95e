"""What a couple has chosen, in one file of its home folder that people may edit: settings.toml."""

import os
import re
import tomllib
from dataclasses import asdict, dataclass, field
from pathlib import Path

from voice_checkin.errors import CheckinError
from voice_checkin.shapes import ShapeError, read_shape

_NAME = "settings.toml"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ONE_OF = {"depth": ("light", "warm", "deep"), "weekly": (*_DAYS, "off")}


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice, with what holds where none was made."""

    language: str = "en"
    ear: str = "auto"
    """`auto`, `vosk`, `whisper` or `keyboard`."""
    voice: str = "auto"
    """`auto` (which is pyttsx3), `pyttsx3`, `piper` or `printed`."""
    rate: float = 1.0
    """How fast the voice speaks; 1.0 is its natural rate."""
    volume: float = 1.0
    """How loud the voice speaks; 1.0 is full."""
    pause: float = 1.0
    """How long the voice pauses between two lines; 1.0 is 0.35 s."""
    interrupt: str = "key"
    """What breaks off a line: `key` (Enter), or `voice` as well: with headphones, or cleared of echo."""
    microphone: str = ""
    """A device's name, or part of it; the system's own choice where empty."""
    loudspeaker: str = ""
    patience: dict[str, float] = field(default_factory=dict)
    """A partner's name -> how many times the usual silence ends their answers: 2 for who stutters."""
    hour: str = ""
    """When the two like to meet, such as 21:30."""
    depth: str = "warm"
    """How deep questions may go: `light`, `warm` or `deep`."""
    weekly: str = "sunday"
    """The day of the weekly look, in small letters, or `off`."""
    country: str = ""
    """Whose places of help are told, as an ISO 3166 code such as GB; neutral ones where empty."""


def load_settings(home: Path) -> Settings:
    """Read the settings; what isn't there has its default. Raises `CheckinError` naming the key."""
    file = home / _NAME
    try:
        settings = read_shape(tomllib.loads(file.read_text(encoding="utf-8")), Settings, blank_texts=True)
        _check(settings)
    except FileNotFoundError:
        return Settings()
    except (ShapeError, tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
        raise CheckinError(f"{_NAME} can't be read: {fault}", remedy="correct or remove the file") from None
    return settings


def check_settings(settings: Settings) -> None:
    """Raise `CheckinError`, naming the key, where a choice is none of those there are."""
    try:
        _check(settings)
    except ShapeError as fault:
        raise CheckinError(f"this can't be chosen: {fault}", remedy="choose another") from None


def _check(settings: Settings) -> None:
    for key, known in _ONE_OF.items():
        if getattr(settings, key) not in known:
            raise ShapeError(key, f"must be one of: {', '.join(known)}")
    if not re.fullmatch("([A-Z]{2})?", settings.country):
        raise ShapeError("country", "must be a code of two capital letters, such as GB, or empty")


def save_settings(home: Path, settings: Settings) -> None:
    """Write the settings, keeping the comments a person has put there."""
    import tomlkit

    file = home / _NAME
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()
        kept.update(asdict(settings))
        fresh = file.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(tomlkit.dumps(kept))
        fresh.replace(file)
    except OSError as fault:
        raise CheckinError(
            f"the settings can't be written: {fault.strerror}", remedy="make room or allow writing there"
        ) from None
