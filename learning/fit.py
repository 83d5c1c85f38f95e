"""Learns weights from labelled sentences: one linear separator for each meaning (scikit-learn)."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from learning.sentences import Labelled
from voice_checkin.evening.model import Meaning
from voice_checkin.evening.weighing import Stem, Weights, features_of
from voice_checkin.evening.words import Word, forms

_LEAST_WORD, _LEAST_FEATURE = 2, 3
"""Rarer words count as unknown, and rarer features teach nothing that holds for others."""
_SOFTNESS = 0.1
"""scikit-learn's C: how closely the weights follow single sentences; the best of 0.05 to 10."""
_LEAST_WEIGHT = 2
"""In hundredths. Lighter ones, nine of ten, are left out: one sentence in two hundred is read otherwise."""

Tokenize = Callable[[str], tuple[Word, ...]]


def learn(sentences: Sequence[Labelled], tokenize: Tokenize, stem: Stem) -> Weights:
    """The weights that tell these sentences' meanings apart best."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.svm import LinearSVC

    read = [(tokenize(one.text), one) for one in sentences]
    known = known_words(words for words, _ in read)
    table = [features_of(words, one.expects, known, stem) for words, one in read]
    seen = Counter(feature for features in table for feature in features)
    common = [dict.fromkeys(filter(lambda f: seen[f] >= _LEAST_FEATURE, features), 1) for features in table]
    columns = DictVectorizer(dtype=float)
    matrix = columns.fit_transform(common)
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    separator = LinearSVC(C=_SOFTNESS, random_state=0)
    separator.fit(matrix, [_key(one.meaning) for one in sentences])
    names = columns.get_feature_names_out()
    return Weights(
        meanings=tuple(_meaning(key) for key in separator.classes_),
        bias=tuple(_hundredths(bias) for bias in separator.intercept_),
        words=known,
        weights={
            str(name): kept
            for name, column in zip(names, separator.coef_.T, strict=True)
            if (kept := _kept(column))
        },
        learned_from=fingerprint(table, sentences),
    )


def known_words(sentences: Iterable[tuple[Word, ...]]) -> frozenset[str]:
    """The words that more than one sentence holds."""
    seen = Counter(form for words in sentences for form in set(forms(words)))
    return frozenset(form for form, times in seen.items() if times >= _LEAST_WORD)


def fingerprint(table: Iterable[frozenset[str]], sentences: Iterable[Labelled]) -> str:
    """SHA-256 of everything that is learned from; whatever changes a feature changes it."""
    digest = hashlib.sha256()
    for features, one in zip(table, sentences, strict=True):
        digest.update("\n".join([_key(one.meaning), *sorted(features)]).encode())
    return digest.hexdigest()


def _kept(column: Iterable[float]) -> tuple[int, ...]:
    """The weights of one feature that count, each behind the index of its meaning."""
    rounded = ((index, _hundredths(weight)) for index, weight in enumerate(column))
    return tuple(chain.from_iterable(pair for pair in rounded if abs(pair[1]) >= _LEAST_WEIGHT))


def _hundredths(weight: float) -> int:
    return round(100 * float(weight))


def _key(meaning: Meaning | None) -> str:
    return meaning or ""


def _meaning(key: str) -> Meaning | None:
    return Meaning(key) if key else None
