"""How English is spoken here: short, warm, neutral, and never in a way that answers itself."""

import re
from collections.abc import Callable
from itertools import chain, combinations

import pytest
import textstat

from tests.english import GROUPS, LINES, QUESTIONS, SPOKEN, alike, asked_of, sentences, words
from voice_checkin.evening.echo import is_echo
from voice_checkin.evening.model import Expects

SENTENCE_WORDS = 20
PROMPT_WORDS = 35
LINE_WORDS = 50
"""The commands come behind a help: together some 25 seconds of listening."""
GRADE, GRADE_OF_ALL = 6, 5
"""Years of school (Flesch-Kincaid) that a group of wordings needs at most, and all of one kind together."""
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

YES_NO_LINES = ("really_stop", "really_strike", "safety_go_on")
"""Lines that a yes or a no answers."""
OF_AN_EVENING = {"prompts", "reprompts", "help", "acknowledgements", "lines"}
NAMED = {
    "plan": {"new.outcome", "new.agree", "plan_today"},
    "words": {"heard_you", "words_learned", *(f"on_this_night_{ago}" for ago in ("year", "month", "week"))},
    "other_rating": {"reveal"},
    "count": {"rhythm", "receipt"},
    "days": {"rhythm"},
    "emergency": {"safety_emergency"},
}
"""What is put in, and the only questions and lines that it is put in, in every wording."""

WORD = r"(?:[A-Za-z]+(?:'[a-z]+)*|\{[a-z_]+\})"
SPEAKABLE = re.compile(rf"{WORD}(?:[,:.?]? {WORD})*[.?]")
"""Words and names with the few marks that every voice reads as a pause: no digits, dashes or quotes."""


def with_names(text: str) -> str:
    """A text as it is heard."""
    names = {"partner": "Alex", "other": "Sam", "plan": "a walk by the river", "rating": "four"}
    aloud = {"day": "on Tuesday", "topic": "the plans", "what": "what you said on Tuesday"}
    return text.format_map(dict.fromkeys(NAMED, "three") | names | aloud)


def grade(texts: tuple[str, ...]) -> float:
    """Years of school that it takes to follow these texts."""
    return float(textstat.flesch_kincaid_grade(" ".join(map(with_names, texts))))


@pytest.mark.parametrize("text", SPOKEN)
def test_every_text_can_be_spoken_and_followed(text: str) -> None:
    """Sentences are short and whole, few at a time, and hold nothing that a voice stumbles over."""
    assert "".join(sentences(text)) == text
    assert max(len(words(sentence)) for sentence in sentences(text)) <= SENTENCE_WORDS
    assert len(words(text)) <= LINE_WORDS
    assert SPEAKABLE.fullmatch(text)


@pytest.mark.parametrize("text", SPOKEN)
def test_every_text_is_kind_and_neutral(text: str) -> None:
    """Nobody is ordered about, blamed, graded, diagnosed, or taken for a man or a woman."""
    assert not UNWELCOME & set(words(text))


@pytest.mark.parametrize("place", GROUPS)
def test_tired_ears_can_follow(place: str) -> None:
    """No group of wordings is harder than what is read in the sixth year of school."""
    assert grade(GROUPS[place]) <= GRADE


def test_all_in_all_it_is_plain_talk(figure: Callable[[str], None]) -> None:
    """Each kind of text, taken together, is at most what is read in the fifth year of school."""
    kinds: dict[str, tuple[str, ...]] = {}
    for place, texts in GROUPS.items():
        kind = place.partition(" ")[0]
        kinds[kind] = (*kinds.get(kind, ()), *texts)
    grades = {kind: grade(texts) for kind, texts in kinds.items()}

    figure("years of school: " + ", ".join(f"{kind} {years:.1f}" for kind, years in grades.items()))
    assert max(grades.values()) <= GRADE_OF_ALL


@pytest.mark.parametrize("text", list(asked_of()))
def test_asking_ends_with_the_question(text: str) -> None:
    """Who is asked hears their name and a short text, of which the last sentence is the question."""
    assert "{partner}" in text
    assert text.endswith("?")
    assert len(words(text)) <= PROMPT_WORDS


@pytest.mark.parametrize("text", [*asked_of(), *chain(*(LINES[name] for name in YES_NO_LINES))])
def test_what_was_asked_is_no_answer(text: str) -> None:
    """Read back by a recogniser, whole or only its last sentence, it is known as the product's own words."""
    heard = with_names(text)

    assert heard.endswith("?")
    assert is_echo(heard, [heard])
    assert is_echo(sentences(heard)[-1], [heard])


@pytest.mark.parametrize("text", [*asked_of(Expects.YES_NO), *chain(*(LINES[name] for name in YES_NO_LINES))])
def test_no_answer_is_put_into_a_mouth(text: str) -> None:
    """What asks for a yes or a no says neither, so that its own echo can't answer it."""
    assert not {"yes", "no", "yeah", "not", "maybe"} & set(words(text))


@pytest.mark.parametrize("place", GROUPS)
def test_wordings_are_different(place: str) -> None:
    """No two of a group share most of their words: a new angle, not a new adverb."""
    kind, _, key = place.partition(" ")
    assert len(set(GROUPS[place])) == len(GROUPS[place])
    # Receipts are two or three words long, reprompts ask the same thing, and commands are the same commands.
    if kind not in {"acknowledgements", "reprompts"} and key != "commands":
        assert not [pair for pair in combinations(GROUPS[place], 2) if alike(*pair)]


@pytest.mark.parametrize("key", QUESTIONS)
def test_a_question_does_not_wear_out(key: str) -> None:
    """A question has at least four prompts and three acknowledgements, and its shortest form asks again."""
    question = QUESTIONS[key]
    shorter, example = question.reprompts

    assert len(question.prompts.light) >= 4
    assert len(question.acknowledgements) >= 3
    assert len(words(shorter)) <= min(len(words(text)) for text in question.prompts.all)
    assert "like:" in example or "example:" in example or "say:" in example


@pytest.mark.parametrize("place", [place for place in GROUPS if place.split()[0] in OF_AN_EVENING])
def test_a_name_stands_only_where_it_makes_sense(place: str) -> None:
    """Plans are named where one asks after them, ratings where one confirms them: in each wording or none."""
    kind, _, key = place.partition(" ")
    for text in GROUPS[place]:
        if kind in {"prompts", "lines"}:
            for name, places in NAMED.items():
                assert (f"{{{name}}}" in text) == (key in places)
        rated = {"acknowledgements closeness.rating", "lines reveal"}
        assert ("{rating}" in text) == (place in rated)


@pytest.mark.parametrize("name", LINES)
def test_lines_take_turns(name: str) -> None:
    """Each line has two wordings at least; those that are heard most have four."""
    often = {"greeting", "closing", "moved_on", "unheard", "unclear", "nothing", "unsure"}

    assert len(LINES[name]) >= (4 if name in often else 2)


def test_the_product_rarely_apologizes() -> None:
    """Being sorry is for the couple: no line of the evening's own says it."""
    assert not [text for said in LINES.values() for text in said if {"sorry", "apologize"} & set(words(text))]


@pytest.mark.parametrize("text", LINES["commands"])
def test_help_is_one_word_away(text: str) -> None:
    """Every help names a counsellor, and hands the word back to the one who asked for it."""
    assert "counsellor" in words(text)
    assert text.endswith("Your turn, {partner}.")
