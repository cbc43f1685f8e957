"""The reception book and the leaders' days as officials read them.

A visitor about a denunciation is sealed and never read here; a visit that belongs to a case behind
somebody's wall does not exist for them. Pages are read by their key.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select, true, tuple_

from citizenfeedback.domain.access import can_at, scope_of
from citizenfeedback.domain.deadlines import deadline
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.explanations import Explanation
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Unsealer
from citizenfeedback.domain.privacy import mask_id_no, mask_initials, sees_persons
from citizenfeedback.domain.receptions import DutyStanding, duty_span, duty_standing
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    ReceivedBy,
    ReceptionKind,
    SittingKind,
)
from citizenfeedback.models.accounts import User
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.receptions import Reception, ReceptionChange, Sitting
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.colleagues import Choice, units_within
from citizenfeedback.queries.tree import tree_order
from citizenfeedback.queries.visibility import outside_wall, visible

PAGE = 50
POSTING_RULE = "TD-05"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the book is narrowed to; nothing narrows nothing."""

    kinds: frozenset[ReceptionKind] = frozenset()
    unit_id: int | None = None
    first: date | None = None
    last: date | None = None
    groups: bool = False

    @property
    def active(self) -> int:
        """How many groups narrow the list."""
        dates = self.first is not None or self.last is not None
        return bool(self.kinds) + (self.unit_id is not None) + dates + self.groups


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after (or, backwards, before) this key; `at` numbers its first row."""

    on: date
    id: int
    at: int
    backwards: bool = False

    def __str__(self) -> str:
        return f"{'b' if self.backwards else 'a'}.{self.on:%Y%m%d}.{self.id}.{self.at}"

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """Read a cursor from an address; one that makes no sense means the first page."""
        way, *parts = text.split(".")
        shaped = all(part.isascii() and part.isdigit() and len(part) <= 9 for part in parts)
        if way not in ("a", "b") or len(parts) != 3 or not shaped or len(parts[0]) != 8:
            return None
        day = parts[0]
        try:
            on = date(int(day[:4]), int(day[4:6]), int(day[6:]))
        except ValueError:
            return None
        return cls(on, int(parts[1]), max(1, int(parts[2])), way == "b")


@dataclass(frozen=True, slots=True)
class ReceptionLine:
    """One visit in the list; `name` is blank where it is sealed."""

    id: int
    book_no: str
    on: date
    unit_id: int
    unit: str
    unit_en: str
    kind: ReceptionKind
    people: int
    name: str
    summary: str
    sealed: bool
    received_by: ReceivedBy
    case_number: str
    corrected: bool
    struck: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """What the list holds: its lines, and of those not struck out visits, people, large groups."""

    lines: int
    turns: int
    people: int
    groups: int


@dataclass(frozen=True, slots=True)
class BookPage:
    """One page of the book, newest first."""

    filters: Filters
    totals: Totals
    lines: tuple[ReceptionLine, ...]
    first: int
    next: Cursor | None
    previous: Cursor | None
    units: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One correction: who, when, why, and the columns that said something else."""

    at: datetime
    by: str
    reason: str
    changed: tuple[str, ...]
    before: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReceptionDetail:
    """One visit with all columns of the book. Where `sealed`, nobody's name is in it."""

    id: int
    book_no: str
    on: date
    unit_id: int
    unit: str
    unit_en: str
    unit_address: str
    sitting: SittingKind
    received_by: ReceivedBy
    people: int
    kind: ReceptionKind
    name: str
    id_no: str
    address: str
    summary: str
    settled_by: str
    competent: bool | None
    guided_to: str
    accepted_by: str
    follow_up: str
    notes: str
    matter: str
    case_number: str
    case_known: bool
    recorded_at: datetime
    recorded_by: str
    imported: bool
    struck: bool
    turns_before: int
    changes: tuple[ChangeLine, ...]

    @property
    def sealed(self) -> bool:
        """Whether the visitor lies sealed."""
        return self.kind is ReceptionKind.DENUNCIATION


@dataclass(frozen=True, slots=True)
class SittingLine:
    """One leader's day."""

    id: int
    on: date
    unit: str
    unit_en: str
    kind: SittingKind
    received_by: ReceivedBy
    announced: bool
    visitors: int
    held: bool
    corrected: bool
    unit_id: int


@dataclass(frozen=True, slots=True)
class SittingDetail:
    """One leader's day with its corrections; `post_by` is the last day to post it (TD-05)."""

    line: SittingLine
    post_by: Explanation
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class DutyLine:
    """What the head of a unit owes in a month, beside what was held."""

    unit_id: int
    unit: str
    unit_en: str
    standing: DutyStanding


