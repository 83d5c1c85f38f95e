"""Phrases made ready to be found: whole, at a place, at either end; each with what it stands for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

Run: TypeAlias = tuple[str, ...]
"""Words in their order, as `words.forms` gives them."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Phrases(Generic[T]):
    """Phrases, each a run of words, and what each stands for."""

    meant: dict[Run, T]
    longest: dict[str, int]
    """First word -> words in the longest phrase that begins with it."""

    @classmethod
    def of(cls, meant: Mapping[Run, T]) -> "Phrases[T]":
        """Make phrases ready."""
        kept = {run: meaning for run, meaning in meant.items() if run}
        longest: dict[str, int] = {}
        for run in kept:
            longest[run[0]] = max(longest.get(run[0], 0), len(run))
        return cls(kept, longest)

    @classmethod
    def set_of(cls, runs: Iterable[Run]) -> "Phrases[None]":
        """Make phrases ready that stand for nothing but themselves."""
        return Phrases[None].of(dict.fromkeys(runs))

    def at(self, forms: Run, place: int) -> int:
        """How many words the longest phrase at this place has; 0 where there is none."""
        if place >= len(forms):
            return 0
        most = min(self.longest.get(forms[place], 0), len(forms) - place)
        return next((n for n in range(most, 0, -1) if forms[place : place + n] in self.meant), 0)

    def found(self, forms: Run, place: int) -> tuple[T, int] | None:
        """What the longest phrase at this place stands for, and how many words it has."""
        length = self.at(forms, place)
        return (self.meant[forms[place : place + length]], length) if length else None

    def without_opening(self, forms: Run) -> int:
        """How many words phrases take up, one behind another, at the beginning."""
        place = 0
        while step := self.at(forms, place):
            place += step
        return place

    def ending(self, forms: Run) -> int:
        """How many words the longest phrase at the very end has; 0 where there is none."""
        most = min(max(self.longest.values(), default=0), len(forms))
        return next((n for n in range(most, 0, -1) if forms[len(forms) - n :] in self.meant), 0)
