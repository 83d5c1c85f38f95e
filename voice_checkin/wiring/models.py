"""The speech models of this machine: which there are, fetching one, checking all."""

from functools import cache
from pathlib import Path

from voice_checkin.errors import CheckinError, ModelMissing
from voice_checkin.show.console import console, show_models
from voice_checkin.speech.models import Model, find, load_manifest, verify
from voice_checkin.wiring.place import home


@cache
def manifest() -> dict[str, Model]:
    """Every model the program knows, by name."""
    packaged = Path(__file__).parent.parent / "models.toml"
    return load_manifest(packaged if packaged.is_file() else models_folder() / "models.toml")


def models_folder() -> Path:
    """The models/ folder of a checkout; an installed package has none, and finds nothing there."""
    return Path(__file__).parent.parent.parent / "models"


def model_of(engine: str, language: str, here: Path) -> Path | None:
    """The folder of an engine's model of a language, where one is here. Raises `ModelMissing` if damaged."""
    for model in manifest().values():
        if (model.engine, model.language) == (engine, language):
            folder = find(model, here, models_folder())
            if folder:
                return folder
    return None


def list_models() -> None:
    """Show which models there are, and which are here."""
    show_models(console(), [(model.name, _kind(model), _standing(model)) for model in manifest().values()])


def fetch_model(name: str) -> None:
    """Bring one model here: the only code that opens a connection. Raises `ModelMissing`."""
    from voice_checkin.speech.fetch import fetch

    console().print(f"{name} is here: {fetch(_named(name), home())}")


def verify_models(names: tuple[str, ...]) -> None:
    """Check every byte of the models named, or of all that are here. Raises `ModelMissing`."""
    here = home()
    every = manifest().values()
    wanted = [_named(name) for name in names] or [m for m in every if find(m, here, models_folder())]
    for model in wanted:
        verify(model, here, models_folder())
        console().print(f"{model.name}: every file is as the manifest says")
    if not wanted:
        raise ModelMissing("no speech model is here", remedy="run: voice-checkin models fetch vosk-small-en")


def _named(name: str) -> Model:
    if name not in manifest():
        raise CheckinError(f"there is no model {name!r}", remedy=f"choose one of: {', '.join(manifest())}")
    return manifest()[name]


def _kind(model: Model) -> str:
    return f"{model.engine}, {model.language}, {model.bytes / 1e6:.0f} MB, {model.licence}"


def _standing(model: Model) -> str:
    try:
        return "here" if find(model, home(), models_folder()) else f"not here; {model.remedy}"
    except ModelMissing as fault:
        return f"{fault.problem}; {fault.remedy}"
