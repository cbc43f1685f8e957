"""Letters: the act and its letter at once, numbers without gaps, nobody named who must not be."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.config import Settings
from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.law.forms import form_of_template
from citizenfeedback.domain.letter_acts import MARKS
from citizenfeedback.domain.letters import LetterText
from citizenfeedback.domain.vocabulary import (
    Action,
    AuditAction,
    CaseKind,
    CaseResult,
    EventKind,
    FirstDecision,
    Letter,
    LetterState,
    RegisterState,
    SendingWay,
    State,
    WithdrawalProof,
)
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.base import db
from citizenfeedback.models.letters import CaseLetter, DocumentNumber, LetterDispatch
from citizenfeedback.models.timeline import CaseEvent, CaseMessage
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.case_page import case_page
from citizenfeedback.queries.letters import (
    Signing,
    case_letters,
    letter_page,
    own_letter_file,
    own_letters,
    written_of,
)
from citizenfeedback.queries.register import Narrowing, register_page
from citizenfeedback.queries.tracking import citizen
from citizenfeedback.services import dispatching, issuing, lettering
from citizenfeedback.services.dispatching import Sending
from citizenfeedback.services.registering import Registered
from citizenfeedback.services.verifying import verify
from tests.conftest import build_app, make_tables
from tests.services.desk import CHIEF, DUC, HOA, MINH, Desk, open_desk
from tests.services.letters import approve, draft, issue, row_of, seen

NAME = "Lò Thị Măng"


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests."""
    return open_desk(session, keys)


def refused(code: str, act: Callable[[], Any]) -> RuleBroken:
    """Fail unless the act is refused with this code."""
    with pytest.raises(RuleBroken) as caught:
        act()
    assert caught.value.code == code
    return caught.value


def examined(desk: Desk, kind: CaseKind = CaseKind.COMPLAINT, **values: Any) -> Registered:
    """A case found eligible and ours, given to Hoa."""
    case = desk.file(kind, **values)
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, case, Action.ASSIGN, assignee=HOA)
    return case


def accepted(desk: Desk, kind: CaseKind = CaseKind.COMPLAINT) -> Registered:
    """An accepted case."""
    case = examined(desk, kind)
    desk.act(DUC, case, Action.ACCEPT, on=desk.today, document_no="7/QĐ-UBND")
    return case


def numbers(desk: Desk) -> list[tuple[str, int, RegisterState]]:
    """The register in order."""
    desk.session.expire_all()
    rows = desk.session.execute(
        select(DocumentNumber.symbol, DocumentNumber.number, DocumentNumber.state).order_by(
            DocumentNumber.id
        )
    )
    return [tuple(row) for row in rows]


def pdf_text(desk: Desk, letter: int) -> str:
    """What the frozen PDF says."""
    import io

    content = desk.files.read(row_of(desk, letter).pdf_key, sealed=True)
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.both_databases
def test_issuing_the_acceptance_letter_is_accepting(desk: Desk) -> None:
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    assert desk.row(case).state is State.EXAMINING
    approve(desk, case, letter)
    assert issue(desk, case, letter) == "01/TB-SXD"
    row, kept = desk.row(case), row_of(desk, letter)
    assert (row.state, row.accepted_on) == (State.ACCEPTED, desk.today)
    assert (kept.state, kept.document_no) == (LetterState.ISSUED, "01/TB-SXD")
    event = desk.session.execute(
        select(CaseEvent.details).where(CaseEvent.kind == EventKind.CASE_ACCEPTED)
    ).scalar_one()
    assert event["document_no"] == "01/TB-SXD"
    assert event["sha256"] == kept.pdf_sha256
    pdf = desk.files.read(kept.pdf_key, sealed=True)
    assert hashlib.sha256(pdf).hexdigest() == kept.pdf_sha256
    assert NAME in pdf_text(desk, letter)
    assert "01/TB-SXD" in pdf_text(desk, letter)
    assert numbers(desk) == [("TB-SXD", 1, RegisterState.ISSUED)]


