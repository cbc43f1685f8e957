"""The register of state management: what is written, what is kept of it, who may, what 06 counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.law.statistics import FormCode
from citizenfeedback.domain.oversight import Conclusion, FollowUp, OversightEntry
from citizenfeedback.domain.vocabulary import AuditAction, OversightKind, Role
from citizenfeedback.domain.windows import Window
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.queries.oversight import OversightFilters, oversight_act, oversight_page
from citizenfeedback.queries.returns import form_document
from citizenfeedback.services.overseeing import (
    conclude_inspection,
    correct_act,
    record_act,
    record_follow_up,
    strike_act,
    strike_follow_up,
)
from citizenfeedback.services.receiving import Incomplete
from citizenfeedback.services.transaction import transaction
from tests.services.desk import BUILDING, DUC, PROVINCE, Desk, open_desk

TODAY = date(2026, 11, 23)
BEGUN = TODAY - timedelta(days=20)
WINDOW = Window(date(2026, 11, 1), TODAY)
INSPECTION = OversightEntry(
    BEGUN, OversightKind.INSPECTION, "Trách nhiệm tiếp công dân", "9/QĐ", units=4
)
CONCLUSION = Conclusion(TODAY - timedelta(days=9), "18/KL", 1, 3, 0, 2)
DONE = FollowUp(TODAY - timedelta(days=2), people_handled=2, finished=True)


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office."""
    return open_desk(session, keys)


def supervisor(desk: Desk) -> Any:
    """Whoever answers for the figures, over everything."""
    return replace(desk.actor(DUC), roles=frozenset({Role.SUPERVISOR}), everywhere=True)


def inspection(desk: Desk) -> int:
    """An inspection in the register."""
    return record_act(supervisor(desk), BUILDING, INSPECTION, office=desk.office)


def columns() -> dict[str, object]:
    """What 06 counts, without noughts."""
    total = form_document(SYSTEM, FormCode.QLKNTC, "", WINDOW)["total"]["columns"]
    return {number: value for number, value in total.items() if value}


@pytest.mark.both_databases
def test_an_inspection_goes_its_way_and_the_form_counts_each_step(desk: Desk) -> None:
    who, act = supervisor(desk), inspection(desk)
    assert columns() == {"6": 1, "7": 4}
    with pytest.raises(RuleBroken, match="conclusion_first"):
        record_follow_up(who, act, DONE, office=desk.office)
    conclude_inspection(who, act, CONCLUSION, office=desk.office)
    with pytest.raises(RuleBroken, match="inspection_concluded"):
        conclude_inspection(who, act, CONCLUSION, office=desk.office)
    record_follow_up(who, act, DONE, office=desk.office)
    with pytest.raises(RuleBroken, match="already_carried_out"):
        record_follow_up(who, act, DONE, office=desk.office)
    concluded = {"6": 1, "7": 4, "8": 1, "9": 1, "10": 3, "12": 2, "13": 1}
    assert columns() == concluded | {"15": 2}
    found = oversight_act(who, act)
    assert found.entry.conclusion == CONCLUSION
    assert found.line.finished_on == DONE.on
    (entry,) = found.follow_ups
    strike_follow_up(who, act, entry.id, reason="Ghi nhầm", office=desk.office)
    assert columns() == concluded
    assert oversight_act(who, act).line.finished_on is None
    with pytest.raises(NotFound):
        strike_follow_up(who, act, entry.id, reason="Ghi nhầm", office=desk.office)


