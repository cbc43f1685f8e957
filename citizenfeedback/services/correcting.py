"""Putting right what was entered wrongly in the reception book and among the leaders' days.

The row says what is right from then on, so every list and figure follows; what stood there before
is kept for good, sealed, with who changed it, when and why.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import can_at
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.receptions import (
    ReceptionEntry,
    SittingEntry,
    changed_columns,
    correction_problems,
    sitting_problems,
)
from citizenfeedback.domain.text import fold
from citizenfeedback.domain.vocabulary import Action, AuditAction, ReceptionKind
from citizenfeedback.models.cases import Case
from citizenfeedback.models.receptions import Reception, ReceptionChange, Sitting
from citizenfeedback.queries.receptions import readable
from citizenfeedback.services.amending import closed_reports, plain, reason_of
from citizenfeedback.services.casework import Office
from citizenfeedback.services.chronicle import append_entry
from citizenfeedback.services.receiving import Incomplete, entry_columns
from citizenfeedback.services.transaction import transaction


@dataclass(frozen=True, slots=True)
class Correction:
    """What the row should say, and why it is changed."""

    entry: ReceptionEntry
    competent: bool | None
    reason: str


def correct_reception(
    actor: Actor, reception_id: int, correction: Correction, *, office: Office
) -> None:
    """Put a visit in the book right; its number and unit stay.

    Raises `NotFound` out of reach, `Incomplete` with all that is wanting, and
    `RuleBroken("nothing_changed")`.
    """
    entry = correction.entry
    with transaction() as session:
        row = session.execute(
            select(*Reception.__table__.columns, Case.kind.label("case_kind"))
            .outerjoin(Case, Case.id == Reception.case_id)
            .where(
                Reception.id == reception_id,
                ~Reception.struck,
                readable(actor, Action.REGISTER_RECEPTION),
            )
            .with_for_update(of=Reception)
        ).first()
        if row is None:
            raise NotFound("reception")
        sealed = row.kind is ReceptionKind.DENUNCIATION
        found = correction_problems(
            entry, office.today, year=row.date.year, sealed=sealed, kind=row.case_kind
        )
        reason = reason_of(correction.reason, found)
        columns = _columns(entry, row, office) | {
            "date": entry.visited_on,
            "competent": correction.competent,
        }
        before = changed_columns({name: getattr(row, name) for name in columns}, columns)
        _keep(session, actor, before, reason, office, reception_id=reception_id)
        session.execute(update(Reception).where(Reception.id == reception_id).values(**columns))
        _log(session, actor, before, office, {"book_no": row.book_no}, row.unit_id, row.date)


def strike_reception(
    actor: Actor, reception_id: int, *, struck: bool, reason: str, office: Office
) -> None:
    """Strike out a visit that never was, or let one struck out by mistake stand again.

    Line and number stay in the book for all to see; no figure counts it. Raises `NotFound` out of
    reach, `Incomplete` without a reason, and `RuleBroken("nothing_changed")`.
    """
    with transaction() as session:
        row = session.execute(
            select(Reception.book_no, Reception.unit_id, Reception.date, Reception.struck)
            .where(Reception.id == reception_id, readable(actor, Action.REGISTER_RECEPTION))
            .with_for_update(of=Reception)
        ).first()
        if row is None:
            raise NotFound("reception")
        wanted = reason_of(reason)
        before = changed_columns({"struck": row.struck}, {"struck": struck})
        _keep(session, actor, before, wanted, office, reception_id=reception_id)
        session.execute(update(Reception).where(Reception.id == reception_id).values(struck=struck))
        _log(session, actor, before, office, {"book_no": row.book_no}, row.unit_id, row.date)


def correct_sitting(
    actor: Actor, sitting_id: int, entry: SittingEntry, *, reason: str, office: Office
) -> None:
    """Put a leader's day right. A planned day that has come is recorded as held by this too."""
    with transaction() as session:
        row = _sitting(session, actor, sitting_id)
        wanted = reason_of(reason, sitting_problems(entry, office.today, planned=not row.held))
        columns = {
            "date": entry.held_on,
            "kind": entry.kind,
            "received_by": entry.received_by,
            "announced": entry.announced,
            "visitors": entry.visitors if row.held else 0,
        }
        before = changed_columns({name: getattr(row, name) for name in columns}, columns)
        _keep(session, actor, before, wanted, office, sitting_id=sitting_id)
        _free(session, sitting_id, row.unit_id, entry)
        session.execute(update(Sitting).where(Sitting.id == sitting_id).values(**columns))
        _log(session, actor, before, office, {"sitting": sitting_id}, row.unit_id, row.date)


