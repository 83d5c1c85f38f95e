"""Looking back on the journal, taking it out and bringing it in, and the names of the two."""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, TextIO

from voice_checkin.content import content_folder, languages, load_language
from voice_checkin.errors import CheckinError
from voice_checkin.evening.model import Night
from voice_checkin.evening.review import holding, summarise
from voice_checkin.journal.exchange import export_json, import_json, nights_as_json
from voice_checkin.journal.store import Journal, open_journal
from voice_checkin.settings import check_settings, load_settings, save_settings
from voice_checkin.show.console import console, show_review
from voice_checkin.wiring.place import SystemClock, home

_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Filters:
    """Which nights are looked back on; None where it doesn't matter."""

    since: date | None = None
    until: date | None = None
    partner: str | None = None
    topic: str | None = None
    nights: int | None = None
    search: str | None = None


def look_back(filters: Filters) -> None:
    """Show what was said."""
    with open_journal(home()) as journal:
        show_review(console(), summarise(_found(journal, filters), SystemClock().now().date()))


def look_back_as_json(filters: Filters) -> str:
    """The same for programs, as `voice-checkin/1`."""
    with open_journal(home()) as journal:
        return nights_as_json(journal.partners(), _found(journal, filters))


def _found(journal: Journal, filters: Filters) -> tuple[Night, ...]:
    found = journal.nights(filters.since, filters.until, filters.partner, filters.topic)
    if filters.search:
        found = holding(found, filters.search)
    return found[-filters.nights :] if filters.nights else found


def export_to(out: TextIO) -> None:
    """Write the whole journal as `voice-checkin/1`."""
    with open_journal(home()) as journal:
        out.write(export_json(journal))


def import_from(source: TextIO) -> int:
    """Bring nights into the journal; how many were new. Raises `JournalError`, with nothing changed."""
    try:
        text = source.read()
    except UnicodeDecodeError:
        raise CheckinError("this file is no UTF-8 text", remedy="choose a file that export wrote") from None
    with open_journal(home()) as journal:
        return import_json(journal, text)


def are_named() -> bool:
    """Whether the two have told their names, and aren't called by those of the language's content."""
    return set(names_so_far()) != set(_unnamed())


def names_so_far() -> tuple[str, str]:
    """The two names, or what the language calls them until they are told."""
    with open_journal(home()) as journal:
        first, second = journal.partners() or _unnamed()
    return first, second


def _unnamed() -> tuple[str, str]:
    """What the language calls the two; the rest of its content isn't needed for that."""
    return load_language(content_folder(), load_settings(home()).language).partners


def set_up(names: tuple[str, str] | None, chosen: dict[str, Any]) -> None:
    """Keep names and choices. Raises `CheckinError` where one of them can't be."""
    where = home()
    before = load_settings(where)
    chosen["patience"] = {**before.patience, **chosen.get("patience", {})}
    settings = replace(before, **chosen)
    if settings.language not in languages(content_folder()):
        raise CheckinError(
            f"there is no content for language {settings.language!r}",
            remedy=f"choose one of: {', '.join(languages(content_folder()))}",
        )
    if settings.hour:
        _check_hour(settings.hour)
    check_settings(settings)
    if names:
        with open_journal(where) as journal:
            journal.name_partners(_speakable(names))
    save_settings(where, settings)


def own_words(learned: tuple[str, ...], forgotten: tuple[str, ...]) -> tuple[str, ...]:
    """The couple's own words, once these have been learned and those forgotten. Raises `CheckinError`."""
    with open_journal(home()) as journal:
        if unknown := set(forgotten) - set(journal.words()):
            raise CheckinError(
                f"there is no own word {min(unknown)!r}",
                remedy="see them all with: voice-checkin setup --yes",
            )
        journal.unlearn(forgotten)
        journal.learn([word for word in map(str.strip, learned) if word.isprintable() and word])
        return journal.words()


def _check_hour(hour: str) -> None:
    try:
        time.fromisoformat(hour)
    except ValueError:
        raise CheckinError("the hour isn't a time of day", remedy="give it as 21:30") from None


def _speakable(names: tuple[str, str]) -> tuple[str, str]:
    first, second = (" ".join(name.split()) for name in names)
    for name in (first, second):
        if not name or not name.isprintable() or len(name) > _LONGEST_NAME:
            raise CheckinError(
                "a name must be some letters that can be spoken", remedy="give two short names"
            )
    if first.casefold() == second.casefold():
        raise CheckinError("the two names are the same", remedy="give two that can be told apart when spoken")
    return first, second
