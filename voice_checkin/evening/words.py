"""A sentence as words: small letters, punctuation gone, contractions apart, each with its place.

Drawn-out letters count once and stuttered beginnings not at all: an answer is the same, however it comes out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W_]+(?:'[^\W_]+)*")
_LONG = re.compile(r"([^\W\d_])\1{2,}")
"""A letter drawn out: "nooo"."""
_STUTTER = re.compile(r"([^\W\d_]{1,3})-(?=(?:\1-)*\1[^\W\d_])")
"""A beginning that is taken up again: "y-yes", "th-think"."""
_CLAUSE_END = re.compile(r"[.,;:!?…\n]|\s[-\N{EN DASH}\N{EM DASH}]+\s")
_QUOTES = str.maketrans(
    "\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}`\N{ACUTE ACCENT}", "''''"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word; `start` and `end` are its place in the text it was read from."""

    form: str = field(repr=False)
    start: int
    end: int
    opens: bool
    """Whether a clause begins here."""


def words_of(text: str, contractions: Mapping[str, str], clause_breaks: frozenset[str]) -> tuple[Word, ...]:
    """Take a sentence apart. Words of a contraction share its place."""
    plain = _same_length(text)
    words: list[Word] = []
    end = 0
    opens = True
    for found in _WORD.finditer(plain):
        if _STUTTER.match(plain, found.start()):
            continue
        opens = opens or _CLAUSE_END.search(plain, end, found.start()) is not None
        spoken = _LONG.sub(r"\1", found[0])
        for form in contractions.get(spoken, spoken).split():
            words.append(Word(form, found.start(), found.end(), opens or form in clause_breaks))
            opens = False
        end = found.end()
    return tuple(words)


def forms(words: Iterable[Word]) -> tuple[str, ...]:
    """The words themselves, without their places."""
    return tuple(word.form for word in words)


def clauses_of(words: tuple[Word, ...]) -> tuple[tuple[Word, ...], ...]:
    """The words clause by clause."""
    begins = [place for place, word in enumerate(words) if place and word.opens]
    return tuple(words[start:end] for start, end in pairwise([0, *begins, len(words)]))


def _same_length(text: str) -> str:
    """Small letters and plain apostrophes, letter for letter, so that places stay true."""
    text = text.translate(_QUOTES)
    small = text.lower()
    return small if len(small) == len(text) else "".join(letter.lower()[0] for letter in text)
