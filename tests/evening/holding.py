"""Holds a conversation with the English content, the real reading, the real dialogue and a real journal."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.evening.conversations import NAMES, Conversation, Evening
from tests.evening.talking import SCRIPT, Couple
from voice_checkin.content import content_folder, load_book
from voice_checkin.evening.agenda import Tonight
from voice_checkin.evening.book import Book
from voice_checkin.evening.meanings import read
from voice_checkin.evening.model import Answer, Expects, Manner, Match, Night, Plan, Turn
from voice_checkin.evening.session import Session
from voice_checkin.evening.settling import Wishes, settle
from voice_checkin.evening.talk import Talk
from voice_checkin.journal.store import Journal, open_journal
from voice_checkin.wiring.evenings import history_before

LONG_AGO = datetime(2020, 1, 1, 21, 0, tzinfo=UTC)


def understand(text: str, expects: Expects) -> Match:
    """The product's own reading of English."""
    return read(text, _book(), expects)


@cache
def _book() -> Book:
    return load_book(content_folder(), SCRIPT)


class _Untraced:
    def note(self, event: str, at_s: float, turn: Turn | None = None, **facts: str | float | None) -> None:
        """Nothing is written down."""


def hold(conversation: Conversation, home: Path, alarming: Callable[[str], bool]) -> None:
    """Hold all its evenings in one journal, and check each."""
    zone = ZoneInfo(conversation.zone)
    with open_journal(home) as journal:
        journal.name_partners(NAMES)
        journal.take_in(NAMES, list(_nights_before(conversation, zone)))
    for evening in conversation.evenings:
        with open_journal(home) as journal:
            night, ended = _hold(conversation, evening, journal, alarming)
            _check_journal(evening, night, journal)
        if evening.ends:
            assert ("completed" if ended else "stopped") == evening.ends
        for words in evening.nowhere:
            for file in home.iterdir():
                assert words.encode() not in file.read_bytes(), f"{file.name} holds: {words}"


def _hold(
    conversation: Conversation, evening: Evening, journal: Journal, alarming: Callable[[str], bool]
) -> tuple[Night, bool]:
    couple = Couple(evening, ZoneInfo(conversation.zone))
    tonight = _tonight(conversation, evening, journal, couple.now(), alarming)
    talk = Talk(understand, couple, couple, couple, _Untraced(), couple, alarming=alarming)
    ended = Session(tonight, talk, journal).hold(Manner())
    couple.check(None)
    missed = evening.steps[couple.place :]
    assert not missed, f"never asked: {missed[0].of} {missed[0].asked}"
    return next(night for night in journal.nights() if night.id == tonight.night.id), ended


def _tonight(
    conversation: Conversation,
    evening: Evening,
    journal: Journal,
    now: datetime,
    alarming: Callable[[str], bool],
) -> Tonight:
    night = journal.open_night(now, SCRIPT.language.partners)
    wishes = Wishes(evening.short, conversation.depth, conversation.weekly, conversation.country)
    return settle(SCRIPT, night, history_before(journal, night), wishes, alarming)


def _nights_before(conversation: Conversation, zone: ZoneInfo) -> Iterator[Night]:
    """The nights that are told, behind as many of long ago as the first evening's number asks for."""
    told = conversation.before
    number = conversation.night or next(n for n in count(len(told) + 1) if n % 3 == 2 and n % 7)
    for n in range(number - 1 - len(told)):
        at = LONG_AGO + timedelta(days=n)
        yield Night(0, at.date(), NAMES[1], at, at, completed=True)
    for night in told:
        at = datetime(night.day.year, night.day.month, night.day.day, 21, tzinfo=zone)
        answers = (
            Answer(kept.of, kept.question, kept.meaning, kept.value, kept.said, at + timedelta(minutes=n))
            for n, kept in enumerate(night.answers)
        )
        yield Night(
            0,
            night.day,
            night.first,
            at,
            at,
            completed=night.completed,
            tip=night.tip,
            answers=tuple(answers),
            plans=tuple(Plan(plan.said, plan.due, plan.outcome) for plan in night.plans),
        )


def _check_journal(evening: Evening, night: Night, journal: Journal) -> None:
    answers = {(answer.partner, answer.question): answer for answer in night.answers}
    for kept in evening.kept:
        answer = answers.get((kept.of, kept.question))
        assert answer, f"not kept: {kept.of} {kept.question}"
        assert answer.meaning is kept.meaning, f"{kept.of} {kept.question} is {answer.meaning}"
        assert kept.said in {"", answer.said}, f"{kept.of} {kept.question}: {answer.said}"
        assert kept.value in {None, answer.value}, f"{kept.of} {kept.question}: {answer.value}"
    for which in evening.unkept:
        partner, question = which.split()
        assert (partner, question) not in answers, f"kept: {which}"
    if evening.answers is not None:
        assert len(night.answers) == evening.answers
    if evening.plans is not None:
        made = [(plan.said, plan.due, plan.outcome) for other in journal.nights() for plan in other.plans]
        assert len(made) == len(evening.plans), f"plans are: {made}"
        told = [(p.said or said, p.due, p.outcome) for p, (said, *_) in zip(evening.plans, made, strict=True)]
        assert made == told, f"plans are: {made}"
    if evening.learned is not None:
        assert journal.words() == evening.learned
