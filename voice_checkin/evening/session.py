"""The loop that performs an evening through its ports: speak, listen, understand, keep."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from voice_checkin.evening import dialogue, wording
from voice_checkin.evening.agenda import Tonight
from voice_checkin.evening.model import (
    Adjust,
    Answer,
    Close,
    Effect,
    Event,
    HearTip,
    Keep,
    KeepPlan,
    Learn,
    Listen,
    Manner,
    Rest,
    Say,
    Settle,
    Show,
    Started,
    Strike,
)
from voice_checkin.evening.ports import Journal
from voice_checkin.evening.talk import Talk


@dataclass(frozen=True, slots=True)
class Session:
    """An evening with everything it needs."""

    tonight: Tonight
    talk: Talk
    journal: Journal
    is_common: Callable[[str], bool] = lambda _: False
    """Whether everybody uses a word: then it is none of the couple's own."""

    def hold(self, manner: Manner) -> bool:
        """Hold the evening to its end; True where it was completed.

        Each answer is kept before anything else is said. `JournalError` and `MicrophoneError`
        pass through: what was kept stays kept, and the next evening goes on from there.
        """
        self.talk.trace.note("started", self.talk.clock.monotonic_s())
        self.talk.voice.adjust(manner)
        state = dialogue.begin(self.tonight, manner)
        event: Event = Started()
        ahead = wording.lines_ahead(self.tonight)
        while True:
            state, effects = dialogue.step(self.tonight, state, event)
            self.talk.voice.prepare([effect.text for effect in effects if isinstance(effect, Say)])
            self.talk.voice.prepare(ahead)
            ahead = ()
            *doing, last = effects
            for effect in doing:
                self._perform(effect, last)
            match last:
                case Listen():
                    event = self.talk.listen(last, [e.text for e in doing if isinstance(e, Say)])
                case Close(completed):
                    self._close(completed=completed)
                    return completed
                case _:
                    raise AssertionError("a step ends in Listen or Close")

    def _perform(self, effect: Effect, last: Effect) -> None:
        match effect:
            case Say(text):
                self.talk.say(text, last.turn if isinstance(last, Listen) else None)
            case Show(text):
                self.talk.screen.note(text)
            case Rest(seconds):
                self.talk.trace.note("chime", self.talk.voice.rest(seconds).ended_s)
            case Adjust(manner):
                self.talk.voice.adjust(manner)
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

    def _keep(self, keep: Keep) -> None:
        answer = Answer(
            partner=keep.turn.partner,
            question=keep.turn.question,
            meaning=keep.meaning,
            value=keep.value,
            said=keep.said,
            at=self.talk.clock.now(),
            about=keep.turn.number,
        )
        self.journal.keep(self.tonight.night, answer)
        self.talk.trace.note("kept", self.talk.clock.monotonic_s(), keep.turn)

    def _close(self, *, completed: bool) -> None:
        self.journal.close_night(self.tonight.night, self.talk.clock.now(), completed=completed)
        self.talk.trace.note("closed", self.talk.clock.monotonic_s())
