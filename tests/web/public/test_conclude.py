"""At the end of a case: the word on the result and the lawful ways on, as the citizen meets them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import CaseKind, CaseResult, State, Verdict
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import Case
from citizenfeedback.models.timeline import CaseVerdict
from citizenfeedback.services.transaction import transaction
from tests.people import Visitor, visitor
from tests.services.desk import Desk, open_desk
from tests.services.test_concluding import TODAY, ended
from tests.web.public.test_track import CASE, opened


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


@pytest.fixture
def citizen(app: Flask) -> Visitor:
    return visitor(app)


def test_is_the_result_judged_and_judged_otherwise(
    session: Session, desk: Desk, citizen: Visitor
) -> None:
    assert "Trả lời câu này" in opened(citizen, ended(desk))
    assert citizen.post("/track/verdict", {}).status_code == 422
    assert citizen.post("/track/verdict", {"verdict": "perhaps"}).status_code == 422
    citizen.post("/track/verdict", {"verdict": "not", "body": "Chưa đo lại"})
    page = citizen.get(CASE).text
    assert "Chưa giải quyết được" in page
    assert "Chưa đo lại" in page
    citizen.post("/track/verdict", {"verdict": "partly"})
    assert session.scalars(select(CaseVerdict.verdict)).one() is Verdict.PARTLY


def test_is_nothing_asked_before_the_end(session: Session, desk: Desk, citizen: Visitor) -> None:
    assert "Trả lời câu này" not in opened(citizen, desk.file())
    assert citizen.get("/track/verdict").location.endswith("/track/case")
    refused = citizen.post("/track/verdict", {"verdict": "not"}, of="/track/message")
    assert refused.status_code == 409
    assert "Không thể thực hiện bước" in refused.text
    assert session.scalars(select(CaseVerdict.case_id)).all() == []


def test_is_it_said_that_a_verdict_can_no_longer_be_changed(
    session: Session, desk: Desk, citizen: Visitor
) -> None:
    opened(citizen, ended(desk))
    form = citizen.hidden("/track/verdict")
    citizen.client.post("/track/verdict", data={**form, "verdict": "not"})
    long_ago = TODAY - timedelta(days=400)
    with transaction() as writing:
        writing.execute(update(CaseVerdict).values(given_on=long_ago))
        writing.execute(update(Case).values(sent_on=long_ago))
    refused = citizen.client.post("/track/verdict", data={**form, "verdict": "solved"})
    assert refused.status_code == 409
    assert "Câu trả lời trước được giữ" in refused.text
    assert session.scalars(select(CaseVerdict.verdict)).one() is Verdict.NOT


def test_does_the_second_complaint_come_filled_in(desk: Desk, citizen: Visitor) -> None:
    case = ended(desk)
    page = opened(citizen, case)
    assert "Khiếu nại lần hai" in page
    assert "Ngày cuối" in page
    answer = citizen.post("/petitions/new/next", of=CASE)
    assert answer.location.endswith("/petitions/new/meaning")
    assert case.number in citizen.get(answer.location).text
    assert "15/QĐ-SXD" in citizen.get("/petitions/new/respondent").text
    assert "checked" in citizen.get("/petitions/new/office").text
    again = citizen.post("/petitions/new/next", of=CASE)
    assert again.location.endswith("/petitions/new")


@pytest.mark.parametrize(
    ("kind", "values", "told"),
    [
        (CaseKind.COMPLAINT, {"instance": 2}, ["Khởi kiện ra tòa án"]),
        (
            CaseKind.COMPLAINT,
            {"sent_on": TODAY - timedelta(days=40)},
            ["Hạn khiếu nại lần hai đã hết", "Khởi kiện ra tòa án"],
        ),
        (
            CaseKind.DENUNCIATION,
            {"result": CaseResult.UPHELD},
            ["Tố cáo tiếp", "Bắt đầu tố cáo tiếp"],
        ),
        (CaseKind.REFLECTION, {"result": CaseResult.ANSWERED}, ["Đề nghị xem lại"]),
    ],
)
def test_is_the_lawful_way_on_told_for_each_kind(
    desk: Desk, citizen: Visitor, kind: CaseKind, values: dict[str, Any], told: list[str]
) -> None:
    page = opened(citizen, ended(desk, kind, **values))
    for text in told:
        assert text in page
    assert "Bắt đầu khiếu nại lần hai" not in page


def test_is_a_denunciation_left_unsettled_taken_to_the_superior(
    desk: Desk, citizen: Visitor
) -> None:
    case = desk.file(CaseKind.DENUNCIATION)
    late = TODAY - timedelta(days=3)
    values = {"accepted_on": late - timedelta(days=30), "settle_by": late, "due_on": late}
    desk.put(case, state=State.VERIFYING, **values)
    page = opened(citizen, case)
    for text in ("Tố cáo tiếp vì quá hạn", "Điều 38", "Vì sao là ngày này?", "Bắt đầu tố cáo tiếp"):
        assert text in page
    answer = citizen.post("/petitions/new/next", of=CASE)
    assert answer.location.endswith("/petitions/new/meaning")
    meaning = citizen.get(answer.location).text
    assert case.number in meaning
    assert "cấp trên có 5 ngày làm việc để yêu cầu" in meaning
    assert case.number in citizen.get("/petitions/new/words").text


def test_is_it_said_how_long_a_settled_denunciation_is_examined_again(
    desk: Desk, citizen: Visitor
) -> None:
    opened(citizen, ended(desk, CaseKind.DENUNCIATION, result=CaseResult.UPHELD))
    answer = citizen.post("/petitions/new/next", of=CASE)
    assert "cấp trên có 20 ngày để xem xét" in citizen.get(answer.location).text


def test_is_a_way_that_is_closed_explained_and_nothing_begun(desk: Desk, citizen: Visitor) -> None:
    case = ended(desk)
    opened(citizen, case)
    hidden = citizen.hidden(CASE)
    desk.put(case, sent_on=TODAY - timedelta(days=40))
    answer = citizen.client.post("/petitions/new/next", data=hidden)
    assert "/track/case" in answer.location
    assert "đã hết" in citizen.get(CASE).text


def test_asks_the_page_of_an_ended_case_few_queries(
    desk: Desk, citizen: Visitor, count_queries: Any
) -> None:
    opened(citizen, ended(desk))
    with count_queries() as asked:
        citizen.get(CASE)
    assert len(asked) <= 12
