"""The page as a text: what stands in it, and that nothing but the product's own script can run."""

import json
import re
import stat
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_checkin.content import content_folder, load_script
from voice_checkin.errors import CheckinError
from voice_checkin.evening.model import Answer, Meaning, Night, Outcome, Plan
from voice_checkin.evening.review import summarise
from voice_checkin.journal.store import open_journal
from voice_checkin.show.page import page
from voice_checkin.show.page_charts import calendar, chart
from voice_checkin.show.page_words import QUESTIONS, SIGNS
from voice_checkin.wiring.looking_back import Filters
from voice_checkin.wiring.page import write_page

Figure = Callable[[str], None]
NAMES = ("Ann", "Ben")
TODAY = date(2025, 11, 24)
AT = datetime(2025, 11, 24, 21, 30, tzinfo=UTC)
NASTY = '</script><script>document.title="run"</script><b onclick=\'x\'>&amp;\u202e\x00\x1b]0;\x07 "quoted"'
WORDS = """
you we the a tea bread garden hill walk morning evening listened made laughed called mother kitchen train
late together quiet song dance rain coat children homework story kind gentle waited for me with and when so
was it that your hands soup letter window friend neighbour tired glad warm again tomorrow Sunday lake
"""


def years_of_nights(count: int) -> list[Night]:
    """So many nights up to today, of which three in twenty were missed, as a couple might have had them."""
    chance = Random(count)  # noqa: S311 - examples, no secrets
    days = (TODAY - timedelta(days=ago) for ago in range(2 * count) if chance.random() < 0.85)
    return [_a_night(number, day, chance) for number, day in enumerate(islice(days, count))][::-1]


def _a_night(number: int, day: date, chance: Random) -> Night:
    at = datetime(day.year, day.month, day.day, 21, 30, tzinfo=UTC)
    answers: list[Answer] = []

    def say(question: str, meaning: Meaning, said: str = "", value: float | None = None) -> None:
        partner = NAMES[len(answers) % 2]
        answers.append(Answer(partner, question, meaning, value, said, at))

    def words(most: int) -> str:
        return " ".join(chance.choices(WORDS.split(), k=chance.randint(3, most)))

    for question in ("appreciation.share", "appreciation.reply", "laugh.share"):
        for _ in NAMES:
            say(question, Meaning.SHARE, words(16))
    for _ in NAMES:
        say("apology.owed", Meaning.NO, "no we are good")
    plan = words(7)
    say("new.plan", Meaning.SHARE, plan)
    say("new.agree", Meaning.YES, "yes")
    for _ in NAMES:
        say("closeness.rating", Meaning.RATING, "", chance.choice((2, 3, 3, 4, 4, 4, 5, 5)))
    if day.weekday() == 6:
        for sign in chance.sample(sorted(SIGNS), 5):
            for _ in NAMES:
                say(f"weekly.{sign}", Meaning.RATING, "", chance.choice((2, 3, 4, 4, 5)))
    outcome = Outcome.DONE if number > 6 else None
    plans = (Plan(plan, day + timedelta(days=3), outcome),)
    return Night(number, day, "Ann", at, at, completed=number % 19 != 5, answers=tuple(answers), plans=plans)


def written(*nights: Night, names: tuple[str, str] = NAMES) -> str:
    """The page of these nights, as it is on `TODAY`."""
    return page(names, summarise(nights, TODAY), TODAY)


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


def a_night(*said: str, partner: str = "Ann", question: str = "appreciation.share") -> Night:
    """A night on which one partner said this."""
    answers = tuple(Answer(partner, question, Meaning.SHARE, None, words, AT) for words in said)
    return Night(1, TODAY, "Ann", AT, AT, completed=True, answers=answers)


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
    style, _, script = hashes
    assert read.policy == (
        f"default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; "
        "base-uri 'none'; form-action 'none'"
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
@settings(max_examples=40, deadline=None)
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
    assert [tag for tag, _ in read.elements].count("script") == 2
    kept = NASTY.replace("\x00", "").replace("\x1b", "").replace("\x07", "")
    assert read.told["nights"][0][2][0][2] == kept
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)


def test_a_page_of_nothing_says_so() -> None:
    """Without any night there is one sentence instead of empty pictures, and no script."""
    read = _Reader(written())

    assert "hold an evening first" in read.text
    assert "script" not in [tag for tag, _ in read.elements]


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


def test_every_question_has_a_label() -> None:
    """Each question and sign of the English content that keeps words is named on the page."""
    script = load_script(content_folder(), "en")
    kept = {key for key, question in script.questions.items() if not question.joint}

    assert kept <= {*QUESTIONS, *(f"weekly.{sign}" for sign in SIGNS)}


def test_the_calendar_has_a_dot_for_every_night() -> None:
    """A year a row, the newest first, with leap days; nights with more words stand in higher levels."""
    days = {date(2024, 2, 29): 1, date(2024, 12, 31): 130, date(2022, 1, 1): 60}

    years = calendar(days)

    assert [(year.year, year.nights) for year in years] == [(2024, 2), (2023, 0), (2022, 1)]
    assert years[0].days.count("M") == 366
    assert [level.count("M") for level in years[0].levels] == [1, 0, 0, 1]
    assert years[0].levels[0] == "M104 39h0"  # the ninth week's Thursday
    assert calendar({}) == ()


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
        sizes[count] = len(page(NAMES, review, TODAY).encode())
        seconds[count] = perf_counter() - began
        figure(f"page of {count} nights: {sizes[count] / 1e6:.2f} MB, built in {seconds[count]:.2f} s")

    assert sizes[3650] <= 3_000_000
    assert sizes[3650] / 3650 < sizes[1000] / 1000 < sizes[100] / 100
