"""Acts on cases: each succeeds where law and right allow it and changes nothing where they do not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.vocabulary import (
    Action,
    AuditAction,
    CaseKind,
    CaseResult,
    Channel,
    Letter,
    MailKind,
    SealedPart,
    State,
    WithdrawalProof,
)
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.cases import CaseClock, CasePerson, CaseText, SealedRecord
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.search import CaseSearch
from citizenfeedback.models.timeline import CaseEvent, CaseMessage, CaseNote
from citizenfeedback.services.casework import Seen
from citizenfeedback.services.handling import KeptFile, assign_many
from citizenfeedback.services.transaction import transaction
from citizenfeedback.services.unsealing import read_sealed, read_sealed_file
from tests.services.desk import (
    BUILDING,
    CHIEF,
    DUC,
    HOA,
    LAN,
    LAND,
    MINH,
    QUAN,
    TEAM,
    TRA,
    Desk,
    open_desk,
)
from tests.services.letters import draft

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests."""
    return open_desk(session, keys)


def refused(code: str, act: Callable[[], Any]) -> None:
    """Fail unless the act is refused with this code."""
    with pytest.raises(RuleBroken) as caught:
        act()
    assert caught.value.code == code


def test_a_leader_is_given_something_to_read(desk: Desk) -> None:
    """Is nothing laid before the leader without a text or a letter, and either enough?"""
    case = desk.file()
    for who, action, entries in (
        (LAN, Action.EXAMINE, {"eligible": True, "competent": True}),
        (DUC, Action.ASSIGN, {"assignee": HOA}),
        (DUC, Action.ACCEPT, {"on": desk.today}),
        (HOA, Action.VERIFY, {}),
    ):
        desk.act(who, case, action, **entries)
    for nothing in ({}, {"text": "  \n"}):
        with pytest.raises(RuleBroken) as told:
            desk.act(HOA, case, Action.SUBMIT_DRAFT, **nothing)
        assert (told.value.code, told.value.values["entry"]) == ("draft_missing", "text")
    assert desk.row(case).state is State.VERIFYING
    entries = {"result": CaseResult.REJECTED}
    draft(desk, case, Letter.COMPLAINT_DECISION, Action.DECIDE, entries=entries)
    desk.act(HOA, case, Action.SUBMIT_DRAFT)
    assert desk.row(case).state is State.AWAITING_APPROVAL


def test_a_complaint_goes_its_whole_way(desk: Desk) -> None:
    """Registered, examined, accepted, verified, drafted, decided, sent: with its terms."""
    case = desk.file()
    day = desk.today
    assert desk.row(case).due_rule.startswith("KN-03")
    desk.act(LAN, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, case, Action.ASSIGN, assignee=HOA)
    refused("not_granted", lambda: desk.act(HOA, case, Action.ACCEPT, on=day))
    desk.act(DUC, case, Action.ACCEPT, on=day - timedelta(days=3), document_no="118/TB-SXD")
    row = desk.row(case)
    assert (row.state, row.accepted_on, row.processed_on) == (
        State.ACCEPTED,
        day - timedelta(days=3),
        day - timedelta(days=3),
    )
    assert row.due_rule == "KN-04"
    assert row.settle_by == row.due_on
    desk.act(HOA, case, Action.VERIFY)
    desk.act(HOA, case, Action.SUBMIT_DRAFT, text="Công nhận khiếu nại là đúng.")
    desk.act(DUC, case, Action.DECIDE, on=day, result=CaseResult.UPHELD, document_no="9/QĐ-SXD")
    row = desk.row(case)
    assert (row.closed_on, row.result, row.decision_no, row.is_open) == (
        day,
        CaseResult.UPHELD,
        "9/QĐ-SXD",
        True,
    )
    answer = desk.session.execute(select(CaseMessage)).scalar_one()
    assert (answer.body, answer.sent_on) == ("Công nhận khiếu nại là đúng.", None)
    desk.act(HOA, case, Action.SEND, on=day)
    row = desk.row(case)
    assert (row.state, row.is_open, row.sent_on) == (State.DONE, False, day)
    assert row.due_rule == "KN-16"
    assert desk.session.execute(select(CaseMessage.sent_on)).scalar_one() == day
    assert desk.events(case) == [
        "case_registered",
        "examination_started",
        "case_assigned",
        "case_accepted",
        "verification_started",
        "draft_submitted",
        "case_decided",
        "answer_sent",
    ]


