"""What is wrong with the words of a script: found before an evening begins, and told with its key."""

from collections.abc import Iterable, Iterator

from voice_checkin.evening.script import (
    PLACEHOLDERS,
    QUESTIONS,
    WEEKLY_QUESTIONS,
    Idea,
    Script,
    Tip,
    placeholders,
    wordings,
)

Fault = tuple[str, str]
"""The key that it is about, and what is wrong there."""

_LEAST_PROMPTS = 3
"""Fewer wordings of a question would wear out within days."""
_ASKED = frozenset({"partner", "other", "plan"})
_NAMES = {
    "prompts": _ASKED,
    "follow_up": _ASKED - {"plan"},
    "say": frozenset[str](),  # said as it stands, and so is a plan
    "plan": frozenset[str](),
}
"""The placeholders of those texts that may not use all, by the last part of their key."""
_TAGS = {"home", "out", "free", "children", "ten_minutes", "day"}
_FITS = {"apology", "nothing_new", "low", "high", "funny"}
_SPARES = {"apology", "low"}


def faults(script: Script) -> Iterator[Fault]:
    """Everything that is wrong with all words of a language."""
    needed = (*QUESTIONS, *WEEKLY_QUESTIONS) if script.signs else QUESTIONS
    for key in needed:
        if key not in script.questions:
            yield f'questions."{key}"', "the question is missing"
    for key, question in script.questions.items():
        if key not in needed and key not in script.signs:
            yield f'questions."{key}"', "the evening knows no such question"
        if len(question.prompts.light) < _LEAST_PROMPTS:
            yield f'questions."{key}".prompts.light', f"needs at least {_LEAST_PROMPTS} wordings"
    if not script.tips:
        yield "tips", "needs at least one tip"
    yield from faults_of_texts(wordings(script))
    yield from faults_of_tips(script.tips)
    yield from faults_of_ideas(script.ideas)


def faults_of_texts(
    groups: Iterable[tuple[str, tuple[str, ...]]], known: frozenset[str] | None = None
) -> Iterator[Fault]:
    """Groups without a wording, and wordings with a placeholder that is unknown there; each has its key.

    `known` are the placeholders there are; None: those of an evening, by the key.
    """
    for key, texts in groups:
        if not texts:
            yield key, "needs at least one wording"
        for index, text in enumerate(texts):
            yield from _misnamed(f"{key}[{index}]", text, _names_in(key) if known is None else known)


def faults_of_tips(tips: dict[str, Tip]) -> Iterator[Fault]:
    """Evenings that a tip names and that there are none of."""
    for key, tip in tips.items():
        yield from _unknown(f'tips."{key}".fits', tip.fits, _FITS)
        yield from _unknown(f'tips."{key}".spares', tip.spares, _SPARES)


def faults_of_ideas(ideas: dict[str, Idea]) -> Iterator[Fault]:
    """Tags of an idea that there are none of."""
    for key, idea in ideas.items():
        yield from _unknown(f'ideas."{key}".tags', idea.tags, _TAGS)


def _names_in(key: str) -> frozenset[str]:
    """The placeholders that texts under this key may use."""
    return next((names for part, names in _NAMES.items() if f'".{part}' in key), PLACEHOLDERS)


def _misnamed(key: str, text: str, known: frozenset[str]) -> Iterator[Fault]:
    try:
        unknown = placeholders(text) - known
    except ValueError:
        yield key, "a brace is left open"
        return
    if unknown:
        there_are = ", ".join(f"{{{name}}}" for name in sorted(known)) or "none here"
        yield key, f"unknown placeholder {sorted(unknown)}; there are {there_are}"


def _unknown(key: str, named: tuple[str, ...], known: set[str]) -> Iterator[Fault]:
    for name in named:
        if name not in known:
            yield key, f"there is no {name!r}; there are {', '.join(sorted(known))}"
