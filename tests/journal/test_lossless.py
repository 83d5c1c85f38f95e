"""Export and import lose nothing, whatever two people say and do."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.examples import EVENING
from voice_checkin.evening.model import Answer, Meaning, Outcome, Plan, Turn
from voice_checkin.evening.script import QUESTIONS
from voice_checkin.journal.exchange import export_json, import_json
from voice_checkin.journal.merging import Added
from voice_checkin.journal.store import Journal, open_journal
from voice_checkin.journal.tables import export_csv, import_csv

TEXTS = st.text(max_size=30) | st.sampled_from(
    ["\0", "'=1+1", "-", "\r\n\u2028", "\u202e\u05e9\u05dc\u05d5\u05dd", "네, 😀", '"\\']
)
NAMES = st.tuples(st.text(min_size=1, max_size=9), st.text(min_size=1, max_size=9)).filter(
    lambda names: all(name.strip() for name in names) and names[0].casefold() != names[1].casefold()
)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=OFFSETS)  # noqa: DTZ001 - as it asks
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))
VALUES = st.none() | TEXTS | st.integers(1, 5) | st.floats(1, 5)
PLANS = st.builds(Plan, TEXTS, DAYS, st.none() | st.sampled_from(Outcome))


@dataclass(frozen=True, slots=True)
class Held:
    """What two partners, called 0 and 1 here, did in one evening."""

    started_at: datetime
    answers: list[Answer]
    plans: list[Plan]
    tip: str | None
    ended_at: datetime | None
    completed: bool

    def into(self, journal: Journal, names: tuple[str, str]) -> None:
        """Do it all in this journal, in the evening that is open at that moment."""
        night = journal.open_night(self.started_at, names)
        for each in self.answers:
            journal.keep(night, replace(each, partner=names[int(each.partner)]))
        for number, plan in enumerate(self.plans):
            journal.keep_plan(night, Turn(names[number % 2], f"new.plan.{number}"), plan)
        if self.tip is not None:
            journal.hear_tip(night.date, self.tip, night)
        if self.ended_at is not None:
            journal.close_night(night, self.ended_at, completed=self.completed)


ANSWERS = st.builds(
    Answer,
    partner=st.sampled_from("01"),
    question=st.sampled_from(QUESTIONS),
    meaning=st.sampled_from(Meaning),
    value=VALUES,
    said=TEXTS,
    at=MOMENTS,
    about=st.none() | st.integers(1, 3),
)
EVENINGS = st.builds(
    Held,
    started_at=MOMENTS | st.just(EVENING) | st.just(EVENING + timedelta(hours=1)),
    answers=st.lists(ANSWERS, max_size=6),
    plans=st.lists(PLANS, max_size=3),
    tip=st.none() | TEXTS,
    ended_at=st.none() | MOMENTS,
    completed=st.booleans(),
)


@pytest.mark.parametrize(
    ("export_it", "import_it"), [(export_json, import_json), (export_csv, import_csv)], ids=["json", "csv"]
)
@settings(max_examples=30)
@given(names=NAMES, evenings=st.lists(EVENINGS, max_size=3))
def test_any_journal_comes_back_the_same(
    export_it: Callable[[Journal], str],
    import_it: Callable[[Journal, str], Added],
    names: tuple[str, str],
    evenings: list[Held],
) -> None:
    """Whatever was said in any script, however evenings went: an empty home gets it, to the letter."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as journals:
        here = journals.enter_context(open_journal(Path(folder) / "here"))
        there = journals.enter_context(open_journal(Path(folder) / "there"))
        here.name_partners(names)
        for held in evenings:
            held.into(here, names)
        text = export_it(here)

        # A second check-in that began at the very same moment is a night of its own.
        assert import_it(there, text) == Added(nights=len(here.nights()))
        assert export_it(there) == text
        assert export_json(there) == export_json(here)
        assert import_it(there, text) == import_it(here, text) == Added()
