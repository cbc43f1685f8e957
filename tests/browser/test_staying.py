"""A page left open: its end is said in time, and one press puts it off without losing a word."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import PHONE, Office, assert_clean
from tests.services.desk import HOA

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
TYPED = "Tôi viết dở câu này"


def test_does_a_tracking_page_left_open_say_its_end_and_stay(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport=PHONE)
    page.clock.install()
    page.goto("/track")
    page.locator("input[name=code]").fill(office.complaint.access_code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/track/case*")
    page.goto("/track/message")
    box = page.locator("textarea")
    box.fill(TYPED)
    notice = page.get_by_role("status").get_by_text("Trang theo dõi tự đóng lúc")
    page.clock.fast_forward("19:00")
    assert not notice.is_visible()
    page.clock.fast_forward("02:00")
    notice.wait_for()
    assert box.evaluate("box => box === document.activeElement")
    assert_clean(page)
    page.get_by_role("button", name="Giữ trang mở thêm").focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("Đã kéo dài đến").wait_for()
    assert box.input_value() == TYPED
    assert page.url.endswith("/track/message")
    page.clock.fast_forward("31:00")
    page.get_by_role("alert").get_by_text("Trang theo dõi đã tự đóng").wait_for()
    assert box.input_value() == TYPED


def test_does_an_officials_session_go_on_where_they_were(open_page: Callable[..., Page]) -> None:
    page = open_page(HOA)
    page.clock.install()
    page.goto("/account/password")
    box = page.locator("input[name=again]")
    box.fill(TYPED)
    page.clock.fast_forward("09:46:00")
    page.get_by_role("status").get_by_text("Phiên đăng nhập hết lúc").wait_for()
    assert_clean(page)
    page.get_by_role("button", name="Kéo dài phiên").click()
    page.get_by_role("status").get_by_text("Đã kéo dài đến").wait_for()
    assert box.input_value() == TYPED
    assert box.evaluate("box => box === document.activeElement")
    page.clock.fast_forward("00:15")
    page.get_by_role("status").get_by_text("Đã kéo dài đến").wait_for(state="hidden")


@pytest.mark.parametrize("scripts", [True, False])
def test_is_what_was_written_for_a_case_sent_to_no_other(
    open_page: Callable[..., Page], office: Office, scripts: bool
) -> None:
    page = open_page(viewport=PHONE, script=scripts)

    def enter(code: str) -> None:
        page.goto("/track")
        page.locator("input[name=code]").fill(code)
        page.locator("main button").first.click()
        page.wait_for_url("**/track/case*")

    enter(office.complaint.access_code)
    page.goto("/track/message")
    other = page.context.new_page()
    page, written = other, page
    enter(office.reflection.access_code)
    written.locator("textarea").fill(TYPED)
    written.locator("main button").first.click()
    written.get_by_role("heading", name="Nhập lại mã tra cứu rồi gửi").wait_for()
    assert written.get_by_text(TYPED).is_visible()
    if scripts:
        assert_clean(written)
    code = written.get_by_label("Mã tra cứu")
    code.fill(office.complaint.access_code)
    code.press("Enter")
    written.wait_for_url("**/track/case*")
    assert written.get_by_text(office.complaint.number).first.is_visible()
    assert written.get_by_text(TYPED).last.is_visible()
