"""Locking the journal as two people do it: one step, a passphrase, a recovery phrase on paper."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journal.locks import files_holding
from tests.product import Ended, run, typed
from voice_checkin.journal import keys

if TYPE_CHECKING:
    from tests.test_terminal import Terminal

EVENING = "You made marzipan\nmarzipan is lovely\nyou smiled over marzipan\nmarzipan, nice\nno\nno\n"
FIRST, SECOND = "marmalade on the hill", "two cushions and a lamp"


def knowing(folder: Path) -> dict[str, str]:
    """An environment in which a file holds the passphrase."""
    (folder / "passphrase").write_text(f"{FIRST}\n")
    return {"VOICE_CHECKIN_PASSPHRASE_FILE": str(folder / "passphrase")}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which Alex and Sam have said six things, and made a page of them; and the same, locked."""
    folder = tmp_path_factory.mktemp("made")
    run(folder / "plain", "setup", "--names", "Alex", "Sam", "--yes")
    typed(folder / "plain", EVENING)
    run(folder / "plain", "review", "--page")
    shutil.copytree(folder / "plain", folder / "locked")
    assert run(folder / "locked", "setup", "--lock", env=knowing(folder)).code == 0
    return folder


@pytest.fixture
def kept(made: Path, home: Path) -> Path:
    """The plain home."""
    return shutil.copytree(made / "plain", home)


@pytest.fixture
def locked(made: Path, home: Path) -> Path:
    """The locked home."""
    return shutil.copytree(made / "locked", home)


@pytest.fixture
def known(tmp_path: Path) -> dict[str, str]:
    """An environment in which a file holds the passphrase."""
    return knowing(tmp_path)


def answers(ended: Ended) -> list[str]:
    """What was said, as it went out."""
    return [each["said"] for night in json.loads(ended.output)["nights"] for each in night["answers"]]


def one_calm_line(ended: Ended) -> str:
    """The only line of a problem, with its remedy; no passphrase in it."""
    assert (ended.code, ended.output) == (1, "")
    (line,) = ended.errors.splitlines()
    assert " - " in line
    assert FIRST not in line
    return line


def test_locked_nothing_can_be_read(kept: Path, known: dict[str, str]) -> None:
    """One step: the page goes, which is told, no word can be read below the folder, the phrase is shown."""
    assert "review.html" in files_holding(kept, "arzipan")

    ended = run(kept, "setup", "--lock", env=known)

    assert ended.code == 0
    assert len(re.findall(r"\d+ [a-z]+", ended.output)) == 12
    assert "review.html" in ended.output
    assert files_holding(kept, "arzipan") == []
    assert (kept / "backups" / keys.NAME).exists()


def test_a_locked_evening_in_a_pipe(locked: Path, known: dict[str, str]) -> None:
    """With the passphrase in a file the answers come from the pipe, all of them, and are kept locked."""
    tonight = ("tonight", "--ear", "keyboard", "--voice", "printed")
    evening = run(locked, *tonight, given=EVENING.replace("arzipan", "armalade"), env=known)

    assert evening.code == 0
    assert any("armalade" in words for words in answers(run(locked, "export", "json", env=known)))
    assert files_holding(locked, "armalade") == []


def test_without_the_passphrase(locked: Path) -> None:
    """In a pipe without a passphrase each command says so in one line, and reads no answer as one."""
    before = {path: path.read_bytes() for path in locked.rglob("*") if path.is_file()}

    for command in (("review",), ("export", "json"), ("tonight", "--ear", "keyboard"), ("setup", "--unlock")):
        assert "locked" in one_calm_line(run(locked, *command, given=f"{FIRST}\n"))
    assert {path: path.read_bytes() for path in locked.rglob("*") if path.is_file()} == before


def test_a_wrong_passphrase_in_the_file(locked: Path, known: dict[str, str], tmp_path: Path) -> None:
    """It is told in one line with the ways out, and nothing is changed."""
    (tmp_path / "passphrase").write_text("another one, longer")
    before = {path: path.read_bytes() for path in locked.rglob("*") if path.is_file()}

    assert "--recover" in one_calm_line(run(locked, "review", env=known))
    assert {path: path.read_bytes() for path in locked.rglob("*") if path.is_file()} == before


def test_a_short_passphrase_is_refused(kept: Path, known: dict[str, str], tmp_path: Path) -> None:
    """A passphrase that could be guessed locks nothing."""
    (tmp_path / "passphrase").write_text("marmalade")

    assert "too short" in one_calm_line(run(kept, "setup", "--lock", env=known))
    assert not keys.is_locked(kept)


def test_the_lock_is_looked_at(locked: Path, known: dict[str, str]) -> None:
    """The doctor tells that the journal is locked and whole; without the passphrase, that it is locked."""
    doctor = ("doctor", "--ear", "keyboard", "--voice", "printed")

    assert "whole, and locked" in run(locked, *doctor, env=known).output
    without = run(locked, *doctor)
    assert (without.code, "note  journal: locked" in without.output) == (0, True)


def test_a_page_of_a_locked_journal(locked: Path, known: dict[str, str], tmp_path: Path) -> None:
    """Who makes a page of a locked journal is told that the page isn't."""
    ended = run(locked, "review", "--page", str(tmp_path / "page.html"), env=known)

    assert "without the passphrase" in ended.errors


def test_unlocked_everything_is_back(locked: Path, known: dict[str, str]) -> None:
    """Unlocked, every command works without a passphrase, and nothing of the lock is left."""
    assert run(locked, "setup", "--unlock", env=known).code == 0

    assert len(answers(run(locked, "export", "json"))) == 6
    assert not list(locked.rglob(keys.NAME))
    assert "isn't locked" in one_calm_line(run(locked, "setup", "--unlock"))