def test_a_petition_ends_with_the_answer_sent(desk: Desk) -> None:
    """Its closing day is the day of sending, its term the office's own standard."""
    case = desk.file(CaseKind.PETITION)
    desk.act(HOA, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(HOA, case, Action.ACCEPT, on=desk.today - timedelta(days=1))
    desk.act(HOA, case, Action.ANSWER, text="Đã sửa đèn.")
    assert desk.row(case).closed_on is None
    desk.act(HOA, case, Action.SEND, on=desk.today, document_no="12/SXD")
    row = desk.row(case)
    assert (row.closed_on, row.result, row.decision_no) == (
        desk.today,
        CaseResult.ANSWERED,
        "12/SXD",
    )
    desk.act(HOA, case, Action.REOPEN, reason="Người dân gửi thêm ảnh")
    row = desk.row(case)
    assert (row.state, row.closed_on, row.result) == (State.VERIFYING, None, None)
    assert row.due_on.year < 9999
    refused(
        "answered_not_decided",
        lambda: desk.act(
            DUC, case, Action.DECIDE, on=desk.today, result=CaseResult.UPHELD, document_no="1"
        ),
    )


def test_dates_are_never_in_the_future_nor_before_what_they_follow(desk: Desk) -> None:
    """A decision cannot be dated tomorrow or before acceptance."""
    case = desk.file()
    desk.act(LAN, case, Action.EXAMINE, eligible=True, competent=True)
    tomorrow, long_ago = desk.today + timedelta(days=1), desk.today - timedelta(days=11)
    refused("date_in_future", lambda: desk.act(DUC, case, Action.ACCEPT, on=tomorrow))
    refused("date_too_early", lambda: desk.act(DUC, case, Action.ACCEPT, on=long_ago))
    desk.act(DUC, case, Action.ACCEPT, on=desk.today - timedelta(days=2))
    decide = {"result": CaseResult.REJECTED, "document_no": "1/QĐ"}
    refused(
        "date_too_early",
        lambda: desk.act(DUC, case, Action.DECIDE, on=desk.today - timedelta(days=3), **decide),
    )
    assert desk.row(case).state is State.ACCEPTED
    refused("required", lambda: desk.act(DUC, case, Action.DECIDE, on=desk.today))


def test_what_another_changed_is_not_overwritten(desk: Desk) -> None:
    """Two people open the same version: the second one is told, and nothing of theirs is kept."""
    case = desk.file()
    seen = Seen(case.number, desk.row(case).version)
    desk.act(LAN, case, Action.EXAMINE, seen=seen, eligible=True, competent=True)
    with pytest.raises(ChangedMeanwhile):
        desk.act(DUC, case, Action.EXAMINE, seen=seen, eligible=False, competent=False)
    assert desk.row(case).eligible is True
    desk.act(HOA, case, Action.NOTE, seen=seen, text="Ghi chú không ghi đè gì.")
    assert len(desk.events(case)) == 3


def test_a_case_out_of_reach_looks_like_none(desk: Desk) -> None:
    """Another department's handler, an unknown number and a walled one get the same answer."""
    case = desk.file()
    for number, person in ((case.number, MINH), ("26-0000-0", DUC)):
        seen = Seen(number, 1)
        with pytest.raises(NotFound):
            desk.act(person, number, Action.NOTE, seen=seen, text="x")
    walled = desk.file(CaseKind.DENUNCIATION, respondent_unit_id=BUILDING)
    assert desk.row(walled).unit_id != BUILDING
    with pytest.raises(NotFound):
        desk.act(DUC, walled, Action.NOTE, text="x")
    desk.act(CHIEF, walled, Action.NOTE, text="Được thấy")


def test_giving_a_case(desk: Desk) -> None:
    """A leader gives, a handler takes what is nobody's; nobody gets what they may not see."""
    case = desk.file()
    refused("only_leader_gives", lambda: desk.act(HOA, case, Action.ASSIGN, assignee=QUAN))
    refused("cannot_be_given", lambda: desk.act(DUC, case, Action.ASSIGN, assignee=TRA))
    desk.act(HOA, case, Action.ASSIGN, assignee=HOA)
    assert desk.session.scalar(select(func.count()).select_from(OutgoingMessage)) == 0
    refused("already_theirs", lambda: desk.act(DUC, case, Action.ASSIGN, assignee=HOA))
    refused("not_granted", lambda: desk.act(QUAN, case, Action.ASSIGN, assignee=QUAN))
    desk.act(DUC, case, Action.ASSIGN, assignee=QUAN)
    mail = desk.session.execute(select(OutgoingMessage)).scalar_one()
    assert (mail.kind, mail.user_id) == (MailKind.STAFF_ASSIGNED, QUAN)
    assert mail.details == {
        "number": case.number,
        "due": desk.row(case).due_on.isoformat(),
    }


def test_giving_many_leaves_what_cannot_be_given(desk: Desk) -> None:
    """Of a selection the possible ones are given, the rest is named with the reason."""
    one, two = desk.file(), desk.file()
    closed = desk.file()
    desk.put(closed, state=State.DONE)
    left = assign_many(
        desk.actor(DUC),
        [Seen(one.number, 1), Seen(two.number, 7), Seen(closed.number, 1), Seen("26-0", 1)],
        assignee=HOA,
        office=desk.office,
    )
    assert {(case.number, case.code) for case in left} == {
        (two.number, "changed_meanwhile"),
        (closed.number, "not_allowed_here"),
        ("26-0", "not_found"),
    }
    assert desk.row(one).assignee_id == HOA
    assert desk.row(two).assignee_id is None


def test_passing_on_inside(desk: Desk) -> None:
    """The clock runs on, the new unit has it unassigned; a denounced unit never gets it."""
    case = desk.file()
    due = desk.row(case).due_on
    desk.act(DUC, case, Action.ASSIGN, assignee=HOA)
    desk.act(DUC, case, Action.PASS_ON, unit=LAND, reason="Thuộc lĩnh vực đất đai")
    row = desk.row(case)
    assert (row.unit_id, row.assignee_id, row.due_on) == (LAND, None, due)
    with pytest.raises(NotFound):
        desk.act(DUC, case, Action.NOTE, text="Không còn thấy")
    denounced = desk.file(CaseKind.DENUNCIATION, unit_id=LAND, respondent_unit_id=BUILDING)
    refused(
        "unit_is_denounced",
        lambda: desk.act(CHIEF, denounced, Action.PASS_ON, unit=TEAM, reason="x"),
    )


def test_a_denunciation_is_examined_forwarded_or_extended(desk: Desk) -> None:
    """Its own terms: forwarding when not competent, thirty days and thirty more an extension."""
    case = desk.file(CaseKind.DENUNCIATION)
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=False)
    assert desk.row(case).due_rule == "TC-03"
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
    assert desk.row(case).due_rule == "TC-01"
    desk.act(DUC, case, Action.ACCEPT, on=desk.today)
    first = desk.row(case).settle_by
    refused(
        "extension_needs_complexity",
        lambda: desk.act(DUC, case, Action.EXTEND, reason="x", document_no="1"),
    )
    desk.act(
        DUC,
        case,
        Action.SET_COMPLEXITY,
        criteria=["PT-a"],
        reason="Xác minh ở nhiều nơi",
        document_no="3/BC",
    )
    desk.act(DUC, case, Action.EXTEND, reason="Chờ giám định", document_no="4/QĐ")
    assert timedelta(28) <= desk.row(case).settle_by - first <= timedelta(33)
    refused(
        "extensions_used_up",
        lambda: desk.act(DUC, case, Action.EXTEND, reason="x", document_no="1"),
    )


