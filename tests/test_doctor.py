"""What the doctor looks at, question by question: every fault is told with its cure."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from tests.speech.conftest import Samples, Say, say
from voice_checkin.errors import CheckinError, MicrophoneError, ModelMissing
from voice_checkin.speech import checkup
from voice_checkin.speech.checkup import Finding, Severity
from voice_checkin.speech.devices import Device, Kind
from voice_checkin.speech.levels import judge_echo, judge_level
from voice_checkin.speech.models import Archive, Model
from voice_checkin.wiring.safekeeping import check_clock, check_room

__all__ = ["say"]  # the fixture

DEVICE = Device(0, "Desk microphone", 48_000, 1)


def model(name: str, language: str) -> Model:
    """A model that can be fetched."""
    archive = Archive("https://example.org/model.zip", 1, "")
    return Model("vosk", language, "MIT", "https://example.org", archive, name=name)


def never(*_: object) -> bool:
    """No, whatever is asked."""
    return False


def always(*_: object) -> bool:
    """Yes, whatever is asked."""
    return True


def named(finding: Finding, told: str, remedy: str) -> None:
    """Check that a fault is wrong, and told in these words."""
    assert finding.severity is Severity.WRONG
    assert told in finding.told
    assert remedy in finding.remedy


class TestDevices:
    """Which device there is, at which rate, muted or not."""

    def test_no_microphone(self) -> None:
        """A machine without one is told to get one, or to type."""

        def none() -> Device:
            raise MicrophoneError("no microphone was found", remedy="plug one in")

        named(checkup.check_device("input", tuple, none, hears_itself=never), "no microphone", "plug one in")

    def test_a_device_that_is_gone(self) -> None:
        """Where the chosen one isn't there, those that are there are named."""

        def other() -> Device:
            raise MicrophoneError("no microphone is called 'Headset'", remedy="see which there are")

        finding = checkup.check_device("input", lambda: [DEVICE], other, hears_itself=never)

        named(finding, "'Headset'", "voice-checkin setup --microphone NAME; Desk microphone")

    def test_only_the_loudspeaker_is_heard(self) -> None:
        """A recording of the loudspeaker is no microphone."""
        finding = checkup.check_device("input", lambda: [DEVICE], lambda: DEVICE, hears_itself=always)

        named(finding, "loudspeaker itself", "plug one in")

    @pytest.mark.parametrize("kind", ["input", "output"])
    def test_muted_by_the_system(self, kind: Kind) -> None:
        """What the system has muted is told before anybody waits for sound, with the command that ends it."""
        named(checkup.check_switch(kind, always), "is muted", "-mute @DEFAULT_")
        assert checkup.check_switch(kind, never).severity is Severity.FINE

    def test_a_refused_rate_falls_back_to_the_devices_own(self) -> None:
        """A device that refuses 16 kHz is heard at its own rate, and that is said; nothing is wrong."""
        finding = checkup.check_rate(DEVICE, takes_speech_rate=False)

        assert finding.severity is Severity.NOTE
        assert "16,000 Hz is refused: it is heard at its own 48,000 Hz" in finding.told

    def test_telephone_quality(self) -> None:
        """A headset in its telephone mode is told to leave it."""
        telephone = Device(0, "Headset", 8_000, 1)

        named(checkup.check_rate(telephone, takes_speech_rate=True), "8,000 Hz only", "telephone mode")


