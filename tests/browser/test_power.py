"""Taps on three screens while power and network are cut at each step: every tap is there, once.

A cut of power is the browser's process killed outright. The whole walk is 500 taps:

    KIOSK_TAPS=500 .venv/bin/pytest tests/browser/test_power.py
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Error

from tests.browser.conftest import Office
from tests.browser.test_kiosk import WAITING, delivered, enrol, scores
from tests.conftest import CHROMIUM_FLAGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TAPS = int(os.environ.get("KIOSK_TAPS", "18"))
SCREENS = 3
PATIENCE = 60


class Device:
    """A screen with a disk of its own, which can be switched off like a lamp."""

    def __init__(self, browser: Browser, chromium: str, folder: Path, office: Office) -> None:
        self.browser, self.chromium, self.folder, self.office = browser, chromium, folder, office
        self.expected: list[int] = []
        self.number = 0

    def begin(self) -> None:
        """Switch on, enrol, and start anew: Chromium lays a new cookie on the disk within 30 s."""
        self.number = enrol(self.switch_on(), self.office, self.office.url)
        with suppress(Error):
            self.session.new_browser_cdp_session().send("Browser.close")
        self.process.wait(PATIENCE)
        self.switch_on()

    def switch_on(self, *, network: bool = True) -> Page:
        """Start the browser on its own disk and open the screen, with or without a network."""
        marker = self.folder / "DevToolsActivePort"
        marker.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [
                self.chromium,
                "--headless=new",
                "--remote-debugging-port=0",
                f"--user-data-dir={self.folder}",
                "--window-size=1280,960",
                *CHROMIUM_FLAGS,
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(PATIENCE * 20):
            if marker.exists() and "\n" in marker.read_text(encoding="ascii"):
                break
            time.sleep(0.05)
        port = marker.read_text(encoding="ascii").split("\n")[0]
        self.session = self.browser.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}")
        context = self.session.contexts[0]
        context.set_default_timeout(PATIENCE * 1000)
        self.page = context.new_page()
        if not network:
            context.set_offline(True)
        if self.number:
            self.page.goto(f"{self.office.url}/kiosk/screen")
            self.faces()
        return self.page

    def cut_power(self) -> None:
        """Kill every process of the browser at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)
        with suppress(Error):
            self.session.close()

    def faces(self) -> None:
        self.page.locator(".face-button").first.wait_for()

    def press(self, score: int) -> None:
        self.page.locator(f".face-button[data-score='{score}']").click()

    def thanked(self) -> None:
        """The next step is shown: from here on the tap must not be lost."""
        self.page.locator("[data-part=heading]").get_by_text("phục vụ ông/bà?").wait_for()

    def back(self) -> None:
        """Start over as the idle reset does."""
        self.page.reload()
        self.faces()

    def kept(self) -> int:
        """How many ratings there are: at the office, and waiting on the disk for it."""
        delivered(self.page)
        return len(scores(self.office, self.number))


def plain(device: Device, score: int) -> None:
    device.press(score)
    device.thanked()
    device.back()


def no_network(device: Device, score: int) -> None:
    device.page.context.set_offline(True)
    device.press(score)
    device.thanked()
    device.back()
    assert device.page.evaluate(WAITING) > 0
    device.page.context.set_offline(False)


def power_as_it_is_pressed(device: Device, score: int) -> None:
    """Whoever saw no thanks presses again: unless the tap was on the disk after all."""
    device.press(score)
    device.cut_power()
    device.switch_on()
    if device.kept() < len(device.expected) + 1:
        plain(device, score)


def power_while_waiting(device: Device, score: int) -> None:
    device.page.context.set_offline(True)
    device.press(score)
    device.thanked()
    device.cut_power()
    device.switch_on(network=False)  # cold, without a network
    device.page.context.set_offline(False)


def answer_lost(device: Device, score: int) -> None:
    def lose(route: Any) -> None:
        with suppress(Error):
            route.fetch()
            route.abort()

    device.page.route("**/deliver", lose)
    device.press(score)
    device.thanked()
    device.page.wait_for_timeout(200)
    device.page.unroute_all(behavior="ignoreErrors")
    device.back()


def power_in_delivery(device: Device, score: int) -> None:
    device.press(score)
    device.thanked()  # the delivery is on its way
    device.cut_power()
    device.switch_on()


def reload_as_it_is_pressed(device: Device, score: int) -> None:
    device.press(score)
    device.back()
    if device.kept() < len(device.expected) + 1:
        plain(device, score)


def power_in_the_steps_after(device: Device, score: int) -> None:
    device.press(score)
    device.thanked()
    device.page.locator(".buttons .btn").last.click()
    device.cut_power()
    device.switch_on()


CUTS: tuple[Callable[[Device, int], None], ...] = (
    plain,
    no_network,
    power_as_it_is_pressed,
    power_while_waiting,
    answer_lost,
    power_in_delivery,
    reload_as_it_is_pressed,
    power_in_the_steps_after,
)


@pytest.fixture
def devices(
    browser: Browser, chromium: str, office: Office, tmp_path: Path
) -> Iterator[list[Device]]:
    made: list[Device] = []
    try:
        for number in range(SCREENS):
            folder = tmp_path / f"screen-{number}"
            folder.mkdir()
            made.append(Device(browser, chromium, folder, office))
            made[-1].begin()
        yield made
    finally:
        for device in made:
            with suppress(ProcessLookupError):
                device.cut_power()


@pytest.mark.slow
def test_is_every_tap_there_once_whatever_is_cut(devices: list[Device], office: Office) -> None:
    random = Random(500)
    for number in range(TAPS):
        device = devices[number % SCREENS]
        score = random.randint(1, 5)
        CUTS[(number // SCREENS + number) % len(CUTS)](device, score)
        device.expected.append(score)
    for device in devices:
        delivered(device.page)
        assert scores(office, device.number) == device.expected
    assert sum(len(device.expected) for device in devices) == TAPS
