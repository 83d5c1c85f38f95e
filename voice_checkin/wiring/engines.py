"""Which recognisers are here for a language, and loading them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from voice_checkin.errors import CheckinError, ModelMissing
from voice_checkin.speech.ports import Recogniser
from voice_checkin.speech.two_recognisers import TwoRecognisers
from voice_checkin.wiring.models import model_of
from voice_checkin.wiring.place import Place

AUTO, KEYBOARD = "auto", "keyboard"
ENGINES = ("vosk", "whisper")
"""Where both are here and neither was asked for, both hear: Vosk streams, Whisper writes."""
_IMPORTED_BY = {"vosk": "vosk", "whisper": "faster_whisper"}


@dataclass(frozen=True, slots=True)
class Found:
    """A model that is here, for an engine that is installed."""

    engine: str
    language: str
    folder: Path


def is_installed(engine: str) -> bool:
    """Whether the library of this engine is here, without importing it."""
    return find_spec(_IMPORTED_BY[engine]) is not None


def find_models(here: Place, wanted: str) -> tuple[Found, ...]:
    """The models that hear this language, by the engine that was asked for, or by all that can.

    Where the choice is free, a damaged model only leaves its place to the other one. Raises `ModelMissing`
    where an engine was asked for by name and its model isn't here, or where all that are here are damaged.
    """
    damaged: ModelMissing | None = None
    found = []
    for engine in ENGINES if wanted == AUTO else (wanted,):
        try:
            found += _models_of(here, engine)
        except ModelMissing as fault:
            damaged = damaged or fault
    if damaged and not found:
        raise damaged
    if not found and wanted != AUTO:
        raise ModelMissing(
            f"{wanted} has no model for language {here.script.language.code!r} here",
            remedy="run: voice-checkin models list",
        )
    return tuple(found)


def load_engine(here: Place, wanted: str) -> Callable[[], Recogniser]:
    """Begin to load the engine in the background; the call waits for it. Raises `ModelMissing`."""
    if wanted == KEYBOARD:
        raise CheckinError(
            "sound is not heard by the keyboard", remedy="leave --ear to auto, vosk or whisper"
        )
    found = find_models(here, wanted)
    if not found:
        raise ModelMissing(
            f"no speech model for language {here.script.language.code!r} is here",
            remedy="run: voice-checkin models list",
        )
    return loading(here, found)


def loading(here: Place, found: tuple[Found, ...]) -> Callable[[], Recogniser]:
    """Load one engine, or both, in the background while the greeting is spoken; the call waits for it.

    The rules that its words are read by are loaded behind it.
    """
    loader = ThreadPoolExecutor(1, thread_name_prefix="ear")
    loaded = loader.submit(_load_all, found)
    loader.submit(here.book)
    loader.shutdown(wait=False)
    return loaded.result


def _models_of(here: Place, engine: str) -> list[Found]:
    language = here.script.language.code
    folder = model_of(engine, language, here.home) if is_installed(engine) else None
    return [Found(engine, language, folder)] if folder else []


def _load_all(found: tuple[Found, ...]) -> Recogniser:
    first, *others = map(_load, found)
    return TwoRecognisers(first, *others) if others else first


def _load(found: Found) -> Recogniser:
    if found.engine == "vosk":
        from voice_checkin.speech.vosk_recogniser import VoskRecogniser

        return VoskRecogniser(found.folder)
    from voice_checkin.speech.whisper_recogniser import WhisperRecogniser

    return WhisperRecogniser(found.folder, language=found.language)
