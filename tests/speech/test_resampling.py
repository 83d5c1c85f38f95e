import numpy as np
import pytest

from voice_checkin.speech.resampling import Resampler, resample


def tone(rate_hz: int, pitch_hz: float, seconds: float, amplitude: float = 0.5) -> np.ndarray:
    """A pure tone as int16."""
    times = np.arange(round(rate_hz * seconds)) / rate_hz
    return (amplitude * 32_767 * np.sin(2 * np.pi * pitch_hz * times)).astype(np.int16)


def loudness(samples: np.ndarray) -> float:
    """Root mean square of the middle part, where no filter is settling."""
    middle = samples[len(samples) // 4 : -len(samples) // 4].astype(np.float64)
    return float(np.sqrt(np.mean(middle**2)))


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 48_000])
def test_tone_keeps_its_duration_and_loudness(rate_hz: int) -> None:
    """Speech keeps how long and how loud it is at whatever rate a device works."""
    heard = resample(tone(rate_hz, 440, 1.0), rate_hz, 16_000)

    assert heard.dtype == np.int16
    assert len(heard) == pytest.approx(16_000, abs=1)
    assert loudness(heard) == pytest.approx(loudness(tone(16_000, 440, 1.0)), rel=0.01)


def test_what_lies_above_the_new_rate_is_not_folded_into_speech() -> None:
    """A whistle at 12 kHz is gone at 16 kHz, not turned into one of 4 kHz."""
    assert loudness(resample(tone(48_000, 12_000, 1.0), 48_000, 16_000)) < 10


def test_loud_sound_is_clipped_and_not_wrapped() -> None:
    """A square wave at full scale rings over the edge without turning its sign."""
    square = np.where(tone(8_000, 200, 1.0) >= 0, 32_767, -32_768).astype(np.int16)

    heard = resample(square, 8_000, 16_000)

    assert np.max(heard) == 32_767
    assert np.abs(np.diff(heard[1_000:-1_000].astype(int))).max() < 45_000


def test_stream_equals_the_whole() -> None:
    """Sound pushed in uneven pieces comes out as if it had been converted at once."""
    sound = tone(44_100, 440, 1.0)
    resampler = Resampler(44_100)
    pieces = [resampler.push(piece) for piece in np.split(sound, [100, 101, 5_000, 30_000])]

    streamed = np.concatenate([*pieces, resampler.finish()])

    whole = resample(sound, 44_100, 16_000)
    assert len(streamed) == pytest.approx(len(whole), abs=1)
    shared = min(len(streamed), len(whole))
    assert np.abs(streamed[:shared].astype(int) - whole[:shared]).max() <= 2


def test_stream_lags_by_less_than_a_block() -> None:
    """The filter holds back less than 32 ms of a microphone at 48 kHz, and says how much."""
    resampler = Resampler(48_000)
    came_out = sum(len(resampler.push(np.zeros(1_536, np.int16))) for _ in range(50))

    assert 0 < resampler.lag_s < 0.032
    assert came_out / 16_000 + resampler.lag_s == pytest.approx(50 * 0.032, abs=0.001)


def test_two_channels_become_their_average() -> None:
    """A voice on one of two channels is heard at half its height."""
    voice = tone(16_000, 440, 0.5)
    frames = np.stack([voice, np.zeros_like(voice)], axis=1)

    mono = Resampler(16_000, channels=2).push(frames)

    assert mono.shape == voice.shape
    assert np.abs(mono - voice / 2).max() <= 0.5


def test_floats_are_read_as_minus_one_to_one() -> None:
    """Float frames are the same sound as int16 ones, and louder ones are clipped."""
    floats = np.array([0.0, 0.5, -0.5, 1.5, -1.5], np.float32)

    assert Resampler(16_000).push(floats).tolist() == [0, 16_384, -16_384, 32_767, -32_768]


def test_frames_of_another_shape_are_refused() -> None:
    """A device that delivers another number of channels than it announced is noticed."""
    with pytest.raises(ValueError, match="2 channels came, 1 were announced"):
        Resampler(48_000).push(np.zeros((10, 2), np.int16))


def test_same_rate_changes_nothing() -> None:
    """At 16 kHz every sample passes as it is, to the extremes."""
    extremes = np.array([-32_768, -1, 0, 1, 32_767], np.int16)

    assert resample(extremes, 16_000, 16_000).tolist() == extremes.tolist()
    assert Resampler(16_000).push(extremes).tolist() == extremes.tolist()
