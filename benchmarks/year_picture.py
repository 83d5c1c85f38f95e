"""The year of `year.py` as a table and a picture."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median

from benchmarks.figures import Figure
from benchmarks.living import BEGAN, DAYS, Evening, Year, put, returns
from voice_checkin.evening.model import Meaning, Night

_ABOUT = """# A year of evenings

Written by `python -m benchmarks year`: the product's own content, understanding, conversation and journal
hold a year of evenings with a played couple. Lengths are reckoned from words, pauses and rests, not sound.
"""
WIDTH, LEFT, BASE, TALL, BARS_Y, ROW, LABEL = 1000, 40, 300, 260, 350, 15, 190
"""The picture's measures, in its own units."""
COLOURS = {"usual evening": "#4a6fa5", "weekly look": "#c9803c", "stopped": "#999999"}


def table(held: Year, told: Iterable[Figure]) -> str:
    """The figures, and the months, as Markdown."""
    months: dict[str, list[tuple[Evening, Night]]] = {}
    for evening, night in zip(held.evenings, held.nights, strict=True):
        months.setdefault(f"{night.date:%Y-%m}", []).append((evening, night))
    back = returns(held.evenings)
    return "\n".join(
        [
            _ABOUT,
            "| what | measured | beside | ratio |\n|---|---|---|---|",
            *map(str, told),
            "\n![the length of each evening, and what came how often](year.svg)\n",
            "| month | evenings | median, min | longest, min | apologies | put aside | plans | read back |",
            "|---|---|---|---|---|---|---|---|",
            *(_month(month, some) for month, some in months.items()),
            "\n| question | evenings | same words again after, evenings |\n|---|---|---|",
            *(f"| `{key}` | {count} | {back.get(key, 'never')} |" for key, count in _parts(held).items()),
            "",
        ]
    )


def _month(month: str, held: Sequence[tuple[Evening, Night]]) -> str:
    minutes = [evening.minutes for evening, _ in held]
    answers = [answer for _, night in held for answer in night.answers]
    told = (
        len(held),
        f"{median(minutes):.1f}",
        f"{max(minutes):.1f}",
        sum(a.question == "apology.say" and a.meaning is Meaning.SHARE for a in answers),
        sum(a.meaning is Meaning.PARK for a in answers),
        sum(len(night.plans) for _, night in held),
        len(put((evening for evening, _ in held), "memory.retell")),
    )
    return f"| {month} | {' | '.join(map(str, told))} |"


def _parts(held: Year) -> dict[str, int]:
    """Question -> evenings on which it was put, in the content's order."""
    count = Counter(part for evening in held.evenings for part in evening.parts)
    return {key: count[key] for key in held.script.questions}


def picture(held: Year) -> str:
    """The length of each evening, and below it how often each part and each tip came."""
    tips = Counter(night.tip for night in held.nights)
    shapes = [
        *_lengths(held),
        *_bars("evenings on which it was asked", _parts(held), 0),
        *_bars("evenings that ended with the tip", {key: tips[key] for key in held.script.tips}, WIDTH // 2),
    ]
    height = BARS_Y + ROW * (max(len(held.script.tips), len(held.script.questions)) + 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="sans-serif" font-size="11" fill="#333">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n' + "\n".join(shapes) + "\n</svg>\n"
    )


def _lengths(held: Year) -> Iterator[str]:
    yield _words(LEFT, 20, "minutes of each evening", "bold")
    minute = TALL / max(evening.minutes for evening in held.evenings)
    for minutes in range(0, round(TALL / minute) + 1, 3):
        y = BASE - minutes * minute
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - 20}" stroke="#ddd"/>'
        yield _words(LEFT - 8, y + 4, str(minutes), anchor="end")
    step, months = (WIDTH - LEFT - 20) / DAYS, set[str]()
    for evening, night in zip(held.evenings, held.nights, strict=True):
        tall, x = evening.minutes * minute, LEFT + (night.date - BEGAN.date()).days * step
        kind = "weekly look" if evening.looked else "usual evening" if night.completed else "stopped"
        place = f'x="{x:.1f}" y="{BASE - tall:.1f}" width="{step * 0.8:.1f}" height="{tall:.1f}"'
        yield f'<rect {place} fill="{COLOURS[kind]}"/>'
        if (month := f"{night.date:%b}") not in months:
            months.add(month)
            yield _words(x, BASE + 16, month)
    for number, (kind, colour) in enumerate(COLOURS.items()):
        x = LEFT + 220 + 130 * number
        yield f'<rect x="{x}" y="11" width="10" height="10" fill="{colour}"/>'
        yield _words(x + 15, 20, kind)


def _bars(title: str, counts: Mapping[str, int], x: int) -> Iterator[str]:
    yield _words(x + LEFT, BARS_Y, title, "bold")
    scale = (WIDTH // 2 - LABEL - 60) / max(counts.values())
    for row, (key, count) in enumerate(counts.items(), start=1):
        y = BARS_Y + ROW * row
        yield _words(x + LABEL - 8, y + 10, key, anchor="end")
        yield f'<rect x="{x + LABEL}" y="{y}" width="{count * scale:.1f}" height="{ROW - 4}" fill="#4a6fa5"/>'
        yield _words(x + LABEL + count * scale + 5, y + 10, str(count))


def _words(x: float, y: float, text: str, weight: str = "normal", anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-weight="{weight}" text-anchor="{anchor}">{text}</text>'
