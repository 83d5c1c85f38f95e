"""The geometry of the page's charts: where their lines go."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean
from typing import TypeAlias

Ratings: TypeAlias = Mapping[str, Sequence[tuple[date, float]]]
"""Partner -> the ratings given, with their days, in order."""

LOWEST, HIGHEST = 1, 5
WIDTH, HEIGHT = 1000, 100
"""Of a chart, in the units of its picture; it is stretched to the width there is."""
_PERIODS = {"night": 1, "week": 7, "month": 30.4, "quarter": 91.3}
"""What one point of a line can stand for, and how many days that is."""
_MOST_YEARS = 8
"""So many labels have room below a chart."""


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
    ticks: tuple[tuple[float, date], ...]
    """Places along the bottom, in percent, and their days."""
    span: tuple[date, date] | None = None
    """The first and the last day along the bottom; None where nothing was given."""


def chart(ratings: Ratings, most: int, span: tuple[date, date] | None = None) -> Chart:
    """Each partner's ratings as a line of about `most` points at most: nights, weeks, months or quarters.

    `span` is the first and the last day along the bottom, where several charts are to be compared.
    """
    days = [day for given in ratings.values() for day, _ in given]
    if not days:
        return Chart("night", tuple(Line(name, "", "", ()) for name in ratings), ())
    begin, end = span or (min(days), max(days))
    length = (end - begin).days
    period = next((name for name, each in _PERIODS.items() if length <= most * each), "quarter")
    means = {name: _means(given, period) for name, given in ratings.items()}
    first, last = _begin(begin, period), _begin(end, period)
    lines = (_line(name, means[name], first, last, given) for name, given in ratings.items())
    return Chart(period, tuple(lines), _ticks(first, last), (begin, end))


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


def _ticks(first: date, last: date) -> tuple[tuple[float, date], ...]:
    """The years that begin in between; where fewer than two do, both ends."""
    years = range(first.year + 1, last.year + 1)
    step = -(-len(years) // _MOST_YEARS) or 1
    begins = [date(year, 1, 1) for year in years[::step]]
    if len(begins) < 2:  # noqa: PLR2004 - two make a distance
        begins = [first, last] if last > first else [first]
    return tuple((round(_along(day, first, last) * 100, 1), day) for day in begins)
