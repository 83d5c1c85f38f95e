"""Which questions an evening asks, of whom, and what an answer brings after it."""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from voice_checkin.evening.days import day_named
from voice_checkin.evening.model import Answer, Meaning, Night, Plan, Remembered, Turn
from voice_checkin.evening.script import WEEKLY, Depth, Script

IDEAS = 2
"""So many ideas are offered on one night, at most."""
_TOLD = {Meaning.SHARE, Meaning.THANKS}
_UNTOLD = {Meaning.NOTHING, Meaning.UNSURE}
READY = f"{WEEKLY}ready"


@dataclass(frozen=True, slots=True)
class Tonight:
    """What is settled before the first word of an evening."""

    script: Script
    night: Night
    partners: tuple[str, str]
    """The one who is asked first stands first."""
    due: tuple[Plan, ...]
    """Plans that have come due and are asked after."""
    tip: str
    """Key of tonight's tip..."""
    tips: tuple[tuple[str, str], ...] = ()
    """...or of another one, where the evening takes this turn: ("apology", key), the weightiest first."""
    short: bool = False
    depth: Depth = Depth.WARM
    today: tuple[Plan, ...] = ()
    """Plans for this very day, which the two are reminded of."""
    last_tip: str = ""
    """Key of the last tip, where it is asked after tonight."""
    is_weekly: bool = False
    """Whether it is the evening of the weekly look."""
    signs: tuple[str, ...] = ()
    """The signs that are asked when there is a weekly look."""
    parked: tuple[Remembered, ...] = ()
    """What was put aside and comes back at the weekly look."""
    low_weeks: int = 0
    """How many weekly looks in a row, before tonight's, the signs were low."""
    memory: Remembered | None = None
    """Something from an earlier night that is read back."""
    ideas: tuple[str, ...] = ()
    """Keys of the ideas that may be offered, the next one first."""
    rhythm: tuple[int, int] = (0, 0)
    """Nights held, of the last so many days; tonight not counted."""
    country: str = ""
    """Where help is looked for, as ISO 3166 has it; "" where it wasn't told."""

    def other(self, partner: str) -> str:
        """The one who isn't `partner`."""
        first, second = self.partners
        return second if partner == first else first


def agenda(tonight: Tonight) -> tuple[Turn, ...]:
    """The turns of an evening in which nothing has been answered yet; follow-ups come with the answers."""
    first, second = tonight.partners
    appreciation = tuple(Turn(partner, "appreciation.share") for partner in tonight.partners)
    if tonight.short:
        return appreciation
    return (
        *(Turn(first, "new.outcome", plan) for plan in tonight.due),
        *((Turn(second, "tip.outcome"),) if tonight.last_tip else ()),
        *appreciation,
        *((Turn(first, READY),) if tonight.is_weekly else ()),
        *usual(tonight),
    )


def usual(tonight: Tonight) -> tuple[Turn, ...]:
    """The second half of a usual evening."""
    memory = tonight.memory
    return (
        *((Turn(memory.partner, "memory.retell", memory),) if memory else ()),
        *(Turn(partner, "apology.owed") for partner in tonight.partners),
        *(Turn(partner, "laugh.share") for partner in tonight.partners),
        Turn(tonight.partners[1], "new.plan"),
        *_closeness(tonight),
    )


def weekly(tonight: Tonight) -> tuple[Turn, ...]:
    """The second half of the evening with the weekly look."""
    first = tonight.partners[0]
    return (
        *(Turn(partner, sign, opened_by=READY) for sign in tonight.signs for partner in tonight.partners),
        *(Turn(first, f"{WEEKLY}parked", topic, opened_by=READY) for topic in tonight.parked),
        *(Turn(partner, f"{WEEKLY}wish", opened_by=READY) for partner in tonight.partners),
        *_closeness(tonight),
    )


def _closeness(tonight: Tonight) -> tuple[Turn, ...]:
    return tuple(Turn(partner, "closeness.rating") for partner in tonight.partners)


def follow_up(tonight: Tonight, turn: Turn, meaning: Meaning, said: str = "") -> tuple[Turn, ...]:
    """The turns that an answer brings right after it; each is marked as opened by it."""
    opens = _FOLLOW_UPS.get(turn.question)
    return opens(_Answered(tonight, turn, meaning, said)) if opens else ()


@dataclass(frozen=True, slots=True)
class _Answered:
    """A turn and its answer."""

    tonight: Tonight
    turn: Turn
    meaning: Meaning
    said: str

    @property
    def names_day(self) -> bool:
        """Whether a day was named in the same breath."""
        tonight = self.tonight
        return day_named(self.said, tonight.script.intents, tonight.night.date) is not None

    def same(self, question: str, about: Plan | Remembered | None = None, idea: str = "") -> Turn:
        """A further question for who has answered."""
        return Turn(self.turn.partner, question, about, idea, opened_by=self.turn.question)

    def other(self, question: str, about: Plan | Remembered | None = None) -> Turn:
        """A question for the other one."""
        return replace(self.same(question, about), partner=self.tonight.other(self.turn.partner))


def _after_appreciation(answer: _Answered) -> tuple[Turn, ...]:
    return (answer.other("appreciation.reply"),) if answer.meaning in _TOLD else ()


