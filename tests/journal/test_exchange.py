"""The open format: out and in again without loss, and never in by halves."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.journal.examples import CLIMB, COUPLE, EVENING, PLANNING, TODAY, TOMORROW, answer
from voice_checkin.errors import JournalError
from voice_checkin.evening.model import Meaning
from voice_checkin.journal import file
from voice_checkin.journal.exchange import export_json, import_json, nights_as_json
from voice_checkin.journal.merging import Added
from voice_checkin.journal.migrations import migrate
from voice_checkin.journal.store import Journal, open_journal

EXPORTED = """\
{
  "format": "voice-checkin/1",
  "partners": [
    "Alex",
    "Sam"
  ],
  "nights": [
    {
      "night": "2025-11-24",
      "started_at": "2025-11-24T21:30:00+01:00",
      "ended_at": null,
      "completed": false,
      "tip": "hug",
      "answers": [
        {
          "question": "closeness.rating",
          "partner": "Sam",
          "meaning": "rating",
          "value": 4,
          "said": "네, 넷이야",
          "at": "2025-11-24T21:30:00+01:00"
        }
      ],
      "plans": [
        {
          "said": "climb the hill behind the house",
          "due": "2025-11-25",
          "outcome": null
        }
      ]
    }
  ]
}
"""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Journal]:
    """Another journal, without anything in it."""
    with open_journal(tmp_path / "empty") as journal:
        yield journal


@pytest.fixture
def evening(journal: Journal) -> Journal:
    """The evening that stands above as text."""
    night = journal.open_night(EVENING, COUPLE)
    four = {"question": "closeness.rating", "meaning": Meaning.RATING, "value": 4}
    journal.keep(night, answer("네, 넷이야", partner="Sam", **four))  # type: ignore[arg-type]
    journal.keep_plan(night, PLANNING, CLIMB)
    journal.hear_tip(TODAY, "hug", night)
    return journal


def test_the_format_is_stable(evening: Journal) -> None:
    """Other programs rely on this text: keys, their order, readable letters, one newline at the end."""
    assert export_json(evening) == EXPORTED


def test_it_comes_back_the_same(evening: Journal, empty: Journal) -> None:
    """Taken into an empty home, an export gives the same nights, to the letter."""
    assert import_json(empty, export_json(evening)).nights == 1

    assert export_json(empty) == EXPORTED


def test_some_nights_are_an_export_as_well(evening: Journal) -> None:
    """A part of the nights is given in the same format as all of them."""
    assert nights_as_json(evening.partners(), evening.nights(last=1)) == EXPORTED
    assert json.loads(nights_as_json(COUPLE, ()))["nights"] == []


def test_an_empty_journal_has_an_export(journal: Journal, empty: Journal) -> None:
    """Names alone, and not even names, go out and come in as well."""
    assert import_json(empty, export_json(journal)).nights == 0
    journal.name_partners(COUPLE)
    assert import_json(empty, export_json(journal)).nights == 0

    assert empty.partners() == COUPLE


def test_importing_twice_adds_nothing(evening: Journal, empty: Journal) -> None:
    """The same file a second time, and a file of what is already here, add no double."""
    text = export_json(evening)

    added = [import_json(each, text) for each in (empty, empty, evening)]

    assert added == [Added(nights=1), Added(), Added()]
    assert export_json(empty) == export_json(evening) == EXPORTED


def test_only_what_is_new_is_added(evening: Journal, empty: Journal) -> None:
    """Nights of another home join the ones here, in the order in which they were."""
    import_json(empty, EXPORTED)
    earlier = EXPORTED.replace("2025-11-24", "2025-11-20").replace("2025-11-25", "2025-11-21")

    assert import_json(empty, earlier).nights == 1
    assert [night.date for night in empty.nights()] == [date(2025, 11, 20), TODAY]
    assert import_json(evening, export_json(empty)).nights == 1


def test_the_same_moment_elsewhere_is_the_same_night(evening: Journal) -> None:
    """A night is known by the moment it began, in whatever offset that is written."""
    in_utc = EXPORTED.replace('started_at": "2025-11-24T21:30:00+01:00', 'started_at": "2025-11-24T20:30:00Z')

    assert in_utc != EXPORTED
    assert import_json(evening, in_utc).nights == 0


def test_imported_tips_count_as_heard(empty: Journal) -> None:
    """A tip heard on an imported night doesn't come back soon."""
    import_json(empty, EXPORTED)

    assert empty.tips_heard() == ((TODAY, "hug"),)


def test_imported_plans_come_due(empty: Journal) -> None:
    """A plan that was imported is asked after on its day, and is found under what was planned."""
    import_json(empty, EXPORTED)

    assert [plan.said for plan in empty.due_plans(TOMORROW)] == [CLIMB.said]
    assert [len(night.plans) for night in empty.nights(topic="new", partner="Sam")] == [1]


def test_an_imported_evening_goes_on(empty: Journal) -> None:
    """An evening that broke off on another machine is taken up here, with who went first."""
    import_json(empty, EXPORTED)
    night = empty.open_night(EVENING + timedelta(minutes=5), COUPLE)
    empty.keep(night, answer(partner="Alex"))

    assert (night.first, [each.partner for each in empty.nights()[0].answers]) == ("Sam", ["Sam", "Alex"])


