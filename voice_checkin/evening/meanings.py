"""What a sentence means, given the kind of answer the question waits for.

Rules in the order of intents.toml decide; likeness (rapidfuzz) has the last word and the
smallest say. A near tie is no meaning: asking again is kinder than guessing.
"""

import unicodedata
from itertools import chain

from rapidfuzz import fuzz, process

from voice_checkin.evening.book import Book, short_words
from voice_checkin.evening.model import Expects, Match, Meaning
from voice_checkin.evening.polarity import polarity_of
from voice_checkin.evening.ratings import rating_in
from voice_checkin.evening.requests import request_in
from voice_checkin.evening.words import Word, clauses_of, forms

_LIKE = 86.0
"""Likeness from which a sentence counts as a command at a short question..."""
_LIKE_IN_STORY = 92.0
"""...and where a story is expected: there a story taken for a command would be lost."""
_MARGIN = 5.0
"""A runner-up of another meaning that is closer than this makes it a tie."""
_LEAST_LETTERS = 7
"""Shorter sentences must be a phrase exactly."""

_POLITE = {Meaning.THANKS, Meaning.DONE, Meaning.TIRED, Meaning.PARK, Meaning.NOTHING}
"""Said along with a yes or a no, these are no commands: "no thanks", "not tonight, I'm tired"."""
_EXACT = 100.0


def read(text: str, book: Book, expects: Expects) -> Match:
    """Read one sentence as a meaning, or as none where two come too close or nothing was said."""
    text = unicodedata.normalize("NFC", text)
    words = book.words(text)
    if not words:
        return Match(None, why="no words")
    run = forms(words)
    whole = _whole(run, book, expects)
    if whole is not None:
        return whole
    match expects:
        case Expects.YES_NO:
            decided = polarity_of(text, words, book)
        case Expects.RATING:
            decided = _rating(words, book)
        case Expects.STORY | Expects.PLAN:
            decided = None
    decided = _stronger(request_in(run, book), decided)
    if decided is None and expects in {Expects.STORY, Expects.PLAN}:
        decided = _story_taken_back(run, book)
    if decided is not None:
        return decided
    alike = _alike(run, book, _LIKE if expects in {Expects.YES_NO, Expects.RATING} else _LIKE_IN_STORY)
    if alike.meaning is None and expects in {Expects.STORY, Expects.PLAN}:
        return _story(words, book)
    return alike


def _stronger(request: Match | None, answer: Match | None) -> Match | None:
    """A command that was asked for in so many words, unless the words answer the question as well.

    "No, that's not what I said" is a command; "yes, I think so, thanks" is none.
    """
    if request is None or request.meaning is None:
        return answer or request
    if answer is None or (request.meaning not in _POLITE and not isinstance(answer.value, str)):
        return request
    return answer


def _whole(run: tuple[str, ...], book: Book, expects: Expects) -> Match | None:
    """The utterance as a whole is a phrase, with or without fillers and courtesies around it."""
    bare = run[book.fillers.without_opening(run) :] or run
    polar = _polar_whole(run, book, expects) or _polar_whole(bare, book, expects)
    candidates = (run, bare, book.without_courtesies(run), book.without_courtesies(bare))
    command = next((book.whole[form] for form in candidates if form in book.whole), None)
    first, second = (polar, command) if expects is Expects.YES_NO else (command, polar)
    meaning = first or second
    if meaning is not None:
        runner_up = second if first else None
        return Match(meaning, score=_EXACT, runner_up=runner_up, why="the whole utterance is a phrase")
    misheard = book.misheard.get(run)
    return Match(misheard, score=_EXACT, why="an ear makes this of a command") if misheard else None


def _polar_whole(run: tuple[str, ...], book: Book, expects: Expects) -> Meaning | None:
    """A whole utterance that says yes, no or unsure. "One" is a number where one is asked for."""
    if expects is Expects.RATING and run[0] in book.numbers:
        return None
    polar = book.polar.get(run)
    if expects is not Expects.YES_NO:
        return polar
    nothing = Meaning.NO if book.whole.get(run) is Meaning.NOTHING else None
    return polar or book.clause_meanings.get(run) or nothing


def _rating(words: tuple[Word, ...], book: Book) -> Match | None:
    """A number, unless its clause takes it back: "not a five" leaves open which one."""
    asserted = [run for run in map(forms, clauses_of(words)) if book.negations.isdisjoint(run)]
    rating = rating_in(tuple(chain.from_iterable(asserted)), book.numbers, book.halves, book.scales)
    return None if rating is None else Match(Meaning.RATING, value=rating, score=_EXACT, why="one number")


def _story_taken_back(run: tuple[str, ...], book: Book) -> Match | None:
    if book.voids.ending(run):
        return Match(Meaning.OFF_RECORD, value="this", score=_EXACT, why="taken back at its end")
    return None


def _story(words: tuple[Word, ...], book: Book) -> Match:
    run = forms(words)
    if book.fillers.without_opening(run) == len(run):
        return Match(None, why="only fillers")
    return Match(Meaning.SHARE, score=_EXACT, why="a story, and no command as a whole")


def _alike(run: tuple[str, ...], book: Book, least: float) -> Match:
    """The command that the sentence sounds like; short words must be the same."""
    bare = book.without_courtesies(run)
    text, short = " ".join(bare), short_words(bare)
    if len(text) < _LEAST_LETTERS:
        return Match(None, why="too short to be matched by likeness")
    best: dict[Meaning, float] = {}
    cutoff = least - _MARGIN
    for _, score, index in process.extract_iter(
        text, book.command_texts, scorer=fuzz.ratio, score_cutoff=cutoff
    ):
        command = book.commands[index]
        if command.short_words == short:
            best[command.meaning] = max(score, best.get(command.meaning, 0.0))
    ranked = sorted(best.items(), key=lambda item: -item[1])
    first, second = ([*ranked, (None, 0.0), (None, 0.0)])[:2]
    if first[1] < least:
        return Match(None, score=first[1], runner_up=first[0], why="like no command")
    if first[1] - second[1] < _MARGIN:
        return Match(None, score=first[1], runner_up=second[0], why="two commands come too close")
    return Match(first[0], score=first[1], runner_up=second[0], why="sounds like a command")