@dataclass(frozen=True, slots=True)
class SittingsPage:
    """One page of the leaders' days, newest first."""

    lines: tuple[SittingLine, ...]
    total: int
    visitors: int
    next: Cursor | None


def readable(actor: Actor, action: Action) -> ColumnElement[bool]:
    """The condition over `Reception` under which `actor` may do `action` with a visit."""
    return and_(at_reached_units(actor, action, Reception.unit_id), _outside(actor))


def units_for(actor: Actor, action: Action) -> tuple[Choice, ...]:
    """The units at which somebody may do this, as a tree reads."""
    return tuple(unit for unit in units_within(actor) if can_at(actor, action, unit.id))


def book_page(
    actor: Actor, filters: Filters, cursor: Cursor | None, *, group_size: int
) -> BookPage:
    """One page of 50 visits with the totals of the whole list."""
    units = units_for(actor, Action.SEE_RECEPTIONS)
    narrowed = _narrowed(actor, filters, units, group_size)
    counts = ~Reception.struck
    totals = db.session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(case((counts, 1), else_=0)), 0),
            func.coalesce(func.sum(case((counts, Reception.people), else_=0)), 0),
            func.coalesce(
                func.sum(case((and_(counts, Reception.people >= group_size), 1), else_=0)), 0
            ),
        ).where(narrowed)
    ).one()
    rows = _rows(narrowed, cursor)
    page = rows[:PAGE]
    backwards = cursor is not None and cursor.backwards
    if backwards:
        page = page[::-1]
    more = len(rows) > PAGE
    first = cursor.at if cursor is not None else 1
    ahead = more if not backwards else True
    behind = (more and first > 1) if backwards else cursor is not None
    return BookPage(
        filters=filters,
        totals=Totals(*(int(number) for number in totals)),
        lines=tuple(_line(row, actor) for row in page),
        first=first if page else 0,
        next=_key(page[-1], first + len(page)) if ahead and page else None,
        previous=_key(page[0], max(1, first - PAGE), backwards=True) if behind and page else None,
        units=units,
    )


def reception(actor: Actor, reception_id: int, keys: Unsealer | None = None) -> ReceptionDetail:
    """One visit; `NotFound` for one out of reach as for one that is not there.

    What a correction replaced is told with `keys` to those who may see whole persons; of a sealed
    visit never.
    """
    row = db.session.execute(
        select(
            *_DETAIL,
            visible(actor, Action.SEE_CASE).label("case_known"),
            select(func.count())
            .select_from(_Earlier)
            .where(
                _Earlier.c.matter == Reception.matter,
                _Earlier.c.matter != "",
                _Earlier.c.id < Reception.id,
                ~_Earlier.c.struck,
            )
            .scalar_subquery()
            .label("turns_before"),
        )
        .join(Unit, Unit.id == Reception.unit_id)
        .outerjoin(Case, Case.id == Reception.case_id)
        .outerjoin(User, User.id == Reception.recorded_by_id)
        .where(Reception.id == reception_id, readable(actor, Action.SEE_RECEPTIONS))
    ).first()
    if row is None:
        raise NotFound("reception")
    whole = sees_persons(actor.roles, _as_case_kind(row.kind))
    sealed = row.kind is ReceptionKind.DENUNCIATION
    return ReceptionDetail(
        id=row.id,
        book_no=row.book_no,
        on=row.date,
        unit_id=row.unit_id,
        unit=row.unit,
        unit_en=row.unit_en,
        unit_address=row.unit_address,
        sitting=row.sitting,
        received_by=row.received_by,
        people=row.people,
        kind=row.kind,
        name="" if sealed else (row.citizen_name if whole else mask_initials(row.citizen_name)),
        id_no="" if sealed else (row.id_no if whole else mask_id_no(row.id_no)),
        address=row.address if whole and not sealed else "",
        summary=row.summary,
        settled_by=row.settled_by,
        competent=row.competent,
        guided_to=row.guided_to,
        accepted_by=row.accepted_by,
        follow_up=row.follow_up,
        notes=row.notes,
        matter=row.matter,
        case_number=row.case_number or "" if row.case_known else "",
        case_known=bool(row.case_known),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by or "",
        imported=row.imported,
        struck=row.struck,
        turns_before=row.turns_before,
        changes=_changes(
            ReceptionChange.reception_id == reception_id, keys if whole and not sealed else None
        ),
    )


