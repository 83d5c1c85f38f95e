"""The content that is shipped, and content that was broken by a slip of the pen."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from voice_checkin.content import content_folder, languages, load_aloud, load_book, load_demo, load_script
from voice_checkin.errors import ContentError
from voice_checkin.evening.book import compile_book
from voice_checkin.evening.meanings import read
from voice_checkin.evening.model import Expects, Meaning
from voice_checkin.evening.script import QUESTIONS, WEEKLY_QUESTIONS

FEW = re.compile(r"^prompts.light = \[.*?^\]\n", re.DOTALL | re.MULTILINE)
LINE = re.compile(r"^greeting = \[.*?\]\n", re.DOTALL | re.MULTILINE)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the content that may be broken."""
    return Path(shutil.copytree(content_folder(), tmp_path / "content"))


@pytest.mark.parametrize("language", languages(content_folder()))
def test_the_shipped_content_is_whole(language: str) -> None:
    """Every language has all questions, rules that compile, tips, and a couple for the demo."""
    script = load_script(content_folder(), language)
    weekly = WEEKLY_QUESTIONS if script.signs else ()

    assert set(script.questions) == {*QUESTIONS, *weekly, *script.signs}
    assert compile_book(script.intents).commands
    assert script.tips
    assert {answer.partner for answer in load_demo(content_folder(), language).answers} == set(
        load_demo(content_folder(), language).partners
    )


def test_there_are_two_languages() -> None:
    """No word lives in the code: a second language is content only."""
    assert {"en", "ko"} <= set(languages(content_folder()))


