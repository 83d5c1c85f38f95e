"""Sentences as people say them, each with the meaning that a listener gives it: `tests/heard/*.toml`."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from voice_checkin.evening.book import Book
from voice_checkin.evening.meanings import read
from voice_checkin.evening.model import Expects, Meaning

FOLDER = Path(__file__).parent / "heard"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence; `meaning` is None where a listener would ask again."""

    expects: Expects
    text: str
    meaning: Meaning | None
    rating: int | None = None


def labelled(file: str) -> list[Labelled]:
    """Read one set. A table a kind of question, a key a meaning: `unclear`, and digits for ratings."""
    tables = tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))
    return [
        _labelled(Expects(kind), key, text)
        for kind, meanings in tables.items()
        for key, texts in meanings.items()
        for text in texts
    ]


def _labelled(expects: Expects, key: str, text: str) -> Labelled:
    if key == "unclear":
        return Labelled(expects, text, None)
    if key.isdigit():
        return Labelled(expects, text, Meaning.RATING, int(key))
    return Labelled(expects, text, Meaning(key))


@dataclass(frozen=True, slots=True)
class Confusion:
    """How a set was read."""

    wrong: tuple[tuple[Labelled, Meaning | None], ...]
    total: int

    def right(self) -> float:
        """The part that was read as a listener would."""
        return 1 - len(self.wrong) / self.total

    def turned_round(self) -> int:
        """How many a yes was read as a no, or a no as a yes."""
        opposite = ({Meaning.YES, Meaning.NO},)
        return sum({one.meaning, told} in opposite for one, told in self.wrong)

    def read_as(self, meant: Iterable[Meaning | None], told: Iterable[Meaning | None]) -> int:
        """How many of one kind were read as another."""
        return sum(one.meaning in set(meant) and was in set(told) for one, was in self.wrong)

    def table(self) -> str:
        """Every confusion with how often it happened, the commonest first."""
        counts = Counter((one.expects, one.meaning, told) for one, told in self.wrong)
        return "\n".join(
            f"{number:4}  {kind}: {meant or 'unclear'} read as {told or 'unclear'}"
            for (kind, meant, told), number in counts.most_common()
        )


def confusion(book: Book, sentences: Iterable[Labelled]) -> Confusion:
    """Read all sentences and keep those that were read otherwise than a listener would."""
    sentences = list(sentences)
    wrong = []
    for one in sentences:
        match = read(one.text, book, one.expects)
        if match.meaning is not one.meaning or (one.rating is not None and match.value != one.rating):
            wrong.append((one, match.meaning))
    return Confusion(tuple(wrong), len(sentences))
