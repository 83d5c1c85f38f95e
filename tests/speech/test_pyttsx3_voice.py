import json
import os
import signal
import subprocess
import sys
import time
from ctypes.util import find_library
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from voice_checkin.errors import VoiceError
from voice_checkin.evening.model import Manner
from voice_checkin.speech.ports import Sound
from voice_checkin.speech.pyttsx3_voice import WORKER, Pyttsx3Synthesiser
from voice_checkin.speech.pyttsx3_worker import choose

ENGLISH = "Good evening, you two. Shall we begin?"
KOREAN = "안녕하세요, 오늘 하루는 어땠어요?"

needs_engine = pytest.mark.skipif(
    sys.platform.startswith("linux") and find_library("espeak-ng") is None,
    reason="espeak-ng is missing: apt install espeak-ng",
)

FAKE_WORKER = """
import json, sys, wave
import numpy as np
request = json.load(sys.stdin)

def write(seconds, peak, last_s=0.3):
    times = np.arange(round(seconds * 22050)) / 22050
    samples = peak * np.sin(2 * np.pi * 200 * times)
    samples = np.concatenate([samples, np.zeros(round(last_s * 22050))]).astype("<i2")
    with wave.open(request["out"], "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(22050)
        file.writeframes(samples.tobytes())
"""


def faking(does: str) -> tuple[str, ...]:
    """A worker's command that reads its request and then does this instead of speaking."""
    return (sys.executable, "-c", FAKE_WORKER + does)


def english(scratch: Path, does: str) -> Pyttsx3Synthesiser:
    """A synthesiser whose worker does this instead of speaking."""
    return Pyttsx3Synthesiser(["en-us"], "en", scratch, worker=faking(does))


class TestRealEngine:
    """pyttsx3 with the engine of this machine."""

    pytestmark = needs_engine

    @pytest.mark.parametrize(
        ("voices", "language", "line"), [(["en-us+f3"], "en", ENGLISH), (["ko"], "ko", KOREAN)]
    )
    def test_speaks(self, voices: list[str], language: str, line: str, tmp_path: Path) -> None:
        """English and Korean lines come out audible, as long as speech is, without dead time around them."""
        sound = Pyttsx3Synthesiser(voices, language, tmp_path).synthesise(line, Manner())

        loud = np.flatnonzero(np.abs(sound.samples.astype(np.int32)) > 1_000)
        assert 1.5 < sound.seconds < 5
        assert len(loud) > 5_000
        assert loud[0] / sound.rate_hz < 0.06
        assert (len(sound.samples) - loud[-1]) / sound.rate_hz < 0.15

    def test_manner_changes_rate_and_volume(self, tmp_path: Path) -> None:
        """Slower takes longer, softer is less loud."""
        synthesiser = Pyttsx3Synthesiser(["en-us"], "en", tmp_path)

        natural = synthesiser.synthesise(ENGLISH, Manner())
        slower = synthesiser.synthesise(ENGLISH, Manner(rate=0.7))
        softer = synthesiser.synthesise(ENGLISH, Manner(volume=0.3))

        assert slower.seconds > 1.2 * natural.seconds
        assert np.max(softer.samples) < 0.5 * np.max(natural.samples)

    def test_voices_are_those_asked_for(self, tmp_path: Path) -> None:
        """The first voice the engine has speaks; where it has none of them, any of the language."""

        def spoken_by(*voices: str) -> Sound:
            return Pyttsx3Synthesiser(voices, "en", tmp_path).synthesise("Good evening.", Manner())

        assert not np.array_equal(spoken_by("en-us+f3").samples, spoken_by("en-us+m3").samples)
        assert np.array_equal(spoken_by("nobody", "en-us").samples, spoken_by("en-us").samples)
        assert spoken_by("nobody").seconds > 0.3

    def test_unknown_language_is_told(self, tmp_path: Path) -> None:
        """A language the engine doesn't speak is named, and not read out by an English voice."""
        with pytest.raises(VoiceError, match="no voice for the language 'tlh'"):
            Pyttsx3Synthesiser(["nobody"], "tlh", tmp_path).synthesise("nuqneH", Manner())

    def test_missing_engine_is_told_with_its_cure(self, tmp_path: Path) -> None:
        """Without the engine's library the error says what to install."""
        without = "import sys; sys.modules['pyttsx3'] = None; "
        run = "from voice_checkin.speech.pyttsx3_worker import main; sys.exit(main())"
        worker = (sys.executable, "-c", without + run)

        with pytest.raises(VoiceError, match=r"engine is missing - .*apt install espeak-ng"):
            Pyttsx3Synthesiser([], "en", tmp_path, worker=worker).synthesise(ENGLISH, Manner())

    def test_worker_says_nothing_on_standard_output(self, tmp_path: Path) -> None:
        """Nothing of the engine's chatter reaches the subtitles."""
        request = {
            "text": ENGLISH,
            "out": str(tmp_path / "phrase.wav"),
            "voices": [],
            "language": "en",
            "words_per_minute": 165,
        }

        ran = subprocess.run(WORKER, input=json.dumps(request).encode(), capture_output=True, check=True)

        assert (ran.stdout, ran.stderr) == (b"", b"")
        assert (tmp_path / "phrase.wav").stat().st_size > 10_000