def test_a_complex_complaint_has_the_longer_term(desk: Desk) -> None:
    """Complexity counts the whole term again from acceptance."""
    case = desk.file()
    desk.act(LAN, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, case, Action.ACCEPT, on=desk.today)
    desk.act(
        DUC,
        case,
        Action.SET_COMPLEXITY,
        criteria=["PT-a"],
        reason="Hai nội dung",
        document_no="3/BC",
    )
    row = desk.row(case)
    assert row.due_rule == "KN-05"
    assert (row.due_on - desk.today).days >= 45


def test_a_duplicate_follows_its_first(desk: Desk) -> None:
    """It carries the first's examination, also one made later, and never becomes a case itself."""
    first, second = desk.file(), desk.file()
    other = desk.file(CaseKind.PETITION)
    refused(
        "duplicate_of_other_kind",
        lambda: desk.act(HOA, second, Action.ATTACH, case_number=other.number),
    )
    refused("not_a_first", lambda: desk.act(HOA, second, Action.ATTACH, case_number=second.number))
    desk.act(HOA, second, Action.ATTACH, case_number=first.number)
    desk.act(DUC, first, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, first, Action.ACCEPT, on=desk.today)
    row = desk.row(second)
    assert (row.eligible, row.competent, row.direction, row.processed_on) == (
        True,
        True,
        "accept",
        desk.today,
    )
    assert (row.accepted_on, row.state) == (None, State.ATTACHED)


