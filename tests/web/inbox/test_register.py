"""The pages of the register: what each person sees, enters, cancels and takes along."""

from __future__ import annotations

import io
import re

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from citizenfeedback.domain.vocabulary import Action, AuditAction, CaseKind, Letter
from citizenfeedback.models.audit import AuditEntry
from tests.services.desk import BUILDING, DUC, HOA, LAN, MINH, Desk
from tests.services.letters import approve, draft, issue
from tests.web.inbox.test_letters import Come, come, desk, examined, text

__all__ = ["come", "desk"]
ENTER = "/inbox/register/enter"


def entered(desk: Desk, number: str = "1", **more: str) -> dict[str, str]:
    day = desk.today
    return {
        "unit": str(BUILDING),
        "document": "TB",
        "number": number,
        "dated-day": str(day.day),
        "dated-month": str(day.month),
        "dated-year": str(day.year),
        "summary": "Mời họp tổ dân phố",
        "recipients": "Các tổ dân phố",
        "signer": "Trần Văn Đức",
    } | more


def test_a_number_given_by_hand_is_entered_and_cancelled(desk: Desk, come: Come) -> None:
    lan = come(LAN)
    assert "Chưa có văn bản nào được cấp số" in text(lan.get("/inbox/register"))
    page = lan.get(ENTER)
    assert "Thông báo TB-SXD 01" in text(page)
    wrong = lan.post(ENTER, entered(desk, "", summary=""), of=ENTER)
    assert wrong.status_code == 422
    assert "Nhập số" in text(wrong)
    future = lan.post(ENTER, entered(desk, **{"dated-year": "2031"}), of=ENTER)
    assert future.status_code == 409
    done = lan.post(ENTER, entered(desk, "12"), of=ENTER)
    assert done.status_code == 303
    taken = lan.post(ENTER, entered(desk, "12"), of=ENTER)
    assert taken.status_code == 409
    assert "Số tiếp theo của sổ này là 13" in text(taken)
    assert "Mời họp tổ dân phố" in taken.text
    gap = lan.post(ENTER, entered(desk, "15"), of=ENTER)
    assert "bắt đầu từ số 13" in text(gap)
    shown = text(lan.get("/inbox/register"))
    assert "12/TB-SXD" in shown
    assert "Các tổ dân phố" in shown
    assert "Cấp số trên giấy" in shown
    cancel = re.findall(r"/inbox/register/\d+/cancel", lan.get("/inbox/register").text)[0]
    assert lan.post(cancel, {"reason": " "}, of="/inbox/register").status_code == 409
    assert lan.post(cancel, {"reason": "Ghi nhầm"}, of="/inbox/register").status_code == 303
    assert "Đã hủy số Cấp số trên giấy Ghi nhầm" in text(lan.get("/inbox/register"))


def test_who_may_not_enter_numbers_is_not_offered_it(desk: Desk, come: Come) -> None:
    hoa = come(HOA)
    assert "Vào sổ văn bản giấy" not in text(hoa.get("/inbox/register"))
    assert hoa.get(ENTER).status_code == 404
    assert hoa.post(ENTER, entered(desk), of="/inbox/register").status_code == 404
    assert hoa.post("/inbox/register/1/cancel", {"reason": "x"}, of="/inbox").status_code == 404


def test_the_register_is_narrowed_and_searched(desk: Desk, come: Come) -> None:
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    approve(desk, case, letter)
    issue(desk, case, letter)
    lan = come(LAN)
    lan.post(ENTER, entered(desk, "3", document="QĐ"), of=ENTER)
    everything = text(lan.get("/inbox/register"))
    assert "01/TB-SXD" in everything
    assert "03/QĐ-SXD" in everything
    assert "Về việc thụ lý giải quyết khiếu nại lần đầu" in everything
    for asked, there in (
        ("kind=TB-SXD", True),
        ("kind=QĐ-SXD", False),
        (f"unit={BUILDING}&year={desk.today.year}&q={case.number}", True),
        ("year=1999", False),
        ("q=hop to dan pho", False),
        ("unit=99999999999&year=x&before=-1&q=%22)(", False),
    ):
        page = lan.get(f"/inbox/register?{asked}")
        assert page.status_code == 200, asked
        assert ("01/TB-SXD" in text(page)) is there, asked
    assert "01/TB-SXD" not in come(MINH).get("/inbox/register").text


@pytest.mark.parametrize("kind", [CaseKind.COMPLAINT, CaseKind.DENUNCIATION])
def test_the_register_is_taken_along_as_a_book(desk: Desk, come: Come, kind: CaseKind) -> None:
    case = examined(desk, kind)
    wanted = Letter.COMPLAINT_ACCEPTED
    if kind is CaseKind.DENUNCIATION:
        desk.act(DUC, case, Action.ACCEPT, on=desk.today, document_no="7/QĐ")
        wanted = Letter.DENUNCIATION_ACCEPTANCE_NOTICE
    action = Action.ACCEPT if kind is CaseKind.COMPLAINT else None
    letter = draft(desk, case, wanted, action)
    approve(desk, case, letter)
    issue(desk, case, letter)
    duc = come(DUC)
    where = "/inbox/register/export"
    asked = {"unit": str(BUILDING), "year": str(desk.today.year), "kind": ""}
    book = duc.post(where, asked | {"form": "xlsx"}, of="/inbox/register")
    assert book.status_code == 200
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book.data))
    table = duc.post(where, asked | {"form": "csv"}, of="/inbox/register")
    shown = duc.get("/inbox/register").text
    rows = sheets.get_sheet_by_name(f"TB-SXD {desk.today.year}").to_python()
    assert rows[4][0] == "01/TB-SXD" or rows[5][0] == "01/TB-SXD"
    named = [part for part in (str(rows), table.data.decode(), shown) if "Măng" in part]
    assert len(named) == (3 if kind is CaseKind.COMPLAINT else 0)
    taken = desk.session.scalars(
        select(AuditEntry.details).where(AuditEntry.action == AuditAction.REPORT_EXPORTED)
    ).all()
    assert [(one["report"], one["form"]) for one in taken] == [
        ("register", "xlsx"),
        ("register", "csv"),
    ]
    assert duc.post(where, {"year": "2026"}, of="/inbox/register").status_code == 409
    other = come(MINH).post(where, asked, of="/inbox")
    assert other.status_code == 404
