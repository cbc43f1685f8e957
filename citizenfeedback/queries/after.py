"""Cases that ended and are not done with: a term still runs, or a decision is not carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, tuple_

from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.vocabulary import Action, CaseKind
from citizenfeedback.models.accounts import User
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.procedures import DecisionOutcome
from citizenfeedback.queries.inbox import MOST_COUNTED, NO_TERM, PAGE, Count, Cursor
from citizenfeedback.queries.visibility import visible


class AfterView(StrEnum):
    """What is still owed: a term (sending, notice, publication …), or carrying out."""

    TERMS = "terms"
    CARRY_OUT = "carry_out"


@dataclass(frozen=True, slots=True)
class AfterRow:
    """One case: by when what is owed, or since when it is being carried out."""

    id: int
    number: str
    kind: CaseKind
    instance: int
    summary: str
    closed_on: date | None
    day: date
    rule: str
    late: bool
    unit_id: int
    unit: str
    unit_en: str
    assignee: str


@dataclass(frozen=True, slots=True)
class AfterPage:
    """One page of a list with the counts of both."""

    view: AfterView
    counts: Mapping[AfterView, Count]
    rows: tuple[AfterRow, ...]
    next: Cursor | None


def after_page(actor: Actor, view: AfterView, cursor: Cursor | None, today: date) -> AfterPage:
    """The next cases of a list, the longest owed first."""
    terms = view is AfterView.TERMS
    day: Any = Case.due_on if terms else DecisionOutcome.recorded_on
    keys = _keys(view, actor).with_only_columns(Case.id, day.label("day"))
    if cursor is not None:
        keys = keys.where(tuple_(day, Case.id) > tuple_(cursor.due_on, cursor.id))
    found = keys.order_by(day, Case.id).limit(PAGE + 1).subquery()
    rows = db.session.execute(
        select(
            Case.id,
            Case.number,
            Case.kind,
            Case.instance,
            Case.summary,
            Case.closed_on,
            found.c.day,
            Case.due_rule,
            Case.unit_id,
            Unit.name.label("unit"),
            Unit.name_en.label("unit_en"),
            User.name.label("assignee"),
        )
        .join(found, found.c.id == Case.id)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(User, User.id == Case.assignee_id)
        .order_by(found.c.day, Case.id)
    ).all()
    shown: Sequence[Any] = rows[:PAGE]
    last = shown[-1] if len(rows) > PAGE else None
    return AfterPage(
        view=view,
        counts=_counts(actor),
        rows=tuple(
            AfterRow(
                id=row.id,
                number=row.number,
                kind=row.kind,
                instance=row.instance,
                summary=row.summary,
                closed_on=row.closed_on,
                day=row.day,
                rule=row.due_rule if terms else "",
                late=terms and row.day < today,
                unit_id=row.unit_id,
                unit=row.unit,
                unit_en=row.unit_en,
                assignee=row.assignee or "",
            )
            for row in shown
        ),
        next=Cursor(last.day, last.id, 1) if last is not None else None,
    )


def _keys(view: AfterView, actor: Actor) -> Any:
    """The cases of a list that this person may see."""
    scope: ColumnElement[bool] = visible(actor, Action.SEE_CASE)
    if view is AfterView.TERMS:
        return select(Case.id).where(and_(~Case.is_open, Case.due_on < NO_TERM, scope))
    return (
        select(Case.id)
        .join(DecisionOutcome, DecisionOutcome.case_id == Case.id)
        .where(DecisionOutcome.finished_on.is_(None), scope)
    )


def _counts(actor: Actor) -> dict[AfterView, Count]:
    asked = [
        select(func.count())
        .select_from(_keys(view, actor).limit(MOST_COUNTED + 1).subquery())
        .scalar_subquery()
        for view in AfterView
    ]
    numbers = db.session.execute(select(*asked)).one()
    return {
        view: Count(min(number, MOST_COUNTED), number > MOST_COUNTED)
        for view, number in zip(AfterView, numbers, strict=True)
    }
