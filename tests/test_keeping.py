"""Exporting, importing, forgetting and restoring, as the two type it."""

import json
from pathlib import Path

import pytest

from tests.product import Ended, run, typed
from voice_checkin.errors import CheckinError
from voice_checkin.wiring.keeping import forget

EVENING = "You made marzipan\nmarzipan is lovely\nyou smiled over marzipan\nmarzipan, nice\nno\nno\n"


@pytest.fixture
def kept(home: Path) -> Path:
    """A home in which Alex and Sam have said six things."""
    run(home, "setup", "--names", "Alex", "Sam", "--yes")
    typed(home, EVENING)
    return home


def answers(home: Path) -> list[tuple[str, str]]:
    """Who said what, as it goes out."""
    nights = json.loads(run(home, "export", "json").output)["nights"]
    return [(each["partner"], each["said"]) for night in nights for each in night["answers"]]


def night_of(home: Path) -> str:
    """The date of the evening."""
    night: str = json.loads(run(home, "export", "json").output)["nights"][0]["night"]
    return night


def one_calm_line(ended: Ended) -> str:
    """The only line of a problem, with its remedy."""
    assert ended.code == 1
    (line,) = ended.errors.splitlines()
    assert " - " in line
    assert "arzipan" not in line
    return line


def without_bytes_of(home: Path, words: bytes) -> bool:
    """Whether these words, in small letters as the index has them, are in no file below the home folder."""
    return not any(words in path.read_bytes().lower() for path in home.rglob("*") if path.is_file())


def test_a_table_comes_back_the_same(kept: Path, tmp_path: Path) -> None:
    """`export csv` into a file, `import csv` elsewhere: the same journal, to the letter."""
    file, elsewhere = tmp_path / "nights.csv", tmp_path / "elsewhere"

    assert run(kept, "export", "csv", str(file)).code == 0
    assert "1 nights added" in run(elsewhere, "import", "csv", str(file)).output
    assert run(elsewhere, "export", "json").output == run(kept, "export", "json").output
    assert run(elsewhere, "import", "csv", str(file)).output == "0 nights added.\n"


def test_notes_go_into_a_folder_or_a_pipe(kept: Path, tmp_path: Path) -> None:
    """`export markdown` writes a file a night; with `-` it writes one text."""
    assert "1 nights written" in run(kept, "export", "markdown", str(tmp_path / "notes")).output

    (note,) = (tmp_path / "notes").iterdir()
    assert note.name == f"{night_of(kept)}.md"
    assert "**Alex**" in note.read_text("utf-8")
    assert run(kept, "export", "markdown", "-").output == note.read_text("utf-8")


def test_notes_are_not_brought_back(kept: Path) -> None:
    """`import markdown` says in one line that it isn't done, and what is."""
    assert "csv" in one_calm_line(run(kept, "import", "markdown", "-", given="# a night"))


def test_an_import_adds_what_a_night_lacks(kept: Path) -> None:
    """A night that is on both sides gets the answers it lacks, and it is said how many."""
    export = json.loads(run(kept, "export", "json").output)
    export["nights"][0]["answers"].append(
        export["nights"][0]["answers"][0] | {"question": "laugh.share", "said": "the cat"}
    )

    added = run(kept, "import", "json", "-", given=json.dumps(export)).output
    assert added == "0 nights added, and to nights that were here: answers 1, plans 0.\n"
    assert ("Alex", "the cat") in answers(kept)


