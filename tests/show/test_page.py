"""The page as a text: what stands in it, and that nothing but the product's own script can run."""

import json
import re
import shutil
import stat
from base64 import b64encode
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, timedelta
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pages import AT, ENGLISH, NAMES, NASTY, TODAY, a_night, written, years_of_nights
from voice_checkin.content import content_folder, languages, load_page_words, load_script
from voice_checkin.errors import CheckinError, ContentError
from voice_checkin.evening.model import Answer, Meaning, Night, Outcome, Plan
from voice_checkin.evening.review import summarise
from voice_checkin.journal.store import open_journal
from voice_checkin.show.page import page
from voice_checkin.show.page_calendar import Week, calendar
from voice_checkin.show.page_charts import chart
from voice_checkin.show.page_words import PageWords
from voice_checkin.wiring.contents import check_content
from voice_checkin.wiring.looking_back import Filters, set_up
from voice_checkin.wiring.page import write_page

Figure = Callable[[str], None]


class _Reader(HTMLParser):
    """Collects the elements of a page, and the raw text inside each script and style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        tag = self.elements[-1][0] if self.elements else ""
        if tag in {"script", "style"} and data.strip():
            self.raw.append((tag, data))
        self.text += data

    @property
    def policy(self) -> str:
        """The content security policy."""
        return next(str(a["content"]) for _, a in self.elements if "http-equiv" in a)

    @property
    def told(self) -> dict[str, Any]:
        """What the script is given."""
        told: dict[str, Any] = json.loads(self.raw[-2][1])
        return told


def test_the_page_holds_what_was_said() -> None:
    """Answers, plans open and done, both names and the rhythm stand in the page; what was skipped doesn't."""
    night = replace(
        a_night("you made tea"),
        plans=(Plan("dance", date(2025, 11, 30)), Plan("swim", None, Outcome.DONE)),
    )
    skipped = Answer("Ben", "laugh.share", Meaning.SKIP, None, "skip this", AT)

    read = _Reader(written(replace(night, answers=(*night.answers, skipped))))

    assert read.told["nights"] == [["2025-11-24", 1, [[0, 0, "you made tea"]]]]
    assert (read.told["openPlans"], read.told["donePlans"]) == ([["dance", "2025-11-30"]], [["swim", ""]])
    assert "1 of the last 21 nights" in read.text
    assert "skip this" not in read.text


def test_nothing_but_the_products_own_script_may_run() -> None:
    """The policy allows the style and the script by their hashes and nothing else, from nowhere."""
    read = _Reader(written(a_night("tea")))

    hashes = [b64encode(sha256(text.encode()).digest()).decode() for _, text in read.raw]
    style, theme, _, script = hashes
    assert read.policy == (
        f"default-src 'none'; script-src 'sha256-{theme}' 'sha256-{script}'; style-src 'sha256-{style}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    names = {name for _, attributes in read.elements for name in attributes}
    assert not {name for name in names if name.startswith("on")} | names & {
        "src",
        "style",
        "action",
        "srcset",
    }
    links = [str(attributes["href"]) for _, attributes in read.elements if "href" in attributes]
    assert links
    assert all(link.startswith("#") for link in links)


@given(said=st.text(max_size=60), name=st.text(min_size=1, max_size=20))
@settings(max_examples=40)
def test_any_word_is_text(said: str, name: str) -> None:
    """Whatever a name, an answer, a plan or a question's key holds, the page has the same elements."""
    name += "~"  # so that the two never have the same name
    night = replace(a_night(said, partner=name, question="own." + said), plans=(Plan(said),))
    plain = replace(a_night("tea", partner="Ann", question="own.tea"), plans=(Plan("tea"),))

    hostile = _Reader(written(night, names=(name, "Ben")))

    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in _Reader(written(plain)).elements]
    assert len(hostile.told["nights"]) == 1


def test_hostile_words_are_text() -> None:
    """Markup, quotes, control characters and marks of direction begin no element and end none."""
    night = replace(a_night(NASTY, partner=NASTY), plans=(Plan(NASTY),))

    text = written(night, names=(NASTY, "Ben"))

    read = _Reader(text)
    assert [tag for tag, _ in read.elements].count("script") == 3
    kept = NASTY.replace("\x00", "").replace("\x1b", "").replace("\x07", "")
    assert read.told["nights"][0][2][0][2] == kept
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)


