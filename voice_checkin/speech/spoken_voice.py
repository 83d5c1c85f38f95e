"""The voice of the evening: lines made ready ahead, spoken in order, and a printed voice in reserve."""

import math
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext

from voice_checkin.errors import VoiceError
from voice_checkin.evening.model import Manner
from voice_checkin.evening.ports import Clock, Spoken
from voice_checkin.speech.chime import chime
from voice_checkin.speech.interruptions import Breaks
from voice_checkin.speech.ports import Loudspeaker, Sound, Synthesiser
from voice_checkin.speech.printed_voice import PrintedVoice

AHEAD = 2
"""Lines synthesised at the same time: one per core of a small machine."""
TRIES = 2
"""How often a line is spoken before the printed voice takes over."""
AGAIN_S = 15.0
"""So long the printed voice stands in before the loudspeaker is tried again: it may be plugged in anew."""
PAUSE_S = 0.35
"""Between two lines: without it "Thank you, Alex. Sam, ..." is heard as one sentence."""


class SpokenVoice:
    """Speaks lines through a synthesiser and a loudspeaker. Implements `evening.ports.Voice`.

    Where both tries of a line fail, the voice is mute: `notice` is told once, with the problem and its
    remedy, and the printed voice stands in, until a try every `AGAIN_S` finds the loudspeaker back.
    `breaks` are what breaks off the line that is being spoken.
    """

    def __init__(
        self,
        synthesiser: Synthesiser,
        loudspeaker: Loudspeaker,
        *,
        notice: Callable[[str], None],
        clock: Clock,
        breaks: Breaks | None = None,
    ) -> None:
        self._synthesiser = synthesiser
        self._loudspeaker = loudspeaker
        self._notice = notice
        self._clock = clock
        self._printed = PrintedVoice(clock)
        self._workers = ThreadPoolExecutor(AHEAD, thread_name_prefix="voice")
        self._manner = Manner()
        self._ready: dict[tuple[str, Manner], Future[Sound]] = {}
        self._mute_since_s = math.inf
        """When a line failed; infinite while the voice is heard."""
        self._told = False
        self._silent_since_s = -math.inf
        self._breaks = breaks or Breaks()
        if self._breaks.typed:
            self._breaks.typed.follow(self.stop)

    def prepare(self, lines: Sequence[str]) -> None:
        """Begin to synthesise these lines in the background, in this order. Returns at once."""
        self._begin(lines)

    def say(self, line: str) -> Spoken:
        """Speak the line to its end, and where that fails once more from its beginning.

        Never raises `VoiceError`.
        """
        if self._breaks.waiting:  # who has answered already need not hear the rest
            return Spoken(self._clock.monotonic_s(), self._clock.monotonic_s())
        mute_s = self._clock.monotonic_s() - self._mute_since_s
        if 0 <= mute_s < AGAIN_S:
            return self._printed.say(line)
        return self._try(line, 1 if mute_s >= AGAIN_S else TRIES) or self._printed.say(line)

    def rest(self, seconds: float) -> Spoken:
        """Be quiet for so long, and end it with a soft chime; what breaks off a line ends it sooner."""
        try:
            return self._loudspeaker.play(chime(self._manner.volume).after(seconds))
        except VoiceError:  # the next line tells
            return self._printed.rest(seconds)

    def adjust(self, manner: Manner) -> None:
        """Speak in this manner from the next line on; lines that were made ready are made ready anew."""
        if manner == self._manner:
            return
        waiting = [line for line, _ in self._ready]
        self._forget()
        self._manner = manner
        self._begin(waiting)

    def stop(self) -> None:
        """Break off the line that is being spoken."""
        self._loudspeaker.stop()

    def close(self) -> None:
        """Fall silent, forget what was made ready, and let go of the loudspeaker."""
        self._forget()
        self._workers.shutdown(wait=False)
        self._loudspeaker.close()

    def _try(self, line: str, tries: int) -> Spoken | None:
        for tried in range(1, tries + 1):
            try:
                spoken = self._speak(self._take(line))
            except VoiceError as fault:
                if tried == tries:
                    self._fall_mute(fault)
            else:
                self._mute_since_s = math.inf
                return spoken
        return None

    def _begin(self, lines: Iterable[str]) -> None:
        for line in lines:
            key = (line, self._manner)
            if math.isinf(self._mute_since_s) and key not in self._ready:
                self._ready[key] = self._workers.submit(self._synthesiser.synthesise, *key)

    def _take(self, line: str) -> Sound:
        """Return the sound of the line, made ready or made now."""
        ready = self._ready.pop((line, self._manner), None)
        if ready is None or ready.cancel():  # one that still waits behind others is made sooner here
            return self._synthesiser.synthesise(line, self._manner)
        return ready.result()

    def _speak(self, sound: Sound) -> Spoken:
        """Play the sound, behind what is left of the pause after the line before."""
        due_s = self._silent_since_s + PAUSE_S * self._manner.pause
        pause_s = max(0.0, due_s - self._clock.monotonic_s())
        sound = sound.after(pause_s)
        heard = self._breaks.spoken
        with heard.during(sound, self._loudspeaker) if heard else nullcontext():
            spoken = self._loudspeaker.play(sound)
        self._silent_since_s = spoken.ended_s
        return Spoken(spoken.started_s + pause_s, spoken.ended_s)

    def _forget(self) -> None:
        for ready in self._ready.values():
            ready.cancel()
        self._ready.clear()

    def _fall_mute(self, fault: VoiceError) -> None:
        self._mute_since_s = self._clock.monotonic_s()
        self._forget()
        if not self._told:
            self._told = True
            self._notice(str(fault))
