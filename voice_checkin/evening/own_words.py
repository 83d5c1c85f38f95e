"""A couple's own wordings, tips and ideas: their shape, and how they join those of the language."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace

from voice_checkin.evening.proofreading import Fault, faults_of_ideas, faults_of_texts, faults_of_tips
from voice_checkin.evening.script import Idea, Prompts, Question, Script, Tip


@dataclass(frozen=True, slots=True)
class OwnPrompts:
    """content.toml, [questions."<key>".prompts]: more wordings, by how deep they go."""

    light: tuple[str, ...] = ()
    warm: tuple[str, ...] = ()
    deep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """content.toml, [questions."<key>"]: a question that the evening has; only wordings are added to it."""

    prompts: OwnPrompts


@dataclass(frozen=True, slots=True)
class OwnTip:
    """content.toml, [tips."<key>"]: a tip as in tips.toml; it need not carry an idea."""

    theme: str
    say: tuple[str, ...]
    carries: tuple[str, ...] = ()
    follow_up: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnContent:
    """content.toml: what a couple has added. A tip or an idea with a key that exists takes its place."""

    questions: dict[str, OwnQuestion] = field(default_factory=dict)
    tips: dict[str, OwnTip] = field(default_factory=dict)
    ideas: dict[str, Idea] = field(default_factory=dict)


def own_faults(script: Script, own: OwnContent) -> Iterator[Fault]:
    """Everything that keeps a couple's own words from joining this script."""
    for key in own.questions:
        if key not in script.questions:
            yield f'questions."{key}"', "the evening knows no such question"
    yield from faults_of_texts(_texts(own))
    yield from faults_of_tips(_tips(own))
    yield from faults_of_ideas(own.ideas)


def with_own(script: Script, own: OwnContent) -> Script:
    """All words of the language and the couple's own, these first. They have no faults."""
    tips = _tips(own)
    asked = {key: _more(script.questions[key], question.prompts) for key, question in own.questions.items()}
    return replace(
        script,
        questions={**script.questions, **asked},
        tips={**tips, **script.tips, **tips},  # theirs come first, and theirs is the one that counts
        ideas={**own.ideas, **script.ideas, **own.ideas},
    )


def _tips(own: OwnContent) -> dict[str, Tip]:
    return {
        key: Tip(**{part.name: getattr(tip, part.name) for part in fields(tip)})
        for key, tip in own.tips.items()
    }


def _more(question: Question, own: OwnPrompts) -> Question:
    given = question.prompts
    prompts = Prompts(
        (*own.light, *given.light),
        (*own.warm, *given.warm),
        (*own.deep, *given.deep),
    )
    return replace(question, prompts=prompts)


def _texts(own: OwnContent) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every group of own wordings, with its key."""
    for key, question in own.questions.items():
        for depth in fields(question.prompts):
            if texts := getattr(question.prompts, depth.name):
                yield f'questions."{key}".prompts.{depth.name}', texts
    for key, tip in own.tips.items():
        yield f'tips."{key}".say', tip.say
        if tip.follow_up:
            yield f'tips."{key}".follow_up', tip.follow_up
    for key, idea in own.ideas.items():
        yield f'ideas."{key}".say', (idea.say,)
        yield f'ideas."{key}".plan', (idea.plan,)
