"""Several people who sign, and somebody who acts for another with an authorisation."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import PersonRole, SealedPart
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.cases import Case, CasePerson, SealedRecord
from tests.people import Visitor, visitor
from tests.web.public.test_file import (
    COMPLAINT,
    DENUNCIATION,
    NEW,
    WORDS,
    YOU,
    answer,
    begin,
    office,
    picture,
    send,
    text_of,
)

__all__ = ["office"]


@pytest.fixture
def citizen(app: Flask, office: int) -> Visitor:
    return visitor(app)


def up_to_people(citizen: Visitor, standing: str, kind: str = COMPLAINT) -> None:
    begin(citizen, kind)
    answer(citizen, "words", "wish", words=WORDS)
    answer(citizen, "wish", "field", wish="Tính lại tiền bồi thường")
    answer(citizen, "field", "respondent", field="land")
    answer(citizen, "respondent", "office", respondent="Quyết định số 118", unit="unknown")
    answer(citizen, "office", "files", unit="unknown")
    answer(citizen, "files", "standing")
    answer(citizen, "standing", "you", standing=standing)
    answer(citizen, "you", "people", **YOU)


def add(citizen: Visitor, name: str, **more: str) -> None:
    sent = citizen.post(f"{NEW}/people", {"go": "add", "name": name, **more})
    assert (sent.status_code, sent.location) == (303, f"{NEW}/people"), text_of(sent)


def test_do_five_people_sign_with_a_representative(session: Session, citizen: Visitor) -> None:
    up_to_people(citizen, "together")
    nobody = citizen.post(f"{NEW}/people", {"go": "next"})
    assert nobody.status_code == 422
    assert "Ghi tên ít nhất một người" in text_of(nobody)
    for name in ("Lê Văn Một", "Lê Thị Hai", "Lê Thị Nhầm", "Lê Văn Ba"):
        add(citizen, name, phone="0912000111")
    assert citizen.post(f"{NEW}/people", {"remove": "2"}).status_code == 303
    add(citizen, "Lê Thị Bốn", address="Khu 5")
    page = text_of(citizen.get(f"{NEW}/people"))
    assert "Đang có 5 người ký" in page
    assert "Nhầm" not in page
    without = citizen.post(f"{NEW}/people", {"go": "next"})
    assert without.status_code == 422
    assert "phải cử người đại diện" in text_of(without)
    answer(citizen, "people", "check", represents="1")
    check = text_of(citizen.get(f"{NEW}/check"))
    for said in ("Lê Thị Bốn, Khu 5", "Ông/bà đại diện cho cả nhóm", "Của tôi và những người"):
        assert said in check
    send(citizen)
    case = session.execute(select(Case.signatories, Case.representatives)).one()
    assert tuple(case) == (5, 1)
    rows = session.execute(select(CasePerson.role, CasePerson.name).order_by(CasePerson.id)).all()
    assert [tuple(row) for row in rows] == [
        (PersonRole.FILER, "Nguyễn Văn Hùng"),
        (PersonRole.REPRESENTATIVE, "Nguyễn Văn Hùng"),
        (PersonRole.SIGNATORY, "Lê Văn Một"),
        (PersonRole.SIGNATORY, "Lê Thị Hai"),
        (PersonRole.SIGNATORY, "Lê Văn Ba"),
        (PersonRole.SIGNATORY, "Lê Thị Bốn"),
    ]


def test_are_those_who_sign_a_denunciation_sealed(
    session: Session, keys: Keys, citizen: Visitor
) -> None:
    up_to_people(citizen, "together", DENUNCIATION)
    answer(citizen, "people", "check", name="Phạm Thị Kín", phone="0912000222")
    send(citizen)
    assert session.execute(select(CasePerson)).all() == []
    sealed = session.scalars(
        select(SealedRecord.ciphertext).where(SealedRecord.part == SealedPart.PEOPLE)
    ).one()
    (named,) = json.loads(keys.unseal(sealed))
    assert (named["name"], named["role"]) == ("Phạm Thị Kín", "signatory")


def test_does_one_file_for_another_only_with_the_paper(session: Session, citizen: Visitor) -> None:
    up_to_people(citizen, "instead")
    acting = {"go": "next", "name": "Trần Thị Thay", "document_no": "15/UQ"}
    bare = citizen.post(f"{NEW}/people", {"go": "next"})
    assert bare.status_code == 422
    unproven = citizen.post(f"{NEW}/people", {**acting, "certification": "certified"})
    assert unproven.status_code == 422
    assert "Gửi kèm ảnh hoặc bản chụp giấy ủy quyền" in text_of(unproven)
    broken = {**acting, "certification": "certified", "files": [(BytesIO(b"MZ"), "uyquyen.exe")]}
    refused = citizen.post(f"{NEW}/people", broken)
    assert refused.status_code == 422
    assert "uyquyen.exe" in text_of(refused)
    assert 'value="15/UQ"' in refused.text, "what was typed is still there"
    paper = {**acting, "certification": "certified", "files": [(BytesIO(picture()), "uq.png")]}
    assert citizen.post(f"{NEW}/people", paper).location == f"{NEW}/check"
    assert "15/UQ" in text_of(citizen.get(f"{NEW}/check"))
    send(citizen)
    rows = session.execute(
        select(CasePerson.role, CasePerson.name, CasePerson.document_no).order_by(CasePerson.id)
    ).all()
    assert [tuple(row) for row in rows] == [
        (PersonRole.FILER, "Nguyễn Văn Hùng", ""),
        (PersonRole.AUTHORISED, "Trần Thị Thay", "15/UQ"),
    ]
    assert session.scalars(select(Attachment.name)).all() == ["uq.png"]


def test_is_a_changed_mind_followed(session: Session, citizen: Visitor) -> None:
    up_to_people(citizen, "together")
    add(citizen, "Lê Văn Một")
    sent = citizen.post(f"{NEW}/standing?then=check", {"go": "next", "standing": "alone"})
    assert sent.location == f"{NEW}/check"
    assert "Lê Văn Một" not in text_of(citizen.get(f"{NEW}/check"))
    again = citizen.post(f"{NEW}/standing?then=check", {"go": "next", "standing": "together"})
    assert again.location == f"{NEW}/people?then=check"
    assert "Lê Văn Một" not in text_of(citizen.get(f"{NEW}/people")), "named for another reason"
    citizen.post(f"{NEW}/standing", {"go": "next", "standing": "alone"})
    send(citizen)
    assert session.scalars(select(CasePerson.name)).all() == ["Nguyễn Văn Hùng"]
