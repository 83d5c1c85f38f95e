"""Reading sentences: for the evening, and for programs that ask on standard input."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TypeAlias

from voice_checkin.content import load_watch
from voice_checkin.evening.meanings import evidence_for, read
from voice_checkin.evening.model import Expects, Match
from voice_checkin.evening.talk import Read
from voice_checkin.evening.vocabulary import mended
from voice_checkin.show.console import Playground, console
from voice_checkin.wiring.place import Choices, Place, place

Alarm: TypeAlias = Callable[[str], bool]
"""Whether words speak of harm, of fear, or of ending one's life."""


def reader(here: Place) -> Read:
    """How sentences of this place's language are read; the rules are loaded by the first one."""

    def read_sentence(text: str, expects: Expects) -> Match:
        return read(text, here.book(), expects)

    return read_sentence


def alarm_of(here: Place) -> Alarm:
    """Whether words speak of harm, in this place's language; what tells it is loaded by the first words."""
    watch = cache(lambda: load_watch(here.content, here.script))

    def alarming(text: str) -> bool:
        watching = watch()
        return watching is not None and watching.speaks_of_harm(text)

    return alarming


def common_words(here: Place) -> Callable[[str], bool]:
    """Whether everybody uses a word, as the sentences tell that were learned from."""

    def is_common(word: str) -> bool:
        weights = here.book().weights
        return weights is None or word.casefold() in weights.words

    return is_common


def mender(here: Place, own: tuple[str, ...]) -> Callable[[str], str]:
    """How the couple's own words are put right in what was heard."""
    is_common = common_words(here)
    return lambda text: mended(text, own, is_common) if own else text


def play(choices: Choices, expects: str) -> None:
    """A playground on the terminal: each sentence is read, and what spoke for its meaning is shown."""
    here = place(choices)
    book = here.book()
    playground = Playground(console())
    kind = Expects(expects)
    playground.opened()
    while line := playground.ask(kind):
        if line.removeprefix("/") in set(Expects):
            kind = Expects(line.removeprefix("/"))
            continue
        match = read(line, book, kind)
        playground.told(match, evidence_for(match, line, book, kind))


def understand_lines(choices: Choices, expects: str, lines: Iterable[str], *, why: bool) -> Iterator[str]:
    """What each line means, as one JSON object a line; with `why`, the rule that decided, in words."""
    read_sentence = reader(place(choices))
    for line in lines:
        text = line.rstrip("\n")
        match = read_sentence(text, Expects(expects))
        told = {
            "text": text,
            "meaning": match.meaning,
            "value": match.value,
            "score": round(match.score, 1),
            "runner_up": match.runner_up,
        }
        yield json.dumps(told | ({"why": match.why} if why else {}), ensure_ascii=False)
