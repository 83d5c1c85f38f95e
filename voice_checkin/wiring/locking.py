"""Locking the journal and unlocking it, another passphrase, and the way back in by the recovery phrase."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from voice_checkin.errors import CheckinError, JournalError
from voice_checkin.journal import backups, cipher, disk, keys, moving, recovery
from voice_checkin.journal.store import open_journal
from voice_checkin.wiring import opening, system_keyring
from voice_checkin.wiring.page import LEFT_BEHIND
from voice_checkin.wiring.page import NAME as PAGE
from voice_checkin.wiring.place import SystemClock, home

SHORTEST = 12
"""Four short words have more letters; a guess takes most of a second, and no login locks a thief out."""


AskNew: TypeAlias = Callable[[], str] | None
"""Asks for a new passphrase, as long as it must be; None where nobody can be asked."""


def is_too_short(passphrase: str) -> bool:
    """Whether a passphrase could be guessed by trying."""
    return len(passphrase) < SHORTEST


def lock(ask_new: AskNew, show: Callable[[tuple[str, ...]], None], *, in_keyring: bool) -> str:
    """Lock the journal with a new passphrase, in its place; what to tell.

    `show` is handed the recovery phrase, and returns when it is written down; until then nothing is changed.
    Without `ask_new` the passphrase comes from the file that the environment names.
    """
    where = home()
    moving.settle(where)
    if keys.is_locked(where):
        raise CheckinError(
            "the journal is locked already", remedy="see: voice-checkin setup --new-passphrase"
        )
    cipher.library()
    if in_keyring:
        system_keyring.check()
    passphrase = _new(ask_new)
    secret, key = secrets.token_bytes(recovery.SECRET_BYTES), secrets.token_bytes(cipher.KEY_BYTES)
    show(recovery.as_words(secret))
    held = keys.begin(key, passphrase, secret, secrets.token_bytes)
    if in_keyring:
        system_keyring.keep(held.name, key)
    open_journal(where).close()  # begun, or brought up to date
    page_is_gone = _remove_strays(where)
    moving.lock(where, replace(held, in_keyring=in_keyring), key)
    _back_up(key)
    told = ["Locked. The journal and its backups open with the passphrase, or with the recovery phrase."]
    if page_is_gone:
        told.append(f"{PAGE} could be read without, and is gone.")
    told.append("Exports and pages that you have put elsewhere stay readable: remove them yourselves.")
    return "\n".join(told)


def unlock(ask: opening.Ask) -> str:
    """Make the journal plain again, for its passphrase; what to tell."""
    where = home()
    held = _held(where)
    moving.unlock(where, opening.by_passphrase(held, ask))
    if held.in_keyring:
        system_keyring.drop(held.name)
    _back_up(None)
    return "Unlocked: the journal and its backups can be read by your account, without a passphrase."


def new_passphrase(ask: opening.Ask, ask_new: AskNew) -> str:
    """Put another passphrase in the old one's place; what to tell."""
    held = _held(home())
    if ask is None or ask_new is None:
        raise _needs_a_terminal()
    return _change(held, opening.by_passphrase(held, ask), ask_new())


def recover(ask: opening.Ask, ask_new: AskNew) -> str:
    """Put another passphrase in a forgotten one's place, for the recovery phrase; what to tell."""
    held = _held(home())
    if ask is None or ask_new is None:
        raise _needs_a_terminal()
    return _change(held, _by_phrase(held, ask), ask_new())


def use_keyring(*, on: bool) -> str:
    """Have the system's keyring hold the key of the journal, which is open, or not any more; what to tell."""
    where, key = home(), opening.key_of(home())
    held = _held(where)
    if on and key is not None:
        system_keyring.keep(held.name, key)
    elif held.in_keyring:
        system_keyring.drop(held.name)
    keys.write(where, replace(held, in_keyring=on))
    return "The keyring opens the journal now." if on else "The passphrase is asked for now."


def _held(where: Path) -> keys.KeyFile:
    moving.settle(where)
    if not keys.is_locked(where):
        raise CheckinError("the journal isn't locked", remedy="lock it with: voice-checkin setup --lock")
    return keys.read(where)


def _new(ask_new: AskNew) -> str:
    passphrase = opening.passphrase_in_file()
    if passphrase is None and ask_new is not None:
        passphrase = ask_new()
    if passphrase is None:
        raise _needs_a_terminal()
    if is_too_short(passphrase):
        raise CheckinError(
            "the passphrase is too short", remedy=f"take {SHORTEST} signs or more: four words do"
        )
    return passphrase


def _needs_a_terminal() -> CheckinError:
    return CheckinError("nobody can be asked for a passphrase here", remedy="call it on a terminal")


def _by_phrase(held: keys.KeyFile, ask: Callable[[str], str]) -> bytes:
    prompt = "The twelve words of the recovery phrase"
    for _ in range(2):
        try:
            return keys.by_phrase(held, ask(prompt))
        except JournalError as slip:
            prompt = f"{slip}\nThe twelve words"
    return keys.by_phrase(held, ask(prompt))


def _change(held: keys.KeyFile, key: bytes, passphrase: str) -> str:
    keys.write(home(), keys.with_passphrase(held, key, passphrase, secrets.token_bytes))
    return "Kept. The recovery phrase stays what it was."


def _back_up(key: bytes | None) -> None:
    opening.hold(home(), key)
    with opening.opened(home()) as journal:
        backups.back_up(journal, home(), SystemClock().now())


def _remove_strays(where: Path) -> bool:
    """Remove what holds words, or the sound of them, beside the journal; whether the page was among it."""
    page = where / PAGE
    was_there = page.exists()
    for stray in (page, *where.glob(LEFT_BEHIND), *where.glob("scratch/**/*")):
        if stray.is_file():
            disk.scrub(stray)
    return was_there
