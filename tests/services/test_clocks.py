"""Does the ledger say all that was done to a clock, and do the dates follow from it alone?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from citizenfeedback.domain.clocks import read_clock
from citizenfeedback.domain.explanation_store import recall
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    ClockEffect,
    ClockKind,
    Complexity,
    LedgerAct,
)
from citizenfeedback.domain.workflow import ClockChange
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import Case, CaseClock
from citizenfeedback.models.clocks import ClockEntry
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.case_head import facts_of
from citizenfeedback.services.casework import FACT_COLUMNS
from citizenfeedback.services.clocks import (
    NO_TERM,
    Deed,
    apply_changes,
    note_transfer,
    stored_ledger,
)
from citizenfeedback.services.registering import Registered
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.services.desk import DUC, Desk, open_desk

pytestmark = pytest.mark.both_databases
SETTLEMENT = ClockKind.SETTLEMENT
DAY = timedelta(days=1)


@pytest.fixture
def desk(session: Session, keys: Keys) -> Iterator[Desk]:
    return open_desk(session, keys)


def settle(desk: Desk, case: Registered, **columns: Any) -> date:
    """Take a case up on its day of receipt, past all rules, and start its settlement clock."""
    accepted_on = desk.row(case).received_on
    desk.put(case, accepted_on=accepted_on, **columns)
    rule = {CaseKind.COMPLAINT: "KN-04", CaseKind.DENUNCIATION: "TC-06"}[desk.row(case).kind]
    turn(desk, case, ClockEffect.START, Action.ACCEPT, accepted_on, rule=rule, start=accepted_on)
    for clock in (ClockKind.ACCEPTANCE, ClockKind.REPLY, ClockKind.PROCESSING):
        turn(desk, case, ClockEffect.STOP, Action.ACCEPT, accepted_on, clock=clock)
    return accepted_on


def turn(
    desk: Desk,
    case: Registered,
    effect: ClockEffect,
    act: Action,
    on: date,
    *,
    clock: ClockKind = SETTLEMENT,
    paper: str = "",
    rule: str | None = None,
    start: date | None = None,
) -> None:
    """One effect on one clock, as an act would bring it."""
    change = ClockChange(clock, effect, rule, start)
    with transaction() as session:
        facts = facts_of(session.execute(select(*FACT_COLUMNS).where(Case.id == case.id)).one())
        apply_changes(
            session,
            facts,
            [change],
            Policy(),
            on=on,
            deed=Deed(act, NOON, DUC, paper),
        )


def clock_of(desk: Desk, case: Registered, kind: ClockKind = SETTLEMENT) -> CaseClock:
    desk.session.expire_all()
    return desk.session.scalars(
        select(CaseClock)
        .where(CaseClock.case_id == case.id, CaseClock.clock == kind)
        .order_by(CaseClock.id.desc())
    ).first() or pytest.fail("no such clock")


def ledger(desk: Desk, case: Registered, kind: ClockKind = SETTLEMENT) -> list[tuple[Any, ...]]:
    return [
        tuple(row)
        for row in desk.session.execute(
            select(ClockEntry.effect, ClockEntry.act, ClockEntry.on, ClockEntry.rule)
            .where(ClockEntry.case_id == case.id, ClockEntry.clock == kind)
            .order_by(ClockEntry.id)
        )
    ]


def test_does_a_new_case_begin_its_ledger(desk: Desk) -> None:
    case = desk.file()
    received = desk.row(case).received_on
    assert ledger(desk, case, ClockKind.ACCEPTANCE) == [
        (ClockEffect.START, LedgerAct.REGISTERED, received, "KN-03b")
    ]
    assert desk.session.scalars(select(ClockEntry.actor_id)).all()[0] == DUC


def test_does_a_suspended_case_have_no_date_until_it_goes_on(desk: Desk) -> None:
    case = desk.file(received_on=date(2026, 7, 1))
    settle(desk, case)
    before = clock_of(desk, case).due_on
    turn(desk, case, ClockEffect.SUSPEND, Action.SUSPEND, date(2026, 7, 11), paper="5/QĐ-TĐC")
    row = desk.row(case)
    assert (row.due_on, row.due_rule, row.settle_by) == (NO_TERM, "", None)
    clock = clock_of(desk, case)
    assert (clock.suspended_on, clock.due_on) == (date(2026, 7, 11), before)
    turn(desk, case, ClockEffect.RESUME, Action.LIFT_SUSPENSION, date(2026, 8, 10))
    row, clock = desk.row(case), clock_of(desk, case)
    # The worked example of the law, on a calendar without its days off.
    assert (row.due_on, row.settle_by, clock.suspended_on) == (date(2026, 8, 31),) * 2 + (None,)
    assert [entry[:2] for entry in ledger(desk, case)] == [
        (ClockEffect.START, Action.ACCEPT),
        (ClockEffect.SUSPEND, Action.SUSPEND),
        (ClockEffect.RESUME, Action.LIFT_SUSPENSION),
    ]
    papers = desk.session.scalars(
        select(ClockEntry.document_no).where(ClockEntry.effect == ClockEffect.SUSPEND)
    ).all()
    assert papers == ["5/QĐ-TĐC"]


def test_is_a_term_that_had_passed_before_the_suspension_still_late(desk: Desk) -> None:
    case = desk.file(received_on=date(2026, 7, 1))
    settle(desk, case)
    due = clock_of(desk, case).due_on
    turn(desk, case, ClockEffect.SUSPEND, Action.SUSPEND, due + DAY)
    assert (desk.row(case).due_on, desk.row(case).settle_by) == (NO_TERM, due)


def test_is_what_ends_during_a_suspension_not_late_for_its_days(desk: Desk) -> None:
    case = desk.file(received_on=date(2026, 7, 1))
    settle(desk, case)
    turn(desk, case, ClockEffect.SUSPEND, Action.SUSPEND, date(2026, 7, 11))
    turn(desk, case, ClockEffect.STOP, Action.TERMINATE, date(2026, 9, 30))
    settle_by = desk.row(case).settle_by
    clock = clock_of(desk, case)
    assert settle_by is not None
    assert settle_by > date(2026, 9, 30)
    assert (clock.stopped_on, clock.suspended_on) == (date(2026, 9, 30), None)


def test_does_complexity_change_the_rule_and_keep_day_zero(desk: Desk) -> None:
    case = desk.file(received_on=date(2026, 7, 1))
    settle(desk, case)
    desk.put(case, complexity=Complexity.COMPLEX)
    turn(
        desk,
        case,
        ClockEffect.EXTEND,
        Action.SET_COMPLEXITY,
        date(2026, 7, 20),
        rule="KN-05",
        start=date(2026, 7, 1),
    )
    clock = clock_of(desk, case)
    assert (clock.rule, clock.started_on, clock.due_on) == (
        "KN-05",
        date(2026, 7, 1),
        date(2026, 8, 17),
    )
    assert ledger(desk, case)[-1] == (
        ClockEffect.RECOUNT,
        Action.SET_COMPLEXITY,
        date(2026, 7, 20),
        "KN-05",
    )


def test_does_an_extension_stand_under_its_clause(desk: Desk) -> None:
    case = desk.file(CaseKind.DENUNCIATION, received_on=date(2026, 7, 1))
    settle(desk, case, complexity=Complexity.COMPLEX)
    turn(desk, case, ClockEffect.EXTEND, Action.EXTEND, date(2026, 7, 20), rule="TC-06")
    clock = clock_of(desk, case)
    assert clock.due_on == date(2026, 8, 31)
    assert ledger(desk, case)[-1][3] == "TC-07"
    assert "khoản 2" in recall(clock.explanation).law()


def test_does_a_correction_keep_the_suspensions_of_the_run_before(desk: Desk) -> None:
    case = desk.file(received_on=date(2026, 7, 1))
    start = settle(desk, case)
    turn(desk, case, ClockEffect.SUSPEND, Action.SUSPEND, date(2026, 7, 11))
    turn(desk, case, ClockEffect.RESUME, Action.LIFT_SUSPENSION, date(2026, 8, 10))
    turn(desk, case, ClockEffect.STOP, Action.DECIDE, date(2026, 8, 20))
    turn(
        desk, case, ClockEffect.START, Action.CORRECT, date(2026, 8, 21), rule="KN-04", start=start
    )
    assert desk.row(case).due_on == date(2026, 8, 31)


def test_does_passing_on_stand_in_the_ledger_and_change_no_date(desk: Desk) -> None:
    case = desk.file()
    due = desk.row(case).due_on
    with transaction() as session:
        note_transfer(session, case.id, on=desk.today, deed=Deed(Action.PASS_ON, NOON, DUC))
    assert [entry[:2] for entry in ledger(desk, case, ClockKind.ACCEPTANCE)][-1] == (
        ClockEffect.TRANSFER,
        Action.PASS_ON,
    )
    with transaction() as session:
        entries = stored_ledger(session, case.id, ClockKind.ACCEPTANCE)
    clock = read_clock(entries, work_calendar())
    assert clock is not None
    assert clock.due == due


def test_is_the_ledger_never_changed(desk: Desk) -> None:
    desk.file()
    for statement in ("UPDATE clock_entry SET days = 99", "DELETE FROM clock_entry"):
        with pytest.raises(DBAPIError, match="history only grows"), transaction() as session:
            session.execute(text(statement))


def test_does_every_stored_date_follow_from_ledger_and_calendar(desk: Desk) -> None:
    cases = [desk.file(kind) for kind in CaseKind]
    with transaction() as session:
        for clock in session.scalars(select(CaseClock)):
            entries = stored_ledger(session, clock.case_id, clock.clock)
            read = read_clock(entries, work_calendar())
            assert read is not None
            assert (read.due, read.explanation) == (clock.due_on, recall(clock.explanation))
    assert cases
