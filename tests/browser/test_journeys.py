"""Whole journeys in a real browser: on a phone, by keyboard, without scripts, by two at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser.conftest import CODE, PHONE, Office
from tests.services.desk import DUC, HOA

if TYPE_CHECKING:
    from playwright.sync_api import Page


def press_on(page: Page) -> None:
    """Press what the page puts first: its main button, or the link that looks like one."""
    page.locator("main .btn--primary, main .btn--warning").first.click()


def test_does_the_kiosk_thank_and_go_back(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    page.goto(f"/kiosk/{CODE}")
    page.get_by_role("button", name="Rất tốt").click()
    page.wait_for_url("**/thanks")
    page.wait_for_url(f"**/kiosk/{CODE}", timeout=15_000)


def test_does_an_official_answer_and_the_citizen_read_it(
    open_page: Callable[..., Page], office: Office
) -> None:
    number = office.reflection.number
    page = open_page(HOA, script=False)
    page.goto(f"/inbox/cases/{number}/message")
    page.locator("main textarea[name=text]").fill("Tổ sửa đèn sẽ đến thứ Sáu.")
    press_on(page)
    assert "Tổ sửa đèn sẽ đến thứ Sáu." in page.locator("main").inner_text()
    citizen = open_page(viewport=PHONE, script=False)
    citizen.goto("/track")
    citizen.locator("input[name=code]").fill(office.reflection.access_code)
    press_on(citizen)
    assert "Tổ sửa đèn sẽ đến thứ Sáu." in citizen.locator("main").inner_text()


def test_is_a_change_by_another_shown_and_nothing_overwritten(
    open_page: Callable[..., Page], office: Office
) -> None:
    path = f"/inbox/cases/{office.complaint.number}/summarise"
    first, second = open_page(DUC), open_page(DUC)
    first.goto(path)
    second.goto(path)
    first.locator("main [name=summary]").fill("Bản của người thứ nhất")
    press_on(first)
    second.locator("main [name=summary]").fill("Bản của người thứ hai")
    press_on(second)
    shown = (
        second.locator("main").inner_text() + second.locator("main [name=summary]").input_value()
    )
    assert "Bản của người thứ hai" in shown, "what was typed is kept"
    first.goto(f"/inbox/cases/{office.complaint.number}")
    assert "Bản của người thứ nhất" in first.locator("h1").inner_text()


def test_is_the_sealed_original_read_only_with_a_reason(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(DUC, script=False)
    page.goto(f"/inbox/cases/{office.denunciation.number}")
    assert "Lò Thị Măng" not in page.content()
    page.goto(f"/inbox/cases/{office.denunciation.number}/original")
    assert "Lò Thị Măng" not in page.content()
    page.locator("main [name=reason]").fill("Xác minh danh tính theo điều 24")
    press_on(page)
    assert "Lò Thị Măng" in page.content()


def test_do_unknown_and_forbidden_cases_look_the_same(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(5)  # a handler of another department
    pages = set()
    for number in (office.complaint.number, "26-ZZZZ-Z", office.denunciation.number):
        answer = page.goto(f"/inbox/cases/{number}")
        assert answer is not None
        pages.add((answer.status, page.locator("main").inner_text()))
    assert len(pages) == 1
    assert next(iter(pages))[0] == 404
