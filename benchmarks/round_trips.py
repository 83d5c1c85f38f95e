"""Phrases that synthetic people say and the product's own ear hears: what comes back, and how it is read.

    python -m benchmarks.round_trips en trips.en.jsonl
    python -m benchmarks.round_trips en trips.en.jsonl --piper path/to/piper path/to/voice.onnx
    python -m benchmarks.round_trips ko trips.ko.jsonl --every 2
    python -m benchmarks.round_trips en trips.en.jsonl --only-read

Every command under `[phrases]` of intents.toml, and every yes, no and unsure under `[leading]`, is said by
each voice in a quiet room, over pink noise and, in English, over babble. It is heard as in the evening, by
the same turn-taking and the same ear with the same hints: a command at a question that waits for a story, a
yes or no at one that waits for those. To a Korean yes or no the ear listens a second time, without hints.

The round trips are kept in the file named, a JSON object a line, and none that is there is made again: a run
that was broken off goes on. With `--only-read` none is made at all, and those that are there are read by the
rules as they are now, within seconds. A language takes about an hour of one core: `--every` takes one phrase
of so many.

Printed is a table: how many phrases came through word for word, and how they were understood. Written is
tests/heard/misheard/<language>.toml, in the form of the sets in tests/heard: whatever was heard that is none
of the phrases of its meaning, and how often. Left out is what beyond.toml, beside it and kept by hand, lists:
words that people say for another reason.
"""

import argparse
import re
import sys
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.speakers import Samples, Speaker, around, babble, espeak, over, pink, piper
from benchmarks.trips import Trip, figures, load, misheard, save, texts_of
from voice_checkin.content import content_folder, load_book, load_script
from voice_checkin.evening.book import POLAR
from voice_checkin.evening.hints import likely_answers
from voice_checkin.evening.intents import Intents
from voice_checkin.evening.meanings import read
from voice_checkin.evening.model import Meaning
from voice_checkin.evening.ports import EndOfInput
from voice_checkin.evening.script import Script
from voice_checkin.speech.models import find
from voice_checkin.speech.ports import BLOCK_S, BLOCK_SAMPLES, Block, Recogniser
from voice_checkin.speech.spoken_ear import SpokenEar
from voice_checkin.speech.voice_activity import SileroVoiceActivity
from voice_checkin.wiring.models import manifest, models_folder

VOICES = {"en": ("en-gb", "en-us", "en-gb-scotland", "en-us+f3"), "ko": ("ko", "ko+f1")}
BYSTANDERS = {
    "en": ("en-us+m3", "en-gb+f2", "en-029", "en-gb-x-rp+f4", "en-us+m5", "en-gb-x-gbclan"),
    "ko": ("ko+m3", "ko+f2", "ko+m5", "ko+f4", "ko+m1", "ko+f5"),
}
"""Who babbles: none of those who are to be heard."""
MODELS = {"en": "whisper-tiny-en", "ko": "vosk-small-ko"}
ROOMS = {"en": ("quiet", "babble", "pink"), "ko": ("quiet", "pink")}
"""Over babble the small Korean model writes what is babbled: of 20 trips none came back."""
LEAST_ALIKE = {"en": 0.0, "ko": 65.0}
"""Korean is spelled as it sounds: what is less like its phrase, most of the texts, nobody could guess.
English is not: "Boss." comes of "pause"."""
FOLDER = Path(__file__).parent.parent / "tests" / "heard" / "misheard"
BABBLED_TIPS = 12
SNR_DB = 10.0
NOISE_S = 60.0
SEED = 1
AROUND_S = 0.6
"""The room before the first word and after the last one: more than the ear's pre-roll and tail."""
PATIENCE_S = 2.0
"""As at a story: nobody is cut off within a phrase."""


class Playing:
    """A source that plays one sound and ends."""

    def __init__(self, sound: Samples) -> None:
        padded = np.pad(sound, (0, -len(sound) % BLOCK_SAMPLES))
        self._blocks = enumerate(padded.reshape(-1, BLOCK_SAMPLES))

    def read(self) -> Block:
        """The next block. Raises `EndOfInput` after the last."""
        for nth, samples in self._blocks:
            return Block(samples, nth * BLOCK_S)
        raise EndOfInput

    def discard(self) -> None:
        """Nothing else is in it."""

    def close(self) -> None:
        """There is no device."""


