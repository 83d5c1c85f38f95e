"""The set-up script and the Makefile, on machines made of fakes: what they install, leave alone, and say."""

from pathlib import Path

import pytest

from tests.bare_machine import SHELL, Machine

pytestmark = pytest.mark.skipif(SHELL is None, reason="Windows is set up by the pip lines of README")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A bare Linux."""
    return Machine(tmp_path)


def test_a_whole_machine_asks_nothing_of_the_package_manager(machine: Machine) -> None:
    """Where every system library is there, the package manager is not called."""
    machine.has_installed("libportaudio2", "espeak-ng")
    machine.has_python()

    done = machine.set_up()

    assert done.returncode == 0, done.stderr
    assert machine.called("apt-get") == []
    assert machine.called("python -m pip install")[0].endswith("--editable .[whisper]")


def test_root_installs_only_what_is_missing(machine: Machine) -> None:
    """Root on Debian gets the missing libraries, and only those, and nothing is removed for them."""
    machine.has("id", "echo 0")
    machine.has_installed("espeak-ng", "pulseaudio")
    machine.has("chromium")
    machine.has_python()

    done = machine.set_up("test")

    assert done.returncode == 0, done.stderr
    update, install = machine.called("apt-get")
    assert update == "apt-get update"
    assert install.endswith(" libportaudio2 libasound2-plugins")
    assert "--no-remove" in install
    assert machine.called("python -m pip install")[0].endswith("--editable .[whisper,piper,test]")


def test_sudo_without_a_password_is_taken(machine: Machine) -> None:
    """Where sudo asks for no password, it installs; it is never asked in a way that could wait."""
    machine.has("sudo", 'shift; "$@"')
    machine.has_installed("libportaudio2")
    machine.has_python()

    done = machine.set_up()

    assert done.returncode == 0, done.stderr
    assert machine.called("apt-get")[-1].endswith(" espeak-ng")
    assert all(call.startswith("sudo -n ") for call in machine.called("sudo"))


def test_a_password_is_left_to_its_owner(machine: Machine) -> None:
    """Where sudo wants a password, the exact command is printed and nothing is installed."""
    machine.has("sudo", "exit 1")
    machine.has_installed("adduser")
    machine.has_python()

    done = machine.set_up()

    assert done.returncode == 1
    assert "    sudo apt-get update && sudo apt-get install -y libportaudio2 espeak-ng\n" in done.stderr
    assert machine.called("apt-get") == []


def test_without_sudo_the_command_is_for_root(machine: Machine) -> None:
    """Where there is no sudo at all, the printed command does not name it."""
    machine.has_installed("libportaudio2")
    machine.has_python()

    done = machine.set_up()

    assert done.returncode == 1
    assert "    su -c 'apt-get update && apt-get install -y espeak-ng'\n" in done.stderr


def test_debians_half_a_venv_is_made_whole(machine: Machine) -> None:
    """A Debian Python that can't bring pip along gets the package that belongs to its version."""
    machine.has("id", "echo 0")
    machine.has_installed("libportaudio2", "espeak-ng")
    machine.has_python(ensurepip=False)

    machine.set_up()

    assert machine.called("apt-get")[-1].endswith(" python3.12-venv")


def test_a_failed_installation_shows_why(machine: Machine) -> None:
    """What a noisy command said is shown where it failed, and the set-up ends there."""
    machine.has("id", "echo 0")
    machine.has_installed("libportaudio2")
    machine.has("apt-get", "echo 'E: Unable to locate package' >&2; exit 100")
    machine.has_python()

    done = machine.set_up()

    assert done.returncode == 1
    assert "E: Unable to locate package" in done.stderr
    assert machine.called("python -m pip") == []


