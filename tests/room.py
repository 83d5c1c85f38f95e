"""A room without hardware: a private sound server with a loudspeaker, a mouth and a microphone.

What a program in the room plays to its default device goes into the sink *speaker*, where an `Ear`
records it. What the test says into the sink *mouth* reaches the room's default microphone.
PortAudio lists its devices once per process, so what is tested runs in a child process, as a `Guest`
or as any command with `room.env`.
"""

import ctypes.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import numpy as np
import numpy.typing as npt

from tests.guest import Guest

EAR_RATE_HZ = 48_000
START_S = 10.0
"""How long the server may take to answer: it needs 0.1 s on an idle machine."""
LATENCY_MS = 20
"""What the room's own clients ask of the server; every measured time carries it at most once."""

ASOUNDRC = """\
pcm.!default { type pulse hint { show on description "The room" } }
ctl.!default { type pulse }
"""
FOREIGN = ("PULSE_", "XDG_", "DBUS_", "ALSA_", "DISPLAY", "WAYLAND_")
"""Environment that would lead a program out of the room."""


def why_no_room() -> str | None:
    """Name the system part that a room needs and this machine lacks; None where all are there."""
    if not sys.platform.startswith("linux"):
        return "the virtual room needs Linux"
    for program in ("pulseaudio", "pacat", "parec", "pactl"):
        if shutil.which(program) is None:
            return f"{program} is missing: apt install pulseaudio pulseaudio-utils"
    if not any(Path("/usr").glob("lib*/**/alsa-lib/libasound_module_pcm_pulse.so")):
        return "ALSA's way to PulseAudio is missing: apt install libasound2-plugins"
    for library, package in (("portaudio", "libportaudio2"), ("espeak-ng", "espeak-ng")):
        if ctypes.util.find_library(library) is None:
            return f"{library} is missing: apt install {package}"
    return None


