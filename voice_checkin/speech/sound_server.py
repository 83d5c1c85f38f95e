"""What the sound server of a Linux desktop knows and PortAudio doesn't tell: by its own tool, pactl."""

import shutil
import subprocess
import sys

from voice_checkin.speech.devices import Kind

NOUN: dict[Kind, str] = {"input": "source", "output": "sink"}
ANSWERS_WITHIN_S = 1.0


def hears_itself() -> bool:
    """Whether its microphone is a recording of its own loudspeaker: it offers that where there is none."""
    return _ask("get-default-source").endswith(".monitor")


def is_muted(kind: Kind) -> bool:
    """Whether its default device is muted; False where there is no server that could tell."""
    noun = NOUN[kind]
    return _ask(f"get-{noun}-mute", f"@DEFAULT_{noun.upper()}@").endswith("yes")


def _ask(*question: str) -> str:
    """The server's answer; "" where there is none."""
    pactl, env = shutil.which("pactl"), shutil.which("env")
    if not sys.platform.startswith("linux") or pactl is None or env is None:
        return ""
    try:
        asked = subprocess.run(  # noqa: S603 - the sound server's own tool, no argument of anybody's
            [env, "LC_ALL=C", pactl, *question],  # answers come translated otherwise
            capture_output=True,
            text=True,
            timeout=ANSWERS_WITHIN_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return asked.stdout.strip()
