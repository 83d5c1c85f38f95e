"""Hearing sound files as the evening would."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from voice_checkin.evening.model import Expects
from voice_checkin.speech.native_noise import hush
from voice_checkin.speech.sound_file import SoundFileSource
from voice_checkin.wiring.ears import spoken_ear
from voice_checkin.wiring.engines import AUTO, load_engine
from voice_checkin.wiring.place import Choices, place


def hear_files(choices: Choices, expects: str, files: Sequence[Path]) -> Iterator[str]:
    """Every turn of the files as one JSON object a line, as soon as it is heard."""
    hush()
    here = place(choices)
    kind = Expects(expects)
    patience_s = max(q.patience_s for q in here.script.questions.values() if q.expects is kind)
    engine = load_engine(here, choices.ear or AUTO)
    for file in files:
        with closing(spoken_ear(here, SoundFileSource(file), engine)) as ear:
            for utterance in ear.turns(kind, patience_s):
                heard = {
                    "file": str(file),
                    "text": utterance.text,
                    "started_s": round(utterance.started_s, 3),
                    "ended_s": round(utterance.ended_s, 3),
                    "decode_s": round(utterance.decode_s, 3),
                    "ear": ear.name,
                }
                yield json.dumps(heard, ensure_ascii=False)
