"""Which questions an evening asks, of whom, and what an answer brings after it."""

from collections.abc import Iterable
from dataclasses import dataclass

from voice_checkin.evening.model import Answer, Meaning, Night, Plan, Turn
from voice_checkin.evening.script import Script

_FOLLOW_UPS = {
    # An answer of this meaning invites the question behind it, to the same partner or to the other.
    ("appreciation.share", Meaning.SHARE): ("appreciation.reply", "other"),
    ("appreciation.share", Meaning.THANKS): ("appreciation.reply", "other"),
    ("apology.owed", Meaning.YES): ("apology.say", "same"),
    ("apology.say", Meaning.SHARE): ("apology.answer", "other"),
}
_INVITED = {question for question, _ in _FOLLOW_UPS.values()}
_OPENED_BY = {
    "appreciation.share": {"appreciation.reply"},
    "apology.owed": {"apology.say", "apology.answer"},
    "apology.say": {"apology.answer"},
}
"""All questions that stand behind an answer, and fall with it when it is taken back."""


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
    """Key of tonight's tip."""
    short: bool = False

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
        *appreciation,
        *(Turn(partner, "apology.owed") for partner in tonight.partners),
        *(Turn(partner, "laugh.share") for partner in tonight.partners),
        Turn(second, "new.plan"),
        *(Turn(partner, "closeness.rating") for partner in tonight.partners),
    )


def follow_up(tonight: Tonight, turn: Turn, meaning: Meaning) -> tuple[Turn, ...]:
    """The turn that an answer brings after it, if any."""
    invited = _FOLLOW_UPS.get((turn.question, meaning))
    if invited is None:
        return ()
    question, whom = invited
    return (Turn(turn.partner if whom == "same" else tonight.other(turn.partner), question),)


def opened_by(turns: tuple[Turn, ...], position: int) -> tuple[Turn, ...]:
    """The turns right behind `position` that were opened by the answer given there."""
    falling = _OPENED_BY.get(turns[position].question, set())
    behind = turns[position + 1 :]
    count = next((index for index, turn in enumerate(behind) if turn.question not in falling), len(behind))
    return behind[:count]


def taken_up(tonight: Tonight, answers: Iterable[Answer]) -> tuple[tuple[Turn, ...], tuple[Turn, ...], int]:
    """The agenda of an evening that broke off, the turns answered in it, and the position to go on at."""
    turns, answered, position = agenda(tonight), list[Turn](), 0
    for answer in answers:
        place = next((i for i, turn in enumerate(turns) if _answers(answer, turn)), None)
        if place is None:
            continue  # about a plan that isn't due any more, or from an evening of another length
        turns = (*turns[: place + 1], *follow_up(tonight, turns[place], answer.meaning), *_rest(turns, place))
        answered.append(turns[place])
        position = max(position, place + 1)
    return turns, tuple(answered), position


def _rest(turns: tuple[Turn, ...], place: int) -> tuple[Turn, ...]:
    return turns[place + 1 + len(opened_by(turns, place)) :]


def _answers(answer: Answer, turn: Turn) -> bool:
    about = turn.about.id if turn.about else None
    return (answer.partner, answer.question, answer.about) == (turn.partner, turn.question, about)


def all_turns(tonight: Tonight) -> tuple[Turn, ...]:
    """Every turn the evening may come to, to make its prompts ready."""
    invited = (Turn(partner, question) for question in sorted(_INVITED) for partner in tonight.partners)
    return (*agenda(tonight), *invited)
