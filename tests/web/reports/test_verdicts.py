"""Do supervisors see what citizens said of results, with the cases behind it, and take it as a file?"""

from __future__ import annotations

import io

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import CaseKind, Verdict
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.accounts import User
from citizenfeedback.services.concluding import Opinion
from citizenfeedback.services.transaction import transaction
from tests.people import PASSWORD, Visitor, visitor
from tests.services.desk import CHIEF, Desk, open_desk
from tests.services.test_concluding import TODAY, ended, say

WINDOW = f"from={TODAY}&to={TODAY}"


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


@pytest.fixture
def leader(app: Flask, gateways: Gateways, desk: Desk) -> Visitor:
    kept = gateways.passwords.hash(PASSWORD)
    with transaction() as writing:
        writing.execute(update(User).where(User.id == CHIEF).values(password_hash=kept))
    signed_in = visitor(app)
    signed_in.sign_in(f"u{CHIEF}@example.vn")
    return signed_in


def test_does_the_figure_say_what_it_means_and_open_its_cases(desk: Desk, leader: Visitor) -> None:
    first, second = ended(desk), ended(desk, CaseKind.PETITION)
    assert "chưa có người dân nào" in leader.get(f"/reports/verdicts?{WINDOW}").text
    say(desk, first, Opinion(Verdict.SOLVED))
    say(desk, second, Opinion(Verdict.NOT))
    page = leader.get(f"/reports/verdicts?{WINDOW}").text
    assert "1 trên 2 vụ việc" in page
    assert "Tử số" in page
    rows = leader.get(f"/reports/verdicts/rows?{WINDOW}&verdict=solved").text
    assert first.number in rows
    assert second.number not in rows
    assert first.number in leader.get(f"/reports/verdicts/rows?{WINDOW}&verdict=x&kind=y").text
    assert "say" in leader.get(f"/reports/verdicts?{WINDOW}&lang=en").text


def test_is_the_figure_taken_as_a_file(desk: Desk, leader: Visitor) -> None:
    say(desk, ended(desk), Opinion(Verdict.PARTLY))
    asked = {"report": "verdicts", "from": str(TODAY), "to": str(TODAY), "unit": ""}
    of = f"/reports/verdicts?{WINDOW}"
    answer = leader.post("/reports/export", {**asked, "form": "xlsx"}, of=of)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    assert [cell.value for cell in sheet[4]][2:6] == [0, 1, 0, 1]
    assert leader.post("/reports/export", {**asked, "form": "csv"}, of=of).status_code == 200
    assert leader.post("/reports/export", {**asked, "form": "pdf"}, of=of).status_code == 400
