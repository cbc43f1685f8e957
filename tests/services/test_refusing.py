"""Who is not received, and the written notice: drafted, signed, numbered, sent with proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.documents.letters import shipped_template
from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.law.forms import form
from citizenfeedback.domain.letters import Authority
from citizenfeedback.domain.receptions import RefusalEntry
from citizenfeedback.domain.vocabulary import (
    AuditAction,
    CaseKind,
    Letter,
    LetterState,
    ReceptionKind,
    RegisterState,
    Role,
    SendingWay,
)
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.gateways.texts import words_in
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.letters import DocumentNumber
from citizenfeedback.models.receptions import Reception, RefusalNotice, RefusedVisit
from citizenfeedback.queries.letters import Signing
from citizenfeedback.queries.refusals import refusal
from citizenfeedback.queries.register import Narrowing, register_page
from citizenfeedback.services.receiving import Incomplete
from citizenfeedback.services.refusing import (
    SeenNotice,
    Sending,
    approve_notice,
    cancel_notice,
    draft_notice,
    edit_notice,
    issue_notice,
    notice_paper,
    record_refusal,
    send_notice,
    send_notice_back,
    submit_notice,
)
from citizenfeedback.services.templating import replace_template
from citizenfeedback.services.verifying import verify
from tests.services.desk import BUILDING, DUC, HOA, LAN, MINH, Desk, open_desk

TODAY = date(2026, 11, 23)
NAME, ID_NO = "Lò Thị Măng", "022190001234"
ENTRY = RefusalEntry(
    refused_on=TODAY,
    ground="TC9-3",
    kind=ReceptionKind.COMPLAINT,
    name=NAME,
    id_no=ID_NO,
    address="Thôn Khe Cát",
    summary="việc bồi thường đất đã giải quyết năm 2024",
    explanation="Đã giải thích quyết định đã có hiệu lực",
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office."""
    return open_desk(session, keys)


def refuse(desk: Desk, who: int = LAN, **entry: Any) -> int:
    """Record a refusal."""
    changed = replace(ENTRY, **entry)
    return record_refusal(desk.actor(who), BUILDING, changed, office=desk.office)


def notice(desk: Desk, refusal: int) -> RefusalNotice:
    """The notice as it lies in the table."""
    desk.session.expire_all()
    found = desk.session.get(RefusalNotice, refusal)
    assert found is not None
    return found


def seen(desk: Desk, refusal: int) -> SeenNotice:
    """The notice as it stands."""
    return SeenNotice(refusal, notice(desk, refusal).version)


def approved(desk: Desk, **entry: Any) -> int:
    """A notice that waits for its issue."""
    made = refuse(desk, **entry)
    draft_notice(desk.actor(LAN), made, office=desk.office)
    submit_notice(desk.actor(LAN), seen(desk, made), office=desk.office)
    approve_notice(desk.actor(DUC), seen(desk, made), office=desk.office)
    return made


def issue(desk: Desk, refusal: int, who: int = DUC) -> str:
    """Issue a notice."""
    return issue_notice(desk.actor(who), seen(desk, refusal), files=desk.files, office=desk.office)


@pytest.mark.both_databases
def test_a_notice_is_drafted_signed_numbered_and_sent(desk: Desk) -> None:
    made = approved(desk)
    number = issue(desk, made)
    assert number == "01/TB-SXD"
    row = notice(desk, made)
    assert (row.state, row.issued_on) == (LetterState.ISSUED, TODAY)
    docx = notice_paper(desk.actor(LAN), made, "docx", files=desk.files, office=desk.office)
    words = (words_in(docx, DOCX) or "").replace("Điều", "điều")
    for text in (NAME, ID_NO, "điều 9", "bồi thường đất", "01/TB-SXD"):
        assert text in words
    pdf = notice_paper(desk.actor(LAN), made, "pdf", files=desk.files, office=desk.office)
    assert pdf.startswith(b"%PDF")
    sending = Sending(SendingWay.POST, TODAY, "EA123456789VN")
    send_notice(desk.actor(LAN), seen(desk, made), sending, office=desk.office)
    row = notice(desk, made)
    assert (row.sent_on, row.way) == (TODAY, SendingWay.POST)
    assert desk.keys.unseal(row.proof or b"") == "EA123456789VN"
    with pytest.raises(RuleBroken, match="notice_sent_already"):
        send_notice(desk.actor(LAN), seen(desk, made), sending, office=desk.office)
    (line,) = register_page(desk.actor(DUC), Narrowing(), desk.keys).lines
    assert (line.number, line.refusal_id, line.document_no) == (1, made, number)
    assert verify(desk.keys, desk.files).mismatches == ()
    steps = desk.session.scalars(
        select(AuditEntry.details).where(AuditEntry.action == AuditAction.REFUSAL_NOTICE)
    ).all()
    assert [one["step"] for one in steps] == ["draft", "submit", "approve", "issue", "send"]


