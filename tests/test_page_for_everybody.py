"""The page without a mouse, without sight, on a phone, enlarged, in the dark and on paper."""

import json
import re
from base64 import b64decode
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.browser import PICTURES, Browser, choose, laid
from tests.pages import TODAY, written, years_of_nights

FOCUSED = """(() => {
  const element = document.activeElement;
  const {top, bottom, left, right, width, height} = element.getBoundingClientRect();
  return {
    name: element.id || element.ariaLabel || element.textContent.trim(),
    tag: element.tagName,
    seen: top < innerHeight && bottom > 0 && left < innerWidth && right > 0 && width > 1 && height > 1,
    ring: getComputedStyle(element).outlineStyle,
  };
})()"""
LABEL = "document.activeElement.ariaLabel"
DOT = "document.querySelector('#years td[tabindex=\"0\"]')"
"""The day of the calendar that Tab stops at."""
CONTROLS = {"button", "link", "searchbox", "combobox", "grid", "DisclosureTriangle", "image", "navigation"}


def walk(browser: Browser) -> list[dict[str, Any]]:
    """Every stop of the Tab key, until it leaves the page."""
    stops: list[dict[str, Any]] = []
    while len(stops) < 200:
        browser.press("Tab")
        stop = browser.run(FOCUSED)
        if stop["tag"] == "BODY":
            break
        stops.append(stop)
    return stops


def accessible(browser: Browser) -> list[tuple[str, str, dict[str, Any]]]:
    """Role, name and properties of everything a screen reader meets, in its order."""
    nodes = browser.ask("Accessibility.getFullAXTree")["nodes"]
    return [
        (
            node["role"]["value"],
            node.get("name", {}).get("value", "").strip(),
            {each["name"]: each["value"].get("value") for each in node.get("properties", [])},
        )
        for node in nodes
        if not node["ignored"]
    ]


def test_the_keyboard_reaches_everything(browser: Browser, tmp_path: Path) -> None:
    """Tab stops at each control once, in the order of the page, in view and with a ring around it."""
    browser.dress(1000)
    browser.open(laid(tmp_path, written(*years_of_nights(800))))

    stops = walk(browser)

    assert [stop for stop in stops if not (stop["seen"] and stop["name"] and stop["ring"] == "solid")] == []
    names = [stop["name"] for stop in stops]
    assert names[:7] == [
        "Skip to the search", "dark", "Your nights", "Closeness", "Weekly signs", "Plans", "What was said",
    ]  # fmt: skip
    assert [stop["tag"] for stop in stops].count("TD") == 1
    inner = names[7:]
    order = [
        "Monday, 24 November 2025: 12 answers", "Earlier years", "The numbers", "The numbers", "Show more",
        "search", "partner", "topic", "year", "clear",
    ]  # fmt: skip
    assert [name for name in inner if name in order] == [*order, "Show more", "Show more"]
    assert len(stops) == 7 + len(order) + (9 + 1) + (30 + 1)  # the cards, the nights, and more of each


def test_the_skip_link_leads_to_the_search(browser: Browser, tmp_path: Path) -> None:
    """The first stop jumps over the pictures; the search field comes next."""
    browser.open(laid(tmp_path, written(*years_of_nights(60))))

    for key in ("Tab", "Enter", "Tab"):
        browser.press(key)

    assert browser.run("document.activeElement.id") == "search"


def test_the_calendar_is_walked_by_keys(browser: Browser, ten_years: Path) -> None:
    """One stop; arrows go by day and week, Home and End to a week's ends, pages by month and year."""
    browser.dress(1000)
    browser.open(ten_years)
    browser.run(f"{DOT}.focus()")

    days = [str(browser.run(LABEL))]
    for key, held in (
        ("ArrowLeft", {}), ("ArrowUp", {}), ("ArrowRight", {}), ("ArrowDown", {}),
        ("Home", {}), ("End", {}), ("PageUp", {}), ("PageDown", {}), ("PageUp", {"shift": True}),
        ("Home", {"control": True}), ("ArrowLeft", {}), ("PageDown", {"shift": True}),
        ("End", {"control": True}), ("ArrowDown", {}),
    ):  # fmt: skip
        browser.press(key, **held)
        days.append(str(browser.run(LABEL)))

    assert [day.partition(":")[0] for day in days] == [
        "Monday, 24 November 2025",
        "Sunday, 23 November 2025", "Sunday, 16 November 2025", "Monday, 17 November 2025",
        "Monday, 24 November 2025", "Monday, 24 November 2025", "Monday, 24 November 2025",
        "Friday, 24 October 2025", "Monday, 24 November 2025", "Sunday, 24 November 2024",
        "Saturday, 1 March 2014", "Saturday, 1 March 2014", "Sunday, 1 March 2015",
        "Monday, 24 November 2025", "Monday, 24 November 2025",
    ]  # fmt: skip
    assert all(re.search(r": (\d+ answers|no evening)$", day) for day in days)
    assert browser.run("document.querySelectorAll('#years [tabindex=\"0\"]').length") == 1
    assert browser.run("document.querySelector('.earlier').open")


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_key_opens_an_evening(browser: Browser, tmp_path: Path, key: str) -> None:
    """Enter or Space shows the evening and goes there; Escape leads back; no evening opens nothing."""
    browser.open(laid(tmp_path, written(*years_of_nights(60))))
    browser.run(f"{DOT}.focus()")
    day = browser.run(LABEL)

    browser.press(key)
    opened = browser.run(FOCUSED)
    browser.press("Escape")

    assert (opened["tag"], opened["name"], opened["seen"]) == ("H4", day.partition(":")[0], True)
    assert browser.run(LABEL) == day
    assert browser.run("document.getElementById('evening')") is None
    while not browser.run(LABEL).endswith("no evening"):
        browser.press("ArrowLeft")
    browser.press(key)
    assert browser.run("document.getElementById('evening')") is None