class TestWhatTheEngineCallsDone:
    """Each phrase is checked before anybody waits for it."""

    @pytest.mark.parametrize(
        ("does", "problem"),
        [
            ("write(2.0, 0)", "the voice was silent"),
            ("write(0.5, 8000)", "spoke only a part of the line"),
            ("write(2.0, 8000, last_s=0)", "the voice was cut off"),
            ("write(0, 0, last_s=0)", "spoke only a part of the line"),
            ("pass", "wrote no sound"),
            ("open(request['out'], 'wb').write(b'RIFF')", "wrote no sound"),
            ("sys.exit(7)", r"broke off \(exit code 7\)"),
            ("import os; os.abort()", r"broke off \(exit code -6\)"),
        ],
    )
    def test_faults_are_errors(self, does: str, problem: str, tmp_path: Path) -> None:
        """Silence, half a line, a torn file and a crash are each told, with a way out."""
        with pytest.raises(VoiceError, match=f"{problem}.* - .*--voice printed"):
            english(tmp_path, does).synthesise(ENGLISH, Manner())

    def test_a_whole_phrase_passes(self, tmp_path: Path) -> None:
        """The same fake is accepted where it does what an engine should; its silence is trimmed away."""
        sound = english(tmp_path, "write(2.0, 8000)").synthesise(ENGLISH, Manner())

        assert sound.seconds == pytest.approx(2.05, abs=0.01)
        assert sound.rate_hz == 22_050

    def test_aiff_is_read_whatever_its_name(self, tmp_path: Path) -> None:
        """A file called WAV may hold AIFF: macOS writes nothing else."""
        convert = "import soundfile; samples, rate = soundfile.read(request['out']); "
        rewrite = "soundfile.write(request['out'], samples, rate, format='AIFF')"

        sound = english(tmp_path, "write(2.0, 8000); " + convert + rewrite).synthesise(ENGLISH, Manner())

        assert sound.seconds == pytest.approx(2.05, abs=0.01)
        assert np.abs(sound.samples).max() == pytest.approx(8_000, rel=0.01)

    def test_a_hanging_engine_is_killed(self, tmp_path: Path) -> None:
        """An engine that never answers costs its timeout, and its process is gone afterwards."""
        noted = tmp_path / "id"
        hang = f"import os, time; open({str(noted)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
        worker = (sys.executable, "-c", hang)

        with pytest.raises(VoiceError, match=r"did not answer within 1.5 s"):
            Pyttsx3Synthesiser([], "en", tmp_path, timeout_s=1.5, worker=worker).synthesise(ENGLISH, Manner())

        with pytest.raises(ProcessLookupError):
            os.kill(int(noted.read_text()), signal.SIGKILL)

    def test_a_missing_worker_is_told(self, tmp_path: Path) -> None:
        """A worker that can't be started is a mute voice, not a crash."""
        with pytest.raises(VoiceError, match="could not be started"):
            Pyttsx3Synthesiser([], "en", tmp_path, worker=(str(tmp_path / "none"),)).synthesise(
                "Hi", Manner()
            )

    def test_a_line_without_letters_is_no_sound_and_no_fault(self, tmp_path: Path) -> None:
        """Dots and hearts are passed over."""
        assert english(tmp_path, "sys.exit(7)").synthesise("... ♥", Manner()).seconds == 0


