"""News by mail is switched on and off where the case is followed; withdrawing in part."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import CaseKind
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import NoticeContact
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import Visitor, visitor
from tests.services.desk import Desk, open_desk
from tests.web.public.test_track import opened

NEWS, WITHDRAW = "/track/news", "/track/withdraw"


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


@pytest.fixture
def citizen(app: Flask) -> Visitor:
    return visitor(app)


def test_is_news_asked_for_confirmed_and_switched_off(
    session: Session, desk: Desk, citizen: Visitor
) -> None:
    assert citizen.get(NEWS).status_code == 303
    assert "Báo tin cho tôi qua email" in opened(citizen, desk.file())
    assert "Chưa có địa chỉ nào" in citizen.get(NEWS).text
    assert citizen.post(NEWS, {"go": "address", "email": "nobody"}).status_code == 422
    citizen.post(NEWS, {"go": "address", "email": "toi@example.vn"})
    page = citizen.get(NEWS).text
    assert "Đã gửi thư xác nhận" in page
    assert "toi@example.vn" not in page
    citizen.post(NEWS, {"go": "off"})
    assert session.scalars(select(NoticeContact.case_id)).all() == []


def test_is_a_denouncer_warned_first(session: Session, desk: Desk, citizen: Visitor) -> None:
    opened(citizen, desk.file(CaseKind.DENUNCIATION))
    assert "không gửi thư cho người tố cáo" in citizen.get(NEWS).text
    wanted = {"go": "address", "email": "toi@example.vn"}
    assert citizen.post(NEWS, wanted).status_code == 422
    assert session.scalars(select(NoticeContact.case_id)).all() == []
    assert citizen.post(NEWS, {**wanted, "risk": "1"}).status_code == 303


def test_does_a_stranger_with_the_code_not_redirect_the_proof(desk: Desk, citizen: Visitor) -> None:
    opened(citizen, desk.file(notify="sau@example.vn"))
    with transaction() as writing:
        writing.execute(update(NoticeContact).values(confirmed_at=NOON))
    assert "xác nhận thêm một lần" in citizen.get(NEWS).text
    refused = citizen.post(NEWS, {"go": "address", "email": "la@example.vn"})
    assert refused.status_code == 422


def test_is_a_withdrawal_in_part_prepared_with_its_part(desk: Desk, citizen: Visitor) -> None:
    case = desk.file()
    opened(citizen, case)
    assert citizen.post(WITHDRAW, {"body": "Đã thỏa thuận"}).status_code == 422
    assert citizen.post(WITHDRAW, {"scope": "part", "part": " "}).status_code == 422
    answer = citizen.post(WITHDRAW, {"scope": "part", "part": "Phần đền bù cây trồng"})
    page = citizen.get(answer.location).text
    assert "Phần đền bù cây trồng" in page
    assert "giữ nguyên các phần khác" in page
    assert case.number in page
    citizen.post(WITHDRAW, {"scope": "whole", "body": ""})
    assert "giữ nguyên các phần khác" not in citizen.get(f"{WITHDRAW}/form").text
    opened(citizen, desk.file(CaseKind.PETITION))
    assert "scope" not in citizen.get(WITHDRAW).text
