"""Which wording is said tonight, and with which names."""

from voice_checkin.evening.agenda import Tonight, all_turns
from voice_checkin.evening.model import Turn


def pick(wordings: tuple[str, ...], count: int) -> str:
    """One wording; as `count` goes up night by night, none comes back before all were said."""
    return wordings[count % len(wordings)]


def fill(text: str, tonight: Tonight, turn: Turn | None = None, rating: float | None = None) -> str:
    """Put the names in. Before anybody is asked, both are named: `partner` is the one asked first."""
    partner = turn.partner if turn else tonight.partners[0]
    return text.format(
        partner=partner,
        other=tonight.other(partner),
        plan=turn.about.said.rstrip(" .,!?") if turn and turn.about else "",
        rating="" if rating is None else f"{rating:g}",
    )


def tonights(wordings: tuple[str, ...], tonight: Tonight, turn: Turn | None = None) -> str:
    """Tonight's wording of a line that is said once an evening, or once for each turn."""
    return fill(pick(wordings, tonight.night.id), tonight, turn)


def prompt(tonight: Tonight, turn: Turn) -> str:
    """How this turn's question is put tonight; the two partners hear different wordings."""
    question = tonight.script.questions[turn.question]
    return fill(pick(question.prompts, _count(tonight, turn)), tonight, turn)


def reprompt(tonight: Tonight, turn: Turn, misses: int) -> str:
    """The same question, asked more simply the more often it was missed."""
    question = tonight.script.questions[turn.question]
    return fill(question.reprompts[min(misses, len(question.reprompts)) - 1], tonight, turn)


def acknowledgement(tonight: Tonight, turn: Turn, rating: float | None = None) -> str:
    """What is said after an answer."""
    question = tonight.script.questions[turn.question]
    return fill(pick(question.acknowledgements, _count(tonight, turn)), tonight, turn, rating)


def tip(tonight: Tonight) -> str:
    """Tonight's tip as it is spoken."""
    return pick(tonight.script.tips[tonight.tip].say, tonight.night.id)


def lines_ahead(tonight: Tonight) -> tuple[str, ...]:
    """What this evening is likely to say, the soonest first, to be made ready while others are said."""
    turns = all_turns(tonight)
    lines = tonight.script.lines
    soon = [line for turn in turns for line in (prompt(tonight, turn), acknowledgement(tonight, turn))]
    close = [tonights(lines.before_tip, tonight), tip(tonight), tonights(lines.closing, tonight)]
    kindly = [reprompt(tonight, turn, misses) for misses in (1, 2) for turn in turns]
    return tuple(dict.fromkeys([*soon, *close, *kindly]))


def _count(tonight: Tonight, turn: Turn) -> int:
    """Two wordings a night, so that nobody hears one again on the next night, whoever goes first."""
    return 2 * tonight.night.id + tonight.partners.index(turn.partner)
