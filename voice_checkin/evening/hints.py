"""What a recogniser may expect to hear at each kind of question."""

from collections.abc import Mapping

from voice_checkin.evening.book import POLAR
from voice_checkin.evening.intents import Intents
from voice_checkin.evening.model import Expects, Meaning

_POLAR_PHRASES = 4
"""So many ways each to say yes, no and unsure; the commonest stand first in intents.toml."""


def likely_answers(intents: Intents) -> Mapping[Expects, tuple[str, ...]]:
    """Phrases that are likely at each kind of question, the likeliest first."""
    polar = [
        phrase
        for several in zip(
            *(intents.leading.get(meaning, ())[:_POLAR_PHRASES] for meaning in POLAR), strict=False
        )
        for phrase in several
    ]
    commands = [texts[0] for meaning, texts in intents.phrases.items() if meaning not in POLAR and texts]
    numbers = [word for word, number in intents.numbers.items() if 1 <= number <= 5]  # noqa: PLR2004 - the scale
    untold = tuple(dict.fromkeys([*intents.phrases.get(Meaning.NOTHING, ())[:1], *commands]))
    return {
        Expects.YES_NO: tuple(dict.fromkeys([*polar, *commands])),
        Expects.RATING: tuple(dict.fromkeys([*numbers, *commands])),
        Expects.STORY: untold,
        Expects.PLAN: untold,
    }
