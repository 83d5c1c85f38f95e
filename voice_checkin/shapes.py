"""Plain tables, as TOML and JSON hold them, read into frozen values; each fault told with its place.

cattrs does the reading; it is the one library named here.
"""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")

_UNKNOWN = "unknown key"


class ShapeError(ValueError):
    """A table isn't of the shape asked for. `place` is the key it is about, such as `tips[3].say`."""

    def __init__(self, place: str, fault: str) -> None:
        super().__init__(f"{place}: {fault}" if place else fault)
        self.place = place
        self.fault = fault


def read_shape(table: object, shape: type[T], *, blank_texts: bool = False) -> T:
    """Read a plain table as `shape`, a frozen dataclass. Nothing is converted silently.

    Unknown and missing keys, wrong types and (unless `blank_texts`) blank texts raise `ShapeError`.
    """
    from cattrs import transform_error

    try:
        return _converter(blank_texts).structure(table, shape)
    except Exception as fault:  # noqa: BLE001 - cattrs groups errors of any kind; every one is told below
        told = transform_error(fault, path="", format_exception=_in_words)
        # A key misspelled is unknown, and another is missing for it: the first is what helps.
        first = min(told, key=lambda words: not words.startswith(_UNKNOWN))
        words, _, place = first.rpartition(" @ ")
        raise ShapeError(place.lstrip("."), words) from None


def plain(value: object) -> Any:  # noqa: ANN401 - what JSON can hold
    """Turn a frozen value into plain tables, lists, texts and numbers."""
    return _converter(blank_texts=True).unstructure(value)


@cache
def _converter(blank_texts: bool) -> "Converter":  # noqa: FBT001 - private, and called by name above
    from cattrs import Converter

    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook(str, _text(blank_texts=blank_texts))
    converter.register_structure_hook_factory(_is_row, _row)
    for number in (int, float, bool):
        converter.register_structure_hook(number, _exactly(number))
    converter.register_structure_hook(str | float | None, lambda value, _: _text_or_number(value))
    for moment in (date, datetime):
        converter.register_structure_hook(moment, _moment)
        converter.register_unstructure_hook(moment, lambda value: value.isoformat())
    return converter


def _text(*, blank_texts: bool) -> Callable[[Any, Any], str]:
    def read(value: object, kind: type[str]) -> str:
        if not isinstance(value, str):
            raise TypeError("must be a text")
        if value != value.encode(errors="replace").decode():
            raise ValueError("must not hold half a letter")
        if issubclass(kind, StrEnum):
            return _member(value, kind)
        if not blank_texts and not value.strip():
            raise ValueError("must not be empty")
        return value

    return read


def _is_row(kind: object) -> bool:
    return get_origin(kind) is tuple


def _row(kind: Any, converter: "Converter") -> Callable[[Any, Any], Any]:  # noqa: ANN401 - a tuple type
    """Read a list, but never a text letter by letter, which Python would allow."""
    from cattrs.cols import homogenous_tuple_structure_factory

    items = get_args(kind)
    read_items = homogenous_tuple_structure_factory(tuple[items[0], ...], converter)  # type: ignore[valid-type]

    def read(value: object, _: object) -> Any:  # noqa: ANN401 - a tuple of any kind
        if not isinstance(value, list | tuple):
            raise TypeError("must be a list")
        if Ellipsis not in items and len(value) != len(items):
            raise ValueError(f"must be a list of {len(items)}")
        return read_items(value, kind)

    return read


def _member(value: str, kind: type[StrEnum]) -> StrEnum:
    if value not in list(kind):
        raise ValueError(f"must be one of: {', '.join(kind)}")
    return kind(value)


def _exactly(kind: type) -> Callable[[Any, Any], Any]:
    """Take a number as it is: a `true` is no number, a text is none either."""

    def read(value: Any, _: object) -> Any:  # noqa: ANN401 - any value of a table
        allowed = (int, float) if kind is float else (kind,)
        if not isinstance(value, allowed) or (isinstance(value, bool) and kind is not bool):
            raise TypeError("must be true or false" if kind is bool else "must be a number")
        return value

    return read


def _text_or_number(value: object) -> str | float | None:
    if value is None or (isinstance(value, str | int | float) and not isinstance(value, bool)):
        return value
    raise TypeError("must be a text, a number or null")


def _moment(value: object, kind: type[date]) -> date:
    if type(value) is kind:  # TOML has dates of its own
        return value
    try:
        return kind.fromisoformat(str(value))
    except ValueError:
        example = "2025-01-31T21:30:00+01:00" if kind is datetime else "2025-01-31"
        raise ValueError(f"must be as {example}") from None


def _in_words(fault: BaseException, _: object) -> str:
    """One fault in words that hold no value of the table: it may be private."""
    from cattrs.errors import ForbiddenExtraKeysError

    match fault:
        case ForbiddenExtraKeysError():
            return f"{_UNKNOWN} {', '.join(sorted(map(repr, fault.extra_fields)))}"
        case KeyError():
            return f"missing key {fault}"
        case TypeError() | ValueError() if str(fault).startswith("must"):
            return str(fault)
        case _:
            return "not of the shape expected here"
