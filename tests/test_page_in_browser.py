"""The page in a real Chromium: what is found, searched and shown."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.browser import Browser, choose, laid
from tests.pages import AT, NASTY, a_night, written, years_of_nights
from voice_checkin.content import content_folder, load_page_words
from voice_checkin.evening.model import Answer, Meaning, Plan
from voice_checkin.show.page_words import PageWords

Figure = Callable[[str], None]


def test_ten_years_open_at_once(browser: Browser, ten_years: Path, figure: Figure) -> None:
    """3,650 nights open without a complaint and without asking any address but the file's own."""
    browser.dress(1200, "light")
    seconds = sorted(browser.open(ten_years) for _ in range(3))
    found = choose(browser)

    figure(f"page of 3650 nights opens in {seconds[1]:.2f} s (median of 3) in Chromium")
    assert found.startswith("3,650 nights")
    assert browser.complaints() == []
    assert browser.requests() == [ten_years.as_uri()]


def test_opening_grows_gently(browser: Browser, tmp_path: Path, figure: Figure) -> None:
    """Pages of 100 and 1,000 nights draw as many nights at first as the page of ten years."""
    for count in (100, 1000):
        seconds = browser.open(laid(tmp_path, written(*years_of_nights(count))))
        figure(f"page of {count} nights opens in {seconds:.2f} s in Chromium")
        assert browser.run("document.querySelectorAll('#nights details').length") == 30


def test_words_are_searched_and_marked(browser: Browser, tmp_path: Path) -> None:
    """Nights are found that hold all words, in whatever case; each hit is marked; a clear shows all again."""
    night = a_night("the LIGHTHOUSE was kind (really)")
    browser.open(laid(tmp_path, written(*years_of_nights(50), night)))

    found = choose(browser, search="lighthouse (really)")

    assert found == "1 night and 1 appreciation found."
    marks = "[...document.querySelectorAll('#nights mark')].map(mark => mark.textContent)"
    assert browser.run(marks) == ["LIGHTHOUSE", "(really)"]
    assert choose(browser, search="lighthouse submarine").startswith("Nothing found")
    browser.run("document.getElementById('clear').click()")
    assert choose(browser).startswith("51 nights")


@pytest.mark.parametrize(
    ("said", "sought", "marked"),
    [
        ("a café by the lake", "CAFE", "café"),
        ("a cafe\u0301 by the lake", "café", "café"),  # written with a letter and its accent
        ("차를 끓여 줘서 고마워", "고마", "고마"),
        ("\u1100\u1169\u1106\u1161\u110b\u116f 정말", "고마워", "고마워"),  # written letter by letter
        ("Ångström und Öl", "angstrom ol", "Ångström"),
        ("مرحبا يا حبيبي", "حبيبي", "حبيبي"),
        ("we danced 💃🏽 in the rain 🌧️", "💃🏽", "💃🏽"),
    ],
)
def test_words_of_any_script_are_found(
    browser: Browser, tmp_path: Path, said: str, sought: str, marked: str
) -> None:
    """Case, accents and the way in which letters are put together don't matter; the hit is marked."""
    browser.open(laid(tmp_path, written(a_night(said), replace(a_night("tea"), id=2))))

    assert choose(browser, search=sought).startswith("1 night and 1 appreciation")
    assert browser.run("document.querySelector('#nights mark').textContent") == marked


def test_a_search_answers_at_once(browser: Browser, ten_years: Path, figure: Figure) -> None:
    """A search through ten years, asked for with each key, shows the nights and their number."""
    browser.open(ten_years)
    took = browser.run(
        "(() => { const field = document.getElementById('search'); field.value = 'soup window 2019';"
        " const began = performance.now(); field.form.dispatchEvent(new Event('input'));"
        " return new Promise(resolve => setTimeout(() => resolve(performance.now() - began - 80), 81)); })()"
    )
    figure(f"page of 3650 nights: a search for three words is shown in {took:.0f} ms")
    found = str(browser.run("document.getElementById('status').textContent"))
    assert 0 < int(found.partition(" ")[0]) < 365


def test_filters_narrow(browser: Browser, tmp_path: Path) -> None:
    """Who, what about and which year narrow the answers, alone and together."""
    nights = years_of_nights(700)
    browser.open(laid(tmp_path, written(*nights)))
    of_2024 = sum(night.date.year == 2024 for night in nights)

    assert choose(browser, year="2024") == f"{of_2024} nights and {2 * of_2024} appreciations found."
    assert choose(browser, partner="1") == f"{of_2024} nights and {of_2024} appreciations found."
    assert choose(browser, topic="laugh") == f"{of_2024} nights and 0 appreciations found."
    browser.run("document.querySelector('#nights details').open = true")
    rows = "[...document.querySelectorAll('#nights details[open] dt')].map(row => row.textContent)"
    assert browser.run(rows) == ["Ben Laugh"]


