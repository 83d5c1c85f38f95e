"""The journal as one page for a browser, complete in itself: it asks no address for anything."""

import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import Any

from voice_checkin.evening.model import Answer, Meaning, Night, Plan
from voice_checkin.evening.review import CLOSENESS, RHYTHM_DAYS, UNTOLD, Review
from voice_checkin.evening.script import WEEKLY
from voice_checkin.show.page_charts import Chart, Line, Ratings, calendar, chart
from voice_checkin.show.page_words import COUNTED, MONTHS, SIGNS, TOPICS, WORDS, counted, label, spelled

_FOLDER = Path(__file__).parent / "page"
_APPRECIATION = "appreciation.share"
_SIGNS = (f"{WEEKLY}low.", f"{WEEKLY}high.")
_POINTS, _SIGN_POINTS = 130, 40
"""So many points can be told apart in the width that a line has."""
_SHORT = {Meaning.YES, Meaning.NO, Meaning.UNSURE}
_CONTROLS = dict.fromkeys({*range(32), *range(127, 160)} - {ord("\t"), ord("\n")})
"""No letter of any language: a browser would show boxes, or nothing."""
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""So that no word ends the script element that it stands in."""


def page(names: Sequence[str], review: Review, today: date) -> str:
    """One HTML document of all that the review holds, to be written as UTF-8.

    It needs no other file and no connection, and its policy allows none. Words and names are text in it
    whatever they hold; control characters are left out. `names` are the two, in their order.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    files = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = ((_FOLDER / name).read_text("utf-8") for name in ("page.css", "page.js"))
    people = _people(names, review.nights)
    text = files.get_template("page.html").render(
        words=WORDS,
        months=MONTHS,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        data=_as_json(_told(people, review)),
        names=[_clean(name) for name in people],
        rhythm=(review.rhythm, RHYTHM_DAYS),
        nights=len(review.nights),
        first=min((night.date for night in review.nights), default=today),
        today=today,
        years=_years(review.nights),
        calendar=calendar(_words_by_day(review.nights)),
        closeness=chart(_ratings(people, review.nights, CLOSENESS), _POINTS),
        signs=_sign_charts(people, review.nights),
        counted=counted,
        spoken=_spoken,
        day=_long_day,
    )
    # What a typed or imported word holds beyond Unicode's characters can't be written to any file.
    return text.encode(errors="replace").decode()


def _hash(text: str) -> str:
    """The source as a content security policy names it."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _as_json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _clean(words: str) -> str:
    return words.translate(_CONTROLS)


def _people(names: Sequence[str], nights: Iterable[Night]) -> tuple[str, ...]:
    """The two, and whoever else has an answer in these nights."""
    told = (answer.partner for night in nights for answer in night.answers)
    return tuple(dict.fromkeys((*names, *told)))


def _told(people: Sequence[str], review: Review) -> dict[str, Any]:
    """What the script shows, in short arrays: ten years of it are to open at once."""
    questions = {answer.question for night in review.nights for answer in night.answers}
    keys = sorted(questions, key=lambda key: (_topic_rank(key), key))
    tell = partial(_night, {key: place for place, key in enumerate(keys)}, people.index)
    due = sorted(review.open_plans, key=lambda plan: plan.due or date.max)
    return {
        "words": WORDS,
        "counted": COUNTED,
        "names": [_clean(name) for name in people],
        "questions": [_clean(label(key)) for key in keys],
        "topicOf": [key.partition(".")[0] for key in keys],
        "topics": {key.partition(".")[0]: _topic(key) for key in keys},
        "appreciation": keys.index(_APPRECIATION) if _APPRECIATION in questions else -1,
        "nights": [
            tell(night) for night in sorted(review.nights, key=attrgetter("started_at"), reverse=True)
        ],
        "openPlans": [_plan(plan) for plan in due],
        "donePlans": [_plan(plan) for plan in reversed(review.done_plans)],
    }


def _night(questions: dict[str, int], place: Callable[[str], int], night: Night) -> list[Any]:
    """`[day, whether it was completed, [[partner, question, words], ...]]`."""
    told = [
        [place(answer.partner), questions[answer.question], _in_words(answer)]
        for answer in night.answers
        if answer.meaning not in UNTOLD
    ]
    return [night.date.isoformat(), int(night.completed), told]


def _in_words(answer: Answer) -> str:
    if answer.meaning is Meaning.RATING:
        return WORDS["of_five"].format(value=answer.value)
    return _clean(str(answer.meaning) if answer.meaning in _SHORT else answer.said)


def _plan(plan: Plan) -> list[str]:
    return [_clean(plan.said), plan.due.isoformat() if plan.due else ""]


def _topic(question: str) -> str:
    topic = question.partition(".")[0]
    return TOPICS.get(topic, spelled(topic))


def _topic_rank(question: str) -> int:
    topic = question.partition(".")[0]
    return list(TOPICS).index(topic) if topic in TOPICS else len(TOPICS)


def _years(nights: Sequence[Night]) -> list[int]:
    return sorted({night.date.year for night in nights}, reverse=True)


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


def _sign_charts(people: Sequence[str], nights: Sequence[Night]) -> list[tuple[str, Chart]]:
    asked = {a.question for night in nights for a in night.answers if a.question.startswith(_SIGNS)}
    known = [f"{WEEKLY}{sign}" for sign in SIGNS]
    signs = [*(key for key in known if key in asked), *sorted(asked - set(known))]
    weekly = [night for night in nights if any(a.question in asked for a in night.answers)]
    return [(_clean(label(sign)), chart(_ratings(people, weekly, sign), _SIGN_POINTS)) for sign in signs]


def _spoken(line: Line) -> str:
    """A line, for those who don't see it."""
    if not line.means:
        return WORDS["no_line"].format(name=line.name)
    return WORDS["line"].format(name=line.name, first=line.means[0][1], last=line.last, mean=line.mean)


def _long_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
