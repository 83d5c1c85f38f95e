"""Who listens tonight."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from typing import TypeAlias

from voice_checkin.errors import CheckinError, MicrophoneError, ModelMissing, NoWayToAnswer
from voice_checkin.evening.hints import likely_answers
from voice_checkin.evening.patience import Patience
from voice_checkin.evening.ports import Clock, Ear, Spoken
from voice_checkin.speech.keyboard_ear import KeyboardEar
from voice_checkin.speech.ports import Recogniser, Source
from voice_checkin.speech.returning_microphone import ReturningMicrophone
from voice_checkin.speech.spoken_ear import SpokenEar
from voice_checkin.speech.stand_in_ear import StandInEar
from voice_checkin.speech.typed_lines import TypedLines
from voice_checkin.wiring.models import model_of
from voice_checkin.wiring.place import Place

AUTO, KEYBOARD = "auto", "keyboard"
ENGINES = ("vosk", "whisper")
"""In this order: Vosk streams."""
_IMPORTED_BY = {"vosk": "vosk", "whisper": "faster_whisper"}

Notice: TypeAlias = Callable[[str], None]
Says: TypeAlias = Callable[[str], Spoken]


@dataclass(frozen=True, slots=True)
class Found:
    """A model that is here, for an engine that is installed."""

    engine: str
    language: str
    folder: Path


@dataclass(frozen=True, slots=True)
class ChosenEar:
    """An ear that can be opened, and what is told of it."""

    told: str
    typed: bool
    """Whether answers are typed on this terminal."""
    hears: bool
    """Whether answers are spoken; what is typed meanwhile counts, too."""
    open: Callable[[Notice, Says, TypedLines | None], Ear]
    """How to tell something on the screen, how to say it aloud, and what is typed meanwhile."""


def choose_ear(here: Place, wanted: str, clock: Clock) -> ChosenEar:
    """The ear that can hear here: Vosk if its model is there, else Whisper, else the keyboard.

    Raises `NoWayToAnswer` where there is neither microphone nor terminal, `ModelMissing` where an
    engine was asked for by name and its model isn't here.
    """
    if wanted == KEYBOARD:
        return _keyboard("Tonight is typed: one answer a line.", clock)
    from voice_checkin.speech.microphone import has_microphone

    model = _model_for(here, wanted)
    microphone = here.settings.microphone or None
    if model and has_microphone(microphone):
        return _spoken(here, model, microphone, clock)
    missing = "no microphone was found" if model else "no speech model is here"
    if sys.stdin.isatty():
        return _keyboard(f"{missing.capitalize()}: tonight is typed, one answer a line.", clock)
    raise NoWayToAnswer(
        f"{missing}, and there is no terminal to type on",
        remedy="plug a microphone in, or run: voice-checkin tonight --ear keyboard"
        if model
        else "run: voice-checkin models fetch vosk-small-en, or: voice-checkin tonight --ear keyboard",
    )


def load_engine(here: Place, wanted: str) -> Callable[[], Recogniser]:
    """Begin to load the engine in the background; the call waits for it. Raises `ModelMissing`."""
    if wanted == KEYBOARD:
        raise CheckinError(
            "sound is not heard by the keyboard", remedy="leave --ear to auto, vosk or whisper"
        )
    model = _model_for(here, wanted)
    if model is None:
        raise ModelMissing(
            f"no speech model for language {here.script.language.code!r} is here",
            remedy="run: voice-checkin models list",
        )
    return _loading(here, model)


def spoken_ear(
    here: Place, source: Source, recogniser: Callable[[], Recogniser], typed: TypedLines | None = None
) -> SpokenEar:
    """An ear that takes turns on this source, hears with this recogniser, and knows a complete answer."""
    from voice_checkin.speech.voice_activity import SileroVoiceActivity

    hints = likely_answers(here.script.intents)
    patience = Patience(here.book, here.settings.patience)
    ear = SpokenEar(source, SileroVoiceActivity(), recogniser, hints, patience)
    if typed:
        ear.typed = typed.take
    return ear


def is_installed(engine: str) -> bool:
    """Whether the library of this engine is here, without importing it."""
    return find_spec(_IMPORTED_BY[engine]) is not None


def _model_for(here: Place, wanted: str) -> Found | None:
    """The model that hears this language, by the engine that was asked for, or by the first that can.

    Where the choice is free, a damaged model only leaves its place to the next one.
    """
    damaged: ModelMissing | None = None
    for engine in ENGINES if wanted == AUTO else (wanted,):
        try:
            found = _model_of(here, engine)
        except ModelMissing as fault:
            damaged = damaged or fault
        else:
            if found:
                return found
    if damaged:
        raise damaged
    if wanted == AUTO:
        return None
    language = here.script.language.code
    raise ModelMissing(
        f"{wanted} has no model for language {language!r} here", remedy="run: voice-checkin models list"
    )


def _model_of(here: Place, engine: str) -> Found | None:
    language = here.script.language.code
    folder = model_of(engine, language, here.home) if is_installed(engine) else None
    return Found(engine, language, folder) if folder else None


def _spoken(here: Place, found: Found, microphone: str | None, clock: Clock) -> ChosenEar:
    def open_ear(notice: Notice, say: Says, typed: TypedLines | None) -> Ear:
        def tell(words: str) -> None:
            notice(words)
            say(words)

        typing = KeyboardEar(typed, clock) if typed else None
        try:
            source = _returning(here, microphone, tell, typed)
            ear = spoken_ear(here, source, _loading(here, found), typed)
        except MicrophoneError as fault:
            if typing is None:
                raise
            notice(f"{fault.problem}: tonight is typed, one answer a line.")
            return typing
        return ear if typing is None else StandInEar(ear, typing, notice=notice)

    return ChosenEar(f"{found.engine.capitalize()} listens.", typed=False, hears=True, open=open_ear)


def _returning(
    here: Place, microphone: str | None, tell: Notice, typed: TypedLines | None
) -> ReturningMicrophone:
    """A microphone that is waited for while it is away, which is said; unless somebody types meanwhile."""
    from voice_checkin.speech.microphone import Microphone

    lines = here.script.lines
    wordings = {"gone": cycle(lines.microphone_gone), "back": cycle(lines.microphone_back)}
    return ReturningMicrophone(
        lambda: Microphone(microphone),
        told=lambda what: tell(next(wordings[what])),
        given_up=typed.waiting if typed else lambda: False,
    )


def _keyboard(told: str, clock: Clock) -> ChosenEar:
    typed = sys.stdin.isatty() and sys.stdout.isatty()
    return ChosenEar(told, typed=typed, hears=False, open=lambda *_: KeyboardEar(sys.stdin, clock))


def _loading(here: Place, found: Found) -> Callable[[], Recogniser]:
    """Load the engine in the background while the greeting is spoken; the call waits for it.

    The rules that its words are read by are loaded behind it.
    """
    loader = ThreadPoolExecutor(1, thread_name_prefix="ear")
    loaded = loader.submit(_load, found)
    loader.submit(here.book)
    loader.shutdown(wait=False)
    return loaded.result


def _load(found: Found) -> Recogniser:
    if found.engine == "vosk":
        from voice_checkin.speech.vosk_recogniser import VoskRecogniser

        return VoskRecogniser(found.folder)
    from voice_checkin.speech.whisper_recogniser import WhisperRecogniser

    return WhisperRecogniser(found.folder, language=found.language)
