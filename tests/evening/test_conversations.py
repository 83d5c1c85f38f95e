"""Whole conversations, as tests/evenings/conversations/*.toml has them."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from tests.evening.conversations import NAMES, Before, Conversation, Evening, Kept, Step, load
from tests.evening.holding import hold
from tests.evening.talking import SCRIPT
from voice_checkin.evening.model import Meaning
from voice_checkin.evening.script import WEEKLY

CONVERSATIONS = load()
SUNDAY = date(2026, 3, 8)


def alarming(text: str) -> bool:
    """Whether words speak of harm."""
    return "afraid of what you do to me" in text


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(
            key,
            marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=conversation.defect)
            if conversation.defect
            else (),
        )
        for key, conversation in CONVERSATIONS.items()
    ],
)
def test_a_conversation_goes_as_it_is_written(key: str, tmp_path: Path) -> None:
    """What is asked of whom, said, kept and planned is what the conversation's data promise."""
    hold(CONVERSATIONS[key], tmp_path, alarming)


@pytest.mark.parametrize("question", SCRIPT.questions)
def test_stop_ends_at_every_question(question: str, tmp_path: Path) -> None:
    """Wherever the evening stands, one word ends it, and what was said is kept."""
    stop = Step(question, hears="Stop.", says=("lines.stopped",), then="nobody")

    hold(_up_to(question, stop, ends="stopped"), tmp_path, alarming)


@pytest.mark.parametrize(
    "question",
    list(SCRIPT.questions),
)
def test_every_question_can_be_left_out(question: str, tmp_path: Path) -> None:
    """Whatever is skipped, the evening goes on to its tip and its good night."""
    hold(_up_to(question, Step(question, hears="Skip this one."), ends="completed"), tmp_path, alarming)


@pytest.mark.parametrize("question", SCRIPT.questions)
def test_every_question_has_help(question: str, tmp_path: Path) -> None:
    """Help tells of the question that was asked, and waits for its answer."""
    help_ = Step(question, hears="Help.", says=(f'questions."{question}".help', "lines.commands"))

    hold(_up_to(question, help_, ends="completed"), tmp_path, alarming)


@pytest.mark.parametrize("question", SCRIPT.questions)
def test_nobody_is_asked_for_ever(question: str, tmp_path: Path) -> None:
    """Whoever falls silent at any question is left in peace, and the evening comes to its end."""
    silence = Step(question, silent=True)

    hold(_up_to(question, silence, ends="completed"), tmp_path, alarming)


def _up_to(question: str, step: Step, *, ends: str) -> Conversation:
    """The first conversation that comes to this question, with this step there."""
    if question in SCRIPT.signs:
        return _to_sign(question, step, ends)
    for conversation in CONVERSATIONS.values():
        for evening in conversation.evenings if not conversation.defect else ():
            place = next((n for n, told in enumerate(evening.steps) if told.asked == question), None)
            if place is None:
                continue
            told = evening.steps[place]
            steps = (*evening.steps[:place], replace(step, of=told.of, later=told.later))
            held = conversation.evenings[: conversation.evenings.index(evening)]
            last = Evening(evening.at, steps, short=evening.short, ends=ends)
            return replace(conversation, evenings=(*held, last))
    raise AssertionError(f"no conversation comes to {question}")


def _to_sign(sign: str, step: Step, ends: str) -> Conversation:
    """A weekly look at which no other sign has waited for so long."""
    others = [Kept(NAMES[0], other, Meaning.RATING, value=4) for other in SCRIPT.signs if other != sign]
    before = Before(SUNDAY - timedelta(days=7), answers=tuple(others))
    ready = Step(f"{WEEKLY}ready", hears="Yes.")
    evening = Evening(datetime.combine(SUNDAY, time(21)), (ready, step), ends=ends)
    return Conversation(sign, (evening,), before=(before,))
