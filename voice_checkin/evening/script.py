"""The words of an evening, as content files hold them: their shape, and what is promised of it.

`voice_checkin.content` reads the files; here is what they may say. Every text is non-empty
and uses only the placeholders named for it.
"""

import string
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from enum import StrEnum

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


class Depth(StrEnum):
    """How deep questions may go, as the two have chosen."""

    LIGHT = "light"
    WARM = "warm"
    DEEP = "deep"


@dataclass(frozen=True, slots=True)
class Prompts:
    """The wordings of one question, by how deep they go."""

    light: tuple[str, ...]
    """For everybody; at least three."""
    warm: tuple[str, ...] = ()
    deep: tuple[str, ...] = ()

    def up_to(self, depth: Depth) -> tuple[str, ...]:
        """All that may be said at this depth, the kinds one after the other in turn."""
        kinds = {Depth.LIGHT: [self.light], Depth.WARM: [self.warm, self.light]}
        return _in_turn(kinds.get(depth, [self.deep, self.warm, self.light]))

    @property
    def all(self) -> tuple[str, ...]:
        """Every wording."""
        return (*self.light, *self.warm, *self.deep)


def _in_turn(kinds: list[tuple[str, ...]]) -> tuple[str, ...]:
    """One of each kind after another, until all have been taken."""
    longest = max(map(len, kinds))
    return tuple(kind[place] for place in range(longest) for kind in kinds if place < len(kind))


@dataclass(frozen=True, slots=True)
class Question:
    """evening.toml and weekly.toml, [questions."<key>"]: one question in several wordings."""

    expects: Expects
    patience_s: float
    """Silence in seconds that ends the answer."""
    prompts: Prompts
    """One of them is said per night."""
    reprompts: tuple[str, str]
    """Said when nothing was heard or understood: shorter, then with an example."""
    help: str
    """What this question is for and what one can say to it."""
    acknowledgements: tuple[str, ...]
    """Said after an answer."""
    carries: tuple[str, ...] = ()
    """Keys of the content map that the question carries."""
    sealed: bool = False
    """Both answer before either answer is read out."""
    joint: bool = False
    """The two talk until they say that they are done; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Sign:
    """weekly.toml, [signs."<key>"]: a sign of how it is between the two, from one to five."""

    prompts: Prompts
    reprompts: tuple[str, str]
    carries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignsShared:
    """weekly.toml, [sign]: what all signs have in common; the keys are those of a question."""

    expects: Expects
    patience_s: float
    sealed: bool
    help: str
    acknowledgements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Idea:
    """ideas.toml, [ideas."<key>"]: something new to do together."""

    say: str
    """The invitation."""
    plan: str
    """How it is kept as a plan."""
    tags: tuple[str, ...]
    """home, out, free, children, ten_minutes, day."""


@dataclass(frozen=True, slots=True)
class Places:
    """places.toml, [places.<country>]: where help is; what a country lacks, "default" has."""

    emergency: str = ""
    crisis: str = ""
    violence: str = ""
    source: str = ""


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
    plan_today: tuple[str, ...]
    """A plan whose day is today."""
    plan_declined: tuple[str, ...]
    """The other one doesn't want it."""
    plan_dropped: tuple[str, ...]
    idea_offer: tuple[str, ...]
    """Before an idea for something new."""
    idea_other: tuple[str, ...]
    """Before another one, where the first wasn't liked."""
    idea_enough: tuple[str, ...]
    light_intro: tuple[str, ...]
    """Before a light question, where nothing was funny."""
    on_this_night_year: tuple[str, ...]
    on_this_night_month: tuple[str, ...]
    on_this_night_week: tuple[str, ...]
    not_again: tuple[str, ...]
    sealed_ack: tuple[str, ...]
    """After the first of two sealed answers."""
    reveal_intro: tuple[str, ...]
    reveal: tuple[str, ...]
    weekly_greeting: tuple[str, ...]
    parked_again: tuple[str, ...]
    weekly_close: tuple[str, ...]
    counsellor: tuple[str, ...]
    """After weeks of low signs, and whenever help is asked for."""
    tired_greeting: tuple[str, ...]
    hug: tuple[str, ...]
    breaths: tuple[str, ...]
    heard_you: tuple[str, ...]
    """After "what did you hear?"."""
    heard_nothing: tuple[str, ...]
    corrected: tuple[str, ...]
    rhythm: tuple[str, ...]
    first_nights: tuple[str, ...]
    receipt: tuple[str, ...]
    """What was kept tonight, where, and that nothing left."""
    receipt_nothing: tuple[str, ...]
    safety: tuple[str, ...]
    """After words of harm, of fear, or of ending one's life."""
    safety_emergency: tuple[str, ...]
    """Whom to call in danger; said where an emergency number is known."""
    safety_places: tuple[str, ...]
    safety_go_on: tuple[str, ...]
    safety_close: tuple[str, ...]
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
    follow_up: tuple[str, ...] = ()
    """Asked on the next evening, where the tip asks for something that can be done."""
    fits: tuple[str, ...] = ()
    """Evenings it suits: apology, nothing_new, low, high, funny."""
    spares: tuple[str, ...] = ()
    """Evenings on which it would hurt: apology, low."""


