"""From acceptance to the decision: pauses, criteria, team, dialogue, and taking it further."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import (
    Action,
    Attendance,
    CaseKind,
    CaseResult,
    ClockKind,
    Complexity,
    FirstDecision,
    SendingWay,
    State,
)
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import CaseClock
from citizenfeedback.models.procedures import DecisionOutcome, Dialogue, TeamMember
from citizenfeedback.services.registering import Registered
from tests.services.desk import CHIEF, DUC, LAN, PROVINCE, Desk, open_desk
from tests.services.test_handling import refused

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests."""
    return open_desk(session, keys)


def accepted(desk: Desk, kind: CaseKind = CaseKind.COMPLAINT, days: int = 5) -> Registered:
    """A case accepted so many days ago."""
    case = desk.file(kind)
    desk.act(LAN, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, case, Action.ACCEPT, on=desk.today - timedelta(days=days))
    return case


def settlement(desk: Desk, case: Registered) -> Any:
    """The settlement clock of a case."""
    return desk.session.execute(
        select(CaseClock).where(
            CaseClock.case_id == case.id, CaseClock.clock == ClockKind.SETTLEMENT
        )
    ).scalar_one()


@pytest.mark.parametrize(
    ("kind", "ground"),
    [(CaseKind.COMPLAINT, "KN11a-1-2"), (CaseKind.DENUNCIATION, "TC34-1-1")],
)
def test_does_time_stand_still_while_a_case_is_suspended(
    desk: Desk, kind: CaseKind, ground: str
) -> None:
    case = accepted(desk, kind)
    before = settlement(desk, case).due_on
    suspend = {"on": desk.today - timedelta(days=4), "reason": "Chờ kết quả", "document_no": "5"}
    refused(
        "unknown_ground", lambda: desk.act(DUC, case, Action.SUSPEND, ground="KN11-1", **suspend)
    )
    refused("not_granted", lambda: desk.act(LAN, case, Action.SUSPEND, ground=ground, **suspend))
    desk.act(DUC, case, Action.SUSPEND, ground=ground, **suspend)
    assert (desk.row(case).state, desk.row(case).ground) == (State.SUSPENDED, ground)
    refused(
        "not_allowed_here", lambda: desk.act(DUC, case, Action.FORM_TEAM, on=desk.today, names="A")
    )
    refused(
        "suspension_backwards",
        lambda: desk.act(DUC, case, Action.LIFT_SUSPENSION, on=suspend["on"], reason="x"),
    )
    desk.act(DUC, case, Action.LIFT_SUSPENSION, on=desk.today, reason="Đã có kết quả")
    assert (desk.row(case).state, desk.row(case).ground) == (State.VERIFYING, "")
    assert settlement(desk, case).due_on >= before + timedelta(days=4)


def test_was_a_complaint_suspended_before_the_law_knew_it(desk: Desk) -> None:
    early = desk.at(desk.now.replace(year=2026, month=6, day=29))
    case = accepted(early)
    refused(
        "date_too_early",
        lambda: early.act(
            DUC, case, Action.SUSPEND, on=early.today, ground="KN11a-1-1", reason="x"
        ),
    )


def test_is_a_case_ended_only_on_a_ground_of_its_list(desk: Desk) -> None:
    case = accepted(desk)
    end = {"on": desk.today, "reason": "Đất đã trả lại", "document_no": "9/QĐ"}
    refused(
        "unknown_ground", lambda: desk.act(DUC, case, Action.TERMINATE, ground="TC34-3-1", **end)
    )
    desk.act(DUC, case, Action.TERMINATE, ground="KN11a-2-c", **end)
    row = desk.row(case)
    assert (row.state, row.ground, row.decision_no) == (State.TERMINATED, "KN11a-2-c", "9/QĐ")


def test_do_the_criteria_say_how_complex_a_case_is(desk: Desk) -> None:
    denunciation = accepted(desk, CaseKind.DENUNCIATION)
    more = {"reason": "Hai nơi", "document_no": "3/BC"}
    refused(
        "criteria_required",
        lambda: desk.act(DUC, denunciation, Action.SET_COMPLEXITY, criteria=[], **more),
    )
    desk.act(DUC, denunciation, Action.SET_COMPLEXITY, criteria=["PT-a"], **more)
    assert desk.row(denunciation).complexity is Complexity.COMPLEX
    refused(
        "complexity_unchanged",
        lambda: desk.act(DUC, denunciation, Action.SET_COMPLEXITY, criteria=["PT-a"], **more),
    )
    desk.act(DUC, denunciation, Action.SET_COMPLEXITY, criteria=["PT-g", "PT-a"], **more)
    row = desk.row(denunciation)
    assert (row.complexity, row.complexity_criteria) == (Complexity.SPECIAL, "PT-a,PT-g")
    complaint = accepted(desk)
    desk.act(DUC, complaint, Action.SET_COMPLEXITY, criteria=["PT-a", "PT-b"], **more)
    assert desk.row(complaint).complexity is Complexity.COMPLEX


