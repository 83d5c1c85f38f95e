import ctypes
import sys
import threading
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.guest import ready
from tests.room import EAR_RATE_HZ, Room, why_no_room
from voice_checkin.errors import VoiceError
from voice_checkin.speech.loudspeaker import SpeakerDevice
from voice_checkin.speech.ports import Sound
from voice_checkin.speech.resampling import resample

RATE_HZ = 22_050
NO_ROOM = why_no_room()
needs_room = pytest.mark.skipif(NO_ROOM is not None, reason=str(NO_ROOM))


def rising(seconds: float) -> Sound:
    """A tone that rises from 300 to 3,000 Hz from its very first sample: any piece of it can be told."""
    times = np.arange(round(RATE_HZ * seconds)) / RATE_HZ
    phase = 2 * np.pi * (300 * times + 2_700 * times**2 / (2 * seconds))
    return Sound((12_000 * np.cos(phase)).astype(np.int16), RATE_HZ)


def likeness(heard: npt.NDArray[np.int16], played: npt.NDArray[np.int16]) -> float:
    """How well the best-matching stretch of what was heard equals what was played: 1 is the same."""
    sound, wanted = heard.astype(float), played.astype(float)
    matches = np.correlate(sound, wanted, "valid")
    energy = np.convolve(sound**2, np.ones(len(wanted)), "valid")
    return float((matches / np.sqrt(np.maximum(energy, 1) * np.sum(wanted**2))).max())


# What the guests do, in a process inside the room.


def play_three() -> list[tuple[float, float]]:
    """Play three phrases a second apart, and return when the device says they sounded."""
    device = SpeakerDevice()
    spoken = []
    for _ in range(3):
        said = device.play(rising(0.5))
        spoken.append((said.started_s, said.ended_s))
        time.sleep(0.5)
    device.close()
    return spoken


def play_and_stop() -> tuple[float, float, float]:
    """Play three seconds, stop after one, play on; return the moment of stop and the times stated."""
    device = SpeakerDevice()
    stopped: list[float] = []

    def stop() -> None:
        stopped.append(time.monotonic())
        device.stop()

    device.play(rising(0.1))
    time.sleep(0.5)
    threading.Timer(1.0, stop).start()
    said = device.play(rising(3.0))
    time.sleep(0.5)
    device.play(rising(0.5))
    device.close()
    return stopped[0], said.started_s, said.ended_s


def play_while_python_is_held() -> int:
    """Play three seconds while another thread holds Python for 0.2 s at a time, as loading libraries does."""
    device = SpeakerDevice()
    player = threading.Thread(target=device.play, args=(rising(3.0),))
    player.start()
    while player.is_alive():
        ctypes.PyDLL(None).usleep(200_000)  # unlike time.sleep it keeps the interpreter's lock
        time.sleep(0.1)
    device.close()
    return device.underflows


def play_until_lost() -> tuple[str, float]:
    """Play ten seconds and return the error and when it came; then play again, for a second error."""
    device = SpeakerDevice()
    device.play(rising(0.1))
    ready()
    try:
        device.play(rising(10.0))
    except VoiceError as fault:
        lost = (str(fault), time.monotonic())
    try:
        device.play(rising(0.1))
    except VoiceError:
        return lost
    return "played on a dead device", 0.0


def play_by_name(name: str | None) -> str:
    """Play on the device of this name, and return what went wrong."""
    try:
        SpeakerDevice(name).play(rising(0.1))
    except VoiceError as fault:
        return str(fault)
    return "played"


@needs_room
def test_every_phrase_is_heard_from_its_first_sample_to_its_last() -> None:
    """The first phrase on a cold device and later ones are heard whole, their first 100 ms too."""
    with Room() as room, room.ear() as ear:
        spoken = room.visit(play_three)

        heard = ear.spans_s()
        played = resample(rising(0.5).samples, RATE_HZ, EAR_RATE_HZ)
        tenth = EAR_RATE_HZ // 10
        assert len(heard) == len(spoken) == 3
        for began_s, ended_s in heard:
            around = slice(ear.index(began_s - 0.05), ear.index(ended_s + 0.05))
            assert ended_s - began_s == pytest.approx(0.5, abs=0.03)
            assert likeness(ear.samples[around], played[:tenth]) > 0.95
            assert likeness(ear.samples[around], played[-tenth:]) > 0.95


