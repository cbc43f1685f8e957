"""Do the supervisors' pages show the right figures to the right people, and open what they count?"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import html5lib
import openpyxl
import pypdf
import pytest
from flask import Flask
from sqlalchemy import select, update

from citizenfeedback.domain.records import RecordKind
from citizenfeedback.domain.vocabulary import AuditAction, Role
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.ratings import Rating
from citizenfeedback.queries.accounts import account_id
from citizenfeedback.services.transaction import transaction
from tests.people import Visitor, make_user, visitor
from tests.records import POINTS, STAFF, UNITS, petition, rating, reception, write
from tests.year import import_file

WINDOW = "from=2019-05-01&to=2019-05-31"
YEAR = "from=2019-01-01&to=2019-12-31"
HOSTILE = "=cmd|' /C calc'!A0"
OTHER = {"code": "X2", "name": HOSTILE, "level": "commune", "parent": "TOP"}
TAKEN_UP = {
    "processed_on": "2019-05-03",
    "eligible": "yes",
    "competent": "yes",
    "direction": "accept",
    "accepted_on": "2019-05-03",
    "complexity": "normal",
}
PEOPLE = {
    "sup@qn.vn": (Role.SUPERVISOR, "TOP"),
    "leader@qn.vn": (Role.UNIT_LEADER, "X1"),
    "inspector@qn.vn": (Role.INSPECTOR, "TOP"),
    "auditor@qn.vn": (Role.AUDITOR, "TOP"),
    "handler@qn.vn": (Role.HANDLER, "X1"),
}


class Office:
    """A province with two communes, a May of records, and a browser for each role."""

    def __init__(self, app: Flask, gateways: Gateways, folder: Path) -> None:
        self.app = app
        rows: dict[RecordKind, list[dict[str, str]]] = {
            RecordKind.UNITS: [UNITS[0], {**UNITS[1], "name_en": "Hong Gai Ward"}, OTHER],
            RecordKind.POINTS: POINTS,
            RecordKind.STAFF: STAFF,
            RecordKind.PETITIONS: [
                petition("A", **TAKEN_UP, closed_on="2019-05-20", result="upheld"),
                petition("B", **TAKEN_UP),
                petition("C", **TAKEN_UP, kind="denunciation", field="conduct"),
                petition("D", unit="X2", kind="petition", summary=HOSTILE),
            ],
            RecordKind.RECEPTIONS: [reception("S1"), reception("S2", people="6")],
            RecordKind.RATINGS: [
                rating("R1", comment="Cảm ơn cán bộ"),
                *(rating(f"R{n}", overall="3", ATT02="4", ATT05="no") for n in range(2, 7)),
            ],
        }
        with app.app_context():
            for kind, some in rows.items():
                result = import_file(kind, write(folder, kind, some), keys=gateways.keys)
                assert result.accepted, result.problems
            found = db.session.execute(select(Unit.code, Unit.id))
            ids = {row.code: row.id for row in found}
            db.session.remove()
            for email, (role, unit) in PEOPLE.items():
                make_user(gateways, ids[unit], role, email=email, name=email)
            self.units = ids

    def browser(self, who: str) -> Visitor:
        """A browser signed in as this person."""
        someone = visitor(self.app)
        assert someone.sign_in(f"{who}@qn.vn").status_code == 303
        return someone


@pytest.fixture
def office(app: Flask, gateways: Gateways, tmp_path: Path) -> Office:
    return Office(app, gateways, tmp_path)


def said(page: Any) -> str:
    """The words of the page's main part, each space plain."""
    root = html5lib.parse(page.text, namespaceHTMLElements=False)
    main = next(root.iter("main"))
    return " ".join(" ".join(main.itertext()).replace("\u00a0", " ").split())


def test_the_overview_answers_in_one_sentence_and_adds_up(office: Office) -> None:
    """Does the page say first how much was settled, and do the parts make the whole?"""
    text = said(office.browser("sup").get(f"/reports?{WINDOW}"))
    assert "Tháng 5/2019 giải quyết 1 trên 3 vụ khiếu nại, tố cáo: 33,33 %" in text
    assert "0 vụ từ kỳ trước chuyển sang + 3 vụ thụ lý − 1 vụ giải quyết = 2 vụ" in text
    assert "Lượt tiếp công dân 2 8 người, 1 đoàn" in text
    assert "Tử số: Vụ việc đã giải quyết trong kỳ." in text
    assert "Tỷ lệ giải quyết, mọi loại đơn" in text
    assert "không có số liệu –" in text