def test_has_a_team_a_leader_and_enough_members(desk: Desk) -> None:
    case = accepted(desk, CaseKind.DENUNCIATION)
    refused(
        "team_too_small",
        lambda: desk.act(DUC, case, Action.FORM_TEAM, on=desk.today, names="Lê An, thanh tra viên"),
    )
    names = "Lê An, Phó Chánh Thanh tra\n\nTrần Bình - Thanh tra viên"
    desk.act(DUC, case, Action.FORM_TEAM, on=desk.today, names=names, document_no="12/QĐ")
    desk.act(DUC, case, Action.FORM_TEAM, on=desk.today, names=names, document_no="13/QĐ")
    members = desk.session.execute(
        select(TeamMember.name, TeamMember.position, TeamMember.leads).order_by(TeamMember.id)
    ).all()
    assert members == [
        ("Lê An", "Phó Chánh Thanh tra", True),
        ("Trần Bình", "Thanh tra viên", False),
    ]
    desk.act(DUC, case, Action.RECORD_VERIFICATION, on=desk.today, text="Đúng một phần")
    desk.act(DUC, case, Action.RECORD_NOTICE, on=desk.today, way=SendingWay.POST)
    assert desk.events(case)[-2:] == ["verification_reported", "notice_sent"]


def test_is_a_dialogue_announced_five_days_before(desk: Desk) -> None:
    case = accepted(desk)
    tomorrow = desk.today + timedelta(days=1)
    there = {"hour": "08:30", "place": "Trụ sở"}
    refused(
        "dialogue_too_soon",
        lambda: desk.act(DUC, case, Action.PLAN_DIALOGUE, day=tomorrow, **there),
    )
    day = desk.today + timedelta(days=9)
    late = {**there, "hour": "25:00"}
    refused("time_malformed", lambda: desk.act(DUC, case, Action.PLAN_DIALOGUE, day=day, **late))
    desk.act(DUC, case, Action.PLAN_DIALOGUE, day=day, **there)
    desk.act(DUC, case, Action.PLAN_DIALOGUE, day=day + timedelta(days=2), **there)
    absent = {"on": desk.today, "attendance": Attendance.ABSENT_EXCUSED, "text": "Đang nằm viện"}
    desk.act(DUC, case, Action.RECORD_DIALOGUE, **absent)
    decide = {"on": desk.today, "result": CaseResult.REJECTED, "document_no": "7/QĐ"}
    refused("dialogue_to_repeat", lambda: desk.act(DUC, case, Action.DECIDE, **decide))
    again = {**absent, "attendance": Attendance.ABSENT_UNEXCUSED}
    desk.act(DUC, case, Action.RECORD_DIALOGUE, **again)
    desk.act(DUC, case, Action.DECIDE, **decide)
    assert len(desk.session.scalars(select(Dialogue.id)).all()) == 2


def test_goes_a_second_complaint_to_the_superior(desk: Desk) -> None:
    first = accepted(desk)
    decide = {"on": desk.today, "result": CaseResult.REJECTED, "document_no": "7/QĐ"}
    refused(
        "first_decision_not_here",
        lambda: desk.act(DUC, first, Action.DECIDE, first_decision=FirstDecision.CHANGED, **decide),
    )
    desk.act(DUC, first, Action.DECIDE, **decide)
    desk.act(DUC, first, Action.SEND, on=desk.today)
    assert desk.row(first).sent_on == desk.today
    second = desk.act(DUC, first, Action.CONTINUE, on=desk.today, reason="Không đồng ý")
    row = desk.row(second)
    assert (row.unit_id, row.instance, row.due_rule[:5]) == (PROVINCE, 2, "KN-10")
    desk.act(CHIEF, second, Action.EXAMINE, eligible=True, competent=True)
    desk.act(CHIEF, second, Action.ACCEPT, on=desk.today)
    refused("first_decision_unsaid", lambda: desk.act(CHIEF, second, Action.DECIDE, **decide))
    desk.act(CHIEF, second, Action.DECIDE, first_decision=FirstDecision.CHANGED, **decide)
    kept = desk.session.scalar(select(DecisionOutcome.first_decision))
    assert kept is FirstDecision.CHANGED
    desk.act(CHIEF, second, Action.SEND, on=desk.today)
    refused(
        "no_third_complaint",
        lambda: desk.act(CHIEF, second, Action.CONTINUE, on=desk.today, reason="x"),
    )


def test_may_an_unanswered_complaint_be_taken_further_once_its_term_is_over(desk: Desk) -> None:
    case = accepted(desk)
    further = {"on": desk.today, "reason": "Quá hạn không trả lời"}
    refused("first_not_decided", lambda: desk.act(DUC, case, Action.CONTINUE, **further))
    later = desk.at(desk.now + timedelta(days=60))
    second = later.act(DUC, case, Action.CONTINUE, on=later.today, reason="Quá hạn không trả lời")
    assert later.row(second).unit_id == PROVINCE
    assert later.row(case).state is State.ACCEPTED


def test_is_the_right_door_said_where_no_superior_works_here(desk: Desk) -> None:
    case = desk.file(unit_id=PROVINCE)
    desk.put(case, state=State.DONE, accepted_on=desk.today, closed_on=desk.today)
    refused(
        "superior_outside",
        lambda: desk.act(CHIEF, case, Action.CONTINUE, on=desk.today, reason="x"),
    )
