import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event
from typing import Self

import numpy as np

from voice_checkin.errors import VoiceError
from voice_checkin.evening.model import Manner
from voice_checkin.evening.ports import Spoken
from voice_checkin.speech.interruptions import Breaks
from voice_checkin.speech.ports import Sound
from voice_checkin.speech.printed_voice import PrintedVoice
from voice_checkin.speech.spoken_voice import AGAIN_S, SpokenVoice
from voice_checkin.speech.typed_lines import TypedLines


class FakeSynthesiser:
    """Makes sound as many samples long as the line has letters, and fails as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.made: list[tuple[str, Manner]] = []

    def synthesise(self, line: str, manner: Manner) -> Sound:
        """Note the line, and fail or return its sound."""
        self.made.append((line, manner))
        if self.failures:
            self.failures -= 1
            raise VoiceError("the voice was silent", remedy="install it")
        return Sound(np.zeros(len(line), np.int16), 1)


class SlowSynthesiser(FakeSynthesiser):
    """Makes these lines only once it is released."""

    def __init__(self, held: set[str]) -> None:
        super().__init__()
        self._held = held
        self._released = Event()

    def synthesise(self, line: str, manner: Manner) -> Sound:
        """Wait, if it is one of the held lines."""
        if line in self._held:
            self._released.wait()
        return super().synthesise(line, manner)

    def release(self) -> None:
        """Let the held lines be made."""
        self._released.set()


class FakeLoudspeaker:
    """Plays without sound, a sample a second, and goes away as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.played_s: list[float] = []
        self.closed = False
        self.stopped = Event()

    @property
    def began_s(self) -> float:
        """At once."""
        return 0.0

    def play(self, sound: Sound) -> Spoken:
        """Note the length of the sound, and fail or return when it was."""
        if self.failures:
            self.failures -= 1
            raise VoiceError("the loudspeaker went away", remedy="check its plug")
        self.played_s.append(sound.seconds)
        return Spoken(0.0, sound.seconds)

    def stop(self) -> None:
        """Note it: nothing sounds."""
        self.stopped.set()

    def close(self) -> None:
        """Note it."""
        self.closed = True


class StoppedClock:
    """A clock at which it is seven until somebody moves it."""

    now_s = 7.0

    def now(self) -> datetime:
        """Some evening."""
        return datetime(2026, 1, 1, 19, tzinfo=UTC)

    def monotonic_s(self) -> float:
        """Seven seconds."""
        return self.now_s


