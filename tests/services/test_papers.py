"""Papers handed in and the receipt for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.receptions import Copy, Paper, PapersEntry, ReceptionEntry
from citizenfeedback.domain.vocabulary import AuditAction, CaseKind, ReceptionKind
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.gateways.texts import words_in
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.receptions import PapersReceipt
from citizenfeedback.queries.papers import papers_case, receipts_of
from citizenfeedback.services.papers import NewPapers, papers_receipt, record_papers
from citizenfeedback.services.receiving import Incomplete, NewReception, record_reception
from tests.services.desk import BUILDING, HOA, LAN, MINH, Desk, open_desk

TODAY = date(2026, 11, 23)
NAME = "Lò Thị Măng"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENTRY = PapersEntry(
    on=TODAY,
    time="08:30",
    place="Phòng tiếp công dân",
    name=NAME,
    id_no="022190001234",
    address="Khe Cát",
    papers=(
        Paper("Đơn khiếu nại", 3, Copy.ORIGINAL, "rõ"),
        Paper("Bản đồ|trích lục", 12),
    ),
)


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office."""
    return open_desk(session, keys)


def visit(desk: Desk, kind: ReceptionKind = ReceptionKind.COMPLAINT) -> int:
    """A visit in the book."""
    entry = ReceptionEntry(
        visited_on=TODAY, kind=kind, name=NAME, address="Khe Cát", summary="Giá đất"
    )
    new = NewReception(BUILDING, entry)
    return record_reception(desk.actor(LAN), new, office=desk.office).id


def record(desk: Desk, who: int = LAN, **new: Any) -> int:
    """Write papers down."""
    wanted = NewPapers(replace(ENTRY, **new.pop("entry", {})), **new)
    return record_papers(desk.actor(who), wanted, office=desk.office)


def words(desk: Desk, receipt: int) -> str:
    """What the receipt says."""
    paper = papers_receipt(desk.actor(LAN), receipt, "docx", office=desk.office)
    return words_in(paper, DOCX) or ""


@pytest.mark.both_databases
def test_a_receipt_lists_what_was_handed_in_and_has_two_to_sign(desk: Desk) -> None:
    made = visit(desk)
    receipt = record(desk, reception_id=made)
    said = words(desk, receipt)
    for text in (
        NAME,
        "08 giờ 30 phút",
        "Đơn khiếu nại",
        "rõ, bản gốc",
        "Bản đồ/trích lục",
        "NGƯỜI GIAO",
        "NGƯỜI NHẬN",
        "Phạm Thị Lan",
    ):
        assert text in said
    pdf = papers_receipt(desk.actor(LAN), receipt, "pdf", office=desk.office)
    assert pdf.startswith(b"%PDF")
    (line,) = receipts_of(desk.actor(LAN), reception_id=made)
    assert (line.id, line.papers, line.official) == (receipt, 2, "Phạm Thị Lan")
    assert receipts_of(desk.actor(HOA), reception_id=made) == ()


@pytest.mark.both_databases
def test_who_came_about_a_denunciation_is_taken_from_the_sealed_visit(desk: Desk) -> None:
    made = visit(desk, ReceptionKind.DENUNCIATION)
    nobody = {"name": "", "id_no": "", "address": ""}
    receipt = record(desk, reception_id=made, entry=nobody)
    stored = desk.session.scalars(select(PapersReceipt.content)).one()
    assert NAME.encode() not in stored
    assert NAME in words(desk, receipt)
    logged = desk.session.scalars(select(AuditEntry.action)).all()
    assert AuditAction.SEALED_READ in logged


@pytest.mark.both_databases
def test_papers_are_taken_for_a_case_by_its_number(desk: Desk) -> None:
    case = desk.file(CaseKind.PETITION)
    receipt = record(desk, case_number=case.number)
    (line,) = receipts_of(desk.actor(LAN), case_id=case.id)
    assert line.id == receipt
    assert papers_case(desk.actor(LAN), case.number).unit_id == BUILDING
    with pytest.raises(NotFound):
        papers_case(desk.actor(MINH), case.number)


def test_nobody_takes_or_prints_papers_of_another_office(desk: Desk) -> None:
    made = visit(desk)
    receipt = record(desk, reception_id=made)
    with pytest.raises(NotFound):
        record(desk, MINH, reception_id=made)
    with pytest.raises(NotFound):
        record(desk, case_number="26-0000-0")
    with pytest.raises(NotFound):
        papers_receipt(desk.actor(HOA), receipt, "pdf", office=desk.office)


def test_what_is_wanting_is_said(desk: Desk) -> None:
    with pytest.raises(Incomplete):
        record(desk, reception_id=visit(desk), entry={"papers": ()})
