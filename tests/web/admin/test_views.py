"""Administration through its pages: people, units, points, staff, calendar, audit."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import CaseField, CaseKind, Channel, Role
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.clock import local_date
from citizenfeedback.models.accounts import User
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import ServicePoint, StaffMember, Unit
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services.registering import NewCase, register
from citizenfeedback.services.transaction import transaction
from tests.people import PASSWORD, Visitor, make_unit, make_user, visitor

PAGES = (
    "/admin/",
    "/admin/people",
    "/admin/people/new",
    "/admin/units",
    "/admin/units/new",
    "/admin/points",
    "/admin/points/new",
    "/admin/staff",
    "/admin/staff/new",
    "/admin/calendar",
)


class Office:
    """An office with an administrator, an auditor and a handler, and their browsers."""

    def __init__(self, app: Flask, gateways: Gateways) -> None:
        self.app, self.gateways = app, gateways
        with app.app_context():
            self.root = make_unit(gateways, "QN", name="Tỉnh Quảng Ninh")
            self.land = make_unit(gateways, "QN-STNMT", self.root, name="Sở Đất đai")
            make_user(gateways, self.root, Role.ADMINISTRATOR, email="quan@qn.vn", name="Lê Quản")
            make_user(gateways, self.root, Role.AUDITOR, email="kiem@qn.vn", name="Vũ Kiểm")
            self.hoa_id = make_user(gateways, self.land, Role.HANDLER)

    def browser(self, email: str) -> Visitor:
        """A browser signed in as this person."""
        someone = visitor(self.app)
        assert someone.sign_in(email).status_code == 303
        return someone

    def one(self, query: Any) -> Any:
        """One value from the database."""
        with self.app.app_context():
            return db.session.scalar(query)


@pytest.fixture
def office(app: Flask, gateways: Gateways) -> Office:
    """The office."""
    return Office(app, gateways)


@pytest.fixture
def quan(office: Office) -> Visitor:
    """The administrator's browser."""
    return office.browser("quan@qn.vn")