@pytest.mark.both_databases
def test_takes_a_refused_act_no_number(desk: Desk) -> None:
    case = accepted(desk)
    before, happened = numbers(desk), desk.events(case)
    entries = {"result": CaseResult.REJECTED, "first_decision": FirstDecision.CONFIRMED}
    letter = draft(desk, case, Letter.COMPLAINT_DECISION, Action.DECIDE, entries=entries)
    approve(desk, case, letter)
    refused("first_decision_not_here", lambda: issue(desk, case, letter))
    assert numbers(desk) == before
    assert row_of(desk, letter).state is LetterState.APPROVED
    assert desk.row(case).state is State.ACCEPTED
    assert desk.events(case) == happened
    assert not desk.files.lying
    assert verify(desk.keys, desk.files).whole


@pytest.mark.both_databases
def test_proposes_a_request_a_day_that_has_not_passed(desk: Desk) -> None:
    case = desk.file(received_on=desk.today - timedelta(days=90))
    prepared = lettering.prepare_letter(
        desk.actor(HOA if desk.row(case).assignee_id else DUC),
        case.number,
        Letter.REQUEST_TO_CITIZEN,
        Action.ASK_CITIZEN,
        office=desk.office,
    )
    proposed = prepared.values["due_on"]
    assert proposed == work_calendar().add_working(desk.today, desk.office.policy.petition_days)


@pytest.mark.both_databases
def test_is_a_reminder_offered_only_for_what_is_late(desk: Desk) -> None:
    def offered(case: Registered) -> set[Action | None]:
        page = case_page(desk.actor(CHIEF), case.number, desk.today, desk.keys)
        found = case_letters(desk.actor(CHIEF), page.head, page.letters, desk.today)
        return {offer.action for offer in found.with_act}

    assert Action.REMIND not in offered(desk.file(received_on=desk.today))
    assert Action.REMIND in offered(desk.file(received_on=desk.today - timedelta(days=60)))


@pytest.mark.both_databases
def test_a_letter_lies_sealed_and_is_known_to_those_who_write_it(desk: Desk) -> None:
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    kept = row_of(desk, letter)
    assert NAME.encode() not in kept.content + kept.entries
    assert NAME in written_of(kept.content, desk.keys).text.body
    page = letter_page(desk.actor(HOA), case.number, letter, desk.today, desk.keys)
    assert page.office.letterhead.short == "SXD"
    with pytest.raises(NotFound):
        letter_page(desk.actor(MINH), case.number, letter, desk.today, desk.keys)
    refused(
        "letter_step",
        lambda: lettering.approve_letter(
            desk.actor(DUC), seen(desk, case, letter), office=desk.office
        ),
    )


@pytest.mark.both_databases
def test_only_the_leader_approves_and_issues_a_complaints_letter(desk: Desk) -> None:
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    lettering.submit_letter(desk.actor(HOA), seen(desk, case, letter), office=desk.office)
    refused(
        "not_granted",
        lambda: lettering.approve_letter(
            desk.actor(HOA), seen(desk, case, letter), office=desk.office
        ),
    )
    lettering.send_letter_back(desk.actor(DUC), seen(desk, case, letter), reason="Sửa lại câu cuối")
    assert row_of(desk, letter).state is LetterState.DRAFT
    assert row_of(desk, letter).returned_because == "Sửa lại câu cuối"
    approve(desk, case, letter)
    refused("not_granted", lambda: issue(desk, case, letter, by=HOA))
    assert numbers(desk) == []


