"""What a citizen adds with the access code: written once, sealed where the law seals it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.vocabulary import Action, CaseKind, MailKind, State
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.cases import Case, NoticeContact, SealedRecord, SecondProof
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.timeline import CaseMessage
from citizenfeedback.queries.tracking import citizen, news_of, tracking_page
from citizenfeedback.services import following
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.services.desk import DUC, HOA, Desk, open_desk

pytestmark = pytest.mark.both_databases

TODAY = NOON.date()
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


def picture() -> bytes:
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return out.getvalue()


def add(desk: Desk, actor: Actor, content: bytes, name: str = "Nguyễn Văn Sáu.jpg") -> None:
    following.add_document(
        actor, desk.keys, desk.files, name, content, most_bytes=10**6, today=TODAY, now=NOON
    )


def test_does_a_message_reach_the_case_and_its_official(session: Session, desk: Desk) -> None:
    case = desk.file()
    desk.put(case, assignee_id=HOA)
    before = desk.row(case).version
    following.write_message(citizen(case.id), desk.keys, "Tôi gửi thêm ảnh", today=TODAY, now=NOON)
    assert session.scalars(select(CaseMessage.body)).one() == "Tôi gửi thêm ảnh"
    assert desk.events(case)[-1] == "message_received"
    assert desk.row(case).version == before + 1
    mail = session.scalars(
        select(OutgoingMessage).where(OutgoingMessage.kind == MailKind.STAFF_NEWS)
    ).one()
    assert set(mail.details) == {"number", "on"}
    with pytest.raises(RuleBroken, match="empty_message"):
        following.write_message(citizen(case.id), desk.keys, "  ", today=TODAY, now=NOON)


def test_what_a_citizen_adds_waits_until_the_office_answers(desk: Desk) -> None:
    """A note, a paper of the office's or a step ahead is no answer; a message is."""
    case = desk.file()
    own = citizen(case.id)
    assert not desk.row(case).citizen_wrote
    add(desk, own, picture())
    assert desk.row(case).citizen_wrote
    desk.act(DUC, case, Action.NOTE, text="Đã đọc")
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
    assert desk.row(case).citizen_wrote
    desk.act(DUC, case, Action.MESSAGE, text="Đã nhận ảnh")
    assert not desk.row(case).citizen_wrote
    following.ask_withdrawal(own, desk.keys, "Đã hòa giải", today=TODAY, now=NOON)
    assert desk.row(case).citizen_wrote
    desk.act(DUC, case, Action.ASK_CITIZEN, text="Xin ký giấy rút đơn")
    assert not desk.row(case).citizen_wrote
    following.write_message(own, desk.keys, "Tôi đã ký", today=TODAY, now=NOON)
    assert desk.row(case).citizen_wrote
    desk.act(DUC, case, Action.RESUME)
    assert not desk.row(case).citizen_wrote


def test_is_a_message_about_a_denunciation_sealed(session: Session, desk: Desk) -> None:
    case = desk.file(CaseKind.DENUNCIATION)
    following.write_message(citizen(case.id), desk.keys, "Tôi là Sáu", today=TODAY, now=NOON)
    message = session.scalars(select(CaseMessage)).one()
    assert message.body is None
    assert message.sealed_body is not None
    assert "Sáu".encode() not in message.sealed_body
    assert desk.keys.unseal(message.sealed_body) == "Tôi là Sáu"


@pytest.mark.parametrize("kind", [CaseKind.COMPLAINT, CaseKind.DENUNCIATION])
def test_is_a_document_kept_and_sealed_where_it_must(
    session: Session, desk: Desk, kind: CaseKind
) -> None:
    case = desk.file(kind)
    add(desk, citizen(case.id), picture())
    paper = session.scalars(select(Attachment)).one()
    sealed = kind is CaseKind.DENUNCIATION
    assert paper.sealed is sealed
    assert paper.name == ("" if sealed else "Nguyễn Văn Sáu.jpg")
    lying = desk.files.lying[paper.storage_key]
    assert lying.startswith(b"\xff\xd8") is not sealed
    names = session.scalars(
        select(SealedRecord.ciphertext).where(SealedRecord.attachment_id.is_not(None))
    )
    assert [desk.keys.unseal(one) for one in names] == (["Nguyễn Văn Sáu.jpg"] if sealed else [])


def test_is_a_dangerous_document_refused_and_nothing_kept(session: Session, desk: Desk) -> None:
    case = desk.file()
    for content in (b"", b"<html><script>", b"MZ\x90\x00"):
        with pytest.raises(RuleBroken):
            add(desk, citizen(case.id), content)
    desk.put(case, state=State.DONE)
    with pytest.raises(RuleBroken):
        add(desk, citizen(case.id), picture())
    assert desk.files.lying == {}
    assert session.scalars(select(Attachment.id)).all() == []


def test_does_asking_to_withdraw_change_no_state(desk: Desk) -> None:
    case = desk.file()
    before = desk.row(case).state
    following.ask_withdrawal(citizen(case.id), desk.keys, "", today=TODAY, now=NOON)
    assert desk.row(case).state is before
    assert desk.events(case)[-1] == "withdrawal_asked"
    desk.put(case, state=State.DONE)
    with pytest.raises(RuleBroken):
        following.ask_withdrawal(citizen(case.id), desk.keys, "", today=TODAY, now=NOON)


def test_may_a_stranger_do_nothing(desk: Desk) -> None:
    desk.file()
    for actor in (Actor(), citizen(9_999)):
        with pytest.raises(NotFound):
            following.write_message(actor, desk.keys, "x", today=TODAY, now=NOON)


