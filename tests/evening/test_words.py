"""A sentence as words, each with its place in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_checkin.evening.words import clauses_of, forms, words_of

TOGETHER = {"don't": "do not", "that's": "that is"}


def read(text: str) -> tuple[str, ...]:
    """The words of a sentence."""
    return forms(words_of(text, TOGETHER, frozenset({"but"})))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Yes, please!", ("yes", "please")),
        ("I DON\N{RIGHT SINGLE QUOTATION MARK}T", ("i", "do", "not")),
        ("three 3.5 3,5", ("three", "3.5", "3,5")),
        ("Nooo, sooo good, 1000 times", ("no", "so", "good", "1000", "times")),
        ("Y-y-yes, I th-think so", ("yes", "i", "think", "so")),
        ("uh-uh, bye-bye", ("uh", "uh", "bye", "bye")),
        ("네, 물론이죠", ("네", "물론이죠")),
        ("... ?!", ()),
    ],
)
def test_a_sentence_is_its_words(text: str, words: tuple[str, ...]) -> None:
    """Case, signs, drawn-out letters and stuttering make no other words of it."""
    assert read(text) == words


def test_a_clause_begins_behind_a_sign_and_at_a_clause_word() -> None:
    """Where a clause begins, an answer may stand."""
    words = words_of("Well, I did - we did but no", {}, frozenset({"but"}))

    assert [forms(clause) for clause in clauses_of(words)] == [
        ("well",),
        ("i", "did"),
        ("we", "did"),
        ("but", "no"),
    ]


def test_words_of_a_contraction_share_its_place() -> None:
    """What is kept of a sentence is cut from the text as it was said."""
    text = "So that's it"
    places = [text[word.start : word.end] for word in words_of(text, TOGETHER, frozenset())]

    assert places == ["So", "that's", "that's", "it"]


@given(st.text())
def test_every_word_is_found_at_its_place(text: str) -> None:
    """Whatever was heard, in any script: places lie in the text, in order, and hold the word."""
    end = 0
    for word in words_of(text, {}, frozenset()):
        assert end <= word.start < word.end <= len(text)
        assert word.form
        end = word.end


def test_a_word_shows_nothing_of_itself() -> None:
    """No traceback carries what was said."""
    assert "secret" not in repr(words_of("secret", {}, frozenset()))