@pytest.mark.parametrize(
    ("file", "broken", "told"),
    [
        ("evening.toml", lambda t: t.replace("expects =", "expcets =", 1), "unknown key 'expcets'"),
        ("evening.toml", lambda t: t.replace('"laugh.share"]', '"laugh"]'), "laugh"),
        ("evening.toml", lambda t: t.replace('"{partner}, did it', '"{partner, did it'), "brace"),
        ("evening.toml", lambda t: t.replace('"{partner}, did it', '"{name}, did it'), "{partner}"),
        ("evening.toml", lambda t: t.replace('"{partner}, what made', '"{rating}, what made'), "{plan}"),
        ("evening.toml", lambda t: t.replace('"{partner}, did it happen?"', '" "'), "not be empty"),
        ("weekly.toml", lambda t: t.replace('"{partner}, how calm', '"{name}, how calm'), "low.arguing"),
        (
            "weekly.toml",
            lambda t: t.replace('questions."weekly.wish"', 'questions."weekly.wishes"'),
            "weekly.wish",
        ),
        ("weekly.toml", lambda t: t.replace("sealed = true", "sealed = 1"), "true or false"),
        ("ideas.toml", lambda t: t.replace('\nplan = "', '\nplam = "', 1), "plam"),
        ("ideas.toml", lambda t: t.replace('\ntags = ["', '\ntags = ["cheap", "', 1), "no 'cheap'"),
        ("ideas.toml", lambda t: t.replace('\nsay = "', '\nsay = "{partner}, ', 1), "unknown placeholder"),
        ("tips.toml", lambda t: t.replace('fits = ["', 'fits = ["rain", "', 1), "no 'rain'"),
        ("tips.toml", lambda t: t.replace('spares = ["', 'spares = ["high", "', 1), "no 'high'"),
        ("tips.toml", lambda t: t.replace("follow_up = [", 'follow_up = ["{plan}?",', 1), "follow_up[0]"),
        (
            "evening.toml",
            lambda t: t.replace("patience_s = 0.6", 'patience_s = "0.6"', 1),
            "must be a number",
        ),
        ("evening.toml", lambda t: t.replace('expects = "story"', 'expects = "stroy"', 1), "must be one of"),
        ("language.toml", lambda t: t.replace("partners", "partner"), "partner"),
        (
            "evening.toml",
            lambda t: FEW.sub('prompts.light = ["How was it?"]\n', t, count=1),
            "at least 3 wordings",
        ),
        ("evening.toml", lambda t: t.replace("greeting = [", "greeting = []\nunheard = [", 1), "TOML"),
        ("evening.toml", lambda t: LINE.sub("greeting = []\n", t, count=1), "lines.greeting"),
        ("tips.toml", lambda t: t.replace('theme = "self"', "theme = 3", 1), "must be a text"),
        ("tips.toml", lambda _: "[tips]\n", "at least one tip"),
        ("tips.toml", lambda t: t + "\n= 3", "TOML"),
        ("intents.toml", lambda t: t.replace("\n[phrases]\n", "\n[phrases]\nshrug = ['dunno']\n"), "shrug"),
    ],
)
def test_a_slip_is_told_with_its_file_and_key(
    own: Path, file: str, broken: Callable[[str], str], told: str
) -> None:
    """What is wrong is named so that it can be found, and nothing else of the file is quoted."""
    place = own / "en" / file
    place.write_text(broken(place.read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises(ContentError) as error:
        load_script(own, "en")
    assert error.value.problem.startswith(f"en/{file}")
    assert told in error.value.problem


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (lambda t: t.replace("other = [", "others = ["), 'tells."other": is missing'),
        (lambda t: t.replace('"December",', ""), "days.months: needs 12"),
        (lambda t: t.replace("on {weekday}", "on {wekday}"), "days.weekday[0]: unknown placeholder"),
        (lambda t: t.replace("said to {other}", "said to {othr}"), 'tells."appreciation.share"[0]: unknown'),
        (lambda t: t.replace("[topics.laugh]", "[topics.lagh]"), 'topics."laugh": is missing'),
        (lambda t: t.replace("shall I forget {what}?", "shall I forget {words}?"), "say_so.forget[0]"),
        (lambda t: t.replace('you = "You"', "you = 3"), "must be a text"),
    ],
)
def test_a_slip_in_what_is_said_aloud_is_told_with_its_key(
    own: Path, broken: Callable[[str], str], told: str
) -> None:
    """Looking back aloud is as careful with its words as an evening; without the file there is none."""
    place = own / "en" / "aloud.toml"
    place.write_text(broken(place.read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises(ContentError, match=r"en/aloud\.toml: ") as error:
        load_aloud(own, "en")
    assert told in error.value.problem
    place.unlink()
    assert load_aloud(own, "en") is None


def test_an_unknown_language_names_those_there_are(own: Path) -> None:
    """Who asks for a language that isn't there is told which are."""
    with pytest.raises(ContentError, match="'xx'") as error:
        load_script(own, "xx")
    assert error.value.remedy == f"choose one of: {', '.join(languages(own))}"


@pytest.mark.parametrize(
    ("instead", "told"),
    [
        (lambda _: "", 'questions."laugh.share": the question is missing'),
        (
            lambda table: table + table.replace("laugh.share", "weather.share"),
            'questions."weather.share": the evening knows no such question',
        ),
    ],
)
def test_a_question_too_few_or_too_many_is_named(own: Path, instead: Callable[[str], str], told: str) -> None:
    """An evening has exactly its questions: other programs rely on their keys."""
    place = own / "en" / "evening.toml"
    text = place.read_text(encoding="utf-8")
    begin = text.index('[questions."laugh.share"]')
    end = text.index("\n[", begin) + 1
    place.write_text(text[:begin] + instead(text[begin:end]) + text[end:], encoding="utf-8")

    with pytest.raises(ContentError) as error:
        load_script(own, "en")
    assert error.value.problem == f"en/evening.toml: {told}"


def test_a_missing_file_is_told(own: Path) -> None:
    """A file that isn't there is named."""
    (own / "en" / "tips.toml").unlink()
    with pytest.raises(ContentError, match=r"tips\.toml: the file is missing"):
        load_script(own, "en")


def test_a_file_in_another_encoding_is_told(own: Path) -> None:
    """A file that is no UTF-8 is named."""
    (own / "en" / "tips.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ContentError, match=r"tips\.toml.*UTF-8"):
        load_script(own, "en")


def test_a_couples_own_words_stand_before_those_of_the_language(tmp_path: Path) -> None:
    """Own words for yes, pet names and own commands; a phrase that is another's is taken from it."""
    (tmp_path / "intents.toml").write_text(
        'fillers = ["pumpkin"]\n[phrases]\nstop = ["lights out", "pass"]\n[leading]\nyes = ["righty ho"]\n',
        encoding="utf-8",
    )
    script = load_script(content_folder(), "en", tmp_path)
    book = load_book(content_folder(), script)

    assert read("Lights out, please.", book, Expects.STORY).meaning is Meaning.STOP
    assert read("pass", book, Expects.STORY).meaning is Meaning.STOP
    assert read("pumpkin, righty ho", book, Expects.YES_NO).meaning is Meaning.YES
    assert read("skip", book, Expects.STORY).meaning is Meaning.SKIP


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[phrases]\nyse = ["aye"]', "phrases"),
        ("fillers = 3", "fillers"),
        ("nonsense = []", "nonsense"),
        ("fillers = [", "TOML"),
    ],
)
def test_a_slip_in_own_words_is_told_with_its_file_and_key(tmp_path: Path, text: str, fault: str) -> None:
    """The file of the language is not blamed for it."""
    (tmp_path / "intents.toml").write_text(text, encoding="utf-8")

    with pytest.raises(ContentError, match=rf"{tmp_path.name}/intents\.toml.*{fault}"):
        load_script(content_folder(), "en", tmp_path)


def test_a_stemmer_that_is_none_is_told_with_its_file_and_key(own: Path) -> None:
    """The fault is in language.toml, and no phrase is blamed for it."""
    place = own / "en" / "language.toml"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace('stemmer = "english"', 'stemmer = "englisch"'), encoding="utf-8")

    with pytest.raises(ContentError, match=r"en/language\.toml: stemmer: .*englisch"):
        load_book(own, load_script(own, "en"))


def test_a_phrase_under_two_commands_is_refused(own: Path) -> None:
    """A sentence can't be two commands."""
    place = own / "en" / "intents.toml"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace("skip = [\n", 'skip = [\n    "repeat that",', 1), encoding="utf-8")

    with pytest.raises(ValueError, match="repeat that"):
        compile_book(load_script(own, "en").intents)