def proof_code(session: Session, keys: Keys) -> str:
    mail: Any = session.scalars(
        select(OutgoingMessage).where(OutgoingMessage.kind == MailKind.CITIZEN_PROOF)
    ).all()[-1]
    return keys.unseal(mail.secret)


def test_does_an_address_count_only_once_confirmed(session: Session, desk: Desk) -> None:
    case = desk.file(notify="sau@example.vn")
    holder = citizen(case.id)
    following.ask_proof(holder, desk.keys, "vi", now=NOON)
    assert session.scalars(select(SecondProof.case_id)).all() == []
    asked = session.scalars(
        select(OutgoingMessage).where(OutgoingMessage.kind == MailKind.CITIZEN_CONFIRM)
    ).one()
    assert asked.secret is not None
    with pytest.raises(NotFound):
        following.confirm_contact(desk.keys, "x" * 32, today=TODAY, now=NOON)
    following.confirm_contact(desk.keys, desk.keys.unseal(asked.secret), today=TODAY, now=NOON)
    assert session.scalars(select(NoticeContact.confirmed_at)).one() == NOON
    following.ask_proof(holder, desk.keys, "vi", now=NOON)
    code = proof_code(session, desk.keys)
    assert not following.prove(holder, desk.keys, "000000" if code != "000000" else "1", now=NOON)
    assert following.prove(holder, desk.keys, code, now=NOON)
    assert not following.prove(holder, desk.keys, code, now=NOON), "works once"


def test_does_a_proof_end_with_time_and_tries(session: Session, desk: Desk) -> None:
    case = desk.file(notify="sau@example.vn")
    with transaction() as writing:
        writing.execute(update(NoticeContact).values(confirmed_at=NOON))
    holder = citizen(case.id)
    following.ask_proof(holder, desk.keys, "vi", now=NOON)
    late = NOON + timedelta(minutes=16)
    assert not following.prove(holder, desk.keys, proof_code(session, desk.keys), now=late)
    following.ask_proof(holder, desk.keys, "vi", now=late)
    for _ in range(following.PROOF_TRIES):
        assert not following.prove(holder, desk.keys, "wrong", now=late)
    assert not following.prove(holder, desk.keys, proof_code(session, desk.keys), now=late)
    assert session.scalar(select(Case.id).where(Case.id == case.id)) == case.id


def contact(session: Session, desk: Desk, case_id: int) -> Any:
    session.expire_all()
    return session.execute(
        select(NoticeContact).where(NoticeContact.case_id == case_id)
    ).scalar_one_or_none()


def confirm(desk: Desk, session: Session) -> None:
    secret = session.scalars(
        select(OutgoingMessage.secret)
        .where(OutgoingMessage.kind == MailKind.CITIZEN_CONFIRM)
        .order_by(OutgoingMessage.id.desc())
    ).first()
    assert secret is not None
    following.confirm_contact(desk.keys, desk.keys.unseal(secret), today=TODAY, now=NOON)


def test_is_news_switched_on_later_without_serving_as_a_second_proof(
    session: Session, desk: Desk
) -> None:
    case = desk.file()
    following.choose_news(citizen(case.id), desk.keys, "toi@example.vn", "vi", now=NOON)
    confirm(desk, session)
    assert (
        contact(session, desk, case.id).proves,
        news_of(citizen(case.id), desk.keys).wanted,
    ) == (
        False,
        True,
    )
    following.ask_proof(citizen(case.id), desk.keys, "vi", now=NOON)
    assert session.scalars(select(SecondProof.case_id)).all() == []
    page = tracking_page(citizen(case.id), desk.keys)
    assert page is not None
    assert not page.proof_possible
    following.switch_news(citizen(case.id), on=False)
    assert contact(session, desk, case.id) is None


def test_is_an_address_that_proves_kept_and_changed_only_with_the_proof(
    session: Session, desk: Desk
) -> None:
    case = desk.file(notify="toi@example.vn")
    confirm(desk, session)
    with pytest.raises(RuleBroken, match="news_needs_proof"):
        following.choose_news(citizen(case.id), desk.keys, "la@example.vn", "vi", now=NOON)
    following.switch_news(citizen(case.id), on=False)
    assert contact(session, desk, case.id).proves
    desk.act(HOA, case, Action.MESSAGE, text="Có tin")
    news = select(OutgoingMessage.id).where(OutgoingMessage.kind == MailKind.CITIZEN_NEWS)
    assert session.scalars(news).all() == []
    following.switch_news(citizen(case.id), on=True)
    desk.act(HOA, case, Action.MESSAGE, text="Có tin nữa")
    assert len(session.scalars(news).all()) == 1
    proven = citizen(case.id, proven=True)
    following.choose_news(proven, desk.keys, "moi@example.vn", "vi", now=NOON)
    assert news_of(proven, desk.keys).address == "moi@example.vn"
    assert not news_of(proven, desk.keys).confirmed


def test_is_a_part_withdrawn_only_where_the_law_knows_it(session: Session, desk: Desk) -> None:
    case = desk.file()
    following.ask_withdrawal(
        citizen(case.id), desk.keys, "Phần đền bù", part=True, today=TODAY, now=NOON
    )
    assert session.scalars(select(CaseMessage.kind)).one() == "part_withdrawal_request"
    for kind, day, text in (
        (CaseKind.PETITION, TODAY, "x"),
        (CaseKind.COMPLAINT, date(2026, 6, 30), "x"),
        (CaseKind.DENUNCIATION, TODAY, " "),
    ):
        with pytest.raises(RuleBroken, match="no_part_to_withdraw"):
            following.ask_withdrawal(
                citizen(desk.file(kind).id), desk.keys, text, part=True, today=day, now=NOON
            )
