"""Units, the points where people are served and the staff who serve there."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Linker
from citizenfeedback.domain.text import clean, fold
from citizenfeedback.domain.vocabulary import Action, AuditAction, UnitLevel
from citizenfeedback.gateways.scanner import portrait
from citizenfeedback.models.directory import ServicePoint, StaffMember, Unit
from citizenfeedback.queries.directory import state_mark
from citizenfeedback.services.chronicle import append_entry, hold_audit
from citizenfeedback.services.transaction import transaction

Row = TypeVar("Row", Unit, ServicePoint, StaffMember)

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@dataclass(frozen=True, kw_only=True)
class UnitWanted:
    """A unit as it shall be."""

    name: str
    name_en: str
    level: UnitLevel
    parent_id: int | None
    remote: bool
    valid_from: date | None
    valid_to: date | None
    receives: bool
    address: str
    phone: str
    hours: str


@dataclass(frozen=True, kw_only=True)
class PointWanted:
    """A service point as it shall be."""

    name: str
    unit_id: int
    opens: time | None
    closes: time | None
    active: bool
    pause_seconds: int = 5


@dataclass(frozen=True, kw_only=True)
class StaffWanted:
    """A staff member as citizens shall meet one."""

    name: str
    position: str
    unit_id: int
    point_id: int | None
    active: bool


def unit_folded(code: str, name: str, name_en: str) -> str:
    """What a search for a unit compares with."""
    return fold(f"{name} {name_en} {code}")[:450]


def create_unit(actor: Actor, code: str, wanted: UnitWanted, *, keys: Linker, now: datetime) -> int:
    """Add a unit below its parent; returns its id."""
    _refuse_stranger(actor)
    with transaction() as session:
        _refuse_code(session, Unit, code)
        _refuse_odd_unit(wanted)
        path = _path_of(session, wanted.parent_id)
        unit = Unit(code=code, **_cleaned(wanted))
        unit.folded = unit_folded(code, unit.name, unit.name_en)
        session.add(unit)
        session.flush()  # the path holds the unit's own id
        unit.path = f"{path}{unit.id}/"
        _record(session, keys, actor, now, {"unit": code, "act": "created"})
        return unit.id


def change_unit(
    actor: Actor, unit_id: int, wanted: UnitWanted, *, mark: str, keys: Linker, now: datetime
) -> None:
    """Change a unit; `mark` says which state was looked at. A moved unit takes those below along."""
    _refuse_stranger(actor)
    with transaction() as session:
        unit = _loaded(session, Unit, unit_id, mark)
        _refuse_odd_unit(wanted)
        if wanted.parent_id != unit.parent_id:
            _move(session, unit, wanted.parent_id)
        for field, value in _cleaned(wanted).items():
            setattr(unit, field, value)
        unit.folded = unit_folded(unit.code, unit.name, unit.name_en)
        _record(session, keys, actor, now, {"unit": unit.code, "act": "changed"})


def create_point(
    actor: Actor, code: str, wanted: PointWanted, *, keys: Linker, now: datetime
) -> int:
    """Add a service point; returns its id."""
    _refuse_stranger(actor)
    with transaction() as session:
        _refuse_code(session, ServicePoint, code)
        _refuse_odd_point(session, wanted)
        point = ServicePoint(code=code, **_cleaned(wanted))
        session.add(point)
        session.flush()  # the caller needs the id
        _record(session, keys, actor, now, {"point": code, "act": "created"})
        return point.id


def change_point(
    actor: Actor, point_id: int, wanted: PointWanted, *, mark: str, keys: Linker, now: datetime
) -> None:
    """Change a service point; its code, and so its printed sign, stays."""
    _refuse_stranger(actor)
    with transaction() as session:
        point = _loaded(session, ServicePoint, point_id, mark)
        _refuse_odd_point(session, wanted)
        for field, value in _cleaned(wanted).items():
            setattr(point, field, value)
        _record(session, keys, actor, now, {"point": point.code, "act": "changed"})


def create_staff(
    actor: Actor, code: str, wanted: StaffWanted, *, keys: Linker, now: datetime
) -> int:
    """Add a staff member; returns the id."""
    _refuse_stranger(actor)
    with transaction() as session:
        _refuse_code(session, StaffMember, code)
        _refuse_odd_staff(session, wanted)
        member = StaffMember(code=code, **_cleaned(wanted))
        session.add(member)
        session.flush()  # the caller needs the id
        _record(session, keys, actor, now, {"staff": member.id, "act": "created"})
        return member.id


def change_staff(
    actor: Actor, staff_id: int, wanted: StaffWanted, *, mark: str, keys: Linker, now: datetime
) -> None:
    """Change a staff member; one who left is set inactive, never removed."""
    _refuse_stranger(actor)
    with transaction() as session:
        member = _loaded(session, StaffMember, staff_id, mark)
        _refuse_odd_staff(session, wanted)
        for field, value in _cleaned(wanted).items():
            setattr(member, field, value)
        _record(session, keys, actor, now, {"staff": member.id, "act": "changed"})


def _refuse_stranger(actor: Actor) -> None:
    if scope_of(actor, Action.MANAGE_DIRECTORY).nothing:
        raise NotFound("directory")


def _refuse_code(
    session: Session, table: type[Unit | ServicePoint | StaffMember], code: str
) -> None:
    if not CODE.fullmatch(code):
        raise RuleBroken("code_invalid")
    hold_audit(session)
    if session.scalar(select(table.id).where(table.code == code)) is not None:
        raise RuleBroken("code_taken")


def _refuse_odd_unit(wanted: UnitWanted) -> None:
    if not clean(wanted.name):
        raise RuleBroken("name_missing")
    if wanted.valid_from and wanted.valid_to and wanted.valid_to < wanted.valid_from:
        raise RuleBroken("ends_before_start")


def set_photo(
    actor: Actor,
    staff_id: int,
    picture: bytes | None,
    *,
    most_bytes: int,
    keys: Linker,
    now: datetime,
) -> None:
    """Show this picture of a staff member on screens, drawn anew and small, or initials again.

    Raises `FileRefused` for what is no picture.
    """
    _refuse_stranger(actor)
    drawn = None if picture is None else portrait(picture, most_bytes=most_bytes)
    with transaction() as session:
        member = session.get(StaffMember, staff_id, with_for_update=True)
        if member is None:
            raise NotFound("directory")
        member.photo = None if drawn is None else b64encode(drawn).decode("ascii")
        act = "photo_removed" if drawn is None else "photo_set"
        _record(session, keys, actor, now, {"staff": member.id, "act": act})


def _refuse_odd_point(session: Session, wanted: PointWanted) -> None:
    if not clean(wanted.name):
        raise RuleBroken("name_missing")
    if wanted.opens and wanted.closes and wanted.closes <= wanted.opens:
        raise RuleBroken("closes_before_opening")
    if session.get(Unit, wanted.unit_id) is None:
        raise RuleBroken("unit_unknown")


def _refuse_odd_staff(session: Session, wanted: StaffWanted) -> None:
    if not clean(wanted.name):
        raise RuleBroken("name_missing")
    if session.get(Unit, wanted.unit_id) is None:
        raise RuleBroken("unit_unknown")
    if wanted.point_id is not None:
        point = session.get(ServicePoint, wanted.point_id)
        if point is None or point.unit_id != wanted.unit_id:
            raise RuleBroken("point_of_other_unit")


def _cleaned(wanted: UnitWanted | PointWanted | StaffWanted) -> dict[str, Any]:
    return {
        field: clean(value)
        if isinstance(value, str) and not isinstance(value, UnitLevel)
        else value
        for field, value in asdict(wanted).items()
    }


def _loaded(session: Session, table: type[Row], row_id: int, mark: str) -> Row:
    row = session.get(table, row_id, with_for_update=True)
    if row is None:
        raise NotFound("directory")
    if state_mark(row) != mark:
        raise ChangedMeanwhile(what="directory")
    return row


def _path_of(session: Session, unit_id: int | None) -> str:
    if unit_id is None:
        return "/"
    path = session.scalar(select(Unit.path).where(Unit.id == unit_id))
    if path is None:
        raise RuleBroken("unit_unknown")
    return path


def _move(session: Session, unit: Unit, parent_id: int | None) -> None:
    """Hang a unit under another and correct the paths of all below; never under itself."""
    above = _path_of(session, parent_id)
    if above.startswith(unit.path):
        raise RuleBroken("unit_below_itself")
    before, after = unit.path, f"{above}{unit.id}/"
    for below in session.scalars(select(Unit).where(Unit.path.startswith(before))):
        below.path = after + below.path.removeprefix(before)


def _record(
    session: Session, keys: Linker, actor: Actor, now: datetime, details: dict[str, object]
) -> None:
    append_entry(session, keys, actor, AuditAction.DIRECTORY_CHANGED, now=now, details=details)
