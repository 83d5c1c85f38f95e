"""Puts a talk together: voice, ear, subtitles and trace, as the two have chosen them."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

from voice_checkin.evening.talk import Talk
from voice_checkin.journal.store import Journal
from voice_checkin.show.console import Subtitles, console
from voice_checkin.show.trace import trace_to
from voice_checkin.speech.interruptions import Breaks
from voice_checkin.speech.typed_lines import TypedLines
from voice_checkin.wiring.ears import Around, ChosenEar, Likely
from voice_checkin.wiring.interrupting import interruptions_by_voice
from voice_checkin.wiring.place import Choices, Place, SystemClock
from voice_checkin.wiring.understanding import alarm_of, mender, reader
from voice_checkin.wiring.voices import spoken_or_printed


@dataclass(frozen=True, slots=True)
class Couple:
    """Who talks: their names, empty until they are told, and the words of their own."""

    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def whose(journal: Journal) -> Couple:
    """The couple of this journal."""
    return Couple(journal.partners(), journal.words())


@contextmanager
def talking(
    here: Place,
    choices: Choices,
    chosen: ChosenEar,
    couple: Couple,
    *,
    likely: Likely | None = None,
) -> Iterator[Talk]:
    """A talk that lasts as long as the block; it begins to load what hears in the background.

    `likely` is what may be heard at each kind of question; None: what is in an evening.
    """
    clock = SystemClock()
    screen = Subtitles(console(), typed=chosen.typed)
    with ExitStack() as talk:
        typed = TypedLines(sys.stdin) if sys.stdin.isatty() and chosen.hears else None
        breaks = Breaks(typed, interruptions_by_voice(here) if chosen.hears else None)
        voice = talk.enter_context(spoken_or_printed(here, choices.voice, clock, screen.note, breaks))
        own_words = (*couple.names, *couple.words)
        around = Around(screen.note, voice.say, screen.hearing, own_words, breaks, likely)
        ear = talk.enter_context(closing(chosen.open(around)))
        screen.note(chosen.told)
        yield Talk(
            reader(here),
            ear,
            voice,
            screen,
            trace_to(choices.trace),
            clock,
            alarming=alarm_of(here),
            mend=mender(here, couple.words),
        )
