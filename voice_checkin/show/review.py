"""Looking back in the terminal: lines that wrap at 80 columns, and say all in words.

Nothing needs colour, a table or a drawing: a screen reader reads it from top to bottom.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from statistics import fmean
from typing import Final, TypeAlias

from voice_checkin.evening.model import Answer, Meaning, Night, Outcome, Plan
from voice_checkin.evening.review import RHYTHM_DAYS, UNTOLD, WEEKS, Found, Overview, Spans
from voice_checkin.show.console import Styled, Terminal, styled
from voice_checkin.show.page_words import spelled

Labels: TypeAlias = Mapping[str, str]
"""What questions are called in a word or two, by their keys."""

WORDS: Final = {
    "empty": "There is nothing here yet: hold an evening first, with voice-checkin.",
    "nothing": "Nothing was found: fewer words, or another filter, may find it.",
    "nothing_but": "Nothing was found. Without {option} there would be {nights}.",
    "overview": "{nights} since {first}",
    "rhythm": ", {kept} of them in the last {days} days",
    "laughs": "What made you laugh lately",
    "closeness": "How close you felt, from 1 to 5: the mean of each of {weeks} weeks, the latest last",
    "no_week": "none",
    "closer": "closer than before",
    "less_close": "less close than before",
    "as_close": "about as close as before",
    "open_plans": "Plans still open",
    "done_plans": "Plans done lately",
    "due": " (for {day})",
    "more_plans": "and {count} more: --topic new",
    "latest": "The latest nights, the very last one at the end",
    "found": "Found: {counted}.",
    "found_words": "Found: {counted}. The words stand [so].",
    "newest": "These are the newest {shown}. All of them: --nights {nights}",
    "look_further": "Look further: --nights 30, --search WORDS, --partner NAME, --topic laugh",
    "broke_off": " (broke off)",
    "planned": "Planned",
    "done": " (done)",
    "dropped": " (let go)",
}
COUNTED: Final = {
    "night": ("1 night", "{count:,} nights"),
    "answer": ("1 answer", "{count:,} answers"),
    "plan": ("1 plan", "{count:,} plans"),
}

_DEAR_FIRST = ("appreciation", "laugh", "memory", "closeness", "new", "apology", "weekly")
_SHORT = {Meaning.YES, Meaning.NO, Meaning.UNSURE, Meaning.RATING}
"""Told in a word: all that was answered so to one question shares a line."""
_BECAME: dict[Outcome | None, str] = {Outcome.DONE: WORDS["done"], Outcome.DROPPED: WORDS["dropped"]}
_NEW = "new."
_WIDTH, _INDENT = 80, 2
"""No line is longer, on the widest terminal; what belongs to a line stands so much further in."""
_LAUGHS, _PLANS = 3, 5
"""So many are told in the overview."""
_FELT = 0.3
"""Means that lie closer together are no difference that anybody feels."""
_ONE_LINE = {ord(sign): " " for sign in "\t\n\v\f\r\x85\u2028\u2029"}


def show_overview(out: Terminal, seen: Overview, latest: Sequence[Night], labels: Labels) -> None:
    """All nights in short, then the latest ones, the oldest of them first."""
    rhythm = WORDS["rhythm"].format(kept=seen.rhythm, days=RHYTHM_DAYS) if seen.rhythm else ""
    since = WORDS["overview"].format(nights=_counted("night", seen.nights), first=_day(seen.first))
    _line(out, styled(f"{since}{rhythm}."))
    _part(out, WORDS["laughs"], (_laugh(day, answer) for day, answer in seen.laughs[:_LAUGHS]))
    course = (_course(name, weeks) for name, weeks in seen.closeness.items())
    _part(out, WORDS["closeness"].format(weeks=WEEKS), course)
    _part(out, WORDS["open_plans"], _plans(seen.open_plans))
    _part(out, WORDS["done_plans"], _plans(seen.done_plans))
    out.print()
    _line(out, styled(WORDS["latest"], "bold"))
    _nights(out, latest, {}, labels)
    out.print()
    _line(out, styled(WORDS["look_further"], "dim"))


def show_found(out: Terminal, found: Found, labels: Labels, *, searched: bool) -> None:
    """How many nights there are, at least one, and the newest of them, the oldest first."""
    counts = {"night": found.in_all, "answer": found.answers, "plan": found.plans}
    counted = ", ".join(_counted(what, count) for what, count in counts.items() if count)
    _line(out, styled(WORDS["found_words" if searched else "found"].format(counted=counted)))
    _nights(out, found.nights, found.marks, labels)
    if found.in_all > len(found.nights):
        out.print()
        _line(out, styled(WORDS["newest"].format(shown=len(found.nights), nights=found.in_all), "dim"))


def show_nothing(out: Terminal, option: str = "", nights: int = 0) -> None:
    """One line where nothing was found; with an option without which there would be so many nights."""
    words = WORDS["nothing_but"] if option else WORDS["nothing"]
    _line(out, styled(words.format(option=option, nights=_counted("night", nights))))


def show_empty(out: Terminal) -> None:
    """One line before the first evening."""
    _line(out, styled(WORDS["empty"]))


def _part(out: Terminal, title: str, lines: Iterable[Styled]) -> None:
    """A title and its lines, where there are any."""
    for number, line in enumerate(lines):
        if not number:
            out.print()
            _line(out, styled(title, "bold"))
        _line(out, line, _INDENT)


def _nights(out: Terminal, nights: Iterable[Night], marks: Mapping[str, Spans], labels: Labels) -> None:
    for night in nights:
        out.print()
        broke_off = "" if night.completed else WORDS["broke_off"]
        _line(out, styled(f"{night.date:%A}, {_day(night.date)}{broke_off}", "bold"))
        for line in _told(night, marks, labels):
            _line(out, line, _INDENT)


def _line(out: Terminal, text: Styled, indent: int = 0) -> None:
    """One paragraph; what doesn't fit on its first line stands further in."""
    width = max(min(out.width, _WIDTH) - indent - _INDENT, _INDENT)
    for number, line in enumerate(text.wrap(out, width)):
        line.rstrip()
        out.print(" " * (indent + _INDENT * bool(number)), line, sep="", soft_wrap=True)


