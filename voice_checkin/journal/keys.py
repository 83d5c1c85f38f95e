"""The file `journal.key`: the journal's random key, wrapped by a passphrase and by a recovery phrase.

Whoever changes the passphrase wraps the same key anew, and the journal isn't touched. Without this file no
words can be had from a locked journal, so a second one lies with the backups.
"""

import base64
import hashlib
import json
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from voice_checkin.errors import JournalError, Locked, WrongPassphrase
from voice_checkin.journal import disk, recovery
from voice_checkin.journal.cipher import INSTALL, KEY_BYTES
from voice_checkin.shapes import ShapeError, plain, read_shape

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NAME = "journal.key"
COPY = f"backups/{NAME}"
FORMAT = "voice-checkin-key/1"

PASSPHRASE_COST = 2**17
"""scrypt's N, with r = 8 and p = 1: 128 MB of memory and 0.8 s here, as OWASP has it for passwords."""
PHRASE_COST = 2**14
"""Nobody guesses 128 random bits, however fast each guess is."""
_MOST_COST = 2**20
_NONCE_BYTES, _SALT_BYTES = 12, 16

Chance: TypeAlias = Callable[[int], bytes]
"""So many random bytes, as `secrets.token_bytes` gives them."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The key under one secret: scrypt's cost and salt, AES-GCM's nonce and what it sealed, in base64."""

    cost: int
    salt: str
    sealed: str


@dataclass(frozen=True, slots=True)
class KeyFile:
    """All that the file holds."""

    passphrase: Wrapped
    recovery: Wrapped
    name: str
    """Tells the key from others, and a keyring files it by this; nothing of the key can be had from it."""
    in_keyring: bool = False
    format: str = FORMAT


def begin(
    key: bytes, passphrase: str, secret: bytes, chance: Chance, *, cost: int = PASSPHRASE_COST
) -> KeyFile:
    """Wrap a new key by a passphrase, at this cost of trying one, and by the secret of a recovery phrase."""
    return KeyFile(
        _wrap(key, _normal(passphrase), cost, chance),
        _wrap(key, secret, PHRASE_COST, chance),
        name_of(key),
    )


def with_passphrase(held: KeyFile, key: bytes, passphrase: str, chance: Chance) -> KeyFile:
    """The same key under another passphrase."""
    return replace(held, passphrase=_wrap(key, _normal(passphrase), PASSPHRASE_COST, chance))


def by_passphrase(held: KeyFile, passphrase: str) -> bytes:
    """The key. Raises `WrongPassphrase` where it is under another one."""
    key = _unwrap(held.passphrase, _normal(passphrase))
    if key is None:
        raise wrong_passphrase()
    return key


def by_phrase(held: KeyFile, phrase: str) -> bytes:
    """The key. Raises `JournalError` that tells a slip, or `WrongPassphrase` for another journal's phrase."""
    key = _unwrap(held.recovery, recovery.as_secret(phrase))
    if key is None:
        raise WrongPassphrase("that is the phrase of another journal", remedy="look for this one's")
    return key


def name_of(key: bytes) -> str:
    """A name that tells keys apart and gives away nothing."""
    return hashlib.sha256(b"the name of a journal's key" + key).hexdigest()[:16]


def is_locked(home: Path) -> bool:
    """Whether this folder's journal takes a key."""
    return (home / NAME).exists()


def wrong_passphrase() -> WrongPassphrase:
    """The error that tells of a passphrase which opens nothing."""
    return WrongPassphrase(
        "that isn't the passphrase",
        remedy="try again, or with the recovery phrase: voice-checkin setup --recover",
    )


def locked() -> Locked:
    """The error that tells of a locked file for which no key is here."""
    return Locked(
        "the journal is locked, and nobody can be asked for its passphrase",
        remedy="call it on a terminal, or name a file with the passphrase in VOICE_CHECKIN_PASSPHRASE_FILE",
    )


def read(home: Path) -> KeyFile:
    """The folder's key file; a damaged one is replaced by its copy. Raises `JournalError` where both are."""
    held, copy = _parse(home / NAME), _parse(home / COPY)
    if held is None and copy is not None:
        write(home, copy)
    if (found := held or copy) is None:
        raise JournalError(
            f"the journal's key is damaged: {home / NAME}",
            remedy="nothing was changed: put the copy of it in its place that lies with an older backup",
        )
    return found


def write(home: Path, keys: KeyFile) -> None:
    """Write the file, then its copy among the backups; each is there as it was or as it is to be."""
    body = json.dumps(plain(keys), indent=2)
    content = json.dumps({"sha256": _sum(body), "keys": json.loads(body)}, indent=2) + "\n"
    for place in (home / NAME, home / COPY):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        disk.write_whole(place, content.encode())


def remove(home: Path) -> None:
    """Remove the file and its copy: the journal, and each copy of it, is plain."""
    for name in (NAME, COPY):
        for place in (home / name, home / f"{name}.new"):
            disk.scrub(place)


def bring_back(home: Path) -> None:
    """Where the file is gone and its copy is here, put that in its place."""
    if not is_locked(home) and (copy := _parse(home / COPY)):
        write(home, copy)


def _parse(place: Path) -> KeyFile | None:
    """What the file holds; None where it is missing or not as it was written."""
    with suppress(FileNotFoundError, ValueError, KeyError, TypeError, ShapeError):
        content: dict[str, Any] = json.loads(place.read_bytes())
        keys = read_shape(content["keys"], KeyFile)
        if content["sha256"] == _sum(json.dumps(plain(keys), indent=2)):
            return keys
    return None


def _sum(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _normal(passphrase: str) -> bytes:
    """The same bytes for the same letters, whichever keyboard composed them."""
    return unicodedata.normalize("NFKC", passphrase).encode()


def _wrap(key: bytes, secret: bytes, cost: int, chance: Chance) -> Wrapped:
    salt, nonce = chance(_SALT_BYTES), chance(_NONCE_BYTES)
    sealed = nonce + _aes(_stretch(secret, salt, cost)).encrypt(nonce, key, FORMAT.encode())
    return Wrapped(cost, base64.b64encode(salt).decode(), base64.b64encode(sealed).decode())


def _unwrap(wrapped: Wrapped, secret: bytes) -> bytes | None:
    sealed = base64.b64decode(wrapped.sealed)
    aes = _aes(_stretch(secret, base64.b64decode(wrapped.salt), wrapped.cost))
    from cryptography.exceptions import InvalidTag

    try:
        return aes.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], FORMAT.encode())
    except InvalidTag:
        return None


def _stretch(secret: bytes, salt: bytes, cost: int) -> bytes:
    """A key from a secret, by much time and memory, so that guessing many takes long."""
    return hashlib.scrypt(
        secret, salt=salt, n=min(cost, _MOST_COST), r=8, p=1, maxmem=2**31 - 1, dklen=KEY_BYTES
    )


def _aes(key: bytes) -> "AESGCM":
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError:
        raise JournalError("what reads the journal's key isn't here", remedy=INSTALL) from None
    return AESGCM(key)
