"""What supervisors read: a window's figures with what stands beside them, and the rows behind each.

The reader's reach decides which units may be chosen; the wall around a denunciation holds in every
count as well, so that a number never tells somebody of a case that is about them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    case,
    extract,
    func,
    literal,
    not_,
    select,
    true,
    union_all,
)

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.indicators import (
    GROUP_SIZE,
    INDICATORS,
    SATISFIED_FROM,
    Figure,
    Over,
)
from citizenfeedback.domain.ratings import LEAST_NAMED
from citizenfeedback.domain.text import fold
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseField,
    CaseKind,
    OversightKind,
    RatingChannel,
    RatingDoubt,
    ReceivedBy,
    ReceptionKind,
    UnitLevel,
)
from citizenfeedback.domain.windows import Window, months_of, previous_window, year_before
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import ServicePoint, Unit
from citizenfeedback.models.oversight import OversightAct
from citizenfeedback.models.ratings import Rating, RatingComment
from citizenfeedback.models.receptions import Reception
from citizenfeedback.models.reporting import DossierCount
from citizenfeedback.queries.figures import (
    DOUBTED,
    By,
    FigureCase,
    Figures,
    Part,
    UnitScope,
    apart_document,
    counted_cases,
    figure_conditions,
    figures_by,
    listed_cases,
    tree_figures,
    window_figures,
    within,
)
from citizenfeedback.queries.ratings import rating_document, rating_report
from citizenfeedback.queries.tree import Place, tree_places
from citizenfeedback.queries.visibility import outside_wall, visible

PAGE = 50
COMMENTS = 30


@dataclass(frozen=True, slots=True)
class ReportUnit:
    """A unit somebody may ask figures of; `depth` counts from the top of what they reach."""

    id: int
    code: str
    name: str
    name_en: str
    path: str
    parent_id: int | None
    depth: int

    def title(self, lang: str) -> str:
        """The name in the language asked for, else the Vietnamese one."""
        return self.name_en if lang == "en" and self.name_en else self.name

    @property
    def scope(self) -> UnitScope:
        """The unit and all below it."""
        return UnitScope(self.id, self.code, self.name, self.path)


@dataclass(frozen=True, slots=True)
class Reach:
    """All units somebody may ask figures of, as a tree reads, and the one asked of."""

    units: tuple[ReportUnit, ...]
    chosen: ReportUnit

    @property
    def top(self) -> ReportUnit:
        """The unit whose figures cover everything within reach."""
        return self.units[0]

    @property
    def children(self) -> tuple[ReportUnit, ...]:
        """The units right below the chosen one."""
        return tuple(unit for unit in self.units if unit.parent_id == self.chosen.id)

    @property
    def below(self) -> tuple[ReportUnit, ...]:
        """The chosen unit and all below it."""
        return tuple(unit for unit in self.units if unit.path.startswith(self.chosen.path))

    @property
    def line(self) -> tuple[ReportUnit, ...]:
        """The units from the top of the reach down to the one above the chosen."""
        return tuple(
            unit
            for unit in self.units
            if unit is not self.chosen and self.chosen.path.startswith(unit.path)
        )

    def matching(self, text: str) -> tuple[ReportUnit, ...]:
        """The units in whose name or code every word of `text` is found, without accents."""
        words = fold(text).split()[:8]
        return tuple(
            unit
            for unit in self.units
            if all(word in fold(f"{unit.name} {unit.name_en} {unit.code}") for word in words)
        )


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What moved in one month of a window, cut to it."""

    window: Window
    received: int
    opening: int
    accepted: int
    resolved: int
    turns: int
    ratings: int
    satisfied: int

    @property
    def closing(self) -> int:
        """What was left when the month ended."""
        return self.opening + self.accepted - self.resolved


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """The figures of one unit with all below it; `alone` when only those of the unit itself."""

    unit: ReportUnit
    figures: Figures
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """A window's figures with those of the window before it and of the same a year before."""

    reach: Reach
    window: Window
    figures: Figures
    previous: Window
    previous_figures: Figures
    year_before: Window
    year_before_figures: Figures
    months: tuple[MonthFigures, ...]
    by_unit: tuple[UnitFigures, ...]
    by_field: Mapping[CaseField, Figures]


@dataclass(frozen=True, slots=True)
class ReceptionRow:
    """A visit behind a figure: nobody's name."""

    id: int
    book_no: str
    date: date
    unit_id: int
    unit: str
    unit_en: str
    kind: ReceptionKind
    people: int
    received_by: ReceivedBy


