"""Where things are on this machine, what was chosen, and what time it is."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from voice_checkin.evening.model import Manner
from voice_checkin.settings import Settings, load_settings

if TYPE_CHECKING:
    from voice_checkin.evening.book import Book
    from voice_checkin.evening.script import Script


@dataclass(frozen=True, slots=True)
class Choices:
    """What the command line chose; None where it is left to the settings."""

    ear: str | None = None
    voice: str | None = None
    language: str | None = None
    content: Path | None = None
    short: bool = False
    trace: TextIO | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The home folder, the settings in it, and the words of the language that was chosen."""

    home: Path
    settings: Settings
    content: Path
    script: "Script"
    book: Callable[[], "Book"]
    """The rules that sentences are read by; loaded when first asked for. Raises `ContentError`."""


def manner(settings: Settings) -> Manner:
    """How the voice speaks, as the two have chosen."""
    return Manner(settings.rate, settings.volume, settings.pause)


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Local time with its offset."""
        return datetime.now().astimezone()

    def monotonic_s(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()


def home() -> Path:
    """The one folder that everything is stored in."""
    chosen = os.environ.get("VOICE_CHECKIN_HOME")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("voice-checkin", appauthor=False)


def place(choices: Choices) -> Place:
    """Read settings and content. Raises `CheckinError` where either is broken."""
    from voice_checkin.content import content_folder, load_book, load_script

    where = home()
    settings = load_settings(where)
    content = choices.content or content_folder()
    script = load_script(content, choices.language or settings.language, own=where)
    return Place(where, settings, content, script, cache(lambda: load_book(content, script)))
