"""A whole evening in the virtual room: how soon it speaks, how soon it replies, how much memory it holds."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, spread, timed
from tests.held import Evening, hold
from tests.room import why_no_room
from voice_checkin.content import content_folder, load_script
from voice_checkin.evening.model import Expects
from voice_checkin.speech.models import find
from voice_checkin.wiring.models import manifest, models_folder

LIBRARIES = "import numpy, sounddevice, soxr, click, rich.console, cattrs, sqlite3"


def figures() -> Iterator[Figure]:
    """Start, replies and memory of one evening."""
    with tempfile.TemporaryDirectory() as folder:
        whisper = find(manifest()["whisper-tiny-en"], Path(folder), models_folder())
        if (reason := why_no_room()) or whisper is None:
            yield Figure("an evening in the room", reason or "the Whisper model is not installed")
            return
        evening = hold(Path(folder), whisper)
    loading = min(timed(_load_libraries) for _ in range(3))
    first_word_s = evening.spoken[0][0] - evening.began_s
    yield Figure(
        "cold start to the first word",
        f"{first_word_s:.2f} s",
        f"Python and the libraries that sound needs, loaded and left: {loading:.2f} s",
        first_word_s / loading,
    )
    yield from _replies(evening)
    yield Figure("most memory in the evening", f"{evening.peak_kib / 1024:.0f} MiB")


def _replies(evening: Evening) -> Iterator[Figure]:
    questions = load_script(content_folder(), "en").questions
    for kind in (Expects.YES_NO, Expects.RATING, Expects.STORY):
        of_kind = [e for e in evening.exchanges if questions[e.question].expects is kind]
        after_s = [evening.reply_after_s(exchange) for exchange in of_kind]
        patience_s = median(questions[exchange.question].patience_s for exchange in of_kind)
        yield Figure(
            f"last word to the first sound of the reply, {kind} ({len(of_kind)} answers)",
            spread(after_s),
            f"the patience that the question has: {patience_s:.2f} s",
            median(after_s) / patience_s,
        )


def _load_libraries() -> None:
    subprocess.run([sys.executable, "-c", LIBRARIES], check=True)
