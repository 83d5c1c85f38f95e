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
    Learn,
    Listen,
    Manner,
    Match,
    Rest,
    Say,
    Settle,
    Show,
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
    alarming: Callable[[str], bool] = lambda _: False
    """Whether words speak of harm, of fear, or of ending one's life."""
    mend: Callable[[str], str] = lambda text: text
    """The text with the couple's own words put right in it."""
    is_common: Callable[[str], bool] = lambda _: False
    """Whether everybody uses a word: then it is none of the couple's own."""

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
            case Show(text):
                self.screen.note(text)
            case Rest(seconds):
                self.trace.note("chime", self.voice.rest(seconds).ended_s)
            case Adjust(manner):
                self.voice.adjust(manner)
            case Listen() | Close():
                raise AssertionError("a step listens or closes once, at its end")
            case _:
                self._record(effect)

    def _record(self, effect: Keep | Strike | KeepPlan | Settle | Learn | HearTip) -> None:
        match effect:
            case Keep():
                self._keep(effect)
            case Strike(turn, plan_only):
                self.journal.strike(self.tonight.night, turn, plan_only=plan_only)
            case KeepPlan(turn, plan):
                self.journal.keep_plan(self.tonight.night, turn, plan)
            case Settle(plan):
                self.journal.settle(plan)
            case Learn(words):
                self.journal.learn([word for word in words if not self.is_common(word)])
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
        """One answer; what was just `spoken` and comes back through the microphone is none."""
        for _ in range(ECHOES + 1):
            utterance = self.ear.listen(listen)
            if utterance is None or not is_echo(utterance.text, spoken):
                return utterance
        return None

    def _keep(self, keep: Keep) -> None:
        answer = Answer(
            partner=keep.turn.partner,
            question=keep.turn.question,
            meaning=keep.meaning,
            value=keep.value,
            said=keep.said,
            at=self.clock.now(),
            about=keep.turn.number,
        )
        self.journal.keep(self.tonight.night, answer)
        self.trace.note("kept", self.clock.monotonic_s(), keep.turn)

    def _close(self, *, completed: bool) -> None:
        self.journal.close_night(self.tonight.night, self.clock.now(), completed=completed)
        self.trace.note("closed", self.clock.monotonic_s())
