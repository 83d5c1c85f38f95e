"""A keyring in a file, for the tests: `PYTHON_KEYRING_BACKEND=tests.file_keyring.FileKeyring`."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FileKeyring(KeyringBackend):
    """Keeps what it is given in the file that `FILE_KEYRING` names."""

    priority = 9.0

    def get_password(self, service: str, username: str) -> str | None:
        """What was kept."""
        return self._held().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self._write(self._held() | {f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        """Keep it no more."""
        held = self._held()
        if held.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError
        self._write(held)

    def _held(self) -> dict[str, str]:
        file = Path(os.environ["FILE_KEYRING"])
        held: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        return held

    def _write(self, held: dict[str, str]) -> None:
        Path(os.environ["FILE_KEYRING"]).write_text(json.dumps(held))
