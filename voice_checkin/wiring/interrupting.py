"""Whether, and how, somebody may interrupt by voice."""

from typing import TYPE_CHECKING

from voice_checkin.speech.checkup import Finding, fine, note
from voice_checkin.speech.interruptions import Interruptions, seems_spoken_into
from voice_checkin.wiring.place import Place

if TYPE_CHECKING:
    from voice_checkin.speech.echo_canceller import EchoCanceller
    from voice_checkin.speech.ports import Samples

VOICE = "voice"
NAME = "interrupting"
_ON = "voice-checkin setup --interrupt voice"
_INSTALL = 'wear headphones, or install the echo canceller: pip install "voice-checkin[interrupt]"'


def interruptions_by_voice(here: Place) -> Interruptions | None:
    """What listens while the product speaks, where the two have chosen so; cleared of echo if that can be."""
    if here.settings.interrupt != VOICE:
        return None
    from voice_checkin.speech.voice_activity import SileroVoiceActivity

    return Interruptions(SileroVoiceActivity(), _canceller())


def check_interrupting(played: "Samples", heard: "Samples") -> Finding:
    """Whether a phrase of the product was taken for speech: both (n,) at 16 kHz, from the same moment on."""
    from voice_checkin.speech.voice_activity import SileroVoiceActivity

    if not seems_spoken_into(played, heard, SileroVoiceActivity(), None):
        return fine(NAME, f"by Enter; by voice it is safe as it is: {_ON}")
    canceller = _canceller()
    if canceller is None:
        return note(NAME, "by Enter only: the loudspeaker is heard as somebody speaking", _INSTALL)
    if seems_spoken_into(played, heard, SileroVoiceActivity(), canceller):
        remedy = "wear headphones, or turn the loudspeaker down"
        return note(NAME, "by Enter only: too much of the loudspeaker is heard", remedy)
    return fine(NAME, f"by Enter; by voice it is safe, since the echo is taken out: {_ON}")


def _canceller() -> "EchoCanceller | None":
    from voice_checkin.speech.echo_canceller import EchoCanceller

    try:
        return EchoCanceller()
    except ImportError:  # an optional extra
        return None
