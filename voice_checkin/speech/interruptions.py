"""Being interrupted by voice: the microphone is listened to while the product speaks.

Only for headphones, or with an echo canceller: else the product would interrupt itself.
"""

import math
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from voice_checkin.errors import MicrophoneError
from voice_checkin.evening.ports import EndOfInput
from voice_checkin.speech.ports import (
    BLOCK_S,
    BLOCK_SAMPLES,
    SAMPLE_RATE_HZ,
    Block,
    Cleaner,
    Loudspeaker,
    Sound,
    Source,
    VoiceActivity,
)
from voice_checkin.speech.resampling import resample
from voice_checkin.speech.turns import FIRST_WORD_BLOCKS, SPEECH_BEGINS_AT
from voice_checkin.speech.typed_lines import TypedLines

if TYPE_CHECKING:
    from voice_checkin.speech.ports import Samples

LEARNS_S = 3.0
"""A canceller has to hear so much of the room before it is relied on; until then nothing interrupts..."""
LEARNS_AGAIN_S = 1.0
"""...and so much of each further line: a device that was stopped is a little later or earlier than before."""
ECHOING_WORD_BLOCKS = 12
"""What a canceller leaves of the product's own voice comes in shorter bursts; a person speaks on."""
ECHO_S = 0.5
"""So long after the loudspeaker fell silent the room may still echo."""
KEPT_S = 1.0
"""Sound before somebody is noticed that belongs to what they say."""


@dataclass(frozen=True, slots=True)
class Breaks:
    """What breaks off a line that is being spoken; None: nothing does."""

    typed: TypedLines | None = None
    spoken: "Interruptions | None" = None

    @property
    def waiting(self) -> bool:
        """Whether somebody has answered already, and was not listened to yet."""
        typed, spoken = self.typed, self.spoken
        return bool((typed and typed.waiting()) or (spoken and spoken.waiting))


class Interruptions:
    """A microphone that is heard while a loudspeaker plays. Implements `speech.ports.Source`.

    Somebody who speaks into a phrase stops it, and what they have said so far is read first by who
    listens next: no word of it is lost.
    """

    _source: Source

    def __init__(self, activity: VoiceActivity, cleaner: Cleaner | None = None) -> None:
        self._activity = activity
        self._cleaner = cleaner
        self._kept: deque[Block] = deque()
        self._learning_s = LEARNS_S if cleaner else 0.0
        self._echoes = False
        self._in_a_row = 0
        self._played: Samples = np.zeros(0, np.int16)
        self._began_s = self._echo_until_s = -math.inf
        self.waiting = False
        """Whether somebody has interrupted and was not listened to yet."""

    def through(self, source: Source) -> Self:
        """Hear through this microphone from now on."""
        self._source = source
        return self

    @contextmanager
    def during(self, sound: Sound, loudspeaker: Loudspeaker) -> Iterator[None]:
        """Listen while the block plays this sound; `loudspeaker` falls silent as soon as somebody speaks."""
        over = threading.Event()
        follower = threading.Thread(target=self._follow, args=(sound, loudspeaker, over), name="interrupted")
        self._source.discard()
        follower.start()
        try:
            yield
        finally:
            over.set()
            follower.join()

    def read(self) -> Block:
        """The next block, first of what was said into the phrase."""
        if self._kept:
            return self._kept.popleft()
        block = self._source.read()
        return self._cleaned(block) if block.at_s < self._echo_until_s else block

    def discard(self) -> None:
        """Forget what was heard up to now, unless it is an interruption."""
        if not self.waiting:
            self._kept.clear()
            self._source.discard()
        self.waiting = False

    def close(self) -> None:
        """Let go of the device."""
        self._source.close()

    def _follow(self, sound: Sound, loudspeaker: Loudspeaker, over: threading.Event) -> None:
        self._played = resample(sound.samples, sound.rate_hz, SAMPLE_RATE_HZ)
        before: deque[Block] = deque(maxlen=round(KEPT_S / BLOCK_S))
        self._activity.reset()
        self._in_a_row = 0
        if self._echoes:
            self._learning_s = max(self._learning_s, LEARNS_AGAIN_S)
        with suppress(MicrophoneError, EndOfInput):  # told by who listens next
            while not over.is_set():
                block = self._source.read()
                self._began_s = loudspeaker.began_s
                if self._learning_s > 0:
                    self._learn(block)
                    continue
                before.append(self._cleaned(block))
                if self._is_word(before[-1]):
                    self._kept, self.waiting = before, True
                    loudspeaker.stop()
                    self._fell_silent(block.at_s + BLOCK_S)
                    return

    def _fell_silent(self, at_s: float) -> None:
        """What is still on its way to the microphone is cleaned away, too."""
        self._echo_until_s = at_s + ECHO_S
        sounded_s = at_s - self._began_s
        if math.isfinite(sounded_s):
            self._played = self._played[: max(0, round(sounded_s * SAMPLE_RATE_HZ))]

    def _cleaned(self, block: Block) -> Block:
        """The block without the product's own voice, where the room echoes."""
        if not (self._echoes and self._cleaner):
            return block
        played = _at(self._played, block.at_s - self._began_s)
        return Block(self._cleaner.clean(block.samples, played), block.at_s)

    def _learn(self, block: Block) -> None:
        """Let the canceller hear the room, and notice whether it echoes.

        With headphones a canceller would only take away from who speaks.
        """
        assert self._cleaner  # noqa: S101 - else there is nothing to learn
        self._cleaner.clean(block.samples, _at(self._played, block.at_s - self._began_s))
        self._echoes = self._is_word(block) or self._echoes
        self._learning_s -= BLOCK_S
        if self._learning_s <= 0:
            self._in_a_row = 0

    def _is_word(self, block: Block) -> bool:
        """Whether so much speech has been heard in a row, with this block, that it is a word."""
        speech = self._activity.probability(block.samples) >= SPEECH_BEGINS_AT
        self._in_a_row = self._in_a_row + 1 if speech else 0
        return self._in_a_row >= (ECHOING_WORD_BLOCKS if self._echoes else FIRST_WORD_BLOCKS)


def seems_spoken_into(
    played: "Samples", heard: "Samples", activity: VoiceActivity, cleaner: Cleaner | None = None
) -> bool:
    """Whether somebody seems to speak in what was heard while this was played.

    Both are (n,) at 16 kHz, from the same moment on; a cleaner learns the room from it first.
    """
    starts = range(0, len(heard) - BLOCK_SAMPLES + 1, BLOCK_SAMPLES)
    pieces = [heard[start : start + BLOCK_SAMPLES] for start in starts]
    if cleaner:
        played_then = [_at(played, start / SAMPLE_RATE_HZ) for start in starts]
        twice = [cleaner.clean(*both) for both in 2 * list(zip(pieces, played_then, strict=True))]
        pieces = twice[len(pieces) :]
    row = 0
    for block in pieces:
        row = row + 1 if activity.probability(block) >= SPEECH_BEGINS_AT else 0
        if row >= FIRST_WORD_BLOCKS:
            return True
    return False


def _at(played: "Samples", seconds: float) -> "Samples":
    """The block that was played so many seconds after the beginning; silence before it and behind the end."""
    block = np.zeros(BLOCK_SAMPLES, np.int16)
    if np.isfinite(seconds):
        start = round(seconds * SAMPLE_RATE_HZ)
        piece = played[max(0, start) : max(0, start + BLOCK_SAMPLES)]
        ahead = max(0, -start)
        block[ahead : ahead + len(piece)] = piece
    return block