def _told(night: Night, marks: Mapping[str, Spans], labels: Labels) -> Iterator[Styled]:
    """What was said in a night, a line each, the dear things first; what is told in a word shares one."""
    planned = {plan.said.casefold() for plan in night.plans}
    short: dict[str, list[str]] = {}
    for answer in sorted(night.answers, key=_dearness):
        is_plan = answer.question.startswith(_NEW) and answer.said.casefold() in planned
        if answer.meaning in UNTOLD or is_plan or not answer.said.strip():
            continue
        if answer.meaning in _SHORT and answer.said not in marks:
            short.setdefault(answer.question, []).append(f"{answer.partner} {_in_a_word(answer)}")
        else:
            who = styled(f"{answer.partner}, {_label(answer.question, labels).lower()}: ", "cyan")
            yield _joined(who, _marked(answer.said, marks))
    for plan in night.plans:
        became = _BECAME.get(plan.outcome, _due(plan))
        yield _joined(styled(f"{WORDS['planned']}: ", "cyan"), _marked(plan.said, marks), styled(became))
    if short:
        yield styled(
            " ".join(f"{_label(question, labels)}: {', '.join(told)}." for question, told in short.items())
        )


def _label(question: str, labels: Labels) -> str:
    return labels.get(question) or spelled(question)


def _dearness(answer: Answer) -> int:
    topic = answer.question.partition(".")[0]
    return _DEAR_FIRST.index(topic) if topic in _DEAR_FIRST else len(_DEAR_FIRST)


def _in_a_word(answer: Answer) -> str:
    return str(answer.value if answer.meaning is Meaning.RATING else answer.meaning)


def _marked(said: str, marks: Mapping[str, Spans]) -> Styled:
    """What was said, on one line, with the words that were looked for in brackets."""
    parts, at = [], 0
    for begin, end in marks.get(said, ()):
        parts += [_plain(said[at:begin]), _plain(f"[{said[begin:end]}]", "bold")]
        at = end
    return _joined(*parts, _plain(said[at:]))


def _joined(*parts: Styled) -> Styled:
    """Texts on one line, each in its own style: an addition would give all of it the first one's."""
    return styled("").join(parts)


def _plain(words: str, style: str = "") -> Styled:
    return styled(words.translate(_ONE_LINE), style)


def _plans(plans: Sequence[Plan]) -> Iterator[Styled]:
    for plan in plans[:_PLANS]:
        yield _plain(plan.said) + styled("" if plan.outcome is Outcome.DONE else _due(plan))
    if more := len(plans[_PLANS:]):
        yield styled(WORDS["more_plans"].format(count=more), "dim")


def _due(plan: Plan) -> str:
    return WORDS["due"].format(day=_day(plan.due)) if plan.due else ""


def _laugh(day: date, answer: Answer) -> Styled:
    return _joined(styled(f"{day.day} {day:%B}, {answer.partner}: ", "cyan"), _plain(answer.said))


def _course(name: str, weeks: Sequence[float | None]) -> Styled:
    """The means of weeks, and in words where they are going."""
    told = ", ".join(WORDS["no_week"] if week is None else f"{week:.1f}" for week in weeks)
    given = [week for week in weeks if week is not None]
    before, lately = given[: len(given) // 2], given[len(given) // 2 :]
    going = ""
    if before:
        change = fmean(lately) - fmean(before)
        key = "as_close" if abs(change) < _FELT else "closer" if change > 0 else "less_close"
        going = f"; {WORDS[key]}"
    return _joined(styled(f"{name}: ", "cyan"), styled(f"{told}{going}"))


def _counted(what: str, count: int) -> str:
    one, many = COUNTED[what]
    return one if count == 1 else many.format(count=count)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