def test_the_overview_is_there_in_english_and_in_every_shape(office: Office) -> None:
    """Are other windows, units and the other language pages of their own?"""
    browser = office.browser("sup")
    english = said(browser.get(f"/reports?{WINDOW}&lang=en"))
    assert "In May 2019, 1 of 3 complaints and denunciations were resolved: 33.33%" in english
    assert "X2" not in said(browser.get(f"/reports?{WINDOW}&unit=X1&lang=vi"))
    for address in ("/reports", "/reports?from=x&to=y", "/reports?from=2019-05-02&to=2019-05-01"):
        assert "Tháng 10/2026 giải quyết 0 trên 2 vụ" in said(browser.get(address))
    for days in ("from=2018-02-03&to=2019-11-04", "from=2019-05-02&to=2019-05-02"):
        assert browser.get(f"/reports?{days}").status_code == 200
    for page in ("figures", "ratings", "units"):
        assert browser.get(f"/reports/{page}?{WINDOW}").status_code == 200


def test_another_window_is_typed_and_checked(office: Office) -> None:
    """Does a typed window lead to its page, and a wrong one say what is wrong?"""
    browser = office.browser("sup")
    days = "first-day=1&first-month=5&first-year=2019&last-day={}&last-month=5&last-year=2019"
    page = browser.get("/reports?unit=X1&" + days.format(31))
    assert page.status_code == 303
    assert page.location.endswith("from=2019-05-01&to=2019-05-31&unit=X1")
    assert "Nhập ngày có thật" in said(browser.get("/reports?" + days.format(32)))
    page = browser.get("/reports?first-day=2&first-month=5&first-year=2019&" + days[39:].format(1))
    assert "Ngày cuối kỳ phải sau" in said(page)


def test_units_are_found_without_accents(office: Office) -> None:
    """Is a unit found by a part of its name, and one that is not there not?"""
    browser = office.browser("sup")
    assert "UBND phường Hồng Gai" in said(browser.get(f"/reports/units?{WINDOW}&q=hong gai"))
    assert "Không có đơn vị nào" in said(browser.get(f"/reports/units?{WINDOW}&q=xyz"))


def test_a_figure_opens_the_cases_behind_it(office: Office) -> None:
    """Does each side of a figure list its cases, linked to their pages, without a name?"""
    browser = office.browser("sup")
    page = browser.get(f"/reports/rows?{WINDOW}&figure=cases.accepted")
    with office.app.app_context():
        numbers = db.session.scalars(select(Case.number).where(Case.accepted_on.is_not(None)))
        for number in numbers:
            assert f'href="/inbox/cases/{number}"' in page.text
    assert "3 dòng." in said(page)
    assert "Trần Thị Mít" not in page.text
    key = "cases.resolution_rate.complaint_and_denunciation"
    assert "1 dòng." in said(browser.get(f"/reports/rows?{WINDOW}&figure={key}"))
    below = browser.get(f"/reports/rows?{WINDOW}&figure={key}&part=denominator")
    assert "3 dòng." in said(below)
    of_field = browser.get(f"/reports/rows?{WINDOW}&figure=cases.accepted&field=conduct")
    assert "1 dòng." in said(of_field)
    for figure, count in (("receptions.groups", 1), ("ratings.satisfied_rate", 1)):
        rows = browser.get(f"/reports/rows?{WINDOW}&figure={figure}")
        assert f"{count} dòng." in said(rows)
        assert "Trần Thị Mít" not in rows.text
    assert browser.get(f"/reports/rows?{WINDOW}&figure=dossiers.on_time_rate").status_code == 200


@pytest.mark.parametrize("figure", ["cases.accepted", "receptions.turns", "ratings.count"])
def test_a_row_names_its_unit_in_the_language_of_the_page(office: Office, figure: str) -> None:
    """Does each list behind a figure say whose row it is, in English where there is a name?"""
    sup, page = office.browser("sup"), f"/reports/rows?{WINDOW}&figure={figure}"
    assert "UBND phường Hồng Gai" in said(sup.get(page))
    english = said(sup.get(f"{page}&lang=en"))
    assert "Hong Gai Ward" in english
    assert "UBND phường Hồng Gai" not in english


def test_who_may_not_open_a_case_is_told_how_many_there_are(office: Office) -> None:
    """Does somebody who sees the figures but not the cases get the count only?"""
    for who, unseen in (("auditor", 3), ("inspector", 3)):
        page = said(office.browser(who).get(f"/reports/rows?{WINDOW}&figure=cases.accepted"))
        assert f"{unseen} dòng không thuộc phạm vi xem" in page


