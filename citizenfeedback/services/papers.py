"""Papers handed in at the reception or for a case, and the receipt given for them (Mẫu 02/TCD).

Who handed them in and what they are lies sealed for every kind of case. The receipt is printed from
that whenever it is asked for; two people sign it by hand.
"""

import json
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from citizenfeedback.documents.letter_docx import letter_docx
from citizenfeedback.documents.letter_pdf import letter_pdf
from citizenfeedback.documents.letters import draft_text, letter_content, shipped_template
from citizenfeedback.domain.access import can_at
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.intake import normalise_id_no
from citizenfeedback.domain.law.forms import form
from citizenfeedback.domain.letters import day_words
from citizenfeedback.domain.receptions import Copy, PapersEntry, papers_problems
from citizenfeedback.domain.text import clean
from citizenfeedback.domain.vocabulary import (
    Action,
    AuditAction,
    CaseKind,
    Letter,
    ReceptionKind,
)
from citizenfeedback.gateways.clock import LOCAL_ZONE, local_date
from citizenfeedback.models.accounts import User
from citizenfeedback.models.cases import Case
from citizenfeedback.models.receptions import PapersReceipt, Reception
from citizenfeedback.queries.letterheads import head_of_letters
from citizenfeedback.queries.receptions import at_reached_units, readable
from citizenfeedback.queries.visibility import visible
from citizenfeedback.services.casework import Office
from citizenfeedback.services.chronicle import append_entry
from citizenfeedback.services.receiving import Incomplete
from citizenfeedback.services.transaction import transaction
from citizenfeedback.services.visits import sealed_visitor

_COPIES = {
    Copy.ORIGINAL: "bản gốc",
    Copy.CERTIFIED: "bản sao có chứng thực",
    Copy.COPY: "bản sao",
}


@dataclass(frozen=True, slots=True)
class NewPapers:
    """Papers handed in at a visit of the book, or for a case by its number."""

    entry: PapersEntry
    reception_id: int | None = None
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    unit_id: int
    kind: CaseKind
    case_id: int | None
    sealed: bool = False


def record_papers(actor: Actor, new: NewPapers, *, office: Office) -> int:
    """Write down what was handed in; of a sealed visitor nobody is asked the name again.

    Raises `NotFound` for a visit or case out of reach, `Incomplete` with all that is wanting.
    """
    entry = new.entry
    with transaction() as session:
        place = _place(session, actor, new)
        found = papers_problems(entry, office.today, sealed=place.sealed)
        if found or entry.on is None:
            raise Incomplete(found)
        who = {
            "name": clean(entry.name),
            "id_no": normalise_id_no(entry.id_no) or "",
            "address": clean(entry.address),
        }
        if place.sealed and not who["name"] and new.reception_id is not None:
            kept = sealed_visitor(session, office.keys, actor, new.reception_id)
            who = {"name": kept.name, "id_no": kept.id_no, "address": kept.address}
        content = {
            **who,
            "place": clean(entry.place),
            "copies": entry.copies,
            "kind": str(place.kind),
            "official": session.scalar(select(User.name).where(User.id == actor.user_id)) or "",
            "papers": [
                [clean(one.name), one.pages, str(one.copy), clean(one.condition)]
                for one in entry.papers
            ],
        }
        hour, minute = (int(part) for part in entry.time.split(":"))
        receipt_id = session.scalar(
            insert(PapersReceipt)
            .values(
                unit_id=place.unit_id,
                reception_id=new.reception_id,
                case_id=place.case_id,
                received_at=datetime.combine(entry.on, time(hour, minute), LOCAL_ZONE),
                papers=len(entry.papers),
                content=office.keys.seal(json.dumps(content, ensure_ascii=False)),
                recorded_at=office.now,
                recorded_by_id=actor.user_id,
            )
            .returning(PapersReceipt.id)
        )
        append_entry(
            session,
            office.keys,
            actor,
            AuditAction.PAPERS_RECEIVED,
            now=office.now,
            case_id=place.case_id,
            details={"receipt": receipt_id, "papers": len(entry.papers)},
        )
    return int(receipt_id or 0)


def papers_receipt(actor: Actor, receipt_id: int, form_of: str, *, office: Office) -> bytes:
    """The receipt as PDF or DOCX. One that names a denouncer is logged before it is printed."""
    with transaction() as session:
        row = session.execute(
            select(*PapersReceipt.__table__.columns).where(
                PapersReceipt.id == receipt_id,
                at_reached_units(actor, Action.REGISTER_RECEPTION, PapersReceipt.unit_id),
            )
        ).first()
        if row is None or not _within_case(session, actor, row.case_id):
            raise NotFound("receipt")
        kept = json.loads(office.keys.unseal(row.content))
        kind = CaseKind(kept["kind"])
        if kind is CaseKind.DENUNCIATION:
            append_entry(
                session,
                office.keys,
                actor,
                AuditAction.SEALED_READ,
                now=office.now,
                case_id=row.case_id,
                details={"receipt": receipt_id},
            )
    on = local_date(row.received_at)
    at = row.received_at.astimezone(LOCAL_ZONE)
    wanted = form(Letter.PAPERS_RECEIVED, kind, on)
    head = head_of_letters(row.unit_id)
    text = draft_text(
        wanted,
        shipped_template(wanted),
        {
            "person": kept["name"],
            "person_address": kept["address"],
            "person_identity": kept["id_no"],
            "started_at": f"{at.hour:02} giờ {at.minute:02} phút, {day_words(on)}",
            "venue": kept["place"],
            "official": kept["official"],
            "papers": "\n".join(_row(paper) for paper in kept["papers"]),
            "copies": kept["copies"],
            "body": head.letterhead.body,
        },
        kind=kind,
        on=on,
    )
    content = letter_content(wanted, text, head.letterhead, None, dated=on, year=on.year)
    return letter_docx(content) if form_of == "docx" else letter_pdf(content)


def _row(paper: list[Any]) -> str:
    name, pages, copy, condition = paper
    state = ", ".join(part for part in (condition, _COPIES[Copy(copy)]) if part)
    return "|".join(str(cell).replace("|", "/") for cell in (name, pages, state))


def _within_case(session: Session, actor: Actor, case_id: int | None) -> bool:
    if case_id is None:
        return True
    found = select(Case.id).where(Case.id == case_id, visible(actor, Action.SEE_CASE))
    return session.scalar(found) is not None


def _place(session: Session, actor: Actor, new: NewPapers) -> _Place:
    if new.reception_id is not None:
        visit = session.execute(
            select(Reception.unit_id, Reception.kind, Reception.case_id, Reception.sealed).where(
                Reception.id == new.reception_id,
                ~Reception.struck,
                readable(actor, Action.REGISTER_RECEPTION),
            )
        ).first()
        if visit is None:
            raise NotFound("reception")
        none = visit.kind is ReceptionKind.NONE
        kind = CaseKind.REFLECTION if none else CaseKind(visit.kind)
        return _Place(visit.unit_id, kind, visit.case_id, visit.sealed is not None)
    case = session.execute(
        select(Case.id, Case.unit_id, Case.kind).where(
            Case.number == new.case_number, visible(actor, Action.SEE_CASE)
        )
    ).first()
    if case is None:
        raise NotFound("case")
    if not can_at(actor, Action.REGISTER_RECEPTION, case.unit_id):
        raise RuleBroken("not_granted", action=Action.REGISTER_RECEPTION)
    return _Place(case.unit_id, case.kind, case.id)
