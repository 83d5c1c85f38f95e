"""Recordings of any kind as a source."""

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voice_checkin.errors import SoundError
from voice_checkin.evening.ports import EndOfInput
from voice_checkin.speech.ports import BLOCK_S, BLOCK_SAMPLES, SAMPLE_RATE_HZ, Block
from voice_checkin.speech.sound_file import SoundFileSource

TONE_HZ, SECONDS = 440.0, 1.5


def tone(rate_hz: int, channels: int) -> "np.typing.NDArray[np.float64]":
    """A tone of 1.5 s at half of full loudness."""
    wave = 0.5 * np.sin(2 * np.pi * TONE_HZ * np.arange(round(SECONDS * rate_hz)) / rate_hz)
    return np.repeat(wave[:, np.newaxis], channels, axis=1)


def read_whole(source: SoundFileSource) -> Iterator[Block]:
    """Every block to the end of the file."""
    with closing(source), suppress(EndOfInput):
        while True:
            yield source.read()


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(
    ("ending", "depth"), [("wav", "PCM_16"), ("wav", "PCM_24"), ("wav", "FLOAT"), ("flac", "PCM_16")]
)
def test_any_recording_becomes_blocks(
    tmp_path: Path, rate_hz: int, channels: int, ending: str, depth: str
) -> None:
    """Whatever its rate, channels and depth: the same tone, as long, in blocks that know their time."""
    file = tmp_path / f"tone.{ending}"
    soundfile.write(file, tone(rate_hz, channels), rate_hz, subtype=depth)
    blocks = list(read_whole(SoundFileSource(file)))

    heard = np.concatenate([block.samples for block in blocks])
    assert len(heard) == pytest.approx(SECONDS * SAMPLE_RATE_HZ, abs=BLOCK_SAMPLES + 64)
    assert [block.at_s for block in blocks] == pytest.approx([n * BLOCK_S for n in range(len(blocks))])
    middle = heard[4_000:20_000].astype(float)
    loudest_hz = np.argmax(np.abs(np.fft.rfft(middle))) * SAMPLE_RATE_HZ / len(middle)
    assert loudest_hz == pytest.approx(TONE_HZ, abs=2)
    assert np.abs(middle).max() == pytest.approx(16_384, rel=0.05)


@pytest.mark.parametrize("content", [b"", b"dear diary", b"RIFF\x00\x00\x00\x00WAVE"])
def test_what_is_no_recording_is_told(tmp_path: Path, content: bytes) -> None:
    """An empty file, a text, half a header: one line that names the file."""
    file = tmp_path / "answer.wav"
    file.write_bytes(content)

    with pytest.raises(SoundError, match=r"answer\.wav"):
        SoundFileSource(file)


def test_a_recording_broken_in_the_middle_is_told(tmp_path: Path) -> None:
    """Half a FLAC file is heard as far as it goes, then told by its name; never a traceback."""
    file = tmp_path / "answer.flac"
    soundfile.write(file, np.random.default_rng(1).normal(size=160_000) * 0.1, SAMPLE_RATE_HZ)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    source = SoundFileSource(file)

    assert source.read().samples.any()
    with pytest.raises(SoundError, match=r"answer\.flac"):
        list(read_whole(source))


def test_a_missing_recording_is_told(tmp_path: Path) -> None:
    """A name without a file is told as such."""
    with pytest.raises(SoundError, match="there is no sound file"):
        SoundFileSource(tmp_path / "nowhere.wav")
