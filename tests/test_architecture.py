"""The house rules, executed on the source of the package, and each proved on snippets that break it."""

import ast
import subprocess
import sys

import pytest

from tests.house_rules import (
    FOLDER,
    PACKAGE,
    RULES,
    Rule,
    Source,
    decides_purely,
    has_a_place,
    homes,
    imports_late,
    is_told_the_world,
    leans_on_one_library,
    loads_without_acting,
    points_inward,
    prints_nothing,
    product,
    stays_offline,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_product_keeps_the_rule(rule: Rule) -> None:
    """No file of the package breaks this rule."""
    assert [f"{source.name}, {fault}" for source in product() for fault in rule(source)] == []


def test_each_library_lives_in_one_file() -> None:
    """Each outside library is named in exactly one file, so that replacing it changes one file."""
    libraries = homes(product())

    assert {library: files for library, files in libraries.items() if len(files) > 1} == {}
    assert {"click", "sounddevice", "vosk"} <= libraries.keys(), "the files were not read"


LOADING = """
import sys
before = set(sys.modules)
import voice_checkin.cli
print(*{name.partition(".")[0] for name in set(sys.modules) - before} - sys.stdlib_module_names)
"""


def test_the_command_loads_nothing_heavy() -> None:
    """Loading the command loads no library from outside but two small ones, so `--help` answers at once."""
    loading = subprocess.run(
        [sys.executable, "-c", LOADING], cwd=FOLDER.parent, capture_output=True, text=True, check=True
    )

    loaded = set(loading.stdout.split())
    assert {PACKAGE, "click"} <= loaded <= {PACKAGE, "click", "rapidfuzz"}


BROKEN: tuple[tuple[Rule, str, str], ...] = (
    (has_a_place, "utils", ""),
    (points_inward, "evening.session", "from voice_checkin.speech import turns"),
    (points_inward, "evening.session", "from voice_checkin import wiring"),
    (points_inward, "speech.turns", "def keep():\n    from voice_checkin.journal.store import Store"),
    (points_inward, "journal.export", "import voice_checkin.show.page"),
    (points_inward, "show.console", "from voice_checkin.cli import main"),
    (points_inward, "speech.turns", "import importlib\nimportlib.import_module('voice_checkin.show')"),
    (points_inward, "speech.turns", "from ..journal import store"),
    (points_inward, "errors", "from voice_checkin.evening.model import Meaning"),
    (decides_purely, "evening.tips", "from pathlib import Path"),
    (decides_purely, "evening.tips", "def tip():\n    import random"),
    (decides_purely, "evening.tips", "import numpy"),
    (decides_purely, "evening.tips", "def tip():\n    return open('tips.toml')"),
    (imports_late, "speech.microphone", "import sounddevice"),
    (imports_late, "speech.microphone", "try:\n    import sounddevice\nexcept OSError:\n    pass"),
    (imports_late, "speech.microphone", "class Microphone:\n    import sounddevice"),
    (imports_late, "wiring", "import click"),
    (leans_on_one_library, "speech.ear", "def a():\n    import vosk\ndef b():\n    import soxr"),
    (leans_on_one_library, "show.page", "def page():\n    import numpy"),
    (prints_nothing, "speech.turns", "def hear():\n    print('speech')"),
    (prints_nothing, "wiring", "import sys as system\nsystem.stderr.write('done')"),
    (stays_offline, "speech.models", "import socket"),
    (stays_offline, "cli", "def fetch():\n    from urllib.request import urlopen"),
    (is_told_the_world, "journal.store", "from datetime import datetime as dt\nat = dt.now()"),
    (is_told_the_world, "journal.store", "import datetime\nat = datetime.date.today()"),
    (is_told_the_world, "evening.session", "import time\nclock = time.time"),
    (is_told_the_world, "show.aloud", "from random import choice\nchoice([1])"),
    (is_told_the_world, "journal.store", "from pathlib import Path\nhome = Path.home() / 'journal'"),
    (loads_without_acting, "speech.models", "import logging\nlogging.basicConfig()"),
    (loads_without_acting, "speech.models", "for model in ():\n    pass"),
)

KEPT: tuple[tuple[Rule, str, str], ...] = (
    (
        points_inward,
        "wiring",
        "from voice_checkin.speech import turns\nfrom voice_checkin import __version__",
    ),
    (decides_purely, "evening.meanings", "from rapidfuzz import fuzz\nfrom datetime import date"),
    (imports_late, "speech.ear", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import numpy"),
    (imports_late, "speech.ear", "def hear():\n    import vosk"),
    (leans_on_one_library, "speech.ear", "def hear():\n    import numpy, vosk"),
    (prints_nothing, "show.console", "print('good evening')"),
    (stays_offline, "speech.fetch", "def fetch():\n    import pooch"),
    (is_told_the_world, "evening.session", "def at(clock):\n    return clock.now()"),
    (loads_without_acting, "evening.tips", '"""Tips."""\nimport re\nWORD = re.compile("tip")'),
)


@pytest.mark.parametrize(("rule", "name", "text"), BROKEN)
def test_a_broken_rule_is_found(rule: Rule, name: str, text: str) -> None:
    """A file that breaks the rule is found."""
    assert list(rule(Source(name, ast.parse(text))))


@pytest.mark.parametrize(("rule", "name", "text"), KEPT)
def test_a_kept_rule_finds_nothing(rule: Rule, name: str, text: str) -> None:
    """A file that keeps the rule is left alone."""
    assert list(rule(Source(name, ast.parse(text)))) == []


def test_every_rule_is_proved() -> None:
    """No rule goes without a snippet that breaks it."""
    assert {rule for rule, _, _ in BROKEN} == set(RULES)


def test_a_library_in_two_files_is_found() -> None:
    """A library that has crept into a second file is found, whichever way it is imported."""
    first = Source("speech.a", ast.parse("def a():\n    import vosk"))
    second = Source("speech.b", ast.parse("def b():\n    from vosk import Model"))

    assert homes([first, second]) == {"vosk": {"speech.a", "speech.b"}}
