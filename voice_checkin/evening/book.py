"""The rules of a language, made ready once so that a sentence is read in well under a millisecond."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voice_checkin.evening.model import Meaning
from voice_checkin.evening.phrases import Phrases
from voice_checkin.evening.script import Intents
from voice_checkin.evening.words import Word, forms, words_of

POLAR = (Meaning.YES, Meaning.NO, Meaning.UNSURE)
SHORT = 4
"""Words of so many letters or fewer are never matched by likeness: "no" is close to "now"."""


@dataclass(frozen=True, slots=True)
class Command:
    """One phrase of a command, in the form in which likeness is measured."""

    text: str
    meaning: Meaning
    short_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """Compiled rules."""

    contractions: dict[str, str]
    clause_breaks: frozenset[str]
    hesitations: frozenset[str]
    fillers: Phrases
    courtesies: Phrases
    negations: frozenset[str]
    numbers: dict[str, float]
    halves: Phrases
    scales: Phrases
    voids: Phrases
    asides: Phrases
    signals: Phrases
    """Idioms and everything that can say yes, no or unsure."""
    idioms: dict[tuple[str, ...], Meaning]
    leading: dict[tuple[str, ...], Meaning]
    clauses: Phrases
    clause_meanings: dict[tuple[str, ...], Meaning]
    polar: dict[tuple[str, ...], Meaning]
    """Whole utterances that say yes, no or unsure."""
    whole: dict[tuple[str, ...], Meaning]
    """Whole utterances that say anything else."""
    triggers: Phrases
    trigger_meanings: dict[tuple[str, ...], Meaning]
    small_talk: frozenset[str]
    misheard: dict[tuple[str, ...], Meaning]
    commands: tuple[Command, ...]
    command_texts: tuple[str, ...]

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

    def without_courtesies(self, run: tuple[str, ...]) -> tuple[str, ...]:
        """A command without what is wrapped around it; unchanged where nothing else would be left."""
        bare = run[self.courtesies.without_opening(run) :]
        while bare and (tail := self.courtesies.ending(bare)):
            bare = bare[:-tail]
        return bare or run


def compile_book(intents: Intents) -> Book:
    """Make the rules ready. Raises ValueError naming a phrase that stands under two commands."""
    breaks = frozenset(intents.clause_breaks)

    def run(phrase: str) -> tuple[str, ...]:
        return forms(words_of(phrase, intents.contractions, frozenset()))

    def phrases(texts: Iterable[str]) -> Phrases:
        return Phrases.of(map(run, texts))

    def meant(table: Mapping[Meaning, Iterable[str]]) -> list[tuple[tuple[str, ...], Meaning]]:
        return [(run(phrase), meaning) for meaning, texts in table.items() for phrase in texts]

    idioms = {run(phrase): meaning for phrase, meaning in intents.idioms.items()}
    leading = dict(meant(intents.leading))
    clauses = dict(meant(intents.clauses))
    triggers = _one_meaning_each(meant(intents.triggers))
    phrased = meant(intents.phrases)
    whole = _one_meaning_each(pair for pair in phrased if pair[1] not in POLAR)
    polar = {words: meaning for one in POLAR for words, meaning in phrased if meaning is one}
    commands = tuple(
        Command(" ".join(words), meaning, short_words(words))
        for words, meaning in whole.items()
        if len(words) > 1
    )
    return Book(
        contractions=intents.contractions,
        clause_breaks=breaks,
        hesitations=frozenset(intents.hesitations),
        fillers=phrases(intents.fillers),
        courtesies=phrases(intents.courtesies),
        negations=frozenset(intents.negations),
        numbers=intents.numbers,
        halves=phrases(intents.halves),
        scales=phrases(intents.scales),
        voids=phrases(intents.voids),
        asides=phrases(intents.asides),
        signals=Phrases.of([*idioms, *leading, *(run(aside) for aside in intents.asides)]),
        idioms=idioms,
        leading=leading,
        clauses=Phrases.of(clauses),
        clause_meanings=clauses,
        polar={**leading, **idioms, **polar},
        whole=whole,
        triggers=Phrases.of(triggers),
        trigger_meanings=triggers,
        small_talk=frozenset(intents.small_talk),
        misheard=dict(meant(intents.misheard)),
        commands=commands,
        command_texts=tuple(command.text for command in commands),
    )


def short_words(run: tuple[str, ...]) -> tuple[str, ...]:
    """The words that likeness may not touch."""
    return tuple(word for word in run if len(word) <= SHORT)


def _one_meaning_each(pairs: Iterable[tuple[tuple[str, ...], Meaning]]) -> dict[tuple[str, ...], Meaning]:
    whole: dict[tuple[str, ...], Meaning] = {}
    for words, meaning in pairs:
        if whole.setdefault(words, meaning) is not meaning:
            raise ValueError(f"phrases: {' '.join(words)!r} stands under both {whole[words]} and {meaning}")
    return whole
