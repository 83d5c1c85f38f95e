"""Words of harm are noticed, and ordinary talk hardly ever is: on sentences that nothing was learned from."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from learning.__main__ import SAFETY, every_word, rules_of, sentences_of
from learning.harm import fingerprint, lexicon_table, looked_at, told
from learning.sentences import labelled
from voice_checkin.content import content_folder, load_script, load_watch
from voice_checkin.evening.model import Expects, Meaning
from voice_checkin.evening.safety import Watch

HEARD = Path(__file__).parent.parent / "heard"
ASIDE = tomllib.loads((HEARD / "safety.toml").read_text(encoding="utf-8"))
LEAST_NOTICED, MOST_ORDINARY, MOST_STORIES = 0.6, 0.01, 0.01


@pytest.fixture(scope="module")
def watch() -> Watch:
    """As the evening has it."""
    found = load_watch(content_folder(), load_script(content_folder(), "en"))
    assert found
    return found


def test_words_of_harm_are_noticed(watch: Watch, figure: Callable[[str], None]) -> None:
    """Of sentences by a writer who saw neither the rules nor what was learned from."""
    noticed = sum(map(watch.speaks_of_harm, ASIDE["harm"]))
    figure(f"safety: {noticed} of {len(ASIDE['harm'])} sentences that speak of harm noticed")
    assert noticed / len(ASIDE["harm"]) >= LEAST_NOTICED


def test_ordinary_talk_is_hardly_ever_taken_for_it(watch: Watch, figure: Callable[[str], None]) -> None:
    """Half of these sentences use the same words: films, jokes, pets, tiredness, grief."""
    taken = sum(map(watch.speaks_of_harm, ASIDE["ordinary"]))
    figure(
        f"safety: {taken} of {len(ASIDE['ordinary'])} ordinary sentences, half of them tricky, taken for harm"
    )
    assert taken / len(ASIDE["ordinary"]) < MOST_ORDINARY


def test_stories_are_hardly_ever_taken_for_it(watch: Watch, figure: Callable[[str], None]) -> None:
    """Stories of two sets that nothing was learned from; reading one takes well under a millisecond."""
    sets = (labelled(HEARD / f"{name}.toml") for name in ("never_seen", "set_aside"))
    wanted = (Expects.STORY, Meaning.SHARE)
    stories = [one.text for some in sets for one in some if (one.expects, one.meaning) == wanted]
    taken, took_s = 0, []
    for story in stories:
        began_s = perf_counter()
        taken += watch.speaks_of_harm(story)
        took_s.append(perf_counter() - began_s)
    figure(f"safety: {taken} of {len(stories)} stories taken for harm; {1000 * median(took_s):.2f} ms each")
    assert taken / len(stories) < MOST_STORIES


@pytest.mark.parametrize(
    "text",
    [
        "I don't want to live anymore.",
        "Sometimes I think about killing myself.",
        "You hit me last night and I'm scared of you.",
        "he said he would kill me if I left",
        "I'm afraid to come home because of what you do to me.",
        "she threw me against the wall again",
        "I have been cutting myself.",
    ],
)
def test_plain_words_of_harm(watch: Watch, text: str) -> None:
    """What anybody would take seriously."""
    assert watch.speaks_of_harm(text)


@pytest.mark.parametrize(
    "text",
    [
        "You're killing me with those jokes.",
        "My feet are killing me.",
        "I nearly died laughing when the cat fell off the sofa.",
        "In the film the husband hits the detective, and you hid behind the cushion.",
        "I shouted at you this morning and I'm sorry.",
        "I could murder a curry right now.",
        "You beat me at chess again.",
        "I'm dead tired, let's go to bed.",
        "You made me tea and carried it up.",
        "Grandma died two years ago today and you held my hand.",
    ],
)
def test_ordinary_words_that_sound_so(watch: Watch, text: str) -> None:
    """Jokes, games, films and plain tiredness go on as they are."""
    assert not watch.speaks_of_harm(text)


def test_harm_in_the_midst_of_a_long_story_is_heard(watch: Watch) -> None:
    """Two hundred harmless words around it don't drown it."""
    around = "We walked along the canal and looked at the boats and talked about the garden. " * 6
    assert watch.speaks_of_harm(f"{around}I want to kill myself. {around}")
    assert not watch.speaks_of_harm(around)


def test_it_is_as_it_was_learned(watch: Watch) -> None:
    """Whoever changes the sentences, the signs or a feature has to learn anew: `make learn`."""
    book = rules_of("en")
    every = (one for some in sentences_of("en").values() for one in some)
    stories = [one.text for one in every if (one.expects, one.meaning) == (Expects.STORY, Meaning.SHARE)]
    sentences = told(SAFETY, "en", stories)
    _, seen = looked_at(sentences, lexicon_table(SAFETY, "en"), every_word(book), book.stem)
    assert fingerprint(seen) == watch.learned_from


@pytest.mark.parametrize("table", [{}, {"lexicon": {}}, {"lexicon": 1, "words": "", "weights": {}}])
def test_a_broken_table_is_refused(table: dict[str, object]) -> None:
    """It says so, and reads nothing."""
    with pytest.raises((KeyError, ValueError)):
        Watch.from_table(table, lambda _: (), str)
