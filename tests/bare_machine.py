"""A machine made of fakes: a checkout, and a PATH on which every command that matters notes its calls."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHELL = shutil.which("sh")
BORROWED = ("cat", "cksum", "cp", "dirname", "env", "grep", "make", "mkdir", "mktemp", "rm", "tail")
"""The only real commands on it."""

COMMAND = """#!{shell}
echo "${{0##*/}} $*" >>"{calls}"
{body}
"""

# Answers questions about its version as another Python would, and lays out an environment as `venv` does.
PYTHON = """
case "$*" in
    *"-m venv"*)
        mkdir -p .venv/bin
        for name in python pip voice-checkin; do cp "$0" ".venv/bin/$name"; done ;;
    *ensurepip*) exit {ensurepip} ;;
    -c*) exec {real} -c 'import sys; sys.version_info = {version}; exec(sys.argv[1])' "$2" ;;
    *{fails}*) echo "{fails} failed"; exit {code} ;;
esac
"""


@dataclass(frozen=True, slots=True)
class Machine:
    """A Linux where the user is nobody special, in a folder of its own."""

    place: Path

    def __post_init__(self) -> None:
        for folder in ("bin", "checkout/tools", "checkout/models"):
            (self.place / folder).mkdir(parents=True)
        for file in ("Makefile", "tools/set_up.sh", "pyproject.toml", "models/models.toml"):
            shutil.copy(ROOT / file, self.checkout / file)
        for name in BORROWED:
            (self.place / "bin" / name).symlink_to(shutil.which(name) or name)
        self.has("uname", "echo Linux")
        self.has("id", "echo 1000")

    @property
    def checkout(self) -> Path:
        """Where the script, and what it reads, has been copied to."""
        return self.place / "checkout"

    def has(self, name: str, body: str = "") -> None:
        """Put a command on the PATH that notes how it is called and then runs `body`."""
        command = self.place / "bin" / name
        command.write_text(COMMAND.format(shell=SHELL, calls=self.place / "calls", body=body), "utf-8")
        command.chmod(0o755)

    def has_python(
        self,
        name: str = "python3",
        *,
        version: tuple[int, int, int] = (3, 12, 1),
        ensurepip: bool = True,
        fails: str = "nothing",
        code: int = 1,
    ) -> None:
        """Put an interpreter on the PATH. What it installs ends with `code` at the command `fails`."""
        broken = int(not ensurepip)
        body = PYTHON.format(real=sys.executable, version=version, ensurepip=broken, fails=fails, code=code)
        self.has(name, body)

    def has_installed(self, *packages: str) -> None:
        """Make it a Debian where these packages are installed."""
        self.has("apt-get")
        self.has("dpkg-query", f'case "$4" in {"|".join(packages)}) echo installed ;; *) exit 1 ;; esac')

    def set_up(self, purpose: str = "checkin", **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the script as the Makefile does."""
        return self._run(self.checkout / "tools" / "set_up.sh", purpose, **environment)

    def make(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run make in the checkout."""
        return self._run(self.place / "bin" / "make", "-C", str(self.checkout), *arguments)

    def _run(self, command: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [command, *arguments],
            env={"PATH": str(self.place / "bin"), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def called(self, beginning: str) -> list[str]:
        """The calls so far that begin like this, in order."""
        notes = self.place / "calls"
        calls = notes.read_text("utf-8").splitlines() if notes.exists() else []
        return [call for call in calls if call.startswith(beginning)]
