"""What the two are called, and which number the journal files each under."""

from pathlib import Path
from sqlite3 import Connection

from voice_checkin.errors import JournalError
from voice_checkin.journal.reading import Reading

_NAME = """
INSERT INTO partners (id, place, name) VALUES (?, ?, ?)
ON CONFLICT (id) DO UPDATE SET place = excluded.place, name = excluded.name"""


class Naming(Reading):
    """A journal whose partners can be named and renamed."""

    def __init__(self, db: Connection, path: Path, key: bytes | None = None) -> None:
        super().__init__(db, path, key)
        self._ids: dict[str, int] = {}
        """As the two were called when the evening began: renamed meanwhile, they are still known."""

    def name_partners(self, names: tuple[str, str]) -> None:
        """Name the two, or rename them: what they have said stays theirs.

        A name that the journal knows stays with its person, so that naming the same two the other way
        round changes their order only; a new name goes to the person whose name isn't given any more.
        """
        with self._transaction(writes=True):
            self._name(names)
            ids = self._ids_by_name()
        self._ids = ids

    def _id(self, name: str) -> int:
        if name not in self._ids:
            self._ids = self._ids_by_name()
        return self._ids[name]

    def _name(self, names: tuple[str, str]) -> None:
        first, second = names
        if not (first.strip() and second.strip()) or first.casefold() == second.casefold():
            raise JournalError("the two need two different names", remedy="name them: voice-checkin setup")
        ids = self._ids_by_name()
        unnamed = (number for name, number in ids.items() if name not in names)
        for place, name in enumerate(names):
            number = ids[name] if name in ids else next(unnamed, None)  # None: SQLite gives the next number
            self._db.execute(_NAME, (number, place, storable(name)))


def storable(value: str | float | None) -> str | float | None:
    """A value as SQLite can hold it: what the keyboard's encoding couldn't read becomes a question mark."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else value
