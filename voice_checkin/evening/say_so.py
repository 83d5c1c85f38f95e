"""The say-so of whose words these are, asked for aloud: a direct question, and a whole phrase for an answer.

A bare yes is none: recognisers write "yeah" for many a "nah", and nobody's words shall go by a misheard no.
What agrees is a phrase that no single sound turns into: "yes, forget it". Anything else leaves all as it is.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from voice_checkin.evening.aloud_words import Aloud, What
from voice_checkin.evening.book import Book
from voice_checkin.evening.meanings import read
from voice_checkin.evening.model import EXACT, Expects, Heard, HungUp, Listen, Match, Meaning, Silence, Turn
from voice_checkin.evening.spoken_days import day_as_said
from voice_checkin.evening.talk import Talk
from voice_checkin.evening.words import forms, words_of

QUESTION = "say_so"
PATIENCE_S, FIRST_WORD_S = 1.0, 8.0
_NO = {Meaning.NO, Meaning.STOP, Meaning.SKIP, Meaning.PAUSE, Meaning.OFF_RECORD}
"""What leaves everything as it is at once; what is unclear is asked once more."""


class Deed(StrEnum):
    """What is asked for."""

    FORGET = "forget"
    ERASE = "erase"
    """For good."""
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Those:
    """Which words it is about, seen from today; what is None doesn't narrow them."""

    today: date
    night: date | None = None
    question: str | None = None
    own: bool = False
    """Only those of the one who is asked."""
    backup: bool = False
    """The whole journal, for a backup of it."""


@dataclass(frozen=True, slots=True)
class SaySo:
    """A question to whom it takes, in the words of one language."""

    words: Aloud
    book: Book
    deed: Deed

    def read(self, text: str, _: Expects) -> Match:
        """Whether this agrees; a yes only where the whole utterance is one of the phrases that count."""
        said = self.words.say_so
        agreeing = said.yes_restore if self.deed is Deed.RESTORE else said.yes_forget
        runs = {forms(words_of(phrase, self.book.contractions, frozenset())) for phrase in agreeing}
        run = forms(self.book.words(text))
        if run in runs:
            return Match(Meaning.YES, score=EXACT, why="the whole utterance agrees")
        match = read(text, self.book, Expects.YES_NO)
        return match if match.meaning in _NO else Match(None, score=match.score, why="no phrase that counts")

    def ask(self, talk: Talk, partner: str, what: str) -> bool:
        """Ask this partner; True only for a clear yes. `talk` reads by `read`, and no voice interrupts it."""
        said = self.words.say_so
        again = said.restore_again if self.deed is Deed.RESTORE else said.forget_again
        for question in (getattr(said, self.deed), again):
            event = _answer(talk, partner, question[0].format(partner=partner, what=what))
            meaning = event.match.meaning if isinstance(event, Heard) else None
            if meaning is Meaning.YES:
                talk.say(said.agreed[0].format(partner=partner))
                return True
            if meaning is not None or isinstance(event, HungUp):
                break
        talk.say(said.unchanged[0].format(partner=partner))
        return False

    def what(self, those: Those) -> str:
        """What it is about, as the one who is asked hears it; never a word of it."""
        whose: What = self.words.say_so.own if those.own else self.words.say_so.both
        if those.backup:
            return whose.backup
        topic = self.words.topics.get(those.question.partition(".")[0]) if those.question else None
        said = day_as_said(those.night, those.today, self.words.days) if those.night else ""
        match topic, said:
            case None, "":
                return whose.everything
            case None, _:
                return whose.night.format(day=said)
            case _, "":
                return whose.topic.format(topic=topic.called)
            case _:
                return whose.topic_night.format(topic=topic.called, day=said)


def _answer(talk: Talk, partner: str, question: str) -> Heard | Silence | HungUp:
    talk.say(question)
    listen = Listen(Turn(partner, QUESTION), Expects.YES_NO, PATIENCE_S, FIRST_WORD_S)
    return talk.listen(listen, [question])
