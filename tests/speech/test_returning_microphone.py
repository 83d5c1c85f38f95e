"""A microphone that is unplugged in the middle of an evening, and plugged in again."""

import time

import numpy as np
import pytest

from tests.guest import ready
from tests.room import Room, why_no_room
from voice_checkin.errors import MicrophoneError
from voice_checkin.speech.microphone import Microphone
from voice_checkin.speech.ports import BLOCK_SAMPLES, Block
from voice_checkin.speech.returning_microphone import EVERY_S, LONGEST_S, ReturningMicrophone

GONE = MicrophoneError("the microphone went away", remedy="check its plug")
BLOCK = Block(np.zeros(BLOCK_SAMPLES, np.int16), 1.0)


class Flaky:
    """A microphone that hears so many blocks, then is gone."""

    def __init__(self, blocks: int) -> None:
        self._blocks = blocks
        self.closed = False

    def read(self) -> Block:
        """A block, or the fault."""
        if not self._blocks:
            raise GONE
        self._blocks -= 1
        return BLOCK

    def discard(self) -> None:
        """Nothing to forget."""

    def close(self) -> None:
        """Note it."""
        self.closed = True


class Plug:
    """Opens these microphones one after another; None: it isn't plugged in."""

    def __init__(self, *microphones: Flaky | None) -> None:
        self.microphones = list(microphones)
        self.told: list[str] = []
        self.slept_s = 0.0

    def open(self) -> Flaky:
        """The next one."""
        microphone = self.microphones.pop(0) if self.microphones else None
        if microphone is None:
            raise GONE
        return microphone

    def sleep(self, seconds: float) -> None:
        """Note it."""
        self.slept_s += seconds


def test_the_evening_waits_for_a_microphone_that_went_away() -> None:
    """It is told once that it is gone and once that it is back; the old one is let go of."""
    first = Flaky(1)
    plug = Plug(first, None, None, Flaky(2))
    microphone = ReturningMicrophone(plug.open, told=plug.told.append, sleep=plug.sleep)

    assert [microphone.read() for _ in range(3)] == [BLOCK] * 3
    assert plug.told == ["gone", "back"]
    assert plug.slept_s == 2 * EVERY_S
    assert first.closed


def test_one_that_never_returns_is_given_up() -> None:
    """The fault is raised with its cure, after minutes, or as soon as somebody types."""
    plug = Plug(Flaky(0))
    with pytest.raises(MicrophoneError, match="went away"):
        ReturningMicrophone(plug.open, told=plug.told.append, sleep=plug.sleep).read()
    assert plug.slept_s == LONGEST_S

    typing = Plug(Flaky(0))
    with pytest.raises(MicrophoneError, match="went away"):
        ReturningMicrophone(
            typing.open, told=typing.told.append, given_up=lambda: True, sleep=typing.sleep
        ).read()
    assert typing.slept_s == 0


def hear_through_an_unplugging(seconds: float) -> tuple[list[str], int]:
    """Listen for so long: what was told of the microphone, and the loudest sound behind its return."""
    told: list[str] = []
    microphone = ReturningMicrophone(lambda: Microphone(None), told=told.append)
    microphone.read()
    ready()
    until_s, loudest = time.monotonic() + seconds, 0
    while time.monotonic() < until_s:
        block = microphone.read()
        if "back" in told:
            loudest = max(loudest, int(np.abs(block.samples.astype(int)).max()))
    microphone.close()
    return told, loudest


@pytest.mark.skipif(why_no_room() is not None, reason=why_no_room() or "")
def test_a_real_microphone_is_heard_again_when_it_is_back() -> None:
    """The sound server ends in the middle of listening, and is there again two seconds later."""
    with Room() as room, room.guest(hear_through_an_unplugging, 10.0) as guest:
        guest.wait_until_ready()
        room.kill()
        time.sleep(2)
        room.plug_in()
        time.sleep(3)
        room.speak((np.sin(np.arange(48_000) * 0.05) * 9_000).astype(np.int16), 48_000)

        told, loudest = guest.result()
        assert told == ["gone", "back"]
        assert loudest > 500
