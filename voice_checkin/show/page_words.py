"""The words that the page says by itself, in one language: what they are, and how they are put together."""

from dataclasses import dataclass
from datetime import date

from voice_checkin.evening.script import WEEKLY


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels, captions, and what is read out loud; in braces stands what is put in."""

    title: str
    between_names: str
    day: str
    skip: str
    contents: str
    dark: str
    made: str
    rhythm: str
    empty: str
    no_script: str
    dear: str
    calendar: str
    calendar_note: str
    calendar_how: str
    calendar_month: str
    cell: str
    no_night: str
    earlier_years: str
    close: str
    closeness: str
    closeness_note: str
    night: str
    week: str
    month: str
    quarter: str
    line: str
    no_line: str
    numbers: str
    when: str
    signs: str
    signs_note: str
    sign: str
    latest: str
    mean: str
    plans: str
    open_plans: str
    done_plans: str
    no_plans: str
    due: str
    appreciations: str
    nights: str
    find: str
    search: str
    partner: str
    topic: str
    year: str
    both: str
    every_topic: str
    every_year: str
    show_all: str
    more: str
    found: str
    found_none: str
    broke_off: str
    unkept: str
    of_five: str
    yes: str
    no: str
    unsure: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The words for one, and for any other number."""

    evenings: tuple[str, str]
    nights: tuple[str, str]
    answers: tuple[str, str]
    appreciations: tuple[str, str]


@dataclass(frozen=True, slots=True)
class PageWords:
    """One language's `page.toml`."""

    locale: str
    """The manner in which a browser writes days and numbers, such as `en-GB`."""
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    words: Labels
    counted: Counted
    topics: dict[str, str]
    """What the keys of questions begin with, in the order in which they can be chosen."""
    questions: dict[str, str]
    signs: dict[str, str]
    """The weekly signs, in the order in which they are drawn."""

    def count(self, key: str, count: int, **values: str) -> str:
        """So many, in the singular or the plural."""
        one, many = getattr(self.counted, key)
        return str(one if count == 1 else many).format(count=f"{count:,}", **values)

    def day(self, day: date) -> str:
        """A day, in full."""
        return self.words.day.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def short_day(self, day: date) -> str:
        """A day below a chart; of the first of January only the year."""
        if (day.month, day.day) == (1, 1):
            return f"{day.year}"
        return self.words.day.format(day=day.day, month=self.short_months[day.month - 1], year=day.year)

    def topic(self, question: str) -> str:
        """The topic that a question's key begins with."""
        topic = question.partition(".")[0]
        return self.topics.get(topic, spelled(topic))

    def topic_rank(self, question: str) -> int:
        """Where the topic of a question stands; the couple's own come last."""
        topic = question.partition(".")[0]
        return list(self.topics).index(topic) if topic in self.topics else len(self.topics)

    def label(self, question: str) -> str:
        """A question or a sign in a word or two."""
        sign = question.removeprefix(WEEKLY)
        return self.questions.get(question) or self.signs.get(sign) or spelled(question)


def spelled(key: str) -> str:
    """A key that has no words here, as it would be read out."""
    return key.rpartition(".")[2].replace("_", " ").capitalize()
