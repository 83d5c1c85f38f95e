"""The loop that performs an evening, with fakes that remember the order of things."""

import pytest

from tests.evening.fakes import Home, Subtitles
from tests.evening.played import tonight
from voice_checkin.errors import JournalError
from voice_checkin.evening.model import Expects, Manner, Match, Meaning
from voice_checkin.evening.session import Session
from voice_checkin.evening.talk import Talk

EVENING = [
    "you cooked",
    "thanks",
    "you smiled",
    "thanks",
    "no",
    "no",
    "the cat",
    "the dog",
    "dance",
    "yes",
    "on friday",
    "4",
    "5",
]


def read(text: str, expects: Expects) -> Match:
    """Understand the few words of these evenings."""
    if expects is Expects.RATING:
        return Match(Meaning.RATING, int(text))
    said = {"yes": Meaning.YES, "no": Meaning.NO, "stop": Meaning.STOP}
    return Match(said.get(text, Meaning.SHARE), score=100.0)


def hold(home: Home) -> bool:
    """Hold an evening with these fakes."""
    session = Session(tonight(), Talk(read, home, home, Subtitles(home), home, home), home)
    return session.hold(Manner(rate=1.1))


def test_a_whole_evening_is_held_and_closed() -> None:
    """Every answer is kept, the tip is noted, the night is completed."""
    home = Home(list(EVENING))

    assert hold(home) is True
    assert [said for what, said in home.log if what == "keep"] == EVENING
    assert ("plan", "dance") in home.log
    assert home.log[-1] == ("close", "True")
    assert ("tip", "way.listen") in home.log


def test_an_answer_is_kept_before_the_next_word_is_said() -> None:
    """Between hearing an answer and keeping it nothing is spoken."""
    home = Home(list(EVENING))
    hold(home)

    for place, (what, said) in enumerate(home.log):
        if what == "heard":
            assert home.log[place + 1] == ("keep", said) or home.log[place + 1][0] == "prepare"
            after = [what for what, _ in home.log[place:]]
            assert after.index("keep") < after.index("say")


def test_what_is_said_was_made_ready_and_is_shown() -> None:
    """Each line is prepared and put on the screen before it sounds."""
    home = Home(list(EVENING))
    hold(home)

    for place, (what, line) in enumerate(home.log):
        if what == "say":
            assert ("prepare", line) in home.log[:place]
            assert home.log[place - 1] == ("subtitle", line)


def test_a_full_disk_ends_the_evening_and_what_was_kept_stays() -> None:
    """The journal's own fault passes through, behind the answers that it has kept."""
    home = Home(list(EVENING), full_after=2)

    with pytest.raises(JournalError, match="full"):
        hold(home)
    assert [said for what, said in home.log if what == "keep"] == EVENING[:2]


def test_the_end_of_input_closes_kindly() -> None:
    """Where no answer can come any more, the evening is closed, not completed."""
    home = Home(["you cooked"])

    assert hold(home) is False
    assert home.log[-1] == ("close", "False")


def test_silence_is_asked_again_and_nothing_is_kept_of_it() -> None:
    """Who stays silent is asked once more, by the voice; the journal hears nothing of it."""
    home = Home([None, *EVENING])

    assert hold(home) is True
    assert [said for what, said in home.log if what == "keep"] == EVENING
    assert ("say", "appreciation.share again") in home.log


def test_what_is_likely_to_be_said_is_made_ready_during_the_greeting() -> None:
    """All prompts, with the names in them, are prepared before the first word sounds."""
    home = Home(list(EVENING))
    hold(home)

    ahead = [line for what, line in home.log[: home.log.index(("say", "greeting"))] if what == "prepare"]
    assert {"closeness.rating Ben ", "apology.say Ann ", "tip", "closing"} <= set(ahead)


def test_the_voice_begins_in_the_manner_that_was_chosen() -> None:
    """The rate of the settings holds from the first word on."""
    home = Home([])
    hold(home)

    assert home.log[0] == ("adjust", "1.10")


def test_the_trace_tells_moments_and_no_words() -> None:
    """Every event is one that was promised, times never go back, and no answer is in it."""
    home = Home(list(EVENING))
    hold(home)

    events = [event for event, _, _ in home.moments]
    assert set(events) == {
        "started",
        "prompt_started",
        "prompt_ended",
        "speech_started",
        "speech_ended",
        "understood",
        "kept",
        "closed",
    }
    assert events[0] == "started"
    assert events[-1] == "closed"
    times = [at_s for _, at_s, _ in home.moments]
    assert times == sorted(times)
    assert not any(word in str(home.moments) for word in ("cooked", "smiled", "dance"))
