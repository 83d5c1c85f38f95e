"""How fast a couple looks back on 100, 1,000 and 10,000 nights (27 years)."""

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, timed
from benchmarks.living import NAMES, year
from voice_checkin.evening.model import Answer, Night
from voice_checkin.journal.store import open_journal
from voice_checkin.wiring.looking_back import Filters, look_back

LIVED_DAYS = 120
"""What the played couple says on so many days comes round, but for one word that is each night's own."""
FEW, SOME, MANY = 100, 1_000, 10_000
RUNS = 7
LOADS = "import click, rich.console, rich.text, sqlite3"


def figures() -> Iterator[Figure]:
    """Each way to look back, inside and as a whole command; and what is done but once."""
    with tempfile.TemporaryDirectory() as folder:
        lived = year(Path(folder) / "lived", LIVED_DAYS).nights
        homes = {count: Path(folder) / str(count) for count in (FEW, SOME, MANY)}
        for count, home in homes.items():
            nights = _many(lived, count)
            with open_journal(home) as journal:
                took = timed(journal.take_in, NAMES, nights)
        yield Figure(f"take in {MANY:,} nights, every word indexed", f"{took:.2f} s")
        firsts = {count: _whole(home) for count, home in homes.items()}
        yield Figure(
            f"a day's first `review` of {MANY:,} nights, with its check and its backup",
            f"{firsts[MANY] * 1e3:.0f} ms",
            f"of {SOME:,}: {firsts[SOME] * 1e3:.0f} ms",
            firsts[MANY] / firsts[SOME],
        )
        since = nights[-SOME // 10].date
        for options, filters in (
            ((), Filters()),
            (("--search", "the"), Filters(search="the")),
            (("--search", "cat tea"), Filters(search="cat tea")),
            (("--search", _own(MANY - 1)), Filters(search=_own(MANY - 1))),
            (("--partner", NAMES[0]), Filters(partner=NAMES[0])),
            (("--topic", "laugh"), Filters(topic="laugh")),
            (("--since", str(since)), Filters(since=since)),
        ):
            yield from _figures(homes, options, filters)


def _many(lived: Sequence[Night], count: int) -> list[Night]:
    """So many nights up to the last one lived, one a day."""
    return [_again(lived[number % len(lived)], lived[-1], number, count) for number in range(count)]


def _again(night: Night, last: Night, number: int, count: int) -> Night:
    later = last.date - timedelta(days=count - 1 - number) - night.date

    def moved(answer: Answer) -> Answer:
        return replace(answer, at=answer.at + later)

    first, *others = map(moved, night.answers)
    return replace(
        night,
        date=night.date + later,
        started_at=night.started_at + later,
        ended_at=night.ended_at and night.ended_at + later,
        answers=(replace(first, said=f"{first.said} {_own(number)}"), *others),
        plans=tuple(replace(plan, due=plan.due and plan.due + later) for plan in night.plans),
    )


def _own(number: int) -> str:
    """A word that only this night holds."""
    return f"night{number}"


def _figures(homes: dict[int, Path], options: Sequence[str], filters: Filters) -> Iterator[Figure]:
    called = " ".join(("review", *options))
    inside = {count: median(_inside(home, filters) for _ in range(RUNS)) for count, home in homes.items()}
    # Taken in turns, so that whatever else the machine does touches both.
    pairs = [(_whole(homes[MANY], *options), timed(_python, "-c", LOADS)) for _ in range(RUNS)]
    whole, loaded = (median(times) for times in zip(*pairs, strict=True))
    yield Figure(
        f"`{called}`, opening and showing included, of {MANY:,} nights",
        f"{inside[MANY] * 1e3:.0f} ms",
        f"of {SOME:,}: {inside[SOME] * 1e3:.0f} ms, of {FEW}: {inside[FEW] * 1e3:.0f} ms",
        inside[MANY] / inside[SOME],
    )
    yield Figure(
        f"`{called}`, the whole command, of {MANY:,} nights",
        f"{whole * 1e3:.0f} ms",
        f"Python and the libraries it needs, loaded and left: {loaded * 1e3:.0f} ms",
        whole / loaded,
    )


def _inside(home: Path, filters: Filters) -> float:
    os.environ["VOICE_CHECKIN_HOME"] = str(home)
    with redirect_stdout(io.StringIO()):
        return timed(look_back, filters)


def _whole(home: Path, *options: str) -> float:
    os.environ["VOICE_CHECKIN_HOME"] = str(home)
    return timed(_python, "-m", "voice_checkin", "review", *options)


def _python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
