"""The keyboard as an ear."""

import io
from datetime import UTC, datetime

import pytest

from voice_checkin.errors import MicrophoneError
from voice_checkin.evening.model import Expects, Listen, Turn, Utterance
from voice_checkin.evening.ports import EndOfInput
from voice_checkin.speech.keyboard_ear import KeyboardEar
from voice_checkin.speech.stand_in_ear import StandInEar

LISTEN = Listen(Turn("Ann", "laugh.share"), Expects.STORY, patience_s=2.0, first_word_s=8.0)


class Clock:
    """A clock that stands still."""

    def now(self) -> datetime:
        """Always the same moment."""
        return datetime(2026, 1, 1, tzinfo=UTC)

    def monotonic_s(self) -> float:
        """Always the same second."""
        return 5.0


class Deaf:
    """A microphone that was unplugged."""

    name = "deaf"

    def listen(self, listen: Listen) -> Utterance | None:
        """Fails."""
        raise MicrophoneError(f"the microphone went away at {listen.turn.question}", remedy="plug it in")

    def close(self) -> None:
        """Nothing to let go of."""


def typed(lines: str) -> KeyboardEar:
    """An ear for these lines."""
    return KeyboardEar(io.StringIO(lines), Clock())


def test_one_answer_a_line() -> None:
    """Each line is one answer; an empty one is silence; then there is none any more."""
    ear = typed("you made tea\n\n  no \n")

    first = ear.listen(LISTEN)
    assert first is not None
    assert (first.text, first.started_s) == ("you made tea", 5.0)
    assert ear.listen(LISTEN) is None
    third = ear.listen(LISTEN)
    assert third is not None
    assert third.text == "no"
    with pytest.raises(EndOfInput):
        ear.listen(LISTEN)


def test_a_deaf_ear_falls_back_to_typing_and_says_so_once() -> None:
    """The question that was not heard is answered by keyboard, and all later ones."""
    told: list[str] = []
    ear = StandInEar(Deaf(), typed("one\ntwo\n"), notice=told.append)
    assert ear.name == "deaf"

    answers = [ear.listen(LISTEN), ear.listen(LISTEN)]

    assert [answer.text for answer in answers if answer] == ["one", "two"]
    assert len(told) == 1
    assert "type" in told[0]
    assert ear.name == "keyboard"
