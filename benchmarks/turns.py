"""Turns: who is cut off, how long a reply takes, what is heard where nobody spoke; beside a peer.

Synthetic people speak in a quiet room into the product's own ear, with its voice activity, its Whisper and
its patience, many times faster than they would: `listening.py` says how time is kept. Each sound is the
first of its evening: what the ear learns of a partner's pauses does not help. The sounds are the same in
every run; what is measured differs by how long decoding takes. `STORIES` and `NOISE_MINUTES` make it
shorter or longer: about five minutes of two busy cores as they stand.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks import noises
from benchmarks.figures import Figure, spread
from benchmarks.listening import Heard, Listener, evening, obvious_ear, our_ear
from benchmarks.obvious import Obvious
from benchmarks.speakers import Samples, Speaker, espeak, over, pink
from learning.sentences import labelled
from voice_checkin.content import content_folder, load_demo, load_script
from voice_checkin.evening.echo import is_echo
from voice_checkin.evening.meanings import read
from voice_checkin.evening.model import Expects, Meaning
from voice_checkin.speech.models import find
from voice_checkin.speech.ports import SAMPLE_RATE_HZ
from voice_checkin.speech.whisper_recogniser import WhisperRecogniser
from voice_checkin.wiring.models import manifest, models_folder
from voice_checkin.wiring.place import Place

STORIES = 60
"""The goal is none cut of 200."""
BESIDE = 4
"""The obvious program hears each fourth story only: it takes twice as long for one."""
NOISE_MINUTES = 12.0
"""Of every kind together; an hour is 60."""
STORY_PAUSE_S = 1.5
ANSWER_PAUSE_S = 0.4
VOICES = ("en-gb", "en-us", "en-gb-scotland", "en-us+f3", "en-gb+m7", "en-us+f2")
ANSWERS: tuple[tuple[Meaning, tuple[str, ...]], ...] = (
    (Meaning.YES, ("Yes.",)),
    (Meaning.YES, ("Yeah.",)),
    (Meaning.NO, ("No.",)),
    (Meaning.NO, ("No, we didn't.",)),
    (Meaning.YES, ("Yes, we did.",)),
    (Meaning.YES, ("Yeah, um, I think so.",)),
    (Meaning.NO, ("No, I don't think so.",)),
    (Meaning.YES, ("Well...", "yes, we did.")),
    (Meaning.YES, ("Yes,", "there is one thing.")),
    (Meaning.NO, ("Um,", "no, not today.")),
    (Meaning.YES, ("Yeah,", "um,", "I think so.")),
    (Meaning.NO, ("No,", "I believe we are good.")),
)
LONE = {Meaning.NO: "No.", Meaning.YES: "Yes.", Meaning.SKIP: "Skip.", Meaning.STOP: "Stop."}
ROOMS_DB = {"quiet": (40.0,), "pink noise at 10 dB": (10.0, 10.0)}
"""Room -> how much softer than the words its noise is, once for each take."""
SEED = 1
LEAD_S, TAIL_S = 0.6, 5.0
"""The room before the first word and after the last: longer than the ear's longest patience."""
SENTENCE_WORDS = range(4, 13)