@pytest.mark.both_databases
def test_what_the_act_records_is_changed_and_the_letter_follows(desk: Desk) -> None:
    case = accepted(desk)
    desk.act(HOA, case, Action.VERIFY)
    first = ("Bà Phạm Thị Ví Dụ, Tổ trưởng", "Ông Lê Văn Mẫu")
    entries = {"on": desk.today, "names": first}
    letter = draft(desk, case, Letter.VERIFICATION_TEAM, Action.FORM_TEAM, entries=entries)
    before = seen(desk, case, letter)
    changed = {"on": desk.today, "names": ("Bà Phạm Thị Ví Dụ, Tổ trưởng", "Ông Trần Văn Khác")}

    def text() -> LetterText:
        return written_of(row_of(desk, letter).content, desk.keys).text

    row = form_of_template(row_of(desk, letter).template)
    assert lettering.differing(row, entries, text()) == ()
    assert lettering.differing(row, changed, text()) == ("names",)
    lettering.edit_entries(desk.actor(HOA), before, changed, office=desk.office)
    assert "- Ông Trần Văn Khác" in text().body
    assert "Lê Văn Mẫu" not in text().body
    assert lettering.differing(row, changed, text()) == ()
    with pytest.raises(ChangedMeanwhile):
        lettering.edit_entries(desk.actor(HOA), before, entries, office=desk.office)
    with pytest.raises(NotFound):
        lettering.edit_entries(
            desk.actor(MINH), seen(desk, case, letter), entries, office=desk.office
        )
    # A text in words of its own stays as it is, and is named.
    lettering.edit_letter(
        desk.actor(HOA),
        seen(desk, case, letter),
        sections={"summary": "Về việc", "body": "Tổ gồm ba người."},
        signing=Signing(name="Trần Văn Đức"),
        office=desk.office,
    )
    lettering.edit_entries(
        desk.actor(HOA), seen(desk, case, letter), {"names": first}, office=desk.office
    )
    assert text().body == "Tổ gồm ba người."
    assert lettering.differing(row, {"names": first}, text()) == ("names",)
    alone = draft(desk, case, Letter.DIALOGUE_NOTICE)
    with pytest.raises(NotFound):
        lettering.edit_entries(desk.actor(HOA), seen(desk, case, alone), {}, office=desk.office)


@pytest.mark.both_databases
def test_an_edit_over_another_persons_edit_is_told_and_overwrites_nothing(desk: Desk) -> None:
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    before = seen(desk, case, letter)
    page = letter_page(desk.actor(HOA), case.number, letter, desk.today, desk.keys)
    sections = page.written.text.sections() | {"summary": "V/v thụ lý"}
    edit = {"signing": page.written.signing, "office": desk.office}
    lettering.edit_letter(desk.actor(HOA), before, sections=sections, **edit)
    with pytest.raises(ChangedMeanwhile):
        lettering.edit_letter(
            desk.actor(DUC), before, sections=sections | {"summary": "Khác"}, **edit
        )
    kept = written_of(row_of(desk, letter).content, desk.keys)
    assert kept.text.summary == "V/v thụ lý"


@pytest.mark.both_databases
def test_a_letter_with_gaps_is_not_laid_before_the_leader(desk: Desk) -> None:
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_REFUSED, Action.REFUSE, ground="", ground_law="")
    refused(
        "letter_has_gaps",
        lambda: lettering.submit_letter(
            desk.actor(HOA), seen(desk, case, letter), office=desk.office
        ),
    )


@pytest.mark.both_databases
def test_when_the_act_is_refused_nothing_is_issued_and_the_number_stays(desk: Desk) -> None:
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    approve(desk, case, letter)
    desk.act(DUC, case, Action.EXAMINE, eligible=False, competent=True)
    refused("not_eligible", lambda: issue(desk, case, letter))
    assert numbers(desk) == []
    assert row_of(desk, letter).state is LetterState.APPROVED


