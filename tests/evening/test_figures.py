"""How well people are understood: sets of sentences that nothing was learned from, counted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from learning.__main__ import rules_of, sentences_of
from learning.confusion import Confusion, confusion
from learning.fit import fingerprint, known_words
from learning.sentences import Labelled, labelled
from voice_checkin.content import content_folder, load_book, load_script, load_weights
from voice_checkin.evening.meanings import read
from voice_checkin.evening.model import Expects, Meaning
from voice_checkin.evening.weighing import features_of

HEARD = Path(__file__).parent.parent / "heard"
BOOK = load_book(content_folder(), load_script(content_folder(), "en"))

LEAST = {
    "set_aside": {"yes": 0.92, "no": 0.92, "unsure": 0.92, "commands": 0.96, "share": 0.998},
    "never_seen": {"yes": 0.96, "no": 0.96, "unsure": 0.95, "commands": 0.98, "share": 0.997},
}
"""The part of each group that is read right, of sentences by writers who never saw the rules."""
MOST_TURNED_ROUND = {"set_aside": 6, "never_seen": 5}
DIRECT, SPOKEN, INDIRECT = slice(0, 50), slice(50, 100), slice(100, 150)
"""How never_seen.toml is ordered, its yes as well as its no."""


@pytest.fixture(scope="module", params=sorted(LEAST))
def aside(request: pytest.FixtureRequest) -> tuple[str, Confusion]:
    """One set, read as the evening reads."""
    return request.param, confusion(BOOK, labelled(HEARD / f"{request.param}.toml"))


def test_people_are_understood(aside: tuple[str, Confusion], figure: Callable[[str], None]) -> None:
    """Each group of meanings is read as a listener would; the figures are printed, and held."""
    name, confused = aside
    figure(f"understanding, {name}: {confused.line()}")

    for group, least in LEAST[name].items():
        right, _ = confused.by_group()[group]
        assert right >= least, confused.table()


def test_a_yes_is_hardly_ever_turned_round(aside: tuple[str, Confusion]) -> None:
    """Of more than 250 answers, direct and wordy, only a few are read as their opposite."""
    name, confused = aside

    assert confused.turned_round() <= MOST_TURNED_ROUND[name], confused.table()


@pytest.mark.parametrize("meaning", [Meaning.YES, Meaning.NO])
@pytest.mark.parametrize(("part", "least"), [(DIRECT, 50), (SPOKEN, 49), (INDIRECT, 45)])
def test_direct_answers_are_never_turned_round(meaning: Meaning, part: slice, least: int) -> None:
    """Direct answers are all read right, spoken ones but for one; indirect and wordy ones in nine of ten."""
    sentences = labelled(HEARD / "never_seen.toml")
    said = [one.text for one in sentences if one.meaning is meaning and one.expects is Expects.YES_NO][part]
    read_as = [read(text, BOOK, Expects.YES_NO).meaning for text in said]

    assert read_as.count(meaning) >= least


def test_every_phrase_is_read_as_its_own_meaning() -> None:
    """No phrase of a command is taken for anything else, at any question but where it answers that one."""
    intents = load_script(content_folder(), "en").intents
    wrong = [
        (expects, phrase, read_as)
        for expects in (Expects.STORY, Expects.PLAN)
        for meaning, phrases in intents.phrases.items()
        for phrase in phrases
        if (read_as := read(phrase, BOOK, expects).meaning) is not meaning
        and meaning not in {Meaning.YES, Meaning.NO, Meaning.UNSURE}
    ]

    assert not wrong


def test_what_was_learned_from_is_told_apart() -> None:
    """The sentences that were learned from are nearly all read right: no label contradicts the others."""
    sentences = [one for some in sentences_of("en").values() for one in some]

    assert confusion(BOOK, sentences).right() > 0.97


def test_the_weights_were_learned_from_these_sentences() -> None:
    """Whoever changes a sentence, a contraction or a feature runs `make learn` as well."""
    book = rules_of("en")
    sentences = [one for some in sentences_of("en").values() for one in some]
    words = [book.words(one.text) for one in sentences]
    known = known_words(words)
    table = [
        features_of(run, one.expects, known, book.stem) for run, one in zip(words, sentences, strict=True)
    ]
    weights = load_weights(content_folder(), "en")

    assert weights
    assert weights.learned_from == fingerprint(table, sentences)


def test_what_nobody_said_before_is_understood(figure: Callable[[str], None]) -> None:
    """Many people say the same words by chance; without those that were learned, most is right, too."""
    learned = {letters(one) for some in sentences_of("en").values() for one in some}
    for name in LEAST:
        new = [one for one in labelled(HEARD / f"{name}.toml") if letters(one) not in learned]
        confused = confusion(BOOK, new)
        figure(f"understanding, {name}, only what was never learned: {confused.line()}")
        assert confused.right() > 0.95


def letters(one: Labelled) -> tuple[Expects, str]:
    """A sentence without its capitals and punctuation."""
    return one.expects, "".join(filter(str.isalnum, one.text.lower()))


def test_what_an_ear_mishears_is_understood_more_often_than_not_taken_for_something_else(
    figure: Callable[[str], None],
) -> None:
    """Mis-hearings of synthetic voices in quiet and noise are seldom given a wrong meaning."""
    learned = {letters(one) for one in sentences_of("en")["misheard"]}
    apart = [one for one in labelled(HEARD / "misheard" / "en.toml") if letters(one) not in learned]
    confused = confusion(BOOK, apart)
    taken = [told for _, told in confused.wrong if told not in {None, Meaning.SHARE, Meaning.UNSURE}]
    figure(
        f"mis-hearings that nothing was learned from: {confused.right():.0%} of {len(apart)} as meant, "
        f"{len(taken) / len(apart):.0%} as another meaning, the rest asked again or told as a story"
    )

    assert confused.right() > len(taken) / len(apart)


def test_what_nobody_could_guess_is_not_guessed(figure: Callable[[str], None]) -> None:
    """Mis-hearings that are said for other reasons, too, are hardly read as what was meant."""
    beyond = [one for one in labelled(HEARD / "misheard" / "beyond.toml") if one.text.isascii()]
    guessed = confusion(BOOK, beyond).right()
    figure(f"mis-hearings beyond guessing: {guessed:.0%} of {len(beyond)} guessed all the same")

    assert guessed < 0.15
