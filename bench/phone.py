"""What a phone loads: the bytes of its first and its second page, and when there is something to read.

Bytes and order are the same on every machine and are asserted in `tests/browser/test_phone.py`; times
are measured on a line and a processor that Chromium slows down itself.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

FIRST_PAINT = 45_000
FIRST_VISIT = 150_000
LATER_VISIT = 20_000
"""Bytes over the line, headers included: HTML and blocking styles; a first page; the next one."""

USABLE = 3.0
"""Seconds until a page can be read and used on the line below."""

LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s each way, in bytes a second, and 400 ms before each answer."""

SLOWER = 4
PHONE = {"width": 360, "height": 740}

PAINTED = """() => new Promise((done) => {
  new PerformanceObserver((list, seen) => {
    if (!list.getEntriesByName("first-contentful-paint").length) return;
    seen.disconnect();
    done(true);
  }).observe({ type: "paint", buffered: true });
})"""
"""Script that waits until there is something to read on the page."""

_TIMES = """async () => {
  await document.fonts.ready;
  const entries = performance.getEntriesByType("resource");
  const [page] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return {
    painted: paint.startTime / 1000,
    ready: page.domContentLoadedEventEnd / 1000,
    fonts: entries.filter((one) => one.name.includes(".woff2")).map((one) => one.responseEnd / 1000),
    blocking: entries.filter((one) => one.renderBlockingStatus === "blocking").map((one) => one.name),
  };
}"""


@dataclass
class Line:
    """What came over the line of one browser since it was last emptied: bytes by address."""

    addresses: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def asked(self, event: dict[str, Any]) -> None:
        """Note which address a request is for."""
        self.addresses[event["requestId"]] = event["request"]["url"]

    def came(self, event: dict[str, Any]) -> None:
        """Note how much an answer weighed; one from the browser's own store weighs nothing."""
        address = self.addresses.get(event["requestId"], "")
        self.sizes[address] = self.sizes.get(address, 0) + int(event["encodedDataLength"])


@dataclass(frozen=True)
class Loaded:
    """One page as it was loaded: bytes over the line and seconds from the start."""

    all_bytes: int
    first_bytes: int
    painted: float
    ready: float
    fonts: tuple[float, ...]

    @property
    def usable(self) -> float:
        """When it can be read and its scripts have run."""
        return max(self.painted, self.ready)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of this machine, without a window."""
    from playwright.sync_api import sync_playwright

    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        raise RuntimeError("no Chromium on this machine: bash scripts/browser.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@contextmanager
def phone(browser: Browser, *, slow: bool) -> Iterator[tuple[Page, Line]]:
    """A phone that was never here before; `slow`: on the weak line, with a weak processor."""
    context: BrowserContext = browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]}, locale="vi-VN"
    )
    page, line = context.new_page(), Line()
    session = context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", line.asked)
    session.on("Network.loadingFinished", line.came)
    session.send("Network.enable")
    if slow:
        session.send("Network.emulateNetworkConditions", LINE)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield page, line
    context.close()


def load_page(page: Page, line: Line, address: str) -> Loaded:
    """Open a page and wait until all of it is there, its fonts too."""
    line.sizes.clear()
    answer = page.goto(address, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise RuntimeError(f"{address} was not answered")
    page.evaluate(PAINTED)
    times = page.evaluate(_TIMES)
    first = {page.url, *times["blocking"]}
    return Loaded(
        all_bytes=sum(line.sizes.values()),
        first_bytes=sum(size for one, size in line.sizes.items() if one in first),
        painted=times["painted"],
        ready=times["ready"],
        fonts=tuple(times["fonts"]),
    )
