"""Do the statutory forms show the right numbers to the right people, and open what they count?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from citizenfeedback.domain.law.statistics import FORMS, FormCode
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.services.transaction import transaction
from tests.web.reports.test_views import HOSTILE, WINDOW, Office, said


@pytest.fixture
def office(app: Flask, gateways: Gateways, tmp_path: Path) -> Office:
    """A province with two communes and a May of records."""
    return Office(app, gateways, tmp_path)


@pytest.mark.parametrize("code", FORMS)
def test_every_form_is_there_in_both_languages(office: Office, code: FormCode) -> None:
    """Is each form a page with its printed name, its numbers and its checks?"""
    browser = office.browser("sup")
    form = FORMS[code]
    page = browser.get(f"/reports/forms?{WINDOW}&form={code}")
    assert f"{form.printed}: {form.title}" in said(page)
    assert page.text.count('<td class="num">') % len(form.columns) == 0
    assert "Mỗi cột đếm gì" in said(page)
    english = said(browser.get(f"/reports/forms?{WINDOW}&form={code}&lang=en"))
    assert "What each column counts" in english


def test_a_number_opens_exactly_what_it_counts(office: Office) -> None:
    """Does each number of the form list as many rows as it says, of its unit alone or of all?"""
    browser = office.browser("sup")
    for code in (FormCode.TCD, FormCode.XLD, FormCode.GQKN, FormCode.KQTH):
        page = browser.get(f"/reports/forms?{WINDOW}&form={code}").text
        links = re.findall(r'href="(/reports/forms/rows[^"]+)">([\d.]+)<', page)
        assert links
        for href, amount in links:
            column = int(re.search(r"column=(\d+)", href).group(1))  # type: ignore[union-attr]
            if (code, column) in {(FormCode.TCD, number) for number in (2, 6, 9)}:
                continue  # people of visits: the list has the visits
            text = said(browser.get(href.replace("&amp;", "&")))
            assert f"{amount} dòng." in text, href
    page = browser.get(f"/reports/forms?{WINDOW}&form={FormCode.XLD}")
    assert HOSTILE in said(page)


def test_the_checks_say_what_fails_and_where(office: Office) -> None:
    """Is an inconsistent row seen in the checks, with the unit?"""
    browser = office.browser("sup")
    address = f"/reports/forms?{WINDOW}&form={FormCode.XLD}"
    assert "Cả 14 phép kiểm tra của thông tư đều khớp." in said(browser.get(address))
    with office.app.app_context():
        with transaction() as session:
            session.execute(update(Case).where(Case.register_code == "A").values(competent=None))
        db.session.remove()
    text = said(browser.get(address))
    assert "1 phép kiểm tra không khớp." in text
    assert "Không khớp 3 = 4+23 UBND phường Hồng Gai, Tổng số" in text


def test_the_last_legal_window_and_the_first_form_come_up_unasked(office: Office) -> None:
    """Does the page open at the last quarter of the law, with the others one click away?"""
    browser = office.browser("sup")
    page = browser.get("/reports/forms?form=nonsense")
    text = said(page)
    assert "01/TCD" in text
    assert "15/06/2026 – 14/09/2026" in text
    for name in ("Quý (15/06–14/09)", "6 tháng", "9 tháng", "Năm (15/12–14/12)"):
        assert name in text
    days = "first-day=1&first-month=5&first-year=2019&last-day=31&last-month=5&last-year=2019"
    typed = browser.get(f"/reports/forms?form=02-XLD&{days}")
    assert typed.status_code == 303
    assert "form=02-XLD" in typed.location
    assert "form=02-XLD" in browser.get(f"/reports/units?page=forms&form=02-XLD&{WINDOW}").text


def test_forms_reach_as_far_as_the_reader(office: Office) -> None:
    """Is a form refused to who may see no reports, and another unit not there for a leader?"""
    for address in (
        f"/reports/forms?{WINDOW}",
        f"/reports/forms/rows?{WINDOW}&form=02-XLD&column=1",
    ):
        assert office.browser("handler").get(address).status_code == 404
    leader = office.browser("leader")
    assert leader.get(f"/reports/forms?{WINDOW}&unit=X2").status_code == 404
    assert leader.get(f"/reports/forms?{WINDOW}&unit=X1").status_code == 200
    for column in ("", "x", "99", "10"):
        address = f"/reports/forms/rows?{WINDOW}&form=01-TCD&column={column}"
        assert leader.get(address).status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "csv"])
def test_a_form_is_taken_as_a_file(office: Office, kind: str) -> None:
    """Is the file handed out by name, and refused to an auditor?"""
    asked = {"report": "02-XLD", "form": kind, "from": "2019-05-01", "to": "2019-05-31"}
    browser = office.browser("sup")
    answer = browser.post("/reports/export", asked, of="/reports/forms")
    assert answer.status_code == 200
    name = f'filename="02-XLD-TOP-20190501-20190531.{kind}"'
    assert name in answer.headers["Content-Disposition"]
    refused = office.browser("auditor").post("/reports/export", asked, of="/reports/forms")
    assert refused.status_code == 404