def hidden(page: str, name: str) -> str:
    """The value of a hidden field on a page."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, name
    return found.group(1)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_the_administrator_opens_every_page_in_both_languages(
    quan: Visitor, path: str, lang: str
) -> None:
    answer = quan.get(f"{path}?lang={lang}")
    assert answer.status_code == 200
    assert f'lang="{lang}"' in answer.text


@pytest.mark.parametrize("path", [*PAGES, "/admin/audit"])
def test_a_handler_opens_none_of_them(office: Office, path: str) -> None:
    assert office.browser("hoa@qn.vn").get(path).status_code == 404


def test_the_audit_is_the_auditors_alone(office: Office, quan: Visitor) -> None:
    assert quan.get("/admin/audit").status_code == 404
    kiem = office.browser("kiem@qn.vn")
    page = kiem.get("/admin/audit").text
    assert "Lê Quản" in page
    assert kiem.get("/admin/audit?action=signed_in&before=999999999999999999999").status_code == 200
    assert kiem.get("/admin/people").status_code == 404


@pytest.mark.both_databases
def test_inviting_somebody_sends_the_link_and_shows_it_to_nobody(
    office: Office, quan: Visitor, gateways: Gateways
) -> None:
    data = {"email": "moi@qn.vn", "name": "Trần Mới", "unit": office.land, "roles": ["handler"]}
    answer = quan.post("/admin/people/new", data)
    assert answer.headers["Location"] == "/admin/people"
    assert "Trần Mới" in quan.get("/admin/people").text
    again = quan.post("/admin/people/new", data)
    assert again.status_code == 422
    assert "Trần Mới" in again.text
    assert "đã có tài khoản" in again.text


def test_without_a_mail_server_the_link_is_shown_once(office: Office, quan: Visitor) -> None:
    office.gateways.mail.delivers = False  # type: ignore[misc]
    try:
        page = quan.post(f"/admin/people/{office.hoa_id}/link", of=f"/admin/people/{office.hoa_id}")
    finally:
        office.gateways.mail.delivers = True  # type: ignore[misc]
    found = re.search(r"/account/link/[\w-]{40,}", page.text)
    assert found
    assert visitor(office.app).get(found.group()).status_code == 200


def test_a_change_made_meanwhile_is_shown_and_nothing_is_lost(
    office: Office, quan: Visitor
) -> None:
    path = f"/admin/people/{office.hoa_id}"
    version = hidden(quan.get(path).text, "version")
    data = {
        "name": "Nguyễn Hoa",
        "unit": office.land,
        "roles": ["handler", "unit_leader"],
        "active": "1",
        "version": version,
    }
    assert quan.post(path, data).status_code == 303
    stale = quan.post(path, data | {"name": "Tên Khác"})
    assert stale.status_code == 422
    assert "Người khác vừa sửa" in stale.text
    assert "Tên Khác" in stale.text
    assert quan.post(path, data | {"version": hidden(stale.text, "version")}).status_code == 303
    assert office.one(select(User.name).where(User.id == office.hoa_id)) == "Nguyễn Hoa"


def test_closing_an_account_ends_its_session_at_once(office: Office, quan: Visitor) -> None:
    hoa = office.browser("hoa@qn.vn")
    path = f"/admin/people/{office.hoa_id}"
    version = hidden(quan.get(path).text, "version")
    quan.post(path, {"name": "Hoa", "unit": office.land, "roles": ["handler"], "version": version})
    assert hoa.get("/account").status_code == 303
    assert visitor(office.app).sign_in(password=PASSWORD).status_code == 422


def test_a_person_who_is_not_there_is_a_page_not_found(quan: Visitor) -> None:
    for path in ("/admin/people/999", "/admin/units/999", "/admin/points/9", "/admin/staff/9"):
        assert quan.get(path).status_code == 404
    assert quan.get("/admin/people/99999999999999999999").status_code == 404


@pytest.mark.both_databases
def test_units_are_found_without_accents_added_and_moved(office: Office, quan: Visitor) -> None:
    assert "Sở Đất đai" in quan.get("/admin/units?q=so dat").text
    assert "Sở Đất đai" not in quan.get("/admin/units?q=y te").text
    data = {"code": "QN-X", "name": "Xã Mới", "level": "commune", "parent": office.land}
    assert quan.post("/admin/units/new", data).status_code == 303
    assert "đã được dùng" in quan.post("/admin/units/new", data).text
    new_id = office.one(select(Unit.id).where(Unit.code == "QN-X"))
    path = f"/admin/units/{new_id}"
    mark = hidden(quan.get(path).text, "mark")
    moved = {"name": "Xã Mới", "level": "commune", "parent": office.root, "mark": mark}
    assert quan.post(path, moved).status_code == 303
    assert office.one(select(Unit.path).where(Unit.id == new_id)) == f"/{office.root}/{new_id}/"
    assert quan.post(path, moved).status_code == 422  # the mark is an old one


def test_a_unit_is_not_put_below_itself(office: Office, quan: Visitor) -> None:
    path = f"/admin/units/{office.root}"
    mark = hidden(quan.get(path).text, "mark")
    data = {"name": "Tỉnh", "level": "province", "parent": office.land, "mark": mark}
    answer = quan.post(path, data)
    assert answer.status_code == 422
    assert "không thể trực thuộc" in answer.text


def test_a_point_has_a_code_to_scan_and_a_sign_to_print(office: Office, quan: Visitor) -> None:
    data = {
        "code": "QN-Q1",
        "name": "Quầy 1",
        "unit": office.land,
        "opens": "7:30",
        "closes": "17h00",
        "active": "1",
    }
    assert "ví dụ 07:30" in quan.post("/admin/points/new", data | {"opens": "25:99"}).text
    added = quan.post("/admin/points/new", data)
    point_id = office.one(select(ServicePoint.id))
    assert (added.status_code, added.location) == (303, f"/admin/points/{point_id}")
    page = quan.get(f"/admin/points/{point_id}").text
    assert "<svg" in page
    assert "/r/QN-Q1" in page
    assert f"/admin/points/posters.pdf?point={point_id}&size=a6" in unescape(page)
    mark = hidden(page, "mark")
    late = data | {"opens": "18:00", "mark": mark}
    assert quan.post(f"/admin/points/{point_id}", late).status_code == 422


def test_staff_are_added_found_and_put_at_a_counter_of_their_own_unit(
    office: Office, quan: Visitor
) -> None:
    point = {"code": "Q1", "name": "Quầy 1", "unit": office.land, "active": "1"}
    quan.post("/admin/points/new", point)
    point_id = office.one(select(ServicePoint.id))
    data = {
        "code": "CB1",
        "name": "Đỗ Thị Mơ",
        "unit": office.root,
        "point": point_id,
        "active": "1",
    }
    assert quan.post("/admin/staff/new", data).status_code == 422
    assert quan.post("/admin/staff/new", data | {"unit": office.land}).status_code == 303
    assert "Đỗ Thị Mơ" in quan.get("/admin/staff?q=do thi mo").text
    staff_id = office.one(select(StaffMember.id))
    mark = hidden(quan.get(f"/admin/staff/{staff_id}").text, "mark")
    data = {"name": "Đỗ Mơ", "unit": office.land, "point": "", "mark": mark}
    assert quan.post(f"/admin/staff/{staff_id}", data).status_code == 303
    assert "Đã nghỉ" in quan.get("/admin/staff").text


def confirm(quan: Visitor, shown: Any) -> Any:
    """Confirm what a preview showed."""
    page = unescape(shown.text)
    changes = re.search(r'name="changes" value="(.*)">', page)
    assert changes
    data = {"token": hidden(page, "token"), "changes": changes.group(1)}
    return quan.post("/admin/calendar/confirm", data, of="/admin/calendar")


def test_a_day_counts_once_what_it_moves_was_seen(office: Office, quan: Visitor) -> None:
    day = {"date-day": "14", "date-month": "7", "date-year": "2027"}
    data = day | {"kind": "holiday", "name": "Ngày nghỉ thêm"}
    shown = quan.post("/admin/calendar", data)
    assert "Không đơn nào đổi thời hạn" in shown.text
    with office.app.app_context():
        assert work_calendar().is_working(date(2027, 7, 14))
    assert confirm(quan, shown).headers["Location"] == "/admin/calendar?year=2027"
    assert "Ngày nghỉ thêm" in quan.get("/admin/calendar?year=2027").text
    with office.app.app_context():
        assert not work_calendar().is_working(date(2027, 7, 14))
    back = quan.post(
        "/admin/calendar/remove", {"date": "2027-07-14"}, of="/admin/calendar?year=2027"
    )
    assert "Ngày thường" in back.text
    confirm(quan, back)
    with office.app.app_context():
        assert work_calendar().is_working(date(2027, 7, 14))
    gone = quan.post("/admin/calendar/remove", {"date": "2027-07-14"}, of="/admin/calendar")
    assert gone.status_code == 404


def test_a_change_moves_cases_after_it_was_shown(office: Office, quan: Visitor) -> None:
    numbers = {}
    for kind in (CaseKind.PETITION, CaseKind.DENUNCIATION):
        with office.app.app_context():
            numbers[kind] = file_one(office, kind)
    with office.app.app_context():
        before = office.one(select(Case.due_on).where(Case.kind == CaseKind.PETITION))
        day = work_calendar().add_working(today_of(office), 1)
    data = {
        "date-day": str(day.day),
        "date-month": str(day.month),
        "date-year": str(day.year),
        "kind": "holiday",
        "name": "Nghỉ đột xuất",
        "basis": "CĐ 7/2026",
    }
    shown = quan.post("/admin/calendar", data)
    assert numbers[CaseKind.PETITION] in shown.text
    assert numbers[CaseKind.DENUNCIATION] in shown.text
    assert "Tố cáo" not in shown.text
    assert "giữ kín" not in shown.text
    assert "Thời hạn thụ lý" in shown.text
    with office.app.app_context():
        file_one(office, CaseKind.REFLECTION)
    again = confirm(quan, shown)
    assert again.status_code == 409
    assert "Lịch hoặc thời hạn vừa thay đổi" in again.text
    assert confirm(quan, again).status_code == 303
    after = office.one(select(Case.due_on).where(Case.kind == CaseKind.PETITION))
    assert after > before


CALENDAR_FILE = """BEGIN:VCALENDAR\r
BEGIN:VEVENT\r
DTSTART;VALUE=DATE:20270714\r
DTEND;VALUE=DATE:20270716\r
SUMMARY:Nghỉ hai ngày\r
DESCRIPTION:CV 8\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_days_come_from_a_file(office: Office, quan: Visitor) -> None:
    def send(name: str, content: str) -> Any:
        file = (BytesIO(content.encode()), name)
        return quan.post("/admin/calendar/import", {"file": file}, of="/admin/calendar")

    shown = send("nghi.ics", CALENDAR_FILE)
    assert confirm(quan, shown).status_code == 303
    with office.app.app_context():
        assert [work_calendar().is_working(date(2027, 7, n)) for n in (13, 14, 15, 16)] == [
            True,
            False,
            False,
            True,
        ]
    wrong = send("nghi.csv", "date,kind,name,basis\n2027-13-01,holiday,x,\n")
    assert wrong.status_code == 422
    assert "Dòng 2" in wrong.text
    nothing = quan.post("/admin/calendar/import", {}, of="/admin/calendar")
    assert nothing.status_code == 422


