"""An ear for speech: a source of sound, turn-taking, and a recogniser."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence

from voice_checkin.evening.model import Expects, Listen, Utterance
from voice_checkin.evening.patience import Patience
from voice_checkin.evening.ports import EndOfInput
from voice_checkin.speech.ports import BLOCK_S, Block, Recogniser, Source, VoiceActivity
from voice_checkin.speech.turns import Moment, TurnDetector

PRE_ROLL_S = 0.5
"""Sound before the first word that the recogniser hears, too: voice activity notices a soft onset late."""
NOTICED_WITHIN_S = 1.0
"""So much sound is remembered until speech is noticed."""
TAIL_S = 0.25
"""Silence behind a word that belongs to it; from then on the text is made ready, as if the turn were over."""


class SpokenEar:
    """Hears one utterance at a time. Implements `evening.ports.Ear`.

    `recogniser` is asked for when somebody first speaks: until then it may still be loading.
    """

    def __init__(
        self,
        source: Source,
        activity: VoiceActivity,
        recogniser: Callable[[], Recogniser],
        hints: Mapping[Expects, Sequence[str]],
        patience: Patience | None = None,
    ) -> None:
        self._source = source
        self._activity = activity
        self._recogniser = recogniser
        self._hints = hints
        self._patience = patience or Patience()
        self.typed: Callable[[], str | None] = lambda: None
        """What was typed meanwhile; it is the answer, whatever was said."""
        self.own_words: Sequence[str] = ()
        """Words that the two use and others don't: their names, pet names."""
        self.hearing: Callable[[str], None] = lambda _: None
        """Told the words so far, where the recogniser has them while they are spoken."""

    @property
    def name(self) -> str:
        """The recogniser's name."""
        return self._recogniser().name

    def listen(self, listen: Listen) -> Utterance | None:
        """Wait for one answer; what was heard before, the product's own voice, is no part of it."""
        self._source.discard()
        patience_s = self._patience.usual_s(listen.turn.partner, listen.patience_s, listen.expects)
        turn = TurnDetector(patience_s, listen.first_word_s)
        utterance = self._take(turn, listen.expects, patience_s)
        self._patience.note(listen.turn.partner, turn.longest_pause_s)
        return utterance

    def turns(self, expects: Expects, patience_s: float) -> Iterator[Utterance]:
        """Every turn that the source holds, until it ends."""
        while True:
            try:
                utterance = self._take(TurnDetector(patience_s, float("inf")), expects, patience_s)
            except EndOfInput:
                return
            if utterance is not None:
                yield utterance

    def close(self) -> None:
        """Let go of the source."""
        self._source.close()

    def _take(self, turn: TurnDetector, expects: Expects, patience_s: float) -> Utterance | None:
        """Follow one turn from its first block to its end."""
        self._activity.reset()
        before: deque[Block] = deque(maxlen=round((PRE_ROLL_S + NOTICED_WITHIN_S) / BLOCK_S))
        while True:
            block = self._source.read()
            if text := self.typed():
                return Utterance(text, block.at_s, block.at_s + BLOCK_S)
            before.append(block)
            match turn.push(self._activity.probability(block.samples), block.at_s):
                case Moment.SILENT:
                    return None
                case Moment.BEGAN:
                    return self._follow(turn, before, expects, patience_s)

    def _follow(
        self, turn: TurnDetector, before: Sequence[Block], expects: Expects, patience_s: float
    ) -> Utterance:
        """Hear the utterance that has begun; in each pause its text says how long to wait."""
        assert turn.started_s is not None  # noqa: S101 - the turn has begun
        recogniser = self._recogniser()
        recogniser.start(self._hints.get(expects, ()), self.own_words)
        for block in before:
            if block.at_s >= turn.started_s - PRE_ROLL_S:
                recogniser.accept(block.samples)
        held: list[Block] = []
        for block, moment in self._blocks(turn):
            if text := self.typed():
                recogniser.finish()
                return Utterance(text, turn.started_s, block.at_s + BLOCK_S)
            if moment is Moment.ENDED:
                break
            held.append(block)
            if turn.pause_s < TAIL_S:
                words = [recogniser.accept(late.samples) for late in held]
                held.clear()
                self.hearing(words[-1])
            elif len(held) == 1:
                recogniser.anticipate()
            if not turn.weighed and turn.pause_s >= TAIL_S and (so_far := recogniser.so_far()) is not None:
                turn.wait(self._patience.after(so_far, expects, patience_s) if so_far else patience_s)
        decided_s = time.perf_counter()
        text = recogniser.finish()
        return Utterance(text, turn.started_s, turn.ended_s, time.perf_counter() - decided_s)

    def _blocks(self, turn: TurnDetector) -> Iterator[tuple[Block, Moment]]:
        """The blocks of the turn, until the source ends."""
        while True:
            try:
                block = self._source.read()
            except EndOfInput:
                return
            yield block, turn.push(self._activity.probability(block.samples), block.at_s)
