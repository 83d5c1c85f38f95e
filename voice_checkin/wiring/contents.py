"""Looking through content before an evening is held with it."""

from collections.abc import Iterator
from pathlib import Path

from voice_checkin.content import (
    OWN_CONTENT,
    OWN_INTENTS,
    content_folder,
    languages,
    load_aloud,
    load_book,
    load_demo,
    load_page_words,
    load_script,
)
from voice_checkin.errors import ContentError
from voice_checkin.evening.script import wordings
from voice_checkin.settings import load_settings
from voice_checkin.show.page_words import PageWords


def check_content(folder: Path) -> Iterator[str]:
    """Load all that is in a folder; what each language holds, in one line.

    The folder is one of languages, one language, or a couple's home with words of its own, which join those
    of the language chosen there. Raises `ContentError`, naming file and key, at the first fault.
    """
    folder = folder.resolve()
    if (folder / "language.toml").is_file():
        yield _checked(folder.parent, folder.name)
    elif found := languages(folder):
        yield from (_checked(folder, language) for language in found)
    elif any((folder / own).is_file() for own in (OWN_CONTENT, OWN_INTENTS)):
        yield _checked(content_folder(), load_settings(folder).language, own=folder)
    else:
        raise ContentError(
            "there is no content in this folder",
            remedy=f"give one of languages, or one that holds language.toml, {OWN_CONTENT} or {OWN_INTENTS}",
        )


def _checked(folder: Path, language: str, own: Path | None = None) -> str:
    script = load_script(folder, language, own)
    load_book(folder, script)
    load_aloud(folder, language)
    if (folder / language / "demo.toml").is_file():
        load_demo(folder, language)
    if (folder / language / "page.toml").is_file():
        load_page_words(folder, language, PageWords)
    said = sum(len(texts) for _, texts in wordings(script))
    return (
        f"{language}: {len(script.questions)} questions, {said} wordings, {len(script.tips)} tips,"
        f" {len(script.ideas)} ideas"
    )
