"""Joining instead of repeating, in a browser without scripts, and the page that the mail leads to."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import Action, CaseKind, State
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import Case, JoinedContact, PublicReflection
from citizenfeedback.models.outbox import OutgoingMessage
from tests.people import Visitor, visitor
from tests.services.desk import DUC, Desk, open_desk
from tests.services.test_joining import ANSWER, SUMMARY
from tests.web.public.test_file import NEW, REFLECTION, begin, text_of

JOIN = f"{NEW}/join"


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


@pytest.fixture
def citizen(app: Flask, desk: Desk) -> Visitor:
    return visitor(app)


def show(desk: Desk) -> int:
    case = desk.file(CaseKind.REFLECTION)
    desk.act(DUC, case, Action.SHOW_PUBLIC, text=SUMMARY)
    return case.id


def answer(desk: Desk) -> None:
    row = desk.session.scalars(select(Case)).one()
    desk.act(DUC, row.number, Action.SHOW_PUBLIC, text=SUMMARY, public_answer=ANSWER)
    desk.put(row, state=State.DONE, closed_on=desk.today, sent_on=desk.today)


def write(citizen: Visitor) -> None:
    """Write the same reflection up to the check."""
    begin(citizen, REFLECTION)
    citizen.post(f"{NEW}/words", {"go": "next", "words": "Đèn đường thôn Khe Cát hỏng lâu rồi"})


def join(citizen: Visitor, case_id: int) -> None:
    """Join, and ask to be told."""
    write(citizen)
    values = {"reflection": case_id, "email": "sau@example.vn"}
    citizen.post(JOIN, values, of=f"{JOIN}?reflection={case_id}")


def link(desk: Desk) -> str:
    """The link of the last mail that is queued."""
    secret = desk.session.scalars(
        select(OutgoingMessage.secret).order_by(OutgoingMessage.id.desc()).limit(1)
    ).one()
    assert secret is not None
    return f"/joined/{desk.keys.unseal(secret)}"


def test_is_it_joined_without_an_address_and_the_draft_goes(desk: Desk, citizen: Visitor) -> None:
    case_id = show(desk)
    write(citizen)
    check = citizen.get(f"{NEW}/check")
    assert SUMMARY in text_of(check)
    page = f"{JOIN}?reflection={case_id}"
    assert page in check.text
    assert "(không bắt buộc)" in text_of(citizen.get(page))
    for nonsense in ("", "x", "999", "٣", "9" * 10):
        assert citizen.get(f"{JOIN}?reflection={nonsense}").status_code == 404
        assert citizen.post(JOIN, {"reflection": nonsense}, of=page).status_code == 404
    assert citizen.post(JOIN, {"reflection": case_id}, of=page).location == "/"
    desk.session.expire_all()
    assert desk.session.scalars(select(PublicReflection.joined)).one() == 1
    assert desk.session.scalar(select(func.count()).select_from(Case)) == 1
    assert desk.session.scalars(select(JoinedContact.id)).all() == []
    assert citizen.get(page).location == NEW, "the draft is gone"


def test_does_a_wrong_address_keep_what_was_typed(desk: Desk, citizen: Visitor) -> None:
    case_id = show(desk)
    write(citizen)
    page = f"{JOIN}?reflection={case_id}"
    wrong = citizen.post(JOIN, {"reflection": case_id, "email": "sau@vidu"}, of=page)
    assert wrong.status_code == 422
    assert 'value="sau@vidu"' in wrong.text
    assert "Nhập địa chỉ thư điện tử" in text_of(wrong)
    assert desk.session.scalars(select(PublicReflection.joined)).one() == 0


def test_do_scanners_that_open_the_link_neither_confirm_nor_leave(
    app: Flask, desk: Desk, citizen: Visitor
) -> None:
    join(citizen, show(desk))
    path, stranger = link(desk), visitor(app)
    assert "bấm xác nhận" in text_of(citizen.get("/"))
    for method in ("get", "head", "options"):
        getattr(stranger.client, method)(path)
        getattr(stranger.client, method)(f"{path}/leave")
        getattr(stranger.client, method)(f"{path}/confirm")
    assert desk.session.scalars(select(JoinedContact.confirmed_at)).one() is None
    assert ANSWER not in stranger.get(path).text
    assert stranger.post(f"{path}/confirm", of=path).location == path
    desk.session.expire_all()
    assert desk.session.scalars(select(JoinedContact.confirmed_at)).one() is not None
    assert "Chưa có trả lời" in text_of(stranger.get(path))
    assert stranger.post(f"{path}/leave", of=path).location == "/"
    assert desk.session.scalars(select(JoinedContact.id)).all() == []
    for gone in (path, f"{path}/leave", f"{path}/confirm", f"/joined/{'x' * 32}"):
        assert stranger.post(gone, of="/track").status_code in (404, 405)
    assert stranger.get(path).status_code == 404


def test_does_the_link_show_the_answer_to_everybody_and_nothing_of_the_case(
    desk: Desk, citizen: Visitor
) -> None:
    join(citizen, show(desk))
    answer(desk)
    page = citizen.get(link(desk))
    assert ANSWER in page.text
    number = desk.session.scalars(select(Case.number)).one()
    for secret in (number, "Lò Thị Măng", "Nhà tôi bị nứt tường"):
        assert secret not in page.text
    assert "This matter has been answered." in citizen.get(f"{link(desk)}?lang=en").text
    write(citizen)
    assert ANSWER in citizen.get(f"{NEW}/check").text
    case_id = desk.session.scalars(select(Case.id)).one()
    joined = citizen.get(f"{JOIN}?reflection={case_id}")
    assert ANSWER in joined.text
    assert 'name="email"' not in joined.text


def test_is_one_address_not_asked_without_end(app: Flask, desk: Desk) -> None:
    for _ in range(6):
        desk.act(DUC, desk.file(CaseKind.REFLECTION), Action.SHOW_PUBLIC, text=SUMMARY)
    ids = desk.session.scalars(select(Case.id)).all()
    answers = []
    for case_id in ids:
        someone = visitor(app)
        write(someone)
        page = f"{JOIN}?reflection={case_id}"
        values = {"reflection": case_id, "email": "sau@example.vn"}
        answers.append(someone.post(JOIN, values, of=page).status_code)
    assert answers == [303] * 5 + [429]
