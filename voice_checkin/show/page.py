"""The journal as one page for a browser, complete in itself: it asks no address for anything."""

import json
import unicodedata
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import partial
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voice_checkin.evening.model import Answer, Meaning, Night, Plan
from voice_checkin.evening.review import CLOSENESS, RHYTHM_DAYS, UNTOLD, Review
from voice_checkin.evening.script import WEEKLY
from voice_checkin.show.page_calendar import calendar
from voice_checkin.show.page_charts import Chart, Line, Ratings, chart
from voice_checkin.show.page_words import PageWords

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent / "page"
_STYLES = ("page.css", "print.css")
_SCRIPTS = ("words.js", "list.js", "search.js", "evening.js", "calendar.js", "print.js")
"""Read one after the other, as one script."""
_APPRECIATION, _LAUGH = "appreciation.share", "laugh.share"
_SIGNS = (f"{WEEKLY}low.", f"{WEEKLY}high.")
_POINTS, _SIGN_POINTS = 130, 40
"""So many points can be told apart in the width that a line has."""
_LONGEST_QUOTE = 240
"""So many letters of an answer are read at a glance."""
_SHORT = {Meaning.YES, Meaning.NO, Meaning.UNSURE}
_CONTROLS = dict.fromkeys({*range(32), *range(127, 160)} - {ord("\t"), ord("\n")})
"""No letter of any language: a browser would show boxes, or nothing."""
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""So that no word ends the script element that it stands in."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Something dear that one of the two said lately."""

    who: int
    question: str
    said: str = field(repr=False)
    day: date


def page(names: Sequence[str], review: Review, today: date, words: PageWords) -> str:
    """One HTML document of all that the review holds, to be written as UTF-8.

    It needs no other file and no connection, and its policy allows none. Words and names are text in it
    whatever they hold; control characters are left out. `names` are the two, in their order.
    """
    style = _joined(_STYLES)
    scripts = {"theme": _joined(("theme.js",)), "script": f'"use strict";\n{{\n{_joined(_SCRIPTS)}}}\n'}
    people = _people(names, review.nights)
    signs = _sign_charts(people, review.nights, words)
    text = (
        _templates()
        .get_template("page.html")
        .render(
            w=words,
            words=words.words,
            style=style,
            **scripts,
            style_hash=_hash(style),
            script_hashes=[_hash(script) for script in scripts.values()],
            data=_as_json(_told(people, review, words)),
            names=[_clean(name) for name in people],
            rhythm=(review.rhythm, RHYTHM_DAYS),
            nights=len(review.nights),
            first=min((night.date for night in review.nights), default=today),
            today=today,
            dear=list(_dear(people, review.nights)),
            calendar=calendar(_words_by_day(review.nights)),
            closeness=chart(_ratings(people, review.nights, CLOSENESS), _POINTS),
            signs=signs,
            signs_told=next((drawn for _, drawn in signs if drawn.span), None),
            spoken=partial(_spoken, words),
        )
    )
    # What a typed or imported word holds beyond Unicode's characters can't be written to any file.
    return text.encode(errors="replace").decode()


def _templates() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _joined(files: Iterable[str]) -> str:
    return "\n".join((_FOLDER / file).read_text("utf-8") for file in files)


