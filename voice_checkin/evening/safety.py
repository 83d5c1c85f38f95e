"""Whether words speak of harm: of ending a life, of fear, of being hit, threatened, controlled or forced.

The sum of what speaks for and against it decides, as in weighing. Beside single words it looks at their
kinds ("he" and "husband" are of one kind), and at signs: phrases that ordinary talk hardly holds. Nothing
here knows a language: words, kinds and signs are content, and what each weighs is learned.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp
from typing import Any, TypeAlias

from voice_checkin.evening.signs import LITTLE, Run, Signs
from voice_checkin.evening.weighing import Stem
from voice_checkin.evening.words import Word, forms

Tokenize: TypeAlias = Callable[[str], tuple[Word, ...]]

_WINDOW, _STEP = 40, 20
"""Words that are weighed together: what is told in the midst of a long story isn't drowned by the rest."""
_SURE = 0.5
"""Certainty from which words speak of harm; learning moves it to where ordinary talk hardly comes."""
_SURE_OF_LONG = 0.8
"""...and in longer talk than is weighed at once: there more is said, and so more that only sounds so."""
_STEEPNESS = 3.0
"""Turns sums of weights into certainty; fitted on sentences the weights hadn't seen."""
_NEAR = 6
"""How many words apart two kinds are still looked at together."""
_MANY_SIGNS = 4
_UNKNOWN, _HARMLESS = "?", "harmless"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is looked at beside single words."""

    unspoken: frozenset[str]
    endings: tuple[str, ...]
    apart: Mapping[str, str]
    between: frozenset[str]
    kinds: Mapping[str, str]
    """Word -> its kind."""
    signs: Signs
    harmless: frozenset[str]
    """Which of the signs sound like harm and aren't."""
    plain: Signs
    """What is always taken seriously, whatever stands around it."""

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> "Lexicon":
        """Make ready what learning/safety holds of a language. Raises KeyError or ValueError."""
        of_signs = {kind: frozenset(words.split()) for kind, words in table["sign_kinds"].items()}
        of_signs[LITTLE] = frozenset(table["little"].split())
        harmless = frozenset(table["harmless"])
        grave = [sign for signs in table["signs"].values() for sign in signs]
        return cls(
            unspoken=frozenset(table["unspoken"].split()),
            endings=tuple(table["endings"].split()),
            apart=dict(table["apart"]),
            between=frozenset(table["between"].split()),
            kinds={word: f"<{kind}>" for kind, words in table["kinds"].items() for word in words.split()},
            signs=Signs.of([*grave, *harmless], of_signs),
            harmless=harmless,
            plain=Signs.of(table["plain"], of_signs),
        )

    def run(self, words: tuple[Word, ...]) -> Run:
        """The words as they are looked at: hesitations left out, "he's" as two."""
        spoken = (form for form in forms(words) if form not in self.unspoken)
        return tuple(part for form in spoken for part in self._parts(form))

    def wording(self, run: Run, known: frozenset[str], stem: Stem) -> frozenset[str]:
        """Words, their neighbours and their kinds, each as a feature that can have a weight."""
        spoken = [word if word in known else _UNKNOWN for word in run]
        return frozenset((*_of_words(spoken, stem), *self._of_kinds(run, spoken)))

    def signs_in(self, run: Run) -> frozenset[str]:
        """The signs, and how many they are, as features."""
        found = set(self.signs.within(run))
        grave = found - self.harmless
        counts = {f"signs {number + 1}" for number in range(min(len(grave), _MANY_SIGNS))}
        return frozenset({f"={sign}" for sign in found} | counts | ({_HARMLESS} if found - grave else set()))

    def _parts(self, form: str) -> tuple[str, ...]:
        if form in self.apart:
            return tuple(self.apart[form].split())
        ending = next((ending for ending in self.endings if form.endswith(ending)), "")
        return tuple(filter(None, (form.removesuffix(ending), ending)))

    def _of_kinds(self, run: Run, spoken: list[str]) -> Iterator[str]:
        placed = [(place, self.kinds[word]) for place, word in enumerate(run) if word in self.kinds]
        row = [
            self.kinds.get(word, known)
            for word, known in zip(run, spoken, strict=True)
            if word in self.kinds or word not in self.between
        ]
        yield from (kind for _, kind in placed)
        yield from (f"{first}+{second}" for first, second in pairwise(row))
        yield from ("+".join(three) for three in zip(row, row[1:], row[2:], strict=False))
        for number, (place, first) in enumerate(placed):
            near = (kind for other, kind in placed[number + 1 :] if other - place <= _NEAR)
            yield from (f"{first}..{second}" for second in near)


