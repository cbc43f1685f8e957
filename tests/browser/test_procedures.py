"""On the way to acceptance in a real browser, where no walk leads: without scripts, and who decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from citizenfeedback.domain.vocabulary import CaseKind, Channel
from citizenfeedback.gateways.files import MemoryFiles
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.base import db
from citizenfeedback.services.registering import Registered
from tests.browser.conftest import EVERYTHING, PHONE, Office, assert_clean
from tests.browser.test_journeys import press_on
from tests.conftest import NOON
from tests.services.desk import DUC, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def filed(office: Office, keys: Keys) -> Callable[..., Registered]:
    """`filed(kind, **values)`: a case that came in ten days ago."""

    def make(kind: CaseKind = CaseKind.COMPLAINT, **values: Any) -> Registered:
        with office.app.app_context():
            desk = Desk(db.session(), keys, NOON, MemoryFiles(keys))
            case = desk.file(kind, **values)
            db.session.remove()
            return case

    return make


def act(page: Page, number: str, action: str) -> None:
    """Open the page of an act and see that nothing is wrong with it."""
    page.goto(f"/inbox/cases/{number}/{action}")
    assert_clean(page)


def text(page: Page) -> str:
    return page.locator("main").inner_text()


def follow(page: Page, code: str) -> str:
    """What the holder of a code reads."""
    page.goto("/track")
    page.locator("input[name=code]").fill(code)
    press_on(page)
    return text(page)


def test_does_an_unsigned_complaint_draw_the_invitation_to_sign(
    open_page: Callable[..., Page], filed: Callable[..., Registered]
) -> None:
    case = filed(channel=Channel.WEB, signed=False)
    page = open_page(DUC, script=False, viewport=EVERYTHING)
    page.goto(f"/inbox/cases/{case.number}")
    page.get_by_role("link", name="Mời người dân ký đơn").click()
    assert "chưa có chữ ký" in page.locator("main [name=text]").input_value()
    press_on(page)
    citizen = open_page(viewport=PHONE, script=False)
    assert "chưa có chữ ký" in follow(citizen, case.access_code)


def test_is_it_shown_who_must_decide_and_why(
    open_page: Callable[..., Page], filed: Callable[..., Registered]
) -> None:
    case = filed()
    page = open_page(DUC, viewport=EVERYTHING)
    act(page, case.number, "examine")
    page.locator("main select[name=about]").select_option("province_chair")
    page.get_by_role("button", name="Xem ai có thẩm quyền").click()
    assert_clean(page)
    assert "Chủ tịch UBND tỉnh" in text(page)
    assert "Luật Khiếu nại" in text(page)
    assert "hướng dẫn" in text(page)
