"""Learn the weights of a language anew, or say how well they would read sentences they never saw.

python -m learning            learn from learning/en/*.toml, write content/en/weights.json; and from
                              learning/safety/en*.toml what tells words of harm, content/en/safety.json
python -m learning --apart    leave each file out in turn, and read it with what the others teach
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from learning.confusion import Confusion, confusion
from learning.fit import learn
from learning.harm import learned_harm, lexicon_table, told
from learning.sentences import Labelled, labelled
from voice_checkin.content import content_folder, load_script
from voice_checkin.evening.book import Book, compile_book
from voice_checkin.evening.model import Expects, Meaning
from voice_checkin.evening.safety import Tokenize
from voice_checkin.evening.stems import stemmer
from voice_checkin.evening.weighing import Weights
from voice_checkin.evening.words import words_of

FOLDER = Path(__file__).parent
SAFETY = FOLDER / "safety"


def main() -> None:
    """Learn, or measure."""
    arguments = argparse.ArgumentParser(prog="learning", description=__doc__.splitlines()[0])
    arguments.add_argument("--language", default="en")
    arguments.add_argument("--apart", action="store_true", help="measure instead of learning")
    chosen = arguments.parse_args()
    sets = sentences_of(chosen.language)
    book = rules_of(chosen.language)
    if chosen.apart:
        for name, confused in apart(sets, book):
            print(f"{name:24} {confused.line()}")
        return
    weights = learned(sets.values(), book)
    file = content_folder() / chosen.language / "weights.json"
    file.write_text(as_json(weights), encoding="utf-8")
    print(f"{len(weights.weights)} features of {sum(map(len, sets.values()))} sentences -> {file.name}")
    if (SAFETY / f"{chosen.language}.toml").is_file():
        harm = content_folder() / chosen.language / "safety.json"
        table = harm_table(chosen.language)
        harm.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"{len(table['weights'])} features -> {harm.name}")


def sentences_of(language: str) -> dict[str, list[Labelled]]:
    """All sentences of a language that may be learned from, by the name of their file."""
    return {file.stem: labelled(file) for file in sorted((FOLDER / language).glob("*.toml"))}


def rules_of(language: str) -> Book:
    """The rules of a language, without weights."""
    script = load_script(content_folder(), language)
    return compile_book(script.intents, stem=stemmer(script.language.stemmer))


def harm_table(language: str) -> dict[str, Any]:
    """What tells words of harm: from sentences on both sides, and stories of people who are well."""
    book = rules_of(language)
    every = chain.from_iterable(sentences_of(language).values())
    stories = [one.text for one in every if (one.expects, one.meaning) == (Expects.STORY, Meaning.SHARE)]
    sentences = told(SAFETY, language, stories)
    return learned_harm(sentences, lexicon_table(SAFETY, language), every_word(book), book.stem)


def every_word(book: Book) -> Tokenize:
    """A text as words, hesitations too."""
    return lambda text: words_of(text, book.contractions, book.clause_breaks)


def learned(sets: Iterable[list[Labelled]], book: Book) -> Weights:
    """The weights that these sets teach."""
    return learn([one for sentences in sets for one in sentences], book.words, book.stem)


def apart(sets: dict[str, list[Labelled]], book: Book) -> Iterator[tuple[str, Confusion]]:
    """Each set as it is read by weights that were learned from all the others."""
    for name, kept in sets.items():
        others = [sentences for other, sentences in sets.items() if other != name]
        yield name, confusion(replace(book, weights=learned(others, book)), kept)


def as_json(weights: Weights) -> str:
    """weights.json, a feature a line, so that a change shows as one."""
    dump = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    features = ",\n".join(
        f"{dump(feature)}:{dump(pairs)}" for feature, pairs in sorted(weights.weights.items())
    )
    return (
        f'{{"learned_from":{dump(weights.learned_from)},\n'
        f'"meanings":{dump(weights.meanings)},\n"bias":{dump(weights.bias)},\n'
        f'"words":{dump(sorted(weights.words))},\n"weights":{{\n{features}}}}}\n'
    )


if __name__ == "__main__":
    main()
