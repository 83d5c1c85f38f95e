"""Looking back on the journal, taking it out and bringing it in, and the names of the two.

What not every command needs is imported by the function that does: looking back is to begin at once.
"""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from voice_checkin.errors import CheckinError
from voice_checkin.evening.model import Night
from voice_checkin.evening.review import WEEKS, on_this_night, overview
from voice_checkin.journal.search import Wanted
from voice_checkin.journal.store import Journal
from voice_checkin.settings import check_settings, load_settings, save_settings
from voice_checkin.show.console import console
from voice_checkin.show.review import show_empty, show_found, show_nothing, show_overview
from voice_checkin.wiring.opening import opened
from voice_checkin.wiring.place import SystemClock, home

_LONGEST_NAME = 40
_LATEST, _SHOWN = 7, 20
"""So many nights are shown at once, without a filter and with one; more are asked for with --nights."""
_LOOSENED = ("until", "since", "on_this_night", "topic", "partner", "search")
"""The filters without which something may be found; the one that matters least is left out first."""


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
    """Show what was said: the nights that fit, or without any filter all of them in short."""
    with opened(home()) as journal:
        if filters == Filters():
            look_over(journal, SystemClock().now().date())
        else:
            _look_up(journal, filters)


def look_over(journal: Journal, today: date) -> None:
    """Show all nights in short, and the latest ones."""
    days = journal.days()
    if not days:
        show_empty(console())
        return
    lately = journal.nights(since=days[-1] - timedelta(weeks=WEEKS))
    seen = overview(days, lately, journal.open_plans(), today)
    show_overview(console(), seen, journal.nights(last=_LATEST), _labels())


def _look_up(journal: Journal, filters: Filters) -> None:
    found = journal.look_up(_wanted(journal, filters, told=True), filters.nights or _SHOWN)
    if found.in_all:
        show_found(console(), found, _labels(), searched=bool(filters.search))
        return
    for name in _LOOSENED:
        loose = replace(filters, **{name: getattr(Filters(), name)})
        there = journal.look_up(_wanted(journal, loose, told=True), 0).in_all if loose != filters else 0
        if there:
            show_nothing(console(), f"--{name.replace('_', '-')}", there)
            return
    (show_nothing if journal.days() else show_empty)(console())


def look_back_as_json(filters: Filters) -> str:
    """The same for programs, as `voice-checkin/1`."""
    from voice_checkin.journal.exchange import nights_as_json

    with opened(home()) as journal:
        return nights_as_json(journal.partners(), found(journal, filters))


def found(journal: Journal, filters: Filters) -> tuple[Night, ...]:
    """The nights that fit, the oldest first; of a search, with the answers and plans that hold a word.

    Raises `CheckinError` where the two have no such partner or topic.
    """
    return journal.found(_wanted(journal, filters), filters.nights)


def _wanted(journal: Journal, filters: Filters, *, told: bool = False) -> Wanted:
    return Wanted(
        filters.since,
        filters.until,
        filters.partner and name_of(journal, filters.partner),
        filters.topic and _topic(journal, filters.topic),
        filters.search,
        on_this_night(journal.days(), SystemClock().now().date()) if filters.on_this_night else None,
        told,
    )


def name_of(journal: Journal, partner: str) -> str:
    """The name as the journal has it. Raises `CheckinError` where neither of the two is called that."""
    names = {name.casefold(): name for name in journal.partners()}
    if names and partner.casefold() not in names:
        raise CheckinError(
            "neither of the two is called that", remedy=f"choose one of: {', '.join(names.values())}"
        )
    return names.get(partner.casefold(), partner)


def _labels() -> dict[str, str]:
    from voice_checkin.content import content_folder, load_labels

    return load_labels(content_folder())


def _topic(journal: Journal, topic: str) -> str:
    labels = _labels()
    if topic in labels:
        return topic
    known = journal.topics()
    topics = {question.partition(".")[0] for question in (*labels, *known)}
    if topic not in topics | known:
        raise CheckinError("no question is about that", remedy=f"choose one of: {', '.join(sorted(topics))}")
    return topic


def export_as(form: str) -> str:
    """The whole journal as one text in this format: json, csv or markdown."""
    from voice_checkin.journal.exchange import export_json
    from voice_checkin.journal.notes import nights_as_notes
    from voice_checkin.journal.tables import export_csv

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
    from voice_checkin.journal.notes import nights_as_notes

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
    from voice_checkin.journal.exchange import import_json
    from voice_checkin.journal.tables import import_csv

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
    from voice_checkin.content import content_folder, load_language

    return load_language(content_folder(), load_settings(home()).language).partners


def set_up(names: tuple[str, str] | None, chosen: dict[str, Any]) -> None:
    """Keep names and choices. Raises `CheckinError` where one of them can't be."""
    from voice_checkin.content import content_folder, languages

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