@pytest.mark.both_databases
def test_a_correction_keeps_what_stood_there_and_why(desk: Desk) -> None:
    who, act = supervisor(desk), inspection(desk)
    conclude_inspection(who, act, CONCLUSION, office=desk.office)
    right = replace(INSPECTION, units=5, conclusion=replace(CONCLUSION, people_disciplined=4))
    correct_act(who, act, right, reason="Đếm thiếu", office=desk.office)
    assert columns()["7"] == 5
    newest, first = oversight_act(who, act).changes
    assert (newest.reason, newest.before) == ("Đếm thiếu", {"units": 4, "people_disciplined": 3})
    assert (first.reason, first.before["concluded_on"]) == ("", None)
    logged = desk.session.scalars(
        select(AuditEntry.details).where(AuditEntry.action == AuditAction.OVERSIGHT_CORRECTED)
    ).all()
    assert [one["changed"] for one in logged] == [["people_disciplined", "units"]]
    with pytest.raises(RuleBroken, match="nothing_changed"):
        correct_act(who, act, right, reason="Không", office=desk.office)
    with pytest.raises(Incomplete) as refused:
        correct_act(who, act, replace(right, units=0), reason=" ", office=desk.office)
    assert {one.entry for one in refused.value.problems} == {"units", "reason"}
    for statement in ("UPDATE oversight_change SET reason = ''", "DELETE FROM oversight_change"):
        with pytest.raises(DatabaseError, match="history only grows"), transaction() as session:
            session.execute(text(statement))


def test_a_conclusion_is_not_moved_behind_what_was_done_of_it(desk: Desk) -> None:
    who, act = supervisor(desk), inspection(desk)
    conclude_inspection(who, act, CONCLUSION, office=desk.office)
    record_follow_up(who, act, DONE, office=desk.office)
    late = replace(INSPECTION, conclusion=replace(CONCLUSION, on=TODAY))
    with pytest.raises(RuleBroken, match="conclusion_after_follow_up"):
        correct_act(who, act, late, reason="Nhầm ngày", office=desk.office)


@pytest.mark.both_databases
def test_what_is_struck_out_counts_for_nothing_and_may_stand_again(desk: Desk) -> None:
    who, act = supervisor(desk), inspection(desk)
    strike_act(who, act, struck=True, reason="Ghi hai lần", office=desk.office)
    assert columns() == {}
    page = oversight_page(who, OversightFilters())
    assert (page.total, [line.struck for line in page.lines]) == (0, [True])
    with pytest.raises(NotFound):
        conclude_inspection(who, act, CONCLUSION, office=desk.office)
    strike_act(who, act, struck=False, reason="Không phải", office=desk.office)
    assert columns() == {"6": 1, "7": 4}


def test_who_does_not_keep_the_register_neither_writes_nor_learns_of_it(desk: Desk) -> None:
    act = inspection(desk)
    leader = desk.actor(DUC)
    with pytest.raises(RuleBroken, match="not_granted"):
        record_act(leader, BUILDING, INSPECTION, office=desk.office)
    with pytest.raises(NotFound):
        strike_act(leader, act, struck=True, reason="Thử", office=desk.office)
    elsewhere = replace(leader, unit_id=99, subtree=frozenset({99}))
    with pytest.raises(NotFound):
        oversight_act(elsewhere, act)
    assert oversight_page(elsewhere, OversightFilters()).lines == ()


def test_the_list_is_narrowed_by_unit_kind_and_day(desk: Desk) -> None:
    who = supervisor(desk)
    inspection(desk)
    document = OversightEntry(TODAY, OversightKind.DOCUMENT_ISSUED, "Kế hoạch", "1/KH")
    record_act(who, PROVINCE, document, office=desk.office)

    def titles(**asked: Any) -> list[str]:
        return [line.title for line in oversight_page(who, OversightFilters(**asked)).lines]

    assert titles() == ["Kế hoạch", "Trách nhiệm tiếp công dân"]
    assert titles(kind=OversightKind.INSPECTION) == ["Trách nhiệm tiếp công dân"]
    assert titles(first=TODAY) == ["Kế hoạch"]
    assert titles(last=BEGUN) == ["Trách nhiệm tiếp công dân"]
    assert titles(unit="U2") == ["Trách nhiệm tiếp công dân"]
    with pytest.raises(NotFound):
        titles(unit="NO")
