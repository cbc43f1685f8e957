"""What a phone on a weak line loads: few bytes, fewer the second time, and letters before fonts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.phone import FIRST_PAINT, FIRST_VISIT, LATER_VISIT, PAINTED, load_page, phone
from tests.browser.conftest import CODE, Office

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

PAGES = (("/", "/track"), ("/petitions/new", "/track"), (f"/r/{CODE}", "/"), ("/track", "/"))


@pytest.mark.parametrize(("first", "second"), PAGES)
def test_is_little_sent_to_a_phone(
    browser: Browser, office: Office, first: str, second: str
) -> None:
    with phone(browser, slow=False) as (page, line):
        new = load_page(page, line, office.at(first))
        assert 0 < new.first_bytes <= FIRST_PAINT
        assert new.fonts, "the fonts are part of what is weighed"
        assert new.first_bytes < new.all_bytes <= FIRST_VISIT
        assert 0 < load_page(page, line, office.at(second)).all_bytes <= LATER_VISIT


@pytest.mark.parametrize("path", [first for first, _ in PAGES])
def test_can_a_page_be_read_while_no_font_has_come(
    browser: Browser, office: Office, path: str
) -> None:
    with phone(browser, slow=False) as (page, _):
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/*.woff2?*", hold)
        page.goto(office.at(path), wait_until="domcontentloaded")
        page.evaluate(PAINTED)
        assert held, "a font was asked for"
        assert page.locator("h1").is_visible()
        ended = page.evaluate(
            "performance.getEntriesByType('resource').filter((one) => one.name.includes('.woff2')).length"
        )
        assert ended == 0, "no font had come when the letters were painted"
        for route in held:
            route.continue_()
