"""How alike two texts are, letter by letter (rapidfuzz): 0 to 100."""

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process


def likeness(one: str, other: str) -> float:
    """How alike the two are."""
    return fuzz.ratio(one, other)


def alike(text: str, choices: Sequence[str], least: float) -> Iterator[tuple[int, float]]:
    """The places of the choices that are at least so much like the text, and how much they are."""
    for _, score, place in process.extract_iter(text, choices, scorer=fuzz.ratio, score_cutoff=least):
        yield place, score