@dataclass(frozen=True, slots=True)
class RatingRow:
    """A rating behind a figure: the place, not the person."""

    id: int
    rated_at: datetime
    point: str
    unit: str
    unit_en: str
    overall: int
    channel: RatingChannel


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A month of one procedure at one unit behind a figure."""

    id: int
    month: date
    unit: str
    unit_en: str
    procedure: str
    on_time: int
    late: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows are asked for: those of one side of a figure, of one kind or field if given."""

    key: str
    part: Part = Part.NUMERATOR
    kind: CaseKind | None = None
    field: CaseField | None = None
    after: str = ""

    @property
    def over(self) -> Over:
        """What the figure is counted over."""
        if self.key not in INDICATORS:
            raise NotFound("figure")
        return INDICATORS[self.key].over


@dataclass(frozen=True, slots=True)
class FigureRows:
    """One page of the rows behind a figure.

    `total` is how many the figure counts, `unseen` how many of them the reader may not open;
    `next` is where the next page begins, `apart` how many were left out because of doubt.
    """

    reach: Reach
    window: Window
    asked: Asked
    total: int
    unseen: int
    rows: (
        tuple[FigureCase, ...]
        | tuple[ReceptionRow, ...]
        | tuple[RatingRow, ...]
        | tuple[DossierRow, ...]
    )
    next: str
    apart: int = 0


def reach_of(actor: Actor, code: str = "", *, action: Action = Action.SEE_REPORTS) -> Reach:
    """The units the reader may ask figures of; a unit outside is as if it were not there."""
    allowed = scope_of(actor, action)
    if allowed.nothing:
        raise NotFound("report")
    rows = db.session.execute(
        select(
            Unit.id, Unit.code, Unit.name, Unit.name_en, Unit.path, Unit.parent_id, Unit.level
        ).where(true() if allowed.unit_ids is None else Unit.id.in_(sorted(allowed.unit_ids)))
    ).all()
    places = tree_places(rows)

    def top_first(row: Any) -> tuple[bool, bool, Place]:
        return (row.level is not UnitLevel.PROVINCE, row.parent_id in places, places[row.id])

    if not rows:
        raise NotFound("report")
    top = min(rows, key=top_first)
    ordered = sorted(rows, key=lambda row: (not row.path.startswith(top.path), places[row.id]))
    units = tuple(
        ReportUnit(
            row.id,
            row.code,
            row.name,
            row.name_en,
            row.path,
            row.parent_id,
            len(places[row.id]) - 1,
        )
        for row in ordered
    )
    chosen = next((unit for unit in units if unit.code == code), None) if code else units[0]
    if chosen is None:
        raise NotFound("unit")
    return Reach(units, chosen)


def overview(actor: Actor, code: str, window: Window, *, group_size: int = GROUP_SIZE) -> Overview:
    """Everything the first page of the reports says of a unit and all below it."""
    reach = reach_of(actor, code)
    scope, seen = reach.chosen.scope, outside_wall(actor)
    before, earlier = previous_window(window), year_before(window)
    figures, previous_figures, earlier_figures = window_figures(
        scope, (window, before, earlier), group_size=group_size, seen=seen
    )
    opening = figures["cases.opening"].value
    by_field = figures_by(By.FIELD, scope, window, seen=seen)
    return Overview(
        reach,
        window,
        figures,
        before,
        previous_figures,
        earlier,
        earlier_figures,
        _months(scope, window, int(opening or 0), seen),
        _by_unit(reach, window, seen),
        {field: by_field[str(field)] for field in CaseField},
    )


def _by_unit(reach: Reach, window: Window, seen: ColumnElement[bool]) -> tuple[UnitFigures, ...]:
    if not reach.children:
        return ()
    ids = [unit.id for unit in reach.children]
    found = tree_figures(reach.chosen.scope, window, seen=seen, cases_only=True, of=ids)
    lines = [UnitFigures(unit, found.below[unit.id]) for unit in reach.children]
    own = UnitFigures(reach.chosen, found.own, alone=True)
    return tuple(line for line in (*lines, own) if _moved(line.figures))


def _moved(figures: Figures) -> bool:
    return any(
        figures[key].value
        for key in ("petitions.received", "petitions.processed", "cases.opening", "cases.accepted")
    )


_Month = tuple[int, int]


def _months(
    scope: UnitScope, window: Window, opening: int, seen: ColumnElement[bool]
) -> tuple[MonthFigures, ...]:
    """The window month by month, in one statement; what a month opens with follows from it."""
    found = _monthly_counts(scope, window, seen)
    months = []
    for month in months_of(window):
        counts = found.get((month.first.year, month.first.month), {})
        months.append(
            MonthFigures(
                month,
                counts.get("received", (0, 0))[0],
                opening,
                counts.get("accepted", (0, 0))[0],
                counts.get("resolved", (0, 0))[0],
                counts.get("turns", (0, 0))[0],
                *counts.get("ratings", (0, 0)),
            )
        )
        opening = months[-1].closing
    return tuple(months)


