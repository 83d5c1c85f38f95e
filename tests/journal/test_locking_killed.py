"""Locking and unlocking that is killed: the journal is whole as one of the two, and nothing else is left."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.guest import Guest
from tests.journal.locks import KEY, WORD, WORDS, files_holding, keyed, locked_home, plain_home, said
from voice_checkin.journal import keys, moving

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="who is killed is forked")

STEPS = ("alone", "copied", "key written", "in place", "copies gone", "old gone")
MOMENTS = 30
MADE = {"plain": plain_home, "locked": locked_home}
LEFT = {True: {"journal.db", "journal.key", "backups/journal.key"}, False: {"journal.db"}}
"""What is left below the home where the move was made to its end, by whether the journal is locked then."""


def change(home: Path, passed: Callable[[str], None] = lambda _: None) -> None:
    """Lock a plain journal, unlock a locked one."""
    if keys.is_locked(home):
        moving.unlock(home, KEY, passed)
    else:
        moving.lock(home, keyed(), KEY, passed)


def in_a_child(change_it: Callable[[], None], kill_after_s: float | None = None) -> bool:
    """Do this in a process of its own, kill that at this moment, and return whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            change_it()
        finally:
            os._exit(0)
    if kill_after_s is not None:
        time.sleep(kill_after_s)
        os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def names(home: Path) -> list[str]:
    """Every file below the home."""
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


def found_after(home: Path) -> dict[str, Any]:
    """What the next program finds."""
    told = moving.settle(home)
    locked = keys.is_locked(home)
    return {
        "told": told,
        "locked": locked,
        "every word": said(home, KEY if locked else None) == WORDS,
        "files": names(home),
        "read": files_holding(home, WORD) if locked else [],
    }


def killed_at_each_step(folder: str, form: str) -> list[dict[str, Any]]:
    """In a process without threads: change a journal of this form, and be killed at each step in turn."""
    made, found = MADE[form](Path(folder) / "made"), []
    for step in STEPS:
        home = shutil.copytree(made, Path(folder) / step)

        def die(passed: str, step: str = step) -> None:
            if passed == step:
                os.kill(os.getpid(), signal.SIGKILL)

        killed = in_a_child(lambda home=home, die=die: change(home, die))  # type: ignore[misc]
        found.append({"step": step, "killed": killed} | found_after(home))
    return found


def killed_at_moments(folder: str, form: str) -> list[dict[str, Any]]:
    """In a process without threads: change journals of this form, each killed later than the last."""
    made, found = MADE[form](Path(folder) / "made"), []
    whole = shutil.copytree(made, Path(folder) / "whole")
    keyed()  # once, and not in each child
    began_s = time.monotonic()
    in_a_child(lambda: change(whole))
    longest_s = (time.monotonic() - began_s) * 1.1
    for moment in range(MOMENTS):
        home = shutil.copytree(made, Path(folder) / str(moment))
        killed = in_a_child(lambda home=home: change(home), longest_s * moment / MOMENTS)  # type: ignore[misc]
        found.append({"killed": killed} | found_after(home))
    return found


def told_by(function: Callable[..., Any], folder: Path, form: str) -> list[dict[str, Any]]:
    """What the function returns in a process of its own."""
    with Guest(dict(os.environ), function, (str(folder), form)) as guest:
        found: list[dict[str, Any]] = guest.result(timeout_s=120)
    return found


def check(found: dict[str, Any], form: str, before: list[str]) -> None:
    """The journal is whole in the one form or the other; nothing of the other form is left."""
    was_locked = form == "locked"
    assert found["every word"], found
    assert found["read"] == [], found
    expected = set(before) if found["locked"] == was_locked else LEFT[found["locked"]]
    # SQLite leaves its own file where it is killed before it begins to write; it counts for nothing.
    assert set(found["files"]) - {"journal.db-journal"} == expected, found


@pytest.mark.parametrize("form", MADE)
def test_killed_at_each_step(form: str, tmp_path: Path) -> None:
    """Killed right after any step, every word is there: in the old form until the new one is in place."""
    before = names(MADE[form](tmp_path / "before"))
    rounds = told_by(killed_at_each_step, tmp_path, form)

    for found in rounds:
        assert found["killed"], found
        assert ("is locked" in found["told"], "is not locked" in found["told"]) == (
            found["locked"],
            not found["locked"],
        )
        check(found, form, before)
    changed = [found["locked"] != (form == "locked") for found in rounds]
    assert changed == [False, False, False, True, True, True]


@pytest.mark.parametrize("form", MADE)
def test_killed_at_any_moment(form: str, tmp_path: Path) -> None:
    """Killed at thirty moments from the beginning to the end, the same holds."""
    before = names(MADE[form](tmp_path / "before"))
    rounds = told_by(killed_at_moments, tmp_path, form)

    for found in rounds:
        check(found, form, before)
    assert sum(found["killed"] for found in rounds) > 5
