"""The receipts given for papers at a visit or for a case: when, how many; who and what is sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from citizenfeedback.domain.access import can_at
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.vocabulary import Action, CaseKind
from citizenfeedback.models.accounts import User
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.receptions import PapersReceipt
from citizenfeedback.queries.receptions import at_reached_units
from citizenfeedback.queries.visibility import visible


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One receipt: when, how many papers, who took them."""

    id: int
    received_at: datetime
    papers: int
    official: str


@dataclass(frozen=True, slots=True)
class PapersCase:
    """A case for which papers are handed in, and where."""

    id: int
    number: str
    kind: CaseKind
    unit_id: int
    unit: str
    unit_address: str


def papers_case(actor: Actor, number: str) -> PapersCase:
    """The case by its number; `NotFound` where this person may not take papers for it."""
    row = db.session.execute(
        select(Case.id, Case.number, Case.kind, Case.unit_id, Unit.name, Unit.address)
        .join(Unit, Unit.id == Case.unit_id)
        .where(Case.number == number, visible(actor, Action.SEE_CASE))
    ).first()
    if row is None or not can_at(actor, Action.REGISTER_RECEPTION, row.unit_id):
        raise NotFound("case")
    return PapersCase(*row)


def receipts_of(
    actor: Actor, *, reception_id: int | None = None, case_id: int | None = None
) -> tuple[ReceiptLine, ...]:
    """The receipts of a visit or a case, newest first, for those who may print them."""
    query = (
        select(PapersReceipt.id, PapersReceipt.received_at, PapersReceipt.papers, User.name)
        .join(User, User.id == PapersReceipt.recorded_by_id)
        .where(at_reached_units(actor, Action.REGISTER_RECEPTION, PapersReceipt.unit_id))
        .order_by(PapersReceipt.id.desc())
    )
    if reception_id is not None:
        query = query.where(PapersReceipt.reception_id == reception_id)
    else:
        query = query.where(PapersReceipt.case_id == case_id)
    return tuple(ReceiptLine(*row) for row in db.session.execute(query))
