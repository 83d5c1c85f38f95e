"""The voice that is only read: for a quiet house, and where nothing can be spoken."""

from collections.abc import Sequence

from voice_checkin.evening.model import Manner
from voice_checkin.evening.ports import Clock, Spoken


class PrintedVoice:
    """Says nothing and waits for nothing: the subtitles already show each line."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def prepare(self, lines: Sequence[str]) -> None:
        """Nothing needs to be made ready."""

    def say(self, line: str) -> Spoken:  # noqa: ARG002 - the subtitles show it
        """Return at once: the line took no time."""
        now_s = self._clock.monotonic_s()
        return Spoken(now_s, now_s)

    def rest(self, seconds: float) -> Spoken:  # noqa: ARG002 - as the port has it
        """Wait for nothing."""
        return self.say("")

    def adjust(self, manner: Manner) -> None:
        """A printed line has no manner."""

    def close(self) -> None:
        """There is nothing to let go of."""