class TestPrivacy:
    """Private words pass through, and stay nowhere."""

    def test_words_are_on_no_command_line(self, tmp_path: Path) -> None:
        """What is said can't be read from the list of processes."""
        noted = tmp_path / "noted"
        note = f"open({str(noted)!r}, 'w').write(open('/proc/self/cmdline').read()); write(2.0, 8000)"
        if not Path("/proc/self/cmdline").exists():
            note = f"open({str(noted)!r}, 'w').write(str(sys.orig_argv)); write(2.0, 8000)"

        english(tmp_path / "scratch", note).synthesise(ENGLISH, Manner())

        assert "wave" in noted.read_text()
        assert "Shall we begin" not in noted.read_text()

    @pytest.mark.parametrize("does", ["write(2.0, 8000)", "write(2.0, 0)", "write(2.0, 8000); sys.exit(7)"])
    def test_no_sound_stays_on_the_disk(self, does: str, tmp_path: Path) -> None:
        """The scratch folder is for this account alone, and empty after a phrase, spoken or failed."""
        scratch = tmp_path / "home" / "scratch"
        try:
            english(scratch, does).synthesise(ENGLISH, Manner())
        except VoiceError:
            assert does != "write(2.0, 8000)"

        assert list(scratch.iterdir()) == []
        assert scratch.stat().st_mode & 0o777 == 0o700

    def test_what_a_killed_evening_left_is_swept(self, tmp_path: Path) -> None:
        """Sound left by a pulled plug is removed by the next phrase; another's in the making is not."""
        for name, age_s in (("left", 3_600), ("in_the_making", 1)):
            folder = tmp_path / name
            folder.mkdir()
            (folder / "phrase.wav").write_bytes(b"private")
            os.utime(folder, (time.time() - age_s,) * 2)

        english(tmp_path, "write(2.0, 8000)").synthesise(ENGLISH, Manner())

        assert [left.name for left in tmp_path.iterdir()] == ["in_the_making"]


@dataclass(frozen=True)
class EngineVoice:
    """A voice as pyttsx3 lists it."""

    id: str
    name: str
    languages: list[str] = field(default_factory=list)


LINUX = (
    EngineVoice("gmw/en-029", "English (Caribbean)", ["en-029"]),
    EngineVoice("gmw/en", "English (Great Britain)", ["en-gb"]),
    EngineVoice("gmw/en-us", "English (America)", ["en-us"]),
    EngineVoice("ko", "Korean", ["ko"]),
)
MACOS = (
    EngineVoice("com.apple.voice.compact.en-US.Samantha", "Samantha", ["en_US"]),
    EngineVoice("com.apple.voice.compact.ko-KR.Yuna", "Yuna", ["ko_KR"]),
)
WINDOWS = (
    EngineVoice(
        "HKEY_LOCAL_MACHINE\\Tokens\\TTS_MS_EN-US_ZIRA", "Microsoft Zira Desktop - English", ["en-US"]
    ),
)
PREFERRED = ["en-us+f3", "Samantha", "Zira"]


@pytest.mark.parametrize(
    ("available", "preferred", "language", "chosen"),
    [
        (LINUX, PREFERRED, "en", "gmw/en-us+f3"),
        (MACOS, PREFERRED, "en", MACOS[0].id),
        (WINDOWS, PREFERRED, "en", WINDOWS[0].id),
        (LINUX, [], "en", "gmw/en"),
        (LINUX, [], "ko", "ko"),
        (MACOS, PREFERRED, "ko", MACOS[0].id),
        (MACOS, ["Nobody"], "ko", MACOS[1].id),
        (WINDOWS, [], "en", WINDOWS[0].id),
        (WINDOWS, [], "ko", None),
        ((EngineVoice("odd", "Odd", [None]),), [], "en", None),  # type: ignore[list-item]  # macOS may
    ],
)
def test_choice_of_a_voice(
    available: tuple[EngineVoice, ...], preferred: list[str], language: str, chosen: str | None
) -> None:
    """One list of preferred voices serves three platforms, and the language decides where none is there."""
    assert choose(available, preferred, language, variants=available is LINUX) == chosen
