"""The day that a plan names: "on Saturday", "next weekend", "tomorrow night", "the 12th of December".

Which words name a day is content (intents.toml, [days]); the calendar's arithmetic is dateutil's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, auto

from voice_checkin.evening.intents import Days, Intents
from voice_checkin.evening.phrases import Phrases, Run
from voice_checkin.evening.words import forms, words_of

_YEARS_AHEAD = 5
"""A date that doesn't come within them never comes: "the 30th of February"."""
_BETWEEN = 2
"""So many words may stand between a day's number and its month: "the 5th, this December"."""
_LAST_OF_MONTH, _LAST_MONTH = 31, 12


def day_named(plan: str, intents: Intents, today: date) -> date | None:
    """The day that a plan names; None where it names none, or one that never comes."""
    words = words_of(plan, intents.contractions, frozenset())
    return _Calendar.of(intents.days, intents.numbers).day_in(forms(words), today)


class _Kind(Enum):
    AHEAD = auto()
    WEEKDAY = auto()
    NEXT_WEEK = auto()
    MONTH = auto()
    ORDINAL = auto()
    COUNT = auto()
    UNIT = auto()


@dataclass(frozen=True, slots=True)
class _Part:
    kind: _Kind
    number: int


@dataclass(frozen=True, slots=True)
class _Calendar:
    """The words of [days], made ready."""

    parts: Phrases[_Part]
    ahead_marks: Phrases[None]
    month_marks: Phrases[None]
    day_marks: Phrases[None]
    day_suffixes: frozenset[str]
    month_suffixes: frozenset[str]

    @classmethod
    def of(cls, days: Days, numbers: Mapping[str, float]) -> "_Calendar":
        """Make the words ready; number words count units ("in two weeks")."""
        tables = (
            (_Kind.COUNT, {word: int(number) for word, number in numbers.items() if number == int(number)}),
            (_Kind.UNIT, days.units),
            (_Kind.ORDINAL, days.ordinals),
            (_Kind.MONTH, days.months),
            (_Kind.AHEAD, days.ahead),
            (_Kind.WEEKDAY, days.weekdays),
            (_Kind.NEXT_WEEK, days.next_week),
        )
        parts = {_run(phrase): _Part(kind, n) for kind, table in tables for phrase, n in table.items()}
        return cls(
            Phrases.of(parts),
            ahead_marks=Phrases.set_of(map(_run, days.ahead_marks)),
            month_marks=Phrases.set_of(map(_run, days.month_marks)),
            day_marks=Phrases.set_of(map(_run, days.day_marks)),
            day_suffixes=frozenset(days.day_suffixes),
            month_suffixes=frozenset(days.month_suffixes),
        )

    def day_in(self, forms: Run, today: date) -> date | None:
        """The day that was named, behind `today` unless today itself was; of several the last one."""
        parts = list(self._parts(forms))
        named = self._date(forms, parts, today)
        if named:
            return named
        for index in range(len(parts) - 1, -1, -1):
            part = parts[index][0]
            match part.kind:
                case _Kind.AHEAD:
                    return today + timedelta(days=part.number)
                case _Kind.WEEKDAY:
                    return _weekday(today, part.number)
                case _Kind.NEXT_WEEK:
                    return _weekday(today - timedelta(days=today.weekday()), part.number, weeks=1)
                case _Kind.UNIT if counted := self._counted(forms, parts, index):
                    return today + timedelta(days=counted * part.number)
        return None

    def _parts(self, forms: Run) -> Iterator[tuple[_Part, int, int]]:
        """What names a part of a date, with its place; figures take their suffix along."""
        place = 0
        while place < len(forms):
            part, length = self.parts.found(forms, place) or (None, 1)
            if part:
                yield part, place, place + length
            elif forms[place].isdecimal():
                suffix = forms[place + 1] if place + 1 < len(forms) else ""
                ordinal, month = suffix in self.day_suffixes, suffix in self.month_suffixes
                kind = _Kind.ORDINAL if ordinal else _Kind.MONTH if month else _Kind.COUNT
                length = 2 if ordinal or month else 1
                yield _Part(kind, int(forms[place])), place, place + length
            place += length

    def _date(self, forms: Run, parts: list[tuple[_Part, int, int]], today: date) -> date | None:
        """A day of a month; the first of it where only the month is named, for sure ("in May")."""
        for month, start, end in parts:
            if month.kind is not _Kind.MONTH:
                continue
            for day, begins, ends in parts:
                near = 0 <= start - ends <= _BETWEEN or 0 <= begins - end <= _BETWEEN
                if day.kind in {_Kind.ORDINAL, _Kind.COUNT} and near:
                    return _fitting(today, month.number, day.number)
            if self.month_marks.ending(forms[:start]):
                return _fitting(today, month.number, 1)
        for day, start, end in parts:
            figure = forms[start].isdecimal()
            told = self.day_marks.ending(forms[:start]) and end == len(forms)  # not "on the second try"
            if day.kind is _Kind.ORDINAL and (figure or told):
                return _fitting(today, None, day.number)
        return None

    def _counted(self, forms: Run, parts: list[tuple[_Part, int, int]], index: int) -> int:
        """How many of a unit lie ahead: "in two weeks", "two weeks from now"; 0 where it isn't said."""
        _, start, end = parts[index]
        count = parts[index - 1] if index else None
        if not count or count[0].kind is not _Kind.COUNT or count[2] != start:
            return 0
        marked = self.ahead_marks.ending(forms[: count[1]]) or self.ahead_marks.at(forms, end)
        return count[0].number if marked else 0


def _run(phrase: str) -> Run:
    return tuple(phrase.split())


def _weekday(after: date, weekday: int, *, weeks: int = 0) -> date:
    """The first such day (Monday is 0) behind a day; with `weeks`, of the week so many later."""
    from dateutil.relativedelta import relativedelta, weekdays

    step = relativedelta(weeks=weeks) if weeks else relativedelta(days=1)
    found: date = after + step + relativedelta(weekday=weekdays[weekday](+1))
    return found


def _fitting(today: date, month: int | None, day: int) -> date | None:
    """The first day behind today with this number, in this month if one was named."""
    from dateutil.rrule import DAILY, rrule

    if not (1 <= day <= _LAST_OF_MONTH and (month or 1) <= _LAST_MONTH):
        return None
    start = datetime.combine(today + timedelta(days=1), time())
    end = start + timedelta(days=365 * _YEARS_AHEAD)
    found = rrule(DAILY, dtstart=start, until=end, bymonth=month, bymonthday=day)
    return next((fits.date() for fits in found), None)
