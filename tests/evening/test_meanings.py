"""What sentences mean, by the rules of the English content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_checkin.content import content_folder, load_book, load_script
from voice_checkin.evening.book import Book
from voice_checkin.evening.meanings import read
from voice_checkin.evening.model import Expects, Meaning

YES, NO, UNSURE, SHARE = Meaning.YES, Meaning.NO, Meaning.UNSURE, Meaning.SHARE

YES_NO = {
    YES: [
        "Sure.",
        "of course",
        "I guess so",
        "you bet",
        "Uh-huh.",
        "mm-hmm",
        "we did",
        "I'd love to",
        "why not",
        "No worries, yes.",
        "That's correct.",
        "I don't see why not",
        "well yeah I suppose so",
        "yes, I think so",
        "I can't say no to that",
        "Yeah, no, yeah.",
        "Y-yes, I th-think so.",
        "Yesss!",
        "Yes, but nothing big",
        "Yes but not the whole thing",
        "Yeah no, we totally did it",
        "Yes I said no to you when you asked for help",
    ],
    NO: [
        "nope",
        "Not really.",
        "nah",
        "not that I can think of",
        "I don't think so",
        "That isn't it.",
        "not at all",
        "um, yeah, well, no, not today",
        "I didn't",
        "we haven't",
        "No. I think we are good?",
        "no thank you",
        "not tonight",
        "never",
        "I'm afraid not",
        "Nothing comes to mind",
    ],
    UNSURE: [
        "I don't know",
        "yes and no",
        "it could go either way",
        "Hard to say.",
        "beats me",
        "maybe",
        "I'm not sure",
        "I really don't know",
        "who knows",
        "well, it depends",
        "no idea",
    ],
    None: [
        "the weather was nice",
        "um",
        "...",
        "what a day",
        "Sam made dinner",
    ],
}
COMMANDS = {
    Meaning.REPEAT: [
        "could you say that one more time please",
        "Say that again?",
        "Pardon?",
        "what was the question",
    ],
    Meaning.SKIP: [
        "can we skip this",
        "I don't want to answer that",
        "next question please",
        "Keep this one.",
    ],
    Meaning.STOP: ["let's call it a night", "Stop.", "good night", "that's enough for tonight"],
    Meaning.PAUSE: ["wait a moment", "hold on a second please", "Boss."],
    Meaning.SLOWER: ["you're talking too fast", "slower please", "Flow down, please."],
    Meaning.SOFTER: ["turn it down a bit", "too loud"],
    Meaning.LOUDER: ["Logger, please!", "speak up please"],
    Meaning.OFF_RECORD: ["strike that", "keep that off the record", "Half the record."],
    Meaning.HELP: ["what can I say here", "help me please"],
    Meaning.BACK: ["go back please", "Go Mac!"],
    Meaning.CORRECT: ["that's not what I said", "let me correct that"],
    Meaning.TIRED: ["we're too tired", "can we keep it short tonight"],
}
STORIES = [
    "I told him to stop and he did not skip a beat",
    "She said good night and then she said no",
    "you helped me with the kids and never said a word about it",
    "I love you",
    "I'm sorry",
    "I'm sorry I was late and I should have called",
    "we laughed so hard that I had to stop the car",
    "next to the river there was a dog that would not go back",
    "You said sorry first, and that helped.",
    "he kept pausing the film to explain it to me",
]


ENGLISH = load_book(content_folder(), load_script(content_folder(), "en"))


@pytest.fixture(scope="module")
def book() -> Book:
    """The rules of the English content."""
    return ENGLISH


@pytest.mark.parametrize(("meaning", "text"), [(m, t) for m, texts in YES_NO.items() for t in texts])
def test_yes_and_no_as_they_are_spoken(book: Book, meaning: Meaning | None, text: str) -> None:
    """Direct, indirect and hesitant answers are read as a listener would; what says neither is unclear."""
    assert read(text, book, Expects.YES_NO).meaning is meaning


@pytest.mark.parametrize("expects", list(Expects))
@pytest.mark.parametrize(("meaning", "text"), [(m, t) for m, texts in COMMANDS.items() for t in texts])
def test_a_command_counts_at_every_question(
    book: Book, expects: Expects, meaning: Meaning, text: str
) -> None:
    """Politely or curtly, and as an ear mishears it, a command is one at every kind of question."""
    assert read(text, book, expects).meaning is meaning


@pytest.mark.parametrize("expects", [Expects.STORY, Expects.PLAN])
@pytest.mark.parametrize("text", STORIES)
def test_a_story_stays_a_story(book: Book, expects: Expects, text: str) -> None:
    """Words of a command within a story are the story's."""
    assert read(text, book, expects).meaning is SHARE


def test_a_story_can_be_taken_back_at_its_end(book: Book) -> None:
    """A trailing "never mind, scratch that" voids what was said before it."""
    match = read("You were so, oh never mind, scratch that", book, Expects.STORY)

    assert (match.meaning, match.value) == (Meaning.OFF_RECORD, "this")


def test_what_follows_a_yes_is_kept_as_it_was_said(book: Book) -> None:
    """The rest of the sentence is the value, in its own letters."""
    match = read("Yes, I shouted at you this morning", book, Expects.YES_NO)

    assert (match.meaning, match.value) == (YES, "I shouted at you this morning")
    assert read("yes", book, Expects.YES_NO).value is None
    assert read("yes please", book, Expects.YES_NO).value is None


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("four", 4),
        ("4.", 4),
        ("a solid three and a half", 4),
        ("three out of five", 3),
        ("I'd say a five", 5),
        ("two, maybe three", None),
        ("um four, I guess", 4),
        ("ten", None),
        ("zero", None),
        ("not a five", None),
        ("no, a four", 4),
        ("not a five, more of a four", 4),
        ("what does five mean", None),
        ("very close", None),
        ("3.5", 4),
        ("5 of 5", 5),
        ("I think we are at five.", 5),
    ],
)
def test_a_rating_is_the_nearest_number_or_asked_again(book: Book, text: str, rating: int | None) -> None:
    """One number between one and five is a rating; two different ones, or none, are not guessed."""
    match = read(text, book, Expects.RATING)

    assert match.value == rating
    assert (match.meaning is Meaning.RATING) is (rating is not None)


@given(
    st.sampled_from([text for texts in (*YES_NO.values(), *COMMANDS.values(), STORIES) for text in texts]),
    st.integers(0, 20),
    st.sampled_from(Expects),
)
def test_why_tells_the_rule_and_none_of_the_words(text: str, place: int, expects: Expects) -> None:
    """The explanation may be logged: a private word, wherever it was said, is not in it."""
    words = text.split()
    told = read(" ".join([*words[:place], "Xanthippe", *words[place:]]), ENGLISH, expects)

    assert told.why
    assert "xanthippe" not in f"{told.why} {told!r}".lower()


@given(st.text(), st.sampled_from(Expects))
def test_whatever_was_heard_is_read_and_always_the_same(text: str, expects: Expects) -> None:
    """Reading fails at nothing, and depends on nothing but the words and the kind of question."""
    assert read(text, ENGLISH, expects) == read(text, ENGLISH, expects)


def test_the_same_sentence_is_always_read_the_same(book: Book) -> None:
    """Case, punctuation and curly apostrophes change nothing."""
    told = {
        read(text, book, Expects.YES_NO).meaning
        for text in ("I don't know", "i don\N{RIGHT SINGLE QUOTATION MARK}t know.", "I DON'T KNOW!")
    }

    assert told == {UNSURE}
