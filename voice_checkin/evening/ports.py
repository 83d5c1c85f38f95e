"""What an evening needs from the world: five small Protocols, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from voice_checkin.evening.model import Answer, Listen, Manner, Match, Night, Plan, Turn, Utterance


@dataclass(frozen=True, slots=True)
class Spoken:
    """When one line sounded: seconds on the monotonic clock, first and last sample."""

    started_s: float
    ended_s: float


class EndOfInput(Exception):
    """No further answer can come from this ear."""


class Ear(Protocol):
    """Hears one answer at a time."""

    @property
    def name(self) -> str:
        """`vosk`, `whisper` or `keyboard`."""

    def listen(self, listen: Listen) -> Utterance | None:
        """Wait for one answer and return it as text; None where nothing was said in time.

        Raises `EndOfInput` where no answer can come any more, `MicrophoneError` where the
        microphone went away.
        """

    def close(self) -> None:
        """Let go of the microphone."""


class Voice(Protocol):
    """Speaks one line at a time."""

    def prepare(self, lines: Sequence[str]) -> None:
        """Make these lines ready in the background, so that they start at once when said."""

    def say(self, line: str) -> Spoken:
        """Speak the line to its end. Never raises for a mute voice: the printed line stands in."""

    def rest(self, seconds: float) -> Spoken:
        """Be quiet for so long, and end it with a soft chime. Never raises for a mute voice."""

    def adjust(self, manner: Manner) -> None:
        """Speak in this manner from the next line on."""

    def close(self) -> None:
        """Fall silent and let go of the loudspeaker."""


class Journal(Protocol):
    """Keeps what was said. Each call is one durable transaction; each may raise `JournalError`."""

    def keep(self, night: Night, answer: Answer) -> None:
        """Keep one answer, in place of an earlier one to the same question by the same partner."""

    def strike(self, night: Night, turn: Turn, *, plan_only: bool = False) -> None:
        """Remove the answer of this turn and a plan made in it, or the plan only, where there is one."""

    def keep_plan(self, night: Night, turn: Turn, plan: Plan) -> None:
        """Keep a plan, in place of an earlier one made in the same turn of this night."""

    def settle(self, plan: Plan) -> None:
        """Record the due day and the outcome of a plan that was kept before."""

    def learn(self, words: Sequence[str]) -> None:
        """Remember words that the two use."""

    def hear_tip(self, day: date, tip: str, night: Night | None = None) -> None:
        """Note that a tip was heard on this day."""

    def close_night(self, night: Night, at: datetime, *, completed: bool) -> None:
        """Note that the evening has ended."""


class Screen(Protocol):
    """Shows what is said and understood, as subtitles."""

    def said(self, line: str) -> None:
        """A line that is being spoken."""

    def listening(self, turn: Turn) -> None:
        """It is this partner's turn to speak."""

    def heard(self, turn: Turn, text: str, match: Match) -> None:
        """An answer, and how it was understood."""

    def note(self, words: str) -> None:
        """What is only shown, and not said."""


class Trace(Protocol):
    """Records moments of the evening for measuring. Never a private word."""

    def note(self, event: str, at_s: float, turn: Turn | None = None, **facts: str | float | None) -> None:
        """`event` happened at `at_s` (monotonic seconds) in this turn."""


class Clock(Protocol):
    """Where time comes from."""

    def now(self) -> datetime:
        """Local time with its offset."""

    def monotonic_s(self) -> float:
        """Seconds that never go back."""
