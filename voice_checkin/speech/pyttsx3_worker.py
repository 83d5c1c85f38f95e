"""One phrase, one process: `python -m voice_checkin.speech.pyttsx3_worker`.

Engines hang, crash with the process they live in, and go silent on a second phrase; in a process of
its own none of that reaches the evening. The request is one JSON object on standard input, for the
words on a command line are everybody's to read. Imports little: it is started for every phrase.
"""

import contextlib
import json
import sys
import threading
from collections.abc import Sequence
from typing import Any

NO_ENGINE = 3
"""Exit code: the speech engine, or its library, can't be loaded."""
NO_VOICE = 4
"""Exit code: the engine has none of the voices asked for, and none of the language."""
NOT_SPOKEN = 5
"""Exit code: the engine refused the phrase, its voice or its rate."""


def main() -> int:
    """Speak `text` into the file `out`, and return the exit code.

    Request: `text`, `out`, `voices` (the preferred one first), `language` (ISO 639-1) and
    `words_per_minute` (whole).
    """
    request = json.load(sys.stdin.buffer)
    with contextlib.redirect_stdout(None):  # pyttsx3 tells standard output what it saved
        try:
            # The one library that drives the engine of each platform: eSpeak NG, NSSpeech, SAPI.
            import pyttsx3

            engine = pyttsx3.init()
        except Exception:  # noqa: BLE001 - each driver fails in its own way, all mean the same
            return NO_ENGINE
        voices = engine.getProperty("voices")
        voice = choose(voices, request["voices"], request["language"], variants=_is_espeak(engine))
        return NO_VOICE if voice is None else _speak(engine, voice, request)


def choose(
    available: Sequence[Any], preferred: Sequence[str], language: str, *, variants: bool
) -> str | None:
    """Return the id of the first preferred voice that the engine has, else of one that speaks the language.

    A voice is known by its id, the last part of it, its name, a word of its name, or a language.
    Where the engine has `variants`, "en-us+f3" is the voice en-us in its third female colour; where it
    has none, that wish is passed over: on macOS the first en-US voice is a novelty.
    """
    for wanted in preferred:
        base, plus, variant = wanted.partition("+")
        for voice in available:
            if base.casefold() in _known_as(voice) and (variants or not plus):
                return f"{voice.id}{plus}{variant}"
    speakers = [voice for voice in available if language in map(_primary, filter(None, voice.languages))]
    # The language's own voice ("gmw/en") before a dialect of it ("gmw/en-029").
    speakers.sort(key=lambda voice: language not in _known_as(voice))
    return str(speakers[0].id) if speakers else None


def _known_as(voice: Any) -> set[str]:  # noqa: ANN401 - pyttsx3 ships no types
    names = [voice.id, voice.id.rpartition("/")[2], voice.name, *voice.name.split(), *voice.languages]
    return {name.casefold() for name in names if name}


def _primary(tongue: str) -> str:
    """Return "en" of "en-gb" and of "en_US"."""
    return tongue.casefold().replace("_", "-").partition("-")[0]


def _is_espeak(engine: Any) -> bool:  # noqa: ANN401 - as above
    return str(engine) == "espeak"


def _speak(engine: Any, voice: str, request: dict[str, Any]) -> int:  # noqa: ANN401 - as above
    refusals, finished = [], threading.Event()
    engine.connect("error", lambda **what: refusals.append(what))
    engine.connect("finished-utterance", lambda **_: finished.set())
    engine.setProperty("voice", voice)
    text, words_per_minute = request["text"], request["words_per_minute"]
    if _is_espeak(engine):
        # pyttsx3 2.99 races with the thread that eSpeak NG speaks in: set as a property, the rate is
        # lost in up to one phrase of three (measured). As a command inside the text it holds.
        text = f"\x01{words_per_minute}S{text}"
    else:
        engine.setProperty("rate", words_per_minute)
    engine.save_to_file(text, request["out"])
    engine.runAndWait()
    if refusals:
        return NOT_SPOKEN
    if _is_espeak(engine):
        # The same race: `runAndWait` returns after 10 ms, and on a busy machine leaves half a file or none.
        finished.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
