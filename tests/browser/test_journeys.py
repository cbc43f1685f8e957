"""Whole journeys in a real browser: on a phone, by keyboard, without scripts, by two at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from citizenfeedback.domain.vocabulary import LookReason
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from tests.browser.conftest import CODE, PHONE, Office
from tests.services.desk import DUC, HOA

if TYPE_CHECKING:
    from playwright.sync_api import Page


def press_on(page: Page) -> None:
    """Press what the page puts first: its main button, or the link that looks like one."""
    page.locator("main .btn--primary, main .btn--warning").first.click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_can_one_file_and_follow_on_a_phone(
    open_page: Callable[..., Page], office: Office, script: bool
) -> None:
    page = open_page(viewport=PHONE, script=script)
    page.goto("/petitions/new")
    page.locator("main input[type=radio]").last.check()
    press_on(page)
    for _ in range(20):
        if "/check" in page.url:
            break
        fill_in(page)
        press_on(page)
    assert "/petitions/new/check" in page.url
    press_on(page)
    page.wait_for_url("**/petitions/new/code")
    with office.app.app_context():
        look = db.session.scalar(select(Case.look).order_by(Case.id.desc()).limit(1))
    assert look == ("" if script else LookReason.NO_PROOF_OF_WORK)
    code = re.search(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", page.locator("main").inner_text())
    assert code is not None
    assert code.group() not in page.url
    page.goto("/track")
    page.locator("input[name=code]").fill(code.group().lower())
    press_on(page)
    assert "/track/case" in page.url
    assert "Khe Cát" not in page.locator("main").inner_text(), "what was filed needs more proof"


def fill_in(page: Page) -> None:
    """Answer the questions of one page of the filing."""
    for name, value in (
        ("words", "Đèn đường ở thôn Khe Cát hỏng đã ba tháng, buổi tối rất tối."),
        ("wish", "Sửa đèn."),
        ("name", "Lò Thị Măng"),
        ("phone", "0912345678"),
        ("address", "Thôn Khe Cát"),
    ):
        box = page.locator(f"main [name={name}]")
        if box.count():
            box.first.fill(value)
    for name in ("field", "unit", "standing"):
        radios = page.locator(f"main input[type=radio][name={name}]")
        if radios.count():
            radios.first.check()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_can_one_rate_with_one_press(open_page: Callable[..., Page], script: bool) -> None:
    page = open_page(viewport=PHONE, script=script)
    page.goto(f"/r/{CODE}")
    page.get_by_role("button", name="Chưa tốt").click()
    page.get_by_label("Gây phiền hà").check()
    page.locator("textarea[name=comment]").fill("Chờ lâu")
    press_on(page)
    assert page.url.endswith("/thanks")


def test_does_the_kiosk_thank_and_go_back(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    page.goto(f"/kiosk/{CODE}")
    page.get_by_role("button", name="Rất tốt").click()
    page.wait_for_url("**/thanks")
    page.wait_for_url(f"**/kiosk/{CODE}", timeout=15_000)


def test_can_one_follow_by_keyboard_alone(open_page: Callable[..., Page], office: Office) -> None:
    page = open_page(viewport=PHONE)
    page.goto("/track")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "code":
            break
    page.keyboard.type(office.complaint.access_code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/track/case")
    outline = page.evaluate(
        "() => { document.querySelector('main a, main button, main summary').focus();"
        " const style = getComputedStyle(document.activeElement);"
        " return style.outlineStyle + style.boxShadow + style.backgroundColor }"
    )
    assert "none" not in outline.split("rgb")[0] or "rgb" in outline


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
