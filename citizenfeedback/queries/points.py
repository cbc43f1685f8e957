"""The points where people rate, as a citizen finds them: by code or by the name of the office."""

from dataclasses import dataclass
from datetime import date, time
from typing import TypeAlias

from sqlalchemy import Row, bindparam, or_, select

from citizenfeedback.domain.text import fold, person_sort_key, sort_key
from citizenfeedback.models.base import db
from citizenfeedback.models.devices import PointQuestion
from citizenfeedback.models.directory import ServicePoint, StaffMember, Unit
from citizenfeedback.models.prepared import Look
from citizenfeedback.models.ratings import Rating

MOST_FOUND = 30

PointRow: TypeAlias = "Row[int, str, str, int, str, str, time | None, time | None]"


@dataclass(frozen=True, slots=True)
class PointStaff:
    """Somebody who serves at a point; `photo` is a small JPEG in base 64, `number` the one they wear."""

    id: int
    name: str
    position: str
    photo: str = ""
    number: str = ""

    @property
    def initials(self) -> str:
        """The first letters of the last two words of the name."""
        return "".join(word[0] for word in self.name.split()[-2:]).upper()


@dataclass(frozen=True, slots=True)
class RatingPoint:
    """A point as a rating page shows it."""

    id: int
    code: str
    name: str
    unit_id: int
    unit: str
    unit_en: str
    opens: time | None
    closes: time | None


_POINTS = (
    select(
        ServicePoint.id,
        ServicePoint.code,
        ServicePoint.name,
        ServicePoint.unit_id,
        Unit.name.label("unit"),
        Unit.name_en.label("unit_en"),
        ServicePoint.opens,
        ServicePoint.closes,
    )
    .join(Unit, Unit.id == ServicePoint.unit_id)
    .where(ServicePoint.active)
)
# Made once: they run with every rating.
_BY_CODE = Look(
    _POINTS.where(
        or_(ServicePoint.code == bindparam("code"), ServicePoint.code == bindparam("capitals"))
    )
)
_BY_ID = _POINTS.where(ServicePoint.id == bindparam("point"))
_STAFF = (
    select(
        StaffMember.id,
        StaffMember.name,
        StaffMember.position,
        StaffMember.photo,
        StaffMember.code,
    )
    .where(StaffMember.point_id == bindparam("point"), StaffMember.active)
    .order_by(StaffMember.id)
)


def rating_point(code: str) -> RatingPoint | None:
    """Return the active point with this code; codes are told apart without regard to case."""
    row = _BY_CODE.first(db.session.connection(), code=code, capitals=code.upper())
    return None if row is None else _point(row)


def point_with_id(point_id: int) -> RatingPoint | None:
    """Return the active point with this id."""
    row = db.session.connection().execute(_BY_ID, {"point": point_id}).first()
    return None if row is None else _point(row)


def first_point_of(unit_id: int) -> RatingPoint | None:
    """Return the active point of a unit that comes first by code."""
    query = _POINTS.where(ServicePoint.unit_id == unit_id).order_by(ServicePoint.code).limit(1)
    row = db.session.execute(query).first()
    return None if row is None else _point(row)


def rating_known(reference: str) -> bool:
    """Whether there is a rating with this reference."""
    return db.session.scalar(select(Rating.id).where(Rating.reference == reference)) is not None


def staff_at(point_id: int) -> tuple[PointStaff, ...]:
    """Return who serves at a point, by name."""
    rows = db.session.connection().execute(_STAFF, {"point": point_id})
    found = [PointStaff(row.id, row.name, row.position, row.photo or "", row.code) for row in rows]
    return tuple(sorted(found, key=lambda one: person_sort_key(one.name)))


@dataclass(frozen=True, slots=True)
class AskedItem:
    """An item that a point asks in a period."""

    id: int
    criterion: str
    first_day: date
    last_day: date | None


def questions_of(point_id: int, *, since: date | None = None) -> tuple[AskedItem, ...]:
    """What a point asks, asked and will ask, in the order of its days; `since` leaves out the past."""
    wanted = (
        select(
            PointQuestion.id,
            PointQuestion.criterion,
            PointQuestion.first_day,
            PointQuestion.last_day,
        )
        .where(PointQuestion.point_id == point_id)
        .order_by(PointQuestion.first_day, PointQuestion.id)
    )
    if since is not None:
        wanted = wanted.where(
            or_(PointQuestion.last_day.is_(None), PointQuestion.last_day >= since)
        )
    return tuple(AskedItem(*row) for row in db.session.execute(wanted))


def points_found(text: str) -> tuple[RatingPoint, ...]:
    """Return points of offices whose name has every word of `text`, accents or not."""
    asked = _POINTS.order_by(ServicePoint.id)
    for word in fold(text).split():
        asked = asked.where(Unit.folded.contains(word, autoescape=True))
    found = [_point(row) for row in db.session.execute(asked)]
    found.sort(key=lambda one: (sort_key(one.unit), sort_key(one.name)))
    return tuple(found[:MOST_FOUND])


def _point(row: PointRow) -> RatingPoint:
    return RatingPoint(
        row.id, row.code, row.name, row.unit_id, row.unit, row.unit_en, row.opens, row.closes
    )