def phrases(intents: Intents) -> Iterator[tuple[Meaning, str]]:
    """Every lone phrase with its meaning, spelled as it is said."""
    commands = {meaning: texts for meaning, texts in intents.phrases.items() if meaning not in POLAR}
    for meaning, texts in {**intents.leading, **commands}.items():
        for text in dict.fromkeys(as_said(text, intents.contractions) for text in texts):
            yield meaning, text


def as_said(phrase: str, contractions: Mapping[str, str]) -> str:
    """Pull together what people pull together, as in "I don't know"; never the last word: "here I am"."""
    for short, apart in contractions.items():
        if "'" in short[1:] and not short.endswith("'ve"):  # hardly anybody says "I've a question"
            phrase = re.sub(rf"\b{apart}(?= \w)", short, phrase)
    return phrase


def trips(
    language: str, script: Script, speakers: Sequence[Speaker], made: Container[Trip], every: int = 1
) -> Iterator[Trip]:
    """The round trips that are not made yet, each as soon as it is; of one phrase in so many."""
    hear = _ear(language, script.intents)
    rooms, chance = _rooms(language, script), np.random.default_rng(SEED)
    planned = list(phrases(script.intents))[::every]
    for speaker in speakers:
        sounds = speaker.speak([text for _, text in planned])
        for (meaning, said), sound in zip(planned, sounds, strict=True):
            line = around(sound, AROUND_S)
            for room, noise in rooms.items():
                start = chance.integers(len(noise) // 2)
                told = over(noise[start:], line, SNR_DB) if noise.any() else line
                for hinted in (True, False) if language == "ko" and meaning in POLAR else (True,):
                    trip = Trip(speaker.name, room, hinted, meaning, said)
                    if trip not in made:
                        yield replace(trip, heard=hear(told, trip))


def _rooms(language: str, script: Script) -> dict[str, Samples]:
    bystanders = [espeak(voice) for voice in BYSTANDERS[language]]
    tips = [tip.say[0] for tip in script.tips.values()]
    rain = pink(np.random.default_rng(SEED), NOISE_S)
    noises = {"quiet": np.zeros_like(rain), "babble": babble(bystanders, tips[:BABBLED_TIPS]), "pink": rain}
    return {room: noises[room] for room in ROOMS[language]}


def _ear(language: str, intents: Intents) -> Callable[[Samples, Trip], str]:
    recogniser, activity, hints = _recogniser(language), SileroVoiceActivity(), likely_answers(intents)

    def hear(sound: Samples, trip: Trip) -> str:
        ear = SpokenEar(Playing(sound), activity, lambda: recogniser, hints if trip.hinted else {})
        turn = next(ear.turns(trip.expects, PATIENCE_S), None)
        return turn.text if turn else ""

    return hear


def _recogniser(language: str) -> Recogniser:
    model = find(manifest()[MODELS[language]], Path(), models_folder())
    if model is None:
        sys.exit(f"the model {MODELS[language]} is not installed")
    if manifest()[MODELS[language]].engine == "vosk":
        from voice_checkin.speech.vosk_recogniser import VoskRecogniser

        return VoskRecogniser(model)
    from voice_checkin.speech.whisper_recogniser import WhisperRecogniser

    return WhisperRecogniser(model, language=language)


def main() -> None:
    """Make the trips that are missing, print their figures and write the set."""
    asked = argparse.ArgumentParser(description="Phrases spoken, heard and read.")
    asked.add_argument("language", choices=VOICES)
    asked.add_argument("trips", type=Path, help="where they are kept, a JSON object a line")
    asked.add_argument("--every", type=int, default=1, metavar="N", help="one phrase of N only")
    asked.add_argument("--piper", nargs=2, type=Path, metavar=("COMMAND", "MODEL"), help="one more voice")
    asked.add_argument("--only-read", action="store_true", help="make no trips, read those that are there")
    options = asked.parse_args()
    script = load_script(content_folder(), options.language)
    if not options.only_read:
        speakers = [espeak(voice) for voice in VOICES[options.language]]
        speakers += [piper(*options.piper)] if options.piper else []
        made = {replace(trip, heard="") for trip in load(options.trips)}
        for trip in trips(options.language, script, speakers, made, options.every):
            save(trip, options.trips)
    whole = load(options.trips)
    book = load_book(content_folder(), script)
    as_the_evening_does = lambda text, expects: read(text, book, expects)  # noqa: E731 - one place
    print(*figures(whole, as_the_evening_does, script.intents), sep="\n")
    text = misheard(whole, texts_of(FOLDER / "beyond.toml"), LEAST_ALIKE[options.language], script.intents)
    (FOLDER / f"{options.language}.toml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
