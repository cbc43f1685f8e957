"""Sent on to another body: its answer is kept, what comes back is examined anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    Channel,
    ClockKind,
    MessageKind,
    ReplyOutcome,
    State,
)
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import CaseClock
from citizenfeedback.models.timeline import CaseEvent, CaseMessage, CaseNote
from citizenfeedback.queries.likeness import forwarded_before
from citizenfeedback.services.registering import Person, Registered
from tests.services.desk import DUC, HOA, LAND, Desk, open_desk
from tests.services.test_handling import refused

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests."""
    return open_desk(session, keys)


def forwarded(desk: Desk, kind: CaseKind = CaseKind.PETITION) -> Registered:
    """A case that another body must settle, sent there yesterday."""
    case = desk.file(kind)
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=False)
    yesterday = desk.today - timedelta(days=1)
    desk.act(DUC, case, Action.FORWARD, on=yesterday, body="Sở Công Thương", document_no="5/PC")
    return case


def running(desk: Desk, case: Registered) -> set[str]:
    return set(
        desk.session.scalars(
            select(CaseClock.clock).where(
                CaseClock.case_id == case.id, CaseClock.stopped_on.is_(None)
            )
        )
    )


def test_is_the_answer_of_the_other_body_kept_for_the_citizen(desk: Desk) -> None:
    case = forwarded(desk)
    desk.act(
        DUC,
        case,
        Action.RECORD_REPLY,
        on=desk.today,
        reply=ReplyOutcome.SETTLED,
        text="Sở đã cấp lại giấy phép.",
        document_no="77/SCT",
    )
    message = desk.session.execute(select(CaseMessage)).scalar_one()
    assert (message.kind, message.body, message.document_no) == (
        MessageKind.REPLY,
        "Sở đã cấp lại giấy phép.",
        "77/SCT",
    )
    assert desk.row(case).state is State.FORWARDED
    details = desk.session.scalars(
        select(CaseEvent.details).where(CaseEvent.kind == "forward_replied")
    ).one()
    assert details == {"reply": "settled", "document_no": "77/SCT"}


def test_is_the_reply_to_a_denunciation_sealed(desk: Desk) -> None:
    case = forwarded(desk, CaseKind.DENUNCIATION)
    desk.act(DUC, case, Action.RECORD_REPLY, on=desk.today, reply="accepted", text="Đã thụ lý đơn.")
    message = desk.session.execute(select(CaseMessage)).scalar_one()
    assert message.body is None
    assert desk.keys.unseal(message.sealed_body or b"") == "Đã thụ lý đơn."


def test_does_nothing_come_back_before_it_was_sent(desk: Desk) -> None:
    case = forwarded(desk)
    early = desk.today - timedelta(days=2)
    refused(
        "date_too_early",
        lambda: desk.act(
            DUC, case, Action.RECORD_REPLY, on=early, reply="settled", text="Xong rồi"
        ),
    )


@pytest.mark.parametrize(
    ("kind", "clock"),
    [
        (CaseKind.PETITION, ClockKind.SETTLEMENT),
        (CaseKind.DENUNCIATION, ClockKind.ACCEPTANCE),
    ],
)
def test_is_what_comes_back_examined_anew(desk: Desk, kind: CaseKind, clock: ClockKind) -> None:
    case = forwarded(desk, kind)
    desk.act(DUC, case, Action.TAKE_BACK, on=desk.today, reason="Thuộc thẩm quyền của sở")
    row = desk.row(case)
    assert (row.state, row.eligible, row.competent, row.direction, row.forwarded_to) == (
        State.EXAMINING,
        None,
        None,
        None,
        "",
    )
    assert running(desk, case) == {clock}
    refused("not_examined", lambda: desk.act(DUC, case, Action.ACCEPT, on=desk.today))


def test_is_a_complaint_never_forwarded(desk: Desk) -> None:
    case = desk.file()
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=False)
    refused(
        "complaint_never_forwarded",
        lambda: desk.act(DUC, case, Action.FORWARD, on=desk.today, body="Sở Công Thương"),
    )


DENOUNCED = {"respondent": "Ông Trần Văn Tám", "summary": "Cán bộ địa chính nhận tiền duyệt hồ sơ"}