def test_hostile_words_are_only_shown(browser: Browser, tmp_path: Path) -> None:
    """A name, an answer and a plan with a script in them are read as they are, and nothing of them runs."""
    night = replace(a_night(NASTY, partner=NASTY), plans=(Plan(NASTY),))
    browser.open(laid(tmp_path, written(night, names=(NASTY, "Ben"))))

    assert browser.run("document.title") == "Looking back"
    assert browser.run("document.querySelectorAll('script').length") == 3
    shown = '</script><script>document.title="run"</script>'
    for where in (
        "h1 bdi",
        "#partner option:nth-child(2)",
        ".dear li p",
        "#appreciations li p",
        "#open li bdi",
        "#nights dd",
    ):
        text = browser.run(f"document.querySelector({where!r}).textContent")
        assert str(text).startswith(shown), where
    assert choose(browser, search="<script>").startswith("1 night ")
    assert browser.complaints() == []


def test_the_page_cannot_be_made_to_run_or_fetch_anything(browser: Browser, tmp_path: Path) -> None:
    """Markup, code, pictures and requests that something might bring in are refused by the page's policy."""
    browser.open(laid(tmp_path, written(a_night("tea"))))

    for attempt in (
        "document.body.innerHTML = '<b>markup</b>'",
        "document.head.append(Object.assign(document.createElement('script'), {text: '1'}))",
        "fetch('data:text/plain,hello')",
        PICTURE,
    ):
        trying = f"try {{ await ({attempt}); return 'done'; }} catch {{ return 'refused'; }}"
        assert browser.run(f"(async () => {{ {trying} }})()") == "refused", attempt


PICTURE = """new Promise((kept, broken) => {
  const picture = new Image();
  picture.onload = kept;
  picture.onerror = () => broken(new Error("refused"));
  picture.src = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
})"""


def test_a_dot_opens_its_night(browser: Browser, ten_years: Path) -> None:
    """A click on a dot shows that evening beside it, even one that the filters hide; its button closes it."""
    browser.dress(1200)
    browser.open(ten_years)
    choose(browser, search="no such words")
    browser.click(".month[data-month='2025-06'] td.n4")

    day = browser.run("document.querySelector('#evening time').dateTime")
    label = browser.run("document.querySelector('#years td[tabindex=\"0\"]').ariaLabel")
    assert day.startswith("2025-06-")
    assert label.endswith(f"{browser.run(ROWS)} answers")
    assert browser.run("document.activeElement.textContent") == label.partition(":")[0]
    browser.click("#evening button")
    assert browser.run("document.getElementById('evening')") is None
    assert browser.run("document.activeElement.ariaLabel") == label


ROWS = "document.querySelectorAll('#evening dt').length"


def test_a_card_opens_its_night(browser: Browser, tmp_path: Path) -> None:
    """The day on a card shows the whole evening, also of words that are too long for a card."""
    browser.open(laid(tmp_path, written(a_night("word " * 200))))

    assert str(browser.run("document.querySelector('#appreciations p').textContent")).endswith("word…")
    browser.click("#appreciations button")
    assert browser.run("document.querySelector('#evening dd').textContent.trim().length") == 999


def test_one_night_is_a_page(browser: Browser, tmp_path: Path) -> None:
    """After the first evening there is one dot, one card and no empty place, in Korean too."""
    ratings = tuple(
        Answer(name, "closeness.rating", Meaning.RATING, 4, "four", AT) for name in ("Ann", "Ben")
    )
    night = a_night("차를 끓여 줘서 고마워")
    korean = load_page_words(content_folder(), "ko", PageWords)
    page = written(replace(night, answers=(*night.answers, *ratings)), words=korean)

    browser.open(laid(tmp_path, page))

    assert browser.complaints() == []
    counts = "['.month', '#years [class^=n]', '#appreciations li', '#nights details', 'path.dots']"
    found = browser.run(f"{counts}.map(each => document.querySelectorAll(each).length)")
    assert found == [1, 1, 1, 1, 2]
    assert browser.run("document.querySelector('#nights time').textContent") == "2025년 11월 24일 월요일"
    assert browser.run("document.getElementById('status').textContent").startswith("찾은 것: 하룻밤")


def test_a_very_long_answer_is_held(browser: Browser, tmp_path: Path) -> None:
    """An answer of 1 MB opens, is cut on its card, stands whole in its night, and can be searched."""
    browser.open(laid(tmp_path, written(a_night("so it went on " * 75_000))))

    assert browser.run("document.querySelector('#appreciations p').textContent.length") < 300
    assert browser.run("document.querySelector('#nights dd').textContent.length") == 1_050_000
    assert choose(browser, search="went").startswith("1 night")
    assert browser.run("document.querySelectorAll('#nights mark').length") == 300
    assert browser.complaints() == []


def test_names_of_any_script_keep_to_themselves(browser: Browser, tmp_path: Path) -> None:
    """A name or an answer written from right to left turns nothing around it, and emoji are letters."""
    names = ("שרה", "Ben 🦊")
    browser.open(laid(tmp_path, written(a_night("אהבתי את זה", partner=names[0]), names=names)))

    assert browser.run("document.querySelector('h1').textContent") == "שרה and Ben 🦊"
    bdis = "[...document.querySelectorAll('bdi')]"
    assert browser.run(f"{bdis}.every(each => getComputedStyle(each).unicodeBidi === 'isolate')")
    places = "['html', '#nights dd', '.dear p'].map(each => document.querySelector(each))"
    ways = browser.run(f"{places}.map(each => getComputedStyle(each).direction)")
    assert ways == ["ltr", "rtl", "rtl"]
