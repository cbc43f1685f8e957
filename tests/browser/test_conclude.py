"""At the end of a case: judged, taken further, told by mail or not, by keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from citizenfeedback.gateways.files import MemoryFiles
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.base import db
from citizenfeedback.services.registering import Registered
from tests.browser.conftest import PHONE, SUPERVISOR, Office, assert_clean, assert_clean_everywhere
from tests.conftest import NOON
from tests.services.desk import Desk
from tests.services.test_concluding import ended

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def concluded(office: Office, keys: Keys) -> Registered:
    """A complaint decided and sent three days ago."""
    with office.app.app_context():
        case = ended(Desk(db.session(), keys, NOON, MemoryFiles(keys)))
        db.session.remove()
    return case


def opened(page: Page, case: Registered, lang: str = "vi") -> None:
    page.goto(f"/track?lang={lang}")
    page.locator("input[name=code]").fill(case.access_code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/track/case*")


def test_is_the_result_judged_and_taken_further_without_scripts(
    open_page: Callable[..., Page], concluded: Registered
) -> None:
    page = open_page(script=False, viewport=PHONE)
    opened(page, concluded)
    page.get_by_role("link", name="Trả lời câu này").click()
    page.get_by_label("Giải quyết được một phần").check()
    page.get_by_label("Ông/bà muốn nói thêm gì?").fill("Chưa đo lại đất")
    page.get_by_role("button", name="Gửi câu trả lời").click()
    page.get_by_text("Cảm ơn ông/bà").wait_for()
    page.get_by_role("button", name="Bắt đầu khiếu nại lần hai").click()
    page.get_by_role("heading", name="Đây là khiếu nại lần hai").wait_for()
    assert concluded.number in page.locator("main").inner_text()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_are_the_pages_of_the_end_clean(
    open_page: Callable[..., Page], concluded: Registered, lang: str
) -> None:
    page = open_page(viewport=PHONE)
    opened(page, concluded, lang)
    for path in ("/track/case", "/track/verdict", "/track/news"):
        page.goto(path)
        assert_clean_everywhere(page)
    page.goto("/track/case")
    page.locator("form[action='/petitions/new/next'] button").click()
    page.wait_for_url("**/meaning*")
    assert_clean(page)


def test_is_the_figure_of_the_verdicts_clean(
    open_page: Callable[..., Page], concluded: Registered
) -> None:
    page = open_page(SUPERVISOR)
    for path in ("/reports/verdicts", "/reports/verdicts/rows"):
        page.goto(f"{path}?from=2026-11-01&to=2026-11-30")
        assert_clean(page)
