"""The doctor: looks at everything an evening needs, and tells each thing as fine or with its cure."""

import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from voice_checkin.errors import CheckinError, SoundError
from voice_checkin.evening.hints import likely_answers
from voice_checkin.evening.model import Expects, Listen, Turn
from voice_checkin.evening.wording import pick
from voice_checkin.show.checkup import CheckupLines, CheckupScreen
from voice_checkin.show.console import console
from voice_checkin.speech import checkup, devices, sound_server
from voice_checkin.speech.checkup import Finding, Severity, failed, fine, note
from voice_checkin.speech.models import folder_of, verify
from voice_checkin.speech.native_noise import hush
from voice_checkin.speech.ports import SAMPLE_RATE_HZ, Recogniser, Sound
from voice_checkin.speech.wordless_recogniser import WordlessRecogniser
from voice_checkin.wiring.engines import AUTO, ENGINES, KEYBOARD, is_installed, load_engine
from voice_checkin.wiring.interrupting import check_interrupting
from voice_checkin.wiring.models import manifest, models_folder
from voice_checkin.wiring.opening import Ask
from voice_checkin.wiring.place import Choices, Place, SystemClock, home, manner, place
from voice_checkin.wiring.safekeeping import check_keeping, free_bytes
from voice_checkin.wiring.understanding import reader
from voice_checkin.wiring.voices import PIPER, PRINTED, piper, synthesiser

if TYPE_CHECKING:
    from voice_checkin.speech.metered_source import MeteredSource

ON_TERMINAL_S, IN_PIPE_S = 6.0, 2.0
"""How long somebody may take to speak: in a pipe there may be nobody."""
PAUSE_S = 0.8
"""Silence that ends what is said."""
ECHO_LEAD_S, ECHO_TAIL_S = 0.25, 0.3
"""Heard before and after the phrase: a room takes its time."""

Loading: TypeAlias = Callable[[], Recogniser]


def examine(choices: Choices, seconds: float | None, ask: Ask, *, quiet: bool, as_json: bool) -> bool:
    """Tell each finding as soon as it is made, and return whether nothing is wrong.

    Waits `seconds` for somebody to speak; `quiet` plays nothing; `ask` is asked for the journal's passphrase.
    """
    hush()
    out = console()
    screen = CheckupLines(out) if as_json else CheckupScreen(out)
    patience_s = seconds or (ON_TERMINAL_S if out.is_terminal else IN_PIPE_S)
    well = True
    for finding in _findings(choices, screen, patience_s, ask, quiet=quiet):
        screen.found(finding.name, finding.severity, finding.told, finding.remedy)
        well = well and finding.severity is not Severity.WRONG
    return well


def _findings(
    choices: Choices, screen: CheckupLines | CheckupScreen, patience_s: float, ask: Ask, *, quiet: bool
) -> Iterator[Finding]:
    where = home()
    writable = True
    for finding in check_keeping(where, SystemClock().now(), free_bytes, ask):
        yield finding
        writable = writable and not (finding.name == "home folder" and finding.remedy)
    try:
        here = place(choices)
    except CheckinError as fault:
        yield failed("settings and words", fault)
        return
    yield fine("words", f"{here.script.language.name}, in {here.content}")
    sound = yield from _voice(here, choices, writable=writable)
    yield from _Hearing(here, choices, screen, patience_s).findings(None if quiet else sound)


def _voice(here: Place, choices: Choices, *, writable: bool) -> Generator[Finding, None, Sound | None]:
    """A phrase of the evening, synthesised."""
    wanted = choices.voice or here.settings.voice
    if wanted == PRINTED:
        yield fine("voice", "printed: no loudspeaker is needed")
        return None
    if not writable:
        yield note("voice", "not tried, since it needs the home folder")
        return None
    one, two = here.script.language.partners
    phrase = pick(here.script.lines.resumed, 0).format(partner=one, other=two)
    began_s = time.monotonic()
    try:
        speaks = piper(here) if wanted == PIPER else synthesiser(here)
        sound = speaks.synthesise(phrase, manner(here.settings))
    except CheckinError as fault:
        yield failed("voice", fault)
        return None
    yield fine("voice", f"{sound.seconds:.1f} s of speech, made in {time.monotonic() - began_s:.1f} s")
    return sound