def test_withdrawal_termination_and_correction(desk: Desk) -> None:
    """Early ends are dated; a leader takes a wrong end back and the term runs again."""
    case = desk.file()
    desk.act(LAN, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, case, Action.ACCEPT, on=desk.today)
    desk.act(
        DUC,
        case,
        Action.WITHDRAW,
        on=desk.today,
        proof=WithdrawalProof.MINUTES,
        document_no="Biên bản 2",
    )
    row = desk.row(case)
    assert (row.state, row.result, row.closed_on) == (
        State.WITHDRAWN,
        CaseResult.WITHDRAWN,
        desk.today,
    )
    refused("never_reopened", lambda: desk.act(DUC, case, Action.REOPEN, reason="x"))
    desk.act(DUC, case, Action.CORRECT, reason="Người dân không hề rút đơn")
    row = desk.row(case)
    assert (row.state, row.result, row.closed_on) == (State.VERIFYING, None, None)
    assert row.due_rule == "KN-04"
    desk.act(
        DUC,
        case,
        Action.TERMINATE,
        on=desk.today,
        ground="KN11a-2-c",
        reason="Đối tượng không còn",
        document_no="5/QĐ",
    )
    assert desk.row(case).result is CaseResult.TERMINATED


def test_a_complaint_continues_as_a_linked_second_one(desk: Desk) -> None:
    """The person goes over into the new case; after a second complaint there is no third."""
    case = desk.file()
    desk.put(case, state=State.DONE, accepted_on=desk.today, closed_on=desk.today)
    new = desk.act(DUC, case, Action.CONTINUE, on=desk.today, reason="Không đồng ý lần đầu")
    row = desk.row(new)
    assert (row.instance, row.previous_id, row.state) == (2, case.id, State.REGISTERED)
    assert (
        desk.session.scalar(select(CasePerson.name).where(CasePerson.case_id == new.id))
        == "Lò Thị Măng"
    )
    desk.put(new, state=State.DONE)
    refused(
        "no_third_complaint",
        lambda: desk.act(CHIEF, new, Action.CONTINUE, on=desk.today, reason="x"),
    )


