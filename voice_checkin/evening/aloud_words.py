"""The words of looking back aloud, and of asking for a say-so aloud: the shape of aloud.toml."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from voice_checkin.evening.proofreading import Fault, faults_of_texts


@dataclass(frozen=True, slots=True)
class DayWords:
    """[days]: when something was."""

    today: str
    yesterday: str
    tomorrow: str
    weekday: str
    """{weekday}"""
    date: str
    """{ordinal}, {month}"""
    date_of_year: str
    """The same with {year}."""
    weekdays: tuple[str, ...]
    """From Monday on."""
    months: tuple[str, ...]
    ordinals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """[topics.<key>]: one topic; the key is what its questions' keys begin with."""

    called: str
    names: tuple[str, ...]
    asked: tuple[str, ...] = ()
    intro: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AloudLines:
    """[lines]: what is said beside what is told."""

    opening_week: tuple[str, ...]
    opening_chosen: tuple[str, ...]
    nothing_week: tuple[str, ...]
    nothing_chosen: tuple[str, ...]
    there_is_more: tuple[str, ...]
    """Behind an answer that was cut short."""
    no_more: tuple[str, ...]
    once_more: tuple[str, ...]
    """Before a topic of which everything was told."""
    nothing_about: tuple[str, ...]
    nothing_of: tuple[str, ...]
    first_already: tuple[str, ...]
    only_reading: tuple[str, ...]
    """Where somebody wants words changed, parked or struck."""
    help: tuple[str, ...]
    ending: tuple[str, ...]
    """Behind the last piece; asks whether there is more to hear."""
    goodbye: tuple[str, ...]
    stopped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SteeringWords:
    """[steering]: what steers, beside the commands of intents.toml."""

    more: tuple[str, ...]
    about: tuple[str, ...]
    likely: tuple[str, ...]
    who: tuple[str, ...]
    who_asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class What:
    """[say_so.both], [say_so.own]: what is to be forgotten."""

    everything: str
    night: str
    topic: str
    topic_night: str
    backup: str


@dataclass(frozen=True, slots=True)
class SaySoWords:
    """[say_so]: asked of each whose words are to be forgotten or brought back."""

    forget: tuple[str, ...]
    erase: tuple[str, ...]
    restore: tuple[str, ...]
    forget_again: tuple[str, ...]
    restore_again: tuple[str, ...]
    agreed: tuple[str, ...]
    unchanged: tuple[str, ...]
    yes_forget: tuple[str, ...]
    yes_restore: tuple[str, ...]
    both: What
    own: What


@dataclass(frozen=True, slots=True)
class Aloud:
    """aloud.toml, whole."""

    you: str
    days: DayWords
    topics: dict[str, Topic]
    tells: dict[str, tuple[str, ...]]
    lines: AloudLines
    steering: SteeringWords
    say_so: SaySoWords


TOLD = (
    "rhythm", "rhythm_once", "appreciation.share", "appreciation.reply", "laugh.share", "made_up",
    "plan_done", "plan_open", "plan_with_day", "closeness", "closeness_of_one", "half", "other",
)  # fmt: skip
"""What [tells] must have; any other question's key may be there, and is told as `other` where it isn't."""
TOPICS = ("rhythm", "appreciation", "laugh", "apology", "new", "closeness")
"""What [topics] must have."""
_NAMED: dict[str, frozenset[str]] = {
    'tells."rhythm': frozenset({"count"}),
    'tells."made_up': frozenset({"day"}),
    'tells."plan_with_day': frozenset({"words", "day"}),
    'tells."plan_': frozenset({"words"}),
    'tells."closeness_of_one': frozenset({"partner", "rating"}),
    'tells."closeness': frozenset({"partner", "other", "rating", "other_rating"}),
    'tells."half': frozenset({"rating"}),
    "tells.": frozenset({"partner", "other", "words", "day"}),
    "topics.": frozenset({"partner", "other"}),
    "lines.": frozenset({"partner", "other", "topic"}),
    "say_so.both.": frozenset({"day", "topic"}),
    "say_so.own.": frozenset({"day", "topic"}),
    "say_so.": frozenset({"partner", "what"}),
}
"""Beginning of a key -> the placeholders of its texts; the first that fits."""
_LENGTHS = {"weekdays": 7, "months": 12, "ordinals": 31}


def faults_of_aloud(words: Aloud) -> Iterator[Fault]:
    """Everything that is wrong with these words, with its key."""
    for table, needed in (("tells", TOLD), ("topics", TOPICS)):
        for key in needed:
            if key not in getattr(words, table):
                yield f'{table}."{key}"', "is missing"
    for key, count in _LENGTHS.items():
        if len(getattr(words.days, key)) != count:
            yield f"days.{key}", f"needs {count} words"
    for key, texts in spoken_of(words):
        known = next(names for begins, names in _NAMED.items() if key.startswith(begins))
        yield from faults_of_texts([(key, texts)], known)
    who = [("steering.who", words.steering.who), ("steering.who_asked", words.steering.who_asked)]
    yield from faults_of_texts(who, frozenset({"partner"}))
    days = [(f"days.{key}", (getattr(words.days, key),)) for key in ("weekday", "date", "date_of_year")]
    yield from faults_of_texts(days, frozenset({"weekday", "ordinal", "month", "year"}))


def spoken_of(words: Aloud) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every group of spoken wordings, with the key it stands under."""
    for key, told in words.tells.items():
        yield f'tells."{key}"', told
    for key, topic in words.topics.items():
        if topic.intro:
            yield f"topics.{key}.intro", topic.intro
    for line in fields(words.lines):
        yield f"lines.{line.name}", getattr(words.lines, line.name)
    for part in ("forget", "erase", "restore", "forget_again", "restore_again", "agreed", "unchanged"):
        yield f"say_so.{part}", getattr(words.say_so, part)
    for whose in ("both", "own"):
        of_them = getattr(words.say_so, whose)
        yield from ((f"say_so.{whose}.{part.name}", (getattr(of_them, part.name),)) for part in fields(What))
