"""Finds the content files of a language and reads them; a fault is told with its file and key."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from voice_checkin.errors import ContentError
from voice_checkin.evening.aloud_words import Aloud, faults_of_aloud
from voice_checkin.evening.book import Book, compile_book
from voice_checkin.evening.intents import Intents
from voice_checkin.evening.model import Meaning
from voice_checkin.evening.own_words import OwnContent, own_faults, with_own
from voice_checkin.evening.proofreading import Fault, faults
from voice_checkin.evening.safety import Watch
from voice_checkin.evening.script import (
    WEEKLY,
    Demo,
    Idea,
    Language,
    Lines,
    Places,
    Question,
    Script,
    Sign,
    SignsShared,
    Tip,
)
from voice_checkin.evening.stems import stemmer
from voice_checkin.evening.weighing import Weights
from voice_checkin.evening.words import Word, words_of
from voice_checkin.shapes import ShapeError, read_shape

T = TypeVar("T")

_NO_RULES: dict[str, Any] = {
    "contractions": {}, "fillers": [], "courtesies": [], "negations": [], "clause_breaks": [],
    "numbers": {}, "idioms": {}, "phrases": {}, "leading": {},
}  # fmt: skip
"""What a language's rules must have and a couple's own need not."""
OWN_CONTENT, OWN_INTENTS = "content.toml", "intents.toml"
"""Files in which a couple may add words of its own, in its home folder."""


@dataclass(frozen=True, slots=True)
class _Evening:
    questions: dict[str, Question]
    lines: Lines


@dataclass(frozen=True, slots=True)
class _Weekly:
    questions: dict[str, Question]
    sign: SignsShared
    signs: dict[str, Sign]


@dataclass(frozen=True, slots=True)
class _Tips:
    tips: dict[str, Tip]


@dataclass(frozen=True, slots=True)
class _Ideas:
    ideas: dict[str, Idea]


@dataclass(frozen=True, slots=True)
class _Places:
    places: dict[str, Places]


def content_folder() -> Path:
    """The content that came with the program: inside the package, or beside it in a checkout."""
    packaged = Path(__file__).parent / "content_files"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "content"


def languages(folder: Path) -> tuple[str, ...]:
    """The codes of the languages that a content folder holds."""
    return tuple(sorted(file.parent.name for file in folder.glob("*/language.toml")))


def load_language(folder: Path, language: str) -> Language:
    """Read what a language is called and who speaks it. Raises `ContentError`, naming file and key."""
    return _read(folder / language / "language.toml", Language)


def load_script(folder: Path, language: str, own: Path | None = None) -> Script:
    """Read all words of one language.

    `own` is a couple's home folder: what `OWN_CONTENT` and `OWN_INTENTS` in it hold stands before the words
    of the language; they need not be there. Raises `ContentError`, naming file and key.
    """
    place = folder / language
    if not place.is_dir():
        known = ", ".join(languages(folder)) or "none"
        raise ContentError(f"there is no content for language {language!r}", remedy=f"choose one of: {known}")
    evening = _read(place / "evening.toml", _Evening)
    ideas, places = place / "ideas.toml", place / "places.toml"
    script = Script(
        language=load_language(folder, language),
        questions={**evening.questions, **_weekly(place / "weekly.toml")},
        lines=evening.lines,
        tips=_read(place / "tips.toml", _Tips).tips,
        intents=_intents(place / "intents.toml", own / OWN_INTENTS if own else None),
        ideas=_read(ideas, _Ideas).ideas if ideas.is_file() else {},
        places=_read(places, _Places).places if places.is_file() else {},
    )
    _refuse(faults(script), place)
    return _with_own(script, own / OWN_CONTENT) if own else script


def _with_own(script: Script, file: Path) -> Script:
    """The couple's own words joined in; without a file of theirs there are none."""
    if not file.is_file():
        return script
    own = _read(file, OwnContent)
    for key, fault in own_faults(script, own):
        raise _fault(file, f"{key}: {fault}")
    return with_own(script, own)


def _weekly(file: Path) -> dict[str, Question]:
    """The questions of the weekly look, each sign as one; none where a language has no such look."""
    if not file.is_file():
        return {}
    weekly = _read(file, _Weekly)
    shared = {key: getattr(weekly.sign, key) for key in SignsShared.__slots__}
    signs = {
        f"{WEEKLY}{key}": Question(
            prompts=sign.prompts, reprompts=sign.reprompts, carries=sign.carries, **shared
        )
        for key, sign in weekly.signs.items()
    }
    return {**weekly.questions, **signs}


def load_book(folder: Path, script: Script) -> Book:
    """The rules and weights that sentences of this language are read by. Raises `ContentError`."""
    code = script.language.code
    weights = load_weights(folder, code)
    try:
        stem = stemmer(script.language.stemmer)
    except ValueError as fault:
        raise _fault(folder / code / "language.toml", f"stemmer: {fault}") from None
    try:
        return compile_book(script.intents, weights, stem)
    except ValueError as fault:
        raise ContentError(
            f"{code}/intents.toml: {fault}", remedy="leave the phrase under one of them"
        ) from None