@dataclass(frozen=True, slots=True)
class Said:
    """Something that somebody says, and where its last word ends."""

    speaker: str
    parts: tuple[str, ...]
    sound: Samples
    ended_s: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an ear made of it."""

    said: Said
    text: str
    """Of the first turn; "" where there was none."""
    cut: bool
    """Whether the first turn was over before the last word."""
    after_s: float | None
    """From the last word to the text; None where no turn held the last word."""


def figures() -> Iterator[Figure]:
    """Stories, answers, waits, lone words and noises, each beside the obvious program."""
    with tempfile.TemporaryDirectory() as folder:
        model = find(manifest()["whisper-tiny-en"], Path(folder), models_folder())
    if model is None:
        yield Figure("turns", "the Whisper model is not installed")
        return
    here, speakers = evening(), [espeak(voice) for voice in VOICES]
    ears = our_ear(here, WhisperRecogniser(model)), obvious_ear(Obvious(model))
    told = stories(speakers, STORIES)
    yield from _stories(
        outcomes(ears[0], told, Expects.STORY), outcomes(ears[1], told[::BESIDE], Expects.STORY)
    )
    given, meant = zip(*answers(speakers), strict=True)
    yield from _answers(here, meant, *(outcomes(ear, given, Expects.YES_NO) for ear in ears))
    yield from _lone(here, speakers, *ears)
    yield from _ghosts(here, *ears)


def sentences() -> list[str]:
    """Whole sentences of stories: those of the demo, and those that the words' weights were learned from."""
    script = load_script(content_folder(), "en")
    asked = load_demo(content_folder(), "en").answers
    demo = [
        text for one in asked if script.questions[one.question].expects is Expects.STORY for text in one.say
    ]
    learned = labelled(Path(__file__).parent.parent / "learning" / "en" / "stories.toml")
    shared = [one.text for one in learned if (one.expects, one.meaning) == (Expects.STORY, Meaning.SHARE)]
    return [
        text
        for text in dict.fromkeys([*demo, *shared])
        if text[0].isupper()
        and text.count(".") == 1
        and text.endswith(".")
        and len(text.split()) in SENTENCE_WORDS
    ]


def stories(speakers: Sequence[Speaker], number: int) -> list[Said]:
    """So many stories of two or three sentences, told in turn by the speakers, each with its own pauses."""
    chance, known = np.random.default_rng(SEED), sentences()
    told = []
    for speaker in islice(cycle(speakers), number):
        parts = tuple(str(text) for text in chance.choice(known, chance.integers(2, 4), replace=False))
        told.append(say(speaker, parts, STORY_PAUSE_S, 40.0, chance))
    return told


def answers(speakers: Sequence[Speaker]) -> list[tuple[Said, Meaning]]:
    """Every short answer by every speaker."""
    chance = np.random.default_rng(SEED)
    return [
        (say(speaker, parts, ANSWER_PAUSE_S, 40.0, chance), meaning)
        for speaker in speakers
        for meaning, parts in ANSWERS
    ]


def say(
    speaker: Speaker, parts: tuple[str, ...], pause_s: float, snr_db: float, chance: np.random.Generator
) -> Said:
    """The parts with exactly such pauses between their sounds, in a room that is so much softer."""
    pause = np.zeros(round(pause_s * SAMPLE_RATE_HZ), np.int16)
    words = [sound for part in speaker.speak(parts) for sound in (pause, part)][1:]
    lead, tail = (np.zeros(round(s * SAMPLE_RATE_HZ), np.int16) for s in (LEAD_S, TAIL_S))
    line = np.concatenate([lead, *words, tail])
    room = pink(chance, len(line) / SAMPLE_RATE_HZ + 1)
    return Said(speaker.name, parts, over(room, line, snr_db), (len(line) - len(tail)) / SAMPLE_RATE_HZ)


def outcomes(ear: Listener, some: Sequence[Said], expects: Expects) -> list[Outcome]:
    """What the ear makes of each."""
    return [_outcome(said, ear(said.sound, expects)) for said in some]


def _outcome(said: Said, turns: Iterator[Heard]) -> Outcome:
    first: Heard | None = None
    for turn in turns:
        first = first or turn
        if turn.over_s >= said.ended_s:
            after_s = turn.over_s + turn.decode_s - said.ended_s
            return Outcome(said, first.text, first.over_s < said.ended_s, after_s)
    return Outcome(said, first.text if first else "", first is not None, None)


def _stories(ours: Sequence[Outcome], theirs: Sequence[Outcome]) -> Iterator[Figure]:
    told = [f"{sum(one.cut for one in some)} of {len(some)}" for some in (ours, theirs)]
    yield Figure(f"stories with pauses of {STORY_PAUSE_S} s, cut off", told[0], f"obvious: {told[1]}")
    yield _wait("a story", ours, theirs)