class TestLevels:
    """How loud and how clean; what is said is a synthetic voice's."""

    def test_speech_that_can_be_understood(self, say: Say) -> None:
        """A good level is fine."""
        speech = say("You made me tea.")

        assert judge_level(speech, speech, "linux").severity is Severity.FINE

    @pytest.mark.parametrize(
        ("platform", "remedy"), [("linux", "unmute"), ("darwin", "Privacy"), ("win32", "Privacy")]
    )
    def test_zeros(self, platform: str, remedy: str) -> None:
        """All zeros are a muted microphone; macOS and Windows send them where consent is missing."""
        named(judge_level(np.zeros(16_000, np.int16), None, platform), "nothing but zeros", remedy)

    def test_a_switched_off_microphone_that_rustles(self) -> None:
        """The last bit of a converter is no sound."""
        rustle = np.random.default_rng(1).integers(-2, 3, 16_000).astype(np.int16)

        named(judge_level(rustle, None, "linux"), "as good as silent", "unmute")

    def test_too_quiet(self, say: Say) -> None:
        """Speech at a hundredth of its strength is too quiet."""
        speech = scaled(say("You made me tea."), 0.01)

        named(judge_level(speech, speech, "linux"), "too quiet", "turn it up")

    def test_clipping(self, say: Say) -> None:
        """Speech that is cut off at its top is too loud, and how much of it is told."""
        speech = scaled(say("You made me tea."), 6)

        named(judge_level(speech, speech, "linux"), "too loud: ", "turn it down")

    def test_nobody_spoke(self) -> None:
        """A quiet room is no fault; it is said that nobody spoke."""
        rustle = np.random.default_rng(1).normal(0, 30, 16_000).astype(np.int16)

        finding = judge_level(rustle, None, "linux")

        assert finding.severity is Severity.NOTE
        assert "nobody was heard" in finding.told

    def test_an_echo_is_measured(self, say: Say) -> None:
        """The loudspeaker is found in what is heard: how late, how loud, and that it does no harm."""
        played = say("I'm here, we go on.")
        noise = np.random.default_rng(1).normal(0, 300, len(played) + 16_000)
        noise[8_000 : 8_000 + len(played)] += 0.1 * played

        echo = judge_echo(played, noise.astype(np.int16), lead_s=0.4)

        assert "100 ms late" in echo.told
        assert "half-duplex" in echo.told

    def test_another_voice_is_no_echo(self, say: Say) -> None:
        """A television that talks meanwhile isn't taken for the loudspeaker."""
        other = say("The weather will be fine tomorrow, and here is the news.", "en-us+f3")

        echo = judge_echo(say("I'm here, we go on."), other, lead_s=0.2)

        assert "does not hear the loudspeaker" in echo.told


class TestModels:
    """Whether one of the models that are here hears the language."""

    def test_the_wrong_language(self) -> None:
        """Where only another language can be heard, both are named, and what brings the right model."""
        [finding] = checkup.check_models(
            [model("en-model", "en"), model("ko-model", "ko")],
            "en",
            is_here=lambda one: one.language == "ko",
            verify=always,
            is_installed=always,
        )

        named(finding, "language 'en' here; those here hear: ko", "models fetch en-model")

    def test_a_damaged_model(self) -> None:
        """A damaged model is wrong, and so is an ear without any other."""

        def damaged(_: Model) -> None:
            raise ModelMissing("the model is not the manifest's", remedy="run: voice-checkin models fetch")

        damage, ear = checkup.check_models(
            [model("en-model", "en")], "en", is_here=always, verify=damaged, is_installed=always
        )

        named(damage, "not the manifest's", "models fetch")
        named(ear, "no speech model", "--ear keyboard")

    def test_an_engine_that_is_not_installed(self) -> None:
        """A model without its engine can't hear."""
        engine, ear = checkup.check_models(
            [model("en-model", "en")], "en", is_here=always, verify=always, is_installed=never
        )

        assert "vosk isn't installed" in engine.told
        named(ear, "no speech model", "--ear keyboard")


class TestKeeping:
    """Whether an evening can be kept."""

    def test_too_little_room(self, tmp_path: Path) -> None:
        """A disk that is nearly full is told with what is left."""
        named(check_room(tmp_path, lambda _: 3_500_000), "only 3 MB", "make some room")

    @pytest.mark.parametrize("now", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)])
    def test_a_wrong_clock(self, now: datetime) -> None:
        """A clock that was never set, or stands before the last evening, is told."""
        named(check_clock(now, date(2026, 4, 1)), "the clock says", "set date and time")
        assert check_clock(datetime(2026, 4, 1, tzinfo=UTC), date(2026, 4, 1)).severity is Severity.FINE

    def test_what_fails_is_told_as_it_is(self) -> None:
        """A fault's own problem and remedy are what is told."""

        def fail() -> str:
            raise CheckinError("the journal is damaged", remedy="move it aside")

        named(checkup.look("journal", fail), "the journal is damaged", "move it aside")


def scaled(sound: Samples, gain: float) -> Samples:
    """The sound louder or softer, cut off where it doesn't fit."""
    fitting: Samples = np.clip(sound.astype(np.float32) * gain, -32_768, 32_767).astype(np.int16)
    return fitting
