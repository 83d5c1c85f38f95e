"""How well people are understood, beside other programs; how long a sentence takes, and how that grows."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, timed
from benchmarks.peers import Reads, peers
from learning.confusion import Confusion, confused, confusion
from learning.sentences import Labelled, labelled
from voice_checkin.content import content_folder, load_book, load_script
from voice_checkin.evening.book import Book, compile_book
from voice_checkin.evening.intents import Intents
from voice_checkin.evening.meanings import read
from voice_checkin.evening.model import Expects, Meaning

ROUNDS = 5
ASIDE = Path(__file__).parent.parent / "tests" / "heard" / "never_seen.toml"
"""Sentences that nothing was learned from."""
POLAR = {Meaning.YES, Meaning.NO, Meaning.UNSURE, None}


def figures() -> Iterator[Figure]:
    """Sentences nobody here had seen, read by us and by peers; then the time it takes."""
    script = load_script(content_folder(), "en")
    book = load_book(content_folder(), script)
    sentences = labelled(ASIDE)
    ours = _times(book, sentences)
    right = confusion(book, sentences)
    examples = {**script.intents.phrases}
    for meaning, some in script.intents.leading.items():
        examples[meaning] = (*examples.get(meaning, ()), *some)
    for name, reads, every in peers(examples):
        part = sentences[::every]
        took: list[float] = []
        theirs = confused(partial(_reading, reads, took), part)
        yield Figure(
            f"{len(part)} sentences that nothing was learned from, beside {name}",
            _told(right if every == 1 else confusion(book, part)),
            _told(theirs),
            median(ours) / median(took),
        )
    yield from _growth(book, script.intents, sentences, ours)


def _reading(reads: Reads, took: list[float], one: Labelled) -> tuple[Meaning | None, None]:
    """A peer's reading; how long it took is noted."""
    told: list[Meaning | None] = []
    took.append(timed(lambda: told.append(reads(one.text, one.expects))))
    return told[0], None


def _growth(book: Book, intents: Intents, sentences: list[Labelled], ours: list[float]) -> Iterator[Figure]:
    many = compile_book(replace(intents, phrases=_tenfold(intents)), book.weights, book.stem)
    grown = _times(many, sentences)
    yield Figure(
        "one sentence, with ten times the phrases",
        f"median {median(grown) * 1e3:.3f} ms, p99 {_p99(grown) * 1e3:.3f} ms",
        f"with the {len(book.command_texts)} phrases there are: "
        f"median {median(ours) * 1e3:.3f} ms, p99 {_p99(ours) * 1e3:.3f} ms",
        median(grown) / median(ours),
    )


def _told(confused: Confusion) -> str:
    """Yes, no, unsure and unclear right; turned round; commands right; stories taken for something else."""
    wrong = [one for one, _ in confused.wrong if one.expects is Expects.YES_NO and one.meaning in POLAR]
    groups = confused.by_group()
    polar = sum(groups[group][1] for group in ("yes", "no", "unsure", "unclear"))
    commands, stories = groups["commands"][0], groups["share"]
    return (
        f"yes/no {1 - len(wrong) / polar:.1%}, turned round {confused.turned_round()}, "
        f"commands {commands:.1%}, stories lost {1 - stories[0]:.1%}"
    )


def _times(book: Book, sentences: list[Labelled]) -> list[float]:
    return [timed(read, one.text, book, one.expects) for _ in range(ROUNDS) for one in sentences]


def _tenfold(intents: Intents) -> dict[Meaning, tuple[str, ...]]:
    return {
        meaning: tuple(f"{text} {nth}".strip() for text in texts for nth in ("", *range(9)))
        for meaning, texts in intents.phrases.items()
    }


def _p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]