def test_more_goes_on_where_it_was(browser: Browser, tmp_path: Path) -> None:
    """Show more, pressed by a key, adds the next ones and puts the focus on the first of them."""
    browser.open(laid(tmp_path, written(*years_of_nights(60))))

    browser.run("document.querySelector('#nights + button').focus()")
    browser.press("Enter")

    assert browser.run("document.querySelectorAll('#nights details').length") == 60
    assert browser.run("document.activeElement === document.querySelectorAll('#nights summary')[30]")


def test_a_screen_reader_is_told(browser: Browser, ten_years: Path) -> None:
    """Landmarks, headings in order, a name for every control, picture and day, and an announced count."""
    browser.open(ten_years)
    choose(browser, search="lake")
    browser.run(f"{DOT}.focus()")
    browser.press("Enter")
    told = accessible(browser)
    roles = [role for role, _, _ in told]

    assert {"banner", "main", "navigation", "search", "contentinfo", "status"} <= set(roles)
    assert [role for role, name, _ in told if role in CONTROLS and not name] == []
    levels = [properties["level"] for role, _, properties in told if role == "heading"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    names = [name for role, name, _ in told if role == "gridcell"]
    assert "Monday, 24 November 2025: 12 answers" in names
    assert names.count("") < len(names) / 20  # the days before the first of a month
    pictures = [name for role, name, _ in told if role == "image"]
    assert len(pictures) == 16
    assert all(re.search(r": Ann from \d\.\d to \d\.\d, mean \d\.\d; Ben from ", name) for name in pictures)
    (grid,) = [name for role, name, _ in told if role == "grid" and name.startswith("November 2025")]
    assert grid.endswith(" nights")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read(browser: Browser, ten_years: Path, scheme: str) -> None:
    """Text stands out from its ground by 4.5 to 1, dots, lines, borders and rings by 3 to 1."""
    browser.dress(1200, scheme)
    browser.open(ten_years)
    choose(browser, search="lake")
    browser.run(f"{DOT}.focus()")
    browser.press("Enter")

    texts, shapes = browser.run(f"[{TEXTS}, {SHAPES}].map({CONTRASTS})")

    assert len(texts) > 20
    assert {place: ratio for place, ratio in texts.items() if ratio < 4.5} == {}
    assert {place: ratio for place, ratio in shapes.items() if ratio < 3} == {}
    assert browser.run("document.documentElement.dataset.theme") == scheme
    if PICTURES:
        browser.picture(Path(PICTURES, f"page-1200-{scheme}.png"))


TEXTS = json.dumps(dict.fromkeys((
    "h1", ".and", ".over", "#dark", ".rhythm", ".rhythm strong", "nav a", ".note", ".dear p", ".dear time",
    ".year small", ".month caption", ".legend li", ".numbers summary", ".plans li", ".plans time",
    "label", "input", "select", "#clear", "#status", ".cards p", ".cards mark", ".cards button",
    "#nights summary", "#nights dt", "#nights dd", "#nights mark",
    "#evening h4", "#evening dd", "#evening button", "footer p",
), "color"))  # fmt: skip
SHAPES = json.dumps({
    "td.n1::before": "backgroundColor", "td.n2::before": "backgroundColor",
    "td.n3::before": "backgroundColor", "td.n4::before": "backgroundColor",
    ".line.who0": "stroke", ".line.who1": "stroke", ".cards .by0": "borderInlineStartColor",
    ".cards .by1": "borderInlineStartColor", "input": "borderTopColor", "#clear": "borderTopColor",
    ":focus-visible": "outlineColor",
})  # fmt: skip
CONTRASTS = """(places) => {
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
  const ratio = (place, property) => {
    const [selector, pseudo] = place.split("::");
    const element = document.querySelector(selector);
    const behind = property === "color" ? element : element.parentElement;
    const colour = getComputedStyle(element, pseudo && "::" + pseudo)[property];
    const [more, less] = [light(colour), light(ground(behind))].sort((a, b) => b - a);
    return (more + 0.05) / (less + 0.05);
  };
  const ratios = Object.entries(places).map(([place, property]) => [place, ratio(place, property)]);
  return Object.fromEntries(ratios);
}"""


@pytest.mark.parametrize(
    ("scheme", "hour", "theme"),
    [("light", 12, "light"), ("dark", 12, "dark"), ("light", 22, "dark"), ("light", 3, "dark")],
)
def test_it_is_dark_at_night(browser: Browser, tmp_path: Path, scheme: str, hour: int, theme: str) -> None:
    """It is dark where the browser is, and from eight to six in any case; a button changes that."""
    browser.dress(1000, scheme)
    browser.clock(hour)
    browser.open(laid(tmp_path, written(*years_of_nights(3))))
    pressed = "document.getElementById('dark').ariaPressed"
    paper = "getComputedStyle(document.body).backgroundColor"

    before = browser.run(f"[document.documentElement.dataset.theme, {pressed}, {paper}]")
    browser.click("#dark")
    after = browser.run(f"[{pressed}, {paper}]")

    dark = "rgb(22, 19, 27)"
    assert before[:2] == [theme, str(theme == "dark").lower()]
    assert (before[2] == dark, after[1] == dark) == (theme == "dark", theme != "dark")
    assert after[0] == str(theme != "dark").lower()


def test_it_keeps_still_for_those_who_ask(browser: Browser, tmp_path: Path) -> None:
    """Jumps glide, but not where less motion is wished for."""
    file = laid(tmp_path, written(*years_of_nights(3)))
    moves = []
    for motion in ("no-preference", "reduce"):
        browser.dress(1000, motion=motion)
        browser.open(file)
        moves.append(browser.run("getComputedStyle(document.documentElement).scrollBehavior"))
    browser.dress(1000)

    assert moves == ["smooth", "auto"]


@pytest.mark.parametrize(("width", "text"), [(320, 100), (400, 100), (640, 200), (1200, 100)])
def test_nothing_sticks_out(browser: Browser, ten_years: Path, width: int, text: int) -> None:
    """All of it fits in 320 px, and in 640 px with letters of twice the size, with everything opened."""
    browser.dress(width)
    browser.open(ten_years)
    browser.run(f"document.documentElement.style.fontSize = '{text}%'")
    browser.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    browser.run(f"{DOT}.click()")

    assert browser.run("document.documentElement.scrollWidth") <= width
    outside = f"""[...document.querySelectorAll("body *:not(.skip)")]
      .filter((each) => each.getBoundingClientRect().right > {width} + 1 && each.checkVisibility())
      .map((each) => each.tagName + "." + each.className)"""
    assert browser.run(outside) == []
    if PICTURES:
        browser.picture(Path(PICTURES, f"page-{width}-{text}.png"))


def test_it_prints_what_was_found(browser: Browser, tmp_path: Path) -> None:
    """On paper, also at night, everything found is open, dark on white, uncut, and without controls."""
    browser.dress(1000, "dark")
    browser.open(laid(tmp_path, written(*years_of_nights(400))))
    choose(browser, year=str(TODAY.year), topic="appreciation")
    of_year = browser.run("document.getElementById('status').textContent.split(' ')[0]")

    paper = b64decode(browser.ask("Page.printToPDF", printBackground=False, preferCSSPageSize=True)["data"])
    if PICTURES:
        Path(PICTURES, "page.pdf").write_bytes(paper)

    assert 4 < len(re.findall(rb"/Type\s*/Page\b", paper)) <= 4 + int(of_year) / 10
    browser.run("dispatchEvent(new Event('beforeprint'))")
    counts = "['details', '[open]'].map(each => document.querySelectorAll(`#nights ${each}`).length)"
    assert browser.run(counts) == [int(of_year)] * 2
    browser.ask("Emulation.setEmulatedMedia", media="print")
    browser.run("document.documentElement.dataset.theme = 'dark'")
    assert browser.run("getComputedStyle(document.querySelector('.line.who0')).stroke") == "rgb(138, 59, 100)"
    colours = "['color', 'backgroundColor'].map(each => getComputedStyle(document.body)[each])"
    assert browser.run(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    controls = "[...document.querySelectorAll('form, nav, button:not(.day), .skip')]"
    assert not browser.run(f"{controls}.some(each => each.checkVisibility())")
    whole = """[".cards li", ".dear li", ".year", ".plot", "#nights dl div"]
      .map(each => getComputedStyle(document.querySelector(each)).breakInside)"""
    assert set(browser.run(whole)) == {"avoid"}
    browser.run("dispatchEvent(new Event('afterprint'))")
    browser.ask("Emulation.setEmulatedMedia", media="")
    assert browser.run("document.querySelectorAll('#nights [open]').length") == 0
