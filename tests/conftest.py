"""What all tests share: figures that are measured on the way, printed at the end."""

from collections.abc import Callable
from pathlib import Path

import pytest

_FIGURES = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """A run begins without figures."""
    config.stash[_FIGURES] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what was measured, above the closing line."""
    if config.stash[_FIGURES]:
        terminalreporter.section("figures")
        for words in config.stash[_FIGURES]:
            terminalreporter.write_line(words)


@pytest.fixture(scope="session")
def figure(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Tell a measured figure, to be printed at the end of the run."""
    return pytestconfig.stash[_FIGURES].append


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder that does not exist yet."""
    return tmp_path / "home"
