"""The loop that performs an evening through its ports: speak, listen, understand, keep."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from voice_checkin.evening import dialogue, wording
from voice_checkin.evening.agenda import Tonight
from voice_checkin.evening.echo import is_echo
from voice_checkin.evening.model import (
    Adjust,
    Answer,
    Close,
    Effect,
    Event,
    Expects,
    Heard,
    HearTip,
    HungUp,
    Keep,
    KeepPlan,
    Listen,
    Manner,
    Match,
    Say,
    Settle,
    Silence,
    Started,
    Strike,
    Turn,
    Utterance,
)
from voice_checkin.evening.ports import Clock, Ear, EndOfInput, Journal, Screen, Trace, Voice

ECHOES = 2
"""So often the product may hear itself at one question before that counts as silence."""

Read: TypeAlias = Callable[[str, Expects], Match]
"""How a sentence is understood, given the kind of answer that is expected."""


@dataclass(frozen=True, slots=True)
class Session:
    """An evening with everything it needs."""

    tonight: Tonight
    read: Read
    ear: Ear
    voice: Voice
    journal: Journal
    screen: Screen
    trace: Trace
    clock: Clock

    def hold(self, manner: Manner) -> bool:
        """Hold the evening to its end; True where it was completed.

        Each answer is kept before anything else is said. `JournalError` and `MicrophoneError`
        pass through: what was kept stays kept, and the next evening goes on from there.
        """
        self.trace.note("started", self.clock.monotonic_s())
        self.voice.adjust(manner)
        state = dialogue.begin(self.tonight, manner)
        event: Event = Started()
        ahead = wording.lines_ahead(self.tonight)
        while True:
            state, effects = dialogue.step(self.tonight, state, event)
            self.voice.prepare([effect.text for effect in effects if isinstance(effect, Say)])
            self.voice.prepare(ahead)
            ahead = ()
            *doing, last = effects
            for effect in doing:
                self._perform(effect, last)
            match last:
                case Listen():
                    event = self._listen(last, [e.text for e in doing if isinstance(e, Say)])
                case Close(completed):
                    self._close(completed=completed)
                    return completed
                case _:
                    raise AssertionError("a step ends in Listen or Close")

    def _perform(self, effect: Effect, last: Effect) -> None:
        match effect:
            case Say(text):
                self._say(text, last.turn if isinstance(last, Listen) else None)
            case Adjust(manner):
                self.voice.adjust(manner)
            case Listen() | Close():
                raise AssertionError("a step listens or closes once, at its end")
            case _:
                self._record(effect)

    def _record(self, effect: Keep | Strike | KeepPlan | Settle | HearTip) -> None:
        match effect:
            case Keep():
                self._keep(effect)
            case Strike(turn):
                self.journal.strike(self.tonight.night, turn)
            case KeepPlan(turn, plan):
                self.journal.keep_plan(self.tonight.night, turn, plan)
            case Settle(plan):
                self.journal.settle(plan)
            case HearTip(tip):
                self.journal.hear_tip(self.tonight.night.date, tip, self.tonight.night)
            case _:
                assert_never(effect)

    def _say(self, text: str, turn: Turn | None) -> None:
        self.screen.said(text)
        spoken = self.voice.say(text)
        self.trace.note("prompt_started", spoken.started_s, turn)
        self.trace.note("prompt_ended", spoken.ended_s, turn)

    def _listen(self, listen: Listen, spoken: Sequence[str]) -> Event:
        self.screen.listening(listen.turn)
        try:
            utterance = self._hear(listen, spoken)
        except EndOfInput:
            return HungUp()
        if utterance is None:
            return Silence()
        self.trace.note("speech_started", utterance.started_s, listen.turn)
        self.trace.note("speech_ended", utterance.ended_s, listen.turn)
        match = self.read(utterance.text, listen.expects)
        self.trace.note(
            "understood",
            self.clock.monotonic_s(),
            listen.turn,
            score=match.score,
            decode_s=utterance.decode_s,
        )
        self.screen.heard(listen.turn, utterance.text, match)
        return Heard(utterance.text, match)

    def _hear(self, listen: Listen, spoken: Sequence[str]) -> Utterance | None:
        """One answer; what was just `spoken` and comes back through the microphone is none."""
        for _ in range(ECHOES + 1):
            utterance = self.ear.listen(listen)
            if utterance is None or not is_echo(utterance.text, spoken):
                return utterance
        return None

    def _keep(self, keep: Keep) -> None:
        plan = keep.turn.about
        answer = Answer(
            partner=keep.turn.partner,
            question=keep.turn.question,
            meaning=keep.meaning,
            value=keep.value,
            said=keep.said,
            at=self.clock.now(),
            about=plan.id if plan else None,
        )
        self.journal.keep(self.tonight.night, answer)
        self.trace.note("kept", self.clock.monotonic_s(), keep.turn)

    def _close(self, *, completed: bool) -> None:
        self.journal.close_night(self.tonight.night, self.clock.now(), completed=completed)
        self.trace.note("closed", self.clock.monotonic_s())