def _answers(
    here: Place, meant: Sequence[Meaning], ours: Sequence[Outcome], theirs: Sequence[Outcome]
) -> Iterator[Figure]:
    def told(some: Sequence[Outcome]) -> str:
        cut = sum(one.cut for one in some)
        first = sum(_lost(one, 0) for one in some)
        last = sum(_lost(one, -1) for one in some)
        pairs = zip(some, meant, strict=True)
        right = sum(_meaning(here, one.text, Expects.YES_NO) is meaning for one, meaning in pairs)
        return f"cut off {cut}, first word lost {first}, last {last}, understood {right}"

    yield Figure(f"{len(ours)} yes/no answers", told(ours), f"obvious: {told(theirs)}")
    kinds: dict[str, Callable[[tuple[str, ...]], bool]] = {
        '"yes"': lambda parts: parts == ("Yes.",),
        '"yeah"': lambda parts: parts == ("Yeah.",),
        '"no"': lambda parts: parts == ("No.",),
        "a longer yes or no": lambda parts: len(" ".join(parts).split()) > 1,
    }
    for what, of_kind in kinds.items():
        yield _wait(what, *([one for one in some if of_kind(one.said.parts)] for some in (ours, theirs)))


def _wait(what: str, ours: Sequence[Outcome], theirs: Sequence[Outcome]) -> Figure:
    """From the last word to the text; of the obvious program in its last turn, however often it cut."""
    mine, others = ([one.after_s for one in some if one.after_s is not None] for some in (ours, theirs))
    return Figure(
        f"last word to text, {what} ({len(mine)} of {len(ours)})",
        spread(mine),
        f"obvious: {spread(others)}",
        median(mine) / median(others),
    )


def _lost(outcome: Outcome, end: int) -> bool:
    """Whether the first or last word is not among the two at that end of the text."""
    words = [word.strip(".,!?").lower() for word in " ".join(outcome.said.parts).split()]
    heard = [word.strip(".,!?").lower() for word in outcome.text.split()]
    return words[end] not in (heard[:2] if end == 0 else heard[-2:])


def _lone(here: Place, speakers: Sequence[Speaker], *ears: Listener) -> Iterator[Figure]:
    chance = np.random.default_rng(SEED)
    for meaning, word in LONE.items():
        expects = Expects.YES_NO if meaning in {Meaning.YES, Meaning.NO} else Expects.STORY
        told: tuple[list[str], ...] = ([], [])
        for room, takes in ROOMS_DB.items():
            spoken = [say(speaker, (word,), 0.0, snr_db, chance) for speaker in speakers for snr_db in takes]
            for ear, counts in zip(ears, told, strict=True):
                heard = outcomes(ear, spoken, expects)
                right = sum(_meaning(here, one.text, expects) is meaning for one in heard)
                counts.append(f"{room} {right} of {len(heard)}")
        mine, others = (", ".join(counts) for counts in told)
        yield Figure(f'lone "{word[:-1].lower()}", understood', mine, f"obvious: {others}")


def _ghosts(here: Place, *ears: Listener) -> Iterator[Figure]:
    for kind, sound in noises.rooms(here.script, NOISE_MINUTES).items():
        told = []
        for ear in ears:
            texts = [turn.text for turn in ear(sound, Expects.YES_NO) if turn.text]
            if kind == noises.OWN_PROMPTS and ear is ears[0]:  # the evening knows what it has just said
                prompts = noises.own_prompts(here.script)
                texts = [text for text in texts if not is_echo(text, prompts)]
            meanings = [_meaning(here, text, Expects.YES_NO) for text in texts]
            read_as = sum(one is not None for one in meanings)
            told.append(f"{len(texts)} heard, {read_as} taken for an answer or a command")
        minutes = len(sound) / SAMPLE_RATE_HZ / 60
        yield Figure(f"ghosts in {minutes:.1f} minutes of {kind}", told[0], f"obvious: {told[1]}")


def _meaning(here: Place, text: str, expects: Expects) -> Meaning | None:
    return read(text, here.book(), expects).meaning
