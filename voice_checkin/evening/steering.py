"""What steers a look back, beside the commands of every evening: more, a topic, one of the two.

As with requests, each is the command it is nearest to, with what it asks for as the value.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from voice_checkin.evening.aloud_words import Aloud
from voice_checkin.evening.book import Book
from voice_checkin.evening.likeness import alike
from voice_checkin.evening.meanings import read
from voice_checkin.evening.model import EXACT, Expects, Match, Meaning
from voice_checkin.evening.phrases import Run
from voice_checkin.evening.words import forms, words_of

MORE = "more"
TOPIC, PARTNER = "topic:", "partner:"
"""What the value of a wish for a topic, or for one partner's words, begins with."""
_LIKE, _MARGIN = 85.0, 4.0
"""Likeness from which it is that wish, and how far another one must be behind."""
_LEAST_LETTERS = 7
"""Shorter wishes must be a phrase exactly."""
_SURE = 80.0
"""A command that is less certain is taken for talk of the two: "it will be cold at night" stops nothing."""
_OTHERWISE = {Meaning.SHARE, Meaning.NOTHING, Meaning.THANKS, Meaning.UNSURE, Meaning.RATING}
"""What the two say to each other while they listen: it steers nothing."""


@dataclass(frozen=True, slots=True)
class Steering:
    """The wishes of one language and couple, made ready."""

    book: Book
    wishes: dict[Run, str]
    texts: tuple[str, ...]
    meant: tuple[str, ...]
    """What each of `texts` asks for."""

    @classmethod
    def of(cls, words: Aloud, partners: tuple[str, str], book: Book) -> "Steering":
        """Make every phrase ready, as sentences are taken apart."""
        wishes: dict[Run, str] = {}
        for phrase, wish in _phrases(words, partners):
            run = forms(words_of(phrase, book.contractions, frozenset()))
            for each in (run, book.without_courtesies(run)):
                wishes.setdefault(each, wish)
        return cls(book, wishes, tuple(map(" ".join, wishes)), tuple(wishes.values()))

    def read(self, text: str, _: Expects) -> Match:
        """Where somebody wants to go; no meaning where the words steer nothing.

        A command in so many words comes first, then what sounds like a wish, then what weighs like a command.
        """
        run = forms(self.book.words(text))
        if not run:
            return Match(None, why="no words")
        bare = self.book.without_courtesies(run)
        wish = self.wishes.get(run) or self.wishes.get(bare)
        if wish:
            return _match(wish, EXACT)
        match = read(text, self.book, Expects.STORY)
        if match.meaning in _OTHERWISE or match.score < EXACT:
            match = self._alike(" ".join(bare)) or match
        talk = match.meaning in _OTHERWISE or match.score < _SURE
        return Match(None, score=match.score, why=match.why) if talk else match

    def _alike(self, text: str) -> Match | None:
        if len(text) < _LEAST_LETTERS:
            return None
        best: dict[str, float] = {}
        for place, score in alike(text, self.texts, _LIKE - _MARGIN):
            wish = self.meant[place]
            best[wish] = max(score, best.get(wish, 0.0))
        (wish, first), (_, second) = (*sorted(best.items(), key=lambda one: -one[1]), ("", 0.0), ("", 0.0))[
            :2
        ]
        return _match(wish, first) if first >= _LIKE and first - second >= _MARGIN else None


def _match(wish: str, score: float) -> Match:
    meaning = Meaning.REPEAT if wish == MORE else Meaning.SKIP
    return Match(meaning, value=wish, score=score, why="steers the look back")


def _phrases(words: Aloud, partners: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Everything that can be asked for, and what it asks for; the surest first."""
    steering = words.steering
    yield from ((phrase, MORE) for phrase in steering.more)
    for key, topic in words.topics.items():
        yield from ((phrase, f"{TOPIC}{key}") for phrase in (*topic.asked, *topic.names))
    for partner in partners:
        named = [phrase.format(partner=partner.lower()) for phrase in steering.who]
        asked = [phrase.format(partner=partner.lower()) for phrase in steering.who_asked]
        yield from ((phrase, f"{PARTNER}{partner}") for phrase in (*asked, *(n for n in named if " " in n)))
        yield from ((f"{about} {name}", f"{PARTNER}{partner}") for about in steering.about for name in named)
    for about in steering.about:
        for key, topic in words.topics.items():
            yield from ((f"{about} {name}", f"{TOPIC}{key}") for name in topic.names)
