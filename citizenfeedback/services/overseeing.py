"""The register of state management: writing an act down, its next steps, and putting it right.

What form 06/QLKNTC counts is recorded here; what an entry must contain stands in
`domain/oversight.py`. Every change of a row leaves what stood there before.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import can_at
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.oversight import (
    CONCLUSION_COUNTS,
    FOLLOW_UP_COUNTS,
    Conclusion,
    FollowUp,
    OversightEntry,
    conclusion_problems,
    follow_up_problems,
    oversight_problems,
)
from citizenfeedback.domain.receptions import changed_columns
from citizenfeedback.domain.vocabulary import Action, AuditAction, OversightKind
from citizenfeedback.models.oversight import OversightAct, OversightChange, OversightFollowUp
from citizenfeedback.services.amending import closed_reports, plain, reason_of
from citizenfeedback.services.casework import Office
from citizenfeedback.services.chronicle import append_entry
from citizenfeedback.services.receiving import Incomplete
from citizenfeedback.services.transaction import transaction


def record_act(actor: Actor, unit_id: int, entry: OversightEntry, *, office: Office) -> int:
    """Write an act of a unit down.

    Raises `Incomplete` with all that is wanting, and `RuleBroken("not_granted")`.
    """
    if not can_at(actor, Action.KEEP_OVERSIGHT, unit_id):
        raise RuleBroken("not_granted", action=Action.KEEP_OVERSIGHT)
    _complete(oversight_problems(entry, office.today))
    with transaction() as session:
        act_id = session.scalar(
            insert(OversightAct)
            .values(
                unit_id=unit_id,
                kind=entry.kind,
                **_columns(entry),
                **_concluded(entry.conclusion),
                recorded_at=office.now,
                recorded_by_id=actor.user_id,
            )
            .returning(OversightAct.id)
        )
        details = {"act": act_id, "unit": unit_id, "kind": str(entry.kind)}
        _log(session, actor, AuditAction.OVERSIGHT_RECORDED, office, details)
    return int(act_id or 0)


def conclude_inspection(
    actor: Actor, act_id: int, conclusion: Conclusion, *, office: Office
) -> None:
    """Record the conclusion of an inspection.

    Raises `NotFound` out of reach, `Incomplete`, and `RuleBroken("inspection_concluded")`.
    """
    with transaction() as session:
        row = _act(session, actor, act_id)
        if row.kind is not OversightKind.INSPECTION:
            raise NotFound("act")
        if row.concluded_on is not None:
            raise RuleBroken("inspection_concluded", on=row.concluded_on)
        _complete(conclusion_problems(conclusion, row.on, office.today))
        _change(session, actor, row, _concluded(conclusion), office)
        _log(session, actor, AuditAction.OVERSIGHT_RECORDED, office, _which(row))


def record_follow_up(actor: Actor, act_id: int, follow_up: FollowUp, *, office: Office) -> None:
    """Add what was done of a conclusion since the entry before, up to the last that finishes it.

    Raises `NotFound` out of reach, `Incomplete`, `RuleBroken("conclusion_first")` and
    `RuleBroken("already_carried_out")`.
    """
    with transaction() as session:
        row = _act(session, actor, act_id)
        if row.concluded_on is None:
            raise RuleBroken("conclusion_first")
        if row.finished_on is not None:
            raise RuleBroken("already_carried_out")
        _complete(follow_up_problems(follow_up, row.concluded_on, office.today))
        session.execute(
            insert(OversightFollowUp).values(
                act_id=act_id,
                on=follow_up.on,
                finished=follow_up.finished,
                recorded_at=office.now,
                recorded_by_id=actor.user_id,
                **{name: getattr(follow_up, name) for name in FOLLOW_UP_COUNTS},
            )
        )
        if follow_up.finished:
            _change(session, actor, row, {"finished_on": follow_up.on}, office)
        _log(session, actor, AuditAction.OVERSIGHT_RECORDED, office, _which(row))


def correct_act(
    actor: Actor, act_id: int, entry: OversightEntry, *, reason: str, office: Office
) -> None:
    """Put an act right, an inspection with its conclusion; its unit stays, and so does its sort.

    Raises `NotFound` out of reach, `Incomplete` with all that is wanting, and
    `RuleBroken("nothing_changed")`.
    """
    with transaction() as session:
        row = _act(session, actor, act_id)
        if row.concluded_on is None:
            entry = replace(entry, conclusion=None)
        told = reason_of(reason, oversight_problems(entry, office.today))
        columns = {"kind": entry.kind, **_columns(entry)}
        if entry.conclusion is not None:
            columns |= _concluded(entry.conclusion)
            _before_follow_ups(session, row, entry.conclusion.on)
        _correct(session, actor, row, columns, told, office)


def strike_act(actor: Actor, act_id: int, *, struck: bool, reason: str, office: Office) -> None:
    """Strike out an act that never was, or let one struck out by mistake stand again.

    Raises `NotFound` out of reach, `Incomplete` without a reason, and
    `RuleBroken("nothing_changed")`.
    """
    with transaction() as session:
        row = _act(session, actor, act_id, struck=None)
        told = reason_of(reason)
        _correct(session, actor, row, {"struck": struck}, told, office)


def strike_follow_up(
    actor: Actor, act_id: int, follow_up_id: int, *, reason: str, office: Office
) -> None:
    """Strike out what was wrongly entered of the implementation; what finished it no longer does.

    Raises `NotFound` out of reach, and `Incomplete` without a reason.
    """
    with transaction() as session:
        row = _act(session, actor, act_id)
        found = session.execute(
            select(OversightFollowUp.id, OversightFollowUp.finished).where(
                OversightFollowUp.id == follow_up_id,
                OversightFollowUp.act_id == act_id,
                ~OversightFollowUp.struck,
            )
        ).first()
        if found is None:
            raise NotFound("follow_up")
        told = reason_of(reason)
        session.execute(
            update(OversightFollowUp)
            .where(OversightFollowUp.id == follow_up_id)
            .values(struck=True)
        )
        before: dict[str, Any] = {"follow_up": follow_up_id}
        if found.finished:
            before["finished_on"] = plain(row.finished_on)
            session.execute(
                update(OversightAct).where(OversightAct.id == act_id).values(finished_on=None)
            )
        _keep(session, actor, row, before, office, told, follow_up_id)
        details = {**_which(row), "changed": sorted(before)}
        _log(session, actor, AuditAction.OVERSIGHT_CORRECTED, office, details)


def _complete(problems: tuple[Any, ...]) -> None:
    if problems:
        raise Incomplete(problems)


def _act(session: Session, actor: Actor, act_id: int, *, struck: bool | None = False) -> Any:
    """The row to change, held until the act is over; `struck` None takes it either way."""
    query = select(*OversightAct.__table__.columns).where(OversightAct.id == act_id)
    if struck is not None:
        query = query.where(OversightAct.struck.is_(struck))
    row = session.execute(query.with_for_update()).first()
    if row is None or not can_at(actor, Action.KEEP_OVERSIGHT, row.unit_id):
        raise NotFound("act")
    return row


def _before_follow_ups(session: Session, row: Any, concluded: date | None) -> None:
    """Nothing can have been carried out of a conclusion before it was there."""
    first = session.scalar(
        select(func.min(OversightFollowUp.on)).where(
            OversightFollowUp.act_id == row.id, ~OversightFollowUp.struck
        )
    )
    if first is not None and concluded is not None and concluded > first:
        raise RuleBroken("conclusion_after_follow_up", on=first)


def _columns(entry: OversightEntry) -> dict[str, Any]:
    names = ("on", "title", "number", "classes", "people", "units")
    return {name: getattr(entry, name) for name in names}


def _concluded(conclusion: Conclusion | None) -> dict[str, Any]:
    if conclusion is None:
        return {}
    return {
        "concluded_on": conclusion.on,
        "conclusion_no": conclusion.number,
        **{name: getattr(conclusion, name) for name in CONCLUSION_COUNTS},
    }


def _correct(
    session: Session,
    actor: Actor,
    row: Any,
    columns: Mapping[str, Any],
    reason: str,
    office: Office,
) -> None:
    changed = _change(session, actor, row, columns, office, reason)
    details = {
        **_which(row),
        "changed": sorted(changed),
        "in_closed_reports": closed_reports(session, row.on),
    }
    _log(session, actor, AuditAction.OVERSIGHT_CORRECTED, office, details)


def _change(
    session: Session,
    actor: Actor,
    row: Any,
    columns: Mapping[str, Any],
    office: Office,
    reason: str = "",
) -> dict[str, Any]:
    """Write the columns and keep what stood there; returns that."""
    before = changed_columns({name: getattr(row, name) for name in columns}, columns)
    if not before:
        raise RuleBroken("nothing_changed")
    told = {name: plain(value) for name, value in before.items()}
    _keep(session, actor, row, told, office, reason)
    session.execute(update(OversightAct).where(OversightAct.id == row.id).values(**columns))
    return told


def _keep(
    session: Session,
    actor: Actor,
    row: Any,
    before: Mapping[str, Any],
    office: Office,
    reason: str,
    follow_up_id: int | None = None,
) -> None:
    session.execute(
        insert(OversightChange).values(
            act_id=row.id,
            follow_up_id=follow_up_id,
            at=office.now,
            user_id=actor.user_id,
            before=before,
            reason=reason,
        )
    )


def _which(row: Any) -> dict[str, Any]:
    return {"act": row.id, "unit": row.unit_id, "kind": str(row.kind)}


def _log(
    session: Session, actor: Actor, action: AuditAction, office: Office, details: dict[str, Any]
) -> None:
    append_entry(session, office.keys, actor, action, now=office.now, details=details)