def sittings_page(
    actor: Actor,
    cursor: Cursor | None,
    *,
    unit_id: int | None = None,
    first: date | None = None,
    last: date | None = None,
) -> SittingsPage:
    """Leaders' days within reach, newest first, with how many there are and how many came."""
    conditions = [at_reached_units(actor, Action.SEE_RECEPTIONS, Sitting.unit_id)]
    if unit_id is not None:
        conditions.append(Sitting.unit_id.in_(_below(units_within(actor), unit_id)))
    if first is not None:
        conditions.append(Sitting.date >= first)
    if last is not None:
        conditions.append(Sitting.date <= last)
    inside = and_(*conditions)
    total, visitors = db.session.execute(
        select(func.count(), func.coalesce(func.sum(Sitting.visitors), 0))
        .select_from(Sitting)
        .where(inside, Sitting.held)
    ).one()
    query = (
        _sitting_lines()
        .where(inside)
        .order_by(Sitting.date.desc(), Sitting.id.desc())
        .limit(PAGE + 1)
    )
    if cursor is not None:
        query = query.where(tuple_(Sitting.date, Sitting.id) < tuple_(cursor.on, cursor.id))
    lines = [SittingLine(*row) for row in db.session.execute(query)]
    more = len(lines) > PAGE
    end = lines[PAGE - 1] if more else None
    return SittingsPage(
        tuple(lines[:PAGE]),
        int(total),
        int(visitors),
        Cursor(end.on, end.id, 1) if end else None,
    )


def _sitting_lines() -> Select[Any]:
    """The columns of `SittingLine`, in its order."""
    return select(
        Sitting.id,
        Sitting.date,
        Unit.name,
        Unit.name_en,
        Sitting.kind,
        Sitting.received_by,
        Sitting.announced,
        Sitting.visitors,
        Sitting.held,
        _corrected(ReceptionChange.sitting_id, Sitting.id),
        Sitting.unit_id,
    ).join(Unit, Unit.id == Sitting.unit_id)


def sitting(actor: Actor, sitting_id: int, keys: Unsealer) -> SittingDetail:
    """One leader's day; `NotFound` for one out of reach as for one that is not there."""
    row = db.session.execute(
        _sitting_lines().where(
            Sitting.id == sitting_id,
            at_reached_units(actor, Action.SEE_RECEPTIONS, Sitting.unit_id),
        )
    ).first()
    if row is None:
        raise NotFound("sitting")
    line = SittingLine(*row)
    return SittingDetail(
        line,
        deadline(POSTING_RULE, line.on, work_calendar()),
        _changes(ReceptionChange.sitting_id == sitting_id, keys),
    )


def duties(actor: Actor, month: date) -> tuple[DutyLine, ...]:
    """The leaders' duty of a month beside what was held, for every unit within reach.

    Counted are the head's periodic days, also those on which nobody came.
    """
    first, last = duty_span(month)
    units = db.session.execute(
        select(Unit.id, Unit.name, Unit.name_en, Unit.level, Unit.path).where(
            at_reached_units(actor, Action.SEE_RECEPTIONS, Unit.id),
            Unit.receives,
            or_(Unit.valid_from.is_(None), Unit.valid_from <= last),
            or_(Unit.valid_to.is_(None), Unit.valid_to >= first),
        )
    ).all()
    held: dict[int, list[date]] = defaultdict(list)
    for unit_id, on in db.session.execute(
        select(Sitting.unit_id, Sitting.date).where(
            at_reached_units(actor, Action.SEE_RECEPTIONS, Sitting.unit_id),
            Sitting.date.between(first, last),
            Sitting.kind == SittingKind.PERIODIC,
            Sitting.received_by == ReceivedBy.HEAD,
            Sitting.held,
        )
    ):
        held[unit_id].append(on)
    lines = []
    for unit in tree_order(units):
        standing = duty_standing(unit.level, month, held[unit.id])
        if standing is not None:
            lines.append(DutyLine(unit.id, unit.name, unit.name_en, standing))
    return tuple(lines)


def posting_term(on: date) -> Explanation:
    """The last day to post a leader's day (TD-05)."""
    return deadline(POSTING_RULE, on, work_calendar())


def units_below(actor: Actor, unit_id: int) -> tuple[int, ...]:
    """A unit and all below it that this person reaches."""
    return tuple(_below(units_within(actor), unit_id))


def _corrected(column: Any, of: Any) -> Any:
    return select(1).where(column == of).exists().label("corrected")


def _changes(of_row: Any, keys: Unsealer | None) -> tuple[ChangeLine, ...]:
    rows = db.session.execute(
        select(
            ReceptionChange.at,
            User.name,
            ReceptionChange.reason,
            ReceptionChange.changed,
            ReceptionChange.before,
        )
        .join(User, User.id == ReceptionChange.user_id)
        .where(of_row)
        .order_by(ReceptionChange.id.desc())
    )
    return tuple(
        ChangeLine(
            at,
            name,
            reason,
            tuple(changed.split(",")),
            json.loads(keys.unseal(kept)) if keys else {},
        )
        for at, name, reason, changed, kept in rows
    )


_Earlier = Reception.__table__.alias("earlier")

_LISTED: tuple[Any, ...] = (
    Reception.id,
    Reception.book_no,
    Reception.date,
    Reception.unit_id,
    Unit.name.label("unit"),
    Unit.name_en.label("unit_en"),
    Reception.kind,
    Reception.people,
    Reception.citizen_name,
    Reception.summary,
    Reception.received_by,
    Case.number.label("case_number"),
    _corrected(ReceptionChange.reception_id, Reception.id),
    Reception.struck,
)

_DETAIL: tuple[Any, ...] = (
    Reception.id,
    Reception.book_no,
    Reception.date,
    Reception.unit_id,
    Unit.name.label("unit"),
    Unit.name_en.label("unit_en"),
    Unit.address.label("unit_address"),
    Reception.sitting,
    Reception.received_by,
    Reception.people,
    Reception.kind,
    Reception.citizen_name,
    Reception.id_no,
    Reception.address,
    Reception.summary,
    Reception.settled_by,
    Reception.competent,
    Reception.guided_to,
    Reception.accepted_by,
    Reception.follow_up,
    Reception.notes,
    Reception.matter,
    Case.number.label("case_number"),
    Reception.recorded_at,
    User.name.label("recorded_by"),
    Reception.imported,
    Reception.struck,
)


def at_reached_units(actor: Actor, action: Action, unit: Any) -> ColumnElement[bool]:
    """The condition that the unit in column `unit` is one at which `actor` may do `action`."""
    reached = scope_of(actor, action).unit_ids
    if reached is None:
        return true()
    condition: ColumnElement[bool] = unit.in_(sorted(reached))
    return condition


def _outside(actor: Actor) -> ColumnElement[bool]:
    """Leave out visits about a case behind the actor's wall."""
    return or_(
        Reception.case_id.is_(None),
        Reception.case_id.in_(select(Case.id).where(outside_wall(actor))),
    )


def _narrowed(
    actor: Actor, filters: Filters, units: Sequence[Choice], group_size: int
) -> ColumnElement[bool]:
    conditions = [readable(actor, Action.SEE_RECEPTIONS)]
    if filters.kinds:
        conditions.append(Reception.kind.in_(sorted(filters.kinds)))
    if filters.unit_id is not None:
        conditions.append(Reception.unit_id.in_(_below(units, filters.unit_id)))
    if filters.first is not None:
        conditions.append(Reception.date >= filters.first)
    if filters.last is not None:
        conditions.append(Reception.date <= filters.last)
    if filters.groups:
        conditions.append(Reception.people >= group_size)
    return and_(*conditions)


def _below(units: Iterable[Choice], unit_id: int) -> list[int]:
    """A unit and all below it; one that is out of reach stands for itself and shows nothing."""
    return sorted({unit.id for unit in units if f"/{unit_id}/" in unit.path} or {unit_id})


def _rows(condition: ColumnElement[bool], cursor: Cursor | None) -> Sequence[Row[Any]]:
    """One row more than a page, so that one knows whether there is another page."""
    query = (
        select(*_LISTED)
        .join(Unit, Unit.id == Reception.unit_id)
        .outerjoin(Case, Case.id == Reception.case_id)
        .where(condition)
        .limit(PAGE + 1)
    )
    key = tuple_(Reception.date, Reception.id)
    if cursor is not None and cursor.backwards:
        query = query.where(key > tuple_(cursor.on, cursor.id))
        query = query.order_by(Reception.date, Reception.id)
    else:
        if cursor is not None:
            query = query.where(key < tuple_(cursor.on, cursor.id))
        query = query.order_by(Reception.date.desc(), Reception.id.desc())
    return db.session.execute(query).all()


def _key(row: Row[Any], at: int, *, backwards: bool = False) -> Cursor:
    return Cursor(row.date, row.id, at, backwards)


def _line(row: Row[Any], actor: Actor) -> ReceptionLine:
    sealed = row.kind is ReceptionKind.DENUNCIATION
    whole = sees_persons(actor.roles, _as_case_kind(row.kind))
    name = "" if sealed else row.citizen_name
    return ReceptionLine(
        id=row.id,
        book_no=row.book_no,
        on=row.date,
        unit_id=row.unit_id,
        unit=row.unit,
        unit_en=row.unit_en,
        kind=row.kind,
        people=row.people,
        name=name if whole else mask_initials(name),
        summary=row.summary,
        sealed=sealed,
        received_by=row.received_by,
        case_number=row.case_number or "",
        corrected=row.corrected,
        struck=row.struck,
    )


def _as_case_kind(kind: ReceptionKind) -> CaseKind:
    """The kind by which persons are shown or not; a visit without a submission is no secret."""
    return CaseKind.REFLECTION if kind is ReceptionKind.NONE else CaseKind(kind)
