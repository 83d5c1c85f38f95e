"""Both kinds of install, each tried from outside of the checkout: a wheel, and an editable one."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OFFLINE = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check")
"""What the package needs, and what builds it, is lent by the environment that the tests run in."""


@dataclass(frozen=True, slots=True)
class Install:
    """An environment of its own into which the package was installed, and a folder to run it from."""

    scripts: Path
    elsewhere: Path

    def run(self, *command: str, text: str = "") -> str:
        """Run an installed command with `text` as its input; return what it prints."""
        done = subprocess.run(
            [self.scripts / command[0], *command[1:]],
            cwd=self.elsewhere,
            env=self._environment(),
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _environment(self) -> Mapping[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return kept | {"VOICE_CHECKIN_HOME": str(self.elsewhere / "home")}


@pytest.fixture(scope="module", params=["wheel", "editable"])
def install(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Install:
    """The package, installed in a fresh environment in one of the two ways."""
    place = tmp_path_factory.mktemp(request.param)
    venv.create(place / "env", with_pip=False)
    scripts = place / "env" / ("Scripts" if os.name == "nt" else "bin")
    lend_libraries(place / "env")
    pip = (sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install", *OFFLINE)
    if request.param == "wheel":
        build = (sys.executable, "-m", "pip", "wheel", *OFFLINE, "--wheel-dir", str(place), str(ROOT))
        subprocess.run(build, check=True)
        [wheel] = place.glob("voice_checkin-*.whl")
        subprocess.run([*pip, str(wheel)], check=True)
    else:
        subprocess.run([*pip, "--editable", str(ROOT)], check=True)
    (place / "elsewhere").mkdir()
    return Install(scripts, place / "elsewhere")


def lend_libraries(environment: Path) -> None:
    """Let a fresh environment see the libraries of this one, but not the package itself.

    A folder named in a .pth file comes after the environment's own, and the .pth files in it, by which
    an editable package would be seen, are not read.
    """
    [site_packages] = environment.glob("[Ll]ib/**/site-packages")
    (site_packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")


def test_the_command_is_there(install: Install) -> None:
    """The command answers, also as a module, and comes from this install and from no other."""
    assert "tonight" in install.run("voice-checkin", "--help")
    assert "tonight" in install.run("python", "-m", "voice_checkin", "--help")
    found = Path(install.run("python", "-c", "import voice_checkin; print(voice_checkin.__file__)").strip())
    is_wheel = install.scripts.parent in found.parents
    assert is_wheel != (ROOT in found.parents)


def test_the_manifest_is_found(install: Install) -> None:
    """The models are known by name wherever the command is started."""
    assert "vosk-small-en" in install.run("voice-checkin", "models", "list")


def test_the_words_are_found(install: Install) -> None:
    """The content came along: a sentence is understood wherever the command is started."""
    answer = install.run("voice-checkin", "understand", "--expects", "yes_no", text="of course\n")

    assert json.loads(answer)["meaning"] == "yes"


def test_what_it_is_called_and_needs(install: Install) -> None:
    """The install knows its version and the Pythons it runs on."""
    script = "from importlib.metadata import metadata; print(metadata('voice-checkin')['Requires-Python'])"

    assert set(install.run("python", "-c", script).strip().split(",")) == {">=3.11", "<3.14"}
