"""The journal as notes: what was said, under its topic, and nothing that a notes program would act on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.journal.examples import CLIMB, EVENING, TODAY, TOMORROW, answer
from voice_checkin.evening.model import Answer, Meaning, Night, Outcome
from voice_checkin.journal.notes import nights_as_notes

NOTE = """\
# Monday, 24 November 2025

21:30, broken off

## Laugh

- **Alex**, laugh.share: the dog wore your hat
- **Sam**, laugh.share: skip (not tonight)

## Closeness

- **Sam**, closeness.rating: 4 (four)

## Plans

- [ ] climb the hill behind the house, due 2025-11-25
- [x] climb the hill behind the house, due 2025-11-25, done

## Tip

hug
"""


def night(*answers: Answer) -> Night:
    """An evening with these answers."""
    return Night(1, TODAY, "Alex", EVENING, answers=answers)


def note(of_night: Night) -> str:
    """The text of one night."""
    ((_, text),) = nights_as_notes((of_night,))
    return text


def test_a_note_is_readable_as_it_stands() -> None:
    """Day, topics, who said what, plans with their boxes, tip."""
    evening = night(
        answer(),
        answer("four", partner="Sam", question="closeness.rating", meaning=Meaning.RATING, value=4),
        answer("not tonight", partner="Sam", meaning=Meaning.SKIP),
    )

    assert note(replace(evening, tip="hug", plans=(CLIMB, replace(CLIMB, outcome=Outcome.DONE)))) == NOTE


def test_each_night_has_a_file_of_its_own() -> None:
    """Files are called by their date, a second check-in on one date by its number as well."""
    names = [name for name, _ in nights_as_notes((night(), night(), replace(night(), date=TOMORROW)))]

    assert names == ["2025-11-24.md", "2025-11-24-2.md", "2025-11-25.md"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
        ("# *loud* [link](x)", "\\# \\*loud\\* \\[link\\](x)"),
        ("one\n# two\r\n- three", "one\n  \\# two\n  - three"),
        ("a\0b\x1b[2Jc\x7f", "a␀b␛\\[2Jc␡"),
        ("\u202eback", "\u2068\u202eback\u2069"),
    ],
)
def test_words_stay_words(said: str, shown: str) -> None:
    """Markup, control characters and turned writing act on nothing: they are shown."""
    assert f"laugh.share: {shown}\n" in note(night(answer(said)))


@given(st.text())
def test_no_text_breaks_out_of_its_place(said: str) -> None:
    """Whatever is said, no heading and no item is added, and no control character gets through."""
    lines = note(night(answer(said))).split("\n")

    assert [line for line in lines if line.startswith("#")] == ["# Monday, 24 November 2025", "## Laugh"]
    assert sum(line.startswith("-") for line in lines) == 1
    assert not any(ord(letter) < 0x20 and letter != "\t" for line in lines for letter in line)
