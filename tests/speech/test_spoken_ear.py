"""The ear for speech: with fakes for its parts, and with the real ones on real sound."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.speech.conftest import Samples, Say, silence
from voice_checkin.evening.model import Expects, Listen, Turn
from voice_checkin.evening.patience import Patience
from voice_checkin.evening.ports import EndOfInput
from voice_checkin.speech.ports import BLOCK_S, BLOCK_SAMPLES, SAMPLE_RATE_HZ, Block
from voice_checkin.speech.sound_file import SoundFileSource
from voice_checkin.speech.spoken_ear import PRE_ROLL_S, SpokenEar
from voice_checkin.speech.voice_activity import SileroVoiceActivity
from voice_checkin.speech.whisper_recogniser import WhisperRecogniser

LISTEN = Listen(Turn("Ann", "apology.owed"), Expects.YES_NO, patience_s=0.6, first_word_s=8.0)


class Loudness:
    """Takes every loud block for speech."""

    def probability(self, samples: Samples) -> float:
        """1 for a loud block, 0 for a quiet one."""
        return float(np.abs(samples).max() > 100)

    def reset(self) -> None:
        """Nothing is remembered."""


class Room:
    """Blocks that were made beforehand; then the end."""

    def __init__(self, sound: Samples) -> None:
        self._blocks = sound.reshape(-1, BLOCK_SAMPLES)
        self._next = 0
        self.discarded = 0

    def read(self) -> Block:
        """The next block."""
        if self._next == len(self._blocks):
            raise EndOfInput
        self._next += 1
        return Block(self._blocks[self._next - 1], (self._next - 1) * BLOCK_S)

    def discard(self) -> None:
        """Counts."""
        self.discarded += 1

    def close(self) -> None:
        """Nothing to let go of."""


class Counting:
    """Hears as text how many loud blocks it was given."""

    name = "counting"

    def __init__(self) -> None:
        self.phrases: Sequence[str] = ()
        self.anticipated = 0

    def start(self, phrases: Sequence[str] = (), own: Sequence[str] = ()) -> None:  # noqa: ARG002 - as the port has it
        """Begin to count."""
        self.phrases = phrases
        self.heard: list[Samples] = []

    def accept(self, samples: Samples) -> str:
        """Count one."""
        self.heard.append(samples)
        return ""

    def anticipate(self) -> None:
        """Counts."""
        self.anticipated += 1

    def so_far(self) -> str:
        """What `finish` would tell."""
        return self.finish()

    def finish(self) -> str:
        """The number of loud blocks."""
        return str(sum(np.abs(block).max() > 100 for block in self.heard))


@dataclass(frozen=True, slots=True)
class Waiting(Patience):
    """Waits so long, whatever was said, and remembers what that was."""

    enough_s: float = 0.0
    asked: list[str] = field(default_factory=list)

    def after(self, text: str, expects: Expects, usual_s: float) -> float:
        """The same for every text."""
        assert (expects, usual_s) == (Expects.YES_NO, LISTEN.patience_s)
        self.asked.append(text)
        return self.enough_s


def blocks_of(*spans: tuple[int, int]) -> Samples:
    """Spans of (blocks, loudness)."""
    return np.concatenate([np.full(count * BLOCK_SAMPLES, loudness, np.int16) for count, loudness in spans])


def test_an_utterance_is_heard_whole_with_what_came_just_before() -> None:
    """Every block of speech reaches the recogniser, behind half a second of what was before it."""
    room, recogniser = Room(blocks_of((30, 0), (10, 500), (40, 0))), Counting()
    utterance = SpokenEar(room, Loudness(), lambda: recogniser, {}).listen(LISTEN)

    assert utterance is not None
    assert utterance.text == "10"
    assert utterance.started_s == pytest.approx(30 * BLOCK_S)
    assert utterance.ended_s == pytest.approx(40 * BLOCK_S)
    before = next(index for index, block in enumerate(recogniser.heard) if block.any())
    assert before == pytest.approx(PRE_ROLL_S / BLOCK_S, abs=1)


def test_words_behind_a_pause_are_not_lost() -> None:
    """What was held back in a pause follows when speech goes on; the text was made ready in vain once."""
    room, recogniser = Room(blocks_of((5, 0), (10, 500), (15, 0), (10, 500), (40, 0))), Counting()
    utterance = SpokenEar(room, Loudness(), lambda: recogniser, {}).listen(LISTEN)

    assert utterance is not None
    assert utterance.text == "20"
    assert recogniser.anticipated == 2


@pytest.mark.parametrize(("enough_s", "closes_after_s"), [(0.45, 0.45), (1.5, 1.5), (0.6, 0.6)])
def test_what_was_said_tells_how_long_to_wait(enough_s: float, closes_after_s: float) -> None:
    """A complete answer is closed sooner than the question's patience says, one that breaks off later."""
    room = Room(blocks_of((5, 0), (10, 500), (100, 0)))
    ear = SpokenEar(room, Loudness(), Counting, {}, Waiting(enough_s=enough_s))
    utterance = ear.listen(LISTEN)

    assert utterance is not None
    assert room.read().at_s - utterance.ended_s == pytest.approx(closes_after_s, abs=2 * BLOCK_S)


