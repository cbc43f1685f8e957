"""Does a supervisor close a month on its page, and does the page keep it beside today's figures?"""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from citizenfeedback.domain.records import RecordKind
from citizenfeedback.gateways import Gateways
from tests.records import petition, write
from tests.web.reports.test_views import WINDOW, Office, said
from tests.year import import_file

ASKED = {"from": "2019-05-01", "to": "2019-05-31", "unit": "TOP"}


@pytest.fixture
def office(app: Flask, gateways: Gateways, tmp_path: Path) -> Office:
    """A province with two communes and a May of records."""
    return Office(app, gateways, tmp_path)


def test_a_month_is_closed_and_stays_as_it_was(
    office: Office, gateways: Gateways, tmp_path: Path
) -> None:
    """Is what was closed kept, a late entry told beside it, and the form handed out as closed?"""
    browser = office.browser("sup")
    address = f"/reports/closed?{WINDOW}"
    assert "Tháng 5/2019: chưa chốt" in said(browser.get(address))
    closed = browser.post("/reports/closed", ASKED, of=address)
    assert closed.status_code == 303
    text = said(browser.get(closed.location))
    assert "Đã chốt số liệu. Số này không đổi nữa." in text
    assert "Tháng 5/2019: số đã chốt" in text
    assert "bởi sup@qn.vn" in text
    assert "Các dòng hôm nay vẫn cho đúng số đã chốt." in text
    again = browser.post("/reports/closed", ASKED, of="/account")
    assert again.status_code == 409
    assert "Kỳ này đã được chốt cho đơn vị này." in again.text
    with office.app.app_context():
        late = write(tmp_path, RecordKind.PETITIONS, [petition("LATE")], "late.csv")
        assert import_file(RecordKind.PETITIONS, late, keys=gateways.keys).accepted
    text = said(browser.get(address))
    assert "Đơn nhận trong kỳ 4 5 +1" in text
    assert "1 vụ việc, 0 lượt tiếp" in text
    assert "Nhập từ sổ" in text or "vào sổ sau khi chốt" in text
    english = said(browser.get(f"{address}&lang=en"))
    assert "May 2019: figures as closed" in english
    form = said(browser.get(f"/reports/forms?{WINDOW}&form=02-XLD&lang=vi"))
    assert "Kỳ này đã chốt" in form
    assert "4 (nay 5)" in form
    file = browser.post(
        "/reports/export", {"report": "02-XLD", "form": "csv", **ASKED}, of="/reports/forms"
    )
    assert file.text.splitlines()[-1].startswith(",Tổng số,2019-05-01,2019-05-31,4,")


def test_only_supervisors_close_and_others_read_within_their_reach(office: Office) -> None:
    """Is the button the supervisor's alone, and an act by others as if it were not there?"""
    assert "Chốt số liệu kỳ này" in said(office.browser("sup").get(f"/reports/closed?{WINDOW}"))
    leader = office.browser("leader")
    page = leader.get(f"/reports/closed?{WINDOW}")
    assert "Chốt số liệu kỳ này" not in said(page)
    assert leader.post("/reports/closed", ASKED, of="/account").status_code == 404
    assert leader.get(f"/reports/closed?{WINDOW}&unit=X2").status_code == 404


def test_a_window_that_runs_cannot_be_closed(office: Office) -> None:
    """Is there no button, and a sent form refused with the reason?"""
    browser = office.browser("sup")
    running = {"from": "2026-11-01", "to": "2026-11-30", "unit": "TOP"}
    text = said(browser.get("/reports/closed?from=2026-11-01&to=2026-11-30"))
    assert "chưa kết thúc nên chưa chốt được" in text
    answer = browser.post("/reports/closed", running, of="/account")
    assert answer.status_code == 409
    assert "30/11/2026" in answer.text
