"""The shape of intents.toml: what people say, as rules. The file itself tells what each table does."""

from dataclasses import dataclass, field

from voice_checkin.evening.model import Meaning


@dataclass(frozen=True, slots=True)
class Days:
    """intents.toml, [days]: the words that name a day in a plan."""

    ahead: dict[str, int] = field(default_factory=dict)
    """Days from today ("tomorrow")."""
    weekdays: dict[str, int] = field(default_factory=dict)
    """Monday is 0; the first such day behind today. A weekend is told by its last day."""
    next_week: dict[str, int] = field(default_factory=dict)
    """The weekday of next week ("next friday")."""
    months: dict[str, int] = field(default_factory=dict)
    ordinals: dict[str, int] = field(default_factory=dict)
    """Days of a month in words; figures need none."""
    units: dict[str, int] = field(default_factory=dict)
    """Days in what is counted ("weeks")."""
    ahead_marks: tuple[str, ...] = ()
    """Said before or behind what is counted ("in", "from now")."""
    month_marks: tuple[str, ...] = ()
    """Said before a month that is meant as such ("in may")."""
    day_marks: tuple[str, ...] = ()
    """Said before a day of a month in words ("on the second")."""
    day_suffixes: tuple[str, ...] = ()
    """What makes figures a day of a month ("th")."""
    month_suffixes: tuple[str, ...] = ()
    """What makes figures a month."""


@dataclass(frozen=True, slots=True)
class Intents:
    """intents.toml: what people say, as rules. The file itself tells what each table does."""

    contractions: dict[str, str]
    """Spelled together -> apart ("don't" -> "do not"); applied word by word."""
    fillers: tuple[str, ...]
    """Said before the answer proper ("well", "I mean"); dropped where a clause begins with them."""
    courtesies: tuple[str, ...]
    """Wrappings of a command ("could you", "please"); dropped at both its ends."""
    negations: tuple[str, ...]
    """Words that turn a clause into a no."""
    clause_breaks: tuple[str, ...]
    """Words at which a new clause begins ("but", "because")."""
    numbers: dict[str, float]
    """Number words for ratings."""
    idioms: dict[str, Meaning]
    """Phrases that mean yes, no or unsure against their words ("why not")."""
    phrases: dict[Meaning, tuple[str, ...]]
    """What counts as a meaning when it is the whole utterance."""
    leading: dict[Meaning, tuple[str, ...]]
    """What counts as yes or no where a clause begins with it, and as unsure wherever it stands."""
    clauses: dict[Meaning, tuple[str, ...]] = field(default_factory=dict)
    """What counts as yes or no where the sentence begins with it and says neither by itself."""
    hesitations: tuple[str, ...] = ()
    """Sounds that carry no meaning wherever they stand ("um")."""
    asides: tuple[str, ...] = ()
    """Phrases that look like a yes or a no and are neither ("no wonder")."""
    unfinished: tuple[str, ...] = ()
    """What leaves a thought open when an answer ends with it ("and", "I think"): the turn stays open."""
    endings: tuple[str, ...] = ()
    """What says that a story is over when it ends with it ("that's all"): the turn closes at once."""
    ratings: dict[str, int] = field(default_factory=dict)
    """What says a rating without its number ("top marks")."""
    instead: tuple[str, ...] = ()
    """What makes the number behind it the one that counts ("no, a two")."""
    alternatives: tuple[str, ...] = ()
    """What leaves open which of two numbers it is ("three or four")."""
    halves: tuple[str, ...] = ()
    """What adds a half to the number before it ("and a half")."""
    scales: tuple[str, ...] = ()
    """What makes the number behind it the end of the scale ("out of")."""
    voids: tuple[str, ...] = ()
    """What takes back a story when it ends with it ("never mind")."""
    misheard: dict[Meaning, tuple[str, ...]] = field(default_factory=dict)
    """What recognisers make of a lone command; the whole utterance, exactly."""
    requests: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """heard, weekly, never -> what asks for it; the whole utterance."""
    corrections: tuple[str, ...] = ()
    """What a correction begins with ("no, I said"); the words behind it are the right ones."""
    days: Days = field(default_factory=Days)
