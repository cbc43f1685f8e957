"""Units, points and staff as administrators see them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import Select, func, select

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.text import fold, sort_key
from citizenfeedback.domain.vocabulary import Action, UnitLevel
from citizenfeedback.models.base import Base, db
from citizenfeedback.models.directory import ServicePoint, StaffMember, Unit
from citizenfeedback.queries.tree import tree_order

PAGE = 50


@dataclass(frozen=True)
class UnitLine:
    """One unit in the tree; `depth` says how far below the root it stands."""

    id: int
    code: str
    name: str
    name_en: str
    level: UnitLevel
    depth: int
    ended: bool

    def title(self, lang: str) -> str:
        """The name in the language asked for, else the Vietnamese one."""
        return self.name_en if lang == "en" and self.name_en else self.name


@dataclass(frozen=True)
class UnitDetail:
    """One unit with all its columns; `mark` stands for the state that was looked at."""

    id: int
    code: str
    name: str
    name_en: str
    level: UnitLevel
    parent_id: int | None
    path: str
    remote: bool
    valid_from: date | None
    valid_to: date | None
    receives: bool
    address: str
    phone: str
    hours: str
    mark: str


@dataclass(frozen=True)
class PointLine:
    """One service point."""

    id: int
    code: str
    name: str
    unit_id: int
    unit_name: str
    unit_name_en: str
    opens: time | None
    closes: time | None
    active: bool
    mark: str
    pause_seconds: int

    def unit_title(self, lang: str) -> str:
        """The unit in the language asked for, else in Vietnamese."""
        return self.unit_name_en if lang == "en" and self.unit_name_en else self.unit_name


@dataclass(frozen=True)
class PointSign:
    """What the sign of a point says besides its address."""

    code: str
    point: str
    unit: str
    unit_en: str


@dataclass(frozen=True)
class StaffLine:
    """One staff member."""

    id: int
    code: str
    name: str
    position: str
    unit_id: int
    unit_name: str
    point_id: int | None
    point_name: str
    active: bool
    mark: str
    photo: str


@dataclass(frozen=True)
class DirectoryCounts:
    """How much there is in the directory."""

    units: int
    points: int
    staff: int


def state_mark(row: Base) -> str:
    """A short text that is another one as soon as any column of the row is."""
    values = [str(getattr(row, column.key)) for column in row.__mapper__.column_attrs]
    return hashlib.sha256("\0".join(values).encode()).hexdigest()[:20]


def units_tree(actor: Actor, today: date, *, text: str = "") -> tuple[UnitLine, ...]:
    """All units as the tree reads; `text` finds names without accents."""
    _refuse_stranger(actor)
    words = fold(text).split()[:8]
    query = select(
        Unit.id, Unit.code, Unit.name, Unit.name_en, Unit.level, Unit.path, Unit.valid_to
    )
    for word in words:
        query = query.where(Unit.folded.like(f"%{word}%"))
    return tuple(
        UnitLine(
            row.id,
            row.code,
            row.name,
            row.name_en,
            row.level,
            0 if words else max(0, row.path.count("/") - 2),
            row.valid_to is not None and row.valid_to < today,
        )
        for row in tree_order(db.session.execute(query).all())
    )


def unit_detail(actor: Actor, unit_id: int) -> UnitDetail:
    """One unit, to be looked at or changed."""
    _refuse_stranger(actor)
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotFound("directory")
    return UnitDetail(
        unit.id,
        unit.code,
        unit.name,
        unit.name_en,
        unit.level,
        unit.parent_id,
        unit.path,
        unit.remote,
        unit.valid_from,
        unit.valid_to,
        unit.receives,
        unit.address,
        unit.phone,
        unit.hours,
        state_mark(unit),
    )


def unit_choices() -> tuple[tuple[int, str], ...]:
    """Every unit as (id, name with code), for forms that choose one."""
    rows = db.session.execute(select(Unit.id, Unit.name, Unit.code))
    return tuple(
        (row.id, f"{row.name} ({row.code})")
        for row in sorted(rows, key=lambda row: (sort_key(row.name), row.id))
    )


def unit_id_of(code: str) -> int | None:
    """The unit with this code."""
    return db.session.scalar(select(Unit.id).where(Unit.code == code))


def points_of(actor: Actor, *, unit_id: int | None = None) -> tuple[PointLine, ...]:
    """Service points, of one unit or of all, by code."""
    _refuse_stranger(actor)
    query = (
        select(ServicePoint, Unit.name, Unit.name_en)
        .join(Unit, Unit.id == ServicePoint.unit_id)
        .order_by(ServicePoint.code)
    )
    if unit_id is not None:
        query = query.where(ServicePoint.unit_id == unit_id)
    return tuple(_point(*row) for row in db.session.execute(query))


def point(actor: Actor, point_id: int) -> PointLine:
    """One service point."""
    _refuse_stranger(actor)
    row = db.session.execute(
        select(ServicePoint, Unit.name, Unit.name_en)
        .join(Unit, Unit.id == ServicePoint.unit_id)
        .where(ServicePoint.id == point_id)
    ).first()
    if row is None:
        raise NotFound("directory")
    return _point(row.ServicePoint, row.name, row.name_en)


def points_to_print(
    actor: Actor, *, unit_id: int | None = None, point_id: int | None = None
) -> tuple[PointSign, ...]:
    """What the signs of open points say: one point, those of a unit and all below it, or all.

    By the name of the unit, then of the point: in the order in which they are put up.
    """
    _refuse_stranger(actor)
    query = (
        select(ServicePoint.code, ServicePoint.name, Unit.name.label("unit"), Unit.name_en)
        .join(Unit, Unit.id == ServicePoint.unit_id)
        .where(ServicePoint.active)
    )
    if point_id is not None:
        query = query.where(ServicePoint.id == point_id)
    if unit_id is not None:
        path = db.session.scalar(select(Unit.path).where(Unit.id == unit_id))
        if path is None:
            raise NotFound("directory")
        query = query.where(Unit.path.startswith(path, autoescape=True))
    signs = [PointSign(*row) for row in db.session.execute(query)]
    return tuple(sorted(signs, key=lambda one: (sort_key(one.unit), sort_key(one.point), one.code)))


def point_id_of(code: str) -> int | None:
    """The service point with this code."""
    return db.session.scalar(select(ServicePoint.id).where(ServicePoint.code == code))


def staff_page(
    actor: Actor, *, text: str = "", after: int = 0
) -> tuple[tuple[StaffLine, ...], int | None]:
    """Staff by id, `PAGE` at a time, and where the next page begins.

    `text` finds names without accents; then up to `PAGE` of all, on one page.
    """
    _refuse_stranger(actor)
    words = fold(text)
    if words:
        names = db.session.execute(select(StaffMember.id, StaffMember.name, StaffMember.code))
        ids = [row.id for row in names if words in fold(f"{row.name} {row.code}")][:PAGE]
        rows = db.session.execute(_staff().where(StaffMember.id.in_(ids))).all()
        return tuple(_member(*row) for row in rows), None
    rows = db.session.execute(_staff().where(StaffMember.id > after).limit(PAGE + 1)).all()
    lines = tuple(_member(*row) for row in rows[:PAGE])
    return lines, lines[-1].id if len(rows) > PAGE else None


def staff_member(actor: Actor, staff_id: int) -> StaffLine:
    """One staff member."""
    _refuse_stranger(actor)
    row = db.session.execute(_staff().where(StaffMember.id == staff_id)).first()
    if row is None:
        raise NotFound("directory")
    return _member(*row)


def directory_counts() -> DirectoryCounts:
    """How many units, points and staff there are."""
    row = db.session.execute(
        select(
            select(func.count()).select_from(Unit).scalar_subquery(),
            select(func.count()).select_from(ServicePoint).scalar_subquery(),
            select(func.count()).select_from(StaffMember).scalar_subquery(),
        )
    ).one()
    return DirectoryCounts(*row)


def _staff() -> Select[StaffMember, str, str | None]:
    return (
        select(StaffMember, Unit.name, ServicePoint.name)
        .join(Unit, Unit.id == StaffMember.unit_id)
        .outerjoin(ServicePoint, ServicePoint.id == StaffMember.point_id)
        .order_by(StaffMember.id)
    )


def _point(row: ServicePoint, unit_name: str, unit_name_en: str) -> PointLine:
    return PointLine(
        row.id,
        row.code,
        row.name,
        row.unit_id,
        unit_name,
        unit_name_en,
        row.opens,
        row.closes,
        row.active,
        state_mark(row),
        row.pause_seconds,
    )


def _member(row: StaffMember, unit_name: str, point_name: str | None) -> StaffLine:
    return StaffLine(
        row.id,
        row.code,
        row.name,
        row.position,
        row.unit_id,
        unit_name,
        row.point_id,
        point_name or "",
        row.active,
        state_mark(row),
        row.photo or "",
    )


def _refuse_stranger(actor: Actor) -> None:
    if scope_of(actor, Action.MANAGE_DIRECTORY).nothing:
        raise NotFound("directory")
