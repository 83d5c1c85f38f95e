"""The journal as a table: every field in it, and a wrong place told by its line and column."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.examples import CLIMB, COUPLE, EVENING, PLANNING, answer
from voice_checkin.errors import JournalError
from voice_checkin.evening.model import Meaning
from voice_checkin.journal.merging import Added
from voice_checkin.journal.store import Journal, open_journal
from voice_checkin.journal.tables import COLUMNS, export_csv, import_csv

NIGHT = "2025-11-24,2025-11-24T21:30:00+01:00,,no,"
TABLE = "\r\n".join(
    (
        (
            "row,check_in,night,started_at,ended_at,completed,tip,"
            "question,partner,meaning,value,number,said,at,due,outcome"
        ),
        "partner,,,,,,,,Alex,,,,,,,",
        "partner,,,,,,,,Sam,,,,,,,",
        f'answer,1,{NIGHT},closeness.rating,Sam,rating,,4,"so, 넷 ""4""",2025-11-24T21:30:00+01:00,,',
        f"plan,1,{NIGHT},,,,,,climb the hill behind the house,,2025-11-25,",
        "",
    )
)


@pytest.fixture
def evening(journal: Journal) -> Journal:
    """The evening that stands above as a table."""
    night = journal.open_night(EVENING, COUPLE)
    journal.keep(
        night,
        answer('so, 넷 "4"', partner="Sam", question="closeness.rating", meaning=Meaning.RATING, value=4),
    )
    journal.keep_plan(night, PLANNING, CLIMB)
    return journal


def test_the_table_is_stable(evening: Journal) -> None:
    """Other programs rely on these columns and rows, one for each answer and plan."""
    assert export_csv(evening) == TABLE


def test_any_reader_of_csv_finds_the_words(evening: Journal) -> None:
    """What is written is plain CSV: Python's own reader gives the words back."""
    rows = list(csv.DictReader(io.StringIO(export_csv(evening), newline="")))

    assert [row["said"] for row in rows if row["row"] == "answer"] == ['so, 넷 "4"']


@pytest.mark.parametrize("said", ["=1+1", "+1", "-1", "@now", "'quoted", "", "\tx"])
def test_no_word_becomes_a_formula(journal: Journal, said: str) -> None:
    """What a spreadsheet would compute is marked as text; and an empty text differs from none."""
    journal.keep(journal.open_night(EVENING, COUPLE), answer(said))

    row = next(row for row in csv.DictReader(io.StringIO(export_csv(journal))) if row["row"] == "answer")
    assert (row["said"], row["value"]) == (f"'{said}", "")


def test_a_megabyte_comes_back(journal: Journal) -> None:
    """A very long story with control characters and writing from the right is one cell, out and in."""
    said = ("\0\x1b[2J \u202e\u05e9\u05dc\u05d5\u05dd\u2069 \r\r\n\"'," * 70_000)[:1_000_000]
    journal.keep(journal.open_night(EVENING, COUPLE), answer(said))
    text = export_csv(journal)
    limit = csv.field_size_limit()

    assert import_csv(journal, text) == Added()
    assert csv.field_size_limit() == limit
    assert said.replace('"', '""') in text


@pytest.mark.parametrize(
    ("before", "after", "told_of"),
    [
        ("row,check_in", "check_in,row", "line 1: its columns"),
        ("plan,1", "planet,1", "line 5, column row"),
        (",no,,closeness", ",perhaps,,closeness", "line 4, column completed"),
        ("rating,,4", "secret,,4", "line 4, column meaning"),
        ("rating,,4", "rating,,four", "line 4, column number"),
        ("rating,,4", "rating,,nan", "line 4, column value"),
        ("2025-11-25", "soon", "line 5, column due"),
        ("closeness.rating,Sam", "closeness.rating,Kim", "line 4, column partner"),
        (",2025-11-24T21:30:00+01:00,,\r\n", ",2025-11-24T21:30:00,,\r\n", "line 4, column at"),
        ('"so, 넷 ""4"""', '"so, 넷 "4"', "line 4: its quotation"),
        ("plan,1,", "plan,1,,", "line 5: it must have 16 cells"),
        ("partner,,,,,,,,Sam,,,,,,,\r\n", "", "partner"),
    ],
)
def test_a_malformed_table_changes_nothing(journal: Journal, before: str, after: str, told_of: str) -> None:
    """One wrong place, and nothing comes in; it is told by line and column, without its words."""
    assert before in TABLE

    with pytest.raises(JournalError) as told:
        import_csv(journal, TABLE.replace(before, after))

    assert told_of in told.value.problem
    assert not any(word in str(told.value) for word in ("secret", "Kim", "넷"))
    assert (journal.nights(), journal.partners()) == ((), ())


def test_a_spreadsheets_own_marks_are_no_fault(journal: Journal) -> None:
    """A byte order mark before the table, other line ends and empty lines after it are read over."""
    assert import_csv(journal, "\ufeff" + TABLE.replace("\r\n", "\n") + "\n\n") == Added(nights=1)
    assert export_csv(journal) == TABLE


def test_an_empty_journal_is_a_table_of_columns(journal: Journal) -> None:
    """Without names and nights there are the columns alone; they come in as nothing."""
    assert export_csv(journal) == ",".join(COLUMNS) + "\r\n"
    assert import_csv(journal, export_csv(journal)) == Added()


@settings(max_examples=60)
@given(at=st.integers(0, len(TABLE)), cut=st.integers(0, 12), put=st.text(max_size=8))
def test_a_slip_of_the_hand_breaks_nothing(at: int, cut: int, put: str) -> None:
    """Whatever is typed anywhere into a table, it comes in as a whole or is told."""
    with tempfile.TemporaryDirectory() as folder, open_journal(Path(folder) / "home") as journal:
        try:
            added = import_csv(journal, TABLE[:at] + put + TABLE[at + cut :])
        except JournalError as told:
            assert "line" in told.problem or "names" in told.problem  # noqa: PT017 - either way is right
            assert journal.nights() == ()
        else:
            assert added.nights == len(journal.nights())
        journal.check()
