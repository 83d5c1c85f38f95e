"""Copies: one a day, the last seven; mended from the newest whole one; without what was truly forgotten."""

import stat
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journal.examples import COUPLE, EVENING, answer, files_of
from voice_checkin.errors import JournalError
from voice_checkin.journal import file
from voice_checkin.journal.backups import FOLDER, KEPT, back_up, erase, look_after, restore_from
from voice_checkin.journal.forgetting import KEPT_BACK, Chosen
from voice_checkin.journal.store import FILE_NAME, open_journal

DAY = timedelta(days=1)
ALEX = Chosen(partner="Alex")


@pytest.fixture
def kept(home: Path) -> Path:
    """The home of a journal with an evening of each of the two, closed."""
    with open_journal(home) as journal:
        night = journal.open_night(EVENING, COUPLE)
        journal.keep(night, answer("marzipan of Alex"))
        journal.keep(night, answer("marzipan of Sam", partner="Sam"))
    return home


def copies(home: Path) -> list[str]:
    """The names of the copies, oldest first."""
    return sorted(path.name for path in (home / FOLDER).glob("*"))


def said(home: Path) -> list[str]:
    """What the journal holds now."""
    with open_journal(home) as journal:
        return [each.said for night in journal.nights() for each in night.answers]


@pytest.fixture(params=["garbage", "half", "middle"])
def damaged(request: pytest.FixtureRequest, kept: Path) -> Path:
    """The same home, backed up the day before; then its journal was damaged in one of three ways."""
    look_after(kept, EVENING - DAY)
    path = kept / FILE_NAME
    whole = path.read_bytes()
    middle = whole[: len(whole) // 3] + b"\xff" * (len(whole) // 3) + whole[len(whole) // 3 * 2 :]
    broken = {"garbage": b"once upon a time " * 999, "half": whole[: len(whole) // 2], "middle": middle}
    path.write_bytes(broken[request.param])
    return kept


def test_a_day_has_one_copy(kept: Path) -> None:
    """The first call of a day writes a copy that is a whole journal; later ones leave it."""
    assert look_after(kept, EVENING) == ""
    first = files_of(kept / FOLDER)
    with open_journal(kept) as journal:
        journal.keep(journal.open_night(EVENING, COUPLE), answer("later", question="laugh.again"))
    look_after(kept, EVENING + timedelta(hours=1))

    assert list(first) == ["journal-2025-11-24.db"]
    assert files_of(kept / FOLDER) == first


def test_the_last_seven_are_kept(kept: Path) -> None:
    """An eighth day's copy takes the place of the oldest."""
    for day in range(KEPT + 1):
        look_after(kept, EVENING + day * DAY)

    assert copies(kept) == [f"journal-{EVENING + day * DAY:%Y-%m-%d}.db" for day in range(1, KEPT + 1)]


def test_copies_are_private(kept: Path) -> None:
    """Nobody else can read a copy."""
    look_after(kept, EVENING)

    (copy,) = (kept / FOLDER).iterdir()
    assert (stat.S_IMODE(copy.stat().st_mode), stat.S_IMODE(copy.parent.stat().st_mode)) == (0o600, 0o700)


def test_where_nothing_is_nothing_is_made(home: Path) -> None:
    """Without a journal no folder is made; a journal without an evening has no copy."""
    assert look_after(home, EVENING) == ""
    assert not home.exists()

    open_journal(home).close()
    look_after(home, EVENING)
    assert copies(home) == []


def test_a_damaged_journal_is_replaced_by_the_newest_copy(damaged: Path) -> None:
    """Damage is found, told in one line, set aside as it is; the journal is the copy, and private."""
    held = (damaged / FILE_NAME).read_bytes()
    told = look_after(damaged, EVENING)

    (aside,) = damaged.glob("journal-damaged-*.db")
    assert told == (
        "The journal was damaged - the backup of 2025-11-23 is in its place, "
        f"and what is left of the damaged one is in {aside.name}"
    )
    assert aside.read_bytes() == held
    assert said(damaged) == ["marzipan of Alex", "marzipan of Sam"]
    assert stat.S_IMODE((damaged / FILE_NAME).stat().st_mode) == 0o600
    assert look_after(damaged, EVENING) == ""


def test_a_damaged_copy_is_passed_over(damaged: Path) -> None:
    """The newest copy that is whole is taken; one that is damaged itself is not."""
    (damaged / FOLDER / "journal-2025-11-24.db").write_bytes(b"once upon a time " * 99)

    assert look_after(damaged, EVENING + DAY).count("2025-11-23") == 1
    assert said(damaged) == ["marzipan of Alex", "marzipan of Sam"]


def test_without_a_copy_it_is_left(kept: Path) -> None:
    """Without a whole copy the damaged journal stays as it is, and opening tells."""
    (kept / FILE_NAME).write_bytes(garbage := b"once upon a time " * 999)

    assert look_after(kept, EVENING) == ""
    assert files_of(kept) == {FILE_NAME: garbage}


def test_a_damaged_journal_is_never_copied(damaged: Path) -> None:
    """What is damaged pushes no whole copy out: it is looked through before a day's copy is made."""
    look_after(damaged, EVENING)
    look_after(damaged, EVENING)

    with closing(file.connect_read_only(damaged / FOLDER / "journal-2025-11-24.db")) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_damaged_ones_log_is_not_the_new_ones(kept: Path) -> None:
    """The log beside a damaged journal goes aside with it, and is not played into the copy."""
    look_after(kept, EVENING - DAY)
    journal = open_journal(kept)
    journal.keep(journal.open_night(EVENING, COUPLE), answer("after the copy", question="laugh.again"))
    log = (kept / f"{FILE_NAME}-wal").read_bytes()
    journal.close()
    (kept / FILE_NAME).write_bytes(b"once upon a time " * 999)
    (kept / f"{FILE_NAME}-wal").write_bytes(log)

    assert "damaged" in look_after(kept, EVENING)
    assert said(kept) == ["marzipan of Alex", "marzipan of Sam"]
    with open_journal(kept) as mended:
        mended.check()


def test_a_folder_that_cannot_be_written_is_told(kept: Path) -> None:
    """Without its copy the evening goes on, and that is said."""
    (kept / FOLDER).write_text("no folder")

    assert "no backup of today" in look_after(kept, EVENING)
    assert said(kept)


@pytest.mark.parametrize("way", ["at once", "overdue"])
def test_no_copy_holds_what_was_truly_forgotten(damaged: Path, way: str) -> None:
    """No byte stays below the folder: not in copies of any day, not in what was set aside."""
    look_after(damaged, EVENING)
    look_after(damaged, EVENING + DAY)
    restore_from(damaged, damaged / FOLDER / "journal-2025-11-23.db", EVENING)
    assert len([held for held in files_of(damaged).values() if b"of Alex" in held]) > 3

    with open_journal(damaged) as journal:
        if way == "at once":
            erase(journal, damaged, ALEX, EVENING)
        else:
            journal.forget(ALEX, EVENING)
    if way == "overdue":
        look_after(damaged, EVENING + KEPT_BACK + DAY)

    assert not [name for name, held in files_of(damaged).items() if b"of Alex" in held]
    assert len(copies(damaged)) == 1
    assert said(damaged) == ["marzipan of Sam"]


def test_a_copy_comes_back_and_the_present_is_kept(kept: Path) -> None:
    """A restored copy is the journal; what was there before is a copy that can be restored in turn."""
    look_after(kept, EVENING)
    with open_journal(kept) as journal:
        journal.forget(ALEX, EVENING)
    before = restore_from(kept, kept / FOLDER / "journal-2025-11-24.db", EVENING)

    assert said(kept) == ["marzipan of Alex", "marzipan of Sam"]
    restore_from(kept, kept / before, EVENING + DAY)
    assert said(kept) == ["marzipan of Sam"]
    with open_journal(kept) as journal:
        journal.check()
    assert not (kept / f"{FILE_NAME}.new").exists()


def test_a_copy_begins_a_journal(kept: Path, tmp_path: Path) -> None:
    """On a new machine, with nothing there, a copy is the journal."""
    look_after(kept, EVENING)
    elsewhere = tmp_path / "elsewhere"

    assert restore_from(elsewhere, kept / FOLDER / "journal-2025-11-24.db", EVENING) == ""
    assert said(elsewhere) == said(kept)


@pytest.mark.parametrize("held", [b"", b"once upon a time " * 999, b"SQLite format 3\0" + b"\0" * 4080])
def test_what_is_no_copy_changes_nothing(kept: Path, tmp_path: Path, held: bytes) -> None:
    """A file that is no whole journal is refused with a remedy, and the journal stays."""
    other = tmp_path / "other.db"
    other.write_bytes(held)
    before = said(kept)

    with pytest.raises(JournalError, match="no whole backup") as told:
        restore_from(kept, other, EVENING)

    assert "another file" in told.value.remedy
    assert (said(kept), other.read_bytes()) == (before, held)


def test_mending_brings_no_forgotten_word_back(kept: Path) -> None:
    """A copy that is written anew after a forgetting keeps what was forgotten out of sight."""
    look_after(kept, EVENING)
    with open_journal(kept) as journal:
        journal.forget(ALEX, EVENING)
        back_up(journal, kept, EVENING)
    (kept / FILE_NAME).write_bytes(b"once upon a time " * 999)
    with suppress(FileNotFoundError):
        (kept / f"{FILE_NAME}-wal").unlink()

    look_after(kept, EVENING)

    assert said(kept) == ["marzipan of Sam"]
