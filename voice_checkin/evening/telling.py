"""A look back as a pure state machine: it tells piece by piece, and goes where the two steer it.

After each piece it listens for a moment. Who says nothing hears the next one; what is no wish is talk of the
two with each other, and is waited for. `begin` and `step` are as those of the evening's dialogue.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import assert_never

from voice_checkin.evening.manners import CHANGES, changed
from voice_checkin.evening.model import (
    Adjust,
    Close,
    Event,
    Heard,
    HungUp,
    Manner,
    Meaning,
    Say,
    Show,
    Silence,
    Started,
)
from voice_checkin.evening.passages import Passage, main_ones
from voice_checkin.evening.shortening import shortened
from voice_checkin.evening.steering import MORE, PARTNER, TOPIC
from voice_checkin.evening.tale import END, State, Step, Tale, line, listen, stop, tell
from voice_checkin.evening.wording import quoted

TALKS = 3
"""So often in a row what is no wish is waited for; then it goes on, as a television never ends."""


def begin(tale: Tale, manner: Manner | None = None) -> State:
    """The state before the first word: a week is told in about two minutes, what was asked for as a whole."""
    every = tuple(range(len(tale.passages)))
    order = main_ones(tale.passages) if tale.glance.whole_week else every
    return State(order, manner=manner or Manner())


def ahead(tale: Tale, state: State) -> tuple[str, ...]:
    """What is likely to be said next, to be made ready while this is said."""
    coming = state.order[state.position + 1 : state.position + 2]
    return tuple(line for place in coming for line in tale.passages[place].lines)


def step(tale: Tale, state: State, event: Event) -> Step:
    """Answer one event; the last effect is always `Listen` or `Close`."""
    lines = tale.glance.words.lines
    match event:
        case Started() if not tale.passages:
            return state, (
                line(tale, lines.nothing_week if tale.glance.whole_week else lines.nothing_chosen),
                END,
            )
        case Started():
            opening = lines.opening_week if tale.glance.whole_week else lines.opening_chosen
            return tell(tale, state, line(tale, opening))
        case HungUp():
            return stop(tale, state)
        case Silence():
            return _silent(tale, state)
        case Heard():
            return _heard(tale, state, event)
        case _:
            assert_never(event)


def _silent(tale: Tale, state: State) -> Step:
    if state.paused:
        return stop(tale, state)
    if state.position >= len(state.order):
        return state, (line(tale, tale.glance.words.lines.goodbye), END)
    return _next(tale, state)


def _heard(tale: Tale, state: State, heard: Heard) -> Step:
    meaning = heard.match.meaning
    if heard.alarming:
        return _worry(tale, state)
    if state.paused:
        return _wake(tale, state, meaning)
    if meaning is Meaning.NO and state.position >= len(state.order):
        return _silent(tale, state)
    if meaning in _MOVES:
        return _MOVES[meaning](tale, replace(state, talks=0), heard)
    if state.talks + 1 < TALKS:
        state = replace(state, talks=state.talks + 1)
        return state, (listen(tale, state),)
    return _silent(tale, state)


def _next(tale: Tale, state: State, _: Heard | None = None) -> Step:
    return tell(tale, replace(state, position=min(state.position + 1, len(state.order))))


def _skip(tale: Tale, state: State, heard: Heard) -> Step:
    """Go to the next piece, to a topic, or to one partner's words."""
    wish = str(heard.match.value or "")
    words = tale.glance.words
    if wish.startswith(TOPIC):
        key = wish.removeprefix(TOPIC)
        nothing = line(tale, words.lines.nothing_about, topic=words.topics[key].called)
        return _go_to(tale, state, nothing, lambda passage: passage.topic == key)
    if wish.startswith(PARTNER):
        partner = wish.removeprefix(PARTNER)
        nothing = line(tale, words.lines.nothing_of, partner=partner)
        return _go_to(tale, state, nothing, lambda passage: passage.partner == partner)
    if state.position >= len(state.order):
        return _silent(tale, state)
    return _next(tale, state)


def _go_to(tale: Tale, state: State, nothing: Say, fits: Callable[[Passage], bool]) -> Step:
    """Tell what fits and wasn't told yet, else all that fits once more; then what was still to come."""
    fitting = [place for place, passage in enumerate(tale.passages) if fits(passage)]
    if not fitting:
        return state, (nothing, listen(tale, state))
    told, coming = state.order[: state.position + 1], state.order[state.position + 1 :]
    fresh = _without(fitting, told)
    state = replace(state, order=(*told, *(fresh or fitting), *_without(coming, fitting)), position=len(told))
    again = () if fresh else (line(tale, tale.glance.words.lines.once_more),)
    return tell(tale, state, *again)


