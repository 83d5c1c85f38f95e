"""A say-so asked for aloud: what agrees, what doesn't, and what is said of what it is about."""

from datetime import date

import pytest

from tests.evening.fakes import Home, Subtitles
from tests.evening.test_telling import steering, words
from voice_checkin.evening.say_so import Deed, SaySo, Those
from voice_checkin.evening.talk import Talk

TODAY = date(2026, 3, 5)


def asked(deed: Deed, *heard: str | None) -> tuple[bool, list[str]]:
    """Whether Sam agrees with these answers, and what was said to Sam."""
    home = Home(list(heard))
    say_so = SaySo(words(), steering().book, deed)
    agreed = say_so.ask(Talk(say_so.read, home, home, Subtitles(home), home, home), "Sam", "the laughs")
    return agreed, [line for what, line in home.log if what == "say"]


@pytest.mark.parametrize(
    ("deed", "answer"),
    [
        (Deed.FORGET, "Yes, forget it."),
        (Deed.FORGET, "yes forget it"),
        (Deed.FORGET, "Yes, please, forget it!"),
        (Deed.FORGET, "Um, yeah, forget it."),
        (Deed.ERASE, "Yes, forget everything."),
        (Deed.RESTORE, "Yes, bring it back."),
    ],
)
def test_the_whole_phrase_agrees(deed: Deed, answer: str) -> None:
    """Who says the words that were asked for agrees, and is thanked."""
    agreed, said = asked(deed, answer)

    assert agreed
    assert said[-1] == "Thank you, Sam."


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize(
    "answers",
    [
        ("no",),
        ("No, don't forget it.",),
        ("Stop.",),
        ("yes", "yes"),
        ("Yeah.", "sure, of course"),
        ("forget it", "forget it"),
        (None, None),
        (),
        ("What?", "I don't know"),
        ("yes, forget it, no", "hmm"),
        ("yes, but not the laughs", "yes, forget about dinner"),
        ("Did you say forget it? Yes?", "what did it say"),
    ],
)
def test_anything_else_leaves_it_as_it_is(deed: Deed, answers: tuple[str | None, ...]) -> None:
    """A no, a bare yes, silence, talk, the words in another order: nothing is changed, and that is said."""
    agreed, said = asked(deed, *answers)

    assert not agreed
    assert said[-1] == "All right, Sam. Nothing was changed."
    assert len(said) <= 3


def test_what_was_meant_for_another_deed_is_no_yes() -> None:
    """Who agrees to forget does not agree to bring back."""
    assert not asked(Deed.RESTORE, "yes, forget it", "yes, forget it")[0]
    assert not asked(Deed.FORGET, "yes, bring it back", "yes, bring it back")[0]


def test_what_is_unclear_is_asked_once_more() -> None:
    """The second time it says which words count; then they do."""
    agreed, said = asked(Deed.FORGET, "yes", "yes, forget it")

    assert agreed
    assert "Only these words count" in said[1]


def test_a_question_ends_with_no_words_that_agree() -> None:
    """The last sentence may come back through the microphone: alone it agrees to nothing."""
    for deed in Deed:
        for line in asked(deed, None, None)[1]:
            *_, last = line.rstrip(".").split(". ")
            assert not asked(deed, last, last)[0]


@pytest.mark.parametrize(
    ("those", "told"),
    [
        (Those(TODAY), "everything you two ever said here"),
        (Those(TODAY, own=True), "everything you ever said here"),
        (Those(TODAY, night=date(2026, 3, 3)), "what you two said on Tuesday"),
        (Those(TODAY, night=date(2026, 1, 21), own=True), "what you said on the twenty first of January"),
        (Those(TODAY, question="laugh.share"), "what you two said about the laughs"),
        (
            Those(TODAY, date(2025, 3, 3), "new.plan", own=True),
            "what you said about the plans on the third of March 2025",
        ),
        (Those(TODAY, backup=True), "an older state of your journal, in place of what is here now"),
    ],
)
def test_what_it_is_about_is_told_without_a_word_of_it(those: Those, told: str) -> None:
    """Whose words, of when, and about what: in natural words."""
    assert SaySo(words(), steering().book, Deed.FORGET).what(those) == told