def test_the_tests_get_a_browser(machine: Machine) -> None:
    """Root's machine gets Chromium for the tests, fetched within a limit of time and then installed whole."""
    machine.has("id", "echo 0")
    machine.has("timeout", 'shift; "$@"')
    machine.has_installed("libportaudio2", "espeak-ng", "pulseaudio", "libasound2-plugins")
    machine.has_python()

    done = machine.set_up("test")

    assert done.returncode == 0, done.stderr
    limited = [call.split()[1] for call in machine.called("timeout")]
    assert limited == ["60", "60"]
    fetch, install = machine.called("apt-get -o")
    assert fetch.endswith(" --download-only chromium")
    assert install.endswith(" --no-download chromium")
    assert "--no-remove" in install


def test_no_browser_is_no_failure(machine: Machine) -> None:
    """Where Chromium can't be had, as on Ubuntu, the set-up says so in one line and goes on."""
    machine.has("id", "echo 0")
    machine.has("timeout", 'shift; "$@"')
    machine.has_installed("libportaudio2", "espeak-ng", "pulseaudio", "libasound2-plugins")
    machine.has("apt-get", "echo 'E: Unable to locate package chromium' >&2; exit 100")
    machine.has_python()

    done = machine.set_up("test")

    assert done.returncode == 0, done.stderr
    assert "not tested in a browser. (E: Unable to locate package chromium)\n" in done.stdout
    assert machine.called("python -m pip install")


@pytest.mark.parametrize("purpose", ["test", "checkin"])
def test_nobody_gets_a_browser_unasked(machine: Machine, purpose: str) -> None:
    """A person's own machine, though sudo asks for no password there, is given no browser."""
    machine.has("sudo", 'shift; "$@"')
    machine.has_installed("libportaudio2", "espeak-ng", "pulseaudio", "libasound2-plugins")
    machine.has_python()

    machine.set_up(purpose)

    assert machine.called("apt-get") == []


def test_homebrew_brings_the_libraries_and_a_python(machine: Machine) -> None:
    """On macOS, Homebrew installs what is missing, also a Python where the system's own is too old."""
    machine.has("uname", "echo Darwin")
    machine.has("brew", 'case "$*" in *espeak-ng*) ;; list*) exit 1 ;; esac')
    machine.has_python(version=(3, 9, 6))

    machine.set_up()

    assert machine.called("brew install") == ["brew install portaudio python@3.13"]


def test_a_mac_without_homebrew_is_told(machine: Machine) -> None:
    """Without Homebrew the exact command is printed and the set-up stops."""
    machine.has("uname", "echo Darwin")
    machine.has_python()

    done = machine.set_up()

    assert done.returncode == 1
    assert "    brew install portaudio espeak-ng\n" in done.stderr


def test_another_linux_is_told_its_own_command(machine: Machine) -> None:
    """A package manager that is not Debian's is named but not called."""
    machine.has("dnf")
    machine.has("ldconfig", "echo libsndfile.so.1")
    machine.has_python()

    done = machine.set_up()

    assert done.returncode == 1
    assert "    sudo dnf install espeak-ng portaudio\n" in done.stderr
    assert machine.called("dnf") == []


@pytest.mark.parametrize("version", [(3, 10, 13), (3, 14, 0)])
def test_no_python_in_range_is_one_calm_line(machine: Machine, version: tuple[int, int, int]) -> None:
    """A Python too old or too new is not used: what is needed is said, and the set-up stops."""
    machine.has_installed("libportaudio2", "espeak-ng")
    machine.has_python(version=version)

    done = machine.set_up()

    assert done.returncode == 1
    assert "Set-up: Python 3.11, 3.12 or 3.13 is needed" in done.stderr
    assert "Traceback" not in done.stderr
    assert machine.called("python3 -m venv") == []


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 9)])
def test_a_python_in_range_is_found_behind_one_that_is_not(
    machine: Machine, version: tuple[int, int, int]
) -> None:
    """An interpreter is judged by its own answer, not by its name."""
    machine.has_installed("libportaudio2", "espeak-ng")
    machine.has_python("python3", version=(3, 9, 2))
    machine.has_python("python3.12", version=version)

    done = machine.set_up()

    assert done.returncode == 0, done.stderr
    assert machine.called("python3.12 -m venv")


