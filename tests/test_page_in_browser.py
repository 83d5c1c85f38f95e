"""The page in a real Chromium, steered through its own pipe: what is seen, found and searched."""

import json
import os
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from tests.show.test_page import NASTY, TODAY, a_night, written, years_of_nights
from voice_checkin.evening.model import Plan

Figure = Callable[[str], None]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new", "--no-sandbox", "--remote-debugging-pipe", "--no-first-run", "--hide-scrollbars",
    "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PICTURES = os.environ.get("PAGE_PICTURES")
"""A folder, where somebody wants to look at the pages themselves."""


class Browser:
    """A Chromium with one tab. Its protocol: JSON with a zero byte behind it, on the descriptors 3 and 4."""

    def __init__(self, program: str, profile: Path) -> None:
        # The shell moves its own input and output to where Chromium looks for them.
        moved = 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null'
        command = ["sh", "-c", moved, "sh", program, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._number = 0
        self._session: dict[str, str] = {}
        self.events: list[dict[str, Any]] = []
        tabs = self.ask("Target.getTargets")["targetInfos"]
        tab = next(tab["targetId"] for tab in tabs if tab["type"] == "page")
        attached = self.ask("Target.attachToTarget", targetId=tab, flatten=True)
        self._session = {"sessionId": attached["sessionId"]}
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: object) -> dict[str, Any]:
        """Send one command and return its result; events that come meanwhile are kept."""
        self._number += 1
        wanted = {"id": self._number, "method": method, "params": params, **self._session}
        assert self._process.stdin
        self._process.stdin.write(json.dumps(wanted).encode() + b"\0")
        self._process.stdin.flush()
        while (answer := self._message()).get("id") != self._number:
            self.events.append(answer)
        assert "error" not in answer, answer["error"]
        result: dict[str, Any] = answer["result"]
        return result

    def _message(self) -> dict[str, Any]:
        assert self._process.stdout
        received = bytearray()
        while not received.endswith(b"\0"):
            received += self._process.stdout.read(1) or pytest.fail("the browser has ended")
        message: dict[str, Any] = json.loads(received[:-1])
        return message

    def open(self, file: Path) -> float:
        """Open a page and return the seconds until it was loaded and laid out."""
        self.events.clear()
        began = perf_counter()
        self.ask("Page.navigate", url=file.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(self._message())
        self.run("document.body.offsetHeight")
        return perf_counter() - began

    def run(self, script: str) -> Any:  # noqa: ANN401 - whatever the script returns
        """Run a script in the page, wait for its promise, and return its value."""
        done = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def dress(self, width: int, scheme: str) -> None:
        """Give the window a width, and the night or the day."""
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
        )
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def press(self, key: str, code: int) -> None:
        """Press one key."""
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **text)

    def complaints(self) -> list[str]:
        """What the console, the policy and the page's script complained about."""
        noisy = {"Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"}
        return [json.dumps(event["params"]) for event in self.events if event["method"] in noisy]

    def requests(self) -> list[str]:
        """Every address that was asked for anything."""
        asked = [event for event in self.events if event["method"] == "Network.requestWillBeSent"]
        return [event["params"]["request"]["url"] for event in asked]

    def close(self) -> None:
        """End it."""
        with self._process:  # closes both ends of the pipe, and waits
            self.ask("Browser.close")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for all tests of this file."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip(f"none of {', '.join(BROWSERS)} is installed")
    opened = Browser(program, tmp_path_factory.mktemp("profile"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def ten_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of 3,650 nights."""
    return laid(tmp_path_factory.mktemp("page"), written(*years_of_nights(3650)))


def laid(folder: Path, text: str) -> Path:
    """A page in a file."""
    file = folder / "review.html"
    file.write_text(text, "utf-8")
    return file


def choose(browser: Browser, **values: str) -> str:
    """Fill in the search and the filters as a person would, and return the announced count."""
    for name, value in values.items():
        browser.run(
            f"(() => {{ const field = document.getElementById({name!r}); field.value = {json.dumps(value)};"
            " field.dispatchEvent(new Event('input', {bubbles: true})); })()"
        )
    browser.run("new Promise(resolve => setTimeout(resolve, 300))")
    return str(browser.run("document.getElementById('status').textContent"))


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
    assert browser.run("document.querySelectorAll('script').length") == 2
    shown = '</script><script>document.title="run"</script>'
    for where in (
        "h1 bdi",
        "#partner option:nth-child(2)",
        "#appreciations li p",
        "#open li bdi",
        "#nights dd",
    ):
        text = browser.run(f"document.querySelector({where!r}).textContent")
        assert str(text).startswith(shown), where
    assert choose(browser, search="<script>").startswith("1 night ")
    assert browser.complaints() == []


def test_a_dot_opens_its_night(browser: Browser, ten_years: Path) -> None:
    """A click on the calendar opens the night of that day, even one that the filters hide."""
    browser.dress(1200, "light")
    browser.open(ten_years)
    choose(browser, search="no such words")
    week, weekday = browser.run(CLICK)

    clicked = date.fromisocalendar(2025, week + 1, weekday + 1)  # 2025 began in its first ISO week
    assert browser.run("document.querySelector('#nights details[open] time').dateTime") == str(clicked)
    assert browser.run("document.activeElement.querySelector('time').dateTime") == str(clicked)


CLICK = """(() => {
  const picture = document.querySelector('.calendar[data-year="2025"]');
  const [x, y] = picture.querySelector(".level4").getAttribute("d").slice(1).split(/[ h]/).map(Number);
  const at = new DOMPoint(x, y).matrixTransform(picture.getScreenCTM());
  picture.dispatchEvent(new MouseEvent("click", {clientX: at.x, clientY: at.y}));
  return [x / 13, y / 13];
})()"""


def test_the_keyboard_reaches_everything(browser: Browser, tmp_path: Path) -> None:
    """The skip link comes first and leads to the search; Enter opens a night; focus can be seen."""
    browser.open(laid(tmp_path, written(*years_of_nights(60))))

    browser.press("Tab", 9)
    assert browser.run("document.activeElement.className") == "skip"
    assert browser.run("document.activeElement.getBoundingClientRect().left >= 0")
    browser.press("Enter", 13)
    browser.press("Tab", 9)
    assert browser.run("document.activeElement.id") == "search"
    browser.run("document.querySelector('#nights summary').focus()")
    browser.press("Enter", 13)
    assert browser.run("document.querySelector('#nights details').open")
    assert browser.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_screen_reader_is_told(browser: Browser, ten_years: Path) -> None:
    """Landmarks, one main heading, a name for every field, picture and button, an announced count."""
    browser.open(ten_years)
    nodes = browser.ask("Accessibility.getFullAXTree")["nodes"]
    told = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes]
    roles = {role for role, _ in told}

    assert {"banner", "main", "navigation", "search", "contentinfo", "status"} <= roles
    named = {"searchbox", "combobox", "button", "image", "link", "navigation", "heading"}
    assert [role for role, name in told if role in named and not name.strip()] == []
    assert browser.run("document.querySelectorAll('h1').length") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 400])
def test_it_fits_and_can_be_read(browser: Browser, ten_years: Path, width: int, scheme: str) -> None:
    """Nothing sticks out at the side; text stands out from its ground by 4.5 to 1, day and night."""
    browser.dress(width, scheme)
    browser.open(ten_years)
    browser.run("document.querySelector('#nights details').open = true")

    assert browser.run("document.documentElement.scrollWidth") <= width
    ratios = browser.run(CONTRASTS)
    assert ratios
    assert min(ratios.values()) >= 4.5, ratios
    if PICTURES:
        metrics = browser.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": width, "height": min(metrics["height"], 9000), "scale": 1}
        shot = browser.ask("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        Path(PICTURES, f"page-{width}-{scheme}.png").write_bytes(b64decode(shot["data"]))


CONTRASTS = """(() => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
  };
  const ratios = {};
  for (const place of ["h1", ".note", ".over", "nav a", ".rhythm", "label", "input", "button", "summary",
                       ".answers dt", ".answers dd", ".cards p", ".cards .who", ".plans time", "footer"]) {
    const element = document.querySelector(place);
    const both = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => b - a);
    ratios[place] = (both[0] + 0.05) / (both[1] + 0.05);
  }
  return ratios;
})()"""


def test_it_prints_what_was_found(browser: Browser, tmp_path: Path) -> None:
    """On paper every found night is open, and the search form isn't there."""
    browser.open(laid(tmp_path, written(*years_of_nights(60))))
    choose(browser, year=str(TODAY.year))

    paper = b64decode(browser.ask("Page.printToPDF")["data"])
    if PICTURES:
        Path(PICTURES, "page.pdf").write_bytes(paper)
    browser.run("dispatchEvent(new Event('beforeprint'))")
    counts = "['details', '[open]'].map(each => document.querySelectorAll(`#nights ${each}`).length)"

    assert paper.startswith(b"%PDF")
    assert browser.run(counts) == [60, 60]
    browser.run("dispatchEvent(new Event('afterprint'))")
    assert browser.run("document.querySelectorAll('#nights [open]').length") == 0
    browser.ask("Emulation.setEmulatedMedia", media="print")
    assert browser.run("getComputedStyle(document.getElementById('filters')).display") == "none"
    browser.ask("Emulation.setEmulatedMedia", media="")
