"""Closed windows: the frozen figures, what the rows would give today, and what came in since.

A frozen document carries the highest number of each kind of row at its closing, so that what came
later is left out exactly, however it is dated. What touches an older row is dated in history.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, not_, null, or_, select

from citizenfeedback.domain.closing import REWRITES, Touched
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.indicators import GROUP_SIZE, INDICATORS, Figure, Measure, Over, figure
from citizenfeedback.domain.law.statistics import Counted, FormCode
from citizenfeedback.domain.returns import Row
from citizenfeedback.domain.vocabulary import Action, AuditAction, EventKind
from citizenfeedback.domain.windows import Window
from citizenfeedback.models.accounts import User
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.oversight import OversightAct
from citizenfeedback.models.ratings import Rating, RatingMark
from citizenfeedback.models.receptions import Reception, ReceptionChange, Sitting
from citizenfeedback.models.reporting import DossierCount, FrozenReport
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.queries.figures import (
    DOUBTED,
    Figures,
    UnitScope,
    case_figures,
    window_figures,
    within,
)
from citizenfeedback.queries.reporting import Reach, reach_of
from citizenfeedback.queries.returns import FormFigures, form_figures, plain_number
from citizenfeedback.queries.visibility import outside_wall, visible

Condition = ColumnElement[bool]

MONTHLY = "monthly"
MARKED: Mapping[str, Any] = {
    "case": Case.id,
    "reception": Reception.id,
    "sitting": Sitting.id,
    "rating": Rating.id,
    "dossier": DossierCount.id,
    "act": OversightAct.id,
}
"""The rows whose highest number a frozen document carries."""

MOST_LISTED = 50


def marks() -> dict[str, int]:
    """The highest number of each kind of row now."""
    columns = [
        select(func.coalesce(func.max(column), 0)).scalar_subquery().label(name)
        for name, column in MARKED.items()
    ]
    row = db.session.execute(select(*columns)).one()
    return {name: int(value) for name, value in zip(MARKED, row, strict=True)}


@dataclass(frozen=True, slots=True)
class Frozen:
    """One report of a closed window."""

    id: int
    name: str
    unit_id: int
    window: Window
    frozen_at: datetime
    frozen_by: str
    document: Mapping[str, Any]

    @property
    def figures(self) -> Mapping[str, Mapping[str, Any]]:
        """The figures of a closed month, by key."""
        found: Mapping[str, Mapping[str, Any]] = self.document["figures"]
        return found

    @property
    def marks(self) -> Mapping[str, int]:
        """The highest numbers at the closing."""
        found: Mapping[str, int] = self.document["marks"]
        return found


_COLUMNS = (
    FrozenReport.id,
    FrozenReport.name,
    FrozenReport.unit_id,
    FrozenReport.starts_on,
    FrozenReport.ends_on,
    FrozenReport.frozen_at,
    User.name.label("by"),
    FrozenReport.document,
)


def _frozen(row: Any) -> Frozen:
    return Frozen(
        row.id,
        row.name,
        row.unit_id,
        Window(row.starts_on, row.ends_on),
        row.frozen_at,
        row.by or "",
        row.document,
    )


def frozen_report(unit_id: int, window: Window, name: str = MONTHLY) -> Frozen | None:
    """The frozen report of a window and unit, if it is closed."""
    row = db.session.execute(
        select(*_COLUMNS)
        .outerjoin(User, User.id == FrozenReport.frozen_by_id)
        .where(
            FrozenReport.name == name,
            FrozenReport.unit_id == unit_id,
            FrozenReport.starts_on == window.first,
            FrozenReport.ends_on == window.last,
        )
        .order_by(FrozenReport.id)
        .limit(1)
    ).first()
    return None if row is None else _frozen(row)


@dataclass(frozen=True, slots=True)
class ClosedLine:
    """A closed window in a list."""

    window: Window
    frozen_at: datetime
    frozen_by: str


@dataclass(frozen=True, slots=True)
class ClosedList:
    """The closed windows of a unit, the newest first, and the one asked for if it is among them."""

    reach: Reach
    lines: tuple[ClosedLine, ...]
    frozen: Frozen | None


def closed_windows(actor: Actor, code: str, window: Window) -> ClosedList:
    """The closed windows of a unit, with the frozen figures of one of them, in one statement."""
    reach = reach_of(actor, code)
    asked = and_(FrozenReport.starts_on == window.first, FrozenReport.ends_on == window.last)
    others = [column for column in _COLUMNS if column is not FrozenReport.document]
    rows = db.session.execute(
        select(*others, case((asked, FrozenReport.document), else_=null()).label("document"))
        .outerjoin(User, User.id == FrozenReport.frozen_by_id)
        .where(FrozenReport.name == MONTHLY, FrozenReport.unit_id == reach.chosen.id)
        .order_by(case((asked, 0), else_=1), FrozenReport.ends_on.desc(), FrozenReport.id.desc())
        .limit(MOST_LISTED)
    ).all()
    lines = sorted(
        (
            ClosedLine(Window(row.starts_on, row.ends_on), row.frozen_at, row.by or "")
            for row in rows
        ),
        key=lambda line: (line.window.last, line.window.first),
        reverse=True,
    )
    found = _frozen(rows[0]) if rows and rows[0].document is not None else None
    return ClosedList(reach, tuple(lines), found)


# Which rows were there, and which of them were touched since.


def _touching(frozen_at: datetime, window: Window) -> Condition:
    """Acts recorded after the closing that are dated within the window, or rewrite what was."""
    return and_(
        CaseEvent.at > frozen_at,
        or_(CaseEvent.on <= window.last, CaseEvent.kind.in_(sorted(REWRITES))),
        CaseEvent.kind.not_in([EventKind.SEALED_READ, EventKind.NOTE_ADDED]),
    )


def _case_touched(frozen_at: datetime, window: Window) -> Condition:
    acts = select(CaseEvent.case_id).where(_touching(frozen_at, window))
    return Case.id.in_(acts.correlate(None))


def _visit_touched(frozen_at: datetime) -> Condition:
    return Reception.id.in_(
        select(ReceptionChange.reception_id).where(
            ReceptionChange.reception_id.is_not(None), ReceptionChange.at > frozen_at
        )
    )


def untouched(
    frozen_at: datetime, window: Window, known: Mapping[str, int]
) -> Mapping[Over, Condition]:
    """The rows that were there at the closing and that nobody has touched since, by their kind."""
    return {
        Over.CASES: and_(Case.id <= known["case"], not_(_case_touched(frozen_at, window))),
        Over.RECEPTIONS: and_(Reception.id <= known["reception"], not_(_visit_touched(frozen_at))),
        Over.RATINGS: Rating.id <= known["rating"],
        Over.DOSSIERS: DossierCount.id <= known["dossier"],
    }


def touched(frozen_at: datetime, window: Window, known: Mapping[str, int]) -> Touched:
    """How many rows that were there at the closing were entered upon since."""
    cases = select(func.count()).where(Case.id <= known["case"], _case_touched(frozen_at, window))
    visits = select(func.count()).where(
        Reception.id <= known["reception"], _visit_touched(frozen_at)
    )
    return Touched(
        db.session.scalar(cases) or 0, (db.session.scalar(visits) or 0) + _days_touched(frozen_at)
    )


def _days_touched(frozen_at: datetime) -> int:
    """Leaders' days that were corrected or recorded as held since."""
    corrected = db.session.scalar(
        select(func.count()).where(
            ReceptionChange.sitting_id.is_not(None), ReceptionChange.at > frozen_at
        )
    )
    recorded = db.session.scalars(
        select(AuditEntry.details).where(
            AuditEntry.action == AuditAction.RECEPTION_RECORDED, AuditEntry.at > frozen_at
        )
    )
    return (corrected or 0) + sum("sitting" in details for details in recorded)


