import hashlib
import os
import sys
from pathlib import Path

import pytest

from voice_checkin.errors import ContentError, ModelMissing
from voice_checkin.speech.models import Model, ModelFile, Package, find, load_manifest, verify

MANIFEST = Path(__file__).resolve().parents[2] / "models" / "models.toml"
NOWHERE = Path("no/such/folder")


def tiny(**files: str) -> Model:
    """A model of these files, carried by a package that is not installed."""
    return Model(
        engine="vosk",
        language="en",
        licence="MIT",
        source="here",
        package=Package("tiny-models==1", "tiny_models_not_installed", "model"),
        files={n: ModelFile(len(t), hashlib.sha256(t.encode()).hexdigest()) for n, t in files.items()},
        name="tiny",
    )


def lay(folder: Path, **files: str) -> Path:
    """Write these files below `folder`/tiny, whole seconds after any earlier ones."""
    place = folder / "tiny"
    place.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        newer = (place / name).stat().st_mtime + 1 if (place / name).exists() else None
        (place / name).write_text(text)
        if newer:
            os.utime(place / name, (newer, newer))
    return place


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A couple's folder."""
    return tmp_path / "home"


def test_the_manifest_names_every_model_with_its_licence_and_bytes() -> None:
    """Each entry of models.toml says who may use it, how big it is, and how its bytes are known."""
    models = load_manifest(MANIFEST)

    assert set(models) == {"vosk-small-en", "vosk-small-ko", "whisper-tiny-en", "piper-joe-en"}
    assert models["vosk-small-en"].bytes == 41_205_931
    for model in models.values():
        assert model.engine in {"vosk", "whisper", "piper"}
        assert model.licence
        assert model.bytes > 1_000_000
        hashes = [file.sha256 for file in model.files.values()]
        if model.archive:
            hashes.append(model.archive.sha256)
        assert hashes
        assert all(len(sha256) == 64 for sha256 in hashes)


@pytest.mark.parametrize("name", ["vosk-small-ko", "whisper-tiny-en", "piper-joe-en"])
def test_a_package_carries_the_model_of_the_manifest(name: str, home: Path) -> None:
    """The model in an installed package is found without importing it, and is the manifest's to the byte."""
    model = load_manifest(MANIFEST)[name]
    folder = find(model, home, NOWHERE)
    if folder is None:
        pytest.skip(f"{name} is not installed ({model.remedy})")

    assert model.package is not None
    assert model.package.module not in sys.modules
    assert verify(model, home, NOWHERE) == folder


BROKEN = {
    "missing key": ('[m]\nengine = "vosk"', "m.language: missing key"),
    "unknown key": (
        '[m]\nengin = "x"\nengine="x"\nlanguage="en"\nlicence="MIT"\nsource="s"',
        "unknown key 'engin'",
    ),
    "wrong type": ('[m]\nengine = 3\nlanguage="en"\nlicence="MIT"\nsource="s"', "m.engine: must be a text"),
    "no bytes": ('[m]\nengine="vosk"\nlanguage="en"\nlicence="MIT"\nsource="s"', "m: needs an archive"),
    "no TOML": ("[m", "at the end of a table"),
    "no table": ("m = 3", "m: must be a table"),
}


@pytest.mark.parametrize(("text", "fault"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_manifest_names_file_and_key(text: str, fault: str, tmp_path: Path) -> None:
    """What is wrong in the manifest is told with its place."""
    path = tmp_path / "models.toml"
    path.write_text(text)

    with pytest.raises(ContentError) as told:
        load_manifest(path)

    assert str(path) in told.value.problem
    assert fault in told.value.problem


def test_no_manifest_is_told(tmp_path: Path) -> None:
    """Where the manifest itself is gone, its path is named."""
    with pytest.raises(ContentError, match=r"models\.toml"):
        load_manifest(tmp_path / "models.toml")


def test_the_home_comes_before_the_checkout(home: Path, tmp_path: Path) -> None:
    """A couple's own copy is taken first, then the checkout's; with neither there is none."""
    model = tiny(am="sounds")
    checkout = tmp_path / "checkout"

    assert find(model, home, checkout) is None
    lay(checkout, am="sounds")
    assert find(model, home, checkout) == checkout / "tiny"
    lay(home / "models", am="sounds")
    assert find(model, home, checkout) == home / "models" / "tiny"


def test_a_truncated_file_is_named_with_its_cure(home: Path) -> None:
    """A model cut short is refused before an engine can stumble over it."""
    place = lay(home / "models", am="sou")

    with pytest.raises(ModelMissing) as told:
        find(tiny(am="sounds"), home, NOWHERE)

    assert told.value.problem == f"the model tiny is damaged: {place / 'am'} has 3 bytes instead of 6"
    assert told.value.remedy == "run: pip install --force-reinstall tiny-models==1"


def test_an_absent_file_is_named(home: Path) -> None:
    """A model without one of its files is refused."""
    lay(home / "models", am="sounds")

    with pytest.raises(ModelMissing, match=r"lacks .*words"):
        find(tiny(am="sounds", words="yes"), home, NOWHERE)


def test_other_bytes_of_the_same_size_are_noticed(home: Path) -> None:
    """A file of the right size and the wrong content is refused when it arrives."""
    lay(home / "models", am="noises")

    with pytest.raises(ModelMissing, match="am differs"):
        find(tiny(am="sounds"), home, NOWHERE)


def test_a_file_that_changed_is_checked_again(home: Path) -> None:
    """A model found right once is checked again as soon as one of its files was written to."""
    model = tiny(am="sounds")
    lay(home / "models", am="sounds")
    find(model, home, NOWHERE)
    lay(home / "models", am="noises")

    with pytest.raises(ModelMissing, match="am differs"):
        find(model, home, NOWHERE)


def test_what_was_verified_is_remembered_and_a_full_check_is_not_fooled(home: Path) -> None:
    """Hashes are computed once for the same files; `verify` computes them whatever is remembered."""
    model = tiny(am="sounds")
    place = lay(home / "models", am="sounds")
    find(model, home, NOWHERE)
    before = (place / "am").stat()
    (place / "am").write_text("noises")
    os.utime(place / "am", ns=(before.st_atime_ns, before.st_mtime_ns))  # as a failing disk would

    assert find(model, home, NOWHERE) == place
    with pytest.raises(ModelMissing, match="am differs"):
        verify(model, home, NOWHERE)


def test_a_garbled_memory_costs_a_check_and_nothing_else(home: Path) -> None:
    """A broken verified.json is written anew."""
    place = lay(home / "models", am="sounds")
    (home / "models" / "verified.json").write_text("{")

    assert find(tiny(am="sounds"), home, NOWHERE) == place


def test_an_unpacked_folder_of_unknown_files_is_refused(home: Path) -> None:
    """A folder put there by hand, of which no hash is known, is not trusted."""
    model = load_manifest(MANIFEST)["vosk-small-en"]
    (home / "models" / "vosk-small-en").mkdir(parents=True)

    with pytest.raises(ModelMissing) as told:
        find(model, home, NOWHERE)

    assert told.value.remedy == "run: voice-checkin models fetch vosk-small-en"


def test_verifying_what_is_not_here_says_how_to_get_it(home: Path) -> None:
    """A model that is nowhere is told with what brings it here."""
    with pytest.raises(ModelMissing, match="tiny is not on this machine"):
        verify(tiny(am="sounds"), home, NOWHERE)
