"""A number on the scale of one to five, as people say it."""

from collections.abc import Mapping
from math import floor

from voice_checkin.evening.phrases import Phrases

LEAST, MOST = 1, 5
_LONGEST = 9
"""In longer answers a number is more likely part of a story than a rating."""


def rating_in(
    forms: tuple[str, ...], numbers: Mapping[str, float], halves: Phrases, scales: Phrases
) -> int | None:
    """The one rating that was said, to the nearest whole; None where there is none, or more than one."""
    if len(forms) > _LONGEST:
        return None
    said: set[float] = set()
    place = 0
    while place < len(forms):
        scale = scales.at(forms, place)
        if (
            scale
            and said
            and place + scale < len(forms)
            and _number(forms[place + scale], numbers) is not None
        ):
            place += scale + 1  # "three out of five" is a three
            continue
        number = _number(forms[place], numbers)
        place += 1
        if number is None:
            continue
        half = halves.at(forms, place)
        said.add(number + 0.5 if half else number)
        place += half
    if len(said) != 1:
        return None
    rating = floor(said.pop() + 0.5)
    return rating if LEAST <= rating <= MOST else None


def _number(form: str, numbers: Mapping[str, float]) -> float | None:
    if form in numbers:
        return numbers[form]
    try:
        return float(form.replace(",", "."))
    except ValueError:
        return None
