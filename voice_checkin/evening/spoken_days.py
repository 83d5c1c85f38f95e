"""A day as it is said: by its weekday within a week, else by its date, with the year if it is far."""

from datetime import date

from voice_checkin.evening.aloud_words import DayWords

_WEEK, _NEARLY_A_YEAR = 7, 300


def day_as_said(day: date, today: date, words: DayWords) -> str:
    """When this day is, seen from today: "on Tuesday", "on the third of May"."""
    ahead = (day - today).days
    near = {-1: words.yesterday, 0: words.today, 1: words.tomorrow}
    if ahead in near:
        return near[ahead]
    if abs(ahead) < _WEEK:
        return words.weekday.format(weekday=words.weekdays[day.weekday()])
    form = words.date if abs(ahead) < _NEARLY_A_YEAR else words.date_of_year
    return form.format(ordinal=words.ordinals[day.day - 1], month=words.months[day.month - 1], year=day.year)
