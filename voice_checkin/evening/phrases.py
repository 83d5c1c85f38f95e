"""Phrases made ready to be found: whole, at a place, at either end."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """A set of phrases, each a run of words."""

    runs: frozenset[tuple[str, ...]]
    longest: dict[str, int]
    """First word -> words in the longest phrase that begins with it."""

    @classmethod
    def of(cls, runs: Iterable[tuple[str, ...]]) -> "Phrases":
        """Make phrases ready."""
        kept = frozenset(run for run in runs if run)
        longest: dict[str, int] = {}
        for run in kept:
            longest[run[0]] = max(longest.get(run[0], 0), len(run))
        return cls(kept, longest)

    def at(self, forms: tuple[str, ...], place: int) -> int:
        """How many words the longest phrase at this place has; 0 where there is none."""
        if place >= len(forms):
            return 0
        most = min(self.longest.get(forms[place], 0), len(forms) - place)
        return next((n for n in range(most, 0, -1) if forms[place : place + n] in self.runs), 0)

    def without_opening(self, forms: tuple[str, ...]) -> int:
        """How many words phrases take up, one behind another, at the beginning."""
        place = 0
        while step := self.at(forms, place):
            place += step
        return place

    def ending(self, forms: tuple[str, ...]) -> int:
        """How many words the longest phrase at the very end has; 0 where there is none."""
        most = min(max(self.longest.values(), default=0), len(forms))
        return next((n for n in range(most, 0, -1) if forms[len(forms) - n :] in self.runs), 0)