def test_an_import_names_the_two(empty: Journal) -> None:
    """Where there is no night yet, the file's names are the journal's, whatever stood there."""
    empty.name_partners(("One", "Two"))

    assert import_json(empty, EXPORTED).nights == 1
    assert empty.partners() == COUPLE


def test_another_couples_nights_are_refused(evening: Journal) -> None:
    """Words never go to the wrong person: other names are refused, with the way to do it."""
    with pytest.raises(JournalError, match="other names") as told:
        import_json(evening, EXPORTED.replace("Alex", "Kim").replace("-24", "-23"))

    assert "setup" in told.value.remedy
    assert "Kim" not in str(told.value)
    assert export_json(evening) == EXPORTED


def changed(path: str, value: object) -> str:
    """The export with one value in another's place; `path` as nights[0].tip without its brackets."""
    whole = json.loads(EXPORTED)
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    place = whole
    for step in way:
        place = place[step]
    place[last] = value
    return json.dumps(whole)


@pytest.mark.parametrize(
    ("path", "value", "told_at"),
    [
        ("format", "voice-checkin/2", "format"),
        ("partners", "Al", "partners"),
        ("partners", ["Alex", "Sam", "Kim"], "partners"),
        ("partners", [], "partners"),
        ("nights", {}, "nights"),
        ("nights.0", "a secret", "nights[0]"),
        ("nights.0.mood", "a secret", "nights[0]"),
        ("nights.0.night", "a secret", "nights[0].night"),
        ("nights.0.started_at", "2025-11-24T21:30:00", "nights[0]"),
        ("nights.0.ended_at", 5, "nights[0].ended_at"),
        ("nights.0.completed", 1, "nights[0].completed"),
        ("nights.0.tip", ["a secret"], "nights[0].tip"),
        ("nights.0.answers.0", None, "nights[0].answers[0]"),
        ("nights.0.answers.0.meaning", "a secret", "nights[0].answers[0].meaning"),
        ("nights.0.answers.0.partner", "a secret", "nights[0].answers[0].partner"),
        ("nights.0.answers.0.value", True, "nights[0].answers[0].value"),
        ("nights.0.answers.0.value", float("nan"), "nights[0].answers[0].value"),
        ("nights.0.answers.0.value", 2**64, "nights[0].answers[0].value"),
        ("nights.0.answers.0.value", "half a letter \ud83d", "nights[0].answers[0].value"),
        ("nights.0.answers.0.said", None, "nights[0].answers[0].said"),
        ("nights.0.answers.0.said", "half a letter \ud83d", "nights[0].answers[0].said"),
        ("nights.0.answers.0.at", "2025-11-24T21:30:00", "nights[0].answers[0].at"),
        ("nights.0.answers.0.at", "soon", "nights[0].answers[0].at"),
        ("nights.0.plans.0.due", "soon", "nights[0].plans[0].due"),
        ("nights.0.plans.0.outcome", "a secret", "nights[0].plans[0].outcome"),
    ],
)
def test_a_malformed_export_changes_nothing(empty: Journal, path: str, value: object, told_at: str) -> None:
    """A file with one wrong place is refused as a whole, with that place and without its words."""
    with pytest.raises(JournalError) as told:
        import_json(empty, changed(path, value))

    assert f"export: {told_at}" in told.value.problem
    assert "secret" not in str(told.value)
    assert (empty.nights(), empty.partners()) == ((), ())


@pytest.mark.parametrize("key", ["said", "at", "value"])
def test_a_missing_key_is_named(empty: Journal, key: str) -> None:
    """A key that is missing is told with its place."""
    whole = json.loads(EXPORTED)
    del whole["nights"][0]["answers"][0][key]

    with pytest.raises(JournalError, match=rf"nights\[0\]\.answers\[0\]\.{key}: missing"):
        import_json(empty, json.dumps(whole))


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ("", "line 1, column 1"),
        (EXPORTED[:200], r"line \d+, column \d+"),
        (EXPORTED.replace('"tip": "hug",', '"tip": "hug"'), r"line 1\d, column \d+"),
        ("[]", "shape"),
        ("null", "shape"),
        ("[" * 100_000, "nesting"),
        ("1" * 5_000, "number"),
    ],
)
def test_what_is_no_export_is_refused(empty: Journal, text: str, told_of: str) -> None:
    """Text that isn't JSON is refused with its line and column; other JSON as no export."""
    with pytest.raises(JournalError, match=told_of):
        import_json(empty, text)

    assert empty.nights() == ()


def test_an_import_without_room_brings_in_nothing(evening: Journal, tmp_path: Path) -> None:
    """An import is one transaction: where the disk fills up on the way, no night of it stays."""
    night = evening.open_night(EVENING + timedelta(days=1), COUPLE)
    evening.keep(night, answer("and then " * 2000))
    path = tmp_path / "full.db"
    db = file.connect(path)
    migrate(db)
    db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")

    with Journal(db, path) as full:
        with pytest.raises(JournalError, match="disk is full"):
            import_json(full, export_json(evening))

        assert (full.nights(), full.partners(), full.tips_heard()) == ((), (), ())
