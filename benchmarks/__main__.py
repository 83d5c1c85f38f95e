"""Run all benches, or those named: python -m benchmarks understanding room."""

import sys
from collections.abc import Callable, Iterable

from benchmarks import decoding, journal, looking_back, room, start, turns, understanding, year
from benchmarks.figures import Figure

BENCHES: dict[str, Callable[[], Iterable[Figure]]] = {
    "understanding": understanding.figures,
    "journal": journal.figures,
    "looking_back": looking_back.figures,
    "start": start.figures,
    "decoding": decoding.figures,
    "room": room.figures,
    "turns": turns.figures,
    "year": year.figures,
}


def main(names: list[str]) -> None:
    """Print a line of a Markdown table for each figure, as soon as it is measured."""
    if unknown := set(names) - BENCHES.keys():
        sys.exit(f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    print("| what | measured | beside, in the same run | ratio |\n|---|---|---|---|")
    for name in names or BENCHES:
        for figure in BENCHES[name]():
            print(figure, flush=True)


main(sys.argv[1:])