@dataclass(frozen=True, slots=True)
class Watch:
    """What was learned of words of harm; it reads one answer at a time, in any length."""

    tokenize: Tokenize
    stem: Stem
    lexicon: Lexicon
    words: frozenset[str] = field(repr=False)
    """Words met more than once; all others are unknown."""
    weights: Mapping[str, int] = field(repr=False)
    """Feature -> how much it speaks for harm, in hundredths."""
    bias: int
    learned_from: str
    """SHA-256 of the sentences' features, so that a test sees when they have changed."""

    @classmethod
    def from_table(cls, table: Mapping[str, Any], tokenize: Tokenize, stem: Stem) -> "Watch":
        """Read what safety.json holds. Raises KeyError or ValueError where it is broken."""
        try:
            return cls(
                tokenize=tokenize,
                stem=stem,
                lexicon=Lexicon.from_table(table["lexicon"]),
                words=frozenset(table["words"].split()),
                weights={feature: int(weight) for feature, weight in table["weights"].items()},
                bias=int(table["bias"]),
                learned_from=str(table["learned_from"]),
            )
        except (AttributeError, TypeError) as fault:
            raise ValueError("not the table that was learned") from fault

    def certainty(self, text: str) -> float:
        """How certain it is that a text speaks of harm, from 0 to 1; of a long one, its gravest part."""
        return self._graveness(self.tokenize(text))

    def speaks_of_harm(self, text: str) -> bool:
        """Whether this should be answered with where help is, rather than with the next question."""
        words = self.tokenize(text)
        return self._graveness(words) >= (_SURE_OF_LONG if len(words) > _WINDOW else _SURE)

    def _graveness(self, words: tuple[Word, ...]) -> float:
        run = self.lexicon.run(words)
        if any(self.lexicon.plain.within(run)):
            return 1.0
        return max((self._certainty(part) for part in windows(run)), default=0.0)

    def _certainty(self, run: Run) -> float:
        features = self.lexicon.wording(run, self.words, self.stem) | self.lexicon.signs_in(run)
        total = self.bias + sum(self.weights.get(feature, 0) for feature in features)
        return 1 / (1 + exp(-_STEEPNESS * total / 100))


def windows(run: Run) -> Iterator[Run]:
    """A long run in parts that overlap; a short one as it is; none where there are no words."""
    if run:
        last = max(0, len(run) - _WINDOW)
        yield from (run[start : start + _WINDOW] for start in (*range(0, last, _STEP), last))


def _of_words(spoken: list[str], stem: Stem) -> Iterator[str]:
    stems = [word if word == _UNKNOWN else f"~{stem(word)}" for word in spoken]
    ended, ended_stems = ["<", *spoken, ">"], ["<", *stems, ">"]
    yield from spoken
    yield from stems
    yield from (f"{first} {second}" for first, second in pairwise(ended))
    yield from (f"{first} * {second}" for first, second in zip(ended, ended[2:], strict=False))
    yield from (f"{first} {second}" for first, second in pairwise(ended_stems))
    yield from (" ".join(three) for three in zip(ended_stems, ended_stems[1:], ended_stems[2:], strict=False))