@needs_room
def test_stated_times_are_when_it_was_heard() -> None:
    """A phrase is stated to begin and end when it does, and not when it was handed over."""
    with Room() as room, room.ear() as ear:
        spoken = room.visit(play_three)

        for (stated_s, stated_end_s), (heard_s, heard_end_s) in zip(spoken, ear.spans_s(), strict=True):
            assert stated_s == pytest.approx(heard_s, abs=0.1)
            assert stated_end_s == pytest.approx(heard_end_s, abs=0.1)


@needs_room
def test_stop_silences_within_a_tenth_of_a_second() -> None:
    """After stop nothing of the phrase is heard any more, and the next phrase is."""
    with Room() as room, room.ear() as ear:
        stopped_s, began_s, ended_s = room.visit(play_and_stop)

        _, (heard_s, silent_s), (next_s, next_end_s) = ear.spans_s()
        assert silent_s - stopped_s < 0.1
        assert ended_s == pytest.approx(stopped_s, abs=0.1)
        assert began_s == pytest.approx(heard_s, abs=0.1)
        assert next_end_s - next_s == pytest.approx(0.5, abs=0.03)


@needs_room
def test_loading_libraries_does_not_make_it_stutter() -> None:
    """While Python is held for 0.2 s at a time the phrase goes on without a gap."""
    with Room() as room, room.ear() as ear:
        underflows = room.visit(play_while_python_is_held)

        [(began_s, ended_s)] = ear.spans_s(gap_s=0.01)
        assert ended_s - began_s == pytest.approx(3.0, abs=0.03)
        assert underflows == 0


@needs_room
def test_a_device_of_its_own_rate_and_channels_plays_the_same() -> None:
    """A mono device at 44.1 kHz is spoken to like any other."""
    with Room(rate_hz=44_100, channels=1) as room, room.ear() as ear:
        room.visit(play_three)

        played = resample(rising(0.5).samples, RATE_HZ, EAR_RATE_HZ)
        assert [round(ended_s - began_s, 2) for began_s, ended_s in ear.spans_s()] == [0.5, 0.5, 0.5]
        assert likeness(ear.samples, played[: EAR_RATE_HZ // 10]) > 0.95


@needs_room
def test_a_device_that_goes_away_is_noticed() -> None:
    """A pulled plug in the middle of a phrase is an error with its cure within 2 s, and no hang."""
    with Room() as room, room.guest(play_until_lost) as guest:
        guest.wait_until_ready()
        time.sleep(0.5)
        pulled_s = time.monotonic()
        room.kill()

        problem, noticed_s = guest.result()
        assert problem.startswith("the loudspeaker went away - check its plug")
        assert noticed_s - pulled_s < 2


@needs_room
def test_devices_are_found_by_name() -> None:
    """The default device has a name that works, and a wrong one is told."""
    with Room() as room:
        assert room.visit(play_by_name, "Default") == "played"
        assert room.visit(play_by_name, "kitchen") == (
            "no loudspeaker is called 'kitchen' - see which there are: voice-checkin doctor"
        )


@needs_room
def test_no_device_is_told_with_its_cure() -> None:
    """A machine without any loudspeaker says so, and how to go on."""
    with Room() as room:
        room.kill()

        assert room.visit(play_by_name, None) == (
            "no loudspeaker was found - plug one in, or use --voice printed"
        )


def test_no_portaudio_is_told_with_its_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the sound library the error says what to install."""
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)

    with pytest.raises(VoiceError, match=r"PortAudio is missing - .*apt install libportaudio2"):
        SpeakerDevice().play(rising(0.1))


def test_stop_without_a_phrase_does_nothing() -> None:
    """Stop and close are safe before anything was played."""
    device = SpeakerDevice()

    device.stop()
    device.close()

    assert device.underflows == 0
