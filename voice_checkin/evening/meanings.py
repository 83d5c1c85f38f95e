"""What a sentence means, given the kind of answer the question waits for.

Whole phrases are certain and come first. Where the language has weights, they weigh all other
sentences; where it has none, rules and likeness (rapidfuzz) read them. What stays doubtful has
no meaning: asking again is kinder than guessing.
"""

import unicodedata

from voice_checkin.evening.book import Book, short_words
from voice_checkin.evening.likeness import alike
from voice_checkin.evening.model import EXACT, Expects, Match, Meaning
from voice_checkin.evening.polarity import IDIOM, polarity_of
from voice_checkin.evening.ratings import rating_in
from voice_checkin.evening.sounds import sound_of
from voice_checkin.evening.weighing import Weights, evidence, weigh
from voice_checkin.evening.words import Word, forms

_LIKE = 86.0
"""Likeness from which a sentence counts as a command at a short question..."""
_LIKE_IN_STORY = 92.0
"""...and where a story is expected: there a story taken for a command would be lost."""
_MARGIN = 5.0
"""A runner-up of another meaning that is closer than this makes it a tie."""
_LEAST_LETTERS = 7
"""Shorter sentences must be a phrase exactly."""
_SURE_ANSWER = 0.5
"""A yes or no that is less certain is asked again."""
_SURE_AGAINST_RULES, _SURE_AGAINST_IDIOM = 0.85, 0.99
"""It takes more certainty to be believed where the rules, or an idiom, read it otherwise."""
_SURE_COMMAND = 0.7
"""A command in a story that is less certain is kept as part of it."""
_LONGEST_RATING = 9
"""In longer answers a number is more likely part of a story."""
_OPEN = {Meaning.DONE, Meaning.RESUME}
"""At a yes/no question these phrases may be answers, too: "that's all", "go on then"."""


def read(text: str, book: Book, expects: Expects) -> Match:
    """Read one sentence as a meaning, or as none where two come too close or nothing was said."""
    text = unicodedata.normalize("NFC", text)
    words = book.words(text)
    if not words:
        return Match(None, why="no words")
    run = forms(words)
    asked = book.requests.read(text, words, book.without_courtesies(run))
    certain = asked or _whole(run, book, expects) or (_taken_back(run, book) if expects.is_told else None)
    if certain:
        return certain
    if book.weights:
        return _weighed(text, words, book, book.weights, expects)
    return _by_rules(text, words, book, expects)


def evidence_for(match: Match, text: str, book: Book, expects: Expects) -> list[tuple[str, int]]:
    """What weighed for a meaning and against it, the strongest first; nothing where no weights decided."""
    if not book.weights or match.score == EXACT or match.meaning not in book.weights.meanings:
        return []
    return evidence(book.words(text), expects, match.meaning, book.weights, book.stem)


def _whole(run: tuple[str, ...], book: Book, expects: Expects) -> Match | None:
    """The utterance as a whole is a phrase, with or without fillers and courtesies around it."""
    bare = run[book.fillers.without_opening(run) :] or run
    named = book.ratings.meant.get(bare) if expects is Expects.RATING else None
    if named:
        return Match(Meaning.RATING, value=named, score=EXACT, why="the whole utterance is a rating")
    polar = _polar_whole(run, book, expects) or _polar_whole(bare, book, expects)
    candidates = (run, bare, book.without_courtesies(run), book.without_courtesies(bare))
    command = next((book.whole[form] for form in candidates if form in book.whole), None)
    if expects is Expects.YES_NO and command in _OPEN and book.weights:
        return None
    first, second = (polar, command) if expects is Expects.YES_NO else (command, polar)
    meaning = first or second
    if meaning is not None:
        runner_up = second if first else None
        return Match(meaning, score=EXACT, runner_up=runner_up, why="the whole utterance is a phrase")
    misheard = book.misheard.get(run)
    if misheard:
        return Match(misheard, score=EXACT, why="an ear makes this of a command")
    sounded = book.sounds.get(sound_of(run))
    return Match(sounded, score=EXACT, why="sounds the same as a phrase") if sounded else None


