"""A microphone that may be unplugged: while it is away, the evening waits for it."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Literal

from voice_checkin.errors import MicrophoneError
from voice_checkin.speech.ports import Block, Source

LONGEST_S = 300.0
"""After so long without it the evening is closed; it can be taken up again."""
EVERY_S = 1.0


class ReturningMicrophone:
    """Opens a microphone by `open_one`, and anew when it went away. Implements `speech.ports.Source`.

    `told` hears "gone" once when it went away, and "back" once when it is here again. Where somebody begins
    to type meanwhile (`given_up`), or after `LONGEST_S`, the fault is raised. Raises `MicrophoneError`.
    """

    def __init__(
        self,
        open_one: Callable[[], Source],
        *,
        told: Callable[[Literal["gone", "back"]], None],
        given_up: Callable[[], bool] = lambda: False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._open_one = open_one
        self._told = told
        self._given_up = given_up
        self._sleep = sleep
        self._source = open_one()

    def read(self) -> Block:
        """Wait for the next block, and for the microphone where it is away."""
        try:
            return self._source.read()
        except MicrophoneError as fault:
            return self._wait(fault)

    def discard(self) -> None:
        """Forget what was heard up to now."""
        self._source.discard()

    def close(self) -> None:
        """Let go of the device."""
        self._source.close()

    def _wait(self, fault: MicrophoneError) -> Block:
        self._told("gone")
        for _ in range(round(LONGEST_S / EVERY_S)):
            if self._given_up():
                break
            with suppress(MicrophoneError):
                self._source.close()
                self._source = self._open_one()
                block = self._source.read()
                self._told("back")
                return block
            self._sleep(EVERY_S)
        raise fault