@dataclass(frozen=True, slots=True)
class _Hearing:
    """Microphone, loudspeaker and ear, tried together: the one is heard by the other."""

    here: Place
    choices: Choices
    screen: CheckupLines | CheckupScreen
    patience_s: float

    def findings(self, sound: Sound | None) -> Iterator[Finding]:
        """With a sound to play, or without."""
        wanted = self.choices.ear or self.here.settings.ear
        if wanted == KEYBOARD:
            yield fine("ear", "the keyboard: no microphone is needed")
            yield from self._speak(sound, None)
            return
        loading = yield from self._load(wanted)
        source = yield from self._open_microphone()
        if source is None:
            yield from self._speak(sound, None)
            yield from _loaded(loading)
            return
        with closing(source):
            try:
                yield from self._speak(sound, source)
                recogniser = yield from _loaded(loading)
                yield from self._listen(source, recogniser)
            except CheckinError as fault:
                yield failed("microphone" if isinstance(fault, SoundError) else "ear", fault)

    def _load(self, wanted: str) -> Generator[Finding, None, Loading | None]:
        """Look at every byte of the models, and begin to load the one that is to hear."""
        here = self.here
        engines = ENGINES if wanted == AUTO else (wanted,)
        yield from checkup.check_models(
            [model for model in manifest().values() if model.engine in engines],
            here.script.language.code,
            is_here=lambda model: folder_of(model, here.home, models_folder()) is not None,
            verify=lambda model: verify(model, here.home, models_folder()),
            is_installed=is_installed,
        )
        try:
            return load_engine(here, wanted)
        except CheckinError:  # told already
            return None

    def _open_microphone(self) -> Generator[Finding, None, "MeteredSource | None"]:
        from voice_checkin.speech.metered_source import MeteredSource
        from voice_checkin.speech.microphone import Microphone, hears_itself

        name = self.here.settings.microphone or None
        device = yield from _device("input", name, hears_itself)
        if device is None:
            return None
        if devices.takes("input", device, device.rate_hz):
            takes_speech_rate = devices.takes("input", device, SAMPLE_RATE_HZ)
            yield checkup.check_rate(device, takes_speech_rate=takes_speech_rate)
        try:
            return MeteredSource(Microphone(name), sys.platform)
        except SoundError as fault:
            yield failed("microphone", fault)
            return None

    def _speak(self, sound: Sound | None, source: "MeteredSource | None") -> Iterator[Finding]:
        """Play the sound, and tell whether the microphone hears it."""
        if sound is None:
            return
        from voice_checkin.speech.loudspeaker import SpeakerDevice

        name = self.here.settings.loudspeaker or None
        if (yield from _device("output", name, lambda _: False)) is None:
            return
        if source:
            source.discard()
        try:
            with closing(SpeakerDevice(name)) as loudspeaker:
                spoken = loudspeaker.play(sound)
        except SoundError as fault:
            yield failed("loudspeaker", fault)
            return
        if source:
            while source.read().at_s < spoken.ended_s + ECHO_TAIL_S:
                pass
            from voice_checkin.speech.levels import judge_echo
            from voice_checkin.speech.resampling import resample

            played = resample(sound.samples, sound.rate_hz, SAMPLE_RATE_HZ)
            yield judge_echo(played, source.heard(spoken.started_s - ECHO_LEAD_S), ECHO_LEAD_S)
            yield check_interrupting(played, source.heard(spoken.started_s))

    def _listen(self, source: "MeteredSource", recogniser: Recogniser) -> Iterator[Finding]:
        """Let somebody speak, and hear it as the evening would."""
        from voice_checkin.speech.levels import judge_level
        from voice_checkin.speech.spoken_ear import SpokenEar
        from voice_checkin.speech.voice_activity import SileroVoiceActivity

        # Without the evening's patience for a thought that breaks off: a fault is to be told soon.
        ear = SpokenEar(
            source, SileroVoiceActivity(), lambda: recogniser, likely_answers(self.here.script.intents)
        )
        self.screen.ask(f"Now say something within {self.patience_s:g} s, such as: you made me tea.")
        with self.screen.meter() as meter:
            source.show_on(meter)
            utterance = ear.listen(Listen(Turn("", "doctor"), Expects.STORY, PAUSE_S, self.patience_s))
            source.show_on(None)
        speech = source.heard(utterance.started_s, utterance.ended_s) if utterance else None
        yield judge_level(source.heard(), speech, sys.platform)
        if utterance and not isinstance(recogniser, WordlessRecogniser):
            yield self._understood(utterance.text)

    def _understood(self, text: str) -> Finding:
        if not text:
            remedy = "speak a little slower, and closer to the microphone"
            return note("understanding", "somebody spoke, but no word was understood", remedy)
        match = reader(self.here)(text, Expects.STORY)
        return fine("understanding", f'"{text}", read as {match.meaning or "unclear"}')


def _device(
    kind: devices.Kind, name: str | None, hears_itself: Callable[[devices.Device], bool]
) -> Generator[Finding, None, devices.Device | None]:
    """The device that there is; None where it can't be used, which is told."""
    from voice_checkin.speech.microphone import is_served

    found = checkup.check_device(
        kind, lambda: devices.devices(kind), lambda: devices.find(kind, name), hears_itself=hears_itself
    )
    yield found
    if found.severity is Severity.WRONG:
        return None
    device = devices.find(kind, name)
    if is_served(device):
        switch = checkup.check_switch(kind, sound_server.is_muted)
        yield switch
        if switch.severity is Severity.WRONG:
            return None
    return device


def _loaded(loading: Loading | None) -> Generator[Finding, None, Recogniser]:
    """The recogniser that was loading meanwhile; one without words where there is none."""
    if loading is None:
        return WordlessRecogniser()
    try:
        recogniser = loading()
    except CheckinError as fault:
        yield failed("ear", fault)
        return WordlessRecogniser()
    yield fine("ear", f"{recogniser.name} is loaded")
    return recogniser
