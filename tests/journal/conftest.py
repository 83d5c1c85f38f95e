"""A journal of each test's own, in a real file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from voice_checkin.journal.store import Journal, open_journal


@pytest.fixture
def journal(home: Path) -> Iterator[Journal]:
    """A new journal in a real file."""
    with open_journal(home) as journal:
        yield journal