def test_each_pause_is_weighed_anew() -> None:
    """A first clause that sounds complete doesn't end what goes on; the words so far are asked each time."""
    room = Room(blocks_of((5, 0), (10, 500), (12, 0), (10, 500), (60, 0)))
    waiting = Waiting(enough_s=0.45)

    utterance = SpokenEar(room, Loudness(), Counting, {}, waiting).listen(LISTEN)

    assert utterance is not None
    assert (utterance.text, waiting.asked) == ("20", ["10", "20"])


def test_silence_is_no_utterance_and_needs_no_recogniser() -> None:
    """Where nobody speaks, a recogniser that is still loading isn't waited for."""

    def still_loading() -> Counting:
        raise AssertionError("was waited for")

    assert SpokenEar(Room(blocks_of((300, 0))), Loudness(), still_loading, {}).listen(LISTEN) is None


def test_what_was_heard_before_is_no_answer() -> None:
    """The product's own voice is forgotten before the partner is listened to."""
    room = Room(blocks_of((300, 0)))
    SpokenEar(room, Loudness(), Counting, {}).listen(LISTEN)

    assert room.discarded == 1


def test_the_likely_answers_of_the_question_are_the_hint() -> None:
    """The recogniser is told what this kind of question makes likely."""
    recogniser = Counting()
    hints = {Expects.YES_NO: ("yes", "no"), Expects.STORY: ("nothing",)}
    SpokenEar(Room(blocks_of((10, 500), (40, 0))), Loudness(), lambda: recogniser, hints).listen(LISTEN)

    assert recogniser.phrases == ("yes", "no")


def test_a_file_that_ends_in_mid_word_is_heard_to_its_end() -> None:
    """The last words of a recording count, without silence behind them."""
    ear = SpokenEar(Room(blocks_of((10, 500))), Loudness(), Counting, {})

    assert [turn.text for turn in ear.turns(Expects.STORY, 2.0)] == ["10"]


RANDOM = np.random.default_rng(3)
TEN_S = 10 * SAMPLE_RATE_HZ // BLOCK_SAMPLES * BLOCK_SAMPLES
NOISES = {
    "silence": np.zeros(TEN_S),
    "soft hiss": RANDOM.normal(size=TEN_S) * 30,
    "loud hiss": RANDOM.normal(size=TEN_S) * 3_000,
    "hum": np.sin(np.arange(TEN_S) * 0.02) * 2_000,
    "clicks": np.where(RANDOM.random(TEN_S) < 0.0002, 20_000, 0),
}


@pytest.mark.parametrize("noise", NOISES)
def test_noise_is_no_turn(noise: str) -> None:
    """Ten seconds of a room without people are silence to real voice activity: no recogniser is asked."""

    def asked() -> Counting:
        raise AssertionError("a noise was taken for speech")

    ear = SpokenEar(Room(NOISES[noise].astype(np.int16)), SileroVoiceActivity(), asked, {})

    assert ear.listen(LISTEN) is None


def test_every_turn_of_a_recording_is_heard(whisper: WhisperRecogniser, say: Say, tmp_path: Path) -> None:
    """Real voice activity, turns and ear: answers 3 s apart are two, a pause of 1.2 s ends none."""
    story = np.concatenate([say("You made me a cup of tea."), silence(0.4), say("I really liked that.")])
    whole = np.concatenate([story, silence(3), say("Let us go swimming on Saturday."), silence(0.5)])
    file = tmp_path / "evening.wav"
    soundfile.write(file, whole, SAMPLE_RATE_HZ)

    ear = SpokenEar(SoundFileSource(file), SileroVoiceActivity(), lambda: whisper, {})
    first, second = ear.turns(Expects.STORY, 2.0)

    assert "tea" in first.text
    assert "liked" in first.text
    assert "swimming" in second.text
    assert second.started_s - first.ended_s == pytest.approx(3.8, abs=0.3)


def test_what_is_typed_is_the_answer_at_any_moment() -> None:
    """Before anybody speaks and while somebody does, a typed line is taken at once."""
    ear = SpokenEar(Room(blocks_of((300, 0))), Loudness(), Counting, {})
    ear.typed = lambda: "yes"
    waiting = ear.listen(LISTEN)
    assert waiting is not None
    assert waiting.text == "yes"

    lines = iter([None] * 20 + ["no"])
    ear = SpokenEar(Room(blocks_of((5, 0), (100, 500))), Loudness(), Counting, {})
    ear.typed = lambda: next(lines)
    speaking = ear.listen(LISTEN)
    assert speaking is not None
    assert speaking.text == "no"
