"""How English is spoken here: short, warm, neutral, and every idea of the product carried by some of it."""

import re
import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

ENGLISH = Path(__file__).resolve().parent.parent / "content" / "en"

SENTENCE_WORDS = 20
PROMPT_WORDS = 35
HELP_WORDS = 50
"""The commands come behind a help: together some 25 seconds of listening."""
TIP_SENTENCES = range(2, 5)
SHARED = 0.5
"""Two wordings of a question that share more of their words than this are one wording."""

THEMES = {"talk", "listen", "kindness", "play", "repair", "calm", "self", "new"}

UNWELCOME = {
    # Orders, blame and keeping score.
    "should", "shouldn't", "ought", "must", "fault", "blame", "guilty", "failed", "failure", "score",
    "streak", "forgot",
    # Nobody is a he or a she here, nor anybody's husband or wife.
    "he", "him", "his", "himself", "she", "her", "hers", "herself", "husband", "wife", "boyfriend",
    "girlfriend",
    # The language of consulting rooms and of machines.
    "trauma", "toxic", "boundaries", "trigger", "validate", "attachment", "error", "invalid", "input",
    "command",
}  # fmt: skip

IDEAS = {
    f"{family}.{idea}"
    for family, ideas in {
        "what": ["closeness", "two_kinds"],
        "low": ["arguing", "unresolved", "selfishness", "no_empathy", "untrustworthy", "unappreciated",
                "dissonance"],
        "high": ["empathy", "resolved", "good_arguments", "appreciation", "unselfish", "trust", "kindness",
                 "considerate"],
        "ei": ["self_regulation", "self_awareness", "motivation", "empathy", "social_skills"],
        "practice": ["present", "positive", "less_stress", "observe", "compassion", "sorry"],
        "way": ["be_interesting", "show_interest", "be_yourself", "tell_a_find", "surprise_kindness",
                "be_available", "say_love", "listen", "no_judging", "fair", "apologize_when_wrong", "help",
                "laugh", "apologize_soon", "random_kindness", "new_things", "no_boredom", "body",
                "look_best", "friends", "communicate"],
        "closing": ["counsellor"],
    }.items()
    for idea in ideas
}  # fmt: skip
"""What the product exists to put into a couple's evening."""


def table(name: str) -> dict[str, Any]:
    """One English content file, as it is written."""
    return tomllib.loads((ENGLISH / name).read_text("utf-8"))


EVENING, TIPS = table("evening.toml"), table("tips.toml")["tips"]
QUESTIONS: dict[str, dict[str, Any]] = EVENING["questions"]
LINES: dict[str, list[str]] = {name: said for name, said in EVENING["lines"].items() if name != "carries"}
YES_NO = [key for key, question in QUESTIONS.items() if question["expects"] == "yes_no"]

WORD = r"(?:[A-Za-z]+(?:'[a-z]+)*|\{[a-z]+\})"
SPEAKABLE = re.compile(rf"{WORD}(?:[,:.?]? {WORD})*[.?]")
"""Words and names with the few marks that every voice reads as a pause: no digits, dashes or quotes."""


def asked() -> Iterator[str]:
    """Everything that is followed by listening for an answer to it."""
    for question in QUESTIONS.values():
        yield from question["prompts"]
        yield from question["reprompts"]


def spoken() -> Iterator[str]:
    """Every English text of evenings and tips."""
    yield from asked()
    for question in QUESTIONS.values():
        yield question["help"]
        yield from question["acknowledgements"]
    for said in LINES.values():
        yield from said
    for tip in TIPS.values():
        yield from tip["say"]


def sentences(text: str) -> list[str]:
    """A text at its full stops and question marks."""
    return re.findall(r"[^.?]+[.?]", text)


def words(text: str) -> list[str]:
    """The words as they are spoken, small; a placeholder counts as one."""
    return re.findall(r"[a-z']+", text.lower())


@pytest.mark.parametrize("text", list(spoken()))
def test_every_text_can_be_spoken_and_followed(text: str) -> None:
    """Sentences are short and whole, and hold nothing that a voice stumbles over."""
    assert "".join(sentences(text)) == text
    assert max(len(words(sentence)) for sentence in sentences(text)) <= SENTENCE_WORDS
    assert SPEAKABLE.fullmatch(text)


