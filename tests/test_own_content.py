"""A couple's own wordings, tips and ideas, in one file of their home folder."""

import re
import shutil
from pathlib import Path

import pytest

from tests.product import run, typed
from voice_checkin.content import content_folder, languages, load_script
from voice_checkin.errors import ContentError
from voice_checkin.evening.script import Depth, Idea, Script

README = Path(__file__).parent.parent / "README.md"
OWN = """
[questions."appreciation.share".prompts]
light = ["{partner}, what was the best bit of {other} today?"]
deep = ["{partner}, what did our year by the sea teach you about {other}?"]

[questions."new.outcome".prompts]
warm = ["{partner}, did you do this: {plan}?"]

[tips."our.sunday"]
theme = "new"
say = ["On Sunday we go out before breakfast. A coin chooses the road."]
follow_up = ["{partner}, did you two get out before breakfast?"]

[tips."way.listen"]
theme = "listen"
say = ["Listen to the end. Then count to three."]

[ideas."our.hill"]
say = "Carry two cushions up the little hill."
plan = "cushions on the little hill"
tags = ["out", "free"]
"""


def with_own(home: Path, text: str) -> Script:
    """The English script of a home that holds this content.toml."""
    (home / "content.toml").write_text(text, encoding="utf-8")
    return load_script(content_folder(), "en", home)


def test_own_wordings_stand_first_and_none_is_lost(tmp_path: Path) -> None:
    """Each kind of prompt begins with the couple's own; the others follow in their order."""
    given = load_script(content_folder(), "en").questions["appreciation.share"].prompts
    prompts = with_own(tmp_path, OWN).questions["appreciation.share"].prompts

    assert prompts.light == ("{partner}, what was the best bit of {other} today?", *given.light)
    assert prompts.warm == given.warm
    assert prompts.up_to(Depth.DEEP)[0] == "{partner}, what did our year by the sea teach you about {other}?"


def test_own_tips_and_ideas_stand_first_and_take_the_place_of_those_by_their_name(tmp_path: Path) -> None:
    """A new key is added, a known one is replaced; everything else stays."""
    given = load_script(content_folder(), "en")
    script = with_own(tmp_path, OWN)

    assert list(script.tips)[:2] == ["our.sunday", "way.listen"]
    assert script.tips["way.listen"].say == ("Listen to the end. Then count to three.",)
    assert script.tips.keys() == given.tips.keys() | {"our.sunday"}
    assert next(iter(script.ideas.items())) == (
        "our.hill",
        Idea("Carry two cushions up the little hill.", "cushions on the little hill", ("out", "free")),
    )
    assert script.ideas.keys() == given.ideas.keys() | {"our.hill"}


def test_a_home_without_words_of_its_own_changes_nothing(tmp_path: Path) -> None:
    """What came with the program is enough."""
    assert load_script(content_folder(), "en", tmp_path) == load_script(content_folder(), "en")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[questions."laugh.shar".prompts]\nlight = ["Who laughed?"]', "laugh.shar"),
        ('[questions."laugh.share".prompts]\nlihgt = ["Who laughed?"]', "unknown key 'lihgt'"),
        ('[questions."laugh.share"]\npatience_s = 3', "unknown key 'patience_s'"),
        ('[questions."laugh.share".prompts]\nwarm = ["{name}?"]', 'questions."laugh.share".prompts.warm[0]'),
        ('[questions."laugh.share".prompts]\nwarm = ["{partner?"]', "brace"),
        ('[tips."our.x"]\ntheme = "new"\nsay = []', 'tips."our.x".say: needs at least one wording'),
        ('[tips."our.x"]\ntheme = "new"\nsay = ["{partner}."]', "unknown placeholder"),
        ('[tips."our.x"]\ntheme = "new"\nsay = ["Sing."]\nfits = ["rain"]', 'tips."our.x".fits'),
        ('[ideas."our.x"]\nsay = "Sing."\nplan = " "\ntags = []', "not be empty"),
        ('[ideas."our.x"]\nsay = "Sing."\nplan = "singing"\ntags = ["cheap"]', 'ideas."our.x".tags'),
        ("[lines]", "unknown key 'lines'"),
        ("[ideas", "TOML"),
    ],
)
def test_a_slip_is_told_with_its_file_and_key(tmp_path: Path, text: str, told: str) -> None:
    """The couple's file is named, never one that came with the program."""
    with pytest.raises(ContentError) as error:
        with_own(tmp_path, text)
    assert error.value.problem.startswith(f"{tmp_path.name}/content.toml: ")
    assert told in error.value.problem


