"""Settlement in a real browser: a second complaint, an extended denunciation, a suspended case."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from citizenfeedback.domain.vocabulary import Action, CaseKind, CaseResult, State
from citizenfeedback.models.base import db
from citizenfeedback.services.registering import Registered
from tests.browser.conftest import PHONE, Office, assert_clean
from tests.services.desk import CHIEF, DUC, HOA, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

Open = Callable[..., "Page"]


@pytest.fixture
def desk(office: Office) -> Desk:
    """The office, to bring a case to where a journey begins; it acts today."""
    gateways = office.app.extensions["citizenfeedback_gateways"]
    return Desk(db.session, gateways.keys, gateways.clock.now(), gateways.files)


def accepted(office: Office, desk: Desk, kind: CaseKind) -> Registered:
    """A case accepted yesterday that an official has."""
    with office.app.app_context():
        case = desk.file(kind, summary="Thu hồi đất sai diện tích")
        desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
        desk.act(DUC, case, Action.ASSIGN, assignee=HOA)
        desk.act(DUC, case, Action.ACCEPT, on=desk.today - timedelta(days=1))
        db.session.remove()
    return case


def act(page: Page, case: Registered | str, action: Action, **entries: str) -> None:
    """Fill in the page of an act and do it."""
    number = case if isinstance(case, str) else case.number
    page.goto(f"/inbox/cases/{number}/{action}")
    assert_clean(page)
    for name, value in entries.items():
        box = page.locator(f"form[method=post] [name={name}]")
        if box.first.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f"form[method=post] [name={name}][value='{value}']").check()
        elif box.first.evaluate("node => node.tagName") == "SELECT":
            box.first.select_option(value)
        else:
            box.first.fill(value)
    page.locator("main form[method=post] .btn--primary").click()


def test_goes_a_complaint_to_its_second_instance(
    office: Office, desk: Desk, open_page: Open
) -> None:
    case = accepted(office, desk, CaseKind.COMPLAINT)
    page = open_page(DUC)
    act(
        page, case, Action.DECIDE, result=CaseResult.REJECTED, document_no="7/QĐ", text="Không đúng"
    )
    act(page, case, Action.SEND)
    page.goto(f"/inbox/cases/{case.number}")
    assert_clean(page)
    told = page.locator("main").inner_text()
    assert "Khiếu nại lần hai đến hết ngày" in told
    act(page, case, Action.CONTINUE, reason="Không đồng ý")
    number = re.search(r"26-[0-9A-Z]{4}-[0-9A-Z]", page.locator("main").inner_text())
    assert number is not None
    chief = open_page(CHIEF)
    act(chief, number.group(), Action.EXAMINE, eligible="yes", competent="yes")
    act(chief, number.group(), Action.ACCEPT)
    entries = {"result": "upheld", "document_no": "8/QĐ", "first_decision": "changed"}
    act(chief, number.group(), Action.DECIDE, **entries)
    assert "Hủy, sửa quyết định lần đầu" in chief.locator("main").inner_text()
    track = open_page(viewport=PHONE, script=False)
    track.goto("/track")
    track.locator("input[name=code]").fill(case.access_code)
    track.locator("main .btn--primary").first.click()
    assert "khiếu nại lần hai" in track.locator("main").inner_text()


def test_is_a_denunciation_extended_within_its_limit(
    office: Office, desk: Desk, open_page: Open
) -> None:
    case = accepted(office, desk, CaseKind.DENUNCIATION)
    page = open_page(DUC)
    act(page, case, Action.SET_COMPLEXITY, criteria="PT-a", reason="Hai nơi", document_no="3/BC")
    act(page, case, Action.EXTEND, reason="Chờ giám định", document_no="4/QĐ")
    assert "Phức tạp" in page.locator("main").inner_text()
    page.goto(f"/inbox/cases/{case.number}/extend")
    assert "Đã gia hạn hết số lần" in page.locator("main").inner_text()
    names = "Lê An, Trưởng đoàn\nTrần Bình, Thành viên"
    act(page, case, Action.FORM_TEAM, names=names)
    assert "Lê An, Trưởng đoàn (tổ trưởng)" in page.locator("main").inner_text()


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["wide", "phone"])
def test_is_a_complaint_suspended_and_taken_up_again(
    office: Office, desk: Desk, open_page: Open, viewport: ViewportSize | None
) -> None:
    case = accepted(office, desk, CaseKind.COMPLAINT)
    page = open_page(DUC, viewport=viewport)
    yesterday = desk.today - timedelta(days=1)
    page.goto(f"/inbox/cases/{case.number}/suspend")
    for part, value in (("day", yesterday.day), ("month", yesterday.month)):
        page.locator(f"[name=on-{part}]").fill(str(value))
    page.locator("[name=ground][value='KN11a-1-2']").check()
    page.locator("[name=reason]").fill("Chờ kết quả")
    page.locator("main form[method=post] .btn--primary").click()
    page.goto(f"/inbox/cases/{case.number}")
    assert_clean(page)
    assert "Đang tạm đình chỉ giải quyết" in page.locator("main").inner_text()
    track = open_page(viewport=PHONE)
    track.goto("/track")
    track.locator("input[name=code]").fill(case.access_code)
    track.locator("main .btn--primary").first.click()
    assert "tạm dừng giải quyết" in track.locator("main").inner_text()
    act(page, case, Action.LIFT_SUSPENSION, reason="Đã có kết quả")
    with office.app.app_context():
        assert desk.row(case).state is State.VERIFYING
        db.session.remove()


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("address", ["/inbox/after", "/inbox/overview", "/inbox?view=unprocessed"])
def test_fit_the_pages_of_leaders(
    open_page: Open, address: str, viewport: ViewportSize | None
) -> None:
    page = open_page(CHIEF, viewport=viewport)
    page.goto(address)
    assert_clean(page)
