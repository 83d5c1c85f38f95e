"""One measured figure, and what it is compared with."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure; a time has another beside it, from the same run on the same machine."""

    what: str
    measured: str
    beside: str = ""
    ratio: float | None = None

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return f"| {self.what} | {self.measured} | {self.beside} | {ratio} |"


def timed(do: Callable[..., object], *arguments: object) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    do(*arguments)
    return time.perf_counter() - began


def p95(values: Sequence[float]) -> float:
    """The value that 19 of 20 don't exceed."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def spread(values: Sequence[float], unit: str = "s", factor: float = 1.0) -> str:
    """Median and p95 of some values, in words."""
    return f"{median(values) * factor:.2f} {unit} (p95 {p95(values) * factor:.2f})"
