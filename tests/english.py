"""The English texts as the tests look at them: what is spoken, what is asked, in which words."""

import re
from collections.abc import Iterator
from dataclasses import fields
from itertools import chain

from voice_checkin.content import content_folder, load_aloud, load_script
from voice_checkin.evening.aloud_words import spoken_of
from voice_checkin.evening.model import Expects

SHARED = 0.5
"""Two wordings of a question that share more of their words than this are one wording."""

SCRIPT = load_script(content_folder(), "en")
ALOUD = load_aloud(content_folder(), "en")
QUESTIONS, TIPS, NEW_THINGS = SCRIPT.questions, SCRIPT.tips, SCRIPT.ideas
LINES: dict[str, tuple[str, ...]] = {
    line.name: getattr(SCRIPT.lines, line.name) for line in fields(SCRIPT.lines) if line.name != "carries"
}


def asked_of(expects: Expects | None = None) -> Iterator[str]:
    """All that is asked of one partner; only what is answered in one way, where it is given."""
    for question in QUESTIONS.values():
        if expects in {None, question.expects}:
            yield from question.prompts.all
            yield from question.reprompts
    if expects in {None, Expects.YES_NO}:
        for tip in TIPS.values():
            yield from tip.follow_up


def groups() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every English text that is spoken, in groups of which one is heard at a time, each with its place."""
    for key, question in QUESTIONS.items():
        yield f"prompts {key}", question.prompts.all
        yield f"reprompts {key}", question.reprompts
        yield f"help {key}", (question.help,)
        yield f"acknowledgements {key}", question.acknowledgements
    for name, said in LINES.items():
        yield f"lines {name}", said
    for key, tip in TIPS.items():
        yield f"tips {key}", tip.say
        if tip.follow_up:
            yield f"follow-ups {key}", tip.follow_up
    for key, idea in NEW_THINGS.items():
        yield f"ideas {key}", (idea.say,)
    assert ALOUD
    for key, said in spoken_of(ALOUD):
        if not key.startswith(("say_so.both", "say_so.own", 'tells."half"')):  # parts of a sentence
            yield f"aloud {key}", said


GROUPS = dict(groups())
SPOKEN = list(dict.fromkeys(chain(*GROUPS.values())))


def sentences(text: str) -> list[str]:
    """A text at its full stops and question marks."""
    return re.findall(r"[^.?]+[.?]", text)


def words(text: str) -> list[str]:
    """The words as they are spoken, small; a placeholder counts as one."""
    return re.findall(r"[a-z'_]+", text.lower())


def alike(one: str, other: str) -> bool:
    """Whether two texts share most of their words."""
    first, second = set(words(one)), set(words(other))
    return len(first & second) > SHARED * len(first | second)
