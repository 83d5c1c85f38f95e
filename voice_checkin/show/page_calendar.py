"""The nights as a calendar: a table a month, a row a week, a dot a day."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from statistics import quantiles


@dataclass(frozen=True, slots=True)
class Week:
    """One row of a month, from Monday to Sunday."""

    before: int
    """So many of its days belong to the month before."""
    levels: tuple[int, ...]
    """Of each day: 0 where there was no night, else 1 for few words to 4 for many."""


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """One month of dots."""

    first: date
    nights: int
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year in which there were nights."""

    year: int
    nights: int
    months: tuple[CalendarMonth, ...]


def calendar(words_by_day: Mapping[date, int]) -> tuple[CalendarYear, ...]:
    """The months from the first night to the last, the newest year first; a year without a night is left out.

    `words_by_day` holds the number of words of each night. A quarter of all nights each has the levels 1 to
    4. No day after the last night has a dot: what is to come is no missed night.
    """
    if not words_by_day:
        return ()
    counts = list(words_by_day.values())
    quarters = quantiles(counts, n=4, method="inclusive") if len(counts) > 1 else counts
    levels = {day: 1 + bisect_left(quarters, words) for day, words in words_by_day.items()}
    first, last = min(levels).replace(day=1), max(levels)
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    months = [_month(list(days), levels) for _, days in groupby(every, lambda day: day.replace(day=1))]
    years = [_year(list(its)) for _, its in groupby(months, lambda month: month.first.year)]
    return tuple(year for year in reversed(years) if year.nights)


def _year(months: Sequence[CalendarMonth]) -> CalendarYear:
    return CalendarYear(months[0].first.year, sum(month.nights for month in months), tuple(months))


def _month(days: Sequence[date], levels: Mapping[date, int]) -> CalendarMonth:
    weeks = tuple(
        Week(week[0].weekday(), tuple(levels.get(day, 0) for day in week))
        for week in (list(its) for _, its in groupby(days, lambda day: day.isocalendar().week))
    )
    return CalendarMonth(days[0], sum(day in levels for day in days), weeks)
