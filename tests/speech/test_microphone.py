import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.guest import ready
from tests.room import EAR_RATE_HZ, Room, why_no_room
from voice_checkin.errors import MicrophoneError
from voice_checkin.speech.microphone import BlockCutter, Microphone, has_microphone
from voice_checkin.speech.ports import BLOCK_S, BLOCK_SAMPLES, SAMPLE_RATE_HZ, Block

NO_ROOM = why_no_room()
needs_room = pytest.mark.skipif(NO_ROOM is not None, reason=str(NO_ROOM))


def tone(rate_hz: int, seconds: float) -> npt.NDArray[np.int16]:
    """A tone of 440 Hz."""
    times = np.arange(round(rate_hz * seconds)) / rate_hz
    return (8_000 * np.sin(2 * np.pi * 440 * times)).astype(np.int16)


def deliver(cutter: BlockCutter, sound: npt.NDArray[np.int16], rate_hz: int, from_s: float) -> list[Block]:
    """Hand a sound over as a device does: in pieces of 25 ms, each with its time."""
    piece = rate_hz // 40
    return [
        block
        for start in range(0, len(sound), piece)
        for block in cutter.cut(sound[start : start + piece], from_s + start / rate_hz)
    ]


class TestBlockCutter:
    """From what a device delivers to blocks that know their time."""

    @pytest.mark.parametrize(("rate_hz", "channels"), [(48_000, 2), (44_100, 2), (16_000, 1), (8_000, 1)])
    def test_blocks_follow_one_another(self, rate_hz: int, channels: int) -> None:
        """At any rate and in one channel or two, blocks of 32 ms follow from the first sample's time on."""
        sound = np.repeat(tone(rate_hz, 2.0)[:, np.newaxis], channels, axis=1)

        blocks = deliver(BlockCutter(rate_hz, channels), sound, rate_hz, from_s=100.0)

        assert len(blocks) >= 60
        assert {block.samples.shape for block in blocks} == {(BLOCK_SAMPLES,)}
        for nth, block in enumerate(blocks):
            assert block.at_s == pytest.approx(100.0 + nth * BLOCK_S, abs=1e-6)

    def test_sound_keeps_its_place_in_time(self) -> None:
        """A word that begins half a second in is found half a second after the first block."""
        sound = np.concatenate([np.zeros(24_000, np.int16), tone(48_000, 1.0)])

        blocks = deliver(BlockCutter(48_000, 1), sound, 48_000, from_s=7.0)

        first = next(block for block in blocks if np.abs(block.samples).max() > 1_000)
        onset = int(np.flatnonzero(np.abs(first.samples) > 1_000)[0])
        assert first.at_s + onset / SAMPLE_RATE_HZ == pytest.approx(7.5, abs=0.002)

    def test_after_a_gap_time_goes_on_from_the_new_sound(self) -> None:
        """Where sound was lost, what follows keeps its own time and is not glued to what came before."""
        cutter = BlockCutter(16_000, 1)
        before = deliver(cutter, tone(16_000, 0.1), 16_000, from_s=1.0)

        after = deliver(cutter, tone(16_000, 0.1), 16_000, from_s=5.0)

        assert before[-1].at_s < 1.1
        assert after[0].at_s == 5.0
        assert after[0].samples.tolist() == tone(16_000, 0.1)[:BLOCK_SAMPLES].tolist()

    def test_times_that_wander_are_evened_out(self) -> None:
        """Stated times that jump by 20 ms to and fro move the blocks by far less, and never back."""
        cutter = BlockCutter(16_000, 1)
        wander_s = np.random.default_rng(1).uniform(-0.02, 0.02, 400)

        blocks = [
            block
            for nth, off_s in enumerate(wander_s)
            for block in cutter.cut(np.zeros(400, np.int16), nth * 0.025 + off_s)
        ]

        late_s = np.array([block.at_s - nth * BLOCK_S for nth, block in enumerate(blocks)])
        assert np.abs(late_s[len(late_s) // 2 :]).max() < 0.01
        assert np.diff([block.at_s for block in blocks]).min() > 0

    def test_a_slow_device_does_not_fall_behind_the_clock(self) -> None:
        """Counting a slow device's samples would be 0.6 s behind after ten minutes; its blocks are not."""
        cutter = BlockCutter(16_000, 1)

        for nth in range(24_000):
            blocks = list(cutter.cut(np.zeros(400, np.int16), nth * 0.025 * 1.001))

        assert blocks[-1].at_s == pytest.approx(24_000 * 0.025 * 1.001, abs=0.15)


# What the guests do, in a process inside the room.


def hear(seconds: float) -> list[tuple[float, float]]:
    """Listen for so long, and return when something sounded, on the monotonic clock."""
    microphone = Microphone()
    microphone.read()
    ready()
    until_s = time.monotonic() + seconds
    loud = []
    while (block := microphone.read()).at_s < until_s:
        loud += [
            block.at_s + float(place) / SAMPLE_RATE_HZ
            for place in np.flatnonzero(np.abs(block.samples.astype(int)) > 500)
        ]
    microphone.close()
    assert microphone.dropped == 0
    return [(loud[0], loud[-1])] if loud else []


def hear_after_a_long_speech() -> tuple[float, float, int, int]:
    """Read nothing for a while, forget it, and read on: how late and how loud the next block is."""
    microphone = Microphone()
    microphone.read()
    ready()
    time.sleep(1.5)
    now_s = time.monotonic()
    microphone.discard()
    block = microphone.read()
    microphone.close()
    return now_s, block.at_s, int(np.abs(block.samples.astype(int)).max()), microphone.dropped


def hear_until_lost() -> tuple[str, float]:
    """Listen until the microphone goes away, and return the error and when it came."""
    microphone = Microphone()
    microphone.read()
    ready()
    try:
        while True:
            microphone.read()
    except MicrophoneError as fault:
        microphone.close()
        return str(fault), time.monotonic()


def open_by_name(name: str | None) -> str:
    """Open the microphone of this name, and return what went wrong."""
    try:
        Microphone(name).close()
    except MicrophoneError as fault:
        return str(fault)
    return "opened"


def look_for_a_microphone() -> bool:
    """Tell whether there is a microphone in this room."""
    return has_microphone()


@needs_room
@pytest.mark.parametrize(("rate_hz", "channels"), [(48_000, 2), (44_100, 2), (16_000, 1)])
def test_what_is_said_is_heard_when_it_was_said(rate_hz: int, channels: int) -> None:
    """A sound into the microphone arrives whole, with the time at which it was made."""
    with (
        Room(rate_hz=rate_hz, channels=channels) as room,
        room.beside_the_mouth() as beside,
        room.guest(hear, 2.0) as guest,
    ):
        guest.wait_until_ready()
        room.speak(tone(EAR_RATE_HZ, 0.5), EAR_RATE_HZ)

        [(heard_s, heard_end_s)] = guest.result()
        [(said_s, said_end_s)] = beside.spans_s()
        assert heard_s == pytest.approx(said_s, abs=0.15)
        assert heard_end_s == pytest.approx(said_end_s, abs=0.15)
        assert heard_end_s - heard_s == pytest.approx(0.5, abs=0.05)


@needs_room
def test_what_sounded_before_is_forgotten() -> None:
    """After discard, nothing that sounded before it is heard: the product's own voice is no answer."""
    with Room() as room, room.guest(hear_after_a_long_speech) as guest:
        guest.wait_until_ready()
        room.speak(tone(EAR_RATE_HZ, 0.8), EAR_RATE_HZ)

        discarded_s, next_s, loudness, dropped = guest.result()
        assert next_s > discarded_s - 0.1
        assert loudness < 100
        assert dropped == 0


@needs_room
def test_a_microphone_that_goes_away_is_noticed() -> None:
    """A pulled plug is an error with its cure within 2 s, and no endless silence."""
    with Room() as room, room.guest(hear_until_lost) as guest:
        guest.wait_until_ready()
        pulled_s = time.monotonic()
        room.kill()

        problem, noticed_s = guest.result()
        assert problem.startswith("the microphone went away - check its plug")
        assert noticed_s - pulled_s < 2


@needs_room
def test_a_microphone_that_falls_silent_is_noticed() -> None:
    """A device that is there but sends nothing any more is given up after a second."""
    with Room() as room, room.guest(hear_until_lost) as guest:
        guest.wait_until_ready()
        room.freeze()
        frozen_s = time.monotonic()
        time.sleep(1.5)
        room.kill()

        problem, noticed_s = guest.result()
        assert problem.startswith("the microphone went away")
        assert noticed_s - frozen_s < 2


@needs_room
def test_microphones_are_found_by_name() -> None:
    """The default device has a name that works, and a wrong one is told."""
    with Room() as room:
        assert room.visit(open_by_name, "Default") == "opened"
        assert room.visit(open_by_name, "kitchen") == (
            "no microphone is called 'kitchen' - see which there are: voice-checkin doctor"
        )


@needs_room
def test_a_recording_of_the_loudspeaker_is_no_microphone() -> None:
    """A machine whose only input is its own output has no microphone, and one with a real one has."""
    with Room() as room:
        assert room.visit(look_for_a_microphone)

        deafen = ["pactl", "set-default-source", "speaker.monitor"]
        subprocess.run(deafen, env=room.env, check=True)
        assert not room.visit(look_for_a_microphone)


@needs_room
def test_no_microphone_is_told_with_its_cure() -> None:
    """A machine without any microphone says so, and how to go on."""
    with Room() as room:
        room.kill()

        assert room.visit(open_by_name, None) == (
            "no microphone was found - plug one in, or use --ear keyboard"
        )
        assert not room.visit(look_for_a_microphone)


def test_no_portaudio_is_told_with_its_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the sound library there is no microphone, and the error says what to install."""
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)

    assert not has_microphone()
    with pytest.raises(MicrophoneError, match=r"PortAudio is missing - .*apt install libportaudio2"):
        Microphone()
