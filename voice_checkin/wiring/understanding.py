"""Reading sentences: for the evening, and for programs that ask on standard input."""

import json
from collections.abc import Iterable, Iterator

from voice_checkin.errors import ContentError
from voice_checkin.evening.book import compile_book
from voice_checkin.evening.meanings import read
from voice_checkin.evening.model import Expects, Match
from voice_checkin.evening.script import Script
from voice_checkin.evening.session import Read
from voice_checkin.wiring.place import Choices, place


def reader(script: Script) -> Read:
    """How sentences of this language are read. Raises `ContentError` where its rules contradict."""
    try:
        book = compile_book(script.intents)
    except ValueError as fault:
        file = f"{script.language.code}/intents.toml"
        raise ContentError(f"{file}: {fault}", remedy="leave the phrase under one of them") from None

    def read_sentence(text: str, expects: Expects) -> Match:
        return read(text, book, expects)

    return read_sentence


def understand_lines(choices: Choices, expects: str, lines: Iterable[str], *, why: bool) -> Iterator[str]:
    """What each line means, as one JSON object a line; with `why`, the rule that decided, in words."""
    read_sentence = reader(place(choices).script)
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
