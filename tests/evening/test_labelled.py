"""Sets of sentences as people say them: how many are read right, and which mistakes never happen."""

from collections.abc import Callable

import pytest

from tests.labelled import FOLDER, Confusion, confusion, labelled
from voice_checkin.content import content_folder, load_script
from voice_checkin.evening.book import compile_book
from voice_checkin.evening.model import Meaning

LEAST_RIGHT = {
    "first.toml": 0.97,
    "second.toml": 0.97,
    "apart.toml": 0.91,
    "people.toml": 0.76,
    "set_aside.toml": 0.76,
}
"""Two sets that the rules were corrected with, one that was kept apart, and two by other people."""
MOST_TURNED_ROUND = {"people.toml": 3, "set_aside.toml": 8}
MOST_UNSURE_AS_NO = {"set_aside.toml": 2}
"""None elsewhere: what these two sets show is still to be mended."""


@pytest.fixture(scope="module", params=sorted(file.name for file in FOLDER.glob("*.toml")))
def read_set(request: pytest.FixtureRequest) -> tuple[str, Confusion]:
    """One set, read by the English rules."""
    book = compile_book(load_script(content_folder(), "en").intents)
    return request.param, confusion(book, labelled(request.param))


def test_sentences_are_read_as_a_listener_would(
    read_set: tuple[str, Confusion], figure: Callable[[str], None]
) -> None:
    """The part that is read right is printed, and held."""
    name, confused = read_set
    right = f"{confused.right():.1%} of {confused.total} right"
    figure(f"understanding, {name}: {right}, {confused.turned_round()} turned round")

    assert confused.right() >= LEAST_RIGHT[name], confused.table()


def test_a_yes_is_not_turned_round(read_set: tuple[str, Confusion]) -> None:
    """Hardly a yes is read as a no, or a no as a yes, and hardly anybody unsure is told no."""
    name, confused = read_set

    assert confused.turned_round() <= MOST_TURNED_ROUND.get(name, 0), confused.table()
    unsure_as_no = confused.read_as([Meaning.UNSURE], [Meaning.NO])
    assert unsure_as_no <= MOST_UNSURE_AS_NO.get(name, 0), confused.table()
