"""Commands in people's own words: the heart of one, and around it nothing but small talk."""

from voice_checkin.evening.book import Book
from voice_checkin.evening.model import Match, Meaning

_LONGEST = 14
"""A longer sentence tells something."""
_LONGEST_THANKS = 6
"""Longer thanks say what for: a story."""
_SCORE = 95.0
_MILD = {Meaning.THANKS, Meaning.DONE, Meaning.HELP, Meaning.TIRED}
"""Said along with another command, these are its wrapping: "we're tired, let's stop"."""
_COVERS = {
    Meaning.PARK: {Meaning.SKIP},
    Meaning.CORRECT: {Meaning.BACK, Meaning.REPEAT},
    Meaning.OFF_RECORD: {Meaning.SKIP},
    Meaning.STOP: {Meaning.PAUSE, Meaning.SKIP},
    Meaning.SLOWER: {Meaning.REPEAT},
    Meaning.FASTER: {Meaning.REPEAT},
    Meaning.LOUDER: {Meaning.REPEAT},
    Meaning.SOFTER: {Meaning.REPEAT},
}
"""What the one command does includes the other: "slow down and say that again"."""


def request_in(run: tuple[str, ...], book: Book) -> Match | None:
    """The one command that the words ask for; None where they tell something, or ask for two things."""
    if len(run) > _LONGEST:
        return None
    asked: dict[Meaning, int] = {}
    place = 0
    while place < len(run):
        length = book.triggers.at(run, place)
        if length:
            meaning = book.trigger_meanings[run[place : place + length]]
            asked[meaning] = max(asked.get(meaning, 0), length)
        elif run[place] not in book.small_talk:
            return None
        place += length or 1
    firm = [meaning for meaning in asked if meaning not in _MILD] or list(asked)
    covered = {small for meaning in firm for small in _COVERS.get(meaning, ())}
    firm = [meaning for meaning in firm if meaning not in covered]
    if not firm:
        return None
    if len(firm) > 1:
        return Match(None, score=_SCORE, runner_up=firm[0], why="asks for two things")
    if firm[0] is Meaning.THANKS and len(run) > _LONGEST_THANKS:
        return None
    other = next((meaning for meaning in asked if meaning is not firm[0]), None)
    return Match(firm[0], score=_SCORE, runner_up=other, why="the heart of a command, and small talk")
