"""Looking back, as the two type it."""

import json
from pathlib import Path

import pytest

from tests.product import Ended, run, typed

EVENING = """You made marzipan
I loved making marzipan
you danced in the rain
thank you
no
no
the cat sang
skip this one
let us bake
I'd love to
no day
four
5
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which Alex and Sam have held one evening; nothing here changes it."""
    home = tmp_path_factory.mktemp("looking back") / "home"
    run(home, "setup", "--names", "Alex", "Sam", "--yes")
    typed(home, EVENING)
    return home


def look(home: Path, *options: str, columns: int = 80) -> Ended:
    """Look back on a terminal of so many columns without colour."""
    return run(home, "review", *options, env={"COLUMNS": str(columns), "NO_COLOR": "1"})


def test_without_a_filter_all_is_told_in_short(kept: Path) -> None:
    """What was laughed about, how close they felt, what is planned, the night, and how to look further."""
    ended = look(kept)

    assert (ended.code, ended.errors) == (0, "")
    for words in ("1 night since ", "the cat sang", "Alex: ", "let us bake", "Closeness: ", "--search"):
        assert words in ended.output, words
    assert "skip" not in ended.output
    assert "\x1b" not in ended.output


def test_a_search_marks_what_it_found(kept: Path) -> None:
    """Words are found with other endings, in brackets, with how many there are; in JSON without marks."""
    ended = look(kept, "--search", "Dancing rain")

    assert ended.output.startswith("Found: 1 night, 1 answer. ")
    assert "you [danced] in the [rain]" in ended.output
    assert "marzipan" not in ended.output

    (night,) = json.loads(run(kept, "review", "--search", "dancing", "--json").output)["nights"]
    assert [answer["said"] for answer in night["answers"]] == ["you danced in the rain"]


def test_a_narrow_terminal_is_followed(kept: Path) -> None:
    """Lines wrap where the terminal ends."""
    assert max(map(len, look(kept, columns=40).output.splitlines())) <= 40


def test_a_partner_is_known_in_any_case(kept: Path) -> None:
    """Names need no capitals."""
    output = look(kept, "--partner", "sAM").output

    assert "Sam, " in output
    assert "Alex, " not in output


@pytest.mark.parametrize(
    ("option", "word", "choices"),
    [("--partner", "Kim", "Alex, Sam"), ("--topic", "laughter", "appreciation, closeness, laugh")],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_is_not_there_is_told_with_the_choices(
    kept: Path, option: str, word: str, choices: str, form: tuple[str, ...]
) -> None:
    """A slip in a name or a topic is one line that names those there are, and not an empty list."""
    ended = look(kept, option, word, *form)

    (line,) = ended.errors.splitlines()
    assert (ended.code, ended.output) == (1, "")
    assert set(choices.split(", ")) <= set(line.partition("choose one of: ")[2].split(", "))
    assert word not in line.replace("laugh,", "")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--search", "rain", "--topic", "laugh"), "Without --topic there would be 1 night."),
        (("--search", "rain", "--until", "2001-01-01"), "Without --until there would be 1 night."),
        (("--search", "zebra"), "Without --search there would be 1 night."),
        (("--search", "?!"), "Without --search there would be 1 night."),
        (("--search", "zebra", "--until", "2001-01-01"), "fewer words"),
        (("--on-this-night",), "Without --on-this-night there would be 1 night."),
    ],
)
def test_nothing_found_names_what_stands_in_the_way(kept: Path, options: tuple[str, ...], told: str) -> None:
    """One calm line, with the filter without which there would be something."""
    ended = look(kept, *options)

    assert (ended.code, ended.output.count("\n"), ended.errors) == (0, 1, "")
    assert told in ended.output


def test_before_the_first_evening_it_says_so(home: Path) -> None:
    """An empty journal names what fills it, whatever is looked for."""
    for options in ((), ("--search", "tea"), ("--partner", "Kim")):
        assert "hold an evening" in look(home, *options).output
