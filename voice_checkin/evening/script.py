"""The words of an evening, as content files hold them: their shape, and what is promised of it.

`voice_checkin.content` reads the files; here is what they may say. Every text is non-empty
and uses only the placeholders named for it.
"""

import string
from collections.abc import Iterator
from dataclasses import dataclass, fields

from voice_checkin.evening.intents import Intents
from voice_checkin.evening.model import Expects


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
