"""The recovery phrase: a secret as twelve common words, by the public list of BIP-39.

The last word holds four bits that tell most slips from a phrase that was never given out.
"""

from typing import TYPE_CHECKING

from voice_checkin.errors import JournalError
from voice_checkin.journal.cipher import INSTALL

if TYPE_CHECKING:
    from mnemonic import Mnemonic

SECRET_BYTES = 16
WORDS = 12


def as_words(secret: bytes) -> tuple[str, ...]:
    """Sixteen random bytes as twelve words."""
    return tuple(_list().to_mnemonic(secret).split())


def as_secret(phrase: str) -> bytes:
    """The sixteen bytes that twelve words stand for; of each its first four letters are enough.

    Raises `JournalError` that tells the place of a slip, never the word.
    """
    words = phrase.casefold().split()
    if len(words) != WORDS:
        raise _slip(f"these are {len(words)} words, not {WORDS}")
    known = _list()
    whole = [known.expand_word(word) for word in words]
    for place, word in enumerate(whole, start=1):
        if word not in known.wordlist:
            raise _slip(f"word {place} isn't one of the list")
    try:
        return bytes(known.to_entropy(whole))
    except ValueError:
        raise _slip("one of the words is another, or two have changed places") from None


def _slip(problem: str) -> JournalError:
    return JournalError(problem, remedy="look at what you wrote down, and type it once more")


def _list() -> "Mnemonic":
    try:
        from mnemonic import Mnemonic
    except ImportError:
        raise JournalError("what reads a recovery phrase isn't here", remedy=INSTALL) from None
    return Mnemonic("english")