def _hash(text: str) -> str:
    """The source as a content security policy names it."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _as_json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _clean(words: str) -> str:
    """Letters as one character each where there is one, as the search expects them."""
    return unicodedata.normalize("NFC", words.translate(_CONTROLS))


def _people(names: Sequence[str], nights: Iterable[Night]) -> tuple[str, ...]:
    """The two, and whoever else has an answer in these nights."""
    told = (answer.partner for night in nights for answer in night.answers)
    return tuple(dict.fromkeys((*names, *told)))


def _told(people: Sequence[str], review: Review, words: PageWords) -> dict[str, Any]:
    """What the script shows, in short arrays: ten years of it are to open at once."""
    questions = {answer.question for night in review.nights for answer in night.answers}
    keys = sorted(questions, key=lambda key: (words.topic_rank(key), key))
    tell = partial(_night, {key: place for place, key in enumerate(keys)}, people.index, words)
    due = sorted(review.open_plans, key=lambda plan: plan.due or date.max)
    return {
        "locale": words.locale,
        "words": asdict(words.words),
        "counted": asdict(words.counted),
        "names": [_clean(name) for name in people],
        "questions": [_clean(words.label(key)) for key in keys],
        "topicOf": [key.partition(".")[0] for key in keys],
        "topics": {key.partition(".")[0]: _clean(words.topic(key)) for key in keys},
        "appreciation": keys.index(_APPRECIATION) if _APPRECIATION in questions else -1,
        "nights": [
            tell(night) for night in sorted(review.nights, key=attrgetter("started_at"), reverse=True)
        ],
        "openPlans": [_plan(plan) for plan in due],
        "donePlans": [_plan(plan) for plan in reversed(review.done_plans)],
    }


def _night(
    questions: dict[str, int], place: Callable[[str], int], words: PageWords, night: Night
) -> list[Any]:
    """`[day, whether it was completed, [[partner, question, words], ...]]`."""
    told = [
        [place(answer.partner), questions[answer.question], _in_words(answer, words)]
        for answer in night.answers
        if answer.meaning not in UNTOLD
    ]
    return [night.date.isoformat(), int(night.completed), told]


def _in_words(answer: Answer, words: PageWords) -> str:
    if answer.meaning is Meaning.RATING:
        return words.words.of_five.format(value=answer.value)
    return _clean(getattr(words.words, answer.meaning) if answer.meaning in _SHORT else answer.said)


def _plan(plan: Plan) -> list[str]:
    return [_clean(plan.said), plan.due.isoformat() if plan.due else ""]


def _dear(people: Sequence[str], nights: Sequence[Night]) -> Iterator[Quote]:
    """The latest appreciation and the latest laugh of each."""
    latest: dict[tuple[str, int], Quote] = {}
    for night in sorted(nights, key=attrgetter("started_at")):
        for answer in night.answers:
            if answer.question in {_APPRECIATION, _LAUGH} and answer.meaning is Meaning.SHARE:
                who, said = people.index(answer.partner), _at_a_glance(_clean(answer.said))
                latest[answer.question, who] = Quote(who, answer.question, said, night.date)
    yield from (latest[key] for key in sorted(latest))


def _at_a_glance(said: str) -> str:
    if len(said) <= _LONGEST_QUOTE:
        return said
    begin = said[:_LONGEST_QUOTE]
    return f"{begin.rpartition(' ')[0] or begin}…"


def _words_by_day(nights: Sequence[Night]) -> dict[date, int]:
    words: dict[date, int] = defaultdict(int)
    for night in nights:
        words[night.date] += sum(len(answer.said.split()) for answer in night.answers)
    return words


def _ratings(people: Sequence[str], nights: Sequence[Night], question: str) -> Ratings:
    given: dict[str, list[tuple[date, float]]] = {name: [] for name in people}
    for night in sorted(nights, key=attrgetter("started_at")):
        for answer in night.answers:
            if answer.question == question and answer.rating is not None:
                given[answer.partner].append((night.date, answer.rating))
    return {_clean(name): ratings for name, ratings in given.items()}


def _sign_charts(people: Sequence[str], nights: Sequence[Night], words: PageWords) -> list[tuple[str, Chart]]:
    """A chart for each sign that was asked after, all over the same days."""
    asked = {a.question for night in nights for a in night.answers if a.question.startswith(_SIGNS)}
    known = [f"{WEEKLY}{sign}" for sign in words.signs]
    signs = [*(key for key in known if key in asked), *sorted(asked - set(known))]
    weekly = [night for night in nights if any(a.question in asked for a in night.answers)]
    given = {sign: _ratings(people, weekly, sign) for sign in signs}
    days = [day for ratings in given.values() for its in ratings.values() for day, _ in its]
    span = (min(days), max(days)) if days else None
    return [
        (_clean(words.label(sign)), chart(ratings, _SIGN_POINTS, span)) for sign, ratings in given.items()
    ]


def _spoken(words: PageWords, line: Line) -> str:
    """A line, for those who don't see it."""
    if not line.means:
        return words.words.no_line.format(name=line.name)
    first, last, mean = (f"{value:.1f}" for value in (line.means[0][1], line.last, line.mean))
    return words.words.line.format(name=line.name, first=first, last=last, mean=mean)
