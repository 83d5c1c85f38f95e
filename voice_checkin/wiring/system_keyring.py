"""The keyring of this system, which gives the journal's key to whoever is logged in.

It is Keychain, Credential Manager or the Secret Service. keyring, the one library named here, reaches them.
"""

from contextlib import suppress
from typing import TYPE_CHECKING

from voice_checkin.errors import JournalError
from voice_checkin.journal.cipher import INSTALL

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE = "voice-checkin"
_SAFE = 1
"""From this priority on, by the library's own scale, a keyring encrypts what it holds."""


def check() -> None:
    """Raise `JournalError` where no keyring can be had that keeps secrets secret."""
    _keyring()


def keep(name: str, key: bytes) -> None:
    """File a key under this name. Raises `JournalError` where the keyring refuses."""
    from keyring.errors import KeyringError

    try:
        _keyring().set_password(_SERVICE, name, key.hex())
    except KeyringError:
        raise _absent("this system's keyring takes no key") from None


def find(name: str) -> bytes | None:
    """The key of this name; None where there is none, or the keyring is closed or gone."""
    try:
        from keyring.errors import KeyringError

        return bytes.fromhex(_keyring().get_password(_SERVICE, name) or "") or None
    except (ImportError, JournalError, KeyringError, ValueError):
        return None


def drop(name: str) -> None:
    """Let the keyring forget the key of this name, where it has it."""
    from keyring.errors import KeyringError

    with suppress(KeyringError, JournalError):
        _keyring().delete_password(_SERVICE, name)


def _keyring() -> "KeyringBackend":
    try:
        import keyring
    except ImportError:
        raise JournalError("what reaches the keyring isn't installed", remedy=INSTALL) from None
    found = keyring.get_keyring()
    if found.priority < _SAFE:
        raise _absent("this system has no keyring that keeps secrets secret")
    return found


def _absent(problem: str) -> JournalError:
    return JournalError(problem, remedy="leave out --keyring: the passphrase is asked for instead")
