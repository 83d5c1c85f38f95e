"""The product's own command, run as a user would run it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command left."""

    code: int
    output: str
    errors: str


def run(home: Path, *arguments: str, given: str = "", env: dict[str, str] | None = None) -> Ended:
    """Run `voice-checkin` with these arguments and this standard input; everything is kept in `home`."""
    done = subprocess.run(
        [sys.executable, "-m", "voice_checkin", *arguments],
        env=os.environ | {"VOICE_CHECKIN_HOME": str(home)} | (env or {}),
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def typed(home: Path, given: str, *arguments: str) -> Ended:
    """Hold tonight's check-in by keyboard, in print."""
    return run(home, "tonight", "--ear", "keyboard", "--voice", "printed", *arguments, given=given)
