"""How much silence ends an answer, by what has been said so far.

A complete answer needs little, one that stops in the middle of a thought needs more: the two
faults that make people give up on a voice are being made to wait, and being cut off.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from voice_checkin.evening.book import Book
from voice_checkin.evening.meanings import read
from voice_checkin.evening.model import EXACT, Expects, Meaning
from voice_checkin.evening.words import forms, words_of

COMPLETE_S = 0.55
"""Silence that confirms a complete answer to a short question, or "that's all" behind a story."""
HESITANT_S = 1.5
"""Silence that ends a short answer which broke off: "well, um..."; people pause for over a second."""
HESITANT_STORY_S = 3.0
LONGEST_S = 4.0
_MORE = 1.25
"""A pause may be so much longer than the longest before it."""
_SURE = 90.0
"""From this score on a short answer is complete."""
_OPEN_ENDS = (",", "...", "\N{HORIZONTAL ELLIPSIS}", "-", ";", ":")
_AT_ONCE = set(Meaning) - {Meaning.SHARE, Meaning.YES, Meaning.NO, Meaning.UNSURE, Meaning.THANKS}
"""Whole utterances that no story begins with."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for whom, so that nobody is cut off, least of all twice."""

    book: Callable[[], Book] | None = None
    """How answers are read, asked for when one is heard; None: each question's own silence ends it."""
    needs: Mapping[str, float] = field(default_factory=dict)
    """Partner -> how many times the usual silence their answers end after, as the two have chosen."""
    paused: dict[str, float] = field(default_factory=dict)
    """Partner -> the longest pause within an answer so far tonight, in seconds."""

    def usual_s(self, partner: str, question_s: float, expects: Expects) -> float:
        """The silence that ends this partner's answers, whatever they say."""
        usual_s = question_s * self.needs.get(partner, 1.0)
        if not expects.is_told:
            return usual_s
        return max(usual_s, min(LONGEST_S, _MORE * self.paused.get(partner, 0.0)))

    def after(self, text: str, expects: Expects, usual_s: float) -> float:
        """The silence that ends the answer, now that so much has been said."""
        return usual_s if self.book is None else silence_after(text, self.book(), expects, usual_s)

    def note(self, partner: str, pause_s: float) -> None:
        """Remember a pause after which the partner spoke on."""
        self.paused[partner] = max(pause_s, self.paused.get(partner, 0.0))


def silence_after(text: str, book: Book, expects: Expects, patience_s: float) -> float:
    """Seconds of silence that end the answer, where the question's own patience is `patience_s`."""
    match = read(text, book, expects)
    if not expects.is_told:
        sure = match.meaning is not None and match.score >= _SURE
        if match.score < EXACT and _breaks_off(text, book, marked=not sure):
            return max(patience_s, HESITANT_S)
        return min(patience_s, COMPLETE_S) if sure else patience_s
    if _ends_itself(text, book) or (match.meaning in _AT_ONCE and match.score >= EXACT):
        return min(patience_s, COMPLETE_S)
    return max(patience_s, HESITANT_STORY_S) if _breaks_off(text, book, marked=True) else patience_s


def _breaks_off(text: str, book: Book, *, marked: bool) -> bool:
    """Whether the last word leaves the thought open, or is no word: "and", "um".

    A last mark counts only where it is asked for: behind a short answer Whisper puts "..." as it likes.
    """
    run = forms(words_of(text, book.contractions, book.clause_breaks))
    if not run:
        return False
    return (
        book.is_filling(forms(book.words(text)))
        or (marked and text.rstrip().endswith(_OPEN_ENDS))
        or run[-1] in book.hesitations
        or book.unfinished.ending(run) > 0
    )


def _ends_itself(text: str, book: Book) -> bool:
    """Whether a story says that it is over: "...and that's all"."""
    return book.endings.ending(forms(book.words(text))) > 0
