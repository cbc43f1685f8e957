"""The pages on which leaders see what is late and owed, wide and narrow, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import PHONE, assert_clean
from tests.services.desk import CHIEF

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

Open = Callable[..., "Page"]


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("address", ["/inbox/after", "/inbox/overview", "/inbox?view=unprocessed"])
def test_fit_the_pages_of_leaders(
    open_page: Open, address: str, viewport: ViewportSize | None
) -> None:
    page = open_page(CHIEF, viewport=viewport)
    page.goto(address)
    assert_clean(page)
