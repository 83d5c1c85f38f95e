"""Agreeing aloud through a real recogniser: a no, however it is heard, never takes words away."""

from collections.abc import Callable

import numpy as np

from tests.evening.test_telling import steering, words
from tests.speech.conftest import Say
from voice_checkin.evening.model import Expects, Meaning
from voice_checkin.evening.say_so import Deed, SaySo
from voice_checkin.speech.whisper_recogniser import WhisperRecogniser

VOICES = ("en-us+m7", "en-gb+f2")
AGREED = ((Deed.FORGET, "Yes, forget it."), (Deed.RESTORE, "Yes, bring it back."))
REFUSED = (
    "No.", "Nah.", "No, don't.", "No, keep it.", "Keep it.", "Wait.", "Yes.", "Yeah.", "Mm-hmm.", "Stop.",
    "No, don't forget it.", "Forget it.", "No, forget it.", "Let's not forget it.", "What did it say?",
    "Yes, but I don't want to forget it.",
)  # fmt: skip
NOISE_DB = 10.0


def test_no_misheard_no_agrees(whisper: WhisperRecogniser, say: Say, figure: Callable[[str], None]) -> None:
    """Quiet or noisy, nothing but the whole phrase agrees; in a quiet room that is heard."""
    chance = np.random.default_rng(1)

    def agrees(deed: Deed, sound: "np.typing.NDArray[np.int16]") -> bool:
        whisper.start()  # as it is asked: without a hint of what may be said
        whisper.accept(sound)
        read = SaySo(words(), steering().book, deed).read(whisper.finish(), Expects.YES_NO)
        return read.meaning is Meaning.YES

    def noisy(sound: "np.typing.NDArray[np.int16]") -> "np.typing.NDArray[np.int16]":
        level = np.sqrt(np.mean(sound[sound != 0].astype(float) ** 2)) / 10 ** (NOISE_DB / 20)
        return (sound + chance.normal(0, level, len(sound))).clip(-32_768, 32_767).astype(np.int16)

    heard = [agrees(deed, say(text, voice)) for deed, text in AGREED for voice in VOICES]
    quiet, loud = ([say(text, voice) for text in REFUSED] for voice in VOICES)
    wrong = [agrees(Deed.FORGET, sound) for sound in (*quiet, *map(noisy, loud))]

    figure(f"say-so: {sum(heard)} of {len(heard)} heard, {sum(wrong)} of {len(wrong)} refusals taken for one")
    assert sum(heard) >= len(heard) - 1
    assert not any(wrong)