def test_what_is_no_text_is_refused(kept: Path, tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are told with their place, and nothing changes."""
    (tmp_path / "broken.csv").write_bytes(b"row,\xff")
    before = answers(kept)

    assert "byte 4" in one_calm_line(run(kept, "import", "csv", str(tmp_path / "broken.csv")))
    assert answers(kept) == before


@pytest.mark.parametrize(
    ("those", "agreed"),
    [
        (("--partner", "Sam"), ()),
        (("--partner", "Sam"), ("Alex",)),
        (("--all",), ("Sam",)),
        (("--question", "appreciation.share"), ("Alex",)),
        (("--all", "--now"), ()),
    ],
)
def test_nobody_forgets_for_the_other(kept: Path, those: tuple[str, ...], agreed: tuple[str, ...]) -> None:
    """Without the say-so of everybody whose words they are nothing is forgotten, nor for good."""
    before = answers(kept)

    ended = run(kept, "forget", *those, *(word for name in agreed for word in ("--yes", name)))

    assert "--yes" in one_calm_line(ended)
    assert answers(kept) == before


def test_one_forgets_ones_own_and_brings_it_back(kept: Path) -> None:
    """With Sam's yes Sam's words are out of everything; with Sam's yes they are back, not with Alex's."""
    before = answers(kept)

    assert run(kept, "forget", "--partner", "sam", "--yes", "SAM").code == 0
    assert {name for name, _ in answers(kept)} == {"Alex"}
    assert run(kept, "restore", "--partner", "Sam", "--yes", "Alex").code == 1
    assert run(kept, "restore", "--partner", "Sam", "--yes", "Sam").code == 0
    assert answers(kept) == before


def test_after_forgetting_everything_no_backup_brings_it_back(kept: Path) -> None:
    """What both have forgotten is out of today's backup as well, and it takes both to restore any other."""
    assert len(answers(kept)) == 6
    run(kept, "forget", "--all", "--yes", "Alex", "--yes", "Sam")
    (backup,) = (kept / "backups").iterdir()

    assert run(kept, "restore", "--from", str(backup)).code == 1
    (kept / "journal.db").write_bytes(b"once upon a time " * 999)
    assert answers(kept) == []
    assert run(kept, "restore", "--yes", "Alex", "--yes", "Sam").code == 0
    assert len(answers(kept)) == 6


def test_one_answer_is_forgotten(kept: Path) -> None:
    """An answer is named by its night, its question and its partner."""
    those = ("--night", night_of(kept), "--question", "appreciation.share", "--partner", "Alex")

    assert "30 days" in run(kept, "forget", *those, "--yes", "Alex").output
    assert ("Alex", "You made marzipan") not in answers(kept)
    assert len(answers(kept)) == 5


def test_forgotten_for_good_no_byte_stays(kept: Path) -> None:
    """With `--now` and the yes of both, no byte of any word is left below the home folder."""
    assert len(answers(kept)) == 6
    assert list((kept / "backups").iterdir())
    assert not without_bytes_of(kept, b"zipan")

    ended = run(kept, "forget", "--night", night_of(kept), "--now", "--yes", "Alex", "--yes", "Sam")

    assert "for good" in ended.output
    assert without_bytes_of(kept, b"zipan")
    assert run(kept, "restore", "--yes", "Alex", "--yes", "Sam").code == 1


def test_what_is_not_there_is_told(kept: Path) -> None:
    """Where nothing fits, that is said with a way to look."""
    ended = run(kept, "forget", "--night", "2001-01-01", "--yes", "Alex", "--yes", "Sam")

    assert "review" in one_calm_line(ended)


@pytest.mark.parametrize(
    "words", [("forget",), ("forget", "--all", "--partner", "Sam"), ("forget", "--night", "soon")]
)
def test_it_must_be_said_what(kept: Path, words: tuple[str, ...]) -> None:
    """To forget takes to say what: nothing is guessed."""
    assert run(kept, *words).code == 2


def test_a_damaged_journal_is_mended_and_told(kept: Path) -> None:
    """The next command finds the damage, puts the backup in place, says so, and does what it was asked."""
    before = answers(kept)
    (kept / "journal.db").write_bytes(b"once upon a time " * 999)

    ended = run(kept, "export", "json")

    assert ended.code == 0
    assert len([line for line in ended.errors.splitlines() if "was damaged" in line]) == 1
    assert answers(kept) == before


def test_a_backup_is_restored(kept: Path, tmp_path: Path) -> None:
    """`restore --from` puts a backup in place with the yes of both, or where there is no journal."""
    before = answers(kept)
    (backup,) = (kept / "backups").iterdir()
    yes = ("--yes", "Alex", "--yes", "Sam")

    assert "--yes" in one_calm_line(run(kept, "restore", "--from", str(backup)))
    assert run(kept, "restore", "--from", str(backup), *yes).code == 0
    assert run(tmp_path / "new", "restore", "--from", str(backup)).code == 0
    assert answers(tmp_path / "new") == answers(kept) == before


def test_a_typed_name_is_a_yes(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the two is asked by name, in their order; one wrong name, and nothing is forgotten."""
    monkeypatch.setenv("VOICE_CHECKIN_HOME", str(kept))
    asked: list[str] = []

    def ask(name: str) -> str:
        asked.append(name)
        return {"Alex": " alex ", "Sam": "Alex"}[name]

    with pytest.raises(CheckinError, match="another name"):
        forget({}, (), ask, for_good=True)
    assert asked == ["Alex", "Sam"]
    assert len(answers(kept)) == 6

    forget({}, ("Sam",), ask, for_good=True)
    assert asked == ["Alex", "Sam", "Alex"]
    assert answers(kept) == []
