"""What the disk is asked for beyond SQLite: files that are there whole or not at all, and bytes that go."""

import os
from contextlib import suppress
from pathlib import Path

_CHUNK = bytes(1 << 16)


def sync(place: Path) -> None:
    """Have a file's bytes, or a folder's names, on the disk when this returns."""
    if place.is_dir() and os.name != "posix":  # elsewhere a folder can't be opened; its names are safe anyway
        return
    held = os.open(place, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def put(fresh: Path, place: Path) -> None:
    """Put a file, whose bytes are on the disk already, in another's place; always one of them is there."""
    fresh.replace(place)
    sync(place.parent)


def write_whole(place: Path, content: bytes) -> None:
    """Write a file for its owner alone; at any moment it is as it was or as it is to be."""
    fresh = place.with_name(f"{place.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
    sync(fresh)
    put(fresh, place)


def scrub(place: Path) -> None:
    """Overwrite a file and remove it. Bytes that another name still holds are not touched.

    On an SSD, and on file systems that write elsewhere instead of over, old blocks may outlive this.
    """
    with suppress(FileNotFoundError), place.open("r+b", buffering=0) as held:
        told = os.fstat(held.fileno())
        if told.st_nlink == 1:
            for start in range(0, told.st_size, len(_CHUNK)):
                held.write(_CHUNK[: told.st_size - start])
            os.fsync(held.fileno())
    place.unlink(missing_ok=True)
