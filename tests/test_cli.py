"""The command line as it is promised: commands, exit codes, formats, and the README's own examples."""

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.product import run, typed
from voice_checkin.cli import cli
from voice_checkin.settings import Settings, load_settings

README = Path(__file__).parent.parent / "README.md"
EVENING = """You made tea
thank you
you smiled
that is nice
no
Yes, I shouted at you
I will be more careful
it is fine
the cat
skip this one
let us dance
I'd love to
no day
four
5
"""


def commands(
    group: click.Group = cli, before: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it, groups included."""
    found: list[tuple[tuple[str, ...], click.Command]] = []
    for name, command in group.commands.items():
        found.append(((*before, name), command))
        if isinstance(command, click.Group):
            found += commands(command, (*before, name))
    return found


@pytest.mark.parametrize(
    ("words", "command"), commands(), ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_command_has_help_with_an_example(words: tuple[str, ...], command: click.Command) -> None:
    """Whoever asks a command for help gets an example that begins with the program's name."""
    assert command.help
    assert re.search(r"Example: .*voice-checkin", command.epilog or ""), words


def test_every_command_of_the_readme_is_one() -> None:
    """The README names no command, and no option, that isn't there."""
    known = {" ".join(words): command for words, command in commands()}
    known[""] = known["tonight"]
    for line in re.findall(r"^\| `voice-checkin.*$", README.read_text(encoding="utf-8"), re.MULTILINE):
        called, *_ = re.findall(r"`voice-checkin ?([a-z ]*)", line)
        words = called.split()
        name = next(" ".join(words[:n]) for n in (2, 1, 0) if " ".join(words[:n]) in known)
        options = {"--help", *(option for parameter in known[name].params for option in parameter.opts)}
        assert set(re.findall(r"--[a-z-]+", line)) <= options, line


def test_tonight_is_the_default(home: Path) -> None:
    """Without a command, or with options only, tonight's check-in is held."""
    ended = run(home, "--ear", "keyboard", "--voice", "printed", "--short", given=EVENING)

    assert ended.code == 0
    assert ended.output.count("[share]") == 3


def test_an_evening_is_kept_as_the_format_says(home: Path) -> None:
    """`export json` has the keys that other programs rely on, and holds what was said."""
    run(home, "setup", "--names", "Alex", "Sam", "--yes")
    assert typed(home, EVENING).code == 0

    export = json.loads(run(home, "export", "json", "-").output)
    assert (export["format"], export["partners"]) == ("voice-checkin/1", ["Alex", "Sam"])
    (night,) = export["nights"]
    assert list(night) == ["night", "started_at", "ended_at", "completed", "tip", "answers", "plans"]
    assert night["completed"] is True
    assert list(night["answers"][0]) == ["question", "partner", "meaning", "value", "said", "at"]
    assert [(a["question"], a["meaning"]) for a in night["answers"]] == [
        ("appreciation.share", "share"),
        ("appreciation.reply", "thanks"),
        ("appreciation.share", "share"),
        ("appreciation.reply", "share"),
        ("apology.owed", "no"),
        ("apology.owed", "yes"),
        ("apology.say", "share"),
        ("apology.repair", "share"),
        ("apology.answer", "share"),
        ("laugh.share", "share"),
        ("laugh.share", "skip"),
        ("new.plan", "share"),
        ("new.agree", "yes"),
        ("new.day", "nothing"),
        ("closeness.rating", "rating"),
        ("closeness.rating", "rating"),
    ]
    assert night["plans"][0]["said"] == "let us dance"


def test_an_export_comes_back_the_same(home: Path, tmp_path: Path) -> None:
    """`import json` into an empty home gives the same nights."""
    typed(home, EVENING)
    exported = run(home, "export", "json", "-").output
    elsewhere = tmp_path / "elsewhere"

    assert "1 nights added" in run(elsewhere, "import", "json", "-", given=exported).output
    assert run(elsewhere, "export", "json", "-").output == exported


def test_an_evening_that_broke_off_goes_on(home: Path) -> None:
    """The lines end in mid-evening; the next evening asks the very next question."""
    typed(home, "You made tea\nthank you\n")
    again = typed(home, "you smiled\n")

    export = json.loads(run(home, "export", "json", "-").output)
    assert again.code == 0
    assert [a["question"] for a in export["nights"][0]["answers"]] == [
        "appreciation.share",
        "appreciation.reply",
        "appreciation.share",
    ]


@pytest.mark.parametrize(
    ("expects", "sentence", "meaning", "value"),
    [
        ("yes_no", "Yes, I shouted at you this morning", "yes", "I shouted at you this morning"),
        ("yes_no", "I don't know", "unsure", None),
        ("yes_no", "the weather was nice", None, None),
        ("story", "You held my hand when I had to stop the car", "share", None),
        ("rating", "three out of five", "rating", 3),
        ("plan", "let's go dancing", "share", None),
    ],
)
def test_understand_writes_one_object_a_line(
    home: Path, expects: str, sentence: str, meaning: str | None, value: object
) -> None:
    """`understand` has five keys; what is unclear has no meaning."""
    told = json.loads(run(home, "understand", "--expects", expects, given=f"{sentence}\n").output)

    assert list(told) == ["text", "meaning", "value", "score", "runner_up"]
    assert (told["text"], told["meaning"], told["value"]) == (sentence, meaning, value)


def test_understand_says_why(home: Path) -> None:
    """On request the rule that decided is told, in words."""
    told = json.loads(run(home, "understand", "--why", given="beats me\n").output)

    assert (told["meaning"], told["why"]) == ("unsure", "the whole utterance is a phrase")


def test_the_tip_is_the_same_all_day_and_another_is_another(home: Path) -> None:
    """The tip of the day stays; `--another` gives one that was not heard yet."""
    first = run(home, "tip", "--printed").output

    assert first == run(home, "tip", "--printed").output
    assert run(home, "tip", "--printed", "--another").output != first


def test_wrong_usage_ends_with_2(home: Path) -> None:
    """A wrong option is told by click, with code 2."""
    assert run(home, "tonight", "--no-such-option").code == 2


def test_setup_keeps_depth_weekly_look_and_country(home: Path) -> None:
    """What is chosen is kept, a code in capitals; the rest stays, and a country can be taken back."""
    assert run(home, "setup", "--depth", "deep", "--weekly", "friday", "--country", "gb", "--yes").code == 0
    chosen = load_settings(home)
    assert (chosen.depth, chosen.weekly, chosen.country) == ("deep", "friday", "GB")

    assert run(home, "setup", "--weekly", "off", "--country", "", "--yes").code == 0
    chosen = load_settings(home)
    assert (chosen.depth, chosen.weekly, chosen.country) == ("deep", "off", "")


@pytest.mark.parametrize(
    ("option", "slip", "code"), [("--depth", "abyss", 2), ("--weekly", "someday", 2), ("--country", "Oz!", 1)]
)
def test_setup_refuses_what_there_is_not(home: Path, option: str, slip: str, code: int) -> None:
    """The option is named in words, and nothing is kept."""
    ended = run(home, "setup", option, slip, "--yes")

    assert ended.code == code
    assert option.removeprefix("--") in ended.errors
    assert load_settings(home) == Settings()


def test_an_interrupted_evening_ends_with_130_and_keeps_what_was_said(home: Path) -> None:
    """Ctrl-C is told calmly, and the answer before it is kept."""
    product = subprocess.Popen(
        [sys.executable, "-m", "voice_checkin", "tonight", "--ear", "keyboard", "--voice", "printed"],
        env={"VOICE_CHECKIN_HOME": str(home), "PATH": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert product.stdin
    assert product.stdout
    product.stdin.write("You made tea\n")
    product.stdin.flush()
    while "[share]" not in product.stdout.readline():
        pass
    while "»" not in product.stdout.readline():  # what is said after an answer was kept
        pass
    product.send_signal(2)
    _, errors = product.communicate(timeout=30)

    assert product.returncode == 130
    assert "kept" in errors
    answers = json.loads(run(home, "export", "json", "-").output)["nights"][0]["answers"]
    assert [a["said"] for a in answers] == ["You made tea"]


def test_subtitles_appear_as_they_happen(home: Path) -> None:
    """In a pipe, too, each line is there as soon as it is said."""
    product = subprocess.Popen(
        [sys.executable, "-m", "voice_checkin", "--ear", "keyboard", "--voice", "printed"],
        env={"VOICE_CHECKIN_HOME": str(home), "PATH": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert product.stdout
    lines = [product.stdout.readline() for _ in range(4)]
    product.communicate("", timeout=30)

    assert sum(line.startswith("»") for line in lines) == 2