def _monthly_counts(
    scope: UnitScope, window: Window, seen: ColumnElement[bool]
) -> dict[_Month, dict[str, tuple[int, int]]]:
    satisfied = func.sum(_one_if(Rating.overall >= SATISFIED_FROM))
    is_case = Case.accepted_on.is_not(None) & Case.duplicate_of_id.is_(None)
    parts = [
        _by_month("received", Case.received_on, Case.unit_id, scope, window).where(seen),
        _by_month("accepted", Case.accepted_on, Case.unit_id, scope, window).where(seen, is_case),
        _by_month("resolved", Case.closed_on, Case.unit_id, scope, window).where(seen, is_case),
        _by_month("turns", Reception.date, Reception.unit_id, scope, window).where(
            ~Reception.struck
        ),
        _by_month("ratings", Rating.rated_on, Rating.unit_id, scope, window, satisfied),
    ]
    found: dict[_Month, dict[str, tuple[int, int]]] = {}
    for row in db.session.execute(union_all(*parts)):
        of_month = found.setdefault((int(row.year), int(row.month)), {})
        of_month[row.name] = (int(row.number), int(row.more))
    return found


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _by_month(
    name: str, day: Any, unit_id: Any, scope: UnitScope, window: Window, more: Any = None
) -> Select[Any]:
    return (
        select(
            literal(name).label("name"),
            extract("year", day).label("year"),
            extract("month", day).label("month"),
            func.count().label("number"),
            (literal(0) if more is None else more).label("more"),
        )
        .where(day.between(window.first, window.last), within(unit_id, scope))
        .group_by(extract("year", day), extract("month", day))
    )


# What an export holds.


def monthly_book(
    actor: Actor, code: str, window: Window, *, group_size: int = GROUP_SIZE
) -> dict[str, Any]:
    """The document of the monthly report, with all that its table book shows beside it.

    The first four entries are those of `figures.monthly`; `units` holds every unit's own document
    of figures with all below it, as `report monthly --unit` prints them.
    """
    reach = reach_of(actor, code, action=Action.EXPORT_REPORTS)
    scope, seen = reach.chosen.scope, outside_wall(actor)
    before, earlier = previous_window(window), year_before(window)
    figures, previous_figures, earlier_figures = window_figures(
        scope, (window, before, earlier), group_size=group_size, seen=seen
    )
    tree = tree_figures(scope, window, group_size=group_size, seen=seen)
    opening = int(figures["cases.opening"].value or 0)
    by_field = figures_by(By.FIELD, scope, window, seen=seen)
    return {
        "report": "monthly",
        "period": _period(window),
        "unit": reach.chosen.code,
        "figures": _documents(figures),
        "apart": apart_document(figures),
        "name": {"vi": reach.chosen.title("vi"), "en": reach.chosen.title("en")},
        "whole": reach.chosen is reach.top,
        "previous": {"period": _period(before), "figures": _documents(previous_figures)},
        "year_before": {"period": _period(earlier), "figures": _documents(earlier_figures)},
        "months": [_month_document(month) for month in _months(scope, window, opening, seen)],
        "fields": {str(name): _documents(one) for name, one in by_field.items()},
        "units": [
            {
                "code": unit.code,
                "name": {"vi": unit.title("vi"), "en": unit.title("en")},
                "depth": unit.depth - reach.chosen.depth,
                "figures": _documents(tree.below[unit.id]),
            }
            for unit in reach.below
        ],
    }


def rating_book(
    actor: Actor, code: str, window: Window, *, least_named: int = LEAST_NAMED
) -> dict[str, Any]:
    """The document of the report on ratings, with the name of its unit for paper."""
    reach = reach_of(actor, code, action=Action.SEE_RATINGS)
    unit = reach.chosen
    report = rating_report(unit.code, window.first, window.last, least_named=least_named)
    return rating_document(report) | {"name": {"vi": unit.title("vi"), "en": unit.title("en")}}


def _period(window: Window) -> dict[str, str]:
    return {"from": window.first.isoformat(), "to": window.last.isoformat()}


def _documents(figures: Mapping[str, Figure]) -> dict[str, Any]:
    return {key: one.document() for key, one in figures.items()}


