"""What is held of a citizen, as the citizen sees, changes and asks about it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import CaseKind, MailKind
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import CasePerson, NoticeContact
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.privacy import DataRequest
from citizenfeedback.services.registering import Person, Registered
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import Visitor, visitor
from tests.services.desk import Desk, open_desk
from tests.services.test_erasing import add_paper
from tests.web.public.test_track import opened

DATA, CONTACT = "/track/data", "/track/data/contact"


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


@pytest.fixture
def citizen(app: Flask) -> Visitor:
    return visitor(app)


def proven(citizen: Visitor, desk: Desk, kind: CaseKind = CaseKind.COMPLAINT) -> Registered:
    """A case opened with its code and the second proof."""
    case = desk.file(kind, notify="sau@example.vn")
    with transaction() as writing:
        writing.execute(update(NoticeContact).values(confirmed_at=NOON))
    opened(citizen, case)
    citizen.post("/track/proof", of=DATA)
    sealed = desk.session.scalars(
        select(OutgoingMessage.secret).where(OutgoingMessage.kind == MailKind.CITIZEN_PROOF)
    ).one()
    assert sealed is not None
    citizen.post("/track/proof/check", {"code": desk.keys.unseal(sealed)}, of="/track/proof")
    return case


def test_is_nothing_shown_before_the_second_proof(desk: Desk, citizen: Visitor) -> None:
    assert citizen.get(DATA).status_code == 303
    assert "Thông tin cơ quan giữ về tôi" in opened(citizen, desk.file())
    page = citizen.get(DATA).text
    assert "mang giấy tờ tùy thân" in page
    for hidden in ("Lò Thị Măng", "0912345678", "Khe Cát", "Nhà tôi bị nứt"):
        assert hidden not in page
    assert citizen.get(CONTACT).status_code == 303
    assert citizen.get(f"{DATA}/erasure/papers").status_code == 303
    refused = citizen.post(CONTACT, {"address": "x"}, of="/track/message")
    assert refused.status_code == 422
    assert "Chưa có địa chỉ thư đã xác nhận" in refused.text


def test_is_who_gave_only_a_phone_told_where_to_go_with_what(desk: Desk, citizen: Visitor) -> None:
    case = desk.file(people=(Person("Lò Thị Măng", phone="0912345678"),))
    opened(citizen, case)
    page = citizen.get(DATA).text
    assert f"Ông/bà mang giấy tờ tùy thân và số đơn {case.number} đến:" in page
    assert "Sở Xây dựng" in page
    assert "Cơ quan gọi số điện thoại ghi trong đơn để xác nhận" in page
    for hidden in ("Lò Thị Măng", "0912345678"):
        assert hidden not in page
    assert "The access code alone does not open it" in citizen.get(f"{DATA}?lang=en").text
    opened(citizen, desk.file(CaseKind.DENUNCIATION))
    assert "gọi số điện thoại" not in citizen.get(f"{DATA}?lang=vi").text


def test_is_all_that_is_held_shown_with_what_may_be_done(
    desk: Desk, citizen: Visitor, count_queries: Any
) -> None:
    case = proven(citizen, desk)
    add_paper(desk, case)
    with count_queries() as asked:
        page = citizen.get(DATA).text
    assert len(asked) <= 12
    for shown in ("Lò Thị Măng", "022190001234", "0912345678", "Khe Cát", "anh.jpg", "sau@"):
        assert shown in page
    assert "Luật yêu cầu đơn loại này có tên" in page
    assert "/track/data/correction/name" in page
    assert "/track/data/erasure/phone" in page
    assert "/track/data/erasure/name" not in page


def test_is_the_contact_changed_and_a_wrong_one_kept_to_be_corrected(
    session: Session, desk: Desk, citizen: Visitor
) -> None:
    proven(citizen, desk)
    assert 'value="0912345678"' in citizen.get(CONTACT).text
    wrong = citizen.post(CONTACT, {"phone": "12", "address": "Khe Cát"})
    assert wrong.status_code == 422
    assert 'value="12"' in wrong.text
    assert citizen.post(CONTACT, {"phone": "", "address": ""}).status_code == 422
    citizen.post(CONTACT, {"phone": "0987654321", "address": "Khe Cát"})
    assert session.scalars(select(CasePerson.phone)).one() == "0987654321"
    assert "0987654321" in citizen.get(DATA).text


def test_is_a_request_sent_with_its_day(session: Session, desk: Desk, citizen: Visitor) -> None:
    proven(citizen, desk)
    path = f"{DATA}/correction/name"
    assert citizen.post(path, {"words": " "}).status_code == 422
    assert citizen.post(path, {"words": "Tôi tên Mằng"}).status_code == 303
    page = citizen.get(DATA).text
    assert "Trả lời chậm nhất ngày 25/11/2026." in page
    assert "đã gửi yêu cầu này" in citizen.post(path, {"words": "Tôi tên Mằng"}).text
    assert len(session.scalars(select(DataRequest.id)).all()) == 1


def test_goes_a_phone_at_once_and_not_what_the_law_keeps(
    session: Session, desk: Desk, citizen: Visitor
) -> None:
    proven(citizen, desk)
    assert "không lấy lại được" in citizen.get(f"{DATA}/erasure/phone").text
    citizen.post(f"{DATA}/erasure/phone")
    assert session.scalars(select(CasePerson.phone)).one() == ""
    assert session.scalars(select(CasePerson.address)).one() == "Khe Cát"
    assert citizen.get(f"{DATA}/erasure/words").status_code == 303
    refused = citizen.post(f"{DATA}/erasure/words", of=CONTACT)
    assert "Thông tin này phải giữ" in refused.text
    assert citizen.get(f"{DATA}/erasure/everything").status_code == 404


def test_sees_a_denouncer_the_own_data_and_a_warning(desk: Desk, citizen: Visitor) -> None:
    proven(citizen, desk, CaseKind.DENUNCIATION)
    assert "Lò Thị Măng" in citizen.get(DATA).text
    assert "được niêm phong" in citizen.get(f"{DATA}/correction/name").text


def test_speaks_the_page_english(desk: Desk, citizen: Visitor) -> None:
    proven(citizen, desk)
    page = citizen.get(f"{DATA}?lang=en").text
    assert "What the office keeps about you" in page
    assert "Identity number" in page