@pytest.mark.parametrize("text", list(spoken()))
def test_every_text_is_kind_and_neutral(text: str) -> None:
    """Nobody is ordered about, blamed, graded, diagnosed, or taken for a man or a woman."""
    assert not UNWELCOME & set(words(text))


@pytest.mark.parametrize("text", list(asked()))
def test_asking_ends_with_the_question(text: str) -> None:
    """Who is asked hears their name and a short text, of which the last sentence is the question."""
    assert "{partner}" in text
    assert text.endswith("?")
    assert len(words(text)) <= PROMPT_WORDS


@pytest.mark.parametrize("key", QUESTIONS)
def test_wordings_are_different_questions(key: str) -> None:
    """No two prompts of a question share most of their words: a new angle, not a new adverb."""
    for one, other in combinations([set(words(text)) for text in QUESTIONS[key]["prompts"]], 2):
        assert len(one & other) <= SHARED * len(one | other)


@pytest.mark.parametrize("key", QUESTIONS)
def test_a_question_does_not_wear_out(key: str) -> None:
    """A question has at least four prompts and three acknowledgements, and its shortest form asks again."""
    question = QUESTIONS[key]
    shorter, example = question["reprompts"]

    assert len(set(question["prompts"])) >= 4
    assert len(set(question["acknowledgements"])) >= 3
    assert len(words(shorter)) <= min(len(words(text)) for text in question["prompts"])
    assert "like:" in example or "example:" in example or "say:" in example


@pytest.mark.parametrize("key", YES_NO)
def test_no_answer_is_put_into_a_mouth(key: str) -> None:
    """A prompt for a yes or a no says neither, so that its own echo can't answer it."""
    for text in QUESTIONS[key]["prompts"] + QUESTIONS[key]["reprompts"]:
        assert not {"yes", "no", "yeah", "not", "maybe"} & set(words(text))


def test_a_name_stands_only_where_it_makes_sense() -> None:
    """Plans are named where one asks after them, ratings where one confirms them, tips name nobody."""
    for key, question in QUESTIONS.items():
        for text in question["prompts"]:
            assert ("{plan}" in text) == (key == "new.outcome")
        for text in question["acknowledgements"]:
            assert ("{rating}" in text) == (key == "closeness.rating")
    for tip in TIPS.values():
        assert "{" not in "".join(tip["say"])


@pytest.mark.parametrize("name", LINES)
def test_lines_take_turns(name: str) -> None:
    """Each line has two wordings at least; those that are heard most have four."""
    often = {"greeting", "closing", "moved_on", "unheard", "unclear", "nothing", "unsure"}

    assert len(set(LINES[name])) >= (4 if name in often else 2)


def test_the_product_rarely_apologizes() -> None:
    """Being sorry is for the couple: no line of the evening's own says it."""
    assert not [text for said in LINES.values() for text in said if {"sorry", "apologize"} & set(words(text))]


@pytest.mark.parametrize("key", TIPS)
def test_a_tip_is_short_and_carries_its_idea(key: str) -> None:
    """A tip has a theme, two wordings of two to four sentences, and carries the idea in its name."""
    tip = TIPS[key]

    assert len(set(tip["say"])) >= 2
    assert all(len(sentences(text)) in TIP_SENTENCES for text in tip["say"])
    assert tip["theme"] in THEMES
    assert key in tip["carries"]


def test_every_idea_is_carried() -> None:
    """Each of the fifty ideas is carried by a tip, a question or a line, and nothing else is."""
    carriers = [*TIPS.values(), *QUESTIONS.values(), EVENING["lines"]]
    carried = {idea for carrier in carriers for idea in carrier.get("carries", ())}

    assert len(IDEAS) == 50
    assert carried == IDEAS


@pytest.mark.parametrize("text", LINES["commands"])
def test_help_is_one_word_away(text: str) -> None:
    """Every help names a counsellor, stays short, and hands the word back to the one who asked for it."""
    assert "counsellor" in words(text)
    assert len(words(text)) <= HELP_WORDS
    assert text.endswith("Your turn, {partner}.")
