"""Which wording is said tonight, and with which names."""

from datetime import timedelta

from voice_checkin.evening.agenda import Tonight, all_turns
from voice_checkin.evening.model import Plan, Remembered, Turn

_MONTH, _YEAR = timedelta(days=20), timedelta(days=200)
"""From so many days on something was "a month ago", or "a year ago"."""


def pick(wordings: tuple[str, ...], count: int) -> str:
    """One wording; as `count` goes up night by night, none comes back before all were said."""
    return wordings[count % len(wordings)]


def fill(text: str, tonight: Tonight, turn: Turn | None = None, **values: str) -> str:
    """Put names and `values` in. Before anybody is asked `partner` is the one who will be asked first."""
    partner = turn.partner if turn else tonight.partners[0]
    about = turn.about.said if turn and turn.about else ""
    names = {"partner": partner, "other": tonight.other(partner), "plan": quoted(about)}
    empty = dict.fromkeys(("rating", "other_rating", "words", "count", "days", "emergency"), "")
    return text.format_map({**empty, **names, **values})


def tonights(wordings: tuple[str, ...], tonight: Tonight, turn: Turn | None = None, **values: str) -> str:
    """Tonight's wording of a line that is said once an evening, or once for each turn."""
    return fill(pick(wordings, tonight.night.id), tonight, turn, **values)


def of_plan(wordings: tuple[str, ...], tonight: Tonight, plan: Plan) -> str:
    """A line that names a plan of the two."""
    return tonights(wordings, tonight, plan=quoted(plan.said))


def prompt(tonight: Tonight, turn: Turn) -> str:
    """How this turn's question is put tonight: both are asked in the same words."""
    nth = next((n for n, plan in enumerate(tonight.due) if plan == turn.about), 0)
    return fill(pick(_prompts(tonight, turn), tonight.night.id + nth), tonight, turn)


def _prompts(tonight: Tonight, turn: Turn) -> tuple[str, ...]:
    tip = tonight.script.tips.get(tonight.last_tip)
    if turn.question == "tip.outcome" and tip and tip.follow_up:
        return tip.follow_up
    return tonight.script.questions[turn.question].prompts.up_to(tonight.depth)


def reprompt(tonight: Tonight, turn: Turn, misses: int) -> str:
    """The same question, asked more simply the more often it was missed."""
    question = tonight.script.questions[turn.question]
    return fill(question.reprompts[min(misses, len(question.reprompts)) - 1], tonight, turn)


def acknowledgement(tonight: Tonight, turn: Turn, rating: object = None) -> str:
    """What is said after an answer; the two partners hear different wordings."""
    question = tonight.script.questions[turn.question]
    count = 2 * tonight.night.id + tonight.partners.index(turn.partner)
    return fill(pick(question.acknowledgements, count), tonight, turn, rating=spoken(rating))


def memory(tonight: Tonight, remembered: Remembered) -> str:
    """Something from an earlier night, read back."""
    lines, ago = tonight.script.lines, tonight.night.date - remembered.at.date()
    wordings = lines.on_this_night_week
    if ago >= _MONTH:
        wordings = lines.on_this_night_year if ago >= _YEAR else lines.on_this_night_month
    turn = Turn(remembered.partner, "memory.retell")
    return tonights(wordings, tonight, turn, words=quoted(remembered.said))


def spoken(rating: object) -> str:
    """A rating as it is said: 4, not 4.0."""
    return f"{rating:g}" if isinstance(rating, int | float) else ""


def lines_ahead(tonight: Tonight) -> tuple[str, ...]:
    """What this evening is likely to say, the soonest first, to be made ready while others are said."""
    turns = all_turns(tonight)
    lines = tonight.script.lines
    soon = [line for turn in turns for line in (prompt(tonight, turn), acknowledgement(tonight, turn))]
    tip = pick(tonight.script.tips[tonight.tip].say, tonight.night.id)
    close = [tonights(lines.before_tip, tonight), tip, tonights(lines.closing, tonight)]
    kindly = [reprompt(tonight, turn, misses) for misses in (1, 2) for turn in turns]
    return tuple(dict.fromkeys([*soon, *close, *kindly]))


def quoted(words: str) -> str:
    """Words as they can stand within a sentence."""
    return words.rstrip(" .,!?")
