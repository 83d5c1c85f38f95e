"""The geometry of the page's pictures: where a calendar's dots and a chart's lines go."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean, quantiles
from typing import TypeAlias

Ratings: TypeAlias = Mapping[str, Sequence[tuple[date, float]]]
"""Partner -> the ratings given, with their days, in order."""

PITCH = 13
"""From one dot of the calendar to the next, in the units of its picture."""
LOWEST, HIGHEST = 1, 5
WIDTH, HEIGHT = 1000, 100
"""Of a chart, in the units of its picture; it is stretched to the width there is."""
_PERIODS = {"night": 1, "week": 7, "month": 30.4, "quarter": 91.3}
"""What one point of a line can stand for, and how many days that is."""
_MOST_YEARS = 8
"""So many labels have room below a chart."""


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year of dots: a column a week, a row a weekday, Monday on top."""

    year: int
    nights: int
    nights_by_month: tuple[int, ...]
    months_x: tuple[int, ...]
    """Where each month begins."""
    days: str
    """The path of every day of the year; the line's round ends are the dots."""
    levels: tuple[str, ...]
    """The paths of the nights, from few words to many: a quarter of all nights each."""


@dataclass(frozen=True, slots=True)
class Line:
    """One partner's ratings."""

    name: str
    path: str
    dots: str
    means: tuple[tuple[date, float], ...] = field(repr=False)
    """First day of each period, and the mean of its ratings; empty where none was given."""
    mean: float = 0.0
    """Of all ratings, each with the same weight."""
    last: float = 0.0


@dataclass(frozen=True, slots=True)
class Chart:
    """Ratings over time."""

    period: str
    """What one point stands for: `night`, `week`, `month` or `quarter`."""
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    """Places along the bottom, in percent, and their labels."""


def calendar(words_by_day: Mapping[date, int]) -> tuple[CalendarYear, ...]:
    """The years from the first night to the last, the newest first; each night with its number of words."""
    if not words_by_day:
        return ()
    counts = list(words_by_day.values())
    quarters = quantiles(counts, n=4, method="inclusive") if len(counts) > 1 else counts
    by_year: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for day in sorted(words_by_day):
        by_year[day.year].append((day, sum(words_by_day[day] > quarter for quarter in quarters)))
    years = range(max(by_year), min(by_year) - 1, -1)
    return tuple(_calendar_year(year, by_year[year]) for year in years)


def _calendar_year(year: int, nights: Sequence[tuple[date, int]]) -> CalendarYear:
    first = date(year, 1, 1)
    every = [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]
    return CalendarYear(
        year=year,
        nights=len(nights),
        nights_by_month=tuple(sum(day.month == month for day, _ in nights) for month in range(1, 13)),
        months_x=tuple(_place(date(year, month, 1))[0] for month in range(1, 13)),
        days=_dots(every),
        levels=tuple(_dots([day for day, its in nights if its == level]) for level in range(4)),
    )


def _place(day: date) -> tuple[int, int]:
    first = date(day.year, 1, 1)
    week, weekday = divmod((day - first).days + first.weekday(), 7)
    return week * PITCH, weekday * PITCH


def _dots(days: Sequence[date]) -> str:
    return "".join("M{} {}h0".format(*_place(day)) for day in days)


def chart(ratings: Ratings, most: int) -> Chart:
    """Each partner's ratings as a line of about `most` points at most: nights, weeks, months or quarters."""
    days = [day for given in ratings.values() for day, _ in given]
    if not days:
        return Chart("night", tuple(Line(name, "", "", ()) for name in ratings), ())
    span = (max(days) - min(days)).days
    period = next((name for name, length in _PERIODS.items() if span <= most * length), "quarter")
    means = {name: _means(given, period) for name, given in ratings.items()}
    points = [day for line in means.values() for day, _ in line]
    first, last = min(points), max(points)
    lines = (_line(name, means[name], first, last, given) for name, given in ratings.items())
    return Chart(period, tuple(lines), _ticks(first, last))


def _means(given: Sequence[tuple[date, float]], period: str) -> tuple[tuple[date, float], ...]:
    values: dict[date, list[float]] = defaultdict(list)
    for day, value in given:
        values[_begin(day, period)].append(value)
    return tuple((day, fmean(values[day])) for day in sorted(values))


def _begin(day: date, period: str) -> date:
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period == "quarter":
        return date(day.year, day.month - (day.month - 1) % 3, 1)
    return day.replace(day=1) if period == "month" else day


def _line(
    name: str,
    means: Sequence[tuple[date, float]],
    first: date,
    last: date,
    given: Sequence[tuple[date, float]],
) -> Line:
    if not means:
        return Line(name, "", "", ())
    places = [f"{_along(day, first, last) * WIDTH:.0f} {_down(value) * HEIGHT:.1f}" for day, value in means]
    return Line(
        name=name,
        path="M" + "L".join(places),
        dots="".join(f"M{place}h0" for place in places),
        means=tuple(means),
        mean=fmean(value for _, value in given),
        last=means[-1][1],
    )


def _along(day: date, first: date, last: date) -> float:
    return (day - first) / (last - first) if last > first else 0.5


def _down(value: float) -> float:
    """0 at the top; what an import brought from outside the scale stays at its edge."""
    return (HIGHEST - min(max(value, LOWEST), HIGHEST)) / (HIGHEST - LOWEST)


def _ticks(first: date, last: date) -> tuple[tuple[float, str], ...]:
    """The years that begin in between; where fewer than two do, both ends."""
    years = range(first.year + 1, last.year + 1)
    step = -(-len(years) // _MOST_YEARS) or 1
    begins = [date(year, 1, 1) for year in years[::step]]
    if len(begins) > 1:
        return tuple((round(_along(day, first, last) * 100, 1), f"{day:%Y}") for day in begins)
    ends = [first, last] if last > first else [first]
    return tuple((round(_along(day, first, last) * 100, 1), f"{day.day} {day:%b %Y}") for day in ends)
