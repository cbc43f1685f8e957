"""News by mail is switched on and off where the case is followed; withdrawing in part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import CaseKind
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.clock import SetClock
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.gateways.sms import RecordingSms
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import NoticeContact
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.services.delivery import WaysOut, deliver_due
from citizenfeedback.services.following import CODES_A_DAY
from citizenfeedback.services.post import tell_citizen
from citizenfeedback.services.registering import Registered
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


@pytest.fixture
def provider(gateways: Gateways) -> Iterator[RecordingSms]:
    """A provider of text messages that keeps them."""
    assert isinstance(gateways.sms, RecordingSms)
    gateways.sms.delivers = True
    yield gateways.sms
    gateways.sms.delivers = False


def delivered(gateways: Gateways) -> None:
    ways = WaysOut(gateways.mail, gateways.sms)
    deliver_due(ways, gateways.keys, "https://x.vn", now=NOON)
    db.session.commit()  # what is only read must not stay open around the next request


def test_is_a_number_told_news_only_after_its_code(
    session: Session, desk: Desk, citizen: Visitor, gateways: Gateways, provider: RecordingSms
) -> None:
    case = desk.file()
    assert "email hoặc tin nhắn" in opened(citizen, case)
    assert citizen.post(NEWS, {"go": "number", "phone": "12"}).status_code == 422
    assert citizen.post(NEWS, {"go": "number", "phone": "+84 912 345 678"}).status_code == 303
    assert "Đã gửi mã tới" in citizen.get(NEWS).text
    tell(desk, case)
    delivered(gateways)
    [confirm] = provider.sent  # the news was not for a number nobody confirmed
    code = confirm.text.split(": ")[1][:6]
    assert confirm.to == "0912345678"
    wrong = "000000" if code != "000000" else "111111"
    assert "Mã không đúng" in citizen.post(NEWS, {"go": "code", "code": wrong}).text
    assert citizen.post("/track/proof/check", {"code": code}, of="/track/proof").status_code == 422
    assert citizen.post(NEWS, {"go": "code", "code": code}).status_code == 303
    page = citizen.get(NEWS).text
    assert "nhận được tin nhắn" in page
    assert "0912" not in page
    tell(desk, case, seq=99)
    delivered(gateways)
    assert provider.sent[1].text == "Co tin moi danh cho ong/ba. Xem tai https://x.vn/track"
    session.expire_all()
    assert {row.address for row in session.scalars(select(OutgoingMessage))} == {b""}


def test_is_a_denouncer_warned_before_a_message_and_no_number_flooded(
    session: Session, desk: Desk, citizen: Visitor, provider: RecordingSms, clock: SetClock
) -> None:
    opened(citizen, desk.file(CaseKind.DENUNCIATION))
    assert "Ai cầm điện thoại" in citizen.get(NEWS).text
    wanted = {"go": "number", "phone": "0912345678"}
    assert citizen.post(NEWS, wanted).status_code == 422
    assert session.scalars(select(NoticeContact.case_id)).all() == []
    agreed = {**wanted, "sms_risk": "1"}
    answers = []
    for minute in range(CODES_A_DAY + 1):
        clock.moment = NOON + timedelta(minutes=minute)
        answers.append(citizen.post(NEWS, agreed).status_code)
    assert answers == [303] * CODES_A_DAY + [422]


def test_is_no_message_offered_without_a_provider(desk: Desk, citizen: Visitor) -> None:
    assert "email hoặc tin nhắn" not in opened(citizen, desk.file())
    assert "SMS" not in citizen.get(NEWS).text
    assert citizen.post(NEWS, {"go": "number", "phone": "0912345678"}).status_code == 422


def tell(desk: Desk, case: Registered, seq: int = 7) -> None:
    """Something new happened in the case."""
    with transaction() as writing:
        tell_citizen(writing, desk.keys, case.id, seq=seq, language="vi", now=NOON)
