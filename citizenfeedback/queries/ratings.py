"""How people say they were served: by point, by person and by item, each with its interval.

Ratings in doubt are counted apart and enter no mean. People with fewer ratings than the minimum
are not named: they stand together as one row without a mean.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select

from citizenfeedback.domain.indicators import SATISFIED_FROM, exact_mean, exact_rate
from citizenfeedback.domain.ratings import (
    CRITERIA,
    LEAST_NAMED,
    SCORES,
    Interval,
    Scale,
    band,
    may_name,
    mean_interval,
    reliable,
    share_interval,
)
from citizenfeedback.domain.vocabulary import RatingDoubt
from citizenfeedback.domain.windows import Window
from citizenfeedback.models.accounts import User
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import ServicePoint, StaffMember, Unit
from citizenfeedback.models.ratings import Rating, RatingAnswer, RatingMark
from citizenfeedback.queries.figures import DOUBTED, UnitScope, unit_scope


@dataclass(frozen=True, slots=True)
class Standing:
    """How a group of ratings stands: number, mean and share of satisfied, with intervals.

    The interval of the mean is in points, that of the share in per cent.
    """

    count: int
    mean: float | None
    mean_interval: Interval | None
    satisfied_rate: float | None
    satisfied_interval: Interval | None
    band: str | None
    reliable: bool


@dataclass(frozen=True, slots=True)
class PointRatings:
    """The ratings of one service point."""

    code: str
    name: str
    unit: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class StaffRatings:
    """The ratings of one person."""

    code: str
    name: str
    unit: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class CriterionRatings:
    """The answers to one item: a mean where it is scored, a share of proper conduct otherwise."""

    code: str
    scale: Scale
    count: int
    mean: float | None
    proper_rate: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class RatingReport:
    """Everything about the ratings of a unit, and all below it, in a window.

    `unnamed_staff` and `unnamed_count` are the people with too few ratings, and how many ratings
    they have together.
    """

    unit: UnitScope
    window: Window
    overall: Standing
    scores: dict[int, int]
    doubtful: int
    verified: Standing
    unverified: Standing
    points: tuple[PointRatings, ...]
    staff: tuple[StaffRatings, ...]
    unnamed_staff: int
    unnamed_count: int
    criteria: tuple[CriterionRatings, ...]


_SQUARED = Rating.overall * Rating.overall


def _sums() -> tuple[ColumnElement[Any], ...]:
    satisfied = case((Rating.overall >= SATISFIED_FROM, 1), else_=0)
    return (
        func.count(Rating.id),
        func.coalesce(func.sum(Rating.overall), 0),
        func.coalesce(func.sum(_SQUARED), 0),
        func.coalesce(func.sum(satisfied), 0),
    )


def _standing(count: int, total: int, squares: int, satisfied: int) -> Standing:
    mean = exact_mean(total, count)
    rate = exact_rate(satisfied, count)
    share = share_interval(satisfied, count)
    return Standing(
        count=count,
        mean=None if mean is None else float(mean),
        mean_interval=_rounded(mean_interval(count, total, squares)),
        satisfied_rate=None if rate is None else float(rate),
        satisfied_interval=_rounded(share, 100),
        band=None if mean is None else str(band(float(mean))),
        reliable=reliable(count),
    )


def _rounded(interval: Interval | None, times: int = 1) -> Interval | None:
    if interval is None:
        return None
    return Interval(round(interval.low * times, 2), round(interval.high * times, 2))


def rating_report(
    unit: str | None, first: date, last: date, *, least_named: int = LEAST_NAMED
) -> RatingReport:
    """The ratings of a unit (the root if None) and all below it, broken down."""
    scope, window = unit_scope(unit), Window(first, last)
    inside = and_(
        Rating.rated_on.between(first, last),
        Rating.unit_id.in_(select(Unit.id).where(Unit.path.startswith(scope.path))),
    )
    counted = and_(inside, not_(DOUBTED))
    doubtful = db.session.scalar(select(func.count(Rating.id)).where(inside, DOUBTED))
    proved, unproved = _scores(counted)
    scores = {score: proved[score] + unproved[score] for score in SCORES}
    everybody = _staff(counted)
    named = [one for one in everybody if may_name(one.standing.count, least_named)]
    unnamed = [one for one in everybody if not may_name(one.standing.count, least_named)]
    return RatingReport(
        unit=scope,
        window=window,
        overall=_standing_of(scores),
        scores={score: scores[score] for score in reversed(SCORES)},
        doubtful=int(doubtful or 0),
        verified=_standing_of(proved),
        unverified=_standing_of(unproved),
        points=_points(counted),
        staff=tuple(named),
        unnamed_staff=len(unnamed),
        unnamed_count=sum(one.standing.count for one in unnamed),
        criteria=_criteria(counted),
    )


def _scores(counted: ColumnElement[bool]) -> tuple[dict[int, int], dict[int, int]]:
    """How many of each score: of proved visits, and of the others."""
    proved, unproved = dict.fromkeys(SCORES, 0), dict.fromkeys(SCORES, 0)
    for verified, score, number in db.session.execute(
        select(Rating.verified, Rating.overall, func.count(Rating.id))
        .where(counted)
        .group_by(Rating.verified, Rating.overall)
    ):
        (proved if verified else unproved)[score] = int(number)
    return proved, unproved


def _standing_of(scores: dict[int, int]) -> Standing:
    return _standing(
        sum(scores.values()),
        sum(score * number for score, number in scores.items()),
        sum(score * score * number for score, number in scores.items()),
        sum(number for score, number in scores.items() if score >= SATISFIED_FROM),
    )


def _points(counted: ColumnElement[bool]) -> tuple[PointRatings, ...]:
    rows = db.session.execute(
        select(ServicePoint.code, ServicePoint.name, Unit.code, *_sums())
        .join(ServicePoint, ServicePoint.id == Rating.point_id)
        .join(Unit, Unit.id == Rating.unit_id)
        .where(counted)
        .group_by(ServicePoint.code, ServicePoint.name, Unit.code)
        .order_by(ServicePoint.code)
    )
    return tuple(
        PointRatings(str(row[0]), str(row[1]), str(row[2]), _standing(*_whole(row[3:])))
        for row in rows
    )


def _staff(counted: ColumnElement[bool]) -> tuple[StaffRatings, ...]:
    rows = db.session.execute(
        select(StaffMember.code, StaffMember.name, Unit.code, *_sums())
        .join(StaffMember, StaffMember.id == Rating.staff_id)
        .join(Unit, Unit.id == StaffMember.unit_id)
        .where(counted)
        .group_by(StaffMember.code, StaffMember.name, Unit.code)
        .order_by(StaffMember.code)
    )
    return tuple(
        StaffRatings(str(row[0]), str(row[1]), str(row[2]), _standing(*_whole(row[3:])))
        for row in rows
    )


def _criteria(counted: ColumnElement[bool]) -> tuple[CriterionRatings, ...]:
    value = RatingAnswer.value
    rows = db.session.execute(
        select(
            RatingAnswer.criterion,
            func.count(value),
            func.sum(value),
            func.sum(value * value),
        )
        .join(Rating, Rating.id == RatingAnswer.rating_id)
        .where(counted)
        .group_by(RatingAnswer.criterion)
    )
    answered = {row.criterion: _whole(row[1:]) for row in rows}
    return tuple(
        _criterion(code, criterion.scale, *answered[code])
        for code, criterion in CRITERIA.items()
        if code in answered
    )


def _criterion(code: str, scale: Scale, count: int, total: int, squares: int) -> CriterionRatings:
    if scale is Scale.YES_NO:
        proper = exact_rate(total, count)
        return CriterionRatings(
            code=code,
            scale=scale,
            count=count,
            mean=None,
            proper_rate=None if proper is None else float(proper),
            interval=_rounded(share_interval(total, count), 100),
        )
    mean = exact_mean(total, count)
    return CriterionRatings(
        code=code,
        scale=scale,
        count=count,
        mean=None if mean is None else float(mean),
        proper_rate=None,
        interval=_rounded(mean_interval(count, total, squares)),
    )


PAGE = 50


@dataclass(frozen=True, slots=True)
class Mark:
    """One step in the life of a rating: set apart or counted again; without a name by the office."""

    at: datetime
    by: str | None
    before: RatingDoubt | None
    after: RatingDoubt | None
    reason: str


@dataclass(frozen=True, slots=True)
class DoubtfulLine:
    """A rating that is or was counted apart, with what was done about it; it names nobody rated."""

    id: int
    at: datetime
    point: str
    unit: str
    unit_en: str
    overall: int
    doubt: RatingDoubt | None
    marks: tuple[Mark, ...]

    @property
    def was(self) -> RatingDoubt | None:
        """Why it was counted apart last."""
        return next((one.before for one in reversed(self.marks) if one.before), self.doubt)


def doubtful_ratings(
    scope: UnitScope, window: Window, before_id: int | None
) -> tuple[tuple[DoubtfulLine, ...], int | None]:
    """One page of ratings that are or were counted apart, the newest first; where the next begins."""
    rows = db.session.execute(
        select(
            Rating.id,
            Rating.rated_at,
            ServicePoint.name.label("point"),
            Unit.name.label("unit"),
            Unit.name_en.label("unit_en"),
            Rating.overall,
            Rating.doubt,
        )
        .join(ServicePoint, ServicePoint.id == Rating.point_id)
        .join(Unit, Unit.id == Rating.unit_id)
        .where(
            Rating.rated_on.between(window.first, window.last),
            Rating.unit_id.in_(select(Unit.id).where(Unit.path.startswith(scope.path))),
            or_(
                DOUBTED,
                Rating.id.in_(select(RatingMark.rating_id)),
            ),
            *(() if before_id is None else (Rating.id < before_id,)),
        )
        .order_by(Rating.id.desc())
        .limit(PAGE + 1)
    ).all()
    shown = rows[:PAGE]
    marks: dict[int, list[Mark]] = {row.id: [] for row in shown}
    for mark in db.session.execute(
        select(
            RatingMark.rating_id,
            RatingMark.at,
            User.name,
            RatingMark.before,
            RatingMark.after,
            RatingMark.reason,
        )
        .outerjoin(User, User.id == RatingMark.by_id)
        .where(RatingMark.rating_id.in_(marks))
        .order_by(RatingMark.id)
    ):
        marks[mark.rating_id].append(Mark(mark.at, mark.name, mark.before, mark.after, mark.reason))
    lines = tuple(
        DoubtfulLine(
            row.id,
            row.rated_at,
            row.point,
            row.unit,
            row.unit_en,
            row.overall,
            row.doubt,
            tuple(marks[row.id]),
        )
        for row in shown
    )
    return lines, shown[-1].id if len(rows) > PAGE else None


def _whole(values: Iterable[Any]) -> tuple[int, ...]:
    return tuple(int(value) for value in values)


def rating_document(report: RatingReport) -> dict[str, Any]:
    """The report as `report ratings` prints it."""
    window = report.window
    return {
        "report": "ratings",
        "period": {"from": window.first.isoformat(), "to": window.last.isoformat()},
        "unit": report.unit.code,
        "overall": asdict(report.overall),
        "scores": {str(score): number for score, number in report.scores.items()},
        "doubtful": report.doubtful,
        "verified": asdict(report.verified),
        "unverified": asdict(report.unverified),
        "points": [_flat(point) for point in report.points],
        "staff": [_flat(person) for person in report.staff],
        "unnamed": {"staff": report.unnamed_staff, "count": report.unnamed_count},
        "criteria": [asdict(criterion) for criterion in report.criteria],
    }


def _flat(row: PointRatings | StaffRatings) -> dict[str, Any]:
    named = {"code": row.code, "name": row.name, "unit": row.unit}
    return named | asdict(row.standing)