def test_a_denunciation_about_the_reader_is_in_no_count(office: Office) -> None:
    """Does the wall hold in figures and lists, so that no number gives a case away?"""
    with office.app.app_context(), transaction() as session:
        session.execute(
            update(Case)
            .where(Case.kind == "denunciation")
            .values(respondent_unit_id=office.units["X1"])
        )
    leader = office.browser("leader")
    assert "giải quyết 1 trên 2 vụ" in said(leader.get(f"/reports?{WINDOW}"))
    page = said(leader.get(f"/reports/rows?{WINDOW}&figure=cases.accepted"))
    assert "2 dòng." in page
    assert "không thuộc phạm vi" not in page
    assert "giải quyết 1 trên 3 vụ" in said(office.browser("sup").get(f"/reports?{WINDOW}"))


def test_the_pages_are_for_those_with_the_right(office: Office) -> None:
    """Are handlers kept out, and units outside one's reach as if they were not there?"""
    handler = office.browser("handler")
    for page in ("/reports", "/reports/figures", "/reports/rows", "/reports/ratings"):
        assert handler.get(page).status_code == 404
    assert visitor(office.app).get("/reports").status_code == 303
    leader = office.browser("leader")
    assert leader.get(f"/reports?{WINDOW}").status_code == 200
    for unit in ("TOP", "X2", "NOWHERE", "'"):
        assert leader.get(f"/reports?{WINDOW}&unit={unit}").status_code == 404
        assert leader.get(f"/reports/ratings?{WINDOW}&unit={unit}").status_code == 404
    auditor = office.browser("auditor")
    assert auditor.get("/reports/ratings").status_code == 404
    assert "Xuất Excel" not in auditor.get("/reports").text
    sup = office.browser("sup")
    for figure in ("", "cases.nothing", "receptions.turns&field=land"):
        assert sup.get(f"/reports/rows?{WINDOW}&figure={figure}").status_code == 404
    for after in ("x", "20191301.1", "99999999999999", "20190501.9999999999999"):
        address = f"/reports/rows?{WINDOW}&figure=cases.accepted&after={after}"
        assert sup.get(address).status_code == 200


def test_ratings_name_nobody_on_a_handful(office: Office) -> None:
    """Is a person named with six ratings, and told as one of a few with the least at seven?"""
    text = said(office.browser("sup").get(f"/reports/ratings?{WINDOW}"))
    assert "16,67 % hài lòng trong 6 lượt đánh giá" in text
    assert "Nguyễn An" in text
    assert "5 / 5 · Quầy số 1 · UBND phường Hồng Gai" in text
    assert "Cảm ơn cán bộ" in text
    assert "Trong ngoặc là khoảng tin cậy 95 %." in text
    office.app.config["RATINGS_MINIMUM"], before = 7, office.app.config["RATINGS_MINIMUM"]
    try:
        text = said(office.browser("sup").get(f"/reports/ratings?{WINDOW}"))
    finally:
        office.app.config["RATINGS_MINIMUM"] = before
    assert "Nguyễn An" not in text
    assert "1 cán bộ khác có tổng cộng 6 lượt" in text


def test_are_ratings_judged_with_a_reason_by_those_who_watch(office: Office) -> None:
    """Is a rating set apart and counted again with its reason, and refused to a leader?"""
    with office.app.app_context():
        rating_id = db.session.scalars(select(Rating.id).order_by(Rating.id)).first()
        db.session.remove()
    sup, leader = office.browser("sup"), office.browser("leader")
    page, act = (
        f"/reports/ratings/doubtful?{WINDOW}",
        f"/reports/ratings/{rating_id}/judge?{WINDOW}",
    )
    assert "Không có lượt nào phải tính riêng" in sup.get(page).text
    apart = {"doubt": "own_button", "reason": "Xem lại camera"}
    token = f"/reports?{WINDOW}"
    assert sup.post(act, {"doubt": "own_button", "reason": ""}, of=token).status_code == 422
    assert sup.post(act, {"doubt": "no_such", "reason": "x"}, of=token).status_code == 422
    assert leader.post(act, apart, of=token).status_code == 404
    assert sup.post(act, apart, of=token).status_code == 303
    text = said(sup.get(f"/reports/ratings?{WINDOW}"))
    assert "Tất cả 6 lượt = 5 lượt tính vào điểm + 1 lượt tính riêng." in text
    assert "1 lượt tính riêng vì có dấu hiệu bất thường" in said(sup.get(f"/reports?{WINDOW}"))
    for figure, side, number in (
        ("ratings.count", "numerator", 5),
        ("ratings.satisfied_rate", "denominator", 5),
        ("ratings.satisfied_rate", "numerator", 0),
    ):
        rows = sup.get(f"/reports/rows?{WINDOW}&figure={figure}&part={side}")
        assert f"{number} dòng. 1 lượt tính riêng vì có dấu hiệu bất thường" in said(rows)
        assert 'href="/reports/ratings/doubtful?' in rows.text
    text = said(sup.get(page))
    assert "Giống cán bộ tự chấm điểm (Xem lại camera)" in text
    assert "Quầy số 1 UBND phường Hồng Gai" in text
    assert "Xét lại" not in said(leader.get(page)).partition("mọi lần xét")[2]
    assert sup.post(act, {"doubt": "", "reason": "Đã xác minh"}, of=page).status_code == 303
    assert "5 lượt tính vào điểm" not in said(sup.get(f"/reports/ratings?{WINDOW}"))
    assert "(Đã xác minh)" in said(sup.get(page))
    english = said(sup.get(f"{page}&lang=en"))
    assert "Counter 1 Hong Gai Ward 5 / 5 Counted" in english
    assert "Counter 1 Hong Gai Ward 6" in said(sup.get(f"/reports/ratings?{WINDOW}&lang=en"))


