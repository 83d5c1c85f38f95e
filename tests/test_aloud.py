"""Looking back aloud, and agreeing aloud, by keyboard and in print: one answer a line."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from tests.product import Ended, run
from tests.weeks import CHAPTERS, HARM, KIND, NAMES, week
from voice_checkin.content import content_folder
from voice_checkin.journal.exchange import nights_as_json

PRINTED = ("--aloud", "--ear", "keyboard", "--voice", "printed")


@pytest.fixture
def kept(home: Path) -> Path:
    """A home with a week of evenings, the last one today."""
    nights = nights_as_json(NAMES, week(datetime.now().astimezone().date()))
    assert run(home, "import", "json", "-", given=nights).code == 0
    return home


def said(ended: Ended) -> list[str]:
    """What the product said, line by line."""
    return [line.removeprefix("» ") for line in ended.output.splitlines() if line.startswith("» ")]


def answers(home: Path) -> int:
    """How many answers there are."""
    return sum(len(night["answers"]) for night in json.loads(run(home, "export", "json").output)["nights"])


def test_a_week_is_told_and_steered(kept: Path) -> None:
    """Next, a topic and stop are done at once, and shown as understood."""
    ended = run(kept, "review", *PRINTED, given="next\nmore about the plans\nstop\n")

    assert (ended.code, ended.errors) == (0, "")
    lines = said(ended)
    assert "7 evenings" in lines[1]
    assert any("walk up the hill before breakfast" in line for line in lines)
    assert ended.output.count("[skip]") == 2
    assert ended.output.count("[stop]") == 1
    assert "leave it here" in lines[-1] or "stop here" in lines[-1]


def test_who_presses_enter_hears_it_to_its_end(kept: Path) -> None:
    """An empty line goes on, up to the good night; words of harm are not among what is told."""
    ended = run(kept, "review", *PRINTED, given="\n" * 40)

    assert ended.code == 0
    assert "leep well" in said(ended)[-1] or "ood night" in said(ended)[-1]
    assert HARM not in ended.output


def test_filters_choose_what_is_told(kept: Path) -> None:
    """With a filter all that it finds is told, and nothing else."""
    ended = run(
        kept, "review", *PRINTED, "--partner", "Sam", "--topic", "appreciation.share", given="\n" * 40
    )

    told = "\n".join(said(ended))
    assert all(f"chapter {chapter}" in told for chapter in CHAPTERS if chapter != "two")
    assert "stairs" in told
    assert not any(words in told for words, _ in KIND)


def test_with_nothing_to_tell_one_kind_line_is_said(home: Path) -> None:
    """An empty journal is no fault."""
    ended = run(home, "review", *PRINTED)

    assert ended.code == 0
    assert len(said(ended)) == 1


def test_a_language_without_the_words_says_so(home: Path, tmp_path: Path) -> None:
    """It is told calmly in one line, with a way out; before anything is said."""
    own = shutil.copytree(content_folder(), tmp_path / "content")
    (own / "en" / "aloud.toml").unlink()
    ended = run(home, "review", *PRINTED, "--content", str(own))

    assert ended.code == 1
    (line,) = ended.errors.splitlines()
    assert "leave --aloud out" in line
    assert said(ended) == []


def test_without_a_clear_yes_of_each_nothing_is_forgotten(kept: Path) -> None:
    """The yes of one, and a bare yes of the other: all stays as it was, told in one calm line."""
    before = answers(kept)
    ended = run(kept, "forget", "--all", *PRINTED, given="yes, forget it\nyes\nyes\n")

    assert ended.code == 1
    (line,) = ended.errors.splitlines()
    assert "nothing was changed: Sam did not agree" in line
    assert said(ended)[-1] == "All right, Sam. Nothing was changed."
    assert answers(kept) == before


def test_each_is_asked_by_name_and_what_it_is_about(kept: Path) -> None:
    """With the clear yes of both a night is gone; neither question says a word of what was said."""
    ended = run(kept, "forget", "--all", *PRINTED, given="yes, forget it\nhmm\nYes, please, forget it.\n")

    assert (ended.code, ended.errors) == (0, "")
    questions = [line for line in said(ended) if "forget" in line]
    assert [line.partition(",")[0] for line in (questions[0], questions[1])] == list(NAMES)
    assert "everything you two ever said here" in questions[0]
    assert "Only these words count" in questions[2]
    assert answers(kept) == 0


def test_one_agrees_for_oneself_and_takes_it_back(kept: Path) -> None:
    """Only the one whose words they are is asked; they come back by the same one's word."""
    before = answers(kept)
    forgotten = run(
        kept, "forget", "--partner", "sam", "--question", "laugh.share", *PRINTED, given="yes forget it\n"
    )
    assert forgotten.code == 0
    assert "Sam, shall I forget what you said about the laughs?" in said(forgotten)[0]
    assert answers(kept) < before

    back = run(kept, "restore", "--partner", "Sam", *PRINTED, given="yes, forget it\nyes, bring it back\n")
    assert back.code == 0
    assert answers(kept) == before


def test_for_good_is_said_before_it_is_asked(kept: Path) -> None:
    """What can't be undone is told as such in the question."""
    night = week(datetime.now().astimezone().date())[2].date
    ended = run(kept, "forget", "--night", str(night), "--now", *PRINTED, given="no\n")

    assert "for good" in said(ended)[0]
    assert "It can never come back." in said(ended)[0]
    assert "what you two said on" in said(ended)[0]