def _polar_whole(run: tuple[str, ...], book: Book, expects: Expects) -> Meaning | None:
    """A whole utterance that says yes, no or unsure. "One" is a number where one is asked for."""
    if expects is Expects.RATING and run[0] in book.numbers:
        return None
    polar = book.polar.get(run)
    if expects is not Expects.YES_NO:
        return polar
    nothing = Meaning.NO if book.whole.get(run) is Meaning.NOTHING else None
    return polar or book.clauses.meant.get(run) or nothing


def _taken_back(run: tuple[str, ...], book: Book) -> Match | None:
    if book.voids.ending(run):
        return Match(Meaning.OFF_RECORD, value="this", score=EXACT, why="taken back at its end")
    return None


def _weighed(text: str, words: tuple[Word, ...], book: Book, weights: Weights, expects: Expects) -> Match:
    """The heaviest meaning, if it is certain enough for what it would do."""
    first, second, *_ = weigh(words, expects, weights, book.stem)
    meaning, score = first.meaning, EXACT * first.certainty
    why = "its words weigh most for it"
    if expects.is_told:
        if meaning is not Meaning.SHARE and first.certainty < _SURE_COMMAND:
            meaning, why = Meaning.SHARE, "a story: its words weigh too little for anything else"
        return Match(meaning, score=score, runner_up=second.meaning, why=why)
    if meaning is Meaning.RATING:
        rating = _rating(words, book)
        return rating or Match(None, score=score, runner_up=meaning, why="a rating, but not one number")
    if meaning in {Meaning.YES, Meaning.NO}:
        ruled = polarity_of(text, words, book)
        if first.certainty < _least_for(meaning, ruled):
            return Match(None, score=score, runner_up=meaning, why="its words weigh too little for it")
        value = ruled.value if ruled and ruled.meaning is meaning else None
        return Match(meaning, value=value, score=score, runner_up=second.meaning, why=why)
    return Match(meaning, score=score, runner_up=second.meaning, why=why)


def _least_for(meaning: Meaning, ruled: Match | None) -> float:
    """How certain a yes or no must be, given what the rules say of it."""
    if ruled is None or ruled.meaning is meaning:
        return _SURE_ANSWER
    return _SURE_AGAINST_IDIOM if ruled.why == IDIOM else _SURE_AGAINST_RULES


def _by_rules(text: str, words: tuple[Word, ...], book: Book, expects: Expects) -> Match:
    run = forms(words)
    decided = None
    if expects is Expects.YES_NO:
        decided = polarity_of(text, words, book)
    if expects is Expects.RATING and len(words) <= _LONGEST_RATING:
        decided = _rating(words, book)
    if decided is not None:
        return decided
    like = _alike(run, book, _LIKE_IN_STORY if expects.is_told else _LIKE)
    if like.meaning is None and expects.is_told:
        return _story(run, book)
    return like


def _rating(words: tuple[Word, ...], book: Book) -> Match | None:
    rating = rating_in(words, book)
    return None if rating is None else Match(Meaning.RATING, value=rating, score=EXACT, why="one number")


def _story(run: tuple[str, ...], book: Book) -> Match:
    if book.is_filling(run):
        return Match(None, why="only fillers")
    return Match(Meaning.SHARE, score=EXACT, why="a story, and no command as a whole")


def _alike(run: tuple[str, ...], book: Book, least: float) -> Match:
    """The command that the sentence sounds like; short words must be the same."""
    bare = book.without_courtesies(run)
    text, short = " ".join(bare), short_words(bare)
    if len(text) < _LEAST_LETTERS:
        return Match(None, why="too short to be matched by likeness")
    best: dict[Meaning, float] = {}
    for place, score in alike(text, book.command_texts, least - _MARGIN):
        command = book.commands[place]
        if command.short_words == short:
            best[command.meaning] = max(score, best.get(command.meaning, 0.0))
    ranked = sorted(best.items(), key=lambda item: -item[1])
    first, second = ([*ranked, (None, 0.0), (None, 0.0)])[:2]
    if first[1] < least:
        return Match(None, score=first[1], runner_up=first[0], why="like no command")
    if first[1] - second[1] < _MARGIN:
        return Match(None, score=first[1], runner_up=second[0], why="two commands come too close")
    return Match(first[0], score=first[1], runner_up=second[0], why="sounds like a command")
