"""From receipt to acceptance in a real browser: split in three, forwarded and answered, a group."""

from __future__ import annotations

import re
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

NUMBER = re.compile(r"\b\d\d-[0-9A-Z]{4}-[0-9A-Z]\b")


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


def choose(page: Page, name: str, value: str) -> None:
    """Choose one of a few, or one of a list."""
    listed = page.locator(f"main select[name={name}]")
    if listed.count():
        listed.select_option(value)
    else:
        page.locator(f"main input[name={name}][value={value}]").check()


def submit(page: Page) -> None:
    """Do the act: its own button, not the link to its letter."""
    page.locator("main form[method=post] button.btn--primary").first.click()


def text(page: Page) -> str:
    return page.locator("main").inner_text()


def follow(page: Page, code: str) -> str:
    """What the holder of a code reads."""
    page.goto("/track")
    page.locator("input[name=code]").fill(code)
    press_on(page)
    return text(page)


def examine(page: Page, number: str, *, eligible: bool, competent: bool) -> None:
    act(page, number, "examine")
    choose(page, "eligible", "yes" if eligible else "no")
    choose(page, "competent", "yes" if competent else "no")
    press_on(page)
    assert page.url.endswith(number)


def test_is_a_mixed_submission_split_in_three(
    open_page: Callable[..., Page], filed: Callable[..., Registered]
) -> None:
    first = filed(
        summary="Khiếu nại xử phạt, xin mở đường, tố cáo đòi tiền",
        words="Tôi khiếu nại biên bản. Xin mở đường. Cán bộ Tám đòi tiền.",
    )
    page = open_page(DUC, viewport=EVERYTHING)
    made = []
    for kind, summary in (
        ("petition", "Xin mở đường dân sinh vào xóm"),
        ("denunciation", "Cán bộ địa chính đòi tiền"),
    ):
        act(page, first.number, "split")
        choose(page, "kind", kind)
        page.locator("main [name=summary]").fill(summary)
        if kind == "denunciation":
            press_on(page)
            assert "Viết lại" in text(page) or "tóm tắt mới" in text(page)
            page.locator("main [name=first_summary]").fill("Khiếu nại biên bản xử phạt")
        press_on(page)
        assert page.url.endswith("/inbox/slip")
        found = [one for one in NUMBER.findall(text(page)) if one != first.number]
        made.append(found[0])
        press_on(page)
    petition, denunciation = made
    page.goto(f"/inbox/cases/{first.number}")
    assert_clean(page)
    assert petition in text(page)
    assert denunciation not in text(page)
    assert "Cán bộ Tám" not in text(page)
    page.goto(f"/inbox/cases/{denunciation}")
    assert first.number not in text(page)
    page.goto(f"/inbox/cases/{petition}")
    assert first.number in text(page)
    citizen = open_page(viewport=PHONE)
    seen = follow(citizen, first.access_code)
    assert petition in seen
    assert denunciation not in seen


def test_is_a_submission_for_another_office_forwarded_and_its_answer_read(
    open_page: Callable[..., Page], filed: Callable[..., Registered]
) -> None:
    case = filed(CaseKind.PETITION)
    page = open_page(DUC, viewport=PHONE)
    examine(page, case.number, eligible=True, competent=False)
    act(page, case.number, "forward")
    body = page.locator("main [name=body]")
    assert body.input_value(), "the right door is proposed"
    body.fill("Sở Công Thương")
    submit(page)
    act(page, case.number, "record_reply")
    choose(page, "reply", "settled")
    page.locator("main [name=text]").fill("Sở đã cấp lại giấy phép.")
    submit(page)
    assert "Sở đã cấp lại giấy phép." in text(page)
    citizen = open_page(viewport=PHONE)
    seen = follow(citizen, case.access_code)
    assert_clean(citizen)
    assert "Sở Công Thương" in seen
    assert "Sở đã cấp lại giấy phép." in seen
    act(page, case.number, "take_back")
    page.locator("main [name=reason]").fill("Nơi nhận trả lại đơn")
    submit(page)
    examine(page, case.number, eligible=True, competent=True)


def test_does_a_group_of_twelve_name_who_speaks_for_it(
    open_page: Callable[..., Page], filed: Callable[..., Registered]
) -> None:
    case = filed(signatories=12, summary="Mười hai hộ khiếu nại đền bù")
    page = open_page(DUC, viewport=PHONE)
    examine(page, case.number, eligible=True, competent=True)
    assert "phải cử người đại diện" in text(page)
    act(page, case.number, "represent")
    choose(page, "role", "representative")
    page.locator("main [name=names]").fill("\n".join(f"Nguyễn Văn {n}" for n in "ABCDEF"))
    page.locator("main [name=people]").fill("12")
    submit(page)
    assert page.locator(".govuk-error-message").count(), "six are too many"
    page.locator("main [name=names]").fill("Nguyễn Văn A, Khe Cát\nNguyễn Thị B")
    submit(page)
    assert "Nguyễn Văn A" in text(page)
    act(page, case.number, "accept")
    submit(page)
    assert "Đã thụ lý" in text(page)


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


def test_is_a_duplicate_proposed_attached_and_followed(
    open_page: Callable[..., Page], filed: Callable[..., Registered]
) -> None:
    matter = {
        "summary": "Xưởng gỗ Đại Lộc xả bụi suốt đêm",
        "words": "Xưởng gỗ Đại Lộc cưa xẻ suốt đêm, bụi bay vào nhà.",
        "respondent": "Xưởng gỗ Đại Lộc",
    }
    first, again = filed(**matter), filed(**matter)
    page = open_page(DUC, viewport=EVERYTHING)
    act(page, again.number, "attach")
    page.get_by_role("link", name=f"Chọn {first.number}").click()
    assert page.locator("main [name=case_number]").input_value() == first.number
    press_on(page)
    page.goto(f"/inbox/cases/{first.number}")
    assert "2 đơn trong một vụ việc" in text(page)
    assert again.number in text(page)
    citizen = open_page(viewport=PHONE)
    assert "Việc giải quyết đơn trước" in follow(citizen, again.access_code)
    assert_clean(citizen)
