"""How loud, how clean and how much of the loudspeaker a microphone hears.

Levels are dBFS: 0 is the loudest a sample can be, speech at a good microphone lies between -20 and -40.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from voice_checkin.speech.checkup import Finding, fine, note, wrong
from voice_checkin.speech.ports import BLOCK_SAMPLES, SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from voice_checkin.speech.ports import Samples

FULL_SCALE = 32_768
SILENT_PEAK = 3
"""Samples no larger: the rustle of a converter whose microphone is switched off."""
CLIPPED_PEAK = 32_700
CLIPPED_SHARE = 0.002
"""Of the samples of loud blocks. A voice that just fits has none; twice as loud, it has 0.004 (measured)."""
TOO_QUIET_DBFS = -50.0
"""Below this Whisper loses words where the microphone's own noise is at -75 (synthetic voices, measured)."""
ACTIVE_DB = 20.0
"""Blocks that are within this of the loudest hold speech; softer ones are pauses."""
ECHO_STANDS_OUT = 20.0
"""How far the best match stands out where the loudspeaker is heard: 30 and more with as much noise as echo
and 0.6 s of reverberation, 18 at most for other voices without any echo (synthetic ones, measured)."""
LATEST_S = 0.6
"""No sound server delays the loudspeaker's sound by more."""

NAME, ECHO = "microphone level", "echo"
_SETTINGS = "in the system's sound settings"
_UNMUTE = {
    "darwin": "allow your terminal to hear: System Settings, Privacy & Security, Microphone; then unmute it",
    "win32": "allow desktop apps to hear: Settings, Privacy, Microphone; then unmute it",
}
_UNMUTE_ELSEWHERE = f"unmute it: by its own switch, or {_SETTINGS}; or choose another: voice-checkin setup"


def dbfs(samples: "Samples") -> float:
    """The level of samples (n,), by their power; minus infinity for none and for zeros."""
    power = float(np.mean(np.square(samples, dtype=np.float64))) if len(samples) else 0.0
    return 10 * math.log10(power / FULL_SCALE**2) if power else -math.inf


def judge_level(heard: "Samples", speech: "Samples | None", platform: str) -> Finding:
    """Say of what was heard, (n,) at 16 kHz, whether it can be understood.

    `speech` is the part of it in which somebody spoke; None where nobody did.
    """
    peak = int(np.abs(heard.astype(np.int32)).max(initial=0))
    if peak <= SILENT_PEAK:
        silence = "sends nothing but zeros" if peak == 0 else "is as good as silent"
        return wrong(NAME, f"the microphone {silence}", _UNMUTE.get(platform, _UNMUTE_ELSEWHERE))
    active = _active(heard if speech is None else speech)
    level_dbfs = dbfs(active)
    clipped = float(np.mean(np.abs(active.astype(np.int32)) >= CLIPPED_PEAK))
    if clipped >= CLIPPED_SHARE:
        problem = f"the microphone is too loud: {clipped:.1%} of the sound is cut off at its top"
        return wrong(NAME, problem, f"turn it down {_SETTINGS}, or move away from it")
    if speech is None:
        told = f"nobody was heard to speak; the loudest was {level_dbfs:.0f} dBFS"
        return note(NAME, told, f"run it again and speak; if you did, turn the microphone up {_SETTINGS}")
    if level_dbfs < TOO_QUIET_DBFS:
        problem = f"the microphone is too quiet: speech is at {level_dbfs:.0f} dBFS"
        return wrong(NAME, problem, f"turn it up {_SETTINGS}, or come closer")
    return fine(NAME, f"speech is at {level_dbfs:.0f} dBFS")


def judge_echo(played: "Samples", heard: "Samples", lead_s: float) -> Finding:
    """Say whether the microphone hears the loudspeaker, from what was played, (n,) at 16 kHz, and heard.

    `heard` began `lead_s` before the playing.
    """
    stands_out, found_s = _echo(played, heard, lead_s + LATEST_S)
    if stands_out < ECHO_STANDS_OUT:
        told = "the microphone does not hear the loudspeaker"
        return note(ECHO, told, f"if you didn't hear it either, turn it up {_SETTINGS}")
    late_ms = 1000 * max(0.0, found_s - lead_s)
    level_dbfs = dbfs(_active(heard))
    told = f"the microphone hears the loudspeaker, {late_ms:.0f} ms late at {level_dbfs:.0f} dBFS"
    return fine(ECHO, f"{told}: so it listens only when it has spoken (half-duplex)")


def _active(samples: "Samples") -> "Samples":
    """The blocks in which something sounds, one behind another."""
    blocks = samples[: len(samples) // BLOCK_SAMPLES * BLOCK_SAMPLES].reshape(-1, BLOCK_SAMPLES)
    power = np.mean(np.square(blocks, dtype=np.float64), axis=1)
    active: Samples = blocks[power >= power.max(initial=0) / 10 ** (ACTIVE_DB / 10)].reshape(-1)
    return active


def _echo(played: "Samples", heard: "Samples", until_s: float) -> tuple[float, float]:
    """How far the best match of played in heard stands out of all the others, and where it is, in seconds.

    Whitened (GCC-PHAT): each frequency counts alike, so that reverberation doesn't blur the match.
    """
    size = 1 << (len(played) + len(heard)).bit_length()
    cross = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size))
    match = np.abs(np.fft.irfft(cross / (np.abs(cross) + 1e-9), size)[: max(1, len(heard))])
    best = int(match[: round(until_s * SAMPLE_RATE_HZ)].argmax())
    usual = math.sqrt(float(np.mean(match**2)))
    return (float(match[best]) / usual if usual else 0.0), best / SAMPLE_RATE_HZ
