"""The loop that tells a look back through voice and ear."""

from voice_checkin.evening import telling
from voice_checkin.evening.model import Adjust, Close, Effect, Event, Listen, Manner, Say, Show, Started
from voice_checkin.evening.tale import Tale
from voice_checkin.evening.talk import Talk


def tell(talk: Talk, tale: Tale, manner: Manner) -> bool:
    """Tell it to its end; True unless it was stopped on the way. `MicrophoneError` passes through."""
    talk.trace.note("started", talk.clock.monotonic_s())
    talk.voice.adjust(manner)
    state = telling.begin(tale, manner)
    event: Event = Started()
    while True:
        state, (*doing, last) = telling.step(tale, state, event)
        talk.voice.prepare([effect.text for effect in doing if isinstance(effect, Say)])
        talk.voice.prepare(telling.ahead(tale, state))
        for effect in doing:
            _perform(talk, tale, effect)
        match last:
            case Listen():
                event = talk.listen(last, [effect.text for effect in doing if isinstance(effect, Say)])
            case Close(completed):
                talk.trace.note("closed", talk.clock.monotonic_s())
                return completed
            case _:
                raise AssertionError("a step ends in Listen or Close")


def _perform(talk: Talk, tale: Tale, effect: Effect) -> None:
    match effect:
        case Say(text):
            talk.say(text, tale.turn)
        case Show(text):
            talk.screen.note(text)
        case Adjust(manner):
            talk.voice.adjust(manner)
        case _:
            raise AssertionError("a look back only says, shows and adjusts")
