"""What was written for a case that has closed, or for another than the one that is open now."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import CaseKind, MailKind
from citizenfeedback.gateways.clock import SetClock
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.cases import CasePerson, NoticeContact
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.timeline import CaseMessage
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import Visitor, visitor
from tests.services.desk import Desk, open_desk
from tests.services.test_concluding import ended
from tests.services.test_following import picture
from tests.web.public.test_data import CONTACT, proven
from tests.web.public.test_track import CASE, STAY, opened

WRITTEN = "Tôi viết dở một trang dài"
FORMS: dict[str, dict[str, str]] = {
    "/track/message": {"body": WRITTEN},
    "/track/document": {},
    "/track/withdraw": {"scope": "part", "part": WRITTEN, "body": "Tôi đã đổi ý"},
    "/track/proof": {},
    "/track/proof/check": {"code": "123456"},
    "/track/news": {"go": "address", "email": "sau@example.vn"},
    "/track/verdict": {"verdict": "not", "body": WRITTEN},
    "/track/data/contact": {"address": WRITTEN, "phone": "0912345678"},
    "/track/data/erasure/papers": {"words": WRITTEN},
    "/petitions/new/next": {},
}
NOT_OF_ONE_CASE = {"/track", "/track/stay", "/track/close", "/track/confirm/<token>"}


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


@pytest.fixture
def citizen(app: Flask) -> Visitor:
    return visitor(app)


def carried(page: str) -> list[tuple[str, str]]:
    """The hidden fields of the form that asks again."""
    form = page.split("<main", 1)[1]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return [(name, unescape(value)) for name, value in found]


def again(citizen: Visitor, path: str, asked: Any, **more: Any) -> Any:
    """Send the page that asked again, with what it carries."""
    fields: dict[str, Any] = dict(carried(asked.text))
    return citizen.client.post(path, data={**fields, "csrf_token": citizen.token("/track"), **more})


def test_is_every_form_of_a_case_in_this_table(app: Flask) -> None:
    """Does nobody add a form without saying what becomes of it when its case has closed?"""
    posted = {
        re.sub(r"<[^>]*:(\w+)>", r"<\1>", rule.rule)
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.rule.startswith("/track")
    }
    known = {path.replace("erasure/papers", "<wish>/<part>") for path in FORMS}
    assert posted == (known - {"/petitions/new/next"}) | NOT_OF_ONE_CASE


@pytest.mark.parametrize("path", FORMS)
def test_is_the_code_asked_again_and_all_that_was_typed_kept(
    path: str, desk: Desk, citizen: Visitor, clock: SetClock
) -> None:
    opened(citizen, desk.file())
    hidden = citizen.hidden("/track/message")
    clock.moment = NOON + timedelta(minutes=31)
    late = citizen.client.post(path, data={**hidden, **FORMS[path]})
    assert late.status_code == 422
    assert "Nhập lại mã tra cứu rồi gửi" in late.text
    kept = dict(carried(late.text))
    assert kept["of_case"] == hidden["of_case"]
    assert {name: kept[name] for name in FORMS[path]} == FORMS[path]
    for name, typed in FORMS[path].items():
        if name in ("body", "part", "words", "address"):
            assert f'<p class="message__text">{typed}</p>' in late.text
    wrong = again(citizen, path, late, again_code="ABCD-1234-EFGH-5678")
    assert wrong.status_code == 422
    assert "Không mở được bằng mã này" in wrong.text
    assert {name: dict(carried(wrong.text))[name] for name in FORMS[path]} == FORMS[path]
    assert again(citizen, path, late, again_code="").status_code == 422


@pytest.mark.parametrize("path", FORMS)
def test_does_nothing_go_to_another_case_opened_meanwhile(
    path: str, session: Session, desk: Desk, citizen: Visitor
) -> None:
    opened(citizen, desk.file())
    of_first = citizen.hidden("/track/message")
    second = desk.file()
    opened(citizen, second)
    refused = citizen.client.post(path, data={**of_first, **FORMS[path]})
    assert refused.status_code == 409
    assert "Trên máy này đang mở một đơn khác" in refused.text
    assert {name: dict(carried(refused.text))[name] for name in FORMS[path]} == FORMS[path]
    wrong = again(citizen, path, refused, again_code=second.access_code)
    assert wrong.status_code == 409
    assert "Mã này mở một đơn khác" in wrong.text
    assert session.scalars(select(CaseMessage.id)).all() == []
    assert second.number in citizen.get(CASE).text


def test_does_the_right_code_send_it_to_the_case_it_was_written_for(
    session: Session, desk: Desk, citizen: Visitor
) -> None:
    first, second = desk.file(), desk.file()
    opened(citizen, first)
    of_first = citizen.hidden("/track/message")
    opened(citizen, second)
    refused = citizen.client.post("/track/message", data={**of_first, "body": WRITTEN})
    sent = again(citizen, "/track/message", refused, again_code=first.access_code)
    assert sent.status_code == 303
    assert session.scalars(select(CaseMessage.body)).one() == WRITTEN
    page = citizen.get(CASE).text
    assert first.number in page
    assert WRITTEN in page


def test_is_a_form_that_names_no_case_sent_only_with_a_code(
    session: Session, desk: Desk, citizen: Visitor
) -> None:
    """A page drawn before this rule, or not by us: the code says for which case it is."""
    case = desk.file()
    opened(citizen, case)
    token = citizen.token("/track")
    asked = citizen.client.post("/track/message", data={"csrf_token": token, "body": WRITTEN})
    assert asked.status_code == 409
    assert again(citizen, "/track/message", asked, again_code=case.access_code).status_code == 303
    assert session.scalars(select(CaseMessage.body)).one() == WRITTEN


def test_is_a_file_chosen_again(
    session: Session, desk: Desk, citizen: Visitor, clock: SetClock
) -> None:
    case = desk.file()
    opened(citizen, case)
    hidden = citizen.hidden("/track/document")
    clock.moment = NOON + timedelta(minutes=31)
    late = citizen.client.post(
        "/track/document", data={**hidden, "files": (BytesIO(picture()), "anh.jpg")}
    )
    assert late.status_code == 422
    assert "Chọn lại tệp" in late.text
    sent = again(
        citizen,
        "/track/document",
        late,
        again_code=case.access_code,
        files=(BytesIO(picture()), "anh.jpg"),
    )
    assert sent.status_code == 303
    assert session.scalars(select(Attachment.name)).one() == "anh.jpg"


def test_is_the_second_proof_asked_again_too(
    session: Session, desk: Desk, citizen: Visitor, clock: SetClock
) -> None:
    case = proven(citizen, desk)
    hidden = citizen.hidden(CONTACT)
    clock.moment = NOON + timedelta(minutes=31)
    late = citizen.client.post(CONTACT, data={**hidden, **FORMS[CONTACT]})
    asked = again(citizen, CONTACT, late, again_code=case.access_code)
    assert asked.status_code == 422
    assert "Xác nhận thêm một lần rồi gửi" in asked.text
    assert f'<p class="message__text">{WRITTEN}</p>' in asked.text
    sent = again(citizen, CONTACT, asked, again_send="1")
    codes = session.scalars(
        select(OutgoingMessage.secret)
        .where(OutgoingMessage.kind == MailKind.CITIZEN_PROOF)
        .order_by(OutgoingMessage.id)
    ).all()
    assert codes[-1] is not None
    code = desk.keys.unseal(codes[-1])
    wrong = again(citizen, CONTACT, sent, again_digits=f"{(int(code) + 1) % 10**6:06d}")
    assert wrong.status_code == 422
    assert "Mã không đúng" in wrong.text
    assert again(citizen, CONTACT, wrong, again_digits="").status_code == 422
    assert again(citizen, CONTACT, wrong, again_digits=code).status_code == 303
    assert session.scalars(select(CasePerson.address)).one() == WRITTEN


def test_is_nothing_kept_here_of_a_denunciation_that_waits_for_its_code(
    session: Session, desk: Desk, citizen: Visitor, clock: SetClock
) -> None:
    case = desk.file(CaseKind.DENUNCIATION)
    opened(citizen, case)
    hidden = citizen.hidden("/track/message")
    clock.moment = NOON + timedelta(minutes=31)
    late = citizen.client.post("/track/message", data={**hidden, "body": WRITTEN})
    assert late.headers["Cache-Control"] == "no-store"
    assert session.scalars(select(CaseMessage.id)).all() == []
    again(citizen, "/track/message", late, again_code=case.access_code)
    row = session.execute(select(CaseMessage.body, CaseMessage.sealed_body)).one()
    assert row.body is None
    assert desk.keys.unseal(row.sealed_body) == WRITTEN


def test_is_the_notice_of_one_case_not_prolonged_for_another(desk: Desk, citizen: Visitor) -> None:
    opened(citizen, desk.file())
    of_first = citizen.hidden("/track/message")
    opened(citizen, desk.file())
    assert citizen.client.post(STAY, data=of_first).location == "/track"


def test_does_an_ended_case_go_on_after_its_code(
    desk: Desk, citizen: Visitor, clock: SetClock
) -> None:
    case = ended(desk)
    opened(citizen, case)
    hidden = citizen.hidden(CASE)
    with transaction() as writing:
        writing.execute(update(NoticeContact).values(confirmed_at=NOON))
    clock.moment = clock.moment + timedelta(minutes=31)
    late = citizen.client.post("/petitions/new/next", data=hidden)
    assert late.status_code == 422
    onward = again(citizen, "/petitions/new/next", late, again_code=case.access_code)
    assert onward.location.endswith("/petitions/new/meaning")
