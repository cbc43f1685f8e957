"""Is the register of state management kept by those who may, and counted by form 06?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from citizenfeedback.domain.vocabulary import Role
from citizenfeedback.gateways import Gateways
from tests.people import Visitor, make_user, visitor
from tests.web.reports.test_views import Office, said

NOVEMBER = "from=2026-11-01&to=2026-11-30"


@pytest.fixture
def office(app: Flask, gateways: Gateways, tmp_path: Path) -> Office:
    """A province with two communes."""
    made = Office(app, gateways, tmp_path)
    with app.app_context():
        admin = {"email": "admin@qn.vn", "name": "Quản trị"}
        make_user(gateways, made.units["TOP"], Role.ADMINISTRATOR, **admin)
    return made


CONCLUDED = {
    "conclusion_no": "18/KL",
    "organisations_disciplined": "0",
    "people_disciplined": "3",
    "organisations_referred": "0",
    "people_referred": "0",
}
NOTHING_DONE = dict.fromkeys(
    ("organisations_handled", "people_handled", "prosecuted_cases", "prosecuted_people"), "0"
)


def day(name: str, number: int, month: int = 11) -> dict[str, str]:
    """A date as its boxes send it."""
    return {f"{name}-day": str(number), f"{name}-month": str(month), f"{name}-year": "2026"}


def enter(browser: Visitor, office: Office, sheet: str, **values: str) -> str:
    """Enter an act; returns the address of its page."""
    address = f"/reports/oversight/new/{sheet}"
    data = {"unit": str(office.units["TOP"]), **values}
    done = browser.post(address, data, of=address)
    assert done.status_code == 303, said(done)
    return str(done.location)


def test_a_supervisor_keeps_the_register_and_the_form_counts_it(office: Office) -> None:
    """Does an inspection go from its decision to the end, each step in the form and its list?"""
    browser = office.browser("sup")
    assert "Sổ còn trống" in said(browser.get("/reports/oversight"))
    enter(
        browser,
        office,
        "document",
        kind="document_issued",
        number="12/KH-UBND",
        title="Kế hoạch tiếp công dân",
        **day("on", 3),
    )
    enter(browser, office, "training", title="Đối thoại", classes="2", people="80", **day("on", 4))
    act = enter(
        browser,
        office,
        "inspection",
        number="9/QĐ-TTr",
        title="Trách nhiệm người đứng đầu",
        units="4",
        **day("on", 5),
    )
    step = f"{act}/conclude"
    done = browser.post(
        step,
        {**CONCLUDED, **day("concluded_on", 12)},
        of=step,
    )
    assert done.status_code == 303
    step = f"{act}/follow-up"
    done = browser.post(
        step, {**NOTHING_DONE, "people_handled": "2", "finished": "1", **day("on", 20)}, of=step
    )
    assert done.status_code == 303
    text = said(browser.get(act))
    assert "Đã thực hiện xong" in text
    assert "Số kết luận 18/KL" in text
    listed = said(browser.get("/reports/oversight"))
    assert "3 dòng." in listed
    assert "2 lớp, 80 người" in listed
    assert "1 dòng." in said(browser.get("/reports/oversight?kind=training&unit=TOP"))
    page = browser.get(f"/reports/forms?{NOVEMBER}&form=06-QLKNTC")
    links = re.findall(r'href="(/reports/forms/rows[^"]+)">([\d.]+)<', page.text)
    assert len(links) == 2 * len("1 4 5 6 7 8 10 13 15".split())
    for href, _amount in links:
        assert "1 dòng." in said(browser.get(href.replace("&amp;", "&")))
    assert "1 phép kiểm tra của thông tư khớp." in said(page)


def test_a_line_is_corrected_and_struck_out_for_all_to_see(office: Office) -> None:
    """Are the old words, the reason and the one who did it kept on the page?"""
    browser = office.browser("sup")
    act = enter(
        browser, office, "training", title="Đối thoại", classes="2", people="0", **day("on", 4)
    )
    values = {"title": "Đối thoại", "classes": "3", "people": "70", **day("on", 4)}
    refused = browser.post(f"{act}/correct", values, of=f"{act}/correct")
    assert refused.status_code == 422
    assert "Ghi lý do." in said(refused)
    assert 'value="70"' in refused.text
    done = browser.post(f"{act}/correct", values | {"reason": "Đếm thiếu"}, of=f"{act}/correct")
    assert done.status_code == 303
    text = said(browser.get(act))
    assert "Lý do: Đếm thiếu" in text
    assert "Số lớp: trước ghi “2”" in text
    step = f"{act}/strike"
    assert browser.post(step, {"reason": "Ghi hai lần"}, of=step).status_code == 303
    assert "Đã gạch bỏ, không tính vào số liệu" in said(browser.get(act))
    assert "0 dòng." in said(browser.get("/reports/oversight"))
    assert browser.post(step, {"reason": "Nhầm"}, of=step).status_code == 303
    assert "1 dòng." in said(browser.get("/reports/oversight"))


def test_a_wrong_step_of_the_implementation_is_struck_out(office: Office) -> None:
    """Does the conclusion stay open when what finished it was entered wrongly?"""
    browser = office.browser("sup")
    act = enter(browser, office, "inspection", title="Trách nhiệm", units="1", **day("on", 5))
    step = f"{act}/conclude"
    early = browser.post(step, {**CONCLUDED, **day("concluded_on", 4)}, of=step)
    assert early.status_code == 422
    assert "không thể trước ngày quyết định thanh tra" in said(early)
    browser.post(step, {**CONCLUDED, **day("concluded_on", 6)}, of=step)
    step = f"{act}/follow-up"
    nothing = browser.post(step, {**NOTHING_DONE, **day("on", 7)}, of=step)
    assert "Ghi ít nhất một số" in said(nothing)
    browser.post(step, {**NOTHING_DONE, "finished": "1", **day("on", 7)}, of=step)
    strike = re.search(r'href="(/reports/oversight/\d+/follow-ups/\d+)"', browser.get(act).text)
    assert strike is not None
    href = strike.group(1)
    assert browser.post(href, {"reason": " "}, of=href).status_code == 422
    assert browser.post(href, {"reason": "Nhầm"}, of=href).status_code == 303
    assert "Đang thực hiện kết luận" in said(browser.get(act))
    assert browser.get(f"{act}/follow-ups/999").status_code == 404


def test_who_may_see_and_who_may_write(office: Office) -> None:
    """Do leaders read only, administrators write, and handlers see nothing of it?"""
    act = enter(
        office.browser("sup"),
        office,
        "training",
        title="Đối thoại",
        classes="1",
        people="0",
        **day("on", 4),
    )
    admin = visitor(office.app)
    admin.sign_in("admin@qn.vn")
    assert "Đối thoại" in said(admin.get("/reports/oversight"))
    assert "Biểu mẫu thống kê" not in said(admin.get("/reports/oversight"))
    assert admin.get(f"{act}/correct").status_code == 200
    assert "Sổ công tác quản lý nhà nước" in said(admin.get("/admin/"))
    auditor = office.browser("auditor")
    assert "Sửa dòng này" not in said(auditor.get(act))
    assert auditor.get(f"{act}/correct").status_code == 404
    leader = office.browser("leader")
    assert leader.get("/reports/oversight").status_code == 200
    assert leader.get(act).status_code == 404
    assert office.browser("handler").get("/reports/oversight").status_code == 404
    assert office.browser("sup").get("/reports/oversight/new/nonsense").status_code == 404


@pytest.mark.parametrize(
    "values",
    [
        {"unit": "999999", "title": "A", "classes": "1"},
        {"unit": "x", "title": "A", "classes": "1"},
        {"title": "A" * 4000, "classes": "1"},
        {"title": "A", "classes": "-1"},
        {"title": "\u202e", "classes": "1" * 50},
    ],
)
def test_hostile_entries_get_a_clear_answer(office: Office, values: dict[str, str]) -> None:
    """Is what cannot be right refused beside its field, and never a failure of the server?"""
    browser = office.browser("sup")
    address = "/reports/oversight/new/training"
    data = {"unit": str(office.units["TOP"]), **day("on", 4), **values}
    refused = browser.post(address, data, of=address)
    assert refused.status_code == 422
    assert "error-summary" in refused.text
    for junk, answer in (("kind=x&from=99&to=2026-13-01&at=zz", 200), ("unit=NO", 404)):
        assert browser.get(f"/reports/oversight?{junk}").status_code == answer
