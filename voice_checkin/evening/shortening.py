"""A long answer as its beginning and its rest, cut where a sentence ends."""

import re

LONG, SHORT = 40, 30
"""An answer of more than `LONG` words is cut to `SHORT` words at most: some ten seconds of listening."""
_ENDS = (r"(?<=[.!?…])\s+", r"(?<=[,;:])\s+", r"\s+")
"""Where it may be cut: behind a sentence, else behind a clause, else behind a word."""


def shortened(text: str) -> tuple[str, str]:
    """What is told of it at first, and what is left; "" where nothing is."""
    if len(text.split()) <= LONG:
        return text, ""
    for end in _ENDS:
        head, rest = _cut(text, end)
        if head:
            return head, rest
    return text, ""


def _cut(text: str, end: str) -> tuple[str, str]:
    """As many whole parts as `SHORT` words hold, and the others."""
    place = 0
    for found in re.finditer(end, text):
        if len(text[: found.start()].split()) > SHORT:
            break
        place = found.end()
    return text[:place].rstrip(), text[place:]
