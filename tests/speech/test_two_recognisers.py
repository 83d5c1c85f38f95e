"""Two recognisers of one utterance: with fakes, and with a real Vosk and a real Whisper."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from tests.speech.conftest import Say, blocks
from voice_checkin.speech.ports import BLOCK_SAMPLES
from voice_checkin.speech.two_recognisers import TwoRecognisers
from voice_checkin.speech.vosk_recogniser import VoskRecogniser
from voice_checkin.speech.whisper_recogniser import WhisperRecogniser


class Fake:
    """Hears what it was told to."""

    def __init__(self, name: str, text: str, so_far: str | None = None) -> None:
        self.name = name
        self._text = text
        self._so_far = so_far
        self.phrases: Sequence[str] = ()
        self.taken = 0

    def start(self, phrases: Sequence[str] = (), own: Sequence[str] = ()) -> None:  # noqa: ARG002 - as the port has it
        """Begin."""
        self.phrases = phrases

    def accept(self, samples: npt.NDArray[np.int16]) -> str:
        """Count."""
        self.taken += len(samples)
        return f"{self.name} {self.taken}"

    def anticipate(self) -> None:
        """Nothing to do."""

    def so_far(self) -> str | None:
        """What is ready."""
        return self._so_far

    def finish(self) -> str:
        """All of it."""
        return self._text


SILENCE = np.zeros(BLOCK_SAMPLES, np.int16)


def test_one_streams_and_the_other_writes() -> None:
    """Words come from the one while they are spoken, the text with its marks from the other."""
    both = TwoRecognisers(Fake("quick", "you made me tea"), Fake("slow", "You made me tea."))

    both.start(["skip"])
    assert both.accept(SILENCE) == "quick 512"
    assert both.finish() == "You made me tea."
    assert both.name == "quick+slow"


def test_the_written_text_is_taken_as_soon_as_it_is_ready() -> None:
    """Before, the streamed words tell how long to wait."""
    early = TwoRecognisers(Fake("quick", "", "well"), Fake("slow", "", None))
    late = TwoRecognisers(Fake("quick", "", "well"), Fake("slow", "", "Well..."))

    assert (early.so_far(), late.so_far()) == ("well", "Well...")


@pytest.mark.parametrize(
    ("heard", "written", "text"),
    [
        ("skip", "Keep.", "skip"),
        ("skip this", "Keep this.", "Keep this."),
        ("the", "", ""),
        ("skip", "", ""),
        ("", "No.", "No."),
    ],
)
def test_a_likely_answer_is_believed_and_words_in_noise_are_not(heard: str, written: str, text: str) -> None:
    """A likely answer to the letter is that; where the writing one hears no word there was none."""
    both = TwoRecognisers(Fake("quick", heard), Fake("slow", written))
    both.start(["Skip"])

    assert both.finish() == text


def test_real_ones_hear_the_same_utterance(
    vosk: VoskRecogniser, whisper: WhisperRecogniser, say: Say
) -> None:
    """Vosk tells Korean words while they are spoken; Whisper, which knows English only, writes its own."""
    both = TwoRecognisers(vosk, whisper)
    both.start()
    words = [both.accept(block) for block in blocks(say("오늘 저녁에 같이 밥을 먹었어요", "ko"))]

    assert len(words[-1].split()) >= 3
    both.anticipate()
    text = both.finish()
    assert text
    assert text != words[-1]
    assert both.name == "vosk+whisper"