def test_a_second_run_does_nothing(machine: Machine) -> None:
    """Once set up, the script says nothing and installs nothing; another pyproject.toml wakes it."""
    machine.has_installed("libportaudio2", "espeak-ng")
    machine.has_python()
    machine.set_up()

    again = machine.set_up()

    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert len(machine.called("python -m pip install")) == 1
    with (machine.checkout / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write("# changed\n")
    machine.set_up()
    assert len(machine.called("python -m pip install")) == 2


def test_a_model_out_of_reach_is_no_failure(machine: Machine) -> None:
    """Vosk's model is tried once; where its site is out of reach the set-up says so and goes on."""
    machine.has_installed("libportaudio2", "espeak-ng")
    machine.has_python(fails="fetch")

    done = machine.set_up()

    assert done.returncode == 0, done.stderr
    assert "Set-up: no Vosk model for now, so Whisper listens. (fetch failed)\n" in done.stdout
    machine.set_up()
    assert len(machine.called("voice-checkin models fetch")) == 1


def test_continuous_integration_fetches_no_model(machine: Machine) -> None:
    """Where CI is set, no model is fetched from its site; those that packages carry are checked."""
    machine.has_installed("libportaudio2", "espeak-ng")
    machine.has_python()

    machine.set_up(CI="true")

    assert machine.called("voice-checkin") == ["voice-checkin models verify"]


def test_a_wrong_model_stops_the_set_up(machine: Machine) -> None:
    """A model that is not what the manifest names ends the set-up, which is then not taken for done."""
    machine.has_installed("libportaudio2", "espeak-ng")
    machine.has_python(fails="verify")

    assert machine.set_up().returncode == 1
    assert machine.set_up().returncode == 1


def test_make_checkin_holds_tonights_evening(machine: Machine) -> None:
    """After the set-up, tonight's check-in is held with the arguments it was given, and no demo."""
    machine.has_installed("libportaudio2", "espeak-ng")
    machine.has_python()

    done = machine.make("checkin", "ARGS=--short --language ko")

    assert done.returncode == 0, done.stderr
    assert machine.called("voice-checkin tonight") == ["voice-checkin tonight --short --language ko"]
    assert machine.called("voice-checkin demo") == []


def test_where_nobody_can_answer_the_demo_is_played(machine: Machine) -> None:
    """Where there is neither microphone nor terminal (code 3), make says so and plays the demo."""
    machine.has_installed("libportaudio2", "espeak-ng")
    machine.has_python(fails="tonight", code=3)

    done = machine.make("checkin")

    assert done.returncode == 0, done.stderr
    assert "a demo evening is played instead" in done.stdout
    assert machine.called("voice-checkin demo") == ["voice-checkin demo"]


@pytest.mark.parametrize("code", [1, 2, 130])
def test_any_other_end_is_passed_on(machine: Machine, code: int) -> None:
    """A problem or an interruption is no reason for a demo: make fails, and names the code."""
    machine.has_installed("libportaudio2", "espeak-ng")
    machine.has_python(fails="tonight", code=code)

    done = machine.make("checkin")

    assert done.returncode != 0
    assert f"Error {code}" in done.stderr
    assert machine.called("voice-checkin demo") == []


def test_make_test_hands_on_its_arguments(machine: Machine) -> None:
    """`make test ARGS=...` sets up for the tests, then runs pytest with these arguments."""
    machine.has_installed("libportaudio2", "espeak-ng", "pulseaudio", "libasound2-plugins")
    machine.has_python()

    done = machine.make("test", "ARGS=-k turns")

    assert done.returncode == 0, done.stderr
    assert machine.called("python -m pytest") == ["python -m pytest -k turns"]