@pytest.mark.both_databases
def test_one_killed_after_the_number_issues_again_with_the_same_number(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, other = examined(desk), examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    approve(desk, case, letter)
    with monkeypatch.context() as killed:
        killed.setattr(issuing, "letter_docx", _killed)
        with pytest.raises(KeyboardInterrupt):
            issue(desk, case, letter)
    assert numbers(desk) == [("TB-SXD", 1, RegisterState.TAKEN)]
    assert desk.row(case).state is State.EXAMINING
    second = draft(desk, other, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    approve(desk, other, second)
    assert issue(desk, other, second) == "02/TB-SXD"
    assert issue(desk, case, letter) == "01/TB-SXD"
    assert desk.row(case).state is State.ACCEPTED


def _killed(_content: object) -> bytes:
    raise KeyboardInterrupt


@pytest.mark.both_databases
def test_when_freezing_fails_the_act_is_not_done_and_no_file_is_left(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    approve(desk, case, letter)
    with monkeypatch.context() as broken:
        broken.setattr(issuing, "issue_number", _broken)
        with pytest.raises(RuntimeError):
            issue(desk, case, letter)
    assert desk.row(case).state is State.EXAMINING
    assert row_of(desk, letter).state is LetterState.APPROVED
    assert desk.files.lying == {}
    assert issue(desk, case, letter) == "01/TB-SXD"


def _broken(*_: object) -> None:
    raise RuntimeError("the disk is full")


@pytest.mark.both_databases
def test_a_cancelled_number_stays_with_its_reason_and_is_not_given_again(desk: Desk) -> None:
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    approve(desk, case, letter)
    issue(desk, case, letter)
    refused(
        "not_granted",
        lambda: lettering.cancel_letter(
            desk.actor(HOA), seen(desk, case, letter), reason="Sai số", office=desk.office
        ),
    )
    lettering.cancel_letter(
        desk.actor(DUC), seen(desk, case, letter), reason="In sai tên", office=desk.office
    )
    other = examined(desk)
    again = draft(desk, other, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    approve(desk, other, again)
    assert issue(desk, other, again) == "02/TB-SXD"
    page = register_page(desk.actor(HOA), Narrowing(), desk.keys)
    assert [(line.number, line.state, line.reason) for line in page.lines] == [
        (2, RegisterState.ISSUED, ""),
        (1, RegisterState.CANCELLED, "In sai tên"),
    ]
    assert desk.events(case)[-1] == EventKind.LETTER_CANCELLED


@pytest.mark.both_databases
def test_a_number_of_last_year_is_not_used_this_year(desk: Desk) -> None:
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    approve(desk, case, letter)
    later = desk.at(desk.now + timedelta(days=60))
    assert later.today.year == desk.today.year + 1
    with pytest.MonkeyPatch.context() as killed:
        killed.setattr(issuing, "letter_pdf", _killed)
        with pytest.raises(KeyboardInterrupt):
            issue(desk, case, letter)
    assert issue(later, case, letter) == "01/TB-SXD"
    years = desk.session.execute(
        select(DocumentNumber.year, DocumentNumber.state).order_by(DocumentNumber.id)
    ).all()
    assert [tuple(row) for row in years] == [
        (desk.today.year, RegisterState.CANCELLED),
        (later.today.year, RegisterState.ISSUED),
    ]


@pytest.mark.both_databases
def test_a_denouncer_is_named_to_himself_only_and_never_in_the_draft(desk: Desk) -> None:
    case = accepted(desk, CaseKind.DENUNCIATION)
    letter = draft(desk, case, Letter.DENUNCIATION_ACCEPTANCE_NOTICE)
    body = written_of(row_of(desk, letter).content, desk.keys).text
    assert MARKS["person"] in body.body + body.addressee
    assert NAME not in body.body + body.addressee
    approve(desk, case, letter)
    issue(desk, case, letter)
    assert NAME in pdf_text(desk, letter)
    assert NAME not in written_of(row_of(desk, letter).content, desk.keys).text.body
    assert desk.events(case)[-1] == EventKind.LETTER_ISSUED


@pytest.mark.both_databases
def test_a_leak_stops_the_issue_until_the_leader_goes_on_with_a_reason(desk: Desk) -> None:
    case = accepted(desk, CaseKind.DENUNCIATION)
    letter = draft(
        desk, case, Letter.DENUNCIATION_CONTENT_NOTICE, content="Việc nhận tiền của bà Lò Thị Măng"
    )
    approve(desk, case, letter)
    told = refused("identity_in_letter", lambda: issue(desk, case, letter))
    assert told.values == {"count": 1}
    check = issuing.check_letter(
        desk.actor(DUC), seen(desk, case, letter), files=desk.files, office=desk.office
    )
    assert [NAME in place.excerpt for place in check.places] == [True]
    refused("reason_too_short", lambda: issue(desk, case, letter, reason="Gấp"))
    assert numbers(desk) == []
    issue(desk, case, letter, reason="Người tố cáo đồng ý công khai tên mình")
    assert EventKind.SEAL_CHECK_OVERRULED in desk.events(case)
    logged = desk.session.scalars(select(AuditEntry.action)).all()
    assert AuditAction.SEAL_CHECK_OVERRULED in logged
    texts = [str(row) for row in desk.session.scalars(select(CaseEvent.details)).all()]
    assert not any(NAME in text for text in texts)


@pytest.mark.both_databases
def test_the_text_of_what_goes_along_is_searched_and_pictures_are_named(desk: Desk) -> None:
    case = accepted(desk, CaseKind.DENUNCIATION)
    for name, content in (("don.docx", _word(NAME)), ("anh.png", _picture())):
        from citizenfeedback.services.handling import keep_paper

        kept = keep_paper(desk.files, name, content, sealed=True, most_bytes=10**6)
        desk.act(DUC, case, Action.ADD_DOCUMENT, document=kept)
    letter = draft(desk, case, Letter.DENUNCIATION_CONTENT_NOTICE)
    page = letter_page(desk.actor(HOA), case.number, letter, desk.today, desk.keys)
    lettering.edit_letter(
        desk.actor(HOA),
        seen(desk, case, letter),
        sections=page.written.text.sections(),
        signing=page.written.signing,
        enclosures=[paper.id for paper in page.papers],
        office=desk.office,
    )
    approve(desk, case, letter)
    check = issuing.check_letter(
        desk.actor(DUC), seen(desk, case, letter), files=desk.files, office=desk.office
    )
    assert [place.attachment_id for place in check.places] == [page.papers[0].id]
    assert check.unreadable == (page.papers[1].id,)
    refused("identity_in_letter", lambda: issue(desk, case, letter))


def _word(text: str) -> bytes:
    import io

    import docx

    document = docx.Document()
    document.add_paragraph(text)
    with io.BytesIO() as file:
        document.save(file)
        return file.getvalue()


def _picture() -> bytes:
    import io

    from PIL import Image

    with io.BytesIO() as file:
        Image.new("RGB", (20, 20), "white").save(file, "PNG")
        return file.getvalue()


@pytest.mark.both_databases
def test_a_decision_is_read_by_the_citizen_once_it_was_sent_and_proven(desk: Desk) -> None:
    case = accepted(desk)
    letter = draft(
        desk,
        case,
        Letter.COMPLAINT_DECISION,
        Action.DECIDE,
        entries={"result": CaseResult.UPHELD},
    )
    approve(desk, case, letter)
    number = issue(desk, case, letter)
    row = desk.row(case)
    assert (row.state, row.decision_no, row.result) == (State.DECIDED, number, CaseResult.UPHELD)
    assert own_letters(case.id) == ()
    sending = Sending(SendingWay.POST, desk.today, "")
    send = {"files": desk.files, "office": desk.office}
    refused(
        "proof_required",
        lambda: dispatching.send_letter(desk.actor(HOA), case.number, letter, sending, **send),
    )
    refused(
        "address_not_confirmed",
        lambda: dispatching.send_letter(
            desk.actor(HOA), case.number, letter, Sending(SendingWay.MAIL, desk.today), **send
        ),
    )
    dispatching.send_letter(
        desk.actor(HOA),
        case.number,
        letter,
        Sending(SendingWay.POST, desk.today, "RR123456789VN"),
        **send,
    )
    assert desk.row(case).state is State.DONE
    assert [one.document_no for one in own_letters(case.id)] == [number]
    assert own_letter_file(citizen(case.id), letter) is None
    key = own_letter_file(citizen(case.id, proven=True), letter)
    assert key == row_of(desk, letter).pdf_key
    other = examined(desk)
    assert own_letter_file(citizen(other.id, proven=True), letter) is None
    proof = desk.session.scalar(select(LetterDispatch.proof))
    assert proof is not None
    assert b"RR123456789VN" not in proof


@pytest.mark.both_databases
def test_sending_the_last_notice_is_recording_that_all_were_told(desk: Desk) -> None:
    case = accepted(desk, CaseKind.DENUNCIATION)
    for number, wanted in enumerate(
        (Letter.DENUNCIATION_ACCEPTANCE_NOTICE, Letter.DENUNCIATION_CONTENT_NOTICE)
    ):
        letter = draft(desk, case, wanted)
        approve(desk, case, letter)
        given = issue(desk, case, letter)
        sending = Sending(SendingWay.POST, desk.today, f"RR{number}", notice=number == 1)
        dispatching.send_letter(
            desk.actor(HOA), case.number, letter, sending, files=desk.files, office=desk.office
        )
    events = desk.events(case)
    assert events.count(EventKind.LETTER_SENT) == 1
    assert events[-1] == EventKind.NOTICE_SENT
    details = desk.session.scalars(
        select(CaseEvent.details).where(CaseEvent.kind == EventKind.NOTICE_SENT)
    ).one()
    assert (details["document_no"], details["letter_id"]) == (given, letter)
    page = letter_page(desk.actor(HOA), case.number, letter, desk.today, desk.keys)
    assert [one.proof for one in page.dispatches] == ["RR1"]


@pytest.mark.both_databases
def test_a_letter_that_tells_of_no_term_never_records_a_notice(desk: Desk) -> None:
    case = accepted(desk)
    letter = draft(desk, case, Letter.DIALOGUE_NOTICE)
    approve(desk, case, letter)
    issue(desk, case, letter)
    sending = Sending(SendingWay.POST, desk.today, "RR1", notice=True)
    dispatching.send_letter(
        desk.actor(HOA), case.number, letter, sending, files=desk.files, office=desk.office
    )
    assert desk.events(case)[-1] == EventKind.LETTER_SENT


@pytest.mark.both_databases
def test_the_part_withdrawn_is_recorded_not_the_whole_minutes(desk: Desk) -> None:
    case = accepted(desk)
    letter = draft(
        desk,
        case,
        Letter.WITHDRAWAL_RECORD,
        Action.WITHDRAW_PART,
        entries={"on": desk.today, "proof": WithdrawalProof.MINUTES},
        withdrawn="Phần về thu phí",
    )
    issue(desk, case, letter)
    said = desk.session.scalars(
        select(CaseMessage.body).where(CaseMessage.case_id == case.id)
    ).all()
    assert said == ["Phần về thu phí"]


@pytest.mark.both_databases
def test_a_handler_issues_the_answer_to_a_petition(desk: Desk) -> None:
    case = accepted(desk, CaseKind.PETITION)
    letter = draft(desk, case, Letter.PETITION_ANSWER, Action.ANSWER)
    approve(desk, case, letter, by=HOA)
    issue(desk, case, letter, by=HOA)
    assert desk.row(case).state is State.DECIDED


@pytest.mark.both_databases
def test_the_register_hides_what_is_behind_the_wall(desk: Desk) -> None:
    case = accepted(desk, CaseKind.DENUNCIATION)
    letter = draft(desk, case, Letter.DENUNCIATION_CONTENT_NOTICE)
    approve(desk, case, letter)
    issue(desk, case, letter)
    desk.put(case, respondent_user_id=HOA, assignee_id=None)
    (line,) = register_page(desk.actor(HOA), Narrowing(), desk.keys).lines
    assert (line.number, line.case_number, line.letter, line.letter_id) == (1, "", None, None)
    (line,) = register_page(desk.actor(DUC), Narrowing(), desk.keys).lines
    assert line.case_number == case.number
    for wanted in (Narrowing(), Narrowing(2, "TB-SXD", desk.today.year)):
        assert register_page(desk.actor(MINH), wanted, desk.keys).lines == ()


@pytest.mark.both_databases
def test_verify_finds_a_changed_letter_and_a_missing_number(desk: Desk) -> None:
    from sqlalchemy import update

    from citizenfeedback.services.transaction import transaction

    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    approve(desk, case, letter)
    issue(desk, case, letter)
    assert verify(desk.keys, desk.files).whole
    desk.files.lying[row_of(desk, letter).pdf_key] += b"x"
    with transaction() as session:
        session.execute(update(DocumentNumber).values(number=2))
    found = {(one.check, one.code) for one in verify(desk.keys, desk.files).mismatches}
    assert found == {("letters", "file_changed"), ("registers", "number_missing")}


@pytest.mark.both_databases
def test_a_case_made_a_denunciation_keeps_its_old_letters_shut(desk: Desk) -> None:
    case = examined(desk, CaseKind.PETITION)
    letter = draft(desk, case, Letter.PETITION_REFUSED, Action.REFUSE, entries={"reason": "x"})
    desk.act(DUC, case, Action.RECLASSIFY, kind=CaseKind.DENUNCIATION, reason="Nội dung là tố cáo")
    with pytest.raises(NotFound):
        letter_page(desk.actor(DUC), case.number, letter, desk.today, desk.keys)


AT_ONCE = 4


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_numbers_have_no_gap_and_no_double_when_many_issue_at_once(
    kind: str, tmp_path: Path, keys: Keys, request: pytest.FixtureRequest
) -> None:
    """Letters of several cases at once, each pressed by two leaders: one number and issue each."""
    url = ""
    if kind == "postgresql":
        make: Callable[[str], str] = request.getfixturevalue("new_pg_database")
        url = make("letters_at_once")
    settings = Settings.from_env(
        {"DATABASE_URL": url, "INSTANCE_PATH": str(tmp_path), "MAIL_SENDER": "so@example.vn"}
    )
    app = build_app(settings, keys)
    with app.app_context():
        make_tables()
        desk = open_desk(db.session(), keys)
        ready = []
        for _ in range(AT_ONCE):
            case = examined(desk)
            letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
            approve(desk, case, letter)
            ready.append((case, seen(desk, case, letter)))
        db.session.remove()
    outcomes: list[str] = []
    together = threading.Barrier(AT_ONCE * 2)
    threads = [
        threading.Thread(target=_press, args=(app, desk, together, person, wanted, outcomes))
        for _case, wanted in ready
        for person in (DUC, CHIEF)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    issued = [outcome for outcome in outcomes if outcome.endswith("-SXD")]
    assert sorted(issued) == [f"{number:02}/TB-SXD" for number in range(1, AT_ONCE + 1)]
    told = [outcome for outcome in outcomes if not outcome.endswith("-SXD")]
    assert set(told) <= {"changed_meanwhile", "letter_step", "not_allowed_here"}, told
    with app.app_context():
        given = db.session.scalars(select(DocumentNumber.number).order_by(DocumentNumber.number))
        assert list(given) == list(range(1, AT_ONCE + 1))
        states = db.session.scalars(select(CaseLetter.state)).all()
        assert set(states) == {LetterState.ISSUED}
        for case, _wanted in ready:
            assert desk.events(case).count(EventKind.CASE_ACCEPTED) == 1
        desk.session.close()
        db.session.remove()
        db.engine.dispose()


def _press(
    app: Any, desk: Desk, together: threading.Barrier, person: int, wanted: Any, outcomes: list[str]
) -> None:
    with app.app_context():
        mine = Desk(db.session(), desk.keys, desk.now, desk.files)
        actor = mine.actor(person)
        db.session.rollback()
        together.wait()
        try:
            outcomes.append(
                issuing.issue_letter(actor, wanted, files=mine.files, office=mine.office)
            )
        except RuleBroken as refusal:
            outcomes.append(refusal.code)
        db.session.remove()
