"""Who was not received, and which written notices are due, as the reception room reads them.

A visitor about a denunciation is sealed and never read here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, tuple_

from citizenfeedback.domain.access import can_at
from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.deadlines import deadline
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.explanations import Explanation
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Unsealer
from citizenfeedback.domain.law.forms import form_of_template
from citizenfeedback.domain.law.grounds import Ground, ground
from citizenfeedback.domain.letters import SECTIONS, LetterStep, steps_from
from citizenfeedback.domain.privacy import mask_id_no, mask_initials, sees_persons
from citizenfeedback.domain.receptions import refusal_grounds
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    LetterState,
    ReceptionKind,
    SendingWay,
)
from citizenfeedback.models.accounts import User
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.receptions import RefusalNotice, RefusedVisit
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.letterheads import usual_signer
from citizenfeedback.queries.letters import Signing, signing_of
from citizenfeedback.queries.receptions import Cursor, at_reached_units

PAGE = 50
MOST_OPEN = 200
NOTICE_RULE = "TD-04"
_WRITTEN = tuple(one.code for one in refusal_grounds() if one.written_notice)
_LEADERS = (LetterStep.APPROVE, LetterStep.ISSUE, LetterStep.SEND_BACK)
_OFFICERS_CANCEL = (LetterState.DRAFT, LetterState.SUBMITTED)


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """One refusal in the list; `name` is blank where it is sealed or not known."""

    id: int
    on: date
    unit_id: int
    unit: str
    unit_en: str
    ground: Ground
    name: str
    sealed: bool
    state: LetterState | None
    document_no: str
    sent_on: date | None
    due: date | None

    def late(self, today: date) -> bool:
        """Whether the notice should have gone out by now, or went out too late."""
        return self.due is not None and (self.sent_on or today) > self.due


@dataclass(frozen=True, slots=True)
class RefusalsPage:
    """One page of refusals, newest first, and before it the notices still to be sent."""

    lines: tuple[RefusalLine, ...]
    owing: tuple[RefusalLine, ...]
    total: int
    next: Cursor | None


@dataclass(frozen=True, slots=True, repr=False)
class NoticeDetail:
    """The written notice: its text, where it stands, and what this person may do with it."""

    state: LetterState
    version: int
    sections: Mapping[str, str]
    signing: Signing
    returned_because: str
    author: str
    drafted_at: datetime
    approved_by: str
    document_no: str
    issued_on: date | None
    way: SendingWay | None
    sent_on: date | None
    proof: str
    steps: tuple[LetterStep, ...]


@dataclass(frozen=True, slots=True, repr=False)
class RefusalDetail:
    """One refusal whole. `term` is that of the written notice, where the ground asks for one."""

    line: RefusalLine
    kind: ReceptionKind
    id_no: str
    address: str
    summary: str
    explanation: str
    recorded_at: datetime
    recorded_by: str
    term: Explanation | None
    notice: NoticeDetail | None
    writes: bool


def refusals_page(
    actor: Actor,
    cursor: Cursor | None,
    *,
    unit_ids: tuple[int, ...] | None = None,
    first: date | None = None,
    last: date | None = None,
) -> RefusalsPage:
    """One page of those who were not received within reach; their own count, no turns."""
    inside = [at_reached_units(actor, Action.SEE_RECEPTIONS, RefusedVisit.unit_id)]
    if unit_ids is not None:
        inside.append(RefusedVisit.unit_id.in_(unit_ids))
    if first is not None:
        inside.append(RefusedVisit.date >= first)
    if last is not None:
        inside.append(RefusedVisit.date <= last)
    total = db.session.scalar(select(func.count()).select_from(RefusedVisit).where(*inside)) or 0
    query = _select().where(*inside).limit(PAGE + 1)
    query = query.order_by(RefusedVisit.date.desc(), RefusedVisit.id.desc())
    key = tuple_(RefusedVisit.date, RefusedVisit.id)
    if cursor is not None:
        query = query.where(key < tuple_(cursor.on, cursor.id))
    rows = db.session.execute(query).all()
    calendar = work_calendar()
    lines = tuple(_line(row, actor, calendar) for row in rows[:PAGE])
    end = lines[-1] if len(rows) > PAGE else None
    owing = db.session.execute(
        _select()
        .where(
            *inside,
            RefusedVisit.ground.in_(_WRITTEN),
            or_(
                RefusalNotice.refusal_id.is_(None),
                and_(
                    RefusalNotice.sent_on.is_(None),
                    RefusalNotice.state != LetterState.CANCELLED,
                ),
            ),
        )
        .order_by(RefusedVisit.date, RefusedVisit.id)
        .limit(MOST_OPEN)
    ).all()
    return RefusalsPage(
        lines,
        tuple(_line(row, actor, calendar) for row in owing),
        int(total),
        Cursor(end.on, end.id, 1) if end else None,
    )


def refusal(actor: Actor, refusal_id: int, keys: Unsealer) -> RefusalDetail:
    """One refusal with its notice; `NotFound` for one out of reach as for one not there."""
    row = db.session.execute(
        _select(
            RefusedVisit.id_no,
            RefusedVisit.address,
            RefusedVisit.summary,
            RefusedVisit.explanation,
            RefusedVisit.recorded_at,
            _name_of(RefusedVisit.recorded_by_id).label("recorded_by"),
            RefusalNotice.template,
            RefusalNotice.version,
            RefusalNotice.content,
            RefusalNotice.returned_because,
            RefusalNotice.drafted_at,
            _name_of(RefusalNotice.author_id).label("author"),
            _name_of(RefusalNotice.approved_by_id).label("approved_by"),
            RefusalNotice.issued_on,
            RefusalNotice.way,
            RefusalNotice.proof,
        ).where(
            RefusedVisit.id == refusal_id,
            at_reached_units(actor, Action.SEE_RECEPTIONS, RefusedVisit.unit_id),
        )
    ).first()
    if row is None:
        raise NotFound("refusal")
    calendar = work_calendar()
    line = _line(row, actor, calendar)
    whole = sees_persons(actor.roles, _as_case_kind(row.kind)) and not line.sealed
    writes = can_at(actor, Action.REGISTER_RECEPTION, row.unit_id)
    return RefusalDetail(
        line=line,
        kind=row.kind,
        id_no="" if line.sealed else (row.id_no if whole else mask_id_no(row.id_no)),
        address=row.address if whole else "",
        summary=row.summary,
        explanation=row.explanation,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by or "",
        term=_term(row, calendar),
        notice=_notice(row, actor, keys) if row.state is not None and writes else None,
        writes=writes,
    )


def _name_of(column: Any) -> Any:
    return select(User.name).where(User.id == column).scalar_subquery()


def _select(*more: Any) -> Any:
    return (
        select(
            RefusedVisit.id,
            RefusedVisit.date,
            RefusedVisit.unit_id,
            Unit.name.label("unit"),
            Unit.name_en.label("unit_en"),
            RefusedVisit.ground,
            RefusedVisit.kind,
            RefusedVisit.citizen_name,
            RefusalNotice.state,
            RefusalNotice.document_no,
            RefusalNotice.sent_on,
            *more,
        )
        .join(Unit, Unit.id == RefusedVisit.unit_id)
        .outerjoin(RefusalNotice, RefusalNotice.refusal_id == RefusedVisit.id)
    )


def _line(row: Any, actor: Actor, calendar: WorkCalendar) -> RefusalLine:
    sealed = row.kind is ReceptionKind.DENUNCIATION
    name = "" if sealed else row.citizen_name
    whole = sees_persons(actor.roles, _as_case_kind(row.kind))
    term = _term(row, calendar)
    return RefusalLine(
        id=row.id,
        on=row.date,
        unit_id=row.unit_id,
        unit=row.unit,
        unit_en=row.unit_en,
        ground=ground(row.ground),
        name=name if whole else mask_initials(name),
        sealed=sealed,
        state=row.state,
        document_no=row.document_no or "",
        sent_on=row.sent_on,
        due=term.due if term is not None else None,
    )


def _term(row: Any, calendar: WorkCalendar) -> Explanation | None:
    """The term of the notice; before Decree 154 the ground asked for one but set no days."""
    if not ground(row.ground).written_notice:
        return None
    return deadline(NOTICE_RULE, row.date, calendar)


def notice_signing(stored: Mapping[str, Any], unit_id: int) -> Signing:
    """Who signs a notice: as chosen, else the head of the unit (notices from before one could)."""
    if "signing" in stored:
        return signing_of(stored["signing"])
    return Signing(name=usual_signer(unit_id))


def _notice(row: Any, actor: Actor, keys: Unsealer) -> NoticeDetail:
    signs = can_at(actor, Action.SIGN_REFUSAL, row.unit_id)
    steps = tuple(
        step
        for step in steps_from(form_of_template(row.template), row.state)
        if signs
        or not (
            step in _LEADERS or (step is LetterStep.CANCEL and row.state not in _OFFICERS_CANCEL)
        )
    )
    stored = json.loads(keys.unseal(row.content))
    return NoticeDetail(
        state=row.state,
        version=row.version,
        sections={name: stored[name] for name in SECTIONS},
        signing=notice_signing(stored, row.unit_id),
        returned_because=row.returned_because,
        author=row.author or "",
        drafted_at=row.drafted_at,
        approved_by=row.approved_by or "",
        document_no=row.document_no,
        issued_on=row.issued_on,
        way=row.way,
        sent_on=row.sent_on,
        proof=keys.unseal(row.proof) if row.proof else "",
        steps=steps,
    )


def _as_case_kind(kind: ReceptionKind) -> CaseKind:
    return CaseKind.REFLECTION if kind is ReceptionKind.NONE else CaseKind(kind)
