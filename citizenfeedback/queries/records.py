"""What is stored already, as an import needs to know it: by the keys of the files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Dialect, select

from citizenfeedback.domain.vocabulary import (
    DayKind,
    DayOrigin,
    Direction,
    EventKind,
    ReceivedBy,
    ReceptionKind,
    SittingKind,
    UnitLevel,
)
from citizenfeedback.models.base import db
from citizenfeedback.models.calendar import CalendarDay
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import ServicePoint, StaffMember, Unit
from citizenfeedback.models.ratings import Rating, RatingAnswer, RatingComment
from citizenfeedback.models.receptions import Reception, Sitting
from citizenfeedback.models.reporting import DossierCount
from citizenfeedback.models.timeline import CaseEvent

CHUNK = 500
"""Keys asked for at once: both databases take this many parameters."""


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """A unit as an import compares it."""

    id: int
    code: str
    name: str
    name_en: str
    level: UnitLevel
    parent: str
    remote: bool
    valid_from: date | None
    valid_to: date | None
    path: str


@dataclass(frozen=True, slots=True)
class StoredPoint:
    """A service point as an import compares it."""

    id: int
    code: str
    name: str
    unit_id: int
    opens: time | None
    closes: time | None


@dataclass(frozen=True, slots=True)
class StoredStaff:
    """A member of staff as an import compares it."""

    id: int
    code: str
    name: str
    position: str
    unit_id: int
    point_id: int | None
    active: bool


@dataclass(frozen=True, slots=True)
class StoredDay:
    """A calendar day as an import compares it."""

    date: date
    kind: DayKind
    name: str
    basis: str
    origin: DayOrigin


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case that carries a register code; `digest` is of the row it was imported from, if any."""

    id: int
    code: str
    number: str
    eligible: bool | None
    competent: bool | None
    direction: Direction | None
    duplicate: bool
    digest: str


@dataclass(frozen=True, slots=True)
class StoredReception:
    """A visit as an import compares it; the visitor of a denunciation is in `sealed`."""

    book_no: str
    date: date
    unit_id: int
    sitting: SittingKind
    received_by: ReceivedBy
    people: int
    citizen_name: str
    id_no: str
    address: str
    summary: str
    kind: ReceptionKind
    matter: str
    settled_by: str
    competent: bool | None
    guided_to: str
    accepted_by: str
    follow_up: str
    notes: str
    sealed: bytes | None


@dataclass(frozen=True, slots=True)
class StoredRating:
    """A rating as an import compares it, its answers by criterion."""

    reference: str
    rated_at: datetime
    rated_on: date
    point_id: int
    staff_id: int | None
    channel: str
    dossier: str
    overall: int
    comment: str
    answers: Mapping[str, int]


def database_dialect() -> Dialect:
    """How the database in use wants its values."""
    return db.session.get_bind().dialect


def units_by_code() -> dict[str, StoredUnit]:
    """Every unit."""
    rows = db.session.execute(
        select(
            Unit.id,
            Unit.code,
            Unit.name,
            Unit.name_en,
            Unit.level,
            Unit.parent_id,
            Unit.remote,
            Unit.valid_from,
            Unit.valid_to,
            Unit.path,
        )
    ).all()
    codes: dict[int | None, str] = {row.id: row.code for row in rows}
    return {
        row.code: StoredUnit(
            id=row.id,
            code=row.code,
            name=row.name,
            name_en=row.name_en,
            level=row.level,
            parent=codes.get(row.parent_id, ""),
            remote=row.remote,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            path=row.path,
        )
        for row in rows
    }


def points_by_code() -> dict[str, StoredPoint]:
    """Every service point."""
    rows = db.session.execute(
        select(
            ServicePoint.id,
            ServicePoint.code,
            ServicePoint.name,
            ServicePoint.unit_id,
            ServicePoint.opens,
            ServicePoint.closes,
        )
    )
    return {row.code: StoredPoint(*row) for row in rows}


def staff_by_code() -> dict[str, StoredStaff]:
    """Every member of staff."""
    rows = db.session.execute(
        select(
            StaffMember.id,
            StaffMember.code,
            StaffMember.name,
            StaffMember.position,
            StaffMember.unit_id,
            StaffMember.point_id,
            StaffMember.active,
        )
    )
    return {row.code: StoredStaff(*row) for row in rows}


def days_by_date() -> dict[date, StoredDay]:
    """Every day of the calendar that differs from its weekday."""
    rows = db.session.execute(
        select(
            CalendarDay.date,
            CalendarDay.kind,
            CalendarDay.name,
            CalendarDay.basis,
            CalendarDay.origin,
        )
    )
    return {row.date: StoredDay(*row) for row in rows}


