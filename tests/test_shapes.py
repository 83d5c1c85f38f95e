"""Plain tables read into frozen values, each fault told with its place."""

import json
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest

from voice_checkin.shapes import ShapeError, plain, read_shape


class Colour(StrEnum):
    """Two colours."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Room:
    """A part of the house."""

    name: str
    doors: int
    size: float = 1.0


@dataclass(frozen=True, slots=True)
class House:
    """Every kind of value that a table may hold."""

    rooms: tuple[Room, ...]
    pair: tuple[str, str]
    lit: bool
    colours: dict[Colour, tuple[str, ...]] = field(default_factory=dict)
    built: date | None = None
    entered: datetime | None = None
    note: str | float | None = None


TABLE = {
    "rooms": [{"name": "hall", "doors": 2, "size": 3}],
    "pair": ["a", "b"],
    "lit": True,
    "colours": {"red": ["wall"]},
    "built": "2026-03-01",
    "entered": "2026-03-01T21:00:00+00:00",
    "note": 4,
}
HOUSE = House(
    (Room("hall", 2, 3),),
    ("a", "b"),
    lit=True,
    colours={Colour.RED: ("wall",)},
    built=date(2026, 3, 1),
    entered=datetime(2026, 3, 1, 21, tzinfo=UTC),
    note=4,
)


def test_a_table_is_read_into_frozen_values() -> None:
    """Lists, tables, words of a fixed set, dates and numbers find their places."""
    assert read_shape(TABLE, House) == HOUSE


def test_what_is_written_out_reads_back() -> None:
    """Through JSON and back nothing is lost."""
    assert read_shape(json.loads(json.dumps(plain(HOUSE))), House) == HOUSE


def test_a_date_of_toml_is_a_date() -> None:
    """TOML has dates of its own; a moment is no date."""
    text = "rooms = []\npair = ['a', 'b']\nlit = true\nbuilt = "

    assert read_shape(tomllib.loads(f"{text}2026-03-01"), House).built == date(2026, 3, 1)
    with pytest.raises(ShapeError, match="built"):
        read_shape(tomllib.loads(f"{text}2026-03-01T21:00:00"), House)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"roof": 1}, "unknown key 'roof'"),
        ({"rooms": [{"name": "hall"}]}, "rooms[0].doors: missing key 'doors'"),
        ({"rooms": [{"name": " ", "doors": 1}]}, "rooms[0].name: must not be empty"),
        ({"rooms": [{"name": "hall", "doors": "1"}]}, "rooms[0].doors: must be a number"),
        ({"rooms": [{"name": "hall", "doors": True}]}, "rooms[0].doors: must be a number"),
        ({"rooms": [{"name": "hall", "doors": 1.5}]}, "rooms[0].doors: must be a number"),
        ({"rooms": "hall"}, "rooms: must be a list"),
        ({"pair": ["a"]}, "pair: must be a list of 2"),
        ({"pair": "ab"}, "pair: must be a list"),
        ({"lit": 1}, "lit: must be true or false"),
        ({"colours": {"green": []}}, "must be one of: red, blue"),
        ({"built": "yesterday"}, "built: must be as 2025-01-31"),
        ({"note": [1]}, "note: must be a text, a number or null"),
    ],
)
def test_a_fault_is_told_with_its_place(change: dict[str, object], told: str) -> None:
    """Nothing is converted silently, and the key is named."""
    with pytest.raises(ShapeError) as error:
        read_shape(TABLE | change, House)

    assert told in str(error.value)


def test_a_fault_quotes_no_value() -> None:
    """What stands in a journal's export may be private."""
    with pytest.raises(ShapeError) as error:
        read_shape(TABLE | {"built": "secret", "lit": "secret", "pair": ["secret"]}, House)

    assert "secret" not in str(error.value)


def test_blank_texts_pass_where_they_are_allowed() -> None:
    """Content may not be blank; what a person said may."""
    hall = [{"name": "", "doors": 1}]

    assert read_shape(TABLE | {"rooms": hall}, House, blank_texts=True).rooms[0].name == ""


@pytest.mark.parametrize("table", [None, [], "house", 3])
def test_what_is_no_table_is_told(table: object) -> None:
    """Anything at all may come in; it never gets further."""
    with pytest.raises(ShapeError):
        read_shape(table, House)
