"""What a command does. Every command works at every question."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from voice_checkin.evening import plans, wording
from voice_checkin.evening.agenda import READY, Tonight, opened_by, weekly
from voice_checkin.evening.answers import about_what, accept
from voice_checkin.evening.manners import CHANGES, changed
from voice_checkin.evening.model import (
    EXACT,
    Adjust,
    Heard,
    Keep,
    Learn,
    Meaning,
    Plan,
    Say,
    Strike,
    Turn,
)
from voice_checkin.evening.moves import State, Step, ask, go_on, line, listen, listen_for_yes, stop
from voice_checkin.evening.requests import NEVER_AGAIN, WEEKLY_LOOK, WHAT_WAS_HEARD
from voice_checkin.evening.script import WEEKLY
from voice_checkin.evening.vocabulary import new_words

_Command: TypeAlias = Callable[[Tonight, State, Heard], Step]


def _skip(tonight: Tonight, state: State, heard: Heard) -> Step:
    if heard.match.value == WEEKLY_LOOK and tonight.signs:
        return _look_at_the_week(tonight, state, heard)
    if heard.match.value == NEVER_AGAIN and state.turn.question == "memory.retell":
        return accept(tonight, state, replace(heard, match=replace(heard.match, meaning=Meaning.NO)))
    return _pass(tonight, state, heard, Meaning.SKIP, tonight.script.lines.skipped)


def _look_at_the_week(tonight: Tonight, state: State, heard: Heard) -> Step:
    """The weekly look takes the place of everything that is still to come."""
    if state.turn.question.startswith(WEEKLY):  # it is under way
        return ask(tonight, state)
    ready = Keep(Turn(tonight.partners[0], READY), Meaning.YES, None, heard.text)
    turns = (*state.turns[: state.position], ready.turn, *weekly(tonight))
    state = replace(state, turns=turns, position=state.position + 1, misses=0)
    return ask(tonight, state.keeping(ready), ready)


def _park(tonight: Tonight, state: State, heard: Heard) -> Step:
    """Put the topic aside, with every question about it that was still to come."""
    lines, turn = tonight.script.lines, state.turn
    again = turn.question.startswith(WEEKLY)
    here = state.position + 1
    same_topic = {turn.opened_by} - {"", READY}
    about_it = opened_by(state.turns, state.position, same_topic)
    state = replace(state, turns=(*state.turns[:here], *state.turns[here + len(about_it) :]))
    return _pass(tonight, state, heard, Meaning.PARK, lines.parked_again if again else lines.parked)


def _pass(tonight: Tonight, state: State, heard: Heard, meaning: Meaning, words: tuple[str, ...]) -> Step:
    """Go on without an answer. One that was given before and came back by "go back" stays kept."""
    told = line(tonight, state, words)
    if state.turn in state.answered:
        return go_on(tonight, state, told)
    keep = Keep(state.turn, meaning, about_what(state.turn), heard.text)
    return go_on(tonight, state.keeping(keep), keep, told)


def _done(tonight: Tonight, state: State, heard: Heard) -> Step:
    """The two have talked enough with each other; elsewhere it leaves the question out."""
    if not tonight.script.questions[state.turn.question].joint:
        return _skip(tonight, state, heard)
    return end_joint(tonight, state)


def end_joint(tonight: Tonight, state: State) -> Step:
    """Go on; of what the two told each other nothing is kept but that they did."""
    keep = Keep(state.turn, Meaning.DONE, about_what(state.turn), "")
    told = line(tonight, state, tonight.script.questions[state.turn.question].acknowledgements)
    return go_on(tonight, state.keeping(keep), keep, told)


def _tired(tonight: Tonight, state: State, _: Heard) -> Step:
    """Only each partner's appreciation is still asked for; then good night."""
    later = state.turns[state.position + 1 :]
    short = tuple(turn for turn in later if turn.question == "appreciation.share")
    stays = 1 if state.turn.question.startswith("appreciation.") else 0
    state = replace(state, turns=(*state.turns[: state.position + stays], *short), misses=0)
    return ask(tonight, state, line(tonight, state, tonight.script.lines.tired))


def _repeat(tonight: Tonight, state: State, heard: Heard) -> Step:
    """Ask once more; before that, where it was asked for, say what was understood last."""
    if heard.match.value != WHAT_WAS_HEARD:
        return ask(tonight, state)
    lines = tonight.script.lines
    questions = tonight.script.questions
    open_ones = (keep.said for keep in reversed(state.kept) if not questions[keep.turn.question].sealed)
    last = next(filter(None, open_ones), "")
    told = line(tonight, state, lines.heard_you if last else lines.heard_nothing, words=wording.quoted(last))
    return ask(tonight, state, told)


def _back(tonight: Tonight, state: State, _: Heard) -> Step:
    return _return(tonight, state, tonight.script.lines.back)


def _correct(tonight: Tonight, state: State, heard: Heard) -> Step:
    """Put right what was said just now ("no, I said Niamh"), or else ask the question before again."""
    lines, last = tonight.script.lines, state.kept[-1] if state.kept else None
    said = heard.match.value
    if not isinstance(said, str) or last is None or last.meaning is not Meaning.SHARE:
        return _return(tonight, state, lines.correct)
    right, earlier = replace(last, said=said), state.kept[:-1]
    new = new_words(said, last.said)
    learned = [Learn(new)] if new else []
    turns = tuple(_about(turn, last.said, said) for turn in state.turns)
    state = replace(state, kept=(*earlier, right), turns=turns)
    told = line(tonight, state, lines.corrected)
    return ask(tonight, state, right, *plans.of_answer(tonight, right, earlier), *learned, told)


