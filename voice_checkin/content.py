"""Finds the content files of a language and reads them; a fault is told with its file and key."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from voice_checkin.errors import ContentError
from voice_checkin.evening.script import (
    PLACEHOLDERS,
    QUESTIONS,
    Demo,
    Intents,
    Language,
    Lines,
    Question,
    Script,
    Tip,
    placeholders,
    wordings,
)
from voice_checkin.shapes import ShapeError, read_shape

T = TypeVar("T")

_LEAST_PROMPTS = 3
"""Fewer wordings of a question would wear out within days."""


@dataclass(frozen=True, slots=True)
class _Evening:
    questions: dict[str, Question]
    lines: Lines


@dataclass(frozen=True, slots=True)
class _Tips:
    tips: dict[str, Tip]


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


def load_script(folder: Path, language: str) -> Script:
    """Read all words of one language. Raises `ContentError`, naming file and key."""
    place = folder / language
    if not place.is_dir():
        known = ", ".join(languages(folder)) or "none"
        raise ContentError(f"there is no content for language {language!r}", remedy=f"choose one of: {known}")
    evening = _read(place / "evening.toml", _Evening)
    script = Script(
        language=load_language(folder, language),
        questions=evening.questions,
        lines=evening.lines,
        tips=_read(place / "tips.toml", _Tips).tips,
        intents=_read(place / "intents.toml", Intents),
    )
    _check(script, place)
    return script


def load_demo(folder: Path, language: str) -> Demo:
    """Read the synthetic couple of one language. Raises `ContentError`, naming file and key."""
    return _read(folder / language / "demo.toml", Demo)


def _read(file: Path, shape: type[T]) -> T:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        return read_shape(table, shape)
    except FileNotFoundError:
        raise _fault(file, "the file is missing") from None
    except (OSError, UnicodeDecodeError):
        raise _fault(file, "the file can't be read as UTF-8 text") from None
    except tomllib.TOMLDecodeError as fault:
        raise _fault(file, f"not valid TOML: {fault}") from None
    except ShapeError as fault:
        raise _fault(file, str(fault)) from None


def _check(script: Script, place: Path) -> None:
    evening = place / "evening.toml"
    for key in QUESTIONS:
        if key not in script.questions:
            raise _fault(evening, f'questions."{key}": the question is missing')
    for key, question in script.questions.items():
        if key not in QUESTIONS:
            raise _fault(evening, f'questions."{key}": the evening knows no such question')
        if len(question.prompts) < _LEAST_PROMPTS:
            raise _fault(evening, f'questions."{key}".prompts: needs at least {_LEAST_PROMPTS} wordings')
    if not script.tips:
        raise _fault(place / "tips.toml", "tips: needs at least one tip")
    for key, texts in wordings(script):
        file = place / "tips.toml" if key.startswith("tips") else evening
        if not texts:
            raise _fault(file, f"{key}: needs at least one wording")
        for index, text in enumerate(texts):
            _check_placeholders(file, f"{key}[{index}]", text)


def _check_placeholders(file: Path, key: str, text: str) -> None:
    try:
        unknown = placeholders(text) - PLACEHOLDERS
    except ValueError:
        raise _fault(file, f"{key}: a brace is left open") from None
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))
        raise _fault(file, f"{key}: unknown placeholder {sorted(unknown)}; there are {known}")


def _fault(file: Path, fault: str) -> ContentError:
    return ContentError(f"{file.parent.name}/{file.name}: {fault}", remedy="correct the file and start again")
