"""Looking back on the journal, taking it out and bringing it in, and the names of the two."""

from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import Any, BinaryIO

from voice_checkin.content import content_folder, languages, load_language
from voice_checkin.errors import CheckinError
from voice_checkin.evening.model import Night
from voice_checkin.evening.review import holding, on_this_night, summarise
from voice_checkin.journal.exchange import export_json, import_json, nights_as_json
from voice_checkin.journal.notes import nights_as_notes
from voice_checkin.journal.store import Journal
from voice_checkin.journal.tables import export_csv, import_csv
from voice_checkin.settings import check_settings, load_settings, save_settings
from voice_checkin.show.console import console, show_review
from voice_checkin.wiring.opening import opened
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
    on_this_night: bool = False


def look_back(filters: Filters) -> None:
    """Show what was said."""
    with opened(home()) as journal:
        show_review(console(), summarise(found(journal, filters), SystemClock().now().date()))


def look_back_as_json(filters: Filters) -> str:
    """The same for programs, as `voice-checkin/1`."""
    with opened(home()) as journal:
        return nights_as_json(journal.partners(), found(journal, filters))


def found(journal: Journal, filters: Filters) -> tuple[Night, ...]:
    """The nights that fit, the oldest first."""
    nights = journal.nights(filters.since, filters.until, filters.partner, filters.topic)
    if filters.search:
        nights = holding(nights, filters.search)
    if filters.on_this_night:
        nights = on_this_night(nights, SystemClock().now().date())
    return nights[-filters.nights :] if filters.nights else nights


def export_as(form: str) -> str:
    """The whole journal as one text in this format: json, csv or markdown."""
    with opened(home()) as journal:
        match form:
            case "csv":
                return export_csv(journal)
            case "markdown":
                return "\n".join(note for _, note in nights_as_notes(journal.nights()))
            case _:
                return export_json(journal)


def export_notes(folder: Path) -> int:
    """Write the journal into a folder, a Markdown file a night; how many. Raises `CheckinError`."""
    with opened(home()) as journal:
        notes = list(nights_as_notes(journal.nights()))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, note in notes:
            (folder / name).write_text(note, encoding="utf-8", newline="")
    except OSError as fault:
        raise CheckinError(
            f"the notes can't be written into {folder} ({fault.strerror})", remedy="name another folder"
        ) from None
    return len(notes)


def import_from(form: str, source: BinaryIO) -> str:
    """Bring nights into the journal; what was new, in a line. Raises `CheckinError`, with nothing changed."""
    if form == "markdown":
        raise CheckinError(
            "Markdown is to be read by people, and is not brought back in",
            remedy="export as json or csv, and import that",
        )
    try:
        text = source.read().decode()
    except UnicodeDecodeError as fault:
        raise CheckinError(
            f"this file is no UTF-8 text (byte {fault.start})", remedy="choose a file that export wrote"
        ) from None
    with opened(home()) as journal:
        added = (import_csv if form == "csv" else import_json)(journal, text)
    told = f"{added.nights} nights added"
    if added.answers or added.plans:
        told += f", and to nights that were here: answers {added.answers}, plans {added.plans}"
    return f"{told}."


def are_named() -> bool:
    """Whether the two have told their names, and aren't called by those of the language's content."""
    return set(names_so_far()) != set(_unnamed())


def names_so_far() -> tuple[str, str]:
    """The two names, or what the language calls them until they are told."""
    with opened(home()) as journal:
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
        with opened(where) as journal:
            journal.name_partners(_speakable(names))
    save_settings(where, settings)


def own_words(learned: tuple[str, ...], forgotten: tuple[str, ...]) -> tuple[str, ...]:
    """The couple's own words, once these have been learned and those forgotten. Raises `CheckinError`."""
    with opened(home()) as journal:
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