def _without(places: Iterable[int], gone: Iterable[int]) -> tuple[int, ...]:
    gone = set(gone)
    return tuple(place for place in places if place not in gone)


def _repeat(tale: Tale, state: State, heard: Heard) -> Step:
    """Tell the piece once more; or its rest, or more of its topic, where that is asked for."""
    here = min(state.position, len(state.order) - 1)
    if heard.match.value != MORE:
        return tell(tale, replace(state, position=here))
    lines = tale.glance.words.lines
    if state.rest:
        text, rest = shortened(state.rest)
        more = (line(tale, lines.there_is_more),) if rest else ()
        state = replace(state, rest=rest)
        return state, (Say(f"{quoted(text)}."), *more, listen(tale, state))
    topic = tale.passages[state.order[here]].topic
    left = [place for place, passage in enumerate(tale.passages) if passage.topic == topic]
    if not _without(left, state.order[: here + 1]):
        return state, (line(tale, lines.no_more), listen(tale, state))
    return _go_to(tale, state, line(tale, lines.no_more), lambda passage: passage.topic == topic)


def _back(tale: Tale, state: State, _: Heard) -> Step:
    first = () if state.position else (line(tale, tale.glance.words.lines.first_already),)
    return tell(tale, replace(state, position=max(0, state.position - 1)), *first)


def _yes(tale: Tale, state: State, heard: Heard) -> Step:
    """Go on; behind the last piece it says what there is to wish for."""
    return _help(tale, state, heard) if state.position >= len(state.order) else _next(tale, state)


def _help(tale: Tale, state: State, _: Heard) -> Step:
    one, _other = tale.glance.partners
    return state, (line(tale, tale.glance.words.lines.help, partner=one), listen(tale, state))


def _only_reading(tale: Tale, state: State, _: Heard) -> Step:
    return state, (line(tale, tale.glance.words.lines.only_reading), listen(tale, state))


def _pause(tale: Tale, state: State, _: Heard) -> Step:
    state = replace(state, paused=True)
    return state, (line(tale, tale.script.lines.paused), listen(tale, state))


def _wake(tale: Tale, state: State, meaning: Meaning | None) -> Step:
    """A pause hears only "go on" and "stop"; everything else is none of its business."""
    awake = replace(state, paused=False)
    if meaning is Meaning.STOP:
        return stop(tale, awake)
    if meaning in {Meaning.RESUME, Meaning.YES, Meaning.SKIP, Meaning.REPEAT}:
        return tell(tale, awake, line(tale, tale.script.lines.resumed))
    return state, (listen(tale, state),)


def _adjust(tale: Tale, state: State, heard: Heard) -> Step:
    """Speak otherwise from now on, and tell the piece again so."""
    wish = heard.match.meaning
    assert wish is not None  # noqa: S101 - it is one of CHANGES
    manner = changed(state.manner, wish)
    told = line(tale, getattr(tale.script.lines, wish))
    return tell(tale, replace(state, manner=manner), Adjust(manner), told)


def _worry(tale: Tale, state: State) -> Step:
    """Words of harm end it, and the places of help are named, as in an evening."""
    lines, places = tale.script.lines, tale.places
    shown = [Show(text) for text in (places.crisis, places.violence) if text]
    aloud = [Say(places.crisis)] if places.crisis else []
    told = [line(tale, words) for words in (lines.safety, lines.safety_places)]
    return state, (*shown, *told, *aloud, line(tale, lines.safety_close), Close(completed=False))


_MOVES: dict[Meaning | None, Callable[[Tale, State, Heard], Step]] = {
    Meaning.SKIP: _skip,
    Meaning.YES: _yes,
    Meaning.RESUME: _yes,
    Meaning.REPEAT: _repeat,
    Meaning.BACK: _back,
    Meaning.HELP: _help,
    Meaning.PAUSE: _pause,
    **dict.fromkeys((Meaning.STOP, Meaning.DONE, Meaning.TIRED), stop),
    **dict.fromkeys((Meaning.CORRECT, Meaning.OFF_RECORD, Meaning.PARK), _only_reading),
    **dict.fromkeys(CHANGES, _adjust),
}
