"""A locked journal: nobody reads it without the key, and it does whatever a plain one does."""

import os
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.guest import Guest, ready
from tests.journal.examples import COUPLE, EVENING, answer, files_of
from tests.journal.locks import (
    KEY,
    OTHER_KEY,
    PASSPHRASE,
    SECRET,
    WORD,
    WORDS,
    files_holding,
    keyed,
    locked_home,
    nothing_random,
    plain_home,
    said,
)
from voice_checkin.errors import JournalError, Locked, WrongPassphrase
from voice_checkin.journal import disk, file, keys, moving, recovery
from voice_checkin.journal.backups import FOLDER, erase, look_after, restore_from
from voice_checkin.journal.exchange import export_json, import_json
from voice_checkin.journal.forgetting import Chosen
from voice_checkin.journal.store import FILE_NAME, open_journal

PHRASE = " ".join(recovery.as_words(SECRET))


@pytest.fixture
def locked(home: Path) -> Path:
    """The home of a locked journal with thirty answers and a backup, closed."""
    return locked_home(home)


def test_no_word_stays_readable(home: Path) -> None:
    """Before, the word lies in eight files; locked, in none below the folder, log and copies included."""
    plain_home(home)
    assert len(files_holding(home, WORD)) == 8

    moving.lock(home, keyed(), KEY)
    with open_journal(home, KEY) as journal:
        journal.keep(journal.open_night(EVENING, COUPLE), answer(WORD, question="new.words"))
        assert files_holding(home, WORD) == []
    look_after(home, EVENING, KEY)

    assert files_holding(home, WORD) == []
    assert said(home, KEY) == [*WORDS, WORD]


def test_what_was_plain_is_overwritten(home: Path) -> None:
    """The bytes of the plain file itself are gone, not only its name: who still has it open reads zeros."""
    path = plain_home(home) / FILE_NAME
    with path.open("rb") as still_open:
        moving.lock(home, keyed(), KEY)

        assert set(still_open.read()) == {0}


def test_bytes_with_another_name_are_left(tmp_path: Path) -> None:
    """A file that goes by a second name is not overwritten through the first."""
    (tmp_path / "one").write_bytes(b"kept")
    (tmp_path / "two").hardlink_to(tmp_path / "one")
    disk.scrub(tmp_path / "one")

    assert files_of(tmp_path) == {"two": b"kept"}


def test_unlocked_it_is_what_it_was(home: Path) -> None:
    """Locked and unlocked again, the journal is plain and holds every row as before; no key is left."""
    with open_journal(plain_home(home)) as journal:
        before = export_json(journal)
    moving.lock(home, keyed(), KEY)
    moving.unlock(home, KEY)

    with open_journal(home) as journal:
        assert export_json(journal) == before
    assert not keys.is_locked(home)
    assert list(files_of(home)) == [FILE_NAME]


def test_without_its_key_it_is_locked_not_damaged(locked: Path) -> None:
    """Who lacks the key is told so in one line, and neither opening nor looking after changes a byte."""
    before = files_of(locked)

    with pytest.raises(Locked, match="locked"):
        open_journal(locked)
    with pytest.raises(Locked, match="locked"):
        look_after(locked, EVENING)
    assert files_of(locked) == before


