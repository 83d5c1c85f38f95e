"""The journal as Markdown, one text a night, for any notes program; to be read, not to be read back.

What the two have said stays their words: signs that Markdown or HTML would act on are written out,
control characters are shown as pictures, and writing from right to left ends with its own sentence.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from voice_checkin.evening.model import Answer, Meaning, Night, Outcome, Plan

_ACTING = re.compile(r"([\\`*_\[\]<>&~#|])")
_LINES = re.compile(r"\r\n|[\r\n\u2028\u2029]")
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ISOLATE, _END = "\u2068", "\u2069"
_PICTURES = {code: 0x2400 + code for code in range(0x20) if code != ord("\t")} | {0x7F: 0x2421}
_PICTURES |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_BOXES = {Outcome.DONE: "[x]", Outcome.DROPPED: "[-]"}


def nights_as_notes(nights: tuple[Night, ...]) -> Iterator[tuple[str, str]]:
    """The name of a file, such as `2025-11-24.md`, and its text, for each night in this order."""
    for day, on_one_day in groupby(nights, key=lambda night: night.date):
        for number, night in enumerate(on_one_day, start=1):
            yield f"{day}{'' if number == 1 else f'-{number}'}.md", _note(night)


def _note(night: Night) -> str:
    began = f"{night.started_at:%H:%M}"
    ended = f" to {night.ended_at:%H:%M}" if night.ended_at else ""
    broken_off = "" if night.completed else ", broken off"
    parts = [f"# {night.date:%A}, {night.date.day} {night.date:%B %Y}", f"{began}{ended}{broken_off}"]
    by_topic: dict[str, list[Answer]] = {}
    for answer in night.answers:
        by_topic.setdefault(answer.question.partition(".")[0], []).append(answer)
    for topic, answers in by_topic.items():
        parts += [f"## {_plainly(topic).capitalize()}", "\n".join(map(_answered, answers))]
    if night.plans:
        parts += ["## Plans", "\n".join(map(_planned, night.plans))]
    if night.tip is not None:
        parts += ["## Tip", _plainly(night.tip)]
    return "\n\n".join(parts) + "\n"


def _answered(answer: Answer) -> str:
    said = _plainly(answer.said)
    if answer.meaning is Meaning.RATING and answer.value is not None:
        said = f"{answer.value} ({said})"
    elif answer.meaning is not Meaning.SHARE:
        said = f"{answer.meaning} ({said})"
    return f"- **{_plainly(answer.partner)}**, {_plainly(answer.question)}: {said}"


def _planned(plan: Plan) -> str:
    box = "[ ]" if plan.outcome is None else _BOXES.get(plan.outcome, "[ ]")
    due = f", due {plan.due.isoformat()}" if plan.due else ""
    outcome = f", {plan.outcome}" if plan.outcome else ""
    return f"- {box} {_plainly(plan.said)}{due}{outcome}"


def _plainly(text: str) -> str:
    """A text that shows as it is, and can turn nothing round that stands after it."""
    lines = (line.translate(_PICTURES) for line in _LINES.split(text))
    shown = "\n  ".join(_ACTING.sub(r"\\\1", line).strip() for line in lines)
    return f"{_ISOLATE}{shown}{_END}" if _TURNING.search(shown) else shown