def test_becoming_a_denunciation_seals_everything(desk: Desk) -> None:
    """No name, word, note or paper stays open; the clock is counted from receipt by its rules."""
    case = desk.file(CaseKind.PETITION, place="Ngõ nhà bà Măng")
    stored = desk.files.put(b"ban chup don")
    desk.act(HOA, case, Action.NOTE, text="Lò Thị Măng gọi điện hai lần")
    desk.act(HOA, case, Action.MESSAGE, text="Chào bà Măng")
    desk.act(
        HOA,
        case,
        Action.ADD_DOCUMENT,
        document=KeptFile(stored.key, stored.digest, "don-cua-mang.jpg", "image/jpeg", 12, False),
    )
    refused(
        "not_granted",
        lambda: desk.act(HOA, case, Action.RECLASSIFY, kind=CaseKind.DENUNCIATION, reason="x"),
    )
    desk.act(DUC, case, Action.RECLASSIFY, kind=CaseKind.DENUNCIATION, reason="Nội dung là tố cáo")
    row = desk.row(case)
    assert (row.kind, row.state, row.summary) == (CaseKind.DENUNCIATION, State.EXAMINING, "")
    assert row.due_rule == "TC-01"
    session = desk.session
    for table in (CasePerson, CaseText):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    assert session.scalars(select(CaseNote.body)).all() == ["Nội dung là tố cáo"]
    assert session.scalars(select(CaseMessage.body)).all() == [None]
    folded = session.scalar(select(CaseSearch.folded).where(CaseSearch.case_id == case.id))
    assert "mang" not in str(folded)
    paper = session.execute(select(Attachment)).scalar_one()
    assert (paper.name, paper.sealed) == ("", True)
    assert b"ban chup don" not in b"".join(desk.files.lying.values())
    for details in session.scalars(select(CaseEvent.details)):
        assert "Măng" not in str(details)
    parts = session.scalars(select(SealedRecord.part)).all()
    assert set(parts) == {SealedPart.IDENTITY, SealedPart.WORDS, SealedPart.FILE_NAME}
    original = read_sealed(
        desk.actor(DUC), Seen(case.number), reason="Đối chiếu nội dung", office=desk.office
    )
    assert original.people[0]["name"] == "Lò Thị Măng"
    assert original.words.endswith("\n\nNgõ nhà bà Măng")
    assert original.notes == ("Lò Thị Măng gọi điện hai lần",)
    assert original.files[0].name == "don-cua-mang.jpg"
    assert original.messages[0].body == "Chào bà Măng"


def test_no_longer_a_denunciation_nothing_is_opened(desk: Desk) -> None:
    """What was told in confidence stays sealed although the kind changed."""
    case = desk.file(CaseKind.DENUNCIATION, channel=Channel.WEB, formal=False)
    assert desk.row(case).state is State.INFORMATION
    desk.act(DUC, case, Action.RECLASSIFY, kind=CaseKind.REFLECTION, reason="Chỉ là phản ánh")
    row = desk.row(case)
    assert (row.kind, row.state, row.formal) == (CaseKind.REFLECTION, State.EXAMINING, True)
    assert desk.session.scalar(select(func.count()).select_from(CasePerson)) == 0
    assert desk.session.scalar(select(func.count()).select_from(SealedRecord)) == 2
    started = desk.session.scalars(
        select(CaseClock.started_on).where(CaseClock.stopped_on.is_(None))
    )
    assert set(started) == {row.received_on}


