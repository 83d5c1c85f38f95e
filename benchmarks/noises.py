"""What sounds in a room where nobody answers: pieces of it, soft and loud, with a quiet room between them."""

from collections.abc import Callable, Mapping, Sequence
from itertools import cycle, islice

import numpy as np
import numpy.typing as npt

from benchmarks.speakers import Samples, babble, espeak, pink
from voice_checkin.evening.script import Script
from voice_checkin.speech.ports import SAMPLE_RATE_HZ

Floats = npt.NDArray[np.float64]

SEED = 1
BYSTANDERS = ("en-us+m3", "en-gb+f4", "en-029", "en-gb-x-rp+f4", "en-us+m5", "en-gb-x-gbclan")
FLOOR_RMS = 20.0
"""Of 32,767: what a microphone hears in a quiet room, 64 dB below full scale."""
SOFTEST_DB, LOUDEST_DB = -45.0, -15.0
"""How loud pieces are, below full scale."""
SHORTEST_S, LONGEST_S = 3.0, 10.0
GAP_S = 2.5
OWN_PROMPTS = "the product's own prompts"
TONES_HZ = (220.0, 261.6, 293.7, 329.6, 392.0, 440.0, 523.3)


def rooms(script: Script, minutes: float) -> Mapping[str, Samples]:
    """What sounds where nobody answers, by kind; so many minutes of all together, nearly."""
    chance = np.random.default_rng(SEED)
    tips = [tip.say[0] for tip in script.tips.values()][:12]
    talk = babble([espeak(voice) for voice in BYSTANDERS], tips)
    wholes: dict[str, Callable[[], Samples]] = {
        "a quiet room": lambda: quiet(chance, LONGEST_S),
        "pink noise": lambda: steady(chance, LONGEST_S),
        "a fan's hum": lambda: hum(chance, LONGEST_S),
        "music-like tones": lambda: tones(chance, LONGEST_S),
        "clicks": lambda: clicks(chance, LONGEST_S),
        "babble": lambda: talk,
    }
    each_s = minutes * 60 / (len(wholes) + 1)
    pieces = round(each_s / ((SHORTEST_S + LONGEST_S) / 2 + GAP_S))
    sounds = {
        kind: in_a_room([piece_of(whole(), chance) for _ in range(pieces)], chance)
        for kind, whole in wholes.items()
    }
    lines = list(islice(cycle(own_prompts(script)), pieces))
    sounds[OWN_PROMPTS] = in_a_room(list(espeak("en-us").speak(lines)), chance)
    return sounds


def own_prompts(script: Script) -> list[str]:
    """What the product asks, as it says it to Alex."""
    prompts = (prompt for question in script.questions.values() for prompt in question.prompts.all)
    return [text.replace("{partner}", "Alex") for text in prompts if "{" not in text.replace("{partner}", "")]


def quiet(chance: np.random.Generator, seconds: float) -> Samples:
    """A quiet room."""
    return _at(pink(chance, seconds).astype(np.float64), FLOOR_RMS)


def steady(chance: np.random.Generator, seconds: float) -> Samples:
    """Rain, a fan, a road."""
    return pink(chance, seconds)


def hum(chance: np.random.Generator, seconds: float) -> Samples:
    """A fan or a fridge: the mains and its harmonics, swelling slowly, over some noise."""
    at_s = _times(seconds)
    harmonics = [np.sin(2 * np.pi * 50 * n * at_s + chance.uniform(0, 6)) / n for n in range(1, 12)]
    swell = 1 + 0.3 * np.sin(2 * np.pi * chance.uniform(0.2, 6) * at_s)
    noise = pink(chance, seconds).astype(np.float64)
    return _at(np.sum(harmonics, axis=0) * swell + noise / np.abs(noise).max(), 3000)


def tones(chance: np.random.Generator, seconds: float) -> Samples:
    """Something like music: plucked chords with their harmonics, three in a second."""
    sound = np.zeros(round(seconds * SAMPLE_RATE_HZ))
    for start in range(0, len(sound), SAMPLE_RATE_HZ // 3):
        at_s = np.arange(len(sound) - start) / SAMPLE_RATE_HZ
        for pitch in chance.choice(TONES_HZ, 2, replace=False):
            for n in range(1, 6):
                sound[start:] += np.sin(2 * np.pi * pitch * n * at_s) * np.exp(-4 * at_s) / n
    return _at(sound, 3000)


def clicks(chance: np.random.Generator, seconds: float) -> Samples:
    """Keys, cups and knocks: short bursts of noise, some of them of a tone, two in a second."""
    sound = np.zeros(round(seconds * SAMPLE_RATE_HZ))
    for start in chance.integers(0, len(sound), round(2 * seconds)):
        at_s = np.arange(min(len(sound) - start, SAMPLE_RATE_HZ // 3)) / SAMPLE_RATE_HZ
        fade = np.exp(-at_s * chance.uniform(15, 200))
        tone = np.sin(2 * np.pi * chance.uniform(80, 2000) * at_s)
        sound[start : start + len(at_s)] += fade * (chance.standard_normal(len(at_s)) / 2 + tone)
    return _at(sound, 1500)


def piece_of(whole: Samples, chance: np.random.Generator) -> Samples:
    """A piece of a longer sound, soft or loud."""
    length = min(len(whole), round(chance.uniform(SHORTEST_S, LONGEST_S) * SAMPLE_RATE_HZ))
    start = chance.integers(len(whole) - length + 1)
    piece = whole[start : start + length].astype(np.float64)
    return _at(piece, 32_767 * 10 ** (chance.uniform(SOFTEST_DB, LOUDEST_DB) / 20))


def in_a_room(pieces: Sequence[Samples], chance: np.random.Generator) -> Samples:
    """The pieces one after the other, each followed by the quiet room."""
    gap = np.zeros(round(GAP_S * SAMPLE_RATE_HZ), np.int16)
    sound = np.concatenate([part for piece in pieces for part in (piece, gap)])
    room = quiet(chance, len(sound) / SAMPLE_RATE_HZ + 1)
    return _clipped(sound + room[: len(sound)].astype(np.float64))


def _times(seconds: float) -> Floats:
    return np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ


def _at(sound: Floats, rms: float) -> Samples:
    """Sound made so loud."""
    return _clipped(sound * (rms / np.sqrt(np.mean(sound**2))))


def _clipped(sound: Floats) -> Samples:
    return np.asarray(np.clip(sound, -32_768, 32_767), np.int16)
