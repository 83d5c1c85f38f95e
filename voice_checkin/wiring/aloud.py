"""Looking back aloud, and asking aloud for a say-so before words are forgotten or brought back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from voice_checkin.content import load_aloud
from voice_checkin.errors import CheckinError
from voice_checkin.evening.aloud_words import Aloud
from voice_checkin.evening.model import Expects
from voice_checkin.evening.passages import Glance, passages
from voice_checkin.evening.say_so import Deed, SaySo, Those
from voice_checkin.evening.steering import Steering
from voice_checkin.evening.storyteller import tell
from voice_checkin.evening.tale import Tale
from voice_checkin.evening.worry import places_of
from voice_checkin.speech.native_noise import hush
from voice_checkin.wiring.ears import choose_ear
from voice_checkin.wiring.looking_back import Filters, found
from voice_checkin.wiring.opening import opened
from voice_checkin.wiring.place import Choices, Place, SystemClock, manner, place
from voice_checkin.wiring.talks import Couple, talking, whose
from voice_checkin.wiring.understanding import alarm_of

WEEK = timedelta(days=7)
"""What is looked back on where nothing was asked for: the last seven days, today among them."""


def look_back_aloud(choices: Choices, filters: Filters) -> None:
    """Tell what was said, in natural sentences, steered by voice. Raises `CheckinError`."""
    hush()
    here, clock = place(choices), SystemClock()
    words = _words(here)
    today, whole_week = clock.now().date(), filters == Filters()
    if whole_week:
        filters = replace(filters, since=today - WEEK + timedelta(days=1))
    chosen = choose_ear(here, choices.ear or here.settings.ear, clock)
    with opened(here.home) as journal:
        couple, nights = whose(journal), found(journal, filters)
    one, two = couple.names or here.script.language.partners
    glance = Glance(words, (one, two), today, whole_week, filters.topic, alarm_of(here))
    places = places_of(here.script, here.settings.country)
    tale = Tale(glance, here.script, passages(glance, nights), places)
    steering = cache(lambda: Steering.of(words, glance.partners, here.book()))
    likely = {Expects.YES_NO: words.steering.likely}
    with talking(here, choices, chosen, couple, likely=likely) as talk:
        read = replace(talk, read=lambda text, expects: steering().read(text, expects))
        tell(read, tale, manner(here.settings))


@contextmanager
def asking_aloud(
    choices: Choices, deed: str, those: dict[str, Any], *, backup: bool = False
) -> Iterator[Callable[[str], str]]:
    """What asks a partner aloud for a say-so and gives back the name, or raises `CheckinError`."""
    hush()
    here, clock = place(choices), SystemClock()
    say_so = SaySo(_words(here), here.book(), Deed(deed))
    what = say_so.what(
        Those(
            clock.now().date(),
            those.get("night"),
            those.get("question"),
            those.get("partner") is not None,
            backup,
        )
    )
    chosen = choose_ear(here, choices.ear or here.settings.ear, clock)
    # No couple: a journal that is to be replaced may be damaged. No likely answers: a hint makes words of a
    # cough. No interrupting by voice: the question holds the very words that agree.
    uninterrupted = replace(here, settings=replace(here.settings, interrupt="key"))
    with talking(uninterrupted, choices, chosen, Couple(), likely={}) as talk:
        talk.voice.adjust(manner(here.settings))

        def ask(name: str) -> str:
            if not say_so.ask(replace(talk, read=say_so.read), name, what):
                raise CheckinError(f"nothing was changed: {name} did not agree", remedy="both may try again")
            return name

        yield ask


def _words(here: Place) -> Aloud:
    words = load_aloud(here.content, here.script.language.code)
    if words is None:
        raise CheckinError(
            f"looking back and agreeing aloud aren't there in {here.script.language.name} yet",
            remedy="leave --aloud out, or add: --language en",
        )
    return words
