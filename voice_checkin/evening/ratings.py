"""A number on the scale of one to five, as people say it."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from voice_checkin.evening.book import Book
from voice_checkin.evening.phrases import Run
from voice_checkin.evening.words import Word, forms

LEAST, MOST = 1, 5
_BEFORE = 2
"""So many words before a number may take it back: "not really a five"."""


@dataclass(frozen=True, slots=True)
class _Number:
    value: float
    between: Run
    """The words since the number before it."""
    clause: int

    @property
    def rating(self) -> int:
        return floor(self.value + 0.5)


def rating_in(words: tuple[Word, ...], book: Book) -> int | None:
    """The rating that was said, to the nearest whole; None where there is none, or two without a choice.

    "A four, or a five" leaves it open; "I'd say ten, so five" and "four, it was one of those days" don't.
    """
    said = [number for number in _numbers(words, book) if LEAST <= number.rating <= MOST]
    if len({number.value for number in said}) == 1:
        return said[0].rating
    chosen = _chosen(said, book) if said else None
    return chosen.rating if chosen else None


def _numbers(words: tuple[Word, ...], book: Book) -> Iterator[_Number]:
    """The numbers that were said, but for the end of a scale and what is taken back."""
    run, clause, begins, place, since = forms(words), 0, 0, 0, 0
    while place < len(words):
        if words[place].opens:
            clause, begins = clause + 1, place
        scale = book.scales.at(run, place)
        if scale and since and _value(run, place + scale, book):
            place += scale + 1  # "three out of five" is a three
            continue
        value, length = _value(run, place, book) or (None, 1)
        if value is not None:
            if book.negations.isdisjoint(run[max(begins, place - _BEFORE) : place]):
                yield _Number(value, run[since:place], clause)
            since = place + length
        place += length


def _value(run: Run, place: int, book: Book) -> tuple[float, int] | None:
    """The number at a place, and how many words it takes: "top marks", "three and a half", "4"."""
    named = book.ratings.found(run, place)
    if named:
        return named
    number = _number(run[place], book) if place < len(run) else None
    if number is None:
        return None
    half = book.halves.at(run, place + 1)
    return number + (0.5 if half else 0), 1 + half


def _number(form: str, book: Book) -> float | None:
    if form in book.numbers:
        return book.numbers[form]
    try:
        return float(form.replace(",", "."))
    except ValueError:
        return None


def _chosen(said: list[_Number], book: Book) -> _Number | None:
    """Of several numbers the last one where it is said to count, else the first where it stands apart."""
    first, last = said[0], said[-1]
    if any(book.alternatives.ending(number.between) for number in said[1:]):
        return None
    if any(book.instead.at(last.between, place) for place in range(len(last.between))):
        return last
    return first if all(number.clause > first.clause for number in said[1:]) and first.clause <= 1 else None
