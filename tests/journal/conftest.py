"""A journal of each test's own, in a real file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from voice_checkin.journal.store import Journal, open_journal


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of one journal; it isn't there yet."""
    return tmp_path / "home"


@pytest.fixture
def journal(home: Path) -> Iterator[Journal]:
    """A new journal in a real file."""
    with open_journal(home) as journal:
        yield journal
