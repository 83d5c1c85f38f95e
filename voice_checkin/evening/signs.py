"""Phrases with places left open, and where words hold them.

A sign's words stand one behind the other: "a/b" is one of these words, "(a/b)" one of them or none,
"<kind>" any word of a kind, "~" up to four little words, "_" up to three words of any sort.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Run: TypeAlias = tuple[str, ...]
Kinds: TypeAlias = Mapping[str, frozenset[str]]

LITTLE = "little"
"""The kind that "~" stands for."""
_LITTLE, _ANY = "~", "_"
_MOST_LITTLE, _MOST_ANY = 4, 3


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a sign, which `least` to `most` words of a set can take."""

    words: frozenset[str] | None
    """None: any word."""
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class Signs:
    """Signs by the words that they can begin with, so that most of them are never looked at."""

    by_first: Mapping[str, tuple[tuple[str, tuple[Slot, ...]], ...]]

    @classmethod
    def of(cls, names: Iterable[str], kinds: Kinds) -> "Signs":
        """Read signs as they are written.

        Raises KeyError for an unknown kind, and ValueError where a sign doesn't begin with a word.
        """
        by_first: dict[str, list[tuple[str, tuple[Slot, ...]]]] = {}
        for name in names:
            slots = tuple(_slot(part, kinds) for part in name.split())
            if not slots or not slots[0].words or not slots[0].least:
                raise ValueError(f"sign {name!r} must begin with a word")
            for word in slots[0].words:
                by_first.setdefault(word, []).append((name, slots))
        return cls({word: tuple(signs) for word, signs in by_first.items()})

    def within(self, run: Run) -> Iterator[str]:
        """The signs that stand anywhere in these words; one may be named more than once."""
        for place, word in enumerate(run):
            for name, slots in self.by_first.get(word, ()):
                if _stands(slots, run, place):
                    yield name


def _slot(part: str, kinds: Kinds) -> Slot:
    if part == _LITTLE:
        return Slot(kinds[LITTLE], 0, _MOST_LITTLE)
    if part == _ANY:
        return Slot(None, 0, _MOST_ANY)
    optional = part.startswith("(")
    words: set[str] = set()
    for word in part.strip("()").split("/"):
        words |= kinds[word[1:-1]] if word.startswith("<") else {word}
    return Slot(frozenset(words), 0 if optional else 1)


def _stands(slots: tuple[Slot, ...], run: Run, place: int) -> bool:
    """Whether all slots are filled by the words from this place on, in any way."""
    if not slots:
        return True
    slot, rest = slots[0], slots[1:]
    for taken in range(slot.most + 1):
        if taken >= slot.least and _stands(rest, run, place + taken):
            return True
        if place + taken >= len(run) or not (slot.words is None or run[place + taken] in slot.words):
            return False
    return False