def twice(desk: Desk, **second: Any) -> Registered:
    """A denunciation that was sent on, and another much like it, found to be another body's too."""
    first = desk.file(CaseKind.DENUNCIATION, **DENOUNCED)
    sent = {"on": desk.today, "body": "Công an tỉnh"}
    for case in (first, desk.file(**{"kind": CaseKind.DENUNCIATION, **DENOUNCED, **second})):
        desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=False)
        if case is first:
            desk.act(DUC, case, Action.FORWARD, **sent)
    return case


def test_is_a_denunciation_of_the_same_content_forwarded_once(desk: Desk) -> None:
    again = twice(desk, people=(Person("Hoàng Sơn", address="Khe Cát"),))
    sent = {"on": desk.today, "body": "Công an tỉnh"}
    refused("forwarded_already", lambda: desk.act(DUC, again, Action.FORWARD, **sent))
    assert desk.row(again).state is State.EXAMINING
    desk.act(DUC, again, Action.EXAMINE, eligible=False, competent=False, lacking=("XLD-8",))
    refused("not_eligible", lambda: desk.act(DUC, again, Action.FORWARD, **sent))
    desk.act(DUC, again, Action.FILE, on=desk.today, ground="LD-6", reason="Đã chuyển Công an tỉnh")
    assert desk.row(again).state is State.FILED


def test_is_another_content_forwarded_once_it_is_said_what_differs(desk: Desk) -> None:
    again = twice(desk)
    sent = {"on": desk.today, "body": "Công an tỉnh", "reason": "Lần nhận tiền khác, tháng 10"}
    desk.act(DUC, again, Action.FORWARD, **sent)
    assert desk.row(again).state is State.FORWARDED
    assert "Lần nhận tiền khác, tháng 10" in desk.session.scalars(select(CaseNote.body)).all()


@pytest.mark.parametrize(
    "second",
    [
        {"respondent": "Bà Lê Thị Hai"},
        {"summary": "Ông Tám chặt cây bạch đàn trong rừng phòng hộ"},
        {"kind": CaseKind.PETITION},
    ],
)
def test_is_what_differs_forwarded_without_a_word(desk: Desk, second: dict[str, Any]) -> None:
    again = twice(desk, **second)
    desk.act(DUC, again, Action.FORWARD, on=desk.today, body="Công an tỉnh")
    assert desk.row(again).state is State.FORWARDED


def test_does_each_office_forward_what_came_to_it(desk: Desk) -> None:
    assert forwarded_before(twice(desk).id) is not None
    assert forwarded_before(desk.file(CaseKind.DENUNCIATION, unit_id=LAND, **DENOUNCED).id) is None


@pytest.mark.parametrize("door", ["CUA-TTR", "CUA-DT", "CUA-DANG", "CUA-KHAN"])
def test_does_information_reach_those_who_must_act(desk: Desk, door: str) -> None:
    case = desk.file(CaseKind.DENUNCIATION, channel=Channel.WEB, formal=False, signed=False)
    inputs = {"on": desk.today, "ground": door, "body": "Thanh tra tỉnh"}
    refused("not_granted", lambda: desk.act(HOA, case, Action.REFER, **inputs))
    desk.act(DUC, case, Action.REFER, **inputs, document_no="1/CV")
    row = desk.row(case)
    assert (row.state, row.ground, row.forwarded_to) == (State.FORWARDED, door, "Thanh tra tỉnh")


def test_is_a_denunciation_referred_by_a_door_of_the_law_only(desk: Desk) -> None:
    case = desk.file(CaseKind.DENUNCIATION, channel=Channel.WEB, formal=False, signed=False)
    refused(
        "unknown_ground",
        lambda: desk.act(DUC, case, Action.REFER, on=desk.today, ground="CUA-TC", body="Thanh tra"),
    )


def test_is_the_sender_told_and_nobody_else(desk: Desk) -> None:
    case = desk.file(channel=Channel.REFERRAL)
    desk.act(DUC, case, Action.TELL_SENDER, on=desk.today, document_no="3/BC")
    assert desk.events(case)[-1] == "sender_told"
    own = desk.file()
    refused(
        "nobody_sent_it",
        lambda: desk.act(DUC, own, Action.TELL_SENDER, on=desk.today, document_no="3/BC"),
    )
