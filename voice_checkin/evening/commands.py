"""What a command does. Every command works at every question."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from voice_checkin.evening import wording
from voice_checkin.evening.agenda import Tonight
from voice_checkin.evening.model import EXACT, Adjust, Heard, Keep, Manner, Meaning, Say, Strike
from voice_checkin.evening.moves import State, Step, ask, go_on, line, listen, listen_for_yes, stop

FASTER, SLOWER = 1.15, 1 / 1.15
LOUDER, SOFTER = 1.25, 1 / 1.25

_Command: TypeAlias = Callable[[Tonight, State, Heard], Step]


def _skip(tonight: Tonight, state: State, heard: Heard) -> Step:
    return _pass(tonight, state, heard, Meaning.SKIP, tonight.script.lines.skipped)


def _park(tonight: Tonight, state: State, heard: Heard) -> Step:
    return _pass(tonight, state, heard, Meaning.PARK, tonight.script.lines.parked)


def _pass(tonight: Tonight, state: State, heard: Heard, meaning: Meaning, words: tuple[str, ...]) -> Step:
    """Go on without an answer. One that was given before and came back by "go back" stays kept."""
    told = line(tonight, state, words)
    if state.turn in state.answered:
        return go_on(tonight, state, told)
    return go_on(tonight, state, Keep(state.turn, meaning, None, heard.text), told)


def _tired(tonight: Tonight, state: State, _: Heard) -> Step:
    """Only each partner's appreciation is still asked for; then good night."""
    later = state.turns[state.position + 1 :]
    short = tuple(turn for turn in later if turn.question == "appreciation.share")
    stays = 1 if state.turn.question.startswith("appreciation.") else 0
    state = replace(state, turns=(*state.turns[: state.position + stays], *short), misses=0)
    return ask(tonight, state, line(tonight, state, tonight.script.lines.tired))


def _repeat(tonight: Tonight, state: State, _: Heard) -> Step:
    return ask(tonight, state)


def _back(tonight: Tonight, state: State, _: Heard) -> Step:
    return _return(tonight, state, tonight.script.lines.back)


def _correct(tonight: Tonight, state: State, _: Heard) -> Step:
    return _return(tonight, state, tonight.script.lines.correct)


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
    struck = [Strike(turn) for turn in state.answered[-1:]]
    return ask(tonight, replace(state, answered=state.answered[:-1]), *struck, receipt)


def confirm(tonight: Tonight, state: State, heard: Heard) -> Step | None:
    """Ask whether that was meant: what is hard to undo and wasn't said in so many words; else None."""
    lines = tonight.script.lines
    meaning = heard.match.meaning
    if heard.match.score >= EXACT:
        return None
    if meaning is Meaning.STOP:
        words = lines.really_stop
    elif meaning is Meaning.OFF_RECORD and heard.match.value != "this" and state.answered:
        words = lines.really_strike
    else:
        return None
    asking = replace(state, unconfirmed=heard)
    return asking, (line(tonight, state, words), listen_for_yes(state))


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


def _adjust(words: str, *, rate: float = 1.0, volume: float = 1.0) -> _Command:
    """A command that changes how the voice speaks, and asks again in the new manner."""

    def adjusted(tonight: Tonight, state: State, _: Heard) -> Step:
        manner = Manner(
            rate=_bounded(state.manner.rate * rate, 0.6, 1.6),
            volume=_bounded(state.manner.volume * volume, 0.2, 1.0),
            pause=_bounded(state.manner.pause / rate, 0.5, 4.0),
        )
        told = line(tonight, state, getattr(tonight.script.lines, words))
        return ask(tonight, replace(state, manner=manner), Adjust(manner), told)

    return adjusted


def _bounded(value: float, least: float, most: float) -> float:
    return max(least, min(most, value))


COMMANDS: dict[Meaning, _Command] = {
    Meaning.SKIP: _skip,
    Meaning.DONE: _skip,
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
    Meaning.SLOWER: _adjust("slower", rate=SLOWER),
    Meaning.FASTER: _adjust("faster", rate=FASTER),
    Meaning.LOUDER: _adjust("louder", volume=LOUDER),
    Meaning.SOFTER: _adjust("softer", volume=SOFTER),
}
