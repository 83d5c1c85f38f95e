"""Sound fed straight into two ears, ours and the obvious one, many times faster than it sounds.

Everything is measured in the time of the sound. What our ear does in the background it does here while
the sound stands still; how long it took is then let pass in the sound, block by block, before the ear gets
to see the text: it is as late as it would be in the evening, on a processor with nothing else to do. A guess
that more sound made worthless holds up the next one, as it does there. What voice activity costs, 1.3 ms a
block, is left out.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeAlias

from benchmarks.obvious import Obvious
from benchmarks.round_trips import Playing
from benchmarks.speakers import Samples
from voice_checkin.content import content_folder, load_book, load_script
from voice_checkin.evening.model import Expects, Listen, Turn
from voice_checkin.evening.moves import FIRST_WORD_S
from voice_checkin.evening.ports import EndOfInput
from voice_checkin.settings import Settings
from voice_checkin.speech.ports import BLOCK_S, Block, Recogniser
from voice_checkin.wiring.ears import spoken_ear
from voice_checkin.wiring.place import Place

QUESTIONS = {Expects.YES_NO: "apology.owed", Expects.STORY: "appreciation.share"}
GLANCE_S = 0.0005


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn as an ear took it."""

    text: str = field(repr=False)
    over_s: float
    """When the ear took the turn for over, in the time of the sound."""
    decode_s: float
    """How much longer it took until the text was there."""


Listener: TypeAlias = Callable[[Samples, Expects], Iterator[Heard]]
"""Hears all turns of one sound at a question of this kind; each comes as soon as it is over."""


class Tape(Playing):
    """A source that plays one sound, and knows how far it has come."""

    now_s = 0.0

    def read(self) -> Block:
        """The next block. Raises `EndOfInput` after the last."""
        block = super().read()
        self.now_s = block.at_s + BLOCK_S
        return block


class InSoundTime:
    """A recogniser whose anticipated text is ready when it would be if the sound were heard as it sounds."""

    def __init__(self, recogniser: Recogniser, tape: Tape) -> None:
        self._recogniser = recogniser
        self._tape = tape
        self._ready_s: float | None = None
        """When the guess is ready; None where none is under way."""
        self._busy_until_s = 0.0
        self.late_s = 0.0
        """How long after its last block the text of the last utterance was there."""

    @property
    def name(self) -> str:
        """The recogniser's own."""
        return self._recogniser.name

    def start(self, phrases: Sequence[str] = (), own: Sequence[str] = ()) -> None:
        """Begin an utterance."""
        self._ready_s = None
        self._recogniser.start(phrases, own)

    def accept(self, samples: Samples) -> str:
        """Take more sound."""
        self._ready_s = None
        return self._recogniser.accept(samples)

    def anticipate(self) -> None:
        """Make the text ready, and let the sound go on only then."""
        if self._ready_s is not None:
            return
        began_s = time.perf_counter()
        self._recogniser.anticipate()
        while self._recogniser.so_far() is None:
            time.sleep(GLANCE_S)
        took_s = time.perf_counter() - began_s
        self._ready_s = self._busy_until_s = max(self._tape.now_s, self._busy_until_s) + took_s

    def so_far(self) -> str | None:
        """The text, once as much sound has passed as it took."""
        early = self._ready_s is None or self._tape.now_s < self._ready_s
        return None if early else self._recogniser.so_far()

    def finish(self) -> str:
        """End the utterance; what was still under way, or had to be done now, is noted as late."""
        ready_s = self._busy_until_s if self._ready_s is None else self._ready_s
        began_s = time.perf_counter()
        text = self._recogniser.finish()
        took_s = time.perf_counter() - began_s
        self.late_s = max(0.0, ready_s - self._tape.now_s) + took_s
        return text


def evening() -> Place:
    """The evening as it comes: English, and nothing chosen."""
    content = content_folder()
    script = load_script(content, "en")
    return Place(Path(), Settings(), content, script, cache(lambda: load_book(content, script)))


def our_ear(here: Place, recogniser: Recogniser) -> Listener:
    """The product's own; each sound is the first of an evening, whose people are not known yet."""

    def hear(sound: Samples, expects: Expects) -> Iterator[Heard]:
        tape = Tape(sound)
        timed = InSoundTime(recogniser, tape)
        ear = spoken_ear(here, tape, lambda: timed)
        ear.own_words = ("Alex", "Sam")
        question = here.script.questions[QUESTIONS[expects]]
        listen = Listen(Turn("Alex", QUESTIONS[expects]), expects, question.patience_s, FIRST_WORD_S)
        while True:
            try:
                utterance = ear.listen(listen)
            except EndOfInput:
                return
            if utterance is not None:
                yield Heard(utterance.text, tape.now_s, timed.late_s)

    return hear


def obvious_ear(obvious: Obvious) -> Listener:
    """The obvious program: it hears every kind of question alike."""

    def hear(sound: Samples, _: Expects) -> Iterator[Heard]:
        tape = Tape(sound)
        for turn in obvious.turns(tape):
            began_s = time.perf_counter()
            text = obvious.read(turn)
            yield Heard(text, tape.now_s, time.perf_counter() - began_s)

    return hear
