"""Which tip is tonight's."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from voice_checkin.evening.script import Tip


def tip_of_the_day(
    tips: Mapping[str, Tip],
    heard: Sequence[tuple[date, str]],
    day: date,
    *,
    theme: str | None = None,
    another: bool = False,
) -> str | None:
    """The key of the day's tip; None where no tip has this theme.

    It is the same all day unless `another` is asked for. None comes back before all (of the theme)
    have been heard. `heard` is every tip heard so far, in order.
    """
    keys = [key for key, tip in tips.items() if theme is None or tip.theme == theme]
    if not keys:
        return None
    today = [key for on, key in heard if on == day and key in keys]
    if today and not another:
        return today[-1]
    counts = Counter(key for _, key in heard)
    fewest = min(counts[key] for key in keys)
    fresh = [key for key in keys if counts[key] == fewest]
    return fresh[day.toordinal() % len(fresh)]


def fitting_tip(
    tips: Mapping[str, Tip], heard: Sequence[tuple[date, str]], day: date, mood: str
) -> str | None:
    """The key of a tip that suits such an evening, of those not heard in this round; None where none does."""
    counts = Counter(key for _, key in heard)
    fewest = min(counts[key] for key in tips)
    fit = [
        key
        for key, tip in tips.items()
        if mood in tip.fits and mood not in tip.spares and counts[key] == fewest
    ]
    return fit[day.toordinal() % len(fit)] if fit else None