def export(office: Office, who: str, **fields: str) -> Any:
    form = {"report": "monthly", "from": "2019-05-01", "to": "2019-05-31", "unit": "", **fields}
    return office.browser(who).post("/reports/export", form, of="/reports")


def test_an_export_opens_in_each_program_and_runs_nothing(office: Office) -> None:
    """Are the files whole, Vietnamese intact, and no cell a formula?"""
    rows = list(
        csv.DictReader(io.StringIO(export(office, "sup", form="csv").data.decode("utf-8-sig")))
    )
    assert {row["unit"] for row in rows} == {"TOP", "X1", "X2"}
    assert {row["unit_name"] for row in rows if row["unit"] == "X2"} == {f"'{HOSTILE}"}
    assert (
        next(r for r in rows if r["unit"] == "X1" and r["key"] == "cases.accepted")["value"] == "3"
    )
    taken = export(office, "sup", form="xlsx")
    book = openpyxl.load_workbook(io.BytesIO(taken.data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    hostile = next(cell for cell in cells if HOSTILE in str(cell.value))
    assert hostile.data_type == "s"
    assert any(cell.value == "Lượt tiếp công dân" for cell in cells)
    assert sum(len(sheet._charts) for sheet in book) >= 3
    paper = pypdf.PdfReader(io.BytesIO(export(office, "sup", form="pdf").data))
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert "Tháng 5/2019 giải quyết 1 trên 3 vụ khiếu nại, tố cáo" in text.replace("\u00a0", " ")
    for form in ("csv", "xlsx", "pdf"):
        assert export(office, "sup", form=form, report="ratings").status_code == 200


def test_an_export_is_noted_first_and_only_for_those_with_the_right(office: Office) -> None:
    """Is who took what in the audit, and is everybody else refused?"""
    assert export(office, "sup", form="csv", unit="X1").status_code == 200
    with office.app.app_context():
        entry = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == AuditAction.REPORT_EXPORTED)
        ).one()
        assert entry.details == {
            "report": "monthly",
            "form": "csv",
            "unit": "X1",
            "from": "2019-05-01",
            "to": "2019-05-31",
        }
    assert export(office, "sup", form="exe").status_code == 400
    assert export(office, "leader", form="csv", unit="X2").status_code == 404
    assert export(office, "auditor", form="csv").status_code == 404
    browser = office.browser("sup")
    assert browser.client.post("/reports/export", data={"form": "csv"}).status_code == 400


@pytest.mark.slow
def test_the_year_is_shown_as_it_is_known(year: Flask) -> None:
    """Does the page of 2019 show the province's known figures?"""
    with year.app_context():
        gateways: Gateways = year.extensions["citizenfeedback_gateways"]
        root = db.session.scalar(select(Unit.id).where(Unit.code == "QN"))
        assert root is not None
        db.session.remove()
        if account_id("reports@qn.vn") is None:
            db.session.remove()
            make_user(gateways, root, Role.SUPERVISOR, email="reports@qn.vn")
    browser = visitor(year)
    assert browser.sign_in("reports@qn.vn").status_code == 303
    text = said(browser.get(f"/reports?{YEAR}"))
    assert "Năm 2019 giải quyết 458 trên 522 vụ khiếu nại, tố cáo: 87,74 %" in text
    assert "Lượt tiếp công dân 9.209 16.037 người, 430 đoàn" in text
    assert "Khiếu nại 22 419 385 87,30 %" in text
    full = said(browser.get(f"/reports/figures?{YEAR}"))
    assert "99,39 % 313.608 315.542" in full
    paged = browser.get(f"/reports/rows?{YEAR}&figure=cases.accepted")
    assert "5.595 dòng." in said(paged)
    assert 'rel="next"' in paged.text
