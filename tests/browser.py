"""A real Chromium, steered through its own pipe."""

import json
import os
import subprocess
from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

BROWSERS = (
    "chromium", "chromium-browser", "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)  # fmt: skip
NO_BROWSER = (
    "there is no Chromium to look at the page with; on Debian: apt-get install chromium,"
    " on macOS: brew install --cask google-chrome, elsewhere any Chromium or Chrome on the PATH"
)
FLAGS = (
    "--headless=new", "--no-sandbox", "--remote-debugging-pipe", "--no-first-run", "--hide-scrollbars",
    "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
KEYS = {
    "Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "PageUp": 33, "PageDown": 34, "End": 35, "Home": 36,
    "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40,
}  # fmt: skip
"""The keys that can be pressed, and their codes."""
TEXTS = {"Enter": "\r", " ": " "}
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

    def dress(self, width: int, scheme: str = "light", motion: str = "reduce") -> None:
        """Give the window a width, and its owner's wishes; it is noon."""
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
        )
        wishes = {"prefers-color-scheme": scheme, "prefers-reduced-motion": motion}
        features = [{"name": name, "value": value} for name, value in wishes.items()]
        self.ask("Emulation.setEmulatedMedia", features=features)
        self.clock(12)

    def clock(self, hour: int) -> None:
        """Move the browser to where it is this hour of the day."""
        east = (hour - datetime.now(UTC).hour + 12) % 24 - 12
        self.ask("Emulation.setTimezoneOverride", timezoneId=f"Etc/GMT{-east:+d}")

    def press(self, key: str, *, shift: bool = False, control: bool = False) -> None:
        """Press one key of `KEYS`."""
        text = {"text": TEXTS[key]} if key in TEXTS else {}
        held = {"modifiers": 8 * shift + 2 * control}
        for kind in ("keyDown", "keyUp"):
            self.ask(
                "Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=KEYS[key], **text, **held
            )

    def click(self, selector: str) -> None:
        """Click in the middle of an element, once it is in view."""
        place = self.run(
            f"(() => {{ const element = document.querySelector({selector!r});"
            ' element.scrollIntoView({block: "center", behavior: "instant"});'
            " const {x, y, width, height} = element.getBoundingClientRect();"
            " return {x: x + width / 2, y: y + height / 2}; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **place)

    def picture(self, file: Path) -> None:
        """Keep a picture of the page, of its first 9,000 lines at most."""
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 9000), "scale": 1}
        shot = self.ask("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        file.write_bytes(b64decode(shot["data"]))

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
