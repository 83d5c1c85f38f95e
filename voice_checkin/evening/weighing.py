"""What a sentence means by the weight of its words, learned from the sentences in learning/.

Each word, each pair of neighbours and where they stand speak for some meanings and against
others; the sum decides. Nothing here knows a language: the weights are content.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import TypeAlias

from voice_checkin.evening.model import Expects, Meaning
from voice_checkin.evening.words import Word, forms

Stem: TypeAlias = Callable[[str], str]
"""A word without its endings: "stopping" and "stopped" are "stop"."""

_STEEPNESS = 3.5
"""Turns sums of weights into shares of certainty; fitted on sentences the weights hadn't seen."""
_LONG, _MANY_UNKNOWN = 12, 4
_UNKNOWN, _NUMBER = "?", "#"


@dataclass(frozen=True, slots=True)
class Weights:
    """weights.json: what was learned."""

    meanings: tuple[Meaning | None, ...]
    """None: says nothing that answers."""
    bias: tuple[int, ...]
    """One for each meaning, in hundredths."""
    words: frozenset[str]
    """Words met more than once; all others are unknown."""
    weights: Mapping[str, Sequence[int]]
    """Feature -> index of a meaning, how much the feature speaks for it in hundredths, the next index..."""
    learned_from: str = ""
    """SHA-256 of the sentences' features, so that a test sees when they have changed."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A meaning with its share of certainty, 0 to 1."""

    meaning: Meaning | None
    certainty: float


def weigh(words: tuple[Word, ...], expects: Expects, weights: Weights, stem: Stem) -> list[Weighed]:
    """All meanings, the heaviest first; their certainties add up to 1."""
    sums = list(weights.bias)
    for feature in features_of(words, expects, weights.words, stem):
        pairs = weights.weights.get(feature, ())
        for index, weight in zip(pairs[::2], pairs[1::2], strict=True):
            sums[index] += weight
    most = max(sums)
    shares = [exp(_STEEPNESS * (value - most) / 100) for value in sums]
    total = sum(shares)
    weighed = (
        Weighed(meaning, share / total) for meaning, share in zip(weights.meanings, shares, strict=True)
    )
    return sorted(weighed, key=lambda one: -one.certainty)


def evidence(
    words: tuple[Word, ...], expects: Expects, meaning: Meaning | None, weights: Weights, stem: Stem
) -> list[tuple[str, int]]:
    """What speaks for a meaning and against it, the strongest first, in hundredths."""
    wanted = weights.meanings.index(meaning)
    found = [
        (feature, dict(zip(pairs[::2], pairs[1::2], strict=True)).get(wanted, 0))
        for feature in features_of(words, expects, weights.words, stem)
        if (pairs := weights.weights.get(feature, ()))
    ]
    return sorted(((feature, weight) for feature, weight in found if weight), key=lambda one: -abs(one[1]))


def features_of(
    words: tuple[Word, ...], expects: Expects, known: frozenset[str], stem: Stem
) -> frozenset[str]:
    """Everything about a sentence that can have a weight."""
    return frozenset(_features(words, expects, known, stem))


def _features(words: tuple[Word, ...], expects: Expects, known: frozenset[str], stem: Stem) -> Iterator[str]:
    run = [_spoken(form, known) for form in forms(words)]
    stems = [word if word in {_UNKNOWN, _NUMBER} else stem(word) for word in run]
    yield f"expects {expects}"
    yield f"length {min(_LONG, len(run))}"
    unknown = run.count(_UNKNOWN)
    yield f"unknown {min(unknown, _MANY_UNKNOWN)}"
    yield f"unknown/4 {round(4 * unknown / max(1, len(run)))}"
    for word, place in zip(run, words, strict=True):
        yield word
        if place.opens:
            yield f"|{word}"
    for first, second in _neighbours(run):
        yield f"{first} {second}"
    for first, second in _neighbours(run, apart=2):
        yield f"{first} * {second}"
    for stemmed in stems:
        yield f"~{stemmed}"
    for first, second in _neighbours(stems):
        yield f"~{first} {second}"


def _neighbours(run: list[str], apart: int = 1) -> Iterator[tuple[str, str]]:
    """Pairs of words, the ends of the sentence among them."""
    ended = ["<", *run, ">"]
    return zip(ended, ended[apart:], strict=False)


def _spoken(form: str, known: frozenset[str]) -> str:
    if form.replace(".", "").replace(",", "").isdigit():
        return _NUMBER
    return form if form in known else _UNKNOWN