def closed_months() -> Iterator[tuple[UnitScope, Frozen]]:
    """Every closed window with its monthly figures, the oldest first."""
    rows = db.session.execute(
        select(*_COLUMNS, Unit.code, Unit.name, Unit.path)
        .outerjoin(User, User.id == FrozenReport.frozen_by_id)
        .join(Unit, Unit.id == FrozenReport.unit_id)
        .where(FrozenReport.name == MONTHLY)
        .order_by(FrozenReport.id)
    ).all()
    for row in rows:
        yield UnitScope(row.unit_id, row.code, row[-2], row.path), _frozen(row)


def recounted(
    scope: UnitScope, frozen: Frozen, *, group_size: int = GROUP_SIZE
) -> tuple[dict[str, Any], Touched]:
    """The figures of the untouched rows, as `report monthly` prints them, and how many are not."""
    only = untouched(frozen.frozen_at, frozen.window, frozen.marks)
    (figures,) = window_figures(
        scope, (frozen.window,), group_size=group_size, only=only, apart=_apart_then(frozen)
    )
    documents = {key: one.document() for key, one in figures.items()}
    return documents, touched(frozen.frozen_at, frozen.window, frozen.marks)


def _apart_then(frozen: Frozen) -> Condition:
    """The ratings that were set apart at a closing; none in a document that knows of none.

    The marks tell it exactly: what a rating was before the first mark made since, else what it is.
    """
    if "apart" not in frozen.document:
        return false()
    since = (
        select(RatingMark.before)
        .where(RatingMark.rating_id == Rating.id, RatingMark.at > frozen.frozen_at)
        .order_by(RatingMark.id)
        .limit(1)
        .scalar_subquery()
    )
    marked = Rating.id.in_(
        select(RatingMark.rating_id).where(RatingMark.at > frozen.frozen_at).correlate(None)
    )
    return case((marked, since.is_not(None)), else_=DOUBTED)


# The page of a closed window.


@dataclass(frozen=True, slots=True)
class LateEntry:
    """An act recorded after the closing that the frozen figures do not know; nobody's name."""

    number: str
    kind: EventKind
    recorded_at: datetime
    dated: date
    new: bool


