"""The journal as one page for a browser, in a file that nobody else on the machine can read."""

import os
import tempfile
from pathlib import Path

from voice_checkin.content import content_folder, load_page_words
from voice_checkin.errors import CheckinError
from voice_checkin.evening.review import summarise
from voice_checkin.settings import load_settings
from voice_checkin.show.page import page
from voice_checkin.show.page_words import PageWords
from voice_checkin.wiring.looking_back import Filters, found, names_so_far
from voice_checkin.wiring.opening import key_of, opened
from voice_checkin.wiring.place import SystemClock, home

NAME = "review.html"
"""The page of the home folder."""
_PREFIX = ".review-"
LEFT_BEHIND = f"{_PREFIX}*"
"""Pages that a killed process left unfinished."""


def write_page(filters: Filters, file: Path | None) -> Path:
    """Write the nights that fit as one HTML file, and return where it is.

    Where none is named it is `review.html` in the home folder. The file is its owner's alone (0600), and
    is there as a whole or as it was before. Raises `CheckinError` where it can't be written, and
    `JournalError` where the journal can't be read.
    """
    with opened(home()) as journal:
        review = summarise(found(journal, filters), SystemClock().now().date())
    target = file or home() / NAME
    words = load_page_words(content_folder(), load_settings(home()).language, PageWords)
    text = page(names_so_far(), review, SystemClock().now().date(), words)
    try:
        _replace(target, text.encode())
    except OSError as fault:
        raise CheckinError(
            f"the page can't be written: {fault.strerror}", remedy="name a file in a folder you may write to"
        ) from None
    return target


def is_locked() -> bool:
    """Whether the journal is locked, which no page is."""
    return key_of(home()) is not None


def _replace(target: Path, content: bytes) -> None:
    descriptor, fresh = tempfile.mkstemp(dir=target.parent, prefix=_PREFIX)  # made for its owner alone
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
        Path(fresh).replace(target)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise
