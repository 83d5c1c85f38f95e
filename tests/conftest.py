"""What all tests share: figures that are measured on the way, printed at the end."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser import BROWSERS, NO_BROWSER, Browser, laid

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


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for all tests."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None) or pytest.skip(NO_BROWSER)
    opened = Browser(program, tmp_path_factory.mktemp("profile"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def ten_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of 3,650 nights."""
    from tests.pages import written, years_of_nights

    return laid(tmp_path_factory.mktemp("page"), written(*years_of_nights(3650)))