@dataclass(frozen=True, slots=True)
class ClosedPage:
    """The frozen figures, those of today, and the later entries among the cases one may see."""

    reach: Reach
    frozen: Frozen
    figures: Figures
    today: Figures
    late_cases: int
    late_visits: int
    entries: tuple[LateEntry, ...]


def closed_page(
    actor: Actor, reach: Reach, frozen: Frozen, *, group_size: int = GROUP_SIZE
) -> ClosedPage:
    """A closed window beside what its rows would give today.

    What stands behind the reader's wall is taken out of the frozen figures as well, by what these
    rows give today: a difference must not tell of a case that is about the reader.
    """
    window = frozen.window
    scope, seen = reach.chosen.scope, outside_wall(actor)
    (now,) = window_figures(scope, (window,), group_size=group_size, seen=seen)
    hidden = and_(not_(seen), Case.id <= frozen.marks["case"])
    walled = case_figures(scope, window, hidden)
    late = [
        within(Case.unit_id, scope),
        or_(Case.id > frozen.marks["case"], _case_touched(frozen.frozen_at, window)),
        Case.received_on <= window.last,
    ]
    late_visits = (
        within(Reception.unit_id, scope),
        Reception.date.between(window.first, window.last),
        or_(Reception.id > frozen.marks["reception"], _visit_touched(frozen.frozen_at)),
    )
    counts = db.session.execute(
        select(
            select(func.count(Case.id)).where(*late, seen).scalar_subquery(),
            select(func.count(Reception.id)).where(*late_visits).scalar_subquery(),
        )
    ).one()
    return ClosedPage(
        reach,
        frozen,
        {
            key: _less(key, frozen.figures[key], walled[key], frozen.document.get("apart", {}))
            for key in INDICATORS
        },
        now,
        int(counts[0]),
        int(counts[1]),
        _entries(actor, frozen, late),
    )


def _less(key: str, frozen: Mapping[str, Any], hidden: Figure, apart: Mapping[str, int]) -> Figure:
    """A frozen figure without what stands behind the reader's wall; only cases have a wall."""
    indicator = INDICATORS[key]
    cases = indicator.over is Over.CASES
    left = apart.get(indicator.over)
    if "numerator" in frozen:
        return figure(
            indicator,
            frozen["numerator"] - ((hidden.numerator or 0) if cases else 0),
            frozen["denominator"] - ((hidden.denominator or 0) if cases else 0),
            left,
        )
    value = frozen["value"]
    if indicator.measure is Measure.MEAN:
        return Figure(None if value is None else Decimal(str(value)), apart=left)
    return Figure(value - int(hidden.value or 0) if cases else value, apart=left)


def _entries(actor: Actor, frozen: Frozen, late: list[Condition]) -> tuple[LateEntry, ...]:
    """The newest acts since the closing on the cases that the reader may open."""
    new = Case.id > frozen.marks["case"]
    rows = db.session.execute(
        select(Case.id, Case.number, CaseEvent.kind, CaseEvent.at, CaseEvent.on)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .where(
            *late,
            visible(actor, Action.SEE_CASE),
            # Of a new case how it came in; of an older one what was done to it.
            or_(
                and_(new, CaseEvent.seq == 1),
                and_(not_(new), _touching(frozen.frozen_at, frozen.window)),
            ),
        )
        .order_by(CaseEvent.at.desc(), CaseEvent.id.desc())
        .limit(MOST_LISTED)
    )
    return tuple(
        LateEntry(row.number, row.kind, row.at, row.on, row.id > frozen.marks["case"])
        for row in rows
    )


# The forms of a closed window.


def frozen_form(actor: Actor, code: FormCode, unit: str, window: Window) -> dict[str, Any] | None:
    """The document of a form as it was closed, or None if its window is open.

    What stands behind the reader's wall is taken out, as on the page of the window.
    """
    reach = reach_of(actor, unit)
    frozen = frozen_report(reach.chosen.id, window, code.value)
    if frozen is None:
        return None
    document = dict(frozen.document)
    hidden = and_(not_(outside_wall(actor)), Case.id <= frozen.marks["case"])
    walled = form_figures(actor, code, unit, window, seen=hidden)
    lines = {one.code: row for one, row in walled.lines}
    document["rows"] = [
        {"unit": row["unit"], "columns": _without(row["columns"], lines.get(row["unit"]), walled)}
        for row in document["rows"]
    ]
    document["total"] = {"columns": _without(document["total"]["columns"], walled.total, walled)}
    return document


def _without(
    columns: Mapping[str, Any], hidden: Row | None, walled: FormFigures
) -> dict[str, int | float | None]:
    """Columns less what is hidden of them; visits have no wall."""
    found = dict(columns)
    for column in walled.form.columns:
        less = (hidden or {}).get(column.number)
        value = columns.get(str(column.number))
        if isinstance(column.counts, Counted) and less and value is not None:
            found[str(column.number)] = plain_number(Decimal(str(value)) - less)
    return found
