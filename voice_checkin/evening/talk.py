"""Talking with whoever is there: what is said is shown as well, and what is heard is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from voice_checkin.evening.echo import is_echo
from voice_checkin.evening.model import Expects, Heard, HungUp, Listen, Match, Silence, Turn, Utterance
from voice_checkin.evening.ports import Clock, Ear, EndOfInput, Screen, Trace, Voice

ECHOES = 2
"""So often the product may hear itself at one question before that counts as silence."""

Read: TypeAlias = Callable[[str, Expects], Match]
"""How a sentence is understood, given the kind of answer that is expected."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A voice and an ear, with a screen that shows what goes through them and a trace that measures it."""

    read: Read
    ear: Ear
    voice: Voice
    screen: Screen
    trace: Trace
    clock: Clock
    alarming: Callable[[str], bool] = lambda _: False
    """Whether words speak of harm, of fear, or of ending one's life."""
    mend: Callable[[str], str] = lambda text: text
    """The text with the couple's own words put right in it."""

    def say(self, text: str, turn: Turn | None = None) -> None:
        """Speak one line to its end, and show it."""
        self.screen.said(text)
        spoken = self.voice.say(text)
        self.trace.note("prompt_started", spoken.started_s, turn)
        self.trace.note("prompt_ended", spoken.ended_s, turn)

    def listen(self, listen: Listen, spoken: Sequence[str]) -> Heard | Silence | HungUp:
        """Hear one answer and read it; what was just `spoken` and comes back through the microphone is none.

        `MicrophoneError` passes through.
        """
        self.screen.listening(listen.turn)
        try:
            utterance = self._hear(listen, spoken)
        except EndOfInput:
            return HungUp()
        if utterance is None:
            return Silence()
        self.trace.note("speech_started", utterance.started_s, listen.turn)
        self.trace.note("speech_ended", utterance.ended_s, listen.turn)
        text = self.mend(utterance.text)
        match = self.read(text, listen.expects)
        self.trace.note(
            "understood",
            self.clock.monotonic_s(),
            listen.turn,
            score=match.score,
            decode_s=utterance.decode_s,
        )
        if not listen.private:
            self.screen.heard(listen.turn, text, match)
        return Heard(text, match, self.alarming(text))

    def _hear(self, listen: Listen, spoken: Sequence[str]) -> Utterance | None:
        for _ in range(ECHOES + 1):
            utterance = self.ear.listen(listen)
            if utterance is None or not is_echo(utterance.text, spoken):
                return utterance
        return None
