"""Words without their endings, by the Snowball stemmers."""

from functools import lru_cache

from voice_checkin.evening.weighing import Stem

_REMEMBERED = 4096


def stemmer(name: str) -> Stem:
    """Snowball's stemmer of this name; without a name words stay whole. Raises ValueError for a wrong one."""
    if not name:
        return str
    import snowballstemmer

    if name not in snowballstemmer.algorithms():
        raise ValueError(f"Snowball knows no stemmer {name!r}")
    return lru_cache(_REMEMBERED)(snowballstemmer.stemmer(name).stemWord)
