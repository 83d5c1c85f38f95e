"""Puts an evening together, and holds it."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from voice_checkin.content import load_demo
from voice_checkin.errors import CheckinError, ModelMissing
from voice_checkin.evening.agenda import Tonight
from voice_checkin.evening.model import Manner, Night
from voice_checkin.evening.ports import Clock, Voice
from voice_checkin.evening.review import summarise
from voice_checkin.evening.script import Depth
from voice_checkin.evening.session import Session
from voice_checkin.evening.settling import History, Wishes, settle
from voice_checkin.evening.tips import tip_of_the_day
from voice_checkin.evening.wording import pick
from voice_checkin.journal.store import FILE_NAME, Journal, open_journal
from voice_checkin.show.console import Subtitles, console, show_review
from voice_checkin.show.trace import trace_to
from voice_checkin.speech.interruptions import Breaks
from voice_checkin.speech.native_noise import hush
from voice_checkin.speech.printed_voice import PrintedVoice
from voice_checkin.speech.typed_lines import TypedLines
from voice_checkin.wiring.ears import Around, choose_ear, spoken_ear
from voice_checkin.wiring.engines import AUTO, load_engine
from voice_checkin.wiring.interrupting import interruptions_by_voice
from voice_checkin.wiring.models import model_of
from voice_checkin.wiring.opening import opened
from voice_checkin.wiring.place import Choices, Place, SystemClock, manner, place
from voice_checkin.wiring.understanding import Alarm, alarm_of, common_words, mender, reader

if TYPE_CHECKING:
    from voice_checkin.speech.piper_voice import PiperSynthesiser
    from voice_checkin.speech.pyttsx3_voice import Pyttsx3Synthesiser

PRINTED, PIPER = "printed", "piper"
REMEMBERED = timedelta(days=400)
"""Nights further back are not read back on a usual evening."""


def hold_tonight(choices: Choices) -> None:
    """Hold tonight's check-in, or go on with the one that broke off.

    Raises `NoWayToAnswer` where nobody could answer, before anything is said or kept.
    """
    hush()
    here, clock = place(choices), SystemClock()
    chosen = choose_ear(here, choices.ear or here.settings.ear, clock)
    screen = Subtitles(console(), typed=chosen.typed)
    with ExitStack() as evening:
        typed = TypedLines(sys.stdin) if sys.stdin.isatty() and chosen.hears else None
        breaks = Breaks(typed, interruptions_by_voice(here) if chosen.hears else None)
        voice = evening.enter_context(_voice(here, choices.voice, clock, screen.note, breaks))
        journal = evening.enter_context(opened(here.home))
        words = journal.words()
        around = Around(screen.note, voice.say, screen.hearing, (*journal.partners(), *words), breaks)
        ear = evening.enter_context(closing(chosen.open(around)))
        screen.note(chosen.told)
        alarm = alarm_of(here)
        tonight = _tonight(here, journal, clock, alarm, short=choices.short)
        if set(tonight.partners) == set(here.script.language.partners):
            screen.note("Your own names: voice-checkin setup --names Alex Sam")
        session = Session(
            tonight,
            reader(here),
            ear,
            voice,
            journal,
            screen,
            trace_to(choices.trace),
            clock,
            alarming=alarm,
            mend=mender(here, words),
            is_common=common_words(here),
        )
        session.hold(manner(here.settings))
        screen.note(f"Kept in {here.home / FILE_NAME}. Nothing left this machine.")


def play_demo(choices: Choices, save: Path | None) -> None:
    """Play a whole evening with two synthetic partners, in a journal of its own."""
    from voice_checkin.speech.spoken_voice import SpokenVoice
    from voice_checkin.speech.stage import PlayedCouple, Stage

    hush()
    here = place(choices)
    here = replace(here, settings=replace(here.settings, weekly="off"))  # its couple has no answers for that
    demo = load_demo(here.content, here.script.language.code)
    stage = Stage(SystemClock().now())
    screen = Subtitles(console(), typed=False)
    engine = load_engine(here, choices.ear or AUTO)
    screen.note(f"A demo evening: two synthetic voices answer, {engine().name} listens.")
    shutil.rmtree(here.home / "demo", ignore_errors=True)
    with ExitStack() as evening:
        voice = evening.enter_context(
            closing(SpokenVoice(synthesiser(here), stage, notice=screen.note, clock=stage))
        )
        journal = evening.enter_context(open_journal(here.home / "demo"))
        journal.name_partners(demo.partners)
        heard = spoken_ear(here, stage, engine)
        ear = PlayedCouple(stage, heard, demo, lambda name: synthesiser(here, name))
        tonight = _tonight(here, journal, stage, lambda _: False, short=choices.short)
        session = Session(tonight, reader(here), ear, voice, journal, screen, trace_to(choices.trace), stage)
        session.hold(Manner())
        show_review(console(), summarise(journal.nights(), tonight.night.date))
    if save:
        stage.save(save)
        screen.note(f"The evening's sound, {stage.monotonic_s() / 60:.1f} minutes, is in {save}")


def speak_tip(choices: Choices, theme: str | None, *, another: bool) -> None:
    """Speak the tip of the day."""
    hush()
    here, clock = place(choices), SystemClock()
    screen = Subtitles(console(), typed=False)
    tips = here.script.tips
    with opened(here.home) as journal:
        today = clock.now().date()
        heard = journal.tips_heard()
        tip = tip_of_the_day(tips, heard, today, theme=theme, another=another)
        if tip is None:
            themes = ", ".join(sorted({tip.theme for tip in tips.values()}))
            raise CheckinError("there is no tip of this theme", remedy=f"choose one of: {themes}")
        words = pick(tips[tip].say, sum(key == tip for day, key in heard if day != today))
        with _voice(here, choices.voice, clock, screen.note) as voice:
            voice.adjust(manner(here.settings))
            screen.said(words)
            voice.say(words)
        journal.hear_tip(today, tip)


def _tonight(here: Place, journal: Journal, clock: Clock, alarm: Alarm, *, short: bool) -> Tonight:
    """Settle what is settled before the first word."""
    night = journal.open_night(clock.now(), here.script.language.partners)
    chosen = here.settings
    wishes = Wishes(short, Depth(chosen.depth), chosen.weekly, chosen.country)
    return settle(here.script, night, history_before(journal, night), wishes, alarm)


def history_before(journal: Journal, night: Night) -> History:
    """What the journal knows of the nights before this one."""
    one, two = journal.partners()
    nights = journal.nights(since=night.date - REMEMBERED, until=night.date)
    return History(
        (one, two),
        nights=[other for other in nights if other.id != night.id],
        due=journal.due_plans(night.date),
        tips=journal.tips_heard(),
        ideas=journal.ideas_offered(night),
    )


@contextmanager
def _voice(
    here: Place,
    chosen: str | None,
    clock: Clock,
    notice: Callable[[str], None],
    breaks: Breaks | None = None,
) -> Iterator[Voice]:
    wanted = chosen or here.settings.voice
    if wanted == PRINTED:
        if breaks and breaks.typed:
            breaks.typed.follow(lambda: None)
        yield PrintedVoice(clock)
        return
    from voice_checkin.speech.loudspeaker import SpeakerDevice
    from voice_checkin.speech.spoken_voice import SpokenVoice

    device = SpeakerDevice(here.settings.loudspeaker or None)
    speaks = piper(here) if wanted == PIPER else synthesiser(here)
    with closing(SpokenVoice(speaks, device, notice=notice, clock=clock, breaks=breaks)) as voice:
        yield voice


def piper(here: Place) -> "PiperSynthesiser":
    """The natural voice of the language. Raises `ModelMissing` where none is here."""
    from voice_checkin.speech.piper_voice import INSTALL, PiperSynthesiser

    language = here.script.language.code
    folder = model_of(PIPER, language, here.home)
    if folder is None:
        raise ModelMissing(f"no Piper voice for language {language!r} is here", remedy=INSTALL)
    return PiperSynthesiser(folder)


def synthesiser(here: Place, voice: str | None = None) -> "Pyttsx3Synthesiser":
    """What turns lines into sound here: with this voice, else with one of the language."""
    from voice_checkin.speech.pyttsx3_voice import Pyttsx3Synthesiser

    language = here.script.language
    voices = (voice, *language.voices) if voice else language.voices
    return Pyttsx3Synthesiser(voices, language.code, here.home / "scratch")
