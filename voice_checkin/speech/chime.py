"""The soft chime that ends a quiet moment: two notes of a small bell, fading."""

import numpy as np

from voice_checkin.speech.ports import Sound

RATE_HZ = 22_050
NOTES_HZ = (523.25, 784.0)
"""A fifth, C and G: soft enough not to wake anybody."""
APART_S, FADES_S, LOUDNESS = 0.35, 1.6, 4_000


def chime(volume: float = 1.0) -> Sound:
    """The chime, so loud: 1 is a quarter of full scale at its beginning."""
    sound = np.zeros(round((APART_S + FADES_S) * RATE_HZ))
    at_s = np.arange(round(FADES_S * RATE_HZ)) / RATE_HZ
    for place, note_hz in enumerate(NOTES_HZ):
        tone = np.sin(2 * np.pi * note_hz * at_s) + 0.3 * np.sin(4 * np.pi * note_hz * at_s)
        start = round(place * APART_S * RATE_HZ)
        attack = np.minimum(1.0, at_s / 0.02)
        sound[start : start + len(at_s)] += attack * tone * np.exp(-at_s * 4 / FADES_S)
    return Sound((sound * LOUDNESS * volume).astype(np.int16), RATE_HZ)
