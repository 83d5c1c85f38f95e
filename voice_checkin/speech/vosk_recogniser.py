"""Vosk as a recogniser: words appear while they are spoken.

Where answers are likely, a second pass with a closed grammar of them runs beside the free one. By
itself it would turn any noise into a "yes"; it is believed only where the free pass heard words
too, and no better. Korean, synthetic voices: of 12 lone "yes" and "no", 9 come out right and none
turned round, against 1 by the free pass alone. The Korean small model loads in 1.6 s and 550 MB.
"""

import json
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from voice_checkin.errors import ModelMissing
from voice_checkin.speech.ports import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    import vosk

    from voice_checkin.speech.ports import Samples

QUIET = -1
"""Vosk's log level at which it tells only what went wrong."""
UNKNOWN = "[unk]"
"""The word of a model for what is none of its words, where it has one."""
NO_WORD = re.compile(r"\[[^\]\d]*\]|<[^>]*>")
"""Noises and unknown words, as models write them; the Korean one writes numbers as "[5]"."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one pass made of an utterance."""

    segments: tuple[str, ...] = field(repr=False)
    """Its words, between Vosk's own endpoints; "" for a segment without any."""
    log_likelihood: float
    """How well these words explain the sound; comparable between passes of the same single segment."""

    @property
    def text(self) -> str:
        """All of its words."""
        return " ".join(filter(None, self.segments))


class VoskRecogniser:
    """One Vosk model. Raises `ModelMissing` where the folder does not hold a whole one."""

    name = "vosk"

    def __init__(self, model: Path) -> None:
        import vosk

        vosk.SetLogLevel(QUIET)
        self._recogniser = vosk.KaldiRecognizer
        try:
            # By its path only: by a name or a language Vosk would look on the network.
            self._model = vosk.Model(model_path=str(model))
            self.start()  # a graph cut short is noticed only here
        except Exception as fault:  # Vosk raises nothing more exact
            raise ModelMissing(
                f"the Vosk model in {model} can't be read", remedy="run: voice-checkin models verify"
            ) from fault

    def start(self, phrases: Sequence[str] = (), own: Sequence[str] = ()) -> None:  # noqa: ARG002 - its words are its model's
        """Begin an utterance; phrases with a word that the model does not know are left out."""
        # New recognisers each time: to give a running one another grammar kills the process.
        self._free = _Pass(self._recogniser(self._model, SAMPLE_RATE_HZ))
        self._closed: _Pass | None = None
        self._phrases = frozenset(filter(self._knows, map(in_words, phrases)))
        if self._phrases:
            grammar = json.dumps(
                [*sorted(self._phrases), *filter(self._knows, [UNKNOWN])],
                ensure_ascii=False,  # Vosk reads no escapes
            )
            self._closed = _Pass(self._recogniser(self._model, SAMPLE_RATE_HZ, grammar))

    def accept(self, samples: "Samples") -> str:
        """Take the next samples, mono at 16 kHz, and return the words of the free pass so far."""
        self._free.accept(samples)
        if self._closed:
            self._closed.accept(samples)
        return self._free.so_far()

    def anticipate(self) -> None:
        """Nothing to do: Vosk has read everything it was given."""

    def so_far(self) -> str:
        """The words of the free pass so far."""
        return self._free.so_far()

    def finish(self) -> str:
        """End the utterance and return its text; "" where the free pass heard no word."""
        free = self._free.finish()
        return chosen(free, self._closed.finish(), self._phrases) if self._closed else free.text

    def _knows(self, phrase: str) -> bool:
        words = phrase.split()
        return bool(words) and all(self._model.vosk_model_find_word(word) >= 0 for word in words)


class _Pass:
    """One recogniser over one utterance. Vosk ends a segment where it likes; here they are joined."""

    def __init__(self, recogniser: "vosk.KaldiRecognizer") -> None:
        recogniser.SetMaxAlternatives(1)  # with one, results tell the likelihood
        self._recogniser = recogniser
        self._segments: list[str] = []
        self._log_likelihood = 0.0

    def accept(self, samples: "Samples") -> None:
        if self._recogniser.AcceptWaveform(samples.tobytes()):
            self._keep(self._recogniser.Result())

    def so_far(self) -> str:
        # Right after an endpoint there is none.
        partial = json.loads(self._recogniser.PartialResult()).get("partial", "")
        return " ".join(filter(None, [*self._segments, _without_noises(partial)]))

    def finish(self) -> Heard:
        self._keep(self._recogniser.FinalResult())
        return Heard(tuple(self._segments), self._log_likelihood)

    def _keep(self, result: str) -> None:
        best = json.loads(result)["alternatives"][0]
        self._segments.append(_without_noises(best["text"]))
        self._log_likelihood += best["confidence"]


def chosen(free: Heard, closed: Heard, phrases: AbstractSet[str]) -> str:
    """Return the closed pass's text where it is to be believed, else the free one's.

    It is believed where the free pass heard words too, it heard exactly one phrase, and this phrase
    explains the sound, a single segment for both, at least as well as free speech does.
    """
    comparable = len(free.segments) == len(closed.segments) == 1
    believed = comparable and closed.text in phrases and closed.log_likelihood >= free.log_likelihood
    return closed.text if free.text and believed else free.text


def in_words(phrase: str) -> str:
    """Return a phrase as models write words: small letters, no punctuation but apostrophes."""
    return " ".join(re.findall(r"[\w']+", phrase.casefold().replace("\u2019", "'")))


def _without_noises(text: str) -> str:
    return " ".join(NO_WORD.sub(" ", text).split())
