"""One phrase, one process: `python -m voice_checkin.speech.pyttsx3_worker`.

Engines hang, crash with the process they live in, and go silent on a second phrase; in a process of
its own none of that reaches the evening. The request is one JSON object on standard input, for the
words on a command line are everybody's to read. Imports little: it is started for every phrase.
"""

import contextlib
import json
import sys
from collections.abc import Sequence
from typing import Any

NO_ENGINE = 3
"""Exit code: the speech engine, or its library, can't be loaded."""
NO_VOICE = 4
"""Exit code: the engine has none of the voices asked for, and none of the language."""
NOT_SPOKEN = 5
"""Exit code: the engine refused the phrase or its manner."""


def main() -> int:
    """Speak `text` into the file `out`, and return the exit code.

    Request: `text`, `out`, `voices` (the preferred one first), `language` (ISO 639-1),
    `words_per_minute` (whole), `volume` (0 to 1).
    """
    request = json.load(sys.stdin.buffer)
    with contextlib.redirect_stdout(None):  # pyttsx3 tells standard output what it saved
        try:
            # The one library that drives the engine of each platform: eSpeak NG, NSSpeech, SAPI.
            import pyttsx3

            engine = pyttsx3.init()
        except Exception:  # noqa: BLE001 - each driver fails in its own way, all mean the same
            return NO_ENGINE
        voice = choose(engine.getProperty("voices"), request["voices"], request["language"])
        if voice is None:
            return NO_VOICE
        return _speak(engine, voice, request)


def choose(available: Sequence[Any], preferred: Sequence[str], language: str) -> str | None:
    """Return the id of the first preferred voice that the engine has, else of one that speaks the language.

    A voice is known by its id, the last part of it, its name, a word of its name, or a language.
    A variant after "+" is kept: "en-us+f3" is the voice en-us in its third female colour.
    """
    for wanted in preferred:
        base, plus, variant = wanted.partition("+")
        for voice in available:
            if base.casefold() in _known_as(voice):
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


def _speak(engine: Any, voice: str, request: dict[str, Any]) -> int:  # noqa: ANN401 - as above
    refusals = []
    engine.connect("error", lambda **what: refusals.append(what))
    engine.setProperty("voice", voice)
    engine.setProperty("rate", request["words_per_minute"])
    engine.setProperty("volume", request["volume"])
    engine.save_to_file(request["text"], request["out"])
    engine.runAndWait()
    return NOT_SPOKEN if refusals else 0


if __name__ == "__main__":
    sys.exit(main())
