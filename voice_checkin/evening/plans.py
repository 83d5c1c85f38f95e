"""Plans: made in an answer, agreed on, given a day, asked after when due, moved or dropped without blame."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from voice_checkin.evening.agenda import Tonight
from voice_checkin.evening.days import day_named
from voice_checkin.evening.model import Effect, Keep, KeepPlan, Meaning, Outcome, Plan, Settle, Strike

PLANNING = {"new.plan", "new.idea"}
"""The questions in whose answers plans are made."""
DUE = timedelta(days=1)
"""A plan without a day is asked after on the next evening."""
MOVED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Answer:
    tonight: Tonight
    kept: Keep
    earlier: Sequence[Keep]

    @property
    def plan(self) -> Plan:
        """What the question is about."""
        about = self.kept.turn.about
        return about if isinstance(about, Plan) else Plan("")

    @property
    def making(self) -> list[Keep]:
        """The answer in which tonight's plan was made."""
        made = [k for k in self.earlier if k.turn.question in PLANNING and k.meaning is not Meaning.NO]
        return made[-1:]


def of_answer(tonight: Tonight, kept: Keep, earlier: Sequence[Keep]) -> list[Effect]:
    """What an answer does to plans, besides being kept."""
    does = _DOES.get(kept.turn.question)
    return does(_Answer(tonight, kept, earlier)) if does else []


def dated(plan: Plan, tonight: Tonight, said: str, otherwise: timedelta = DUE) -> Plan:
    """The plan with the day that was named, from tomorrow on, or with one on which it is asked after."""
    today = tonight.night.date
    named = day_named(said, tonight.script.intents, today)
    due = max(named, today + DUE) if named else today + otherwise
    return replace(plan, due=due, picked=named is not None)


def _make(answer: _Answer) -> list[Effect]:
    kept = answer.kept
    if kept.meaning not in {Meaning.SHARE, Meaning.THANKS}:
        return []
    return [KeepPlan(kept.turn, dated(Plan(kept.said), answer.tonight, kept.said))]


def _take(answer: _Answer) -> list[Effect]:
    kept, ideas = answer.kept, answer.tonight.script.ideas
    if kept.meaning is not Meaning.YES:
        return []
    return [KeepPlan(kept.turn, dated(Plan(ideas[kept.turn.idea].plan), answer.tonight, ""))]


def _agree(answer: _Answer) -> list[Effect]:
    declined = answer.kept.meaning is Meaning.NO
    return [Strike(made.turn, plan_only=True) for made in answer.making] if declined else []


def _give_day(answer: _Answer) -> list[Effect]:
    if answer.kept.meaning is not Meaning.SHARE:
        return []
    plan = dated(answer.plan, answer.tonight, answer.kept.said)
    return [KeepPlan(made.turn, plan) for made in answer.making]


def _settle(answer: _Answer) -> list[Effect]:
    if answer.kept.meaning is Meaning.YES:
        return [Settle(replace(answer.plan, outcome=Outcome.DONE))]
    moved = _moved(answer)
    return [Settle(moved)] if moved.picked else []  # else it is asked whether to keep it


def _move_or_drop(answer: _Answer) -> list[Effect]:
    dropped = answer.kept.meaning is Meaning.NO
    return [Settle(replace(answer.plan, outcome=Outcome.DROPPED) if dropped else _moved(answer))]


def _moved(answer: _Answer) -> Plan:
    plan = replace(answer.plan, outcome=Outcome.MOVED)
    return dated(plan, answer.tonight, answer.kept.said, MOVED)


_DOES: dict[str, Callable[[_Answer], list[Effect]]] = {
    "new.plan": _make,
    "new.idea": _take,
    "new.agree": _agree,
    "new.day": _give_day,
    "new.outcome": _settle,
    "new.later": _move_or_drop,
}
