"""A year of evenings that the product holds with a played couple: what comes back, and how long it takes.

Content, understanding, conversation and journal are the product's own; the couple, its voice, its ear and its
clock are played here. What they say is drawn at random, the same in every run. Evenings are as long as their
words take to speak, their pauses to pass and their answers to end: a year of them takes seconds.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, p95
from benchmarks.living import DOCS, LOW, NIGHTLY, SPOKEN, Year, put, returns, year
from benchmarks.year_picture import picture, table
from voice_checkin.content import content_folder, load_book
from voice_checkin.evening.model import Manner, Night
from voice_checkin.evening.script import Depth
from voice_checkin.settings import Settings
from voice_checkin.wiring.place import Place
from voice_checkin.wiring.voices import synthesiser


def hurting(of: Year) -> list[Night]:
    """Nights that ended in a tip that spares such nights, after an apology or a low rating."""
    found = []
    for night in of.nights:
        rated = [a.value for a in night.answers if a.question == "closeness.rating"]
        moods = {
            "apology": any(answer.question == "apology.say" for answer in night.answers),
            "low": any(isinstance(value, int | float) and value <= LOW for value in rated),
        }
        if night.tip and any(moods.get(mood) for mood in of.script.tips[night.tip].spares):
            found.append(night)
    return found


def figures() -> Iterator[Figure]:
    """How long the evenings are, and what comes back; the table and the picture of it are written to docs."""
    with tempfile.TemporaryDirectory() as folder:
        held = year(Path(folder) / "warm")
        others = {depth: year(Path(folder) / depth, 60, depth) for depth in (Depth.LIGHT, Depth.DEEP)}
        rate = _words_a_second(held, Path(folder))
    told = [*_figures(held, others), rate]
    (DOCS / "year.md").write_text(table(held, told), encoding="utf-8")
    (DOCS / "year.svg").write_text(picture(held), encoding="utf-8")
    yield from told


def _figures(held: Year, others: Mapping[Depth, Year]) -> Iterator[Figure]:
    evenings, script = held.evenings, held.script
    minutes = [evening.minutes for evening in evenings]
    looks = [evening for evening in evenings if evening.looked]
    usual = [evening.minutes for evening in evenings if not evening.looked]
    yield Figure(
        f"length of {len(minutes)} evenings in a year, of which {len(looks)} with the weekly look",
        f"median {median(minutes):.1f} min, p95 {p95(minutes):.1f}, longest {max(minutes):.1f}",
        f"usual ones: median {median(usual):.1f} min; weekly ones: "
        f"median {median(evening.minutes for evening in looks):.1f}",
    )
    back = {depth: returns(some.evenings) for depth, some in {**others, Depth.WARM: held}.items()}
    yield Figure(
        "a nightly question in the same words again, at the soonest after",
        ", ".join(f"{depth} {min(back[depth][key] for key in NIGHTLY)}" for depth in Depth) + " evenings",
    )
    tips = Counter(dict.fromkeys(script.tips, 0))
    tips.update(night.tip for night in held.nights if night.tip)
    yield Figure(
        f"tips, of {len(script.tips)}",
        f"each heard {min(tips.values())} to {max(tips.values())} times, "
        f"{len(hurting(held))} on an evening that it was to spare",
    )
    for what, question in (("ideas offered", "new.idea"), ("earlier words read back", "memory.retell")):
        some = put(evenings, question)
        yield Figure(what, f"{len(some)}, of which {len(some) - len({t.number for t in some})} again")
    signs = Counter(sign for evening in looks for sign in evening.parts if sign in script.signs)
    yield Figure(
        f"signs in {len(looks)} weekly looks",
        f"each asked {min(signs.values())} to {max(signs.values())} times",
    )


def _words_a_second(held: Year, scratch: Path) -> Figure:
    """The voice on an evening of the year, beside what the lengths were reckoned with."""
    here = Place(
        scratch, Settings(), content_folder(), held.script, lambda: load_book(content_folder(), held.script)
    )
    lines = held.evenings[0].said
    spoken_s = sum(synthesiser(here).synthesise(line, Manner()).seconds for line in lines)
    words = sum(len(line.split()) for line in lines)
    return Figure(
        f"the voice, on the {len(lines)} lines of an evening",
        f"{words / spoken_s:.2f} words/s",
        f"reckoned with: {SPOKEN}",
        words / spoken_s / SPOKEN,
    )