def _month_document(month: MonthFigures) -> dict[str, Any]:
    return {
        **_period(month.window),
        "received": month.received,
        "opening": month.opening,
        "accepted": month.accepted,
        "resolved": month.resolved,
        "closing": month.closing,
        "turns": month.turns,
        "ratings": month.ratings,
        "satisfied": month.satisfied,
    }


# The rows behind a figure.


def figure_rows(
    actor: Actor, code: str, window: Window, asked: Asked, *, group_size: int = GROUP_SIZE
) -> FigureRows:
    """One page of the rows behind a figure, as far as the reader may see them."""
    reach = reach_of(actor, code)
    if asked.over is Over.CASES:
        return _case_rows(actor, reach, window, asked)
    if asked.kind is not None or asked.field is not None:
        raise NotFound("figure")
    listed = {
        Over.RECEPTIONS: _reception_rows,
        Over.RATINGS: _rating_rows,
        Over.DOSSIERS: _dossier_rows,
    }
    return listed[asked.over](actor, reach, window, asked, group_size)


def _case_rows(actor: Actor, reach: Reach, window: Window, asked: Asked) -> FigureRows:
    inside = figure_conditions(
        asked.key, reach.chosen.scope, window, asked.part, asked.kind, asked.field
    )
    rows, total, unseen, more = case_page(actor, inside, asked.after)
    return FigureRows(reach, window, asked, total, unseen, rows, more)


def case_page(
    actor: Actor, inside: Iterable[ColumnElement[bool]], after: str
) -> tuple[tuple[FigureCase, ...], int, int, str]:
    """One page of submissions, how many are counted, how many hidden, and the next page's key."""
    wanted, mine = tuple(inside), visible(actor, Action.SEE_CASE)
    total, seen = (counted_cases([*wanted, condition]) for condition in (outside_wall(actor), mine))
    rows = listed_cases([*wanted, mine], after=day_key(after), limit=PAGE + 1)
    page = rows[:PAGE]
    more = f"{page[-1].received_on:%Y%m%d}.{page[-1].id}" if len(rows) > PAGE else ""
    return page, total, total - seen, more


def day_key(text: str) -> tuple[date, int] | None:
    """Where a page begins; one that makes no sense means the first page."""
    day, _, number = text.partition(".")
    if not (day.isascii() and day.isdigit() and len(day) == 8):
        return None
    if not (number.isascii() and number.isdigit() and len(number) <= 12):
        return None
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])), int(number)
    except ValueError:
        return None


