"""One couple and its evenings, as examples for the journal's tests."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from voice_checkin.evening.model import Answer, Meaning, Plan, Turn

COUPLE = ("Alex", "Sam")
EVENING = datetime(2025, 11, 24, 21, 30, tzinfo=timezone(timedelta(hours=1)))
TODAY = date(2025, 11, 24)
TOMORROW = date(2025, 11, 25)

LAUGH = Turn("Alex", "laugh.share")
PLANNING = Turn("Alex", "new.plan")
CLIMB = Plan("climb the hill behind the house", TOMORROW)


def answer(  # noqa: PLR0913 - an answer has that many parts, and each test names the one it is about
    said: str = "the dog wore your hat",
    *,
    partner: str = "Alex",
    question: str = "laugh.share",
    meaning: Meaning = Meaning.SHARE,
    value: str | float | None = None,
    at: datetime = EVENING,
    about: int | None = None,
) -> Answer:
    """An answer, of which a test names only what it is about."""
    return Answer(partner, question, meaning, value, said, at, about)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder and what it holds."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
