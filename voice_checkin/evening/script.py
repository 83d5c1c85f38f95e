"""The words of an evening, as content files hold them: their shape, and what is promised of it.

`voice_checkin.content` reads the files; here is what they may say. Every text is non-empty
and uses only the placeholders named for it.
"""

import string
from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from voice_checkin.evening.model import Expects, Meaning


@dataclass(frozen=True, slots=True)
class Language:
    """language.toml: the language itself and who speaks it."""

    name: str
    code: str
    """ISO 639-1, as in the folder's name."""
    voices: tuple[str, ...]
    """Voices of the speech engine, the preferred one first; else any voice of the language."""
    partners: tuple[str, str]
    """What the two are called until they have told their names."""
    stemmer: str = ""
    """The language's name in Snowball, which takes endings off words; none: words stay whole."""


@dataclass(frozen=True, slots=True)
class Question:
    """evening.toml, [questions."<key>"]: one question in several wordings."""

    expects: Expects
    patience_s: float
    """Silence in seconds that ends the answer."""
    prompts: tuple[str, ...]
    """At least three wordings; one is said per night."""
    reprompts: tuple[str, str]
    """Said when nothing was heard or understood: shorter, then with an example."""
    help: str
    """What this question is for and what one can say to it."""
    acknowledgements: tuple[str, ...]
    """Said after an answer."""
    carries: tuple[str, ...] = ()
    """Keys of the content map that the question carries."""


@dataclass(frozen=True, slots=True)
class Lines:
    """evening.toml, [lines]: everything else that is said, each in one wording or more."""

    greeting: tuple[str, ...]
    welcome_back: tuple[str, ...]
    unheard: tuple[str, ...]
    """Before a reprompt, after silence."""
    unclear: tuple[str, ...]
    """Before a reprompt, after words that were not understood."""
    moved_on: tuple[str, ...]
    """After two reprompts: goes on kindly."""
    skipped: tuple[str, ...]
    nothing: tuple[str, ...]
    """After 'nothing comes to mind'."""
    unsure: tuple[str, ...]
    """After 'I don't know'."""
    back: tuple[str, ...]
    correct: tuple[str, ...]
    nothing_before: tuple[str, ...]
    """'Back' at the first question."""
    paused: tuple[str, ...]
    resumed: tuple[str, ...]
    slower: tuple[str, ...]
    faster: tuple[str, ...]
    louder: tuple[str, ...]
    softer: tuple[str, ...]
    commands: tuple[str, ...]
    """What one can say at any time; the end of every help."""
    microphone_gone: tuple[str, ...]
    """The microphone was unplugged."""
    microphone_back: tuple[str, ...]
    really_stop: tuple[str, ...]
    """Asked before the evening is stopped, where that wasn't said in so many words."""
    really_strike: tuple[str, ...]
    """Asked before an answer that is kept already is removed."""
    struck: tuple[str, ...]
    """Receipt for 'off the record'."""
    parked: tuple[str, ...]
    tired: tuple[str, ...]
    plan_done: tuple[str, ...]
    plan_open: tuple[str, ...]
    before_tip: tuple[str, ...]
    closing: tuple[str, ...]
    stopped: tuple[str, ...]
    """Good night, when the evening was stopped on the way."""
    carries: tuple[str, ...] = ()
    """Keys of the content map that these lines carry."""


@dataclass(frozen=True, slots=True)
class Tip:
    """tips.toml, [tips."<key>"]: one tip of the day, in spoken wordings."""

    theme: str
    say: tuple[str, ...]
    carries: tuple[str, ...]
    """Keys of the content map that the tip carries."""


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
    days: Days = field(default_factory=Days)


@dataclass(frozen=True, slots=True)
class Script:
    """All words of one language."""

    language: Language
    questions: dict[str, Question]
    lines: Lines
    tips: dict[str, Tip]
    intents: Intents


QUESTIONS = (
    "new.outcome",
    "appreciation.share",
    "appreciation.reply",
    "apology.owed",
    "apology.say",
    "apology.answer",
    "laugh.share",
    "new.plan",
    "closeness.rating",
)
"""The evening's questions, in the order they are asked. Other programs rely on these keys."""

PLACEHOLDERS = frozenset({"partner", "other", "plan", "rating"})
"""What a spoken text may name: who is asked, the other one, the plan asked after, the rating given."""


def placeholders(text: str) -> frozenset[str]:
    """The names between braces in a text. Raises ValueError where a brace is left open."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def wordings(script: Script) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every group of spoken wordings, with the key it stands under."""
    for key, question in script.questions.items():
        yield f'questions."{key}".prompts', question.prompts
        yield f'questions."{key}".reprompts', question.reprompts
        yield f'questions."{key}".help', (question.help,)
        yield f'questions."{key}".acknowledgements', question.acknowledgements
    for line in fields(script.lines):
        if line.name != "carries":
            yield f"lines.{line.name}", getattr(script.lines, line.name)
    for key, tip in script.tips.items():
        yield f'tips."{key}".say', tip.say


@dataclass(frozen=True, slots=True)
class DemoAnswer:
    """demo.toml, [[answers]]: what a synthetic partner says when asked this question.

    Where a question is asked again, the next answer of the same partner and question is said;
    where there is none left, the partner stays silent.
    """

    question: str
    partner: str
    say: tuple[str, ...]
    """Parts of one answer, with a pause of `pause_s` between them; none: stays silent this time."""
    pause_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Demo:
    """demo.toml: a couple made of two synthetic voices, and its evening."""

    partners: tuple[str, str]
    voices: tuple[str, str]
    answers: tuple[DemoAnswer, ...]