def load_weights(folder: Path, language: str) -> Weights | None:
    """Read the weights of a language's words; None where it has none. Raises `ContentError`."""
    file = folder / language / "weights.json"
    if not file.is_file():
        return None
    try:
        table = json.loads(file.read_text(encoding="utf-8"))
        meanings = tuple(Meaning(name) if name else None for name in table["meanings"])
        return Weights(
            meanings=meanings,
            bias=tuple(table["bias"]),
            words=frozenset(table["words"]),
            weights=table["weights"],
            learned_from=table["learned_from"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        raise ContentError(
            f"{language}/weights.json can't be read", remedy="install voice-checkin again, or learn them anew"
        ) from None


def load_watch(folder: Path, script: Script) -> Watch | None:
    """What tells words of harm in this language, where it has that. Raises `ContentError`."""
    file = folder / script.language.code / "safety.json"
    if not file.is_file():
        return None

    def tokenize(text: str) -> tuple[Word, ...]:
        return words_of(text, script.intents.contractions, frozenset(script.intents.clause_breaks))

    try:
        table = json.loads(file.read_text(encoding="utf-8"))
        return Watch.from_table(table, tokenize, stemmer(script.language.stemmer))
    except (OSError, ValueError, KeyError, TypeError):
        raise ContentError(
            f"{file.parent.name}/{file.name} can't be read",
            remedy="install voice-checkin again, or learn it anew",
        ) from None


def load_aloud(folder: Path, language: str) -> Aloud | None:
    """The words of looking back aloud, where a language has them. Raises `ContentError`."""
    file = folder / language / "aloud.toml"
    if not file.is_file():
        return None
    words = _read(file, Aloud)
    for key, fault in faults_of_aloud(words):
        raise _fault(file, f"{key}: {fault}")
    return words


def load_demo(folder: Path, language: str) -> Demo:
    """Read the synthetic couple of one language. Raises `ContentError`, naming file and key."""
    return _read(folder / language / "demo.toml", Demo)


def load_page_words(folder: Path, language: str, shape: type[T]) -> T:
    """Read what the page of the journal says, in English where a language doesn't. Raises `ContentError`."""
    file = folder / language / "page.toml"
    return _read(file if file.is_file() else folder / "en" / "page.toml", shape)


def load_labels(folder: Path) -> dict[str, str]:
    """What topics, questions and signs are called in a word or two, by their keys. Raises `ContentError`.

    English, as all that the terminal says. A topic's key has no dot.
    """
    words = _table(folder / "en" / "page.toml")  # as it is: looking back is to begin at once
    signs = {f"{WEEKLY}{sign}": called for sign, called in words["signs"].items()}
    return {**words["topics"], **words["questions"], **signs}


def _read(file: Path, shape: type[T]) -> T:
    return _shape(file, _table(file), shape)


def _shape(file: Path, table: object, shape: type[T]) -> T:
    try:
        return read_shape(table, shape)
    except ShapeError as fault:
        raise _fault(file, str(fault)) from None


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _fault(file, "the file is missing") from None
    except (OSError, UnicodeDecodeError):
        raise _fault(file, "the file can't be read as UTF-8 text") from None
    except tomllib.TOMLDecodeError as fault:
        raise _fault(file, f"not valid TOML: {fault}") from None


def _intents(file: Path, own: Path | None) -> Intents:
    """The language's rules; a couple's own stand first, and win where both name the same phrase."""
    ours = _table(file)
    if own is None or not own.is_file():
        return _shape(file, ours, Intents)
    theirs = _table(own)
    _shape(own, _joined(theirs, _NO_RULES), Intents)  # so that a fault is told with the file it is in
    for table in ("phrases", "leading"):
        taken = Counter(chain(*theirs.get(table, {}).values()))
        twice = next((phrase for phrase, times in taken.items() if times > 1), None)
        if twice:
            raise _fault(own, f"{table}: {twice!r} stands there twice")
        ours[table] = {meaning: [p for p in ps if p not in taken] for meaning, ps in ours[table].items()}
    return _shape(file, _joined(theirs, ours), Intents)


def _joined(own: object, given: object) -> object:
    """Two tables as one: lists one behind the other, tables key by key."""
    if isinstance(own, dict) and isinstance(given, dict):
        both = {key: _joined(own[key], given[key]) for key in own.keys() & given.keys()}
        return {**own, **given, **both}
    if isinstance(own, list) and isinstance(given, list):
        return [*own, *given]
    return own


def _refuse(found: Iterable[Fault], place: Path) -> None:
    """Raise the first fault, with the file that its key stands in."""
    for key, fault in found:
        part = key.removeprefix('questions."').partition(".")[0]
        file = f"{part}.toml" if part in {"tips", "ideas", "weekly"} else "evening.toml"
        raise _fault(place / file, f"{key}: {fault}")


def _fault(file: Path, fault: str) -> ContentError:
    return ContentError(f"{file.parent.name}/{file.name}: {fault}", remedy="correct the file and start again")
