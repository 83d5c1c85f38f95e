"""Whisper as a recogniser, by faster-whisper, on the processor and never over the network.

Whisper was made for windows of 30 s and spends nearly all of its time on the silence that fills
them. Here the window fits the sound, which is quicker and, for stories, no less right. What it
costs in care: a short window makes it say things twice, so its length is bounded by the sound's,
and repetition is made dear. Figures: 40 short answers by three espeak-ng voices, tiny.en, int8,
one thread of a 2-core x86: 97 of 120 word for word in 0.13 s with a hint of 13 phrases, 78 in 0.06 s
without, against 75 in 0.47 s with the 30 s window. 10 stories by the same voices: 8% of the words wrong
in 0.27 s with 5 beams, 11% in 0.22 s with one; against 10% in 0.73 s with the 30 s window and 5 beams.
"""

import re
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from voice_checkin.errors import ModelMissing
from voice_checkin.speech.ports import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from voice_checkin.speech.ports import Samples

SHORT_S = 3.0
"""Sound up to this long is a short answer: one beam, and repetition is made dear."""
# Longer sound is hinted with the couple's own words only: of 24 names by four voices 15 were right so, and
# none without; plain stories came out as well as before (18 instead of 21 of 156 words wrong).
HINTED_S = 1.75
"""Sound up to this long, pre-roll and tail with it, may be a likely answer; a longer one is led astray
by them: "No, we didn't." became "No. We did it!" by six voices of six."""
SHORTEST_WINDOW_S = 8.0
"""Below this the hint counts for less: 91 of 120 at 3 s, 96 at 5 s, 98 at 8 s."""
ROOM_S = 2.0
"""Silence after the sound; with half a second of it stories lose words."""
LONGEST_PIECE_S = 28.0
"""Longer sound is decoded in pieces, each within Whisper's own 30 s."""
CUT_FROM_S = 18.0
"""A piece is cut at its quietest point after this long."""
TOKENS_A_SECOND = 8
"""Faster than anybody speaks: what comes beyond is a loop."""
TOKENS_AT_LEAST = 10
MOST_TOKENS = 448
"""Whisper's own limit of hint and text together."""
MOST_HINT_TOKENS = 120
FRAMES_A_SECOND = 100
THREADS = 1
"""Two threads wait for each other by spinning: on a 2-core machine that does anything else they were
measured 25 times slower than one (1.07 s against 0.04 s for the encoder)."""
NEEDED = ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt")


@dataclass(frozen=True, slots=True)
class _Hints:
    """Tokens that Whisper takes for what was said before."""

    likely: Sequence[int]
    """Likely answers, for a short sound."""
    own: Sequence[int]
    """The couple's own words, for a longer one."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """When text is taken for a ghost: what Whisper writes where nobody speaks."""

    no_speech: float
    """Above this probability of no speech, always..."""
    perhaps_no_speech: float
    """...and from this one on, where each token's mean log probability is..."""
    below: float
    """...lower than this."""


SURE = -0.5
"""Words of a higher mean log probability are no ghost, however probable silence is. Noises of 1 to 27 s
reached -0.89 at most (of 100), while a story told in even sentences was silence by 0.72, at -0.05."""

# Over 96 noises (silence, hiss, hum, clicks, coughs, talk at once; 0.8 to 10 s, soft to loud) each lets
# through none that is not talk. Of 120 answers the hinted one loses none, the free one 4. A hint makes
# true answers surer, and turns a cough into "Stop.": it may be doubted sooner.
HINTED = Doubt(no_speech=0.5, perhaps_no_speech=0.2, below=-0.9)
FREE = Doubt(no_speech=0.6, perhaps_no_speech=0.3, below=-1.5)


LOOPING_NO_SPEECH = 0.4
"""From this probability of no speech on, words that only go round are what Whisper makes of voices in the
background: 5 of 5 texts that an hour's babble left were such, at 0.51 and more."""
LOOP = re.compile(r"\b((?:[\w']+[\s,.]+){1,7}?[\w']+)(?:[\s,.]+\1\b){2,}", re.IGNORECASE)
"""Two to eight words, said three times or more in a row."""


