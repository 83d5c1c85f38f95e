"""Words that this couple uses and a recogniser doesn't know: names, pet names, their own."""

from collections.abc import Callable, Iterable

from voice_checkin.evening.sounds import sound_of
from voice_checkin.evening.words import words_of

_LEAST_LETTERS = 4
"""Shorter words sound like too many others."""


def new_words(right: str, wrong: str) -> tuple[str, ...]:
    """The words that a correction brought, as they were said."""
    known = {word.form for word in words_of(wrong, {}, frozenset())}
    new = (word for word in words_of(right, {}, frozenset()) if word.form not in known)
    return tuple(
        dict.fromkeys(right[word.start : word.end] for word in new if len(word.form) >= _LEAST_LETTERS)
    )


def mended(text: str, own: Iterable[str], is_common: Callable[[str], bool]) -> str:
    """The text with the couple's own words in it, where a word that nobody else says sounds the same."""
    by_sound = {sound_of((word.casefold(),)): word for word in own}
    pieces, end = [], 0
    for word in words_of(text, {}, frozenset()):
        meant = by_sound.get(sound_of((word.form,)))
        if meant and len(word.form) >= _LEAST_LETTERS and not is_common(word.form):
            pieces += [text[end : word.start], meant]
            end = word.end
    return "".join([*pieces, text[end:]])