class Ear:
    """Records one source of the room for as long as its `with` block lasts."""

    def __init__(self, room: "Room", source: str) -> None:
        self._room = room
        self._source = source
        self._pieces: list[bytes] = []
        self._arrivals: list[tuple[int, float]] = []
        self._recording = threading.Event()

    def __enter__(self) -> Self:
        form = ["--raw", "--format=s16le", f"--rate={EAR_RATE_HZ}", "--channels=1"]
        self._parec = subprocess.Popen(
            ["parec", f"--device={self._source}", f"--latency-msec={LATENCY_MS}", *form],
            env=self._room.env,
            stdout=subprocess.PIPE,
        )
        assert self._parec.stdout is not None
        self._reader = threading.Thread(target=self._read, args=(self._parec.stdout,))
        self._reader.start()
        assert self._recording.wait(START_S), f"nothing to be heard from {self._source}"
        return self

    def __exit__(self, *_: object) -> None:
        self._parec.terminate()
        self._parec.wait()
        self._reader.join()

    def _read(self, pipe: IO[bytes]) -> None:
        count = 0  # bytes
        with pipe:
            while piece := os.read(pipe.fileno(), 1 << 16):
                self._arrivals.append((count // 2, time.monotonic()))
                count += len(piece)
                self._pieces.append(piece)
                self._recording.set()

    @property
    def samples(self) -> npt.NDArray[np.int16]:
        """What was heard so far: (n,) samples at `EAR_RATE_HZ`."""
        heard = b"".join(self._pieces)
        return np.frombuffer(heard[: len(heard) // 2 * 2], np.int16)

    def moment_s(self, index: int) -> float:
        """When sample `index` was heard, on the monotonic clock.

        A null sink hands a block out when the block's first sample is due; the delivery that was
        least delayed tells it best.
        """
        return self._began_s + index / EAR_RATE_HZ

    def index(self, moment_s: float) -> int:
        """Which sample was heard then; the inverse of `moment_s`."""
        return max(0, round((moment_s - self._began_s) * EAR_RATE_HZ))

    @property
    def _began_s(self) -> float:
        return min(at_s - count / EAR_RATE_HZ for count, at_s in self._arrivals)

    def spans_s(self, *, threshold: int = 200, gap_s: float = 0.3) -> list[tuple[float, float]]:
        """When something sounded: (from, to) on the monotonic clock, split at silences of `gap_s`."""
        loud = np.flatnonzero(np.abs(self.samples.astype(np.int32)) > threshold)
        if not len(loud):
            return []
        pieces = np.split(loud, np.flatnonzero(np.diff(loud) > gap_s * EAR_RATE_HZ) + 1)
        return [(self.moment_s(int(piece[0])), self.moment_s(int(piece[-1]))) for piece in pieces]


class Room:
    """A sound server of its own, alive inside its `with` block. Several may exist at once."""

    def __init__(self, *, rate_hz: int = 48_000, channels: int = 2) -> None:
        self._form = f"rate={rate_hz} channels={channels}"

    def __enter__(self) -> Self:
        # Not pytest's tmp_path: the path of a Unix socket holds 107 bytes at most.
        self._folder = Path(tempfile.mkdtemp(prefix="room-"))
        (self._folder / ".asoundrc").write_text(ASOUNDRC, encoding="utf-8")
        self._socket = self._folder / "native"
        self.env = self._environment()
        self._log = (self._folder / "log").open("wb")
        try:
            self.plug_in()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        self._log.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def server_id(self) -> int:
        """The process id of the sound server."""
        return self._server.pid

    def kill(self) -> None:
        """Take the sound away in the middle of it, as a pulled plug does."""
        if self._server.poll() is None:
            self._server.send_signal(signal.SIGKILL)
        self._server.wait()

    def plug_in(self) -> None:
        """Start the sound server: at the beginning, and again behind `kill`."""
        self._socket.unlink(missing_ok=True)
        self._server = subprocess.Popen(
            self._command(), env=self.env, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log
        )
        self._wait_for_answer()

    def freeze(self) -> None:
        """Let the sound server hang; `kill` ends it."""
        self._server.send_signal(signal.SIGSTOP)

    def guest(self, function: Callable[..., Any], *arguments: Any) -> Guest:  # noqa: ANN401 - anything JSON holds
        """Begin to call a function of a test module in a process inside the room."""
        return Guest(self.env, function, arguments)

    def visit(self, function: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401 - as above
        """Call a function of a test module in a process inside the room, and return what it returns."""
        with self.guest(function, *arguments) as guest:
            return guest.result()

    def ear(self) -> Ear:
        """Record what the loudspeaker plays."""
        return Ear(self, "speaker.monitor")

    def beside_the_mouth(self) -> Ear:
        """Record what is said into the microphone, to know when it was said."""
        return Ear(self, "mouth.monitor")

    def echo(self, level_db: float) -> None:
        """Let the microphone hear the loudspeaker from now on, at this level: no headphones are worn."""
        loop = ["source=speaker.monitor", "sink=mouth", f"latency_msec={2 * LATENCY_MS}"]
        subprocess.run(["pactl", "load-module", "module-loopback", *loop], env=self.env, check=True)
        inputs = ["pactl", "list", "short", "sink-inputs"]
        number = subprocess.check_output(inputs, env=self.env, text=True).split()[0]
        volume = ["pactl", "set-sink-input-volume", number, f"{level_db}dB"]
        subprocess.run(volume, env=self.env, check=True)

    def speak(self, samples: npt.NDArray[np.int16], rate_hz: int) -> None:
        """Say (n,) mono samples into the microphone; returns when they have sounded."""
        self._play(samples, rate_hz, "mouth")

    def play(self, samples: npt.NDArray[np.int16], rate_hz: int) -> None:
        """Play (n,) mono samples on the loudspeaker; returns when they have sounded."""
        self._play(samples, rate_hz, "speaker")

    def _play(self, samples: npt.NDArray[np.int16], rate_hz: int, device: str) -> None:
        form = ["--raw", "--format=s16le", f"--rate={rate_hz}", "--channels=1"]
        subprocess.run(
            ["pacat", "--playback", f"--device={device}", f"--latency-msec={LATENCY_MS}", *form],
            env=self.env,
            input=samples.astype("<i2").tobytes(),
            check=True,
        )

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        here = str(self._folder)
        return kept | {
            "HOME": here,  # ~/.asoundrc
            "XDG_RUNTIME_DIR": here,
            "XDG_CONFIG_HOME": here,
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_RUNTIME_PATH": here,
            "PULSE_STATE_PATH": here,
            "PULSE_COOKIE": f"{here}/cookie",
        }

    def _command(self) -> list[str]:
        modules = (
            f"module-native-protocol-unix socket={self._socket}",
            # Without norewinds a null sink works up to 2 s ahead, and an answer is heard that much late.
            f"module-null-sink sink_name=speaker norewinds=1 {self._form}",
            f"module-null-sink sink_name=mouth norewinds=1 {self._form}",
            "module-remap-source source_name=microphone master=mouth.monitor",
        )
        loads = [f"--load={module}" for module in modules]
        alone = ["-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm=yes"]
        modest = ["--realtime=no", "--high-priority=no"]
        return ["pulseaudio", *alone, *modest, *loads]

    def _wait_for_answer(self) -> None:
        until_s = time.monotonic() + START_S
        while time.monotonic() < until_s and self._server.poll() is None:
            with socket.socket(socket.AF_UNIX) as door:
                if door.connect_ex(str(self._socket)) == 0:
                    self._choose_defaults()
                    return
            time.sleep(0.01)
        raise RuntimeError(f"the sound server did not start: {Path(self._log.name).read_text()[-500:]}")

    def _choose_defaults(self) -> None:
        for kind, name in (("sink", "speaker"), ("source", "microphone")):
            subprocess.run(["pactl", f"set-default-{kind}", name], env=self.env, check=True)