@pytest.mark.both_databases
def test_a_refusal_is_no_visit_of_the_book(desk: Desk) -> None:
    made = refuse(desk, ground="TC9-2", name="", id_no="", address="")
    assert desk.session.scalar(select(Reception.id)) is None
    with pytest.raises(RuleBroken, match="no_notice_needed"):
        draft_notice(desk.actor(LAN), made, office=desk.office)


def test_only_the_reception_of_the_unit_records_and_only_the_leader_signs(desk: Desk) -> None:
    for who in (HOA, MINH):
        with pytest.raises(RuleBroken, match="not_granted"):
            refuse(desk, who)
    made = refuse(desk)
    draft_notice(desk.actor(LAN), made, office=desk.office)
    with pytest.raises(RuleBroken, match="notice_there_already"):
        draft_notice(desk.actor(LAN), made, office=desk.office)
    submit_notice(desk.actor(LAN), seen(desk, made), office=desk.office)
    with pytest.raises(RuleBroken, match="not_granted"):
        approve_notice(desk.actor(LAN), seen(desk, made), office=desk.office)
    with pytest.raises(RuleBroken, match="letter_step"):
        issue(desk, made)
    with pytest.raises(NotFound):
        submit_notice(desk.actor(MINH), seen(desk, made), office=desk.office)


def test_a_notice_goes_back_with_a_reason_and_is_worked_over(desk: Desk) -> None:
    made = refuse(desk)
    draft_notice(desk.actor(LAN), made, office=desk.office)
    before = seen(desk, made)
    submit_notice(desk.actor(LAN), before, office=desk.office)
    with pytest.raises(ChangedMeanwhile):
        submit_notice(desk.actor(LAN), before, office=desk.office)
    with pytest.raises(RuleBroken, match="reason_required"):
        send_notice_back(desk.actor(DUC), seen(desk, made), " ", office=desk.office)
    send_notice_back(desk.actor(DUC), seen(desk, made), "Viết rõ hơn", office=desk.office)
    row = notice(desk, made)
    assert (row.state, row.returned_because) == (LetterState.DRAFT, "Viết rõ hơn")
    gap = {"summary": "Về việc từ chối", "body": "Vì lý do ……………"}
    edit_notice(desk.actor(LAN), seen(desk, made), gap, office=desk.office)
    with pytest.raises(RuleBroken, match="letter_has_gaps"):
        submit_notice(desk.actor(LAN), seen(desk, made), office=desk.office)
    with pytest.raises(RuleBroken, match="too_long"):
        edit_notice(desk.actor(LAN), seen(desk, made), {"body": "x" * 20_001}, office=desk.office)


@pytest.mark.both_databases
def test_a_deputy_or_one_with_the_heads_authority_signs_a_notice(desk: Desk) -> None:
    made = refuse(desk)
    draft_notice(desk.actor(LAN), made, office=desk.office)
    text = {"summary": "Về việc từ chối", "body": "Từ chối tiếp./."}

    def sign(signing: Signing) -> None:
        edit_notice(desk.actor(LAN), seen(desk, made), text, signing=signing, office=desk.office)

    with pytest.raises(RuleBroken, match="signature_incomplete"):
        sign(Signing(Authority.DEPUTY, "Vũ Thị Ví Dụ"))
    for authority, own, told in (
        (Authority.AUTHORISED, "Trưởng phòng Tiếp công dân", "TUQ. GIÁM ĐỐC"),
        (Authority.DEPUTY, "Phó Giám đốc", "KT. GIÁM ĐỐC"),
    ):
        sign(Signing(authority, "Vũ Thị Ví Dụ", own))
        pdf = notice_paper(desk.actor(LAN), made, "pdf", files=desk.files, office=desk.office)
        words = " ".join((words_in(pdf, "application/pdf") or "").split())
        assert f"{told} {own.upper()}" in words
    # Who does not say it again leaves it as it was.
    edit_notice(desk.actor(LAN), seen(desk, made), text, office=desk.office)
    kept = refusal(desk.actor(LAN), made, desk.keys).notice
    assert kept is not None
    assert kept.signing == Signing(Authority.DEPUTY, "Vũ Thị Ví Dụ", "Phó Giám đốc")