def _read_key(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else 0


def _reception_rows(
    actor: Actor, reach: Reach, window: Window, asked: Asked, group_size: int
) -> FigureRows:
    inside = [within(Reception.unit_id, reach.chosen.scope), ~Reception.struck]
    inside.append(Reception.date.between(window.first, window.last))
    _, _, tail = asked.key.rpartition(".")
    by = {"regular": ReceivedBy.OFFICER, "head": ReceivedBy.HEAD, "delegated": ReceivedBy.DELEGATED}
    if tail in by:
        inside.append(Reception.received_by == by[tail])
    elif tail in ("groups", "people_in_groups"):
        inside.append(Reception.people >= group_size)
    lines, total, unseen, more = reception_page(actor, inside, asked.after)
    return FigureRows(reach, window, asked, total, unseen, lines, more)


def reception_page(
    actor: Actor, inside: Iterable[ColumnElement[bool]], after: str
) -> tuple[tuple[ReceptionRow, ...], int, int, str]:
    """One page of visits, how many there are, how many are hidden, and the next page's key."""
    columns = (
        Reception.id,
        Reception.book_no,
        Reception.date,
        Reception.unit_id,
        Unit.name,
        Unit.name_en,
        Reception.kind,
        Reception.people,
        Reception.received_by,
    )
    statement = select(*columns).join(Unit, Unit.id == Reception.unit_id)
    rows, total, unseen, more = _listed(
        actor, Action.SEE_RECEPTIONS, statement, Reception, inside, after
    )
    return tuple(ReceptionRow(*tuple(row)) for row in rows), total, unseen, more


@dataclass(frozen=True, slots=True)
class ActLine:
    """An act of the register of state management in a list."""

    id: int
    on: date
    unit_id: int
    unit: str
    unit_en: str
    kind: OversightKind
    number: str
    title: str


def act_page(
    actor: Actor, inside: Iterable[ColumnElement[bool]], after: str
) -> tuple[tuple[ActLine, ...], int, int, str]:
    """One page of acts of state management, as those of visits."""
    columns = (
        OversightAct.id,
        OversightAct.on,
        OversightAct.unit_id,
        Unit.name,
        Unit.name_en,
        OversightAct.kind,
        OversightAct.number,
        OversightAct.title,
    )
    statement = select(*columns).join(Unit, Unit.id == OversightAct.unit_id)
    rows, total, unseen, more = _listed(
        actor, Action.SEE_OVERSIGHT, statement, OversightAct, inside, after
    )
    return tuple(ActLine(*tuple(row)) for row in rows), total, unseen, more


def _rating_rows(
    actor: Actor, reach: Reach, window: Window, asked: Asked, _group_size: int
) -> FigureRows:
    inside = [within(Rating.unit_id, reach.chosen.scope), not_(DOUBTED)]
    inside.append(Rating.rated_on.between(window.first, window.last))
    if asked.key == "ratings.satisfied_rate" and asked.part is Part.NUMERATOR:
        inside.append(Rating.overall >= SATISFIED_FROM)
    columns = (
        Rating.id,
        Rating.rated_at,
        ServicePoint.name,
        Unit.name,
        Unit.name_en,
        Rating.overall,
        Rating.channel,
    )
    statement = (
        select(*columns)
        .join(ServicePoint, ServicePoint.id == Rating.point_id)
        .join(Unit, Unit.id == Rating.unit_id)
    )
    rows, total, unseen, more = _listed(
        actor, Action.SEE_RATINGS, statement, Rating, inside, asked.after
    )
    lines = tuple(RatingRow(*tuple(row)) for row in rows)
    apart = sum(doubts(reach.chosen.scope, window).values())
    return FigureRows(reach, window, asked, total, unseen, lines, more, apart)


def _dossier_rows(
    actor: Actor, reach: Reach, window: Window, asked: Asked, _group_size: int
) -> FigureRows:
    start, after = window.whole_months()
    inside = [within(DossierCount.unit_id, reach.chosen.scope)]
    inside += [DossierCount.month >= start, DossierCount.month < after]
    columns = (
        DossierCount.id,
        DossierCount.month,
        Unit.name,
        Unit.name_en,
        DossierCount.procedure,
        DossierCount.on_time,
        DossierCount.late,
    )
    statement = select(*columns).join(Unit, Unit.id == DossierCount.unit_id)
    rows, total, unseen, more = _listed(
        actor, Action.SEE_REPORTS, statement, DossierCount, inside, asked.after
    )
    lines = tuple(DossierRow(*tuple(row)) for row in rows)
    return FigureRows(reach, window, asked, total, unseen, lines, more)


def _listed(
    actor: Actor,
    action: Action,
    statement: Any,
    table: Any,
    inside: Iterable[ColumnElement[bool]],
    after: str,
) -> tuple[list[Any], int, int, str]:
    """One page by id, how many there are, how many of them are hidden, and the next page's key."""
    wanted = tuple(inside)
    total = db.session.scalar(select(func.count()).select_from(table).where(*wanted)) or 0
    allowed = scope_of(actor, action)
    if allowed.nothing:
        return [], total, total, ""
    rows = list(
        db.session.execute(
            statement.where(*wanted, table.id > _read_key(after)).order_by(table.id).limit(PAGE + 1)
        )
    )
    more = str(rows[PAGE - 1].id) if len(rows) > PAGE else ""
    return rows[:PAGE], total, 0, more


# Beside the breakdown of ratings.


def doubts(scope: UnitScope, window: Window) -> dict[RatingDoubt, int]:
    """How many ratings are counted apart, by the reason."""
    rows = db.session.execute(
        select(Rating.doubt, func.count(Rating.id).label("number"))
        .where(
            within(Rating.unit_id, scope),
            Rating.rated_on.between(window.first, window.last),
            DOUBTED,
        )
        .group_by(Rating.doubt)
    )
    return {row.doubt: int(row.number) for row in rows}


def comments(scope: UnitScope, window: Window) -> tuple[tuple[datetime, int, str, str, str], ...]:
    """The newest words people added: when, score, point, unit's code and text; it names nobody."""
    rows = db.session.execute(
        select(Rating.rated_at, Rating.overall, ServicePoint.name, Unit.code, RatingComment.body)
        .join(RatingComment, RatingComment.rating_id == Rating.id)
        .join(ServicePoint, ServicePoint.id == Rating.point_id)
        .join(Unit, Unit.id == Rating.unit_id)
        .where(
            within(Rating.unit_id, scope),
            Rating.rated_on.between(window.first, window.last),
            not_(DOUBTED),
        )
        .order_by(Rating.rated_at.desc(), Rating.id.desc())
        .limit(COMMENTS)
    )
    return tuple((row[0], int(row[1]), str(row[2]), str(row[3]), str(row[4])) for row in rows)
