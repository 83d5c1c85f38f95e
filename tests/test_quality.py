"""The source keeps the style and the types that pyproject.toml sets down."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def complaints(*module: str) -> str:
    """Run a checker on the checkout and return what it has to say; "" where it is content."""
    check = subprocess.run(
        [sys.executable, "-m", *module], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return "" if check.returncode == 0 else check.stdout + check.stderr


def test_ruff_is_content() -> None:
    """Every rule of ruff is kept, but for the exceptions that pyproject.toml gives reasons for."""
    assert complaints("ruff", "check", ".") == ""


def test_the_format_is_ruffs() -> None:
    """Every file is as ruff formats it."""
    assert complaints("ruff", "format", "--check", ".") == ""


@pytest.mark.timeout(600)  # without a cache, mypy reads numpy's types first
def test_mypy_is_content() -> None:
    """Every type is declared and holds, in the package, the tests and the benchmarks (`--strict`)."""
    assert complaints("mypy") == ""


def test_a_complaint_is_heard() -> None:
    """A checker that finds something, or is not installed, does not pass for content."""
    assert "No module named" in complaints("no_such_checker")
    assert "does_not_exist" in complaints("mypy", "does_not_exist.py")