class WhisperRecogniser:
    """One Whisper model. A long story is decoded piece by piece while it is still being told.

    Raises `ModelMissing` where the folder does not hold a whole model.
    """

    name = "whisper"

    def __init__(self, model: Path, *, language: str = "en", threads: int = THREADS) -> None:
        # Without its tokenizer faster-whisper would look for one on the network.
        absent = [name for name in NEEDED if not (model / name).is_file()]
        if absent:
            raise _broken(model, f"lacks {' and '.join(absent)}")
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer

        try:
            self._whisper = WhisperModel(
                str(model), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
            )
        except Exception as error:  # CTranslate2 and tokenizers raise bare ones for broken files
            raise _broken(model, "can't be read") from error
        several = self._whisper.model.is_multilingual
        self._tokenizer = Tokenizer(self._whisper.hf_tokenizer, several, task="transcribe", language=language)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="whisper")
        self.start()

    def start(self, phrases: Sequence[str] = (), own: Sequence[str] = ()) -> None:
        """Begin an utterance; the hint is taken for what was said before."""
        likely = self._tokens_of([f"{phrase[:1].upper()}{phrase[1:]}." for phrase in phrases])
        self._hints = _Hints(likely, self._tokens_of([f"{', '.join(own)}."] if own else []))
        self._pieces: list[Future[str]] = []
        self._sound: Samples = np.zeros(0, np.int16)
        self._guess: Future[str] | None = None

    def accept(self, samples: "Samples") -> str:
        """Take the next samples. Always "": Whisper reads whole sentences."""
        self._sound = np.concatenate([self._sound, samples])
        if self._guess is not None:
            self._guess.cancel()
            self._guess = None
        if len(self._sound) >= LONGEST_PIECE_S * SAMPLE_RATE_HZ:
            cut = quietest_point(self._sound, round(CUT_FROM_S * SAMPLE_RATE_HZ))
            piece, self._sound = self._sound[:cut], self._sound[cut:]
            self._pieces.append(self._worker.submit(self._decode, piece, self._hints))
        return ""

    def anticipate(self) -> None:
        """Begin to decode in the background, as if the utterance were over; more sound voids it."""
        self._guess = self._guess or self._worker.submit(self._decode, self._sound, self._hints)

    def so_far(self) -> str | None:
        """The anticipated text, where it is ready."""
        if self._guess is None or not all(piece.done() for piece in (*self._pieces, self._guess)):
            return None
        return _text_of([*self._pieces, self._guess])

    def finish(self) -> str:
        """End the utterance and return its text; "" for no words, and for words that nobody said."""
        last = self._guess or self._worker.submit(self._decode, self._sound, self._hints)
        text = _text_of([*self._pieces, last])
        self.start()
        return text

    def _decode(self, sound: "Samples", hints: "_Hints") -> str:
        if not sound.any():
            return ""
        seconds = len(sound) / SAMPLE_RATE_HZ
        short = seconds <= SHORT_S
        likely = hints.likely if seconds <= HINTED_S else ()
        prompt = [*(likely or hints.own), *self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]
        (result,) = self._whisper.model.generate(
            self._whisper.encode(self._features(sound, seconds)),
            [prompt],
            beam_size=1 if short else 5,
            repetition_penalty=1.3 if short else 1.0,
            no_repeat_ngram_size=2 if short else 0,
            max_length=min(len(prompt) + TOKENS_AT_LEAST + round(seconds * TOKENS_A_SECOND), MOST_TOKENS),
            return_scores=True,
            return_no_speech_prob=True,
        )
        if is_ghost(HINTED if likely else FREE, result.no_speech_prob, result.scores[0]):
            return ""
        words = [token for token in result.sequences_ids[0] if token < self._tokenizer.eot]
        text = self._tokenizer.decode(words)
        if result.no_speech_prob > LOOPING_NO_SPEECH and is_loop(text):
            return ""
        return without_repeats(text)

    def _features(self, sound: "Samples", seconds: float) -> npt.NDArray[np.float32]:
        window = round(max(SHORTEST_WINDOW_S, min(seconds + ROOM_S, 30.0)) * FRAMES_A_SECOND)
        features = self._whisper.feature_extractor(sound.astype(np.float32) / 32_768)[:, :window]
        return np.pad(features, ((0, 0), (0, window - features.shape[1]))).astype(np.float32)

    def _tokens_of(self, phrases: Sequence[str]) -> list[int]:
        hint: list[int] = []
        for phrase in phrases:
            # As sentences: in lower case or set apart by commas the same hint helps 6 to 16 answers fewer.
            tokens = self._tokenizer.encode(f" {phrase}")
            if len(hint) + len(tokens) > MOST_HINT_TOKENS:
                break
            hint += tokens
        return [self._tokenizer.sot_prev, *hint] if hint else []


def _text_of(pieces: Sequence[Future[str]]) -> str:
    return " ".join(filter(None, (piece.result() for piece in pieces)))


def is_ghost(doubt: Doubt, no_speech: float, mean_log_probability: float) -> bool:
    """Tell whether Whisper itself hardly believes that these words were spoken."""
    if mean_log_probability > SURE:
        return False
    unsure = mean_log_probability < doubt.below
    return no_speech > doubt.no_speech or (no_speech > doubt.perhaps_no_speech and unsure)


def without_repeats(text: str) -> str:
    """Return text with a sentence said several times in a row said once; "" where it has no word."""
    kept: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", text.strip()):
        if re.search(r"\w", sentence) and (not kept or sentence.casefold() != kept[-1].casefold()):
            kept.append(sentence)
    return " ".join(kept)


def is_loop(text: str) -> bool:
    """Whether most of the text is the same few words over and over."""
    looped = sum(len(found[0]) for found in LOOP.finditer(text))
    return looped > len(text) / 2


def quietest_point(sound: "Samples", earliest: int) -> int:
    """Return the index, `earliest` or later, in the middle of the quietest 0.2 s of (n,) samples."""
    breath = SAMPLE_RATE_HZ // 5
    energy = np.cumsum(np.abs(sound[earliest:].astype(np.int64)))
    return earliest + int(np.argmin(energy[breath:] - energy[:-breath])) + breath // 2


def _broken(model: Path, fault: str) -> ModelMissing:
    return ModelMissing(f"the Whisper model in {model} {fault}", remedy="run: voice-checkin models verify")
