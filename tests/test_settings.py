"""Settings that a couple may edit by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from voice_checkin.errors import CheckinError
from voice_checkin.settings import Settings, check_settings, load_settings, save_settings


def test_without_a_file_the_defaults_hold(home: Path) -> None:
    """A first evening needs no settings."""
    assert load_settings(home) == Settings()


def test_what_is_saved_is_loaded(home: Path) -> None:
    """Every choice comes back, and the file is nobody else's."""
    chosen = replace(Settings(), rate=0.9, language="ko", microphone="USB Mic [2]", hour="21:30")
    chosen = replace(chosen, depth="deep", weekly="off", country="GB")
    save_settings(home, chosen)

    assert load_settings(home) == chosen
    assert (home / "settings.toml").stat().st_mode & 0o077 == 0


def test_comments_of_the_couple_stay(home: Path) -> None:
    """Saving changes values, not what was written beside them."""
    save_settings(home, Settings())
    file = home / "settings.toml"
    file.write_text("# ours\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    save_settings(home, replace(Settings(), rate=1.2))

    assert file.read_text(encoding="utf-8").startswith("# ours")
    assert load_settings(home).rate == 1.2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rate = 'fast'", "rate"),
        ("spead = 1", "spead"),
        ("rate =", "Invalid value"),
        ("depth = 'deeper'", "depth: must be one of: light, warm, deep"),
        ("weekly = 'Sunday'", "weekly: must be one of: monday"),
        ("country = 'England'", "country: must be a code of two capital letters"),
    ],
)
def test_a_slip_is_told(home: Path, text: str, told: str) -> None:
    """A wrong value, an unknown key, half a line: told, and left as it is."""
    home.mkdir()
    (home / "settings.toml").write_text(text, encoding="utf-8")

    with pytest.raises(CheckinError, match=told):
        load_settings(home)


def test_a_home_that_can_not_be_written_is_told(home: Path) -> None:
    """A file in the folder's place is a problem with its remedy, and no traceback."""
    home.write_text("", encoding="utf-8")

    with pytest.raises(CheckinError, match="can't be written"):
        save_settings(home, Settings())


def test_saving_leaves_no_second_file(home: Path) -> None:
    """The settings are replaced as a whole: a pulled plug leaves the old ones or the new."""
    save_settings(home, Settings())
    save_settings(home, replace(Settings(), rate=1.2))

    assert [file.name for file in home.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    ("key", "chosen"),
    [
        ("depth", replace(Settings(), depth="abyss")),
        ("weekly", replace(Settings(), weekly="someday")),
        ("country", replace(Settings(), country="gb")),
    ],
)
def test_a_choice_that_there_is_not_is_refused(key: str, chosen: Settings) -> None:
    """What could not be read again is told, and the key is named."""
    with pytest.raises(CheckinError, match=key):
        check_settings(chosen)
