"""Sentences as people say them, each with the meaning that a listener gives it.

A set is a TOML file: a table for each kind of question, in it a key for each meaning.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from voice_checkin.evening.model import Expects, Meaning


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence; `meaning` is None where a listener would ask again."""

    expects: Expects
    text: str
    meaning: Meaning | None
    rating: int | None = None


def labelled(file: Path) -> list[Labelled]:
    """Read one set. Keys are meanings, `unclear`, and digits for ratings."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return [
        _labelled(Expects(kind), key, text)
        for kind, meanings in tables.items()
        for key, texts in meanings.items()
        for text in texts
    ]


def _labelled(expects: Expects, key: str, text: str) -> Labelled:
    if key == "unclear":
        return Labelled(expects, text, None)
    if key.isdigit():
        return Labelled(expects, text, Meaning.RATING, int(key))
    return Labelled(expects, text, Meaning(key))