def cases_by_register_code(codes: Iterable[str]) -> dict[str, StoredCase]:
    """The cases that carry one of these register codes."""
    found: dict[str, StoredCase] = {}
    for chunk in _chunks(codes):
        rows = db.session.execute(
            select(
                Case.id,
                Case.register_code,
                Case.number,
                Case.eligible,
                Case.competent,
                Case.direction,
                Case.duplicate_of_id,
                CaseEvent.details,
            )
            .outerjoin(
                CaseEvent,
                (CaseEvent.case_id == Case.id)
                & (CaseEvent.seq == 1)
                & (CaseEvent.kind == EventKind.CASE_IMPORTED),
            )
            .where(Case.register_code.in_(chunk))
        )
        for row in rows:
            code = str(row.register_code)
            found[code] = StoredCase(
                row.id,
                code,
                row.number,
                row.eligible,
                row.competent,
                row.direction,
                row.duplicate_of_id is not None,
                str((row.details or {}).get("digest", "")),
            )
    return found


def taken_numbers(years: Iterable[int]) -> set[str]:
    """The case numbers already given in these years."""
    taken: set[str] = set()
    for year in years:
        taken.update(
            db.session.scalars(select(Case.number).where(Case.number.like(f"{year % 100:02}-%")))
        )
    return taken


def receptions_by_book_no(numbers: Iterable[str]) -> dict[str, StoredReception]:
    """The visits with one of these numbers of the book."""
    columns = [getattr(Reception, name) for name in StoredReception.__dataclass_fields__]
    found = {}
    for chunk in _chunks(numbers):
        for row in db.session.execute(select(*columns).where(Reception.book_no.in_(chunk))):
            found[row.book_no] = StoredReception(*row)
    return found


def ratings_by_reference(references: Iterable[str]) -> dict[str, StoredRating]:
    """The ratings with one of these references."""
    found = {}
    for chunk in _chunks(references):
        answers: dict[int, dict[str, int]] = {}
        chosen = Rating.reference.in_(chunk)
        for rating_id, criterion, value in db.session.execute(
            select(RatingAnswer.rating_id, RatingAnswer.criterion, RatingAnswer.value)
            .join(Rating, Rating.id == RatingAnswer.rating_id)
            .where(chosen)
        ):
            answers.setdefault(rating_id, {})[criterion] = value
        rows = db.session.execute(
            select(
                Rating.id,
                Rating.reference,
                Rating.rated_at,
                Rating.rated_on,
                Rating.point_id,
                Rating.staff_id,
                Rating.channel,
                Rating.dossier,
                Rating.overall,
                RatingComment.body,
            )
            .outerjoin(RatingComment, RatingComment.rating_id == Rating.id)
            .where(chosen)
        )
        for row in rows:
            found[row.reference] = StoredRating(*row[1:9], row.body or "", answers.get(row.id, {}))
    return found


def sittings_by_key(
    keys: Iterable[tuple[date, int, SittingKind, ReceivedBy]],
) -> dict[tuple[date, int, SittingKind, ReceivedBy], tuple[bool, int]]:
    """Of these sittings whether they were announced and how many turns came, by their keys."""
    found = {}
    dates = {key[0] for key in keys}
    for chunk in _chunks(dates):
        rows = db.session.execute(
            select(
                Sitting.date,
                Sitting.unit_id,
                Sitting.kind,
                Sitting.received_by,
                Sitting.announced,
                Sitting.visitors,
            ).where(Sitting.date.in_(chunk))
        )
        for row in rows:
            found[row.date, row.unit_id, row.kind, row.received_by] = (
                row.announced,
                row.visitors,
            )
    return found


def dossiers_by_key(
    keys: Iterable[tuple[date, int, str]],
) -> dict[tuple[date, int, str], tuple[int, int, int, int]]:
    """The stored monthly counts of the months in these keys, by month, unit and procedure."""
    found = {}
    for chunk in _chunks({key[0] for key in keys}):
        rows = db.session.execute(
            select(
                DossierCount.month,
                DossierCount.unit_id,
                DossierCount.procedure,
                DossierCount.on_time,
                DossierCount.late,
                DossierCount.pending_in_time,
                DossierCount.pending_overdue,
            ).where(DossierCount.month.in_(chunk))
        )
        for row in rows:
            found[row.month, row.unit_id, row.procedure] = (
                row.on_time,
                row.late,
                row.pending_in_time,
                row.pending_overdue,
            )
    return found


def _chunks(keys: Iterable[Any]) -> Iterator[Sequence[Any]]:
    listed = list(keys)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]
