"""Corrections of the book and of leaders' days: what changes, what is kept, who may."""

from __future__ import annotations

import json
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
from citizenfeedback.domain.receptions import ReceptionEntry, SittingEntry
from citizenfeedback.domain.vocabulary import AuditAction, ReceptionKind
from citizenfeedback.domain.windows import Window
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.receptions import Reception, ReceptionChange, Sitting
from citizenfeedback.queries.figures import monthly
from citizenfeedback.queries.receptions import Filters, book_page, reception
from citizenfeedback.queries.returns import form_document
from citizenfeedback.services.correcting import (
    Correction,
    correct_reception,
    correct_sitting,
    hold_sitting,
    plan_sitting,
    strike_reception,
)
from citizenfeedback.services.receiving import (
    Incomplete,
    NewReception,
    record_reception,
    record_sitting,
)
from citizenfeedback.services.transaction import transaction
from citizenfeedback.services.verifying import verify
from tests.services.desk import BUILDING, DUC, HOA, LAN, MINH, Desk, open_desk

TODAY = date(2026, 11, 23)
NAME = "Lò Thị Măng"
ENTRY = ReceptionEntry(
    visited_on=TODAY,
    kind=ReceptionKind.COMPLAINT,
    name=NAME,
    id_no="022190001234",
    address="Thôn Khe Cát",
    summary="Đề nghị xem lại giá đất",
)
DAY = SittingEntry(held_on=TODAY - timedelta(days=3), visitors=4)


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office."""
    return open_desk(session, keys)


def visit(desk: Desk, **entry: Any) -> int:
    """A visit in the book."""
    new = NewReception(BUILDING, replace(ENTRY, **entry))
    return record_reception(desk.actor(LAN), new, office=desk.office).id


def correct(desk: Desk, visit_id: int, who: int = LAN, **entry: Any) -> None:
    """Correct a visit."""
    reason = entry.pop("reason", "Ghi nhầm")
    correction = Correction(replace(ENTRY, **entry), None, reason)
    correct_reception(desk.actor(who), visit_id, correction, office=desk.office)


def stored(desk: Desk, table: Any, row_id: int) -> Any:
    """A row as it lies in the table."""
    desk.session.expire_all()
    return desk.session.get(table, row_id)


def changes(desk: Desk) -> list[ReceptionChange]:
    """Everything that was corrected."""
    return list(desk.session.scalars(select(ReceptionChange).order_by(ReceptionChange.id)))


@pytest.mark.both_databases
def test_a_corrected_visit_says_what_is_right_and_keeps_what_stood_there(desk: Desk) -> None:
    made = visit(desk, people=70)
    correct(desk, made, people=7)
    correct(desk, made, DUC, people=7, notes="Có luật sư")
    row = stored(desk, Reception, made)
    assert (row.people, row.notes, row.book_no) == (7, "Có luật sư", "U2-2026-0001")
    kept = [
        (one.changed, json.loads(desk.keys.unseal(one.before)), one.user_id)
        for one in changes(desk)
    ]
    assert kept == [("people", {"people": 70}, LAN), ("notes", {"notes": ""}, DUC)]
    logged = desk.session.scalars(
        select(AuditEntry.details).where(AuditEntry.action == AuditAction.RECEPTION_CORRECTED)
    ).all()
    assert [one["changed"] for one in logged] == [["people"], ["notes"]]
    assert verify(desk.keys, desk.files).mismatches == ()


@pytest.mark.both_databases
def test_what_was_corrected_is_never_changed_or_removed(desk: Desk) -> None:
    made = visit(desk)
    correct(desk, made, people=2)
    for statement in ("UPDATE reception_change SET reason = ''", "DELETE FROM reception_change"):
        with pytest.raises(DatabaseError, match="history only grows"), transaction() as session:
            session.execute(text(statement))


def test_a_correction_needs_a_reason_and_a_change(desk: Desk) -> None:
    made = visit(desk)
    with pytest.raises(Incomplete) as refused:
        correct(desk, made, people=2, reason=" ")
    assert [(one.entry, one.code) for one in refused.value.problems] == [
        ("reason", "reason_required")
    ]
    with pytest.raises(Incomplete):
        correct(desk, made, people=2, reason="x" * 301)
    with pytest.raises(RuleBroken, match="nothing_changed"):
        correct(desk, made)


def test_only_the_office_of_the_book_corrects_it(desk: Desk) -> None:
    made = visit(desk)
    for who in (HOA, MINH):
        with pytest.raises(NotFound):
            correct(desk, made, who, people=2)


@pytest.mark.both_databases
def test_a_visit_that_was_a_denunciation_after_all_is_sealed_with_its_history(desk: Desk) -> None:
    made = visit(desk)
    correct(desk, made, kind=ReceptionKind.DENUNCIATION, summary=f"{NAME} tố cáo")
    row = stored(desk, Reception, made)
    assert (row.citizen_name, row.id_no, NAME in row.summary) == ("", "", False)
    assert NAME in desk.keys.unseal(row.sealed)
    assert NAME.encode() not in changes(desk)[0].before
    correct(desk, made, kind=ReceptionKind.DENUNCIATION, name="", address="", id_no="", people=3)
    assert NAME in desk.keys.unseal(stored(desk, Reception, made).sealed)


@pytest.mark.both_databases
def test_a_leaders_day_is_corrected_and_never_doubled(desk: Desk) -> None:
    actor = desk.actor(LAN)
    first = record_sitting(actor, BUILDING, DAY, office=desk.office)
    other = replace(DAY, held_on=TODAY)
    record_sitting(actor, BUILDING, other, office=desk.office)
    with pytest.raises(RuleBroken, match="sitting_there_already"):
        correct_sitting(actor, first, other, reason="Ghi nhầm", office=desk.office)
    right = replace(DAY, visitors=0, announced=True)
    correct_sitting(actor, first, right, reason="Ghi nhầm", office=desk.office)
    row = stored(desk, Sitting, first)
    assert (row.visitors, row.announced, row.held) == (0, True, True)
    assert [one.changed for one in changes(desk)] == ["announced,visitors"]
    with pytest.raises(NotFound):
        correct_sitting(desk.actor(MINH), first, right, reason="Sửa", office=desk.office)


@pytest.mark.both_databases
def test_a_planned_day_counts_once_it_was_held(desk: Desk) -> None:
    actor = desk.actor(LAN)
    coming = SittingEntry(held_on=TODAY + timedelta(days=10))
    planned = plan_sitting(actor, BUILDING, coming, office=desk.office)
    assert stored(desk, Sitting, planned).held is False
    with pytest.raises(RuleBroken, match="sitting_not_yet"):
        hold_sitting(actor, planned, visitors=0, announced=True, office=desk.office)
    later = replace(desk.office, now=desk.now + timedelta(days=10))
    hold_sitting(actor, planned, visitors=0, announced=True, office=later)
    assert stored(desk, Sitting, planned).held is True
    with pytest.raises(RuleBroken, match="sitting_there_already"):
        hold_sitting(actor, planned, visitors=1, announced=True, office=later)
    with pytest.raises(Incomplete):
        plan_sitting(actor, BUILDING, DAY, office=desk.office)
    with pytest.raises(RuleBroken, match="not_granted"):
        plan_sitting(desk.actor(MINH), BUILDING, coming, office=desk.office)


def test_is_a_visit_struck_out_kept_and_not_counted(desk: Desk) -> None:
    first, second = visit(desk), visit(desk, people=6)
    lan = desk.actor(LAN)
    with pytest.raises(Incomplete):
        strike_reception(lan, first, struck=True, reason=" ", office=desk.office)
    with pytest.raises(NotFound):
        strike_reception(
            desk.actor(MINH), first, struck=True, reason="Ghi nhầm", office=desk.office
        )
    strike_reception(lan, first, struck=True, reason="Ghi hai lần", office=desk.office)
    with pytest.raises(RuleBroken, match="nothing_changed"):
        strike_reception(lan, first, struck=True, reason="Ghi hai lần", office=desk.office)
    book = book_page(lan, Filters(), None, group_size=5)
    assert [line.struck for line in book.lines if line.id == first] == [True]
    assert (book.totals.lines, book.totals.turns, book.totals.people) == (2, 1, 6)
    assert monthly(None, TODAY, TODAY)["figures"]["receptions.turns"]["value"] == 1
    window = Window(TODAY, TODAY)
    assert form_document(SYSTEM, FormCode.TCD, "", window)["total"]["columns"]["1"] == 1
    told = reception(lan, first, desk.keys)
    assert told.struck
    assert [(line.reason, line.changed) for line in told.changes] == [("Ghi hai lần", ("struck",))]
    with pytest.raises(NotFound):
        correct_reception(
            lan, first, Correction(replace(ENTRY, people=2), None, "Sửa"), office=desk.office
        )
    strike_reception(lan, first, struck=False, reason="Gạch nhầm dòng", office=desk.office)
    assert book_page(lan, Filters(), None, group_size=5).totals.turns == 2
    assert second