def test_a_page_of_nothing_says_so() -> None:
    """Without any night there is one sentence instead of empty pictures; only the colours have a script."""
    read = _Reader(written())

    assert "hold an evening first" in read.text
    assert [tag for tag, _ in read.elements].count("script") == 1
    assert "section" not in [tag for tag, _ in read.elements]


def test_closeness_and_signs_are_told_apart() -> None:
    """Closeness is made of closeness only; each sign has a line of its own, named by its good end."""
    ratings = (
        Answer("Ann", "closeness.rating", Meaning.RATING, 4, "four", AT),
        Answer("Ann", "weekly.low.arguing", Meaning.RATING, 1, "one", AT),
    )
    read = _Reader(written(Night(1, TODAY, "Ann", AT, AT, answers=ratings)))

    labels = [str(attributes["aria-label"]) for _, attributes in read.elements if "aria-label" in attributes]
    assert "Closeness: Ann from 4.0 to 4.0, mean 4.0; nothing from Ben" in labels
    assert "Calm talks: Ann from 1.0 to 1.0, mean 1.0; nothing from Ben" in labels


@pytest.mark.parametrize("language", languages(content_folder()))
def test_every_question_has_a_label(language: str) -> None:
    """Each question and sign of a language's content that keeps words is named on its page."""
    words = load_page_words(content_folder(), language, PageWords)
    script = load_script(content_folder(), language)
    kept = {key for key, question in script.questions.items() if not question.joint}

    assert kept <= {*words.questions, *(f"weekly.{sign}" for sign in words.signs)}


@pytest.mark.parametrize("language", languages(content_folder()))
def test_every_language_has_the_same_words(language: str) -> None:
    """A page has the labels and placeholders of the English one; nothing is put in that isn't there."""
    theirs = asdict(load_page_words(content_folder(), language, PageWords))

    assert (content_folder() / language / "page.toml").is_file()
    assert _placeholders(theirs) == _placeholders(asdict(ENGLISH))


def _placeholders(words: object) -> object:
    """The same tables with the names in braces instead of the words; in one and many they may differ."""
    match words:
        case dict():
            return {key: _placeholders(value) for key, value in words.items()}
        case tuple():
            return len(words)
        case _:
            return {name for _, name, _, _ in Formatter().parse(str(words)) if name}


def test_a_language_without_a_page_speaks_english(tmp_path: Path) -> None:
    """Where a language has no words for the page, it is in English."""
    shutil.copytree(content_folder(), tmp_path / "content")
    (tmp_path / "content" / "ko" / "page.toml").unlink()

    assert load_page_words(tmp_path / "content", "ko", PageWords) == ENGLISH


def test_a_korean_page_speaks_korean() -> None:
    """Labels, days and short answers are in the page's language, and the page says which it is."""
    night = a_night("차를 끓여 줘서 고마워")
    answer = Answer("Ben", "apology.owed", Meaning.NO, None, "아니", AT)
    korean = load_page_words(content_folder(), "ko", PageWords)

    read = _Reader(written(replace(night, answers=(*night.answers, answer)), words=korean))

    assert read.elements[0] == ("html", {"lang": "ko"})
    assert "지난 21일 가운데 1일" in read.text
    assert "2025년 11월 24일" in read.text
    assert read.told["nights"][0][2] == [[0, 0, "차를 끓여 줘서 고마워"], [1, 1, "아니요"]]


def test_the_calendar_has_a_dot_for_every_night() -> None:
    """A month a table, a week a row, the newest year first; nights with more words have higher levels."""
    years = calendar({date(2024, 2, 29): 1, date(2024, 3, 2): 130, date(2022, 12, 31): 60})

    assert [(year.year, year.nights) for year in years] == [(2024, 2), (2022, 1)]
    january, february, march = years[0].months
    assert (january.nights, sum(len(week.levels) for week in january.weeks)) == (0, 31)
    assert february.weeks[-1] == Week(0, (0, 0, 0, 1))  # the leap day is a Thursday
    assert march.weeks == (Week(4, (0, 4)),)  # and the last night a Saturday: no day after it
    assert years[1].months[0].weeks[-1] == Week(0, (0, 0, 0, 0, 0, 2))
    assert calendar({}) == ()


