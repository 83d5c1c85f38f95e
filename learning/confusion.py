"""Which meanings are taken for which: sentences read by the product, beside what a listener says."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from learning.sentences import Labelled
from voice_checkin.evening.book import Book
from voice_checkin.evening.meanings import read
from voice_checkin.evening.model import Meaning

Reads: TypeAlias = Callable[[Labelled], tuple[Meaning | None, object]]
"""A sentence's meaning, and its value if it has one."""

_ANSWERS = {Meaning.YES, Meaning.NO, Meaning.UNSURE, Meaning.NOTHING, Meaning.RATING, Meaning.SHARE}


@dataclass(frozen=True, slots=True)
class Confusion:
    """How a set was read."""

    wrong: tuple[tuple[Labelled, Meaning | None], ...]
    totals: dict[str, int]
    """How many sentences each group of meanings has."""

    @property
    def total(self) -> int:
        """How many sentences there are."""
        return sum(self.totals.values())

    def right(self) -> float:
        """The part that was read as a listener would."""
        return 1 - len(self.wrong) / self.total

    def turned_round(self) -> int:
        """How many a yes was read as a no, or a no as a yes."""
        return sum({one.meaning, told} == {Meaning.YES, Meaning.NO} for one, told in self.wrong)

    def read_as(self, meant: Iterable[Meaning | None], told: Iterable[Meaning | None]) -> int:
        """How many of one kind were read as another."""
        return sum(one.meaning in set(meant) and was in set(told) for one, was in self.wrong)

    def line(self) -> str:
        """How many are right, turned round, unsure taken for no, stories lost; then by group."""
        unsure = self.read_as([Meaning.UNSURE], [Meaning.NO])
        lost = sum(one.meaning is Meaning.SHARE for one, _ in self.wrong)
        parts = (f"{group} {right:.1%} of {total}" for group, (right, total) in self.by_group().items())
        whole = f"{self.right():.1%} of {self.total}, {self.turned_round()} turned round"
        return f"{whole}, {unsure} unsure as no, {lost} stories lost: {', '.join(parts)}"

    def by_group(self) -> dict[str, tuple[float, int]]:
        """The part that was read right, for each group of meanings, and how many there are."""
        wrong = Counter(_group(one) for one, _ in self.wrong)
        return {group: (1 - wrong[group] / total, total) for group, total in sorted(self.totals.items())}

    def table(self) -> str:
        """Every confusion with how often it happened, the commonest first."""
        counts = Counter((one.expects, one.meaning, told) for one, told in self.wrong)
        return "\n".join(
            f"{number:4}  {kind}: {meant or 'unclear'} read as {told or 'unclear'}"
            for (kind, meant, told), number in counts.most_common()
        )


def confusion(book: Book, sentences: Iterable[Labelled]) -> Confusion:
    """Read all sentences as the evening does; keep those that were read otherwise than a listener would."""

    def as_the_evening_does(one: Labelled) -> tuple[Meaning | None, object]:
        match = read(one.text, book, one.expects)
        return match.meaning, match.value

    return confused(as_the_evening_does, sentences)


def confused(reads: Reads, sentences: Iterable[Labelled]) -> Confusion:
    """The same for any reader; a rating is right by its number, where the reader gives one."""
    sentences = list(sentences)
    wrong = []
    for one in sentences:
        meaning, value = reads(one)
        if meaning is not one.meaning or (one.rating is not None and value not in {one.rating, None}):
            wrong.append((one, meaning))
    return Confusion(tuple(wrong), Counter(map(_group, sentences)))


def _group(one: Labelled) -> str:
    """Meanings that are counted together: all commands are."""
    if one.meaning is None:
        return "unclear"
    return str(one.meaning) if one.meaning in _ANSWERS else "commands"
