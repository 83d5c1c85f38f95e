"""Other programs' readings of the same sentences, each given our phrases as its examples."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from rapidfuzz import fuzz, process

from voice_checkin.evening.model import Expects, Meaning

Reads: TypeAlias = Callable[[str, Expects], Meaning | None]
"""A meaning; None where nothing is close enough."""

_LIKE = 80.0
_SURE = 0.5


def peers(examples: Mapping[Meaning, Sequence[str]]) -> Iterator[tuple[str, Reads, int]]:
    """Each peer that is installed (`pip install voice-checkin[peers]`), by its name.

    The number says that it reads each n-th sentence only: padacioso takes seconds for one.
    """
    yield "rapidfuzz WRatio, 80 of 100", _alike(examples, fuzz.WRatio), 1
    yield "rapidfuzz token_set_ratio, 80 of 100", _alike(examples, fuzz.token_set_ratio), 1
    for name, made, every in (("OVOS yes/no solver", _ovos, 1), ("padacioso, fuzzy", _padacioso, 40)):
        try:
            yield name, made(examples), every
        except ImportError:
            continue


def _alike(examples: Mapping[Meaning, Sequence[str]], scorer: Callable[..., float]) -> Reads:
    """The phrase that a sentence is most like; a story where none is."""
    phrases = [(phrase, meaning) for meaning, some in examples.items() for phrase in some]
    texts = [phrase for phrase, _ in phrases]

    def reads(text: str, expects: Expects) -> Meaning | None:
        found = process.extractOne(text.lower(), texts, scorer=scorer, score_cutoff=_LIKE)
        return phrases[found[2]][1] if found else _otherwise(expects)

    return reads


def _ovos(_: Mapping[Meaning, Sequence[str]]) -> Reads:
    """It knows yes and no only, and its own words for them."""
    from ovos_yes_no_solver import YesNoSolver

    solver = YesNoSolver()

    def reads(text: str, expects: Expects) -> Meaning | None:
        answer = solver.match_yes_or_no(text, "en")
        return {True: Meaning.YES, False: Meaning.NO}.get(answer, _otherwise(expects))

    return reads


def _padacioso(examples: Mapping[Meaning, Sequence[str]]) -> Reads:
    from ovos_utils.log import LOG
    from padacioso import IntentContainer

    LOG.set_level("ERROR")
    container = IntentContainer(fuzz=True)
    for meaning, some in examples.items():
        container.add_intent(str(meaning), list(some))

    def reads(text: str, expects: Expects) -> Meaning | None:
        found = container.calc_intent(text)
        sure = found and found.get("name") and found.get("conf", 0.0) >= _SURE
        return Meaning(found["name"]) if sure else _otherwise(expects)

    return reads


def _otherwise(expects: Expects) -> Meaning | None:
    return Meaning.SHARE if expects.is_told else None