def test_an_own_tip_is_spoken(home: Path) -> None:
    """It is read at every start: the tip of the day can be the couple's own."""
    home.mkdir()
    (home / "content.toml").write_text(OWN.replace('"new"', '"ours"'), encoding="utf-8")

    assert "A coin chooses the road." in run(home, "tip", "--printed", "--theme", "ours").output


def test_an_evening_does_not_begin_with_a_slip(home: Path) -> None:
    """One calm line, and code 1."""
    home.mkdir()
    (home / "content.toml").write_text('[tips."our.x"]\nsay = ["Sing."]', encoding="utf-8")
    ended = typed(home, "")

    assert ended.code == 1
    assert re.fullmatch(r"home/content\.toml: .*'theme'.* - .*\n", ended.errors)


class TestContentCheck:
    """`voice-checkin content check DIR`."""

    def test_every_language_of_a_folder_is_told(self, home: Path) -> None:
        """One line for each: questions, wordings, tips, ideas."""
        ended = run(home, "content", "check", str(content_folder()))

        assert ended.code == 0
        lines = ended.output.splitlines()
        assert [line.partition(":")[0] for line in lines] == list(languages(content_folder()))
        for line in lines:
            assert re.fullmatch(r"[a-z]+: \d+ questions, \d+ wordings, \d+ tips, \d+ ideas", line)

    def test_one_language_can_be_checked(self, home: Path) -> None:
        """The folder of a language is enough, and what it says is what is there."""
        script = load_script(content_folder(), "en")
        (line,) = run(home, "content", "check", str(content_folder() / "en")).output.splitlines()

        assert line.startswith(f"en: {len(script.questions)} questions, ")
        assert line.endswith(f" wordings, {len(script.tips)} tips, {len(script.ideas)} ideas")

    def test_a_couples_home_can_be_checked(self, home: Path, tmp_path: Path) -> None:
        """Own words count with those of the language that was chosen there."""
        (tmp_path / "content.toml").write_text(OWN, encoding="utf-8")
        before = load_script(content_folder(), "en")
        (line,) = run(home, "content", "check", str(tmp_path)).output.splitlines()

        assert line.endswith(f" wordings, {len(before.tips) + 1} tips, {len(before.ideas) + 1} ideas")

    @pytest.mark.parametrize("file", ["evening.toml", "intents.toml", "demo.toml", "weights.json"])
    def test_the_first_fault_is_told_in_one_line(self, home: Path, tmp_path: Path, file: str) -> None:
        """Whichever file it is in; with code 1, and nothing else is said."""
        place = tmp_path / "content" / "en"
        shutil.copytree(content_folder() / "en", place)
        (place / file).write_text("oops", encoding="utf-8")
        ended = run(home, "content", "check", str(place))

        assert (ended.code, ended.output) == (1, "")
        assert re.fullmatch(rf"en/{re.escape(file)}.* - .*\n", ended.errors)

    def test_a_folder_without_content_is_told(self, home: Path, tmp_path: Path) -> None:
        """Who gives another folder learns what is looked for."""
        ended = run(home, "content", "check", str(tmp_path))

        assert ended.code == 1
        assert "language.toml" in ended.errors


def test_the_example_of_the_readme_holds(tmp_path: Path) -> None:
    """What the README shows can be copied as it stands."""
    (example,) = re.findall(r"```toml\n(\[questions\..*?)```", README.read_text(encoding="utf-8"), re.DOTALL)

    assert with_own(tmp_path, example) != load_script(content_folder(), "en")
