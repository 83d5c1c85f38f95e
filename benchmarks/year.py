"""A year of evenings that the product holds with a played couple: what comes back, and how long it takes.

Content, understanding, conversation and journal are the product's own; the couple, its voice, its ear and its
clock are played here. What they say is drawn at random, the same in every run. Evenings are as long as their
words take to speak, their pauses to pass and their answers to end: a year of them takes seconds.
"""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import median
from typing import TypeAlias

import numpy as np

from benchmarks.figures import Figure, p95
from learning.sentences import labelled
from voice_checkin.content import content_folder, load_book, load_script
from voice_checkin.evening.agenda import Tonight
from voice_checkin.evening.model import Expects, Listen, Manner, Match, Meaning, Night, Turn, Utterance
from voice_checkin.evening.ports import Spoken
from voice_checkin.evening.script import WEEKLY, Depth, Script
from voice_checkin.evening.session import Session
from voice_checkin.evening.settling import History, Wishes, settle
from voice_checkin.journal.store import Journal, open_journal
from voice_checkin.settings import Settings
from voice_checkin.show.trace import NoTrace
from voice_checkin.wiring.evenings import REMEMBERED, synthesiser
from voice_checkin.wiring.place import Place
from voice_checkin.wiring.understanding import alarm_of, mender, reader

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
DAYS = 365
SEED = 11
NAMES = ("Robin", "Jamie")
BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
HELD = 0.87
"""How likely an evening is held at all..."""
AWAY = range(200, 212)
"""...but on these days, when the two are away."""
LOW_MONTH = range(90, 125)
"""Days on which ratings are low."""
SPOKEN, ANSWERED = 2.6, 2.3
"""Words a second of the product, and of the two."""
PAUSE_S = 0.35
LOW = 2
NIGHTLY = (
    "appreciation.share",
    "appreciation.reply",
    "apology.owed",
    "laugh.share",
    "new.plan",
    "closeness.rating",
)
"""The questions of every usual evening."""

Says: TypeAlias = Mapping[str, Mapping[str, float]]
"""Question -> what is said to it, and how often."""
_STORY = "a story"
"""Stands for one to four sentences of those that stories are learned from."""
_RATING = "a rating"
SAYS: Says = {
    "tip.outcome": {"yes, a little": 6, "no, not today": 3, "I don't know": 1},
    "new.outcome": {"yes, we did": 5, "no, not yet": 4, "I don't know": 1},
    "new.later": {"yes, keep it": 7, "no, let it go": 3},
    "appreciation.share": {_STORY: 95, "nothing today": 3, "skip": 2},
    "appreciation.reply": {_STORY: 6, "Thank you, that's good to hear.": 3, "My pleasure.": 1},
    "memory.retell": {_STORY: 7, "not that one again": 2, "skip": 1},
    "apology.owed": {"no": 8, "no, not today": 7, "yes": 0.8, "yes, I shouted at you this morning": 0.2},
    "apology.say": {
        "I'm sorry that I was so loud about the car keys.": 2,
        "I'm sorry I came home late and never rang you.": 2,
        "I apologise for making fun of you in front of the neighbours.": 2,
        "Let's leave that for the weekend.": 2,
        "Park that, please.": 1,
    },
    "apology.repair": {"Next time I'll take a walk before I answer.": 3, "I'll ring you when I'm late.": 3},
    "apology.answer": {"Thank you, I needed to hear that.": 4, "It's all right.": 3, "I forgive you.": 3},
    "laugh.share": {_STORY: 14, "nothing funny today": 4, "I don't know": 2},
    "laugh.light": {_STORY: 8, "nothing comes to mind": 2},
    "new.plan": {
        "let's try the new noodle place": 3,
        "we could learn a card game": 3,
        "let's go swimming on Saturday": 3,
        "a walk along the canal tomorrow": 2,
        "the museum in two weeks": 1,
        "nothing comes to mind": 5,
        "I don't know": 2,
    },
    "new.idea": {"yes, let's": 4, "no": 5, "I don't know": 1},
    "new.agree": {"yes": 8, "I'd like that": 1, "no, rather not": 1},
    "new.day": {"on Saturday": 4, "tomorrow": 2, "next weekend": 2, "nothing comes to mind": 2},
    f"{WEEKLY}ready": {"yes": 9, "no, not tonight": 1},
    f"{WEEKLY}parked": {_STORY: 8, "let's park that again": 2},
    f"{WEEKLY}right": {"yes, exactly": 8, "no, not quite": 2},
    f"{WEEKLY}talk": {_STORY: 9, "we're done": 1},
}
"""To any other question a story is told, or a rating given."""
_ANYWHERE = {"": 0.006, "repeat please": 0.004, "stop": 0.0006, "I'm too tired": 0.0006}
"""What is said to any question now and then; the first is silence."""