def test_the_keyring_opens_it(kept: Path, known: dict[str, str], tmp_path: Path) -> None:
    """Where the two want it, the system's keyring opens the journal; it can be told not to any more."""
    ring = {
        "PYTHON_KEYRING_BACKEND": "tests.file_keyring.FileKeyring",
        "FILE_KEYRING": str(tmp_path / "ring"),
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    assert run(kept, "setup", "--lock", "--keyring", env=known | ring).code == 0
    assert len(answers(run(kept, "export", "json", env=ring))) == 6

    assert run(kept, "setup", "--no-keyring", env=ring).code == 0
    assert (tmp_path / "ring").read_text() == "{}"
    assert "locked" in one_calm_line(run(kept, "export", "json", env=ring))


def test_a_system_without_a_keyring(kept: Path, known: dict[str, str]) -> None:
    """Where there is no keyring that is safe, it is told before anything is changed."""
    none = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}

    assert "no keyring" in one_calm_line(run(kept, "setup", "--lock", "--keyring", env=known | none))
    assert not keys.is_locked(kept)


WITHOUT = "import sys; sys.modules['sqlcipher3'] = None; from voice_checkin.cli import main; main()"


def test_without_the_extra(kept: Path, known: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without SQLCipher a plain journal works; locking says in one line how to install it."""
    for name, value in (known | {"VOICE_CHECKIN_HOME": str(kept)}).items():
        monkeypatch.setenv(name, value)

    def bare(*arguments: str) -> Ended:
        done = subprocess.run(
            [sys.executable, "-c", WITHOUT, *arguments], capture_output=True, text=True, check=False
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    assert bare("export", "json").code == 0
    assert 'pip install "voice-checkin[lock]"' in one_calm_line(bare("setup", "--lock"))
    run(kept, "setup", "--lock")
    assert 'pip install "voice-checkin[lock]"' in one_calm_line(bare("export", "json"))


def test_the_lock_goes_alone(kept: Path) -> None:
    """Other choices beside the lock would be lost, so they are refused as wrong usage."""
    assert run(kept, "setup", "--lock", "--rate", "1.2").code == 2


@contextmanager
def on_terminal(home: Path, *arguments: str) -> Iterator["Terminal"]:
    """A terminal on which this was called; a passphrase that is typed there is never shown."""
    terminals = pytest.importorskip(
        "tests.test_terminal", reason="terminals of this kind are of Linux and macOS"
    )
    there: Terminal = terminals.Terminal(home, *arguments)
    try:
        yield there
    finally:
        there.close()


def read(there: "Terminal", words: str) -> str:
    """What was shown since, up to these words."""
    there.wait_for(words)
    shown, _, there.shown = there.shown.partition(words)
    assert FIRST not in shown
    assert SECOND not in shown
    return shown


def choose(there: "Terminal", passphrase: str) -> None:
    """Type a new passphrase twice."""
    read(there, "four words do well")
    there.type(passphrase)
    read(there, "once more")
    there.type(passphrase)


def lock_by_hand(home: Path) -> list[str]:
    """Lock the journal on a terminal; the recovery phrase."""
    with on_terminal(home, "setup", "--lock") as there:
        read(there, "four words do well")
        there.type("short")
        read(there, "too short")
        choose(there, FIRST)
        words = re.findall(r"\d+ ([a-z]+) ", read(there, "Enter, once you have"))
        there.type("")
        read(there, "From your paper, word ")
        there.type("nothing")
        read(there, "It is another word")
        for _ in range(2):
            read(there, "From your paper, word ")
            there.type(words[int(read(there, ": ")) - 1])
        read(there, "Locked.")
        assert there.product.wait(timeout=30) == 0
    return words


def test_by_hand_in_one_step(kept: Path) -> None:
    """A passphrase is typed twice and never shown, two words are read back; then it is asked for."""
    assert len(lock_by_hand(kept)) == 12
    with on_terminal(kept, "review") as there:
        read(there, "The journal's passphrase")
        there.type("a slip of the finger")
        read(there, "That isn't it")
        there.type(FIRST)
        read(there, "marzipan is lovely")


def test_three_wrong_passphrases_change_nothing(locked: Path) -> None:
    """The third wrong one ends it with a line and code 1."""
    before = {path: path.read_bytes() for path in locked.rglob("*") if path.is_file()}
    with on_terminal(locked, "review") as there:
        for prompt in ("The journal's passphrase", "That isn't it. ", "That isn't it either. "):
            read(there, prompt)
            there.type("a slip of the finger")
        read(there, "setup --recover")
        assert there.product.wait(timeout=30) == 1
    assert {path: path.read_bytes() for path in locked.rglob("*") if path.is_file()} == before


def test_a_forgotten_passphrase(kept: Path, known: dict[str, str], tmp_path: Path) -> None:
    """The recovery phrase, after a slip that is told, takes another passphrase; that one changes it again."""
    words = lock_by_hand(kept)
    with on_terminal(kept, "setup", "--recover") as there:
        read(there, "twelve words")
        there.type(" ".join([*words[:2], "marzipan", *words[3:]]))
        read(there, "word 3 isn't")
        there.type(" ".join(word[:4] for word in words))
        choose(there, SECOND)
        read(there, "Kept.")
    assert "passphrase" in one_calm_line(run(kept, "review", env=known))
    (tmp_path / "passphrase").write_text(SECOND)
    assert len(answers(run(kept, "export", "json", env=known))) == 6

    with on_terminal(kept, "setup", "--new-passphrase") as there:
        read(there, "The journal's passphrase")
        there.type(SECOND)
        choose(there, FIRST)
        read(there, "Kept.")
    (tmp_path / "passphrase").write_text(FIRST)
    assert len(answers(run(kept, "export", "json", env=known))) == 6
