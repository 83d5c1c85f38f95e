"""Yes, no or unsure in a longer answer, and what was told besides.

A yes or no stands where a clause begins; elsewhere it is part of what is told. Of several the
last one counts when little stands between them ("yeah, well, no, not today"), else the first:
what comes after a clear answer and a story is the story's.
"""

from dataclasses import dataclass, replace

from voice_checkin.evening.book import Book
from voice_checkin.evening.model import EXACT, Match, Meaning
from voice_checkin.evening.words import Word, clauses_of, forms

_LITTLE = 3
"""So many words between two answers are a hesitation; more are a story."""
_SHORT_CLAUSE = 6
"""A longer negated clause tells something; it is no answer."""
_STORY = 3
"""From so many words on, what follows a yes is told for its own sake."""
IDIOM = "an idiom"


@dataclass(frozen=True, slots=True)
class _Said:
    meaning: Meaning
    place: int
    end: int
    idiom: bool


def polarity_of(text: str, words: tuple[Word, ...], book: Book) -> Match | None:
    """Read a longer answer to a yes/no question; None where it says neither."""
    run = forms(words)
    signals = _signals(words, run, book)
    unsure = next((signal for signal in signals if signal.meaning is Meaning.UNSURE), None)
    if unsure:
        other = next((signal.meaning for signal in signals if signal is not unsure), None)
        return Match(Meaning.UNSURE, score=EXACT, runner_up=other, why="says that it isn't sure")
    if signals:
        return _spoken(text, words, signals, book)
    return _clause(text, words, 0, book) or _negated(words, book)


def _spoken(text: str, words: tuple[Word, ...], signals: list[_Said], book: Book) -> Match:
    """The answer of which several were said, unless what is told behind them gainsays it."""
    decisive = _decisive(signals)
    other = next((s.meaning for s in signals if s.meaning is not decisive.meaning), None)
    behind = _clause(text, words, decisive.end, book) if other else None
    if behind and behind.meaning is not decisive.meaning:  # "yeah, no, we did it"
        return Match(None, score=EXACT, runner_up=decisive.meaning, why="says both yes and no")
    told = _told(text, words, decisive.end) if decisive.meaning is Meaning.YES else None
    why = IDIOM if decisive.idiom else "begins a clause with it"
    return Match(decisive.meaning, value=told, score=EXACT, runner_up=other, why=why)


def _clause(text: str, words: tuple[Word, ...], after: int, book: Book) -> Match | None:
    """A clause that answers begins here, "we did", and nothing behind it speaks against it."""
    run = forms(words[after:])
    begins = book.fillers.without_opening(run)
    found = book.clauses.found(run, begins)
    if found is None:
        return None
    meaning, length = found
    rest = run[begins + length :]
    if meaning is Meaning.YES and not book.negations.isdisjoint(rest):
        return None  # "I'd love to say yes, but we didn't"
    if meaning is Meaning.NO and len(rest) > _SHORT_CLAUSE:
        return None  # "it wasn't easy to find the time, but we got there"
    told = _told(text, words, after) if meaning is Meaning.YES else None
    return Match(meaning, value=told, score=EXACT, why="begins with a clause that answers")


def _signals(words: tuple[Word, ...], run: tuple[str, ...], book: Book) -> list[_Said]:
    """Everything that says yes, no or unsure, in order."""
    found: list[_Said] = []
    place, opens = 0, True
    while place < len(words):
        opens = opens or words[place].opens
        signal, length = book.signals.found(run, place) or (None, 0)
        meaning = signal and signal.meaning
        if signal and not meaning:  # an aside
            place += length
        elif signal and meaning and (signal.anywhere or opens or meaning is Meaning.UNSURE):
            found.append(_Said(meaning, place, place + length, signal.anywhere))
            place += length  # what follows an answer may be another: "yeah no"
        elif filler := book.fillers.at(run, place) if opens else 0:
            place += filler
        else:
            place += 1
            opens = False
    return found


def _decisive(signals: list[_Said]) -> _Said:
    decisive = signals[0]
    for signal in signals[1:]:
        if signal.place - decisive.end > _LITTLE:
            break
        agrees = signal.meaning is decisive.meaning
        decisive = replace(decisive, end=signal.end) if agrees else signal
    return decisive


def _told(text: str, words: tuple[Word, ...], after: int) -> str | None:
    """What stands behind the answer, as it was said; None where that is no story."""
    if len(words) - after < _STORY:
        return None
    return text[words[after].start :].strip()


def _negated(words: tuple[Word, ...], book: Book) -> Match | None:
    """A short negated clause is a no; two negations in it are none."""
    clause = forms(clauses_of(words)[0])
    count = sum(word in book.negations for word in clause)
    if count == 1 and len(clause) <= _SHORT_CLAUSE and len(words) <= _SHORT_CLAUSE + _LITTLE:
        return Match(Meaning.NO, score=EXACT, why="a short negated clause")
    return None
