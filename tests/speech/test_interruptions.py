"""Somebody speaks into a phrase: with fakes, and with the real echo canceller on simulated rooms."""

import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

from tests.speech.conftest import Samples, Say, blocks
from voice_checkin.errors import MicrophoneError
from voice_checkin.evening.ports import Spoken
from voice_checkin.speech.interruptions import Interruptions, seems_spoken_into
from voice_checkin.speech.ports import BLOCK_S, BLOCK_SAMPLES, SAMPLE_RATE_HZ, Block, Cleaner, Sound
from voice_checkin.speech.turns import FIRST_WORD_BLOCKS
from voice_checkin.speech.voice_activity import SileroVoiceActivity

PHRASE = Sound(np.zeros(SAMPLE_RATE_HZ, np.int16), SAMPLE_RATE_HZ)
LOUD = 100


class Microphone:
    """Delivers these loudnesses, one a block, and silence behind them; may be unplugged."""

    def __init__(self, loudness: list[int], *, unplugged: bool = False) -> None:
        self._coming = list(loudness)
        self._unplugged = unplugged
        self.discarded = 0
        self.read_so_far = 0

    def read(self) -> Block:
        """The next block."""
        if self._unplugged:
            raise MicrophoneError("gone", remedy="plug it in")
        time.sleep(0.0005)
        loud = self._coming.pop(0) if self._coming else 0
        self.read_so_far += 1
        return Block(np.full(BLOCK_SAMPLES, loud, np.int16), self.read_so_far * BLOCK_S)

    def discard(self) -> None:
        """Note it."""
        self.discarded += 1

    def close(self) -> None:
        """Nothing to let go of."""


class Loud:
    """Takes loud blocks for speech."""

    def probability(self, samples: Samples) -> float:
        """1 for loud ones."""
        return float(samples.max() >= LOUD)

    def reset(self) -> None:
        """Nothing to forget."""


class Loudspeaker:
    """Plays until it is stopped, or until its time is over."""

    began_s = 0.0

    def __init__(self) -> None:
        self.stopped = threading.Event()

    def play(self, sound: Sound) -> Spoken:
        """Wait."""
        self.stopped.wait(sound.seconds / 5)
        return Spoken(0.0, sound.seconds)

    def stop(self) -> None:
        """Note it."""
        self.stopped.set()

    def close(self) -> None:
        """Nothing to let go of."""


def spoken_into(microphone: Microphone) -> tuple[Interruptions, Loudspeaker]:
    """A phrase is played while this is heard."""
    heard, loudspeaker = Interruptions(Loud()).through(microphone), Loudspeaker()
    with heard.during(PHRASE, loudspeaker):
        loudspeaker.play(PHRASE)
    return heard, loudspeaker


def test_who_speaks_into_a_phrase_stops_it_and_is_heard_from_the_first_word() -> None:
    """The listener reads on where the interruption began, also after the discard of every listening."""
    heard, loudspeaker = spoken_into(Microphone([0] * 3 + [LOUD] * FIRST_WORD_BLOCKS + [LOUD + 1]))

    assert loudspeaker.stopped.is_set()
    assert heard.waiting
    heard.discard()
    assert not heard.waiting
    loudness = [int(heard.read().samples[0]) for _ in range(3 + FIRST_WORD_BLOCKS + 1)]
    assert loudness == [0] * 3 + [LOUD] * FIRST_WORD_BLOCKS + [LOUD + 1]


def test_a_click_stops_nothing() -> None:
    """Less than a word is no interruption, and is forgotten before the next answer."""
    microphone = Microphone([LOUD] * (FIRST_WORD_BLOCKS - 1) + [0] + [LOUD] * (FIRST_WORD_BLOCKS - 1))
    heard, loudspeaker = spoken_into(microphone)

    assert not loudspeaker.stopped.is_set()
    assert not heard.waiting
    heard.discard()
    assert microphone.discarded == 2
    assert int(heard.read().samples[0]) == 0


def test_an_unplugged_microphone_lets_the_phrase_be_heard() -> None:
    """Who listens next tells that it is gone."""
    heard, loudspeaker = spoken_into(Microphone([], unplugged=True))

    assert not loudspeaker.stopped.is_set()
    assert not heard.waiting
    with pytest.raises(MicrophoneError):
        heard.read()


# The real canceller, in a room that is computed.


def room(echo: float) -> Callable[[Samples], Samples]:
    """How a phrase arrives at the microphone: 50 ms late, so loud, with 0.2 s of reverberation."""
    chance = np.random.default_rng(0)
    tail = chance.normal(0, 0.05, 3_600) * np.exp(-np.arange(3_600) / 800)
    answer = np.concatenate([np.zeros(800), [0.5], np.zeros(399), tail]) * echo
    return lambda played: np.convolve(played, answer)[: len(played)].astype(np.int16)


def test_the_product_does_not_interrupt_itself(say: Say) -> None:
    """Its own voice, which counts as speech as it is, does not once the canceller has cleaned it."""
    canceller = canceller_or_skip()
    played = np.concatenate(
        blocks(say("Alex, think back over the day. Where did Sam make it lighter for you?"))
    )
    heard = room(1.0)(played)

    assert seems_spoken_into(played, heard, SileroVoiceActivity())
    assert not seems_spoken_into(played, heard, SileroVoiceActivity(), canceller)


def test_who_speaks_into_it_is_heard_through_the_canceller(say: Say) -> None:
    """A voice as loud as the echo is heard, once the canceller has heard some of the room."""
    canceller = canceller_or_skip()
    phrase = say("Alex, think back over the day. Where did Sam make it a little lighter for you?")
    played = np.concatenate(blocks(np.concatenate([phrase, phrase])))
    heard = room(0.4)(played).astype(np.int32)
    said = say("Please say that again.", "en-gb+f3").astype(np.int32)
    middle = len(phrase) + SAMPLE_RATE_HZ
    heard[middle : middle + len(said)] += said // 2
    mixed = np.clip(heard, -32_768, 32_767).astype(np.int16)

    assert seems_spoken_into(played, mixed, SileroVoiceActivity(), canceller)


def canceller_or_skip() -> Cleaner:
    """The canceller, where it is installed."""
    pytest.importorskip("livekit")
    from voice_checkin.speech.echo_canceller import EchoCanceller

    return EchoCanceller()
