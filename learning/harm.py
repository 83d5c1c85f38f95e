"""Learns what tells words of harm from ordinary ones, and how certain that must be (scikit-learn)."""

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any

from voice_checkin.evening.safety import Lexicon, Tokenize, windows
from voice_checkin.evening.signs import Run
from voice_checkin.evening.weighing import Stem

_LEAST_WORD, _LEAST_FEATURE = 2, 3
"""Rarer words count as unknown; rarer features of words, not of signs, teach nothing."""
_SOFTNESS = 0.02
"""scikit-learn's C; the best of 0.005 to 0.1."""
_HARM_COUNTS = 0.4
"""What harm missed costs beside a false alarm; the best of 0.25 to 3."""
_SIGN_COUNTS = 3
"""A sign stands for many words, so a large weight of one costs less; the best of 1 to 5."""
_LEAST_WEIGHT = 2
"""In hundredths; lighter ones, three of four, are left out."""
_PARTS = 5


class Kind(StrEnum):
    """What a listener says of a sentence; stories weren't chosen because they sound like harm."""

    HARM = "harm"
    ORDINARY = "ordinary"
    LOOKALIKES = "lookalikes"
    STORY = "story"


_MOST = {Kind.ORDINARY: 0.0075, Kind.STORY: 0.003}
"""The part that may be taken for harm; a little less than is promised, as new sentences are unlike these."""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence as its features."""

    kind: Kind
    wording: frozenset[str]
    signs: frozenset[str]
    windows: tuple[frozenset[str], ...]
    """The features of what the watch will weigh together."""


def told(folder: Path, language: str, stories: Iterable[str]) -> list[Told]:
    """The sentences to learn from, and what people tell when nothing is wrong."""
    sets = tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))
    chosen = (Told(text, Kind(kind)) for kind, texts in sets.items() for text in texts)
    return [*chosen, *(Told(text, Kind.STORY) for text in stories)]


def lexicon_table(folder: Path, language: str) -> dict[str, Any]:
    """What is looked at beside single words."""
    return tomllib.loads((folder / f"{language}_signs.toml").read_text(encoding="utf-8"))


def learned_harm(
    sentences: Sequence[Told], lexicon: Mapping[str, Any], tokenize: Tokenize, stem: Stem
) -> dict[str, Any]:
    """What `Watch` reads, in plain tables."""
    known, seen = looked_at(sentences, lexicon, tokenize, stem)
    weights, bias = _fitted(seen)
    hundredths = ((feature, round(100 * weight)) for feature, weight in sorted(weights.items()))
    return {
        "learned_from": fingerprint(seen),
        "bias": round(100 * (bias - _line(seen))),
        "lexicon": lexicon,
        "words": " ".join(sorted(known)),
        "weights": {feature: weight for feature, weight in hundredths if abs(weight) >= _LEAST_WEIGHT},
    }


def looked_at(
    sentences: Iterable[Told], lexicon: Mapping[str, Any], tokenize: Tokenize, stem: Stem
) -> tuple[frozenset[str], list[Seen]]:
    """The words that more than one sentence holds, and the sentences as their features."""
    glance = Lexicon.from_table(lexicon)
    runs = [(one.kind, glance.run(tokenize(one.text))) for one in sentences]
    times = Counter(word for _, run in runs for word in set(run))
    known = frozenset(word for word, number in times.items() if number >= _LEAST_WORD)

    def features(run: Run) -> frozenset[str]:
        return glance.wording(run, known, stem) | glance.signs_in(run)

    return known, [
        Seen(kind, glance.wording(run, known, stem), glance.signs_in(run), tuple(map(features, windows(run))))
        for kind, run in runs
    ]


def fingerprint(seen: Iterable[Seen]) -> str:
    """SHA-256 of everything that is learned from; whatever changes a feature changes it."""
    digest = hashlib.sha256()
    for one in seen:
        digest.update("\n".join([one.kind, *sorted(one.wording | one.signs)]).encode())
    return digest.hexdigest()


def _fitted(seen: Sequence[Seen]) -> tuple[dict[str, float], float]:
    """What each feature weighs, and the bias.

    Every sentence is shown twice, without its signs and with them, so that the words learn as well what the
    signs alone would tell.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.svm import LinearSVC

    times = Counter(chain.from_iterable(one.wording for one in seen))
    bare = [dict.fromkeys((f for f in one.wording if times[f] >= _LEAST_FEATURE), 1) for one in seen]
    full = [row | dict.fromkeys(one.signs, _SIGN_COUNTS) for row, one in zip(bare, seen, strict=True)]
    columns = DictVectorizer(dtype=float)
    matrix = columns.fit_transform([*bare, *full])
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    separator = LinearSVC(C=_SOFTNESS, class_weight={True: _HARM_COUNTS}, random_state=0)
    separator.fit(matrix, [one.kind is Kind.HARM for one in seen] * 2)
    signs = frozenset(chain.from_iterable(one.signs for one in seen))
    weights = {
        str(name): float(weight) * (_SIGN_COUNTS if name in signs else 1)
        for name, weight in zip(columns.get_feature_names_out(), separator.coef_[0], strict=True)
    }
    return weights, float(separator.intercept_[0])


def _line(seen: Sequence[Seen]) -> float:
    """The sum from which words are taken for harm."""
    sums = list(_unseen_sums(seen))
    return max(
        _exceeded_by(part, [total for of, total in sums if of is kind]) for kind, part in _MOST.items()
    )


def _unseen_sums(seen: Sequence[Seen]) -> Iterator[tuple[Kind, float]]:
    """What each sentence weighs to weights that hadn't seen it."""
    for part in range(_PARTS):
        weights, bias = _fitted([one for place, one in enumerate(seen) if place % _PARTS != part])
        for one in seen[part::_PARTS]:
            sums = (sum(weights.get(feature, 0) for feature in window) for window in one.windows)
            yield one.kind, bias + max(sums, default=0.0)


def _exceeded_by(part: float, sums: list[float]) -> float:
    return sorted(sums)[-1 - int(part * len(sums))]
