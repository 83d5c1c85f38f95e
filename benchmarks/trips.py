"""Round trips from a mouth to the text of an ear, as values: kept, counted, and gathered as a set."""

import json
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz

from voice_checkin.evening.book import POLAR
from voice_checkin.evening.intents import Intents
from voice_checkin.evening.model import Expects, Meaning
from voice_checkin.evening.talk import Read
from voice_checkin.evening.words import forms, words_of

FATES = ("as meant", "left open", "as another", "yes for no", "nothing heard")
"""What becomes of a phrase. Left open: asked again, or at a story taken for one."""
HEADER = (
    "# What the product's ear made of phrases by synthetic voices, each under the meaning of its phrase.",
    "# Behind a text: how often it was heard, and for which phrases.",
    "# Written by `python -m benchmarks.round_trips`: what is changed here by hand is lost the next time.",
)
TOLD = 3
"""So many phrases are named that came back as the same words."""


@dataclass(frozen=True, slots=True)
class Trip:
    """One phrase, who said it and where, and what was heard; "" for nothing."""

    voice: str
    room: str
    hinted: bool
    meaning: Meaning
    said: str
    heard: str = ""

    @property
    def expects(self) -> Expects:
        """What the question waits for."""
        return Expects.YES_NO if self.meaning in POLAR else Expects.STORY


def load(file: Path) -> list[Trip]:
    """The trips that a file holds; none where there is no file."""
    if not file.is_file():
        return []
    kept = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    return [Trip(**trip | {"meaning": Meaning(trip["meaning"])}) for trip in kept]


def save(trip: Trip, file: Path) -> None:
    """Add one trip to a file."""
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(asdict(trip), ensure_ascii=False) + "\n")


def figures(trips: Iterable[Trip], read: Read, intents: Intents) -> Iterator[str]:
    """The lines of a table: how phrases fared by each voice in each room, and how they would if typed."""
    yield f"| voice | room | waits for | hints | phrases | word for word | {' | '.join(FATES)} |"
    yield "|---" * (6 + len(FATES)) + "|"
    rows: dict[tuple[str, str, str, str], set[Trip]] = defaultdict(set)
    for trip in trips:
        hints = "with" if trip.hinted else "without"
        for voice in ("all", trip.voice):
            rows[voice, trip.room, trip.expects, hints].add(trip)
        typed = replace(trip, voice="typed", room="", hinted=False, heard=trip.said)
        rows[typed.voice, typed.room, typed.expects, ""].add(typed)
    for row, some in sorted(rows.items()):
        fates = Counter(_fate(trip, read) for trip in some)
        same = sum(letters(trip.said, intents) == letters(trip.heard, intents) for trip in some)
        yield f"| {' | '.join(map(str, (*row, len(some), same, *(fates[fate] for fate in FATES))))} |"


def misheard(trips: Iterable[Trip], beyond: AbstractSet[str], least: float, intents: Intents) -> str:
    """What was heard in place of the phrases of each meaning, in the form of the sets in tests/heard.

    Left out is what is a phrase, what stands in `beyond`, what was heard as often for two meanings, and
    what is less like its phrase than `least`, 0 to 100.
    """
    listed = (*intents.phrases.values(), *intents.leading.values(), tuple(intents.idioms), beyond)
    known = {letters(text, intents) for texts in listed for text in texts}
    heard: dict[tuple[Expects, str], list[Trip]] = defaultdict(list)
    for trip in trips:
        if _alike(trip, intents) >= least:
            heard[trip.expects, letters(trip.heard, intents)].append(trip)
    tables: dict[Expects, dict[Meaning, list[list[Trip]]]] = defaultdict(lambda: defaultdict(list))
    for (expects, text), some in heard.items():
        (meaning, most), *others = Counter(trip.meaning for trip in some).most_common()
        tie = bool(others) and others[0][1] == most
        if text and text not in known and not tie:
            tables[expects][meaning].append([trip for trip in some if trip.meaning is meaning])
    return "\n".join([*HEADER, *(_table(expects, meanings) for expects, meanings in tables.items())]) + "\n"


def texts_of(file: Path) -> set[str]:
    """All texts of a set, whatever they mean."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {text for meanings in tables.values() for texts in meanings.values() for text in texts}


def letters(text: str, intents: Intents) -> str:
    """A text without its spaces, capitals and contractions: ears write "good night" and "goodnight"."""
    return "".join(forms(words_of(text, intents.contractions, frozenset())))


def _alike(trip: Trip, intents: Intents) -> float:
    """How like each other what was said and what was heard are; parts of a Korean syllable are letters."""
    said, heard = (unicodedata.normalize("NFD", letters(text, intents)) for text in (trip.said, trip.heard))
    return fuzz.ratio(said, heard)


def _fate(trip: Trip, read: Read) -> str:
    if not trip.heard:
        return "nothing heard"
    read_as = read(trip.heard, trip.expects).meaning
    if read_as is trip.meaning:
        return "as meant"
    if read_as in {None, Meaning.SHARE}:
        return "left open"
    return "yes for no" if {read_as, trip.meaning} == {Meaning.YES, Meaning.NO} else "as another"


def _table(expects: Expects, meanings: Mapping[Meaning, list[list[Trip]]]) -> str:
    lines = [f"\n[{expects}]"]
    for meaning, texts in meanings.items():
        lines += [f"{meaning} = [", *map(_line, sorted(texts, key=len, reverse=True)), "]"]
    return "\n".join(lines)


def _line(some: list[Trip]) -> str:
    """One text as it was oftenest written, with how often it was heard, and for what."""
    text, _ = Counter(trip.heard for trip in some).most_common(1)[0]
    said = Counter(trip.said for trip in some).most_common(TOLD)
    return f"    {json.dumps(text, ensure_ascii=False)},  # {len(some)}: {', '.join(one for one, _ in said)}"