@pytest.mark.parametrize("way", ["garbage", "half", "middle"])
def test_a_damaged_locked_journal_is_mended(
    locked: Path, way: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """With the key, damage is told as such, once, and the newest locked backup takes the journal's place."""
    path = locked / FILE_NAME
    whole = path.read_bytes()
    middle = whole[: len(whole) // 3] + b"\xff" * (len(whole) // 3) + whole[len(whole) // 3 * 2 :]
    path.write_bytes(
        {"garbage": b"once upon a time " * 999, "half": whole[: len(whole) // 2], "middle": middle}[way]
    )
    (locked / FOLDER / "journal-2025-11-24.db").rename(locked / FOLDER / "journal-2025-11-23.db")

    assert "backup of 2025-11-23 is in its place" in look_after(locked, EVENING, KEY)
    assert capfd.readouterr().err == ""
    assert said(locked, KEY) == WORDS
    assert files_holding(locked, WORD) == []


def test_a_plain_backup_is_locked_when_it_is_restored(locked: Path, tmp_path: Path) -> None:
    """A plain copy from elsewhere comes into a locked journal, which stays locked."""
    with open_journal(tmp_path / "elsewhere") as other:
        other.keep(other.open_night(EVENING, COUPLE), answer(f"{WORD} of old"))
    restore_from(locked, tmp_path / "elsewhere" / FILE_NAME, EVENING, KEY)

    assert said(locked, KEY) == [f"{WORD} of old"]
    assert files_holding(locked, WORD) == []


def test_a_locked_backup_is_restored(locked: Path) -> None:
    """So does a locked one; what was there before is kept, locked as well."""
    with open_journal(locked, KEY) as journal:
        journal.keep(journal.open_night(EVENING, COUPLE), answer(WORD, question="new.words"))
    before = restore_from(locked, locked / FOLDER / "journal-2025-11-24.db", EVENING, KEY)

    assert said(locked, KEY) == WORDS
    restore_from(locked, locked / before, EVENING, KEY)
    assert said(locked, KEY) == [*WORDS, WORD]
    assert files_holding(locked, WORD) == []


def test_a_backup_under_another_key_is_refused(locked: Path, tmp_path: Path) -> None:
    """A backup of another couple's is told as such, and nothing changes."""
    with open_journal(tmp_path / "other", OTHER_KEY) as other:
        other.open_night(EVENING, COUPLE)
    before = files_of(locked)

    with pytest.raises(JournalError, match="another key"):
        restore_from(locked, tmp_path / "other" / FILE_NAME, EVENING, KEY)
    assert files_of(locked) == before


def test_backups_alone_bring_it_back(locked: Path, tmp_path: Path) -> None:
    """On another machine the folder of backups is enough: it holds a copy of the key file."""
    home = tmp_path / "new machine"
    shutil.copytree(locked / FOLDER, home / FOLDER)
    moving.settle(home)

    key = keys.by_passphrase(keys.read(home), PASSPHRASE)
    restore_from(home, home / FOLDER / "journal-2025-11-24.db", EVENING, key)
    assert said(home, key) == WORDS


def test_it_goes_out_and_in_and_is_forgotten(locked: Path, home: Path, tmp_path: Path) -> None:
    """Exports are complete, imports go in, and what is forgotten for good is out of every file."""
    with open_journal(locked, KEY) as journal, open_journal(tmp_path / "copy") as copy:
        assert import_json(copy, export_json(journal)).nights == 1
        assert import_json(journal, export_json(copy)).nights == 0
        assert erase(journal, home, Chosen(), EVENING) > 0
        assert journal.nights() == ()


def be_open(home: str) -> None:
    """Another program, that has the journal open until it is killed."""
    with open_journal(Path(home)) as journal:
        journal.partners()
        ready()
        time.sleep(60)


def test_a_journal_in_use_is_left(home: Path) -> None:
    """While another program has it open it isn't locked, which is told; later it can be."""
    before = files_of(plain_home(home))
    with Guest(dict(os.environ), be_open, (str(home),)) as other:
        other.wait_until_ready()
        with pytest.raises(JournalError, match="another program"):
            moving.lock(home, keyed(), KEY)

    moving.settle(home)
    assert said(home, None) == WORDS
    assert files_of(home).keys() == before.keys()
    moving.lock(home, keyed(), KEY)
    assert said(home, KEY) == WORDS


def test_a_full_disk_changes_nothing(home: Path) -> None:
    """Where there is no room for the copy it is told, and the plain journal is what it was."""
    resource = pytest.importorskip("resource", reason="POSIX alone has limits of this kind")
    before = files_of(plain_home(home))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, limits[1]))
    try:
        with pytest.raises(JournalError):
            moving.lock(home, keyed(), KEY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    moving.settle(home)
    assert said(home, None) == WORDS
    assert files_of(home).keys() == before.keys()


def test_a_move_is_waited_for_by_nobody(home: Path) -> None:
    """A program that opens the journal while another locks it is told so, and meddles with nothing."""
    plain_home(home)
    told: list[str] = []

    def meddle(_: str) -> None:
        with pytest.raises(JournalError, match="another program"):
            moving.settle(home)
        told.append(_)

    moving.lock(home, keyed(), KEY, meddle)
    assert len(told) > 5
    assert said(home, KEY) == WORDS


@pytest.mark.parametrize("key", [None, KEY])
def test_a_write_that_broke_off_outside_the_log_is_undone(home: Path, key: bytes | None) -> None:
    """Killed while the log's kind is changed, which writes into the file, it opens as it was."""
    (locked_home if key else plain_home)(home)
    path = home / FILE_NAME
    with closing(file.connect(path, key)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN")
        db.execute("UPDATE answers SET said = 'nothing' || hex(zeroblob(4000))")
        broken_off = {part: part.read_bytes() for part in (path, path.with_name(f"{FILE_NAME}-journal"))}
        db.execute("ROLLBACK")
    for part, held in broken_off.items():
        part.write_bytes(held)

    assert said(home, key) == WORDS


def test_the_passphrase_gives_the_key() -> None:
    """The passphrase gives the key, however a keyboard composes its letters; another one is told as such."""
    held = keys.begin(KEY, "caf\u00e9 on the hill", SECRET, nothing_random, cost=2)

    assert keys.by_passphrase(held, "cafe\u0301 on the hill") == KEY
    with pytest.raises(WrongPassphrase, match="isn't the passphrase") as told:
        keys.by_passphrase(held, "cafe on the hill")
    assert "--recover" in told.value.remedy


def test_another_passphrase_takes_the_olds_place() -> None:
    """After a change the new passphrase and the recovery phrase give the key; the old one doesn't."""
    held = keys.with_passphrase(keyed(), KEY, "another one, longer", nothing_random)

    assert keys.by_passphrase(held, "another one, longer") == keys.by_phrase(held, PHRASE) == KEY
    with pytest.raises(WrongPassphrase):
        keys.by_passphrase(held, PASSPHRASE)


def test_the_recovery_phrase_may_be_typed_short() -> None:
    """Four letters of each word are enough, in letters of any size and with any space between."""
    short = "  ".join(word[:4].upper() for word in PHRASE.split())

    assert keys.by_phrase(keyed(), f" {short} ") == KEY


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        (lambda words: words[:11], "11 words, not 12"),
        (lambda words: [*words[:4], "marzipan", *words[5:]], "word 5 isn't"),
        (lambda words: [words[1], words[0], *words[2:]], "changed places"),
    ],
)
def test_a_slip_in_the_recovery_phrase_is_told(slip: Callable[[list[str]], list[str]], told: str) -> None:
    """A word too few, one not of the list, and two that changed places are told; no word is repeated."""
    words = slip(PHRASE.split())
    with pytest.raises(JournalError, match=told) as fault:
        keys.by_phrase(keyed(), " ".join(words))

    assert not set(words) & set(str(fault.value).split())


def test_another_journals_recovery_phrase() -> None:
    """A phrase without a slip that belongs to another journal is told as such."""
    with pytest.raises(WrongPassphrase, match="another journal"):
        keys.by_phrase(keyed(), " ".join(recovery.as_words(b"another's secret")))


@pytest.mark.parametrize("harm", [b"", b"{", b"[1]", None])
def test_a_damaged_key_file_is_replaced_by_its_copy(locked: Path, harm: bytes | None) -> None:
    """Empty, cut, something else or gone, the key file comes back from its copy among the backups."""
    whole = (locked / keys.NAME).read_bytes()
    (locked / keys.NAME).unlink()
    if harm is not None:
        (locked / keys.NAME).write_bytes(harm)
    moving.settle(locked)

    assert keys.read(locked) == keyed()
    assert (locked / keys.NAME).read_bytes() == whole


def test_a_flipped_bit_in_the_key_file_is_damage(locked: Path) -> None:
    """A letter changed in what is sealed is no wrong passphrase; without a whole copy that is told."""
    for name in (keys.NAME, keys.COPY):
        text = (locked / name).read_text()
        at = text.index('"sealed"') + 20
        (locked / name).write_text(text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :])

    with pytest.raises(JournalError, match="key is damaged"):
        keys.read(locked)


def test_nothing_of_the_key_is_in_its_file(locked: Path) -> None:
    """Neither the key nor the secret lies in the file in a form that could be read."""
    held = (locked / keys.NAME).read_text()

    for secret in (KEY.hex(), SECRET.hex(), PASSPHRASE, PHRASE, *PHRASE.split()):
        assert f'"{secret}' not in held
    assert file.is_plain(locked / FILE_NAME) is False