@pytest.mark.both_databases
def test_an_offices_own_text_is_used_for_a_notice(desk: Desk) -> None:
    wanted = form(Letter.RECEPTION_REFUSED, CaseKind.COMPLAINT, desk.today)
    own = shipped_template(wanted).replace("Nơi tiếp công dân;", "Thanh tra tỉnh;")
    actor = replace(desk.actor(DUC), roles=frozenset({Role.ADMINISTRATOR}))
    replace_template(actor, wanted.template, own, unit_id=None, keys=desk.keys, now=desk.now)
    made = refuse(desk)
    draft_notice(desk.actor(LAN), made, office=desk.office)
    kept = refusal(desk.actor(LAN), made, desk.keys).notice
    assert kept is not None
    assert "Thanh tra tỉnh" in kept.sections["recipients"]


@pytest.mark.both_databases
def test_a_cancelled_notice_leaves_its_number_in_the_register(desk: Desk) -> None:
    made = approved(desk)
    issue(desk, made)
    with pytest.raises(RuleBroken, match="not_granted"):
        cancel_notice(desk.actor(LAN), seen(desk, made), "Sai tên", office=desk.office)
    cancel_notice(desk.actor(DUC), seen(desk, made), "Sai tên", office=desk.office)
    taken = desk.session.scalars(select(DocumentNumber)).one()
    assert (taken.state, taken.reason) == (RegisterState.CANCELLED, "Sai tên")
    assert issue(desk, approved(desk)) == "02/TB-SXD"


def test_sending_needs_an_issued_notice_a_proof_and_a_day_in_order(desk: Desk) -> None:
    made = approved(desk)
    good = Sending(SendingWay.HANDED_OVER, TODAY, "Bà Măng ký nhận")
    with pytest.raises(RuleBroken, match="letter_not_issued"):
        send_notice(desk.actor(LAN), seen(desk, made), good, office=desk.office)
    issue(desk, made)
    for change, code in (
        ({"proof": " "}, "proof_required"),
        ({"way": SendingWay.MAIL}, "required"),
        ({"on": TODAY + timedelta(days=1)}, "date_in_future"),
        ({"on": TODAY - timedelta(days=1)}, "date_too_early"),
    ):
        wrong = replace(good, **change)
        with pytest.raises(RuleBroken, match=code):
            send_notice(desk.actor(LAN), seen(desk, made), wrong, office=desk.office)


@pytest.mark.both_databases
def test_a_denouncer_is_sealed_and_named_only_in_the_issued_paper(desk: Desk) -> None:
    made = approved(desk, kind=ReceptionKind.DENUNCIATION, summary=f"việc của bà {NAME}")
    row = desk.session.get(RefusedVisit, made)
    assert row is not None
    assert (row.citizen_name, row.id_no, row.address) == ("", "", "")
    assert NAME not in row.summary
    assert NAME not in desk.keys.unseal(notice(desk, made).content)
    issue(desk, made)
    paper = notice_paper(desk.actor(LAN), made, "docx", files=desk.files, office=desk.office)
    assert NAME in (words_in(paper, DOCX) or "")
    logged = desk.session.scalars(select(AuditEntry.action)).all()
    assert AuditAction.SEALED_READ in logged


def test_what_is_wanting_is_said_at_once(desk: Desk) -> None:
    with pytest.raises(Incomplete):
        refuse(desk, name="")


def test_a_visitor_without_papers_is_named_as_such(desk: Desk) -> None:
    made = refuse(desk, id_no="")
    draft_notice(desk.actor(LAN), made, office=desk.office)
    assert "không xuất trình giấy tờ" in desk.keys.unseal(notice(desk, made).content)
    pdf = notice_paper(desk.actor(LAN), made, "pdf", files=desk.files, office=desk.office)
    assert pdf.startswith(b"%PDF")
