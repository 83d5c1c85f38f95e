"""What one journal holds of a night that another lacks: found without overwriting or doubling anything."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from voice_checkin.evening.model import Answer, Plan


@dataclass(frozen=True, slots=True)
class Added:
    """How much was new: whole nights, and what nights that were here already lacked."""

    nights: int = 0
    answers: int = 0
    plans: int = 0


def missing_answers(kept: Sequence[Answer], came: Sequence[Answer]) -> list[Answer]:
    """The answers that came and have no counterpart among the kept ones, in their order.

    One partner may have answered a question several times in a night, as after several plans. Of these
    as many are missing as more came than were kept: a wording that was put right is not another answer.
    """
    here: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for answer in kept:
        here[answer.question, answer.partner].append(answer)
    wanted = Counter((answer.question, answer.partner) for answer in came)
    found: list[Answer] = []
    for answer in came:
        place = answer.question, answer.partner
        if wanted[place] > len(here[place]) and answer.at not in {each.at for each in here[place]}:
            found.append(answer)
            wanted[place] -= 1
    return found


def missing_plans(kept: Sequence[Plan], came: Sequence[Plan]) -> list[Plan]:
    """The plans that came and aren't among the kept ones by their words: settled otherwise, they stay."""
    here = Counter(plan.said for plan in kept)
    found: list[Plan] = []
    for plan in came:
        if here[plan.said]:
            here[plan.said] -= 1
        else:
            found.append(plan)
    return found
