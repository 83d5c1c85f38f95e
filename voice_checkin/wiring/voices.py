"""Who speaks."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from voice_checkin.errors import ModelMissing
from voice_checkin.evening.ports import Clock, Voice
from voice_checkin.speech.interruptions import Breaks
from voice_checkin.speech.printed_voice import PrintedVoice
from voice_checkin.wiring.models import model_of
from voice_checkin.wiring.place import Place

if TYPE_CHECKING:
    from voice_checkin.speech.piper_voice import PiperSynthesiser
    from voice_checkin.speech.pyttsx3_voice import Pyttsx3Synthesiser

PRINTED, PIPER = "printed", "piper"


@contextmanager
def spoken_or_printed(
    here: Place,
    chosen: str | None,
    clock: Clock,
    notice: Callable[[str], None],
    breaks: Breaks | None = None,
) -> Iterator[Voice]:
    """The voice that was chosen, else that of the settings, until the block ends. Raises `ModelMissing`."""
    wanted = chosen or here.settings.voice
    if wanted == PRINTED:
        if breaks and breaks.typed:
            breaks.typed.follow(lambda: None)
        yield PrintedVoice(clock)
        return
    from voice_checkin.speech.loudspeaker import SpeakerDevice
    from voice_checkin.speech.spoken_voice import SpokenVoice

    device = SpeakerDevice(here.settings.loudspeaker or None)
    speaks = piper(here) if wanted == PIPER else synthesiser(here)
    with closing(SpokenVoice(speaks, device, notice=notice, clock=clock, breaks=breaks)) as voice:
        yield voice


def piper(here: Place) -> "PiperSynthesiser":
    """The natural voice of the language. Raises `ModelMissing` where none is here."""
    from voice_checkin.speech.piper_voice import INSTALL, PiperSynthesiser

    language = here.script.language.code
    folder = model_of(PIPER, language, here.home)
    if folder is None:
        raise ModelMissing(f"no Piper voice for language {language!r} is here", remedy=INSTALL)
    return PiperSynthesiser(folder)


def synthesiser(here: Place, voice: str | None = None) -> "Pyttsx3Synthesiser":
    """What turns lines into sound here: with this voice, else with one of the language."""
    from voice_checkin.speech.pyttsx3_voice import Pyttsx3Synthesiser

    language = here.script.language
    voices = (voice, *language.voices) if voice else language.voices
    return Pyttsx3Synthesiser(voices, language.code, here.home / "scratch")