def plan_sitting(actor: Actor, unit_id: int, entry: SittingEntry, *, office: Office) -> int:
    """Plan a leader's day; it counts once it was held."""
    if not can_at(actor, Action.REGISTER_RECEPTION, unit_id):
        raise RuleBroken("not_granted", action=Action.REGISTER_RECEPTION)
    found = sitting_problems(entry, office.today, planned=True)
    if found:
        raise Incomplete(found)
    with transaction() as session:
        _free(session, None, unit_id, entry)
        sitting_id = session.scalar(
            insert(Sitting)
            .values(
                date=entry.held_on,
                unit_id=unit_id,
                kind=entry.kind,
                received_by=entry.received_by,
                announced=entry.announced,
                visitors=0,
                held=False,
            )
            .returning(Sitting.id)
        )
        append_entry(
            session,
            office.keys,
            actor,
            AuditAction.RECEPTION_RECORDED,
            now=office.now,
            details={"sitting": sitting_id, "unit": unit_id, "planned": True},
        )
    return int(sitting_id or 0)


def hold_sitting(
    actor: Actor, sitting_id: int, *, visitors: int, announced: bool, office: Office
) -> None:
    """Record that a planned day was held, and how many came; also when nobody came."""
    with transaction() as session:
        row = _sitting(session, actor, sitting_id)
        entry = SittingEntry(row.date, row.kind, row.received_by, announced, visitors)
        if row.held:
            raise RuleBroken("sitting_there_already", on=row.date)
        if row.date > office.today:
            raise RuleBroken("sitting_not_yet")
        found = sitting_problems(entry, office.today)
        if found:
            raise Incomplete(found)
        session.execute(
            update(Sitting)
            .where(Sitting.id == sitting_id)
            .values(held=True, visitors=visitors, announced=announced)
        )
        append_entry(
            session,
            office.keys,
            actor,
            AuditAction.RECEPTION_RECORDED,
            now=office.now,
            details={"sitting": sitting_id, "unit": row.unit_id},
        )


def _sitting(session: Session, actor: Actor, sitting_id: int) -> Any:
    row = session.execute(
        select(*Sitting.__table__.columns).where(Sitting.id == sitting_id).with_for_update()
    ).first()
    if row is None or not can_at(actor, Action.REGISTER_RECEPTION, row.unit_id):
        raise NotFound("sitting")
    return row


def _free(session: Session, sitting_id: int | None, unit_id: int, entry: SittingEntry) -> None:
    """Refuse a second row for the same day, unit, kind and person."""
    other = session.scalar(
        select(Sitting.id).where(
            Sitting.date == entry.held_on,
            Sitting.unit_id == unit_id,
            Sitting.kind == entry.kind,
            Sitting.received_by == entry.received_by,
        )
    )
    if other is not None and other != sitting_id:
        raise RuleBroken("sitting_there_already", on=entry.held_on)


def _columns(entry: ReceptionEntry, row: Any, office: Office) -> dict[str, Any]:
    """The columns of the entry; a sealed visitor who is not named again stays as he is."""
    columns = entry_columns(entry, office)
    named = fold(entry.name) or fold(entry.address) or fold(entry.id_no)
    if entry.kind is ReceptionKind.DENUNCIATION and row.sealed is not None and not named:
        del columns["sealed"]
    # What an import brought stays marked as such.
    del columns["imported"]
    return columns


def _keep(
    session: Session,
    actor: Actor,
    before: Mapping[str, Any],
    reason: str,
    office: Office,
    **of_row: int,
) -> None:
    if not before:
        raise RuleBroken("nothing_changed")
    told = {name: _plain(value, office) for name, value in before.items()}
    session.execute(
        insert(ReceptionChange).values(
            **of_row,
            at=office.now,
            user_id=actor.user_id,
            changed=",".join(sorted(before)),
            before=office.keys.seal(json.dumps(told, ensure_ascii=False)),
            reason=reason,
        )
    )


def _plain(value: Any, office: Office) -> Any:
    return office.keys.unseal(value) if isinstance(value, bytes) else plain(value)


def _log(
    session: Session,
    actor: Actor,
    before: Mapping[str, Any],
    office: Office,
    which: Mapping[str, object],
    unit_id: int,
    on: date,
) -> None:
    """Log the correction, and whether a closed report counted the row; it is not blocked by that."""
    append_entry(
        session,
        office.keys,
        actor,
        AuditAction.RECEPTION_CORRECTED,
        now=office.now,
        details={
            **which,
            "unit": unit_id,
            "changed": sorted(before),
            "in_closed_reports": closed_reports(session, on),
        },
    )
