"""What all tests share: figures that are measured on the way, printed at the end."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import settings

from tests.browser import BROWSERS, NO_BROWSER, Browser, laid
from tests.held import Evening, Held, hold, whisper_model
from tests.room import why_no_room

_FIGURES = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """A run begins without figures; how long one example takes is no fault of what is tested."""
    config.stash[_FIGURES] = []
    settings.register_profile("untimed", deadline=None)
    settings.load_profile("untimed")


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for the long evenings comes last, so that nothing else is measured beside them."""
    items.sort(key=lambda item: bool(_held_for(item)))


def _held_for(item: pytest.Item) -> tuple[str, ...]:
    """The evenings that this test's module asks for in its `HELD`."""
    module = item.getparent(pytest.Module)
    evenings: tuple[str, ...] = getattr(module and module.obj, "HELD", ())
    return evenings


@pytest.fixture(scope="session")
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """The long evenings of this run, those of one module's `HELD` in one home, one after the other.

    Modules don't wait for each other: each has a room of its own, and an evening mostly waits for people.
    """
    if reason := why_no_room():
        pytest.skip(reason)
    whisper = whisper_model()
    wanted = {_held_for(item) for item in request.session.items} - {()}

    def hold_all(names: tuple[str, ...]) -> tuple[Evening, ...]:
        folder = tmp_path_factory.mktemp(names[0])
        return tuple(hold(folder, whisper, of=name) for name in names)

    with ThreadPoolExecutor() as side_by_side:
        begun = {names: side_by_side.submit(hold_all, names) for names in wanted}
        yield lambda names: begun[names].result()


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
