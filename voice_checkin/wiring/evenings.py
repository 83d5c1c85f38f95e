"""Puts an evening together, and holds it."""

import shutil
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from voice_checkin.content import load_demo
from voice_checkin.errors import CheckinError
from voice_checkin.evening.agenda import Tonight
from voice_checkin.evening.model import Manner, Night
from voice_checkin.evening.ports import Clock
from voice_checkin.evening.script import Depth
from voice_checkin.evening.session import Session
from voice_checkin.evening.settling import History, Wishes, settle
from voice_checkin.evening.talk import Talk
from voice_checkin.evening.tips import tip_of_the_day
from voice_checkin.evening.wording import pick
from voice_checkin.journal.store import FILE_NAME, Journal, open_journal
from voice_checkin.show.console import Subtitles, console
from voice_checkin.show.trace import trace_to
from voice_checkin.speech.native_noise import hush
from voice_checkin.wiring.ears import choose_ear, spoken_ear
from voice_checkin.wiring.engines import AUTO, load_engine
from voice_checkin.wiring.looking_back import look_over
from voice_checkin.wiring.opening import opened
from voice_checkin.wiring.place import Choices, Place, SystemClock, manner, place
from voice_checkin.wiring.talks import talking, whose
from voice_checkin.wiring.understanding import Alarm, common_words, reader
from voice_checkin.wiring.voices import spoken_or_printed, synthesiser

REMEMBERED = timedelta(days=400)
"""Nights further back are not read back on a usual evening."""


def hold_tonight(choices: Choices) -> None:
    """Hold tonight's check-in, or go on with the one that broke off.

    Raises `NoWayToAnswer` where nobody could answer, before anything is said or kept.
    """
    hush()
    here, clock = place(choices), SystemClock()
    chosen = choose_ear(here, choices.ear or here.settings.ear, clock)
    with opened(here.home) as journal, talking(here, choices, chosen, whose(journal)) as talk:
        tonight = _tonight(here, journal, clock, talk.alarming, short=choices.short)
        if set(tonight.partners) == set(here.script.language.partners):
            talk.screen.note("Your own names: voice-checkin setup --names Alex Sam")
        Session(tonight, talk, journal, common_words(here)).hold(manner(here.settings))
        talk.screen.note(f"Kept in {here.home / FILE_NAME}. Nothing left this machine.")


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
        talk = Talk(reader(here), ear, voice, screen, trace_to(choices.trace), stage)
        Session(tonight, talk, journal).hold(Manner())
        look_over(journal, tonight.night.date)
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
        with spoken_or_printed(here, choices.voice, clock, screen.note) as voice:
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