@dataclass
class Evening:
    """A spoken voice with fakes at both ends, and what it told."""

    synthesiser: FakeSynthesiser = field(default_factory=FakeSynthesiser)
    loudspeaker: FakeLoudspeaker = field(default_factory=FakeLoudspeaker)
    told: list[str] = field(default_factory=list)
    clock: StoppedClock = field(default_factory=StoppedClock)

    def __enter__(self) -> Self:
        self.voice = SpokenVoice(
            self.synthesiser, self.loudspeaker, notice=self.told.append, clock=self.clock
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.voice.close()


def test_a_line_is_spoken_when_it_was_played() -> None:
    """What is said is synthesised and played, and its times are the loudspeaker's."""
    with Evening() as evening:
        assert evening.voice.say("hello") == Spoken(0.0, 5.0)

    assert evening.synthesiser.made == [("hello", Manner())]
    assert evening.loudspeaker.played_s == [5.0]


def test_prepared_lines_are_synthesised_once() -> None:
    """A line made ready is not made again, however often it was announced."""
    with Evening() as evening:
        evening.voice.prepare(["one", "three"])
        evening.voice.prepare(["three"])
        evening.voice.say("one")
        evening.voice.say("three")

    assert sorted(evening.synthesiser.made) == sorted([("one", Manner()), ("three", Manner())])
    assert evening.loudspeaker.played_s == [3.0, 5.0]


def test_a_line_is_made_at_once_though_others_wait() -> None:
    """A line that waits behind others is not waited for: the say makes it itself."""
    slow = SlowSynthesiser(held={"a", "b"})
    with Evening(slow) as evening:
        evening.voice.prepare(["a", "b", "now"])

        assert evening.voice.say("now") == Spoken(0.0, 3.0)

        slow.release()


def test_a_new_manner_holds_from_the_next_line_on() -> None:
    """After 'slower', a line that was made ready is spoken in the new manner."""
    slower = Manner(rate=0.85)
    with Evening() as evening:
        evening.voice.prepare(["tip"])
        evening.voice.adjust(slower)
        evening.voice.say("tip")
        evening.voice.say("good night")

    assert evening.synthesiser.made[-2:] == [("tip", slower), ("good night", slower)]
    assert evening.loudspeaker.played_s == [3.0, 10.0]


def test_a_failed_line_is_tried_once_more() -> None:
    """One failure of the engine or of the loudspeaker is not noticed by anybody."""
    with (
        Evening(FakeSynthesiser(failures=1)) as dumb,
        Evening(loudspeaker=FakeLoudspeaker(failures=1)) as deaf,
    ):
        assert dumb.voice.say("hello") == Spoken(0.0, 5.0)
        assert deaf.voice.say("hello") == Spoken(0.0, 5.0)

        assert dumb.told == deaf.told == []


def test_a_failure_in_the_background_is_tried_once_more() -> None:
    """A line whose preparation failed is made anew when it is said."""
    with Evening(FakeSynthesiser(failures=1)) as evening:
        evening.voice.prepare(["hello"])

        assert evening.voice.say("hello") == Spoken(0.0, 5.0)

    assert len(evening.synthesiser.made) == 2


def test_a_mute_voice_is_told_once_and_printed_from_then_on() -> None:
    """After two failures the evening goes on in print, and says so once, with the cure."""
    with Evening(FakeSynthesiser(failures=2)) as evening:
        first = evening.voice.say("hello")
        evening.voice.prepare(["never"])
        second = evening.voice.say("again")

    assert first == second == Spoken(7.0, 7.0)
    assert evening.told == ["the voice was silent - install it"]
    assert [line for line, _ in evening.synthesiser.made] == ["hello", "hello"]


def test_a_lost_loudspeaker_is_a_mute_voice() -> None:
    """A loudspeaker that stays away mutes the voice, and the line is not lost in an error."""
    with Evening(loudspeaker=FakeLoudspeaker(failures=9)) as evening:
        assert evening.voice.say("hello") == Spoken(7.0, 7.0)
        assert evening.told == ["the loudspeaker went away - check its plug"]


def test_a_loudspeaker_that_comes_back_is_heard_again() -> None:
    """The printed voice stands in for a while; then a line is tried aloud, and it stays so."""
    with Evening(loudspeaker=FakeLoudspeaker(failures=2)) as evening:
        evening.voice.say("hello")
        evening.voice.say("still mute")
        evening.clock.now_s += AGAIN_S
        assert evening.voice.say("back") == Spoken(0.0, 4.0)
        assert evening.voice.say("again") != Spoken(evening.clock.now_s, evening.clock.now_s)

    assert evening.loudspeaker.played_s[0] == 4.0
    assert len(evening.told) == 1


def test_a_quiet_moment_ends_with_a_chime() -> None:
    """So long nothing is heard, then the chime; without a loudspeaker nobody waits."""
    with Evening() as evening:
        evening.voice.rest(20.0)
    with Evening(loudspeaker=FakeLoudspeaker(failures=9)) as mute:
        assert mute.voice.rest(20.0) == Spoken(7.0, 7.0)

    assert 21 < evening.loudspeaker.played_s[0] < 23


def test_close_lets_go_of_the_loudspeaker() -> None:
    """After the evening the device is free."""
    with Evening() as evening:
        assert not evening.loudspeaker.closed

    assert evening.loudspeaker.closed


def test_printed_lines_take_no_time() -> None:
    """The printed voice waits for nothing."""
    voice = PrintedVoice(StoppedClock())

    voice.prepare(["hello"])
    voice.adjust(Manner(rate=0.5))

    assert voice.say("hello") == Spoken(7.0, 7.0)
    voice.close()


def test_who_has_typed_an_answer_need_not_hear_the_rest() -> None:
    """Lines behind a typed answer are not spoken, until it has been taken."""
    loudspeaker = FakeLoudspeaker()
    typed = TypedLines(io.StringIO("yes\n"))
    voice = SpokenVoice(
        FakeSynthesiser(), loudspeaker, notice=lambda _: None, clock=StoppedClock(), breaks=Breaks(typed)
    )
    assert loudspeaker.stopped.wait(5)

    voice.say("a long prompt")
    assert loudspeaker.played_s == []

    assert typed.take() == "yes"
    voice.say("thank you")
    assert loudspeaker.played_s == [9.0]
    voice.close()