def test_the_latest_dear_words_come_first() -> None:
    """The latest appreciation of each and the latest laugh stand before everything else, long ones cut."""
    earlier = replace(a_night("an earlier one"), started_at=AT - timedelta(days=1))
    long = a_night("you listened " * 40, partner="Ben")
    laugh = a_night("the cat sneezed", question="laugh.share")

    text = _Reader(written(laugh, long, a_night("you made tea"), earlier)).text

    dear, _, rest = text.partition(ENGLISH.words.calendar_note)
    places = [dear.index(words) for words in ("you made tea", "you listened you", "the cat sneezed")]
    assert places == sorted(places)
    assert "an earlier one" not in dear
    assert "you listened you…" in dear
    assert "you listened " * 40 in rest


@pytest.mark.parametrize(
    ("nights", "period"), [(30, "night"), (365, "week"), (2000, "month"), (9000, "quarter")]
)
def test_a_long_time_is_drawn_in_means(nights: int, period: str) -> None:
    """A line has about 130 points at most: nights, or means of weeks, months or quarters."""
    given_ = [(TODAY - timedelta(days=ago), 1.0 + ago % 5) for ago in range(nights)][::-1]

    drawn = chart({"Ann": given_, "Ben": []}, 130)

    line, none = drawn.lines
    assert drawn.period == period
    assert line.path.startswith("M0 ")
    assert line.path.count("L") == len(line.means) - 1 <= 131
    assert all(0 <= float(y) <= 100 for y in re.findall(r"[ML]\d+ ([\d.]+)", line.path))
    assert (none.path, none.means) == ("", ())
    assert all(0 <= place <= 100 for place, _ in drawn.ticks)


def test_the_file_is_its_owners_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is review.html in the home folder unless another is named; 0600, though it wasn't before."""
    monkeypatch.setenv("VOICE_CHECKIN_HOME", str(home))
    with open_journal(home) as journal:
        journal.keep(journal.open_night(AT, NAMES), a_night("you made tea").answers[0])
    (home / "review.html").write_text("before")
    (home / "review.html").chmod(0o644)

    default, named = write_page(Filters(), None), write_page(Filters(partner="Ben"), home / "ben.html")

    assert default == home / "review.html"
    assert [stat.S_IMODE(file.stat().st_mode) for file in (default, named)] == [0o600, 0o600]
    assert "you made tea" in default.read_text("utf-8")
    assert "you made tea" not in named.read_text("utf-8")
    assert not list(home.glob(".review-*"))


def test_the_page_speaks_the_language_of_the_settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the two have chosen Korean, so has their page."""
    monkeypatch.setenv("VOICE_CHECKIN_HOME", str(home))
    set_up(("하늘", "바다"), {"language": "ko"})

    file = write_page(Filters(), None)

    assert "<title>돌아보기</title>" in file.read_text("utf-8")


def test_a_fault_in_the_words_of_the_page_is_named(tmp_path: Path) -> None:
    """A label that is misspelled is found by the check of content, with its file and key."""
    place = shutil.copytree(content_folder(), tmp_path / "content") / "ko" / "page.toml"
    place.write_text(place.read_text("utf-8").replace("\nshow_all =", "\nshowall ="), "utf-8")

    with pytest.raises(ContentError, match=r"ko/page\.toml: words: unknown key 'showall'"):
        list(check_content(tmp_path / "content"))


def test_a_page_that_cannot_be_written_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no such folder, one calm line says so, and nothing is left behind."""
    monkeypatch.setenv("VOICE_CHECKIN_HOME", str(home))

    with pytest.raises(CheckinError, match="the page can't be written"):
        write_page(Filters(), home / "nowhere" / "page.html")

    assert not list(home.rglob("*.html"))


def test_ten_years_stay_small(figure: Figure) -> None:
    """The page of 3,650 nights is 3 MB at most, and a page grows no faster than its nights."""
    sizes, seconds = {}, {}
    for count in (100, 1000, 3650):
        review = summarise(years_of_nights(count), TODAY)
        began = perf_counter()
        sizes[count] = len(page(NAMES, review, TODAY, ENGLISH).encode())
        seconds[count] = perf_counter() - began
        figure(f"page of {count} nights: {sizes[count] / 1e6:.2f} MB, built in {seconds[count]:.2f} s")

    assert sizes[3650] <= 3_000_000
    assert sizes[3650] / 3650 < sizes[1000] / 1000 < sizes[100] / 100
