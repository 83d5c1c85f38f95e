"""The journal as a table, CSV in UTF-8: one row per answer and per plan, out and in again without loss.

Each row repeats what belongs to its night, and `check_in` counts the nights. A night without answers
and plans has a row of its own, and so has each partner, in the order of the two. An empty cell is
"nothing"; a text that is empty, or begins as a spreadsheet's formulas do, has an apostrophe before it.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from voice_checkin.errors import JournalError
from voice_checkin.evening.model import Night
from voice_checkin.journal.exchange import bring_in
from voice_checkin.journal.format import (
    Export,
    ExportedAnswer,
    ExportedNight,
    ExportedPlan,
    Value,
    exported,
    faults_of_answer,
    faults_of_night,
    faults_of_partners,
    rejected,
)
from voice_checkin.journal.merging import Added
from voice_checkin.journal.store import Journal
from voice_checkin.shapes import ShapeError, plain, read_shape

T = TypeVar("T")
_Cells = dict[str, str | None]

_NIGHT = ("night", "started_at", "ended_at", "completed", "tip")
_ANSWER = ("question", "partner", "meaning", "value", "number", "said", "at")
_PLAN = ("said", "due", "outcome")
COLUMNS = ("row", "check_in", *_NIGHT, *_ANSWER, "due", "outcome")
"""`row` is partner, night, answer or plan; `number` is the value of an answer where it is one."""

_TEXTS = frozenset({"tip", "question", "partner", "value", "said"})
_MARKED = ("'", "=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula, and the mark that says it is none."""
_LONGEST_CELL = 2**31 - 1


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    """partner, night, answer or plan."""
    line: int
    cells: _Cells = field(repr=False)

    @property
    def check_in(self) -> tuple[str | None, ...]:
        """What tells one night from the next."""
        return tuple(self.cells[name] for name in ("check_in", *_NIGHT))


def export_csv(journal: Journal) -> str:
    """Everything that the two have said, as a table; its lines end as RFC 4180 has it."""
    return nights_as_csv(journal.partners(), journal.nights())


def nights_as_csv(partners: tuple[str, ...], nights: Iterable[Night]) -> str:
    """These nights, in this order, as a table."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, COLUMNS, restval="")
    table.writeheader()
    for row in _rows_out(exported(partners, nights)):
        table.writerow({name: _cell(name, value) for name, value in row.items()})
    return out.getvalue()


def _rows_out(export: Export) -> Iterator[dict[str, Any]]:
    for name in export.partners:
        yield {"row": "partner", "partner": name}
    for number, night in enumerate(export.nights, start=1):
        held = plain(night)
        of_night = {"check_in": number} | {name: held[name] for name in _NIGHT}
        if not (night.answers or night.plans):
            yield {"row": "night"} | of_night
        for answer in held["answers"]:
            value = answer["value"]
            typed = {"value": None, "number": value} if isinstance(value, int | float) else {}
            yield {"row": "answer"} | of_night | answer | typed
        for plan in held["plans"]:
            yield {"row": "plan"} | of_night | plan


def _cell(name: str, value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str() if name in _TEXTS and (not value or value.startswith(_MARKED)):
            return f"'{value}"
        case _:
            return str(value)


def import_csv(journal: Journal, text: str) -> Added:
    """Add what the journal doesn't hold yet, all or none, as `import_json` does; return how much that was.

    Raises `JournalError` that names the line and column at which the text is no such table.
    """
    return bring_in(journal, _read(text))


def _read(text: str) -> Export:
    rows = list(_rows_in(text))
    partners = tuple(row.cells["partner"] or "" for row in rows if row.kind == "partner")
    export = Export("voice-checkin/1", partners, tuple(_nights(rows, partners)))
    for words in faults_of_partners(export):
        raise rejected(words)
    return export


def _rows_in(text: str) -> Iterator[_Row]:
    with _long_cells():
        table = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
        line = 1
        try:
            if tuple(next(table, ())) != COLUMNS:
                raise rejected(f"line 1: its columns must be {','.join(COLUMNS)}")
            line = table.line_num + 1
            for cells in table:
                if cells:  # what editors add at the end is no row
                    yield _row(cells, line)
                line = table.line_num + 1
        except csv.Error:
            raise rejected(f"line {line}: its quotation marks don't fit together") from None


@contextmanager
def _long_cells() -> Iterator[None]:
    """A long story is one cell; the module's own limit is for all of the program, and put back."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _row(cells: list[str], line: int) -> _Row:
    if len(cells) != len(COLUMNS):
        raise rejected(f"line {line}: it must have {len(COLUMNS)} cells")
    named = dict(zip(COLUMNS, cells, strict=True))
    kind = named["row"]
    if kind not in {"partner", "night", "answer", "plan"}:
        raise _fault(line, "row: must be partner, night, answer or plan")
    held: _Cells = {
        name: None if cell == "" else cell.removeprefix("'") if name in _TEXTS else cell
        for name, cell in named.items()
    }
    return _Row(kind, line, held)


def _nights(rows: Iterable[_Row], partners: tuple[str, ...]) -> Iterator[ExportedNight]:
    nights: dict[tuple[str | None, ...], list[_Row]] = {}
    for row in rows:
        if row.kind != "partner":
            nights.setdefault(row.check_in, []).append(row)
    for of_night in nights.values():
        yield _night(of_night, partners)


def _night(rows: list[_Row], partners: tuple[str, ...]) -> ExportedNight:
    answers = [(row, _shaped(row, _answer(row), ExportedAnswer)) for row in rows if row.kind == "answer"]
    for row, answer in answers:
        for fault in faults_of_answer(answer, partners):
            raise _fault(row.line, fault)
    plans = [_shaped(row, _these(row, _PLAN), ExportedPlan) for row in rows if row.kind == "plan"]
    first = rows[0]
    completed = {"yes": True, "no": False}.get(first.cells["completed"] or "")
    if completed is None:
        raise _fault(first.line, "completed: must be yes or no")
    held = _these(first, _NIGHT) | {"completed": completed, "answers": [], "plans": []}
    night = _shaped(first, held, ExportedNight)
    for fault in faults_of_night(night):
        raise _fault(first.line, fault)
    whole = (*(answer for _, answer in answers),), tuple(plans)
    return ExportedNight(night.night, night.started_at, night.ended_at, night.completed, night.tip, *whole)


def _answer(row: _Row) -> dict[str, Any]:
    cells = _these(row, _ANSWER)
    number = cells.pop("number")
    if number is not None:
        try:
            cells["value"] = float(number) if set(number) & set(".en") else int(number)
        except ValueError:
            raise _fault(row.line, "number: must be a number") from None
    return cells


def _these(row: _Row, names: Iterable[str]) -> dict[str, Any]:
    return {name: row.cells[name] for name in names}


def _shaped(row: _Row, cells: dict[str, Any], shape: type[T]) -> T:
    try:
        return read_shape(cells, shape, blank_texts=True)
    except ShapeError as fault:
        raise _fault(row.line, str(fault)) from None


def _fault(line: int, words: str) -> JournalError:
    return rejected(f"line {line}, column {words}" if ": " in words else f"line {line}: {words}")