def _about(turn: Turn, wrong: str, right: str) -> Turn:
    """A later question about a plan, in the right words."""
    plan = turn.about
    same = isinstance(plan, Plan) and plan.said == wrong and plan.id is None
    return replace(turn, about=Plan(right)) if same else turn


def _return(tonight: Tonight, state: State, words: tuple[str, ...]) -> Step:
    """Ask the question before this one again; its new answer takes the place of the old one."""
    if state.position == 0:
        words = tonight.script.lines.nothing_before
    state = replace(state, position=max(0, state.position - 1), misses=0)
    return ask(tonight, state, line(tonight, state, words))


def _off_record(tonight: Tonight, state: State, heard: Heard) -> Step:
    """Keep nothing of the answer being given, or remove the one given just before; say so."""
    receipt = line(tonight, state, tonight.script.lines.struck)
    if heard.match.value == "this":
        return go_on(tonight, state, receipt)
    struck = _said_last(state)
    kept = state.kept[: len(state.kept) - len(struck)]
    state = _without_following(replace(state, kept=kept), struck)
    return ask(tonight, state, *map(Strike, struck), receipt)


def _said_last(state: State) -> tuple[Turn, ...]:
    """The turn that was answered last; two where one breath answered both."""
    before, last = ([None, None, *state.kept])[-2:]
    if last is None:
        return ()
    together = before and before.turn.question == last.turn.opened_by and last.said in before.said
    return (before.turn, last.turn) if before and together else (last.turn,)


def _without_following(state: State, struck: tuple[Turn, ...]) -> State:
    """What an answer had opened isn't asked any more, now that the answer is gone."""
    fallen: set[Turn] = set()
    for turn in struck:
        if turn in state.turns:
            fallen |= set(opened_by(state.turns, state.turns.index(turn))) - set(state.answered) - set(struck)
    turns = tuple(turn for turn in state.turns if turn not in fallen)
    position = sum(turn not in fallen for turn in state.turns[: state.position])
    return replace(state, turns=turns, position=position)


def confirm(tonight: Tonight, state: State, heard: Heard) -> Step | None:
    """Ask whether that was meant: what is hard to undo and wasn't said in so many words; else None."""
    lines = tonight.script.lines
    meaning = heard.match.meaning
    if heard.match.score >= EXACT:
        return None
    if meaning is Meaning.STOP:
        words = lines.really_stop
    elif meaning is Meaning.OFF_RECORD and heard.match.value != "this" and state.kept:
        words = lines.really_strike
    else:
        return None
    asking = replace(state, unconfirmed=heard)
    return asking, (line(tonight, state, words), listen_for_yes(state.turn))


def confirmed(tonight: Tonight, state: State, meaning: Meaning | None) -> Step:
    """Do what was asked for if it was meant; else the question is asked again, and nothing has happened."""
    waiting, state = state.unconfirmed, replace(state, unconfirmed=None)
    if waiting and waiting.match.meaning and meaning in {Meaning.YES, waiting.match.meaning}:
        return COMMANDS[waiting.match.meaning](tonight, state, waiting)
    return ask(tonight, state)


def _help(tonight: Tonight, state: State, _: Heard) -> Step:
    question = tonight.script.questions[state.turn.question]
    words = Say(wording.fill(question.help, tonight, state.turn))
    return state, (words, line(tonight, state, tonight.script.lines.commands), listen(tonight, state))


def _pause(tonight: Tonight, state: State, _: Heard) -> Step:
    state = replace(state, paused=True)
    return state, (line(tonight, state, tonight.script.lines.paused), listen(tonight, state))


def wake(tonight: Tonight, state: State, heard: Heard) -> Step:
    """A paused evening hears only "go on" and "stop"; everything else is none of its business."""
    match heard.match.meaning:
        case Meaning.RESUME | Meaning.YES:
            state = replace(state, paused=False, misses=0)
            return ask(tonight, state, line(tonight, state, tonight.script.lines.resumed))
        case Meaning.STOP:
            return stop(tonight, state)
        case _:
            return state, (listen(tonight, state),)


def _end(tonight: Tonight, state: State, _: Heard) -> Step:
    return stop(tonight, state)


def _adjust(tonight: Tonight, state: State, heard: Heard) -> Step:
    """Speak otherwise from now on, and ask again so."""
    wish = heard.match.meaning
    assert wish is not None  # noqa: S101 - it is one of CHANGES
    manner = changed(state.manner, wish)
    told = line(tonight, state, getattr(tonight.script.lines, wish))
    return ask(tonight, replace(state, manner=manner), Adjust(manner), told)


COMMANDS: dict[Meaning, _Command] = {
    Meaning.SKIP: _skip,
    Meaning.DONE: _done,
    Meaning.PARK: _park,
    Meaning.TIRED: _tired,
    Meaning.REPEAT: _repeat,
    Meaning.BACK: _back,
    Meaning.CORRECT: _correct,
    Meaning.OFF_RECORD: _off_record,
    Meaning.HELP: _help,
    Meaning.PAUSE: _pause,
    Meaning.RESUME: _repeat,
    Meaning.STOP: _end,
    **dict.fromkeys(CHANGES, _adjust),
}