@dataclass(frozen=True, slots=True)
class Script:
    """All words of one language."""

    language: Language
    questions: dict[str, Question]
    lines: Lines
    tips: dict[str, Tip]
    intents: Intents
    ideas: dict[str, Idea] = field(default_factory=dict)
    places: dict[str, Places] = field(default_factory=dict)
    """Where help is, by country; "default" is everywhere."""

    @property
    def signs(self) -> tuple[str, ...]:
        """The questions of the weekly look's signs, in order; none where a language has no such look."""
        return tuple(key for key in self.questions if key.startswith((f"{WEEKLY}low.", f"{WEEKLY}high.")))


QUESTIONS = (
    "new.outcome",
    "new.later",
    "tip.outcome",
    "appreciation.share",
    "appreciation.reply",
    "memory.retell",
    "apology.owed",
    "apology.say",
    "apology.repair",
    "apology.answer",
    "laugh.share",
    "laugh.light",
    "new.plan",
    "new.idea",
    "new.agree",
    "new.day",
    "closeness.rating",
)
"""The evening's questions, in the order they are asked. Other programs rely on these keys."""
WEEKLY = "weekly."
"""What the keys of the weekly look begin with."""
WEEKLY_QUESTIONS = tuple(f"{WEEKLY}{key}" for key in ("ready", "parked", "say_back", "right", "talk", "wish"))
"""What the weekly look asks besides its signs."""

PLACEHOLDERS = frozenset(
    {"partner", "other", "plan", "rating", "other_rating", "words", "count", "days", "emergency"}
)
"""What a spoken text may name: who is asked, the other one, the plan asked after, the ratings given,
words that were said, numbers of answers, nights and days, and whom to call in danger."""


def placeholders(text: str) -> frozenset[str]:
    """The names between braces in a text. Raises ValueError where a brace is left open."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def wordings(script: Script) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every group of spoken wordings, with the key it stands under."""
    for key, question in script.questions.items():
        yield f'questions."{key}".prompts', question.prompts.all
        yield f'questions."{key}".reprompts', question.reprompts
        yield f'questions."{key}".help', (question.help,)
        yield f'questions."{key}".acknowledgements', question.acknowledgements
    for line in fields(script.lines):
        if line.name != "carries":
            yield f"lines.{line.name}", getattr(script.lines, line.name)
    for key, tip in script.tips.items():
        yield f'tips."{key}".say', tip.say
        if tip.follow_up:
            yield f'tips."{key}".follow_up', tip.follow_up
    for key, idea in script.ideas.items():
        yield f'ideas."{key}".say', (idea.say,)


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