def _after_owing(answer: _Answered) -> tuple[Turn, ...]:
    return (answer.same("apology.say"),) if answer.meaning is Meaning.YES else ()


def _after_apology(answer: _Answered) -> tuple[Turn, ...]:
    """An apology has its parts: what happened, what will be done, and the other's answer."""
    told = answer.meaning is Meaning.SHARE
    return (answer.same("apology.repair"), answer.other("apology.answer")) if told else ()


def _after_laugh(answer: _Answered) -> tuple[Turn, ...]:
    return (answer.same("laugh.light"),) if answer.meaning in _UNTOLD else ()


def _after_outcome(answer: _Answered) -> tuple[Turn, ...]:
    done = answer.meaning is Meaning.YES
    return () if done or answer.names_day else (answer.same("new.later", answer.turn.about),)


def _after_plan(answer: _Answered) -> tuple[Turn, ...]:
    tonight = answer.tonight
    if answer.meaning in _UNTOLD and tonight.ideas:
        return (answer.same("new.idea", idea=tonight.ideas[0]),)
    if answer.meaning not in _TOLD:
        return ()
    plan = Plan(answer.said)
    agree = answer.other("new.agree", plan)
    return (agree,) if answer.names_day else (agree, answer.same("new.day", plan))


def _after_idea(answer: _Answered) -> tuple[Turn, ...]:
    ideas, idea = answer.tonight.ideas[:IDEAS], answer.turn.idea
    if answer.meaning is Meaning.YES:
        plan = Plan(answer.tonight.script.ideas[idea].plan)
        return (answer.other("new.agree", plan), answer.same("new.day", plan))
    behind = ideas[ideas.index(idea) + 1 :] if idea in ideas else ()
    return tuple(answer.same("new.idea", idea=key) for key in behind[:1])


def _after_parked(answer: _Answered) -> tuple[Turn, ...]:
    """What was put aside is told, said back, found to be meant so, and talked over."""
    if answer.meaning is not Meaning.SHARE:
        return ()
    topic = answer.turn.about
    back = answer.other(f"{WEEKLY}say_back", topic)
    return (back, answer.same(f"{WEEKLY}right", topic), answer.same(f"{WEEKLY}talk", topic))


_FOLLOW_UPS: dict[str, Callable[[_Answered], tuple[Turn, ...]]] = {
    "new.outcome": _after_outcome,
    "appreciation.share": _after_appreciation,
    "apology.owed": _after_owing,
    "apology.say": _after_apology,
    "laugh.share": _after_laugh,
    "new.plan": _after_plan,
    "new.idea": _after_idea,
    f"{WEEKLY}parked": _after_parked,
}


def opened_by(
    turns: tuple[Turn, ...], position: int, besides: AbstractSet[str] = frozenset()
) -> tuple[Turn, ...]:
    """The turns right behind `position` that were opened by the answer given there, or by theirs.

    `besides` are further questions whose answers may have opened them.
    """
    opening = {turns[position].question, *besides}
    fallen: list[Turn] = []
    for turn in turns[position + 1 :]:
        if turn.opened_by not in opening:
            break
        opening.add(turn.question)
        fallen.append(turn)
    return tuple(fallen)


def after(
    tonight: Tonight, turns: tuple[Turn, ...], position: int, meaning: Meaning, said: str
) -> tuple[Turn, ...]:
    """All turns behind `position`, now that it has been answered so."""
    turn = turns[position]
    if turn.question == READY:
        return weekly(tonight) if meaning is Meaning.YES else usual(tonight)
    behind = turns[position + 1 + len(opened_by(turns, position)) :]
    if turn.question == "new.agree" and meaning is Meaning.NO:
        behind = tuple(later for later in behind if later.question != "new.day")
    return (*follow_up(tonight, turn, meaning, said), *behind)


def taken_up(tonight: Tonight, answers: Iterable[Answer]) -> tuple[tuple[Turn, ...], tuple[Turn, ...], int]:
    """The agenda of an evening that broke off, the turns answered in it, and the position to go on at."""
    turns, answered, position = agenda(tonight), list[Turn](), 0
    for answer in answers:
        place = next((i for i, turn in enumerate(turns) if _answers(answer, turn)), None)
        if place is None and answer.question == READY:  # it was asked for by voice
            turns, place = (*turns[:position], Turn(answer.partner, READY), *turns[position:]), position
        if place is None:
            continue  # about a plan that isn't due any more, or from an evening of another length
        turns = (*turns[: place + 1], *after(tonight, turns, place, answer.meaning, answer.said))
        answered.append(turns[place])
        position = max(position, place + 1)
    return turns, tuple(answered), position


def _answers(answer: Answer, turn: Turn) -> bool:
    asked = (turn.partner, turn.question, turn.number)
    return (answer.partner, answer.question, answer.about) == asked


def all_turns(tonight: Tonight) -> tuple[Turn, ...]:
    """Every turn the evening is likely to come to, to make its prompts ready."""
    invited = (
        opened
        for turn in agenda(tonight)
        for meaning in (Meaning.SHARE, Meaning.YES)
        for opened in follow_up(tonight, turn, meaning)
        if not opened.about
    )
    return (*agenda(tonight), *(weekly(tonight) if tonight.is_weekly else ()), *invited)
