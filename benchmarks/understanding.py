"""How long a sentence takes to be understood, and how that grows with the number of phrases."""

from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from rapidfuzz import fuzz, process

from benchmarks.figures import Figure, timed
from tests.labelled import labelled
from voice_checkin.content import content_folder, load_script
from voice_checkin.evening.book import Book, compile_book
from voice_checkin.evening.meanings import read
from voice_checkin.evening.model import Expects, Meaning
from voice_checkin.evening.script import Intents

ROUNDS = 5


def figures() -> Iterator[Figure]:
    """One sentence, beside rapidfuzz's own WRatio over the same phrases; then with ten times the phrases."""
    intents = load_script(content_folder(), "en").intents
    book = compile_book(intents)
    heard = [(one.expects, one.text) for one in labelled("first.toml")]
    ours = _times(book, heard)
    peer = [timed(_naive, text, book.command_texts) for _, text in heard]
    yield Figure(
        f"understand one of {len(heard)} sentences, {len(book.command_texts)} command phrases",
        f"median {median(ours) * 1e3:.3f} ms, p99 {_p99(ours) * 1e3:.3f} ms",
        f"rapidfuzz WRatio over the same phrases: median {median(peer) * 1e3:.3f} ms",
        median(ours) / median(peer),
    )
    grown = _times(compile_book(replace(intents, phrases=_tenfold(intents))), heard)
    yield Figure(
        "the same with ten times the phrases",
        f"median {median(grown) * 1e3:.3f} ms, p99 {_p99(grown) * 1e3:.3f} ms",
        "with the phrases as they are",
        median(grown) / median(ours),
    )


def _times(book: Book, heard: list[tuple[Expects, str]]) -> list[float]:
    return [timed(read, text, book, expects) for _ in range(ROUNDS) for expects, text in heard]


def _naive(text: str, phrases: tuple[str, ...]) -> object:
    return process.extractOne(text, phrases, scorer=fuzz.WRatio)


def _tenfold(intents: Intents) -> dict[Meaning, tuple[str, ...]]:
    return {
        meaning: tuple(f"{text} {nth}".strip() for text in texts for nth in ("", *range(9)))
        for meaning, texts in intents.phrases.items()
    }


def _p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]
