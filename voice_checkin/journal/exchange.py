"""The journal as an open format, `voice-checkin/1`: out as JSON text, and in again without loss."""

import json
from collections.abc import Iterable, Iterator

from voice_checkin.evening.model import Night
from voice_checkin.journal.format import (
    Export,
    exported,
    faults_of_answer,
    faults_of_night,
    faults_of_partners,
    inward,
    rejected,
)
from voice_checkin.journal.merging import Added
from voice_checkin.journal.store import Journal
from voice_checkin.shapes import ShapeError, plain, read_shape


def export_json(journal: Journal) -> str:
    """Everything that the two have said, as `voice-checkin/1`: oldest night first, ending in a newline."""
    return nights_as_json(journal.partners(), journal.nights())


def nights_as_json(partners: tuple[str, ...], nights: Iterable[Night]) -> str:
    """These nights, in this order, as `voice-checkin/1`."""
    export = exported(partners, nights)
    return json.dumps(plain(export), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def import_json(journal: Journal, text: str) -> Added:
    """Add what the journal doesn't hold yet, all or none; return how much that was.

    A night that began at the same moment as one here is the same night: answers and plans that it
    lacks here are added, and nothing is overwritten. A journal without nights takes over the
    partners' names; any other takes only an export under its own names. Raises `JournalError` that
    names the place at which the text isn't `voice-checkin/1`.
    """
    return bring_in(journal, _read(text))


def bring_in(journal: Journal, export: Export) -> Added:
    """Add what the journal doesn't hold yet of an export that was read and found right."""
    if not export.partners:
        return Added()
    first, second = export.partners
    return journal.take_in((first, second), [inward(night, first) for night in export.nights])


def _read(text: str) -> Export:
    try:
        export = read_shape(_parse(text), Export, blank_texts=True)
    except ShapeError as fault:
        raise rejected(str(fault)) from None
    for words in _faults(export):
        raise rejected(words)
    return export


def _parse(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise rejected(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except (ValueError, RecursionError):
        raise rejected("a number or a nesting in it is too long for any export") from None


def _faults(export: Export) -> Iterator[str]:
    """What isn't right though every value is of its type; each with its place."""
    yield from faults_of_partners(export)
    for i, night in enumerate(export.nights):
        place = f"nights[{i}]"
        yield from (f"{place}: {fault}" for fault in faults_of_night(night))
        for j, answer in enumerate(night.answers):
            faults = faults_of_answer(answer, export.partners)
            yield from (f"{place}.answers[{j}].{fault}" for fault in faults)