@pytest.mark.parametrize("changes", ["", "[]", "{", '[["x"]]', '[["2027-01-01","king","x"]]'])
def test_a_forged_confirmation_is_nothing_of_ours(quan: Visitor, changes: str) -> None:
    data = {"token": "x", "changes": changes}
    assert quan.post("/admin/calendar/confirm", data, of="/admin/calendar").status_code == 404


def file_one(office: Office, kind: CaseKind) -> str:
    """Put a case into the books today; returns its number."""
    new = NewCase(kind, CaseField.LAND, Channel.POST, office.root, today_of(office))
    with transaction() as session:
        return register(
            session,
            office.gateways.keys,
            work_calendar(),
            Policy(),
            SYSTEM,
            new,
            now=office.gateways.clock.now(),
        ).number


def today_of(office: Office) -> date:
    """The day it is in the office."""
    return local_date(office.gateways.clock.now())


def test_odd_values_in_addresses_and_forms_are_answered_plainly(
    office: Office, quan: Visitor
) -> None:
    for path in (
        "/admin/calendar?year=99999999999",
        "/admin/calendar?year=x",
        "/admin/staff?after=99999999999999999999999",
        "/admin/people?after=%F0%9F%98%80&q=%25_",
        "/admin/units?q=%27%22--",
    ):
        assert quan.get(path).status_code in {200, 404}, path
    for path in ("/admin/people/new", "/admin/units/new", "/admin/points/new", "/admin/calendar"):
        data = {
            "unit": "x",
            "roles": "king",
            "level": "9",
            "parent": "-1",
            "kind": "?",
            "name": "x" * 900,
        }
        assert quan.post(path, data).status_code == 422, path
    bad = quan.post("/admin/calendar/remove", {"date": "hôm nay"}, of="/admin/calendar")
    assert bad.status_code == 404


def test_signs_of_points_come_as_paper(office: Office, quan: Visitor) -> None:
    assert quan.get("/admin/points/posters.pdf").status_code == 303  # nothing to print yet
    data = {"code": "Q1", "name": "Quầy 1", "unit": office.land, "active": "1"}
    assert quan.post("/admin/points/new", data).status_code == 303
    point_id = office.one(select(ServicePoint.id).where(ServicePoint.code == "Q1"))
    for asked in ("", "?size=a5", f"?unit={office.root}&size=odd", f"?point={point_id}&size=a6"):
        answer = quan.get(f"/admin/points/posters.pdf{asked}")
        assert answer.mimetype == "application/pdf", asked
        assert answer.data.startswith(b"%PDF")
    assert quan.get(f"/admin/points/posters.pdf?unit={office.land + 99}").status_code == 404
    old = quan.get(f"/admin/points/{point_id}/sign")
    assert old.headers["Location"] == f"/admin/points/posters.pdf?point={point_id}"
    assert office.browser("hoa@qn.vn").get("/admin/points/posters.pdf").status_code == 404
