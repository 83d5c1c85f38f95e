"""Words of harm, of fear, or of ending one's life: the script stops, and says where help is."""

from dataclasses import replace

from voice_checkin.evening import wording
from voice_checkin.evening.agenda import Tonight
from voice_checkin.evening.model import (
    Close,
    Effect,
    Keep,
    KeepPlan,
    Listen,
    Meaning,
    Say,
    Settle,
    Show,
    Strike,
)
from voice_checkin.evening.moves import State, Step, ask, line, listen_for_yes
from voice_checkin.evening.script import Places, Script

ANYWHERE = "default"
_KEEPING = Keep | KeepPlan | Strike | Settle
_ON = {Meaning.YES, Meaning.RESUME, Meaning.SKIP, Meaning.REPEAT}
_ASKED_AGAIN = 1
"""So often it is asked again whether to go on."""


def worry(tonight: Tonight, state: State, effects: tuple[Effect, ...]) -> Step:
    """Keep what the answer's own step keeps, name the places of help, and ask whether to go on.

    What is said aloud helps everybody. Help against violence at home is only shown: the one who is feared may
    be listening.
    """
    lines, places = tonight.script.lines, places_of(tonight.script, tonight.country)
    keeping = [effect for effect in effects if isinstance(effect, _KEEPING)]
    shown = [Show(text) for text in (places.crisis, places.violence) if text]
    state = replace(state, worried=True, unconfirmed=None, paused=False, misses=0)
    told = [line(tonight, state, lines.safety)]
    if places.emergency:
        told.append(line(tonight, state, lines.safety_emergency, emergency=places.emergency))
    told.append(line(tonight, state, lines.safety_places))
    if places.crisis:
        told.append(Say(places.crisis))
    return state, (*keeping, *shown, *told, *_ask_to_go_on(tonight, state))


def reassured(tonight: Tonight, state: State, meaning: Meaning | None) -> Step:
    """Go on where somebody wants to; what isn't clear is asked once more, then it ends kindly."""
    if meaning in _ON:
        return ask(tonight, replace(state, worried=False, misses=0))
    if meaning in {Meaning.NO, Meaning.STOP} or state.misses >= _ASKED_AGAIN:
        return state, (line(tonight, state, tonight.script.lines.safety_close), Close(completed=False))
    state = replace(state, misses=state.misses + 1)
    return state, _ask_to_go_on(tonight, state)


def places_of(script: Script, country: str) -> Places:
    """Where help is in this country; what isn't known of it, as it is everywhere."""
    everywhere = script.places.get(ANYWHERE, Places())
    here = script.places.get(country, everywhere)
    return replace(
        here,
        emergency=here.emergency or everywhere.emergency,
        crisis=here.crisis or everywhere.crisis,
        violence=here.violence or everywhere.violence,
    )


def _ask_to_go_on(tonight: Tonight, state: State) -> tuple[Say, Listen]:
    turn = state.turn
    words = wording.pick(tonight.script.lines.safety_go_on, tonight.night.id + state.misses)
    return Say(wording.fill(words, tonight, turn)), listen_for_yes(turn)
