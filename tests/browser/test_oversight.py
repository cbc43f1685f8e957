"""A supervisor keeps the register of state management by hand, and finds it in form 06."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import SUPERVISOR, assert_clean_everywhere

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def fill_day(page: Page, legend: str, day: int) -> None:
    """Fill in the three boxes of a date in November 2026."""
    group = page.get_by_role("group", name=legend)
    for name, value in (("Ngày", day), ("Tháng", 11), ("Năm", 2026)):
        group.get_by_label(name, exact=True).fill(str(value))


def test_an_inspection_from_its_decision_to_the_form(open_page: Callable[..., Page]) -> None:
    """Is each page clean, and does the number stand in the form at the end?"""
    page = open_page(SUPERVISOR)
    page.goto("/reports/oversight")
    assert_clean_everywhere(page)
    page.get_by_role("link", name="Ghi cuộc thanh tra").click()
    assert_clean_everywhere(page)
    page.get_by_label("Số quyết định thanh tra").fill("9/QĐ-TTr")
    page.get_by_label("Nội dung thanh tra").fill("Trách nhiệm của người đứng đầu")
    fill_day(page, "Ngày quyết định thanh tra", 2)
    page.get_by_label("Số đơn vị được thanh tra").fill("4")
    page.get_by_role("button", name="Ghi vào sổ").click()
    page.get_by_role("link", name="Ghi kết luận thanh tra").click()
    assert_clean_everywhere(page)
    page.get_by_label("Số kết luận").fill("18/KL-TTr")
    fill_day(page, "Ngày ban hành kết luận", 10)
    page.get_by_label("Kiến nghị xử lý hành chính: số cá nhân").fill("3")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name="Ghi kết quả thực hiện kết luận").click()
    assert_clean_everywhere(page)
    page.get_by_label("Đã xử lý hành chính: số cá nhân").fill("2")
    page.get_by_label("Đã thực hiện xong kết luận").check()
    page.get_by_role("button", name="Lưu").click()
    assert_clean_everywhere(page)
    assert page.get_by_text("Đã thực hiện xong").is_visible()
    act = page.url
    for name in ("Sửa dòng này", "Gạch bỏ dòng này", "Gạch bỏ 23/11/2026"):
        page.get_by_role("link", name=name).click()
        assert_clean_everywhere(page)
        page.goto(act)
    page.goto("/reports/oversight")
    assert_clean_everywhere(page)
    page.goto("/reports/forms?from=2026-11-01&to=2026-11-30&form=06-QLKNTC")
    total = page.locator("tfoot td")
    assert total.nth(5).inner_text() == "1"
    assert total.nth(14).inner_text() == "2"
    total.nth(14).get_by_role("link").click()
    assert page.get_by_role("link", name="Trách nhiệm của người đứng đầu").is_visible()
