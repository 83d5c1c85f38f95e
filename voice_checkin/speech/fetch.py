"""Brings a model here, on request. The only file of the product that opens a connection; by pooch."""

import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from voice_checkin.errors import ModelMissing
from voice_checkin.speech.models import Archive, Model, note_files

CONNECT_S = 5.0
"""No answer for so long, from the address or in the middle of the file, is no connection."""


def fetch(model: Model, home: Path, *, progress: bool = True, timeout_s: float = CONNECT_S) -> Path:
    """Bring a model to HOME/models/NAME, in place of one already there, and return that folder.

    A zip already in HOME/models, carried there by hand, saves the download. `progress` shows a bar
    on standard error. Raises `ModelMissing` where the model comes as a package, the address is out of
    reach, or what came is not the zip of the manifest; then nothing is left behind.
    """
    if model.archive is None:
        raise ModelMissing(f"{model.name} comes as a Python package", remedy=model.remedy)
    models = home / "models"
    models.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".arriving-", dir=models) as scratch:
        carried = models / _zip_name(model.archive)
        zipped = (
            carried
            if _is_whole(carried, model.archive)
            else _download(model, model.archive, Path(scratch), progress=progress, timeout_s=timeout_s)
        )
        unpacked = _unpack(zipped, Path(scratch) / "unpacked", model)
        note_files(unpacked, models / model.name)
        return _settle(unpacked, models / model.name, Path(scratch))


def _is_whole(carried: Path, archive: Archive) -> bool:
    import pooch

    return carried.is_file() and pooch.file_hash(str(carried)) == archive.sha256


def _download(model: Model, archive: Archive, to: Path, *, progress: bool, timeout_s: float) -> Path:
    import pooch

    pooch.get_logger().setLevel("ERROR")  # what it would tell is told by us
    by_http = pooch.HTTPDownloader(progressbar=progress, timeout=timeout_s)
    zip_name, host = _zip_name(archive), archive.url.split("/")[2]
    try:
        return Path(pooch.retrieve(archive.url, f"sha256:{archive.sha256}", zip_name, to, downloader=by_http))
    except OSError as fault:  # every failure of a connection is one, also in the library below pooch
        raise ModelMissing(
            f"{model.name} can't be fetched: {host} is out of reach, or no longer has it",
            remedy=f"try again later, or put {zip_name} into {to.parent} and run this again",
        ) from fault
    except ValueError as fault:
        raise ModelMissing(
            f"what came from {host} is not the {model.name} of the manifest; it was thrown away",
            remedy="try again later",
        ) from fault


def _zip_name(archive: Archive) -> str:
    return archive.url.rpartition("/")[2]


def _unpack(archive: Path, folder: Path, model: Model) -> Path:
    """Unpack a zip and return the one folder in it. A member that points out of `folder` is refused."""
    try:
        with zipfile.ZipFile(archive) as zipped:
            for member in zipped.namelist():
                if not (folder / member).resolve().is_relative_to(folder.resolve()):
                    raise _not_a_model(model)
            zipped.extractall(folder)
    except zipfile.BadZipFile as fault:
        raise _not_a_model(model) from fault
    inside = [path for path in folder.iterdir() if path.is_dir()]
    if len(inside) != 1:
        raise _not_a_model(model)
    return inside[0]


def _not_a_model(model: Model) -> ModelMissing:
    return ModelMissing(
        f"the zip of {model.name} is not a model's", remedy="restore the manifest models/models.toml"
    )


def _settle(unpacked: Path, place: Path, scratch: Path) -> Path:
    """Move the folder to its place at once: a power cut leaves the old one, none or the new, never half."""
    if place.exists():
        place.rename(scratch / "replaced")
    return unpacked.rename(place)