_ABOUT = """# A year of evenings

Written by `python -m benchmarks year`: the product's own content, understanding, conversation and journal
hold a year of evenings with a played couple. Lengths are reckoned from words, pauses and rests, not sound.
"""
WIDTH, LEFT, BASE, TALL, BARS_Y, ROW, LABEL = 1000, 40, 300, 260, 350, 15, 190
"""The picture's measures, in its own units."""
COLOURS = {"usual evening": "#4a6fa5", "weekly look": "#c9803c", "stopped": "#999999"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that was put, in the wording of the content."""

    turn: Turn
    wording: str


@dataclass
class Evening:
    """One evening: the two at it, its voice, its ear and its clock, and what came of it."""

    tonight: Tonight
    chance: np.random.Generator
    began: datetime
    is_low: bool
    """Whether the two are in a low month."""
    says: Says = field(repr=False)
    passed_s: float = 0.0
    said: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)
    """Question and words of everything that was answered."""
    just_spoke: bool = False
    name: str = "played"

    @property
    def minutes(self) -> float:
        """How long the evening took."""
        return self.passed_s / 60

    @property
    def parts(self) -> set[str]:
        """Every question that was put in it."""
        return {asked.turn.question for asked in self.asked}

    @property
    def looked(self) -> bool:
        """Whether there was a weekly look in it."""
        return not self.parts.isdisjoint(self.tonight.script.signs)

    def now(self) -> datetime:
        """The clock's time."""
        return self.began + timedelta(seconds=self.passed_s)

    def monotonic_s(self) -> float:
        """Seconds since the evening began."""
        return self.passed_s

    def prepare(self, lines: Sequence[str]) -> None:
        """Nothing needs to be made ready."""

    def adjust(self, manner: Manner) -> None:
        """The voice stays as it is."""

    def close(self) -> None:
        """There is nothing to let go of."""

    def say(self, line: str) -> Spoken:
        """A line is spoken; behind another one after a pause."""
        self.said.append(line)
        return self._pass((PAUSE_S if self.just_spoke else 0.0) + len(line.split()) / SPOKEN, spoken=True)

    def rest(self, seconds: float) -> Spoken:
        """It is quiet for so long."""
        return self._pass(seconds)

    def listen(self, listen: Listen) -> Utterance | None:
        """What is answered, if anything is; the silence behind it has passed, too."""
        self._note_what_was_asked(listen.turn)
        said = self._answer(listen)
        self.answers.append((listen.turn.question, said))
        if not said:
            self._pass(listen.first_word_s)
            return None
        spoken = self._pass(len(said.split()) / ANSWERED)
        self._pass(listen.patience_s)
        return Utterance(said, spoken.started_s, spoken.ended_s)

    def _pass(self, seconds: float, *, spoken: bool = False) -> Spoken:
        started_s, self.passed_s, self.just_spoke = self.passed_s, self.passed_s + seconds, spoken
        return Spoken(started_s, self.passed_s)

    def _note_what_was_asked(self, turn: Turn) -> None:
        plan = turn.about.said.rstrip(" .,!?") if turn.about else ""
        wording = self.said[-1].replace(plan, "{plan}") if plan else self.said[-1]
        wording = wording.replace(turn.partner, "{partner}").replace(
            self.tonight.other(turn.partner), "{other}"
        )
        tips = self.tonight.script.tips.values()
        asked_after = (
            {text for tip in tips for text in tip.follow_up} if turn.question == "tip.outcome" else ()
        )
        if wording in self.tonight.script.questions[turn.question].prompts.all or wording in asked_after:
            self.asked.append(Asked(turn, wording))

    def _answer(self, listen: Listen) -> str:
        question, chance = listen.turn.question, self.chance
        if listen.expects is not self.tonight.script.questions[question].expects:
            return "yes"  # did you mean that?
        anywhere = {**_ANYWHERE, _STORY: 1 - sum(_ANYWHERE.values())}
        if (said := _one_of(chance, anywhere)) is not _STORY:
            return said
        kind = _RATING if listen.expects is Expects.RATING else _STORY
        said = _one_of(chance, self.says.get(question, {kind: 1}))
        if said is _RATING:
            return str(chance.choice(["one", "two"] if self.is_low else ["three", "four", "four", "five"]))
        return " ".join(chance.choice(_stories(), chance.integers(1, 5))) if said is _STORY else said


class Unseen:
    """A screen that nobody looks at."""

    def said(self, line: str) -> None:
        """A line is shown."""

    def listening(self, turn: Turn) -> None:
        """It is this partner's turn."""

    def heard(self, turn: Turn, text: str, match: Match) -> None:
        """An answer is shown."""

    def note(self, words: str) -> None:
        """Something is shown that isn't said."""


def _one_of(chance: np.random.Generator, says: Mapping[str, float]) -> str:
    weights = np.array(list(says.values()))
    return list(says)[int(chance.choice(len(says), p=weights / weights.sum()))]


@cache
def _stories() -> tuple[str, ...]:
    told = labelled(ROOT / "learning" / "en" / "stories.toml")
    return tuple(one.text for one in told if (one.expects, one.meaning) == (Expects.STORY, Meaning.SHARE))


# The year.


@dataclass(frozen=True, slots=True)
class Year:
    """What the two went through, and what the journal has of it."""

    script: Script
    evenings: list[Evening]
    nights: tuple[Night, ...]
    """One for each evening, in the same order."""


def year(home: Path, days: int = DAYS, depth: Depth = Depth.WARM, says: Says = SAYS) -> Year:
    """So many days with the two, most of them with an evening, in a journal in this folder."""
    content = content_folder()
    script = load_script(content, "en")
    here = Place(home, Settings(depth=depth), content, script, cache(lambda: load_book(content, script)))
    chance = np.random.default_rng(SEED)
    with open_journal(home) as journal:
        journal.name_partners(NAMES)
        held = (day for day in range(days) if chance.random() < HELD and day not in AWAY)
        evenings = [_hold(here, journal, chance, day, says) for day in held]
        return Year(script, evenings, journal.nights())


def _hold(here: Place, journal: Journal, chance: np.random.Generator, day: int, says: Says) -> Evening:
    at = BEGAN + timedelta(days=day, hours=20, minutes=int(chance.integers(30, 150)))
    tonight, mend = _settled(here, journal, at), mender(here, journal.words())
    evening, read, alarm = Evening(tonight, chance, at, day in LOW_MONTH, says), reader(here), alarm_of(here)
    Session(
        tonight, read, evening, evening, journal, Unseen(), NoTrace(), evening, alarming=alarm, mend=mend
    ).hold(Manner())
    return evening


def _settled(here: Place, journal: Journal, at: datetime) -> Tonight:
    """What is settled before the first word, from what the journal holds."""
    night = journal.open_night(at, NAMES)
    one, two = journal.partners()
    before = journal.nights(since=night.date - REMEMBERED, until=night.date)
    history = History(
        (one, two),
        nights=[other for other in before if other.id != night.id],
        due=journal.due_plans(night.date),
        tips=journal.tips_heard(),
        ideas=journal.ideas_offered(night),
    )
    wishes = Wishes(depth=Depth(here.settings.depth), weekly=here.settings.weekly)
    return settle(here.script, night, history, wishes, alarm_of(here))


# What came of it.


def returns(evenings: Iterable[Evening]) -> dict[str, int]:
    """Question -> how many evenings later one of its wordings was back, at the soonest."""
    last: dict[tuple[str, str], int] = {}
    soonest: dict[str, int] = {}
    for number, evening in enumerate(evenings):
        for question, wording in {(asked.turn.question, asked.wording) for asked in evening.asked}:
            if (before := last.get((question, wording))) is not None:
                soonest[question] = min(number - before, soonest.get(question, number))
            last[question, wording] = number
    return soonest


def put(evenings: Iterable[Evening], question: str) -> list[Turn]:
    """Every turn in which this question was put, once an evening."""
    return [
        turn
        for evening in evenings
        for turn in dict.fromkeys(asked.turn for asked in evening.asked)
        if turn.question == question
    ]


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
    (DOCS / "year.md").write_text(_table(held, told), encoding="utf-8")
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


# The table and the picture.


def _table(held: Year, told: Iterable[Figure]) -> str:
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
    for place, (kind, colour) in enumerate(COLOURS.items()):
        x = LEFT + 220 + 130 * place
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
