"""The product's own words, come back through the microphone: never an answer."""

import re
from collections.abc import Iterable

from voice_checkin.evening.likeness import likeness

LIKE = 80.0
"""Of 100, as likeness counts letters."""
LEAST_WORDS = 4
"""Fewer may well be an answer: "a four, Sam"."""


def is_echo(text: str, lines: Iterable[str]) -> bool:
    """Whether this is one of the lines just spoken, or the sentence that one of them ended with.

    An example in the middle of a line is no echo: "you could say: we did" invites to say just that.
    """
    heard = _plain(text)
    if len(heard.split()) < LEAST_WORDS:
        return False
    wholes = [line.strip() for line in lines]
    lasts = [re.split(r"(?<=[.?!])\s+", line)[-1] for line in wholes]
    return any(likeness(heard, _plain(spoken)) >= LIKE for spoken in (*wholes, *lasts))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.casefold()))
