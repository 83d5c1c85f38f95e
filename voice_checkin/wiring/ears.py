"""Who listens tonight."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import TypeAlias

from voice_checkin.errors import MicrophoneError, NoWayToAnswer
from voice_checkin.evening.hints import likely_answers
from voice_checkin.evening.model import Expects
from voice_checkin.evening.patience import Patience
from voice_checkin.evening.ports import Clock, Ear, Spoken
from voice_checkin.speech.interruptions import Breaks
from voice_checkin.speech.keyboard_ear import KeyboardEar
from voice_checkin.speech.ports import Recogniser, Source
from voice_checkin.speech.returning_microphone import ReturningMicrophone
from voice_checkin.speech.spoken_ear import SpokenEar
from voice_checkin.speech.stand_in_ear import StandInEar
from voice_checkin.speech.typed_lines import TypedLines
from voice_checkin.wiring.engines import KEYBOARD, Found, find_models, loading
from voice_checkin.wiring.place import Place

Likely: TypeAlias = Mapping[Expects, Sequence[str]]
"""Phrases that may be heard at each kind of question."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is around an ear in its evening."""

    notice: Callable[[str], None]
    """Tells something on the screen."""
    say: Callable[[str], Spoken]
    """Says it aloud."""
    hearing: Callable[[str], None]
    """Shows the words so far of who is speaking."""
    own_words: tuple[str, ...]
    """The names of the two, and words that they have put right."""
    breaks: Breaks
    """What is typed, or said while the product speaks."""
    likely: Likely | None = None
    """What may be heard at each kind of question; None: what is in an evening."""


@dataclass(frozen=True, slots=True)
class ChosenEar:
    """An ear that can be opened, and what is told of it."""

    told: str
    typed: bool
    """Whether answers are typed on this terminal."""
    hears: bool
    """Whether answers are spoken; what is typed meanwhile counts, too."""
    open: Callable[[Around], Ear]


def choose_ear(here: Place, wanted: str, clock: Clock) -> ChosenEar:
    """The ear that can hear here: Vosk and Whisper together, else the one that is here, else the keyboard.

    Raises `NoWayToAnswer` where there is neither microphone nor terminal, `ModelMissing` where an
    engine was asked for by name and its model isn't here.
    """
    if wanted == KEYBOARD:
        return _keyboard("Tonight is typed: one answer a line.", clock)
    from voice_checkin.speech.microphone import has_microphone

    models = find_models(here, wanted)
    if models and has_microphone(here.settings.microphone or None):
        return _spoken(here, models, clock)
    missing = "no microphone was found" if models else "no speech model is here"
    if sys.stdin.isatty():
        return _keyboard(f"{missing.capitalize()}: tonight is typed, one answer a line.", clock)
    raise NoWayToAnswer(
        f"{missing}, and there is no terminal to type on",
        remedy="plug a microphone in, or run: voice-checkin tonight --ear keyboard"
        if models
        else "run: voice-checkin models fetch vosk-small-en, or: voice-checkin tonight --ear keyboard",
    )


def spoken_ear(
    here: Place,
    source: Source,
    recogniser: Callable[[], Recogniser],
    typed: TypedLines | None = None,
    likely: Likely | None = None,
) -> SpokenEar:
    """An ear that takes turns on this source, hears with this recogniser, and knows a complete answer."""
    from voice_checkin.speech.voice_activity import SileroVoiceActivity

    hints = likely_answers(here.script.intents) if likely is None else likely
    patience = Patience(here.book, here.settings.patience)
    ear = SpokenEar(source, SileroVoiceActivity(), recogniser, hints, patience)
    if typed:
        ear.typed = typed.take
    return ear


def _spoken(here: Place, found: tuple[Found, ...], clock: Clock) -> ChosenEar:
    def open_ear(around: Around) -> Ear:
        typing = KeyboardEar(around.breaks.typed, clock) if around.breaks.typed else None
        try:
            source, typed = _returning(here, around), around.breaks.typed
            ear = spoken_ear(here, source, loading(here, found), typed, around.likely)
        except MicrophoneError as fault:
            if typing is None:
                raise
            around.notice(f"{fault.problem}: tonight is typed, one answer a line.")
            return typing
        ear.hearing = around.hearing
        ear.own_words = around.own_words
        return ear if typing is None else StandInEar(ear, typing, notice=around.notice)

    names = " and ".join(one.engine.capitalize() for one in found)
    told = f"{names} {'listen' if len(found) > 1 else 'listens'}."
    return ChosenEar(told, typed=False, hears=True, open=open_ear)


def _returning(here: Place, around: Around) -> ReturningMicrophone:
    """A microphone that is waited for while it is away, which is said; unless somebody types meanwhile."""
    from voice_checkin.speech.microphone import Microphone

    def open_one() -> Source:
        microphone = Microphone(here.settings.microphone or None)
        return around.breaks.spoken.through(microphone) if around.breaks.spoken else microphone

    def tell(words: str) -> None:
        around.notice(words)
        around.say(words)

    lines = here.script.lines
    wordings = {"gone": cycle(lines.microphone_gone), "back": cycle(lines.microphone_back)}
    return ReturningMicrophone(
        open_one,
        told=lambda what: tell(next(wordings[what])),
        given_up=around.breaks.typed.waiting if around.breaks.typed else lambda: False,
    )


def _keyboard(told: str, clock: Clock) -> ChosenEar:
    typed = sys.stdin.isatty() and sys.stdout.isatty()
    return ChosenEar(told, typed=typed, hears=False, open=lambda _: KeyboardEar(sys.stdin, clock))
