"""A robot couple in the virtual room: it hears the product's questions and answers them aloud.

It knows nothing of the product's inner state. What the loudspeaker played is recorded, recognised
by a Whisper of its own and compared with the questions that there are; the partner who was asked
answers with a synthetic voice into the microphone.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from tests.room import EAR_RATE_HZ, Ear, Room
from voice_checkin.evening.script import Demo, DemoAnswer, Script
from voice_checkin.evening.words import forms, words_of
from voice_checkin.speech.ports import SAMPLE_RATE_HZ
from voice_checkin.speech.pyttsx3_voice import Pyttsx3Synthesiser
from voice_checkin.speech.resampling import resample
from voice_checkin.speech.stage import answer_sound
from voice_checkin.speech.whisper_recogniser import WhisperRecogniser

Samples = npt.NDArray[np.int16]

TURN_S = 0.9
"""The product has finished asking when it has been silent so long; between two lines it pauses less."""
LOUD = 200
"""Of 32,767: the room has no noise of its own."""
CANDIDATES = 30
NAMED = 12.0
"""What a name at its beginning adds to a question's likeness."""
UNASKED = 4.0
"""What it adds that the question was not asked of this partner before."""
LIKE = 60.0
"""Likeness from which what was heard counts as one of the questions."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question as the couple heard it, and its answer."""

    heard: str
    partner: str
    question: str
    said: str
    asked_until_s: float
    """When the question's last sound was heard; monotonic."""
    said_from_s: float
    said_until_s: float


@dataclass
class Couple:
    """Two robots at one microphone."""

    room: Room
    script: Script
    demo: Demo
    whisper: WhisperRecogniser
    scratch: Path
    exchanges: list[Exchange] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)
    """What was heard and is no question: greeting, tip, good night."""

    def __post_init__(self) -> None:
        code = self.script.language.code
        self._voices = {
            partner: Pyttsx3Synthesiser((voice,), code, self.scratch)
            for partner, voice in zip(self.demo.partners, self.demo.voices, strict=True)
        }
        self._sounds = {a: answer_sound(a, self._voices[a.partner]) for a in self.demo.answers}
        known = {(answer.partner, answer.question) for answer in self.demo.answers}
        every = _questions(self.script, self.demo.partners)
        self._questions = {key: text for key, text in every.items() if key[:2] in known}
        self._asked: Counter[tuple[str, str]] = Counter()

    def attend(self, ear: Ear, goes_on: Callable[[], bool]) -> None:
        """Hear and answer for as long as the evening goes on."""
        taken = 0
        while goes_on():
            time.sleep(0.05)
            asked = _finished(ear.samples[taken:])
            if asked is None:
                continue
            started, ended = taken + asked[0], taken + asked[1]
            taken = len(ear.samples)
            self._answer(ear.samples[started:ended], ear.moment_s(ended))

    def _answer(self, asked: Samples, asked_until_s: float) -> None:
        heard = self._recognise(asked)
        alike = process.extract(
            heard, self._questions, scorer=fuzz.partial_ratio, score_cutoff=LIKE, limit=CANDIDATES
        )
        if not alike:
            self.unheard.append(heard)
            return
        _, _, (partner, question, _) = max(alike, key=lambda one: self._likelihood(heard, *one[::2]))
        answer = self._next_answer(partner, question)
        if answer is None or not answer.say:
            return
        said_from_s = time.monotonic()
        self.room.speak(self._sounds[answer], SAMPLE_RATE_HZ)
        said = " ".join(answer.say)
        self.exchanges.append(
            Exchange(heard, partner, question, said, asked_until_s, said_from_s, time.monotonic())
        )

    def _likelihood(self, heard: str, question: str, key: tuple[str, str, int]) -> float:
        """How like the question the end of what was heard is; who is named or unasked is likelier."""
        partner, asked, _ = key
        like = fuzz.ratio(question.lower(), heard[-len(question) - 4 :].lower())
        return like + _addressed(heard, question, partner) + UNASKED * (not self._asked[partner, asked])

    def _recognise(self, asked: Samples) -> str:
        self.whisper.start()
        self.whisper.accept(resample(asked, EAR_RATE_HZ, SAMPLE_RATE_HZ))
        return self.whisper.finish()

    def _next_answer(self, partner: str, question: str) -> DemoAnswer | None:
        there = [a for a in self.demo.answers if (a.partner, a.question) == (partner, question)]
        nth = self._asked[partner, question]
        self._asked[partner, question] += 1
        return there[nth] if nth < len(there) else None


def words_wrong(said: str, kept: str) -> tuple[int, int]:
    """How many words differ between what was said and what was kept, and how many were said."""
    reference, other = (forms(words_of(text, {}, frozenset())) for text in (said, kept))
    return Levenshtein.distance(reference, other), len(reference)


def _addressed(heard: str, question: str, partner: str) -> float:
    """Both are asked in the same words: whose name stands where the question begins is asked."""
    place = fuzz.partial_ratio_alignment(question, heard)
    start = place.dest_start if place else 0
    return NAMED if partner in heard[max(0, start - 3 * len(partner)) : start + 2 * len(partner)] else 0.0


def _questions(script: Script, partners: tuple[str, str]) -> dict[tuple[str, str, int], str]:
    """Every way in which each question can be put to each partner."""
    first, second = partners
    return {
        (partner, key, nth): text.format(partner=partner, other=other, plan="")
        for partner, other in ((first, second), (second, first))
        for key, question in script.questions.items()
        for nth, text in enumerate((*question.prompts.all, *question.reprompts))
    }


def _finished(samples: Samples) -> tuple[int, int] | None:
    """Where something was said and has been over for `TURN_S`; None while it isn't."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > LOUD)
    if not len(loud) or len(samples) - loud[-1] < TURN_S * EAR_RATE_HZ:
        return None
    return int(loud[0]), int(loud[-1])
