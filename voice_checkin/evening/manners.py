"""How the voice changes when it is asked to: slower, faster, louder, softer, each within bounds."""

from voice_checkin.evening.model import Manner, Meaning

_RATES = {Meaning.SLOWER: 1 / 1.15, Meaning.FASTER: 1.15}
_VOLUMES = {Meaning.LOUDER: 1.25, Meaning.SOFTER: 1 / 1.25}
CHANGES = (*_RATES, *_VOLUMES)


def changed(manner: Manner, wish: Meaning) -> Manner:
    """The manner after one of `CHANGES` was asked for; who wants it slower gets longer pauses, too."""
    rate = _RATES.get(wish, 1.0)
    return Manner(
        rate=_bounded(manner.rate * rate, 0.6, 1.6),
        volume=_bounded(manner.volume * _VOLUMES.get(wish, 1.0), 0.2, 1.0),
        pause=_bounded(manner.pause / rate, 0.5, 4.0),
    )


def _bounded(value: float, least: float, most: float) -> float:
    return max(least, min(most, value))