def test_reading_the_original_is_logged_first(desk: Desk) -> None:
    """Without right or reason nothing opens; with them audit and history know of it."""
    case = desk.file(CaseKind.DENUNCIATION)
    seen = Seen(case.number)
    reason = "Cần liên hệ để xác minh"
    for person in (LAN, HOA):
        refused(
            "not_granted",
            lambda person=person: read_sealed(
                desk.actor(person), seen, reason=reason, office=desk.office
            ),
        )
    with pytest.raises(NotFound):
        read_sealed(desk.actor(MINH), seen, reason=reason, office=desk.office)
    refused(
        "reason_too_short",
        lambda: read_sealed(desk.actor(DUC), seen, reason=" x ", office=desk.office),
    )
    assert desk.events(case) == ["case_registered"]
    original = read_sealed(desk.actor(DUC), seen, reason=reason, office=desk.office)
    assert original.words.startswith("Nhà tôi")
    assert desk.events(case) == ["case_registered", "sealed_read"]
    entry = desk.session.execute(select(AuditEntry)).scalar_one()
    assert (entry.action, entry.actor_id, entry.case_id) == (
        AuditAction.SEALED_READ,
        DUC,
        case.id,
    )
    assert "Măng" not in repr(original)


def test_a_sealed_paper_is_read_one_by_one(desk: Desk) -> None:
    """Its name and bytes come only with the right and the reason; an open one is refused."""
    case = desk.file(CaseKind.DENUNCIATION)
    open_file = desk.files.put(b"x")
    kept = KeptFile(open_file.key, open_file.digest, "a.pdf", "application/pdf", 1, False)
    refused("file_not_sealed", lambda: desk.act(DUC, case, Action.ADD_DOCUMENT, document=kept))
    stored = desk.files.put(b"bang chung", sealed=True)
    desk.act(
        DUC,
        case,
        Action.ADD_DOCUMENT,
        document=KeptFile(stored.key, stored.digest, "don.pdf", "application/pdf", 10, True),
    )
    paper = desk.session.execute(select(Attachment)).scalar_one()
    assert paper.name == ""
    content = read_sealed_file(
        desk.actor(DUC),
        Seen(case.number),
        paper.id,
        reason="Đối chiếu chữ ký",
        files=desk.files,
        office=desk.office,
    )
    assert (content.name, content.content) == ("don.pdf", b"bang chung")
    with pytest.raises(NotFound):
        read_sealed_file(
            desk.actor(DUC),
            Seen(case.number),
            paper.id + 99,
            reason="Đối chiếu chữ ký",
            files=desk.files,
            office=desk.office,
        )


def test_a_new_summary_is_found_and_the_old_one_is_not(desk: Desk) -> None:
    """Search follows the summary; in a denunciation no name is in it."""
    case = desk.file(CaseKind.DENUNCIATION)
    desk.act(LAN, case, Action.SUMMARISE, summary="Nhận tiền để duyệt hồ sơ")
    folded = desk.session.scalar(select(CaseSearch.folded).where(CaseSearch.case_id == case.id))
    assert "nhan tien" in str(folded)
    assert "lo thi mang" not in str(folded)


def test_asking_the_citizen_and_going_on(desk: Desk) -> None:
    """The case waits, the term runs on; in a denunciation the question is sealed."""
    case = desk.file(CaseKind.DENUNCIATION)
    due = desk.row(case).due_on
    desk.act(DUC, case, Action.ASK_CITIZEN, text="Xin gửi thêm ảnh")
    row = desk.row(case)
    assert (row.state, row.due_on, row.state_before) == (
        State.AWAITING_CITIZEN,
        due,
        State.REGISTERED,
    )
    asked = desk.session.execute(select(CaseMessage)).scalar_one()
    assert asked.body is None
    desk.act(DUC, case, Action.RESUME)
    row = desk.row(case)
    assert (row.state, row.state_before) == (State.EXAMINING, None)


def test_is_the_area_that_of_the_unit_that_gets_the_case_before_acceptance(desk: Desk) -> None:
    with transaction() as writing:
        writing.execute(update(Unit).where(Unit.id == LAND).values(remote=True))
    new, accepted = desk.file(), desk.file()
    desk.act(DUC, accepted, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, accepted, Action.ACCEPT, on=desk.today)
    for case in (new, accepted):
        desk.act(DUC, case, Action.PASS_ON, unit=LAND, reason="Thuộc lĩnh vực đất đai")
    assert desk.row(new).remote
    assert not desk.row(accepted).remote, "its term was promised"
