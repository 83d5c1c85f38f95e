"""Functions of a test module in a process of their own: PortAudio looks for devices once per process."""

import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

GUEST = "import sys; from tests.guest import be_guest; be_guest(*sys.argv[1:])"


class Guest:
    """A function of a test module, called in a process of its own with this environment."""

    def __init__(
        self, environment: dict[str, str], function: Callable[..., Any], arguments: tuple[Any, ...]
    ) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", GUEST, function.__module__, function.__name__, json.dumps(arguments)],
            env=environment,
            cwd=Path(__file__).parents[1],
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def wait_until_ready(self) -> None:
        """Wait until the function has called `ready`."""
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def result(self, timeout_s: float = 30.0) -> Any:  # noqa: ANN401 - whatever the function returned
        """Wait for what the function returns."""
        output, _ = self._process.communicate(timeout=timeout_s)
        return json.loads(output.splitlines()[-1])


def ready() -> None:
    """Called by a guest's function: what its test waited for is there."""
    print("ready", flush=True)  # noqa: T201 - standard output is the way to the test


def be_guest(module: str, function: str, arguments: str) -> None:
    """Call a function in this process, and print what it returns as JSON."""
    called = getattr(importlib.import_module(module), function)
    print(json.dumps(called(*json.loads(arguments))))  # noqa: T201 - as above
