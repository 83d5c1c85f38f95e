"""Opens the couple's journal. Where it is locked, its passphrase is asked for once in a process."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from voice_checkin.errors import CheckinError, WrongPassphrase
from voice_checkin.journal import cipher, keys, moving
from voice_checkin.journal.store import Journal, open_journal
from voice_checkin.wiring import system_keyring

PASSPHRASE_FILE = "VOICE_CHECKIN_PASSPHRASE_FILE"  # noqa: S105 - a variable's name
"""Names a file whose first line is the passphrase, for evenings that nobody begins at a keyboard.

Not the passphrase itself: what stands in the environment is handed on to every program that is started.
"""
_PROMPTS = (
    "The journal's passphrase",
    "That isn't it. The passphrase",
    "That isn't it either. The passphrase",
)

Ask: TypeAlias = Callable[[str], str] | None
"""Asks somebody to type something unseen; None where nobody can."""

_keys: dict[Path, bytes] = {}
"""The key of each home that was unlocked in this process."""


def unlock(where: Path, ask: Ask) -> str:
    """Make the journal ready to be opened, asking for the passphrase of a locked one; a line to tell, or "".

    Raises `WrongPassphrase` after three tries, and `Locked` where nobody can be asked.
    """
    told = moving.settle(where)
    if keys.is_locked(where):
        cipher.library()  # before anybody types a passphrase for nothing
        _keys[where] = _key(where, ask)
    return told


def opened(where: Path) -> Journal:
    """The journal of this folder. Raises `Locked` where it wasn't unlocked before, else as `open_journal`."""
    return open_journal(where, key_of(where))


def key_of(where: Path) -> bytes | None:
    """The key with which the journal was unlocked in this process; None where it wasn't, or is plain."""
    return _keys.get(where)


def hold(where: Path, key: bytes | None) -> None:
    """From now on the journal opens with this key, or plainly."""
    _keys.pop(where, None)
    if key is not None:
        _keys[where] = key


def by_passphrase(held: keys.KeyFile, ask: Ask) -> bytes:
    """The key, by a passphrase from a file or by one that is typed, in three tries."""
    if (passphrase := passphrase_in_file()) is not None:
        return keys.by_passphrase(held, passphrase)
    if ask is None:
        raise keys.locked()
    for prompt in _PROMPTS:
        with suppress(WrongPassphrase):
            return keys.by_passphrase(held, ask(prompt))
    raise keys.wrong_passphrase()


def passphrase_in_file() -> str | None:
    """The passphrase in the file that the environment names; None where it names none."""
    named = os.environ.get(PASSPHRASE_FILE)
    if not named:
        return None
    try:
        return Path(named).expanduser().read_text(encoding="utf-8").split("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError):
        raise CheckinError(
            f"the file that {PASSPHRASE_FILE} names can't be read",
            remedy=f"name one that can, or unset it: {named}",
        ) from None


def _key(where: Path, ask: Ask) -> bytes:
    held = keys.read(where)
    if held.in_keyring and PASSPHRASE_FILE not in os.environ:
        found = system_keyring.find(held.name)
        if found and keys.name_of(found) == held.name:
            return found
    return by_passphrase(held, ask)
