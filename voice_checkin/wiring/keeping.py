"""Forgetting and bringing back, by the say-so of those whose words they are; and the journal's backups."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from voice_checkin.errors import CheckinError, JournalError
from voice_checkin.journal import backups
from voice_checkin.journal.forgetting import KEPT_BACK, Chosen
from voice_checkin.journal.store import Journal
from voice_checkin.wiring import opening
from voice_checkin.wiring.looking_back import name_of
from voice_checkin.wiring.opening import key_of, opened
from voice_checkin.wiring.place import SystemClock, home

Ask: TypeAlias = Callable[[str], str] | None
"""Asks this partner to type the name; None where nobody can."""


def look_after(ask_passphrase: opening.Ask) -> str:
    """Unlock the journal, back it up once a day, mend it where it is damaged; lines to tell, or ""."""
    told = opening.unlock(home(), ask_passphrase)
    return "\n".join(filter(None, (told, backups.look_after(home(), SystemClock().now(), key_of(home())))))


def forget(those: dict[str, Any], yes: tuple[str, ...], ask: Ask, *, for_good: bool) -> str:
    """Forget this for thirty days, or for good; a line that says so. Raises `CheckinError`."""
    now = SystemClock().now()
    with opened(home()) as journal:
        chosen = _agreed(journal, Chosen(**those), yes, ask)
        if for_good:
            _some(backups.erase(journal, home(), chosen, now))
            return "Forgotten for good, in the backups as well."
        _some(journal.forget(chosen, now))
        backups.back_up(journal, home(), now)  # so that no mending brings it back
        return f"Forgotten. For {KEPT_BACK.days} days it comes back with: voice-checkin restore"


def restore(those: dict[str, Any], yes: tuple[str, ...], ask: Ask) -> str:
    """Bring back what was forgotten; a line that says so. Raises `CheckinError`."""
    with opened(home()) as journal:
        _some(journal.bring_back(_agreed(journal, Chosen(**those), yes, ask)))
        backups.back_up(journal, home(), SystemClock().now())
        return "It is back."


def restore_backup(backup: Path, yes: tuple[str, ...], ask: Ask) -> str:
    """Put a backup in the journal's place; a line that says so. Raises `CheckinError`.

    Both agree, where the journal that it replaces can be read and is begun.
    """
    with suppress(JournalError), opened(home()) as journal:
        if journal.is_begun():
            _agreed(journal, Chosen(), yes, ask)
    before = backups.restore_from(home(), backup, SystemClock().now(), key_of(home()))
    return f"The backup is in place; what was there before is in {before}" if before else "It is back."


def _some(count: int) -> None:
    if not count:
        raise CheckinError("there is nothing like that", remedy="look what there is: voice-checkin review")


def _agreed(journal: Journal, chosen: Chosen, yes: Iterable[str], ask: Ask) -> Chosen:
    """What was chosen, the partner by the very name in the journal, once everybody it takes has agreed."""
    if chosen.partner is not None:
        chosen = replace(chosen, partner=name_of(journal, chosen.partner))
    agreed = {name.casefold() for name in yes}
    for name in journal.partners() if chosen.partner is None else (chosen.partner,):
        if name.casefold() not in agreed:
            _ask(name, ask)
    return chosen


def _ask(name: str, ask: Ask) -> None:
    if ask is None:
        raise CheckinError(
            "nothing was changed: each one whose words these are has to agree",
            remedy="add --yes NAME for each, or call it on a terminal",
        )
    if ask(name).strip().casefold() != name.casefold():
        raise CheckinError("nothing was changed: that was another name", remedy="both may try again")
