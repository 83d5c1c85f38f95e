"""The rules of a language, made ready once so that a sentence is read in well under a millisecond."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voice_checkin.evening.intents import Intents
from voice_checkin.evening.model import Meaning
from voice_checkin.evening.phrases import Phrases, Run
from voice_checkin.evening.requests import Requests
from voice_checkin.evening.sounds import SHORT, sound_of
from voice_checkin.evening.weighing import Stem, Weights
from voice_checkin.evening.words import Word, forms, words_of

POLAR = (Meaning.YES, Meaning.NO, Meaning.UNSURE)


@dataclass(frozen=True, slots=True)
class Command:
    """One phrase of a command, in the form in which likeness is measured."""

    text: str
    meaning: Meaning
    short_words: Run


@dataclass(frozen=True, slots=True)
class Signal:
    """What says yes, no or unsure; None only looks so."""

    meaning: Meaning | None
    anywhere: bool = False
    """An idiom means the same wherever it stands; others only where a clause begins."""


@dataclass(frozen=True, slots=True)
class Book:
    """Compiled rules, and the weights of words where the language has them."""

    contractions: dict[str, str]
    clause_breaks: frozenset[str]
    hesitations: frozenset[str]
    fillers: Phrases[None]
    courtesies: Phrases[None]
    negations: frozenset[str]
    numbers: dict[str, float]
    ratings: Phrases[int]
    instead: Phrases[None]
    alternatives: Phrases[None]
    halves: Phrases[None]
    scales: Phrases[None]
    voids: Phrases[None]
    unfinished: Phrases[None]
    """What leaves a thought open when an answer ends with it."""
    endings: Phrases[None]
    """What says that a story is over when it ends with it."""
    signals: Phrases[Signal]
    """Everything that can say yes, no or unsure, and what only looks so."""
    clauses: Phrases[Meaning]
    polar: dict[Run, Meaning]
    """Whole utterances that say yes, no or unsure."""
    whole: dict[Run, Meaning]
    """Whole utterances that say anything else."""
    misheard: dict[Run, Meaning]
    sounds: dict[Run, Meaning]
    """Whole utterances by their sound, where that leaves no doubt."""
    requests: Requests
    commands: tuple[Command, ...]
    command_texts: tuple[str, ...]
    weights: Weights | None
    stem: Stem

    def words(self, text: str) -> tuple[Word, ...]:
        """A sentence as words, hesitations left out; an "uh" within "uh-huh" is none."""
        words = words_of(text, self.contractions, self.clause_breaks)
        run = forms(words)
        spared = {place + 1 for place in range(len(run)) if self.signals.at(run, place) > 1}
        return tuple(
            word
            for place, word in enumerate(words)
            if word.form not in self.hesitations or place in spared or place + 1 in spared
        )

    def is_filling(self, run: Run) -> bool:
        """Whether nothing was said but fillers, or nothing at all."""
        return self.fillers.without_opening(run) == len(run)

    def without_courtesies(self, run: Run) -> Run:
        """A command without what is wrapped around it; unchanged where nothing else would be left."""
        bare = run[self.courtesies.without_opening(run) :]
        while bare and (tail := self.courtesies.ending(bare)):
            bare = bare[:-tail]
        return bare or run


def compile_book(intents: Intents, weights: Weights | None = None, stem: Stem = str) -> Book:
    """Make the rules ready. Raises ValueError naming a phrase that stands under two commands."""
    runs = _Runs(intents.contractions)
    phrased = runs.meant(intents.phrases)
    whole = _one_meaning_each(pair for pair in phrased if pair[1] not in POLAR)
    signals = _signals(intents, runs)
    said: dict[Run, Meaning] = {words: signal.meaning for words, signal in signals.items() if signal.meaning}
    polar = {**said, **{words: meaning for words, meaning in phrased if meaning in POLAR}}
    commands = tuple(
        Command(" ".join(words), meaning, short_words(words))
        for words, meaning in whole.items()
        if len(words) > 1
    )
    return Book(
        contractions=intents.contractions,
        clause_breaks=frozenset(intents.clause_breaks),
        hesitations=frozenset(intents.hesitations),
        fillers=runs.phrases(intents.fillers),
        courtesies=runs.phrases(intents.courtesies),
        negations=frozenset(intents.negations),
        numbers=intents.numbers,
        ratings=Phrases.of({runs.run(phrase): number for phrase, number in intents.ratings.items()}),
        instead=runs.phrases(intents.instead),
        alternatives=runs.phrases(intents.alternatives),
        halves=runs.phrases(intents.halves),
        scales=runs.phrases(intents.scales),
        voids=runs.phrases(intents.voids),
        unfinished=runs.phrases(intents.unfinished),
        endings=runs.phrases(intents.endings),
        signals=Phrases.of(signals),
        clauses=Phrases.of(dict(runs.meant(intents.clauses))),
        polar=polar,
        whole=whole,
        misheard=dict(runs.meant(intents.misheard)),
        sounds=_by_sound({**polar, **whole}),
        requests=Requests.of(intents),
        commands=commands,
        command_texts=tuple(command.text for command in commands),
        weights=weights,
        stem=stem,
    )


def short_words(run: Run) -> Run:
    """The words that likeness may not touch."""
    return tuple(word for word in run if len(word) <= SHORT)


@dataclass(frozen=True, slots=True)
class _Runs:
    """Phrases taken apart the way sentences are."""

    contractions: Mapping[str, str]

    def run(self, phrase: str) -> Run:
        return forms(words_of(phrase, self.contractions, frozenset()))

    def phrases(self, texts: Iterable[str]) -> Phrases[None]:
        return Phrases.set_of(map(self.run, texts))

    def meant(self, table: Mapping[Meaning, Iterable[str]]) -> list[tuple[Run, Meaning]]:
        return [(self.run(phrase), meaning) for meaning, texts in table.items() for phrase in texts]


def _signals(intents: Intents, runs: _Runs) -> dict[Run, Signal]:
    """An aside outweighs an idiom, and an idiom a yes or no by itself."""
    leading = {words: Signal(meaning) for words, meaning in runs.meant(intents.leading)}
    idioms = {runs.run(phrase): Signal(meaning, anywhere=True) for phrase, meaning in intents.idioms.items()}
    return {**leading, **idioms, **{runs.run(phrase): Signal(None) for phrase in intents.asides}}


def _by_sound(whole: Mapping[Run, Meaning]) -> dict[Run, Meaning]:
    """Phrases by their sound; what two meanings sound like is left out."""
    sounds: dict[Run, set[Meaning]] = {}
    for words, meaning in whole.items():
        sounds.setdefault(sound_of(words), set()).add(meaning)
    return {sound: meanings.pop() for sound, meanings in sounds.items() if len(meanings) == 1}


def _one_meaning_each(pairs: Iterable[tuple[Run, Meaning]]) -> dict[Run, Meaning]:
    whole: dict[Run, Meaning] = {}
    for words, meaning in pairs:
        if whole.setdefault(words, meaning) is not meaning:
            raise ValueError(f"phrases: {' '.join(words)!r} stands under both {whole[words]} and {meaning}")
    return whole
