"""The published numbers, counted by the database.

`domain/indicators.py` says what each number means; this file says the same in SQL, set-based and
in few statements: one over the register, one over the reception book, one over ratings, one over
the monthly counts, for any number of windows at once. A property test holds both to each other.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    distinct,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    tuple_,
)

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.indicators import (
    GROUP_SIZE,
    INDICATORS,
    SATISFIED_FROM,
    Figure,
    Indicator,
    Over,
    figure,
)
from citizenfeedback.domain.vocabulary import (
    CaseField,
    CaseKind,
    Direction,
    ReceivedBy,
    State,
    UnitLevel,
)
from citizenfeedback.domain.windows import Window
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.ratings import Rating
from citizenfeedback.models.receptions import Reception
from citizenfeedback.models.reporting import DossierCount

Condition = ColumnElement[bool]
Figures = dict[str, Figure]
EVERYTHING: Mapping[Over, Condition] = MappingProxyType({})
DOUBTED: Condition = Rating.doubt.is_not(None)
"""The ratings that enter no figure: marked as doubtful, by a rule or by a person."""


@dataclass(frozen=True, slots=True)
class UnitScope:
    """A unit, and with it all units below."""

    id: int
    code: str
    name: str
    path: str


def unit_scope(code: str | None = None) -> UnitScope:
    """The unit with a code, or the root when none is named."""
    statement = select(Unit.id, Unit.code, Unit.name, Unit.path)
    if code is None:
        at_the_top = case((Unit.level == UnitLevel.PROVINCE, 0), else_=1)
        statement = statement.where(Unit.parent_id.is_(None)).order_by(at_the_top, Unit.id)
    else:
        statement = statement.where(Unit.code == code)
    row = db.session.execute(statement.limit(1)).first()
    if row is None:
        raise NotFound("unit")
    return UnitScope(*row)


def within(column: Any, scope: UnitScope) -> Condition:
    """Rows of a unit and of all units below it."""
    below: Condition = column.in_(select(Unit.id).where(Unit.path.startswith(scope.path)))
    return below


# The predicates of the register, each a twin of the one of the same name in `indicators`.


def _inside(column: Any, window: Window) -> Condition:
    inside: Condition = column.between(window.first, window.last)
    return inside


_IS_CASE = and_(Case.accepted_on.is_not(None), Case.duplicate_of_id.is_(None))


def _received(window: Window) -> Condition:
    return _inside(Case.received_on, window)


def _carried_over(window: Window) -> Condition:
    not_before = or_(Case.processed_on.is_(None), Case.processed_on >= window.first)
    return and_(Case.received_on < window.first, not_before)


def _processed(window: Window) -> Condition:
    return _inside(Case.processed_on, window)


def _eligible(window: Window) -> Condition:
    return and_(_processed(window), Case.eligible.is_(True))


def _ineligible(window: Window) -> Condition:
    return and_(_processed(window), Case.eligible.is_(False))


def _competent(window: Window) -> Condition:
    return and_(_eligible(window), Case.competent.is_(True))


def _guided(window: Window) -> Condition:
    return and_(_eligible(window), Case.direction == Direction.GUIDE)


def _forwarded(window: Window) -> Condition:
    return and_(_eligible(window), Case.direction == Direction.FORWARD)


def _duplicate(window: Window) -> Condition:
    return and_(_received(window), Case.duplicate_of_id.is_not(None))


def _opening(window: Window) -> Condition:
    open_then = or_(Case.closed_on.is_(None), Case.closed_on >= window.first)
    return and_(_IS_CASE, Case.accepted_on < window.first, open_then)


def _accepted(window: Window) -> Condition:
    return and_(_IS_CASE, _inside(Case.accepted_on, window))


def _resolved(window: Window) -> Condition:
    return and_(_IS_CASE, _inside(Case.closed_on, window))


def _on_time(window: Window) -> Condition:
    return and_(_resolved(window), Case.closed_on <= Case.settle_by)


def _overdue_at_end(window: Window) -> Condition:
    open_then = or_(Case.closed_on.is_(None), Case.closed_on > window.last)
    return and_(
        _IS_CASE,
        Case.accepted_on <= window.last,
        open_then,
        Case.settle_by <= window.last,
    )


_CASE_COUNTS: Mapping[str, Callable[[Window], Condition]] = {
    "petitions.received": _received,
    "petitions.carried_over": _carried_over,
    "petitions.processed": _processed,
    "petitions.eligible": _eligible,
    "petitions.ineligible": _ineligible,
    "petitions.competent": _competent,
    "petitions.guided": _guided,
    "petitions.forwarded": _forwarded,
    "petitions.duplicates": _duplicate,
    "cases.opening": _opening,
    "cases.accepted": _accepted,
    "cases.resolved": _resolved,
    "cases.on_time": _on_time,
    "cases.overdue_at_end": _overdue_at_end,
}


def sum_where(condition: Condition, amount: Any = 1) -> ColumnElement[int]:
    """The amounts of the rows that meet a condition, added up; nothing is 0."""
    return func.coalesce(func.sum(case((condition, amount), else_=0)), 0)


def _touching(windows: Sequence[Window]) -> Condition:
    """Rows that can count in any of the windows: what was over before the first is left out."""
    first = min(window.first for window in windows)
    return or_(
        Case.received_on >= first,
        Case.processed_on.is_(None),
        Case.processed_on >= first,
        Case.accepted_on >= first,
        Case.closed_on >= first,
        and_(Case.accepted_on.is_not(None), Case.closed_on.is_(None)),
    )


class By(StrEnum):
    """What the figures can be broken down by."""

    UNIT = "unit"
    KIND = "kind"
    FIELD = "field"


_GROUP: Mapping[By, Any] = {By.UNIT: Case.unit_id, By.KIND: Case.kind, By.FIELD: Case.field}

Counts = dict[str, int]
"""Numbers by name within one window and group; names of cases carry their kind."""


def _case_counts(
    scope: UnitScope, windows: Sequence[Window], by: By | None, seen: Condition | None = None
) -> dict[tuple[int, Any], Counts]:
    """Counts of the register, by number of the window and by group, in one statement."""
    group = null() if by is None else _GROUP[by]
    names = [(number, name) for number in range(len(windows)) for name in _CASE_COUNTS]
    sums = [
        sum_where(_CASE_COUNTS[name](windows[number])).label(f"n{place}")
        for place, (number, name) in enumerate(names)
    ]
    keys = [Case.kind] if by in (None, By.KIND) else [Case.kind, group]
    rows = db.session.execute(
        select(Case.kind, group.label("grouped"), *sums)
        .where(within(Case.unit_id, scope), _touching(windows), true() if seen is None else seen)
        .group_by(*keys)
    )
    found: dict[tuple[int, Any], Counts] = {}
    for row in rows:
        for place, (number, name) in enumerate(names):
            counts = found.setdefault((number, row.grouped), {})
            value = int(row[place + 2])
            counts[name] = counts.get(name, 0) + value
            counts[f"{name}.{row.kind}"] = value
    return found


def _reception_counts(
    scope: UnitScope,
    windows: Sequence[Window],
    *,
    by_unit: bool,
    group_size: int,
    only: Condition | None = None,
) -> dict[tuple[int, Any], Counts]:
    sums: list[ColumnElement[Any]] = []
    names: list[tuple[int, str]] = []
    for number, window in enumerate(windows):
        inside = _inside(Reception.date, window)
        in_group = and_(inside, Reception.people >= group_size)
        columns: dict[str, ColumnElement[Any]] = {
            "receptions.turns": sum_where(inside),
            "receptions.people": sum_where(inside, Reception.people),
            "receptions.matters": func.count(
                distinct(case((inside, func.nullif(Reception.matter, ""))))
            ),
            "receptions.groups": sum_where(in_group),
            "receptions.people_in_groups": sum_where(in_group, Reception.people),
        }
        for key, received_by in (
            ("regular", ReceivedBy.OFFICER),
            ("head", ReceivedBy.HEAD),
            ("delegated", ReceivedBy.DELEGATED),
        ):
            columns[f"receptions.turns.{key}"] = sum_where(
                and_(inside, Reception.received_by == received_by)
            )
        sums += columns.values()
        names += [(number, name) for name in columns]
    return _counted(
        select(*sums).where(
            within(Reception.unit_id, scope),
            ~Reception.struck,
            true() if only is None else only,
            or_(*(_inside(Reception.date, window) for window in windows)),
        ),
        names,
        Reception.unit_id if by_unit else None,
    )


def _rating_counts(
    scope: UnitScope,
    windows: Sequence[Window],
    *,
    by_unit: bool,
    only: Condition | None = None,
    apart: Condition = DOUBTED,
) -> dict[tuple[int, Any], Counts]:
    sums: list[ColumnElement[Any]] = []
    names: list[tuple[int, str]] = []
    for number, window in enumerate(windows):
        inside = _inside(Rating.rated_on, window)
        counted = and_(inside, not_(apart))
        sums += [
            sum_where(counted),
            sum_where(counted, Rating.overall),
            sum_where(and_(counted, Rating.overall >= SATISFIED_FROM)),
            sum_where(and_(inside, apart)),
        ]
        names += [(number, f"ratings.{name}") for name in ("count", "score", "satisfied", "apart")]
    return _counted(
        select(*sums).where(
            within(Rating.unit_id, scope),
            true() if only is None else only,
            or_(*(_inside(Rating.rated_on, window) for window in windows)),
        ),
        names,
        Rating.unit_id if by_unit else None,
    )


def _dossier_counts(
    scope: UnitScope,
    windows: Sequence[Window],
    *,
    by_unit: bool,
    only: Condition | None = None,
) -> dict[tuple[int, Any], Counts]:
    sums: list[ColumnElement[Any]] = []
    names: list[tuple[int, str]] = []
    for number, window in enumerate(windows):
        start, after = window.whole_months()
        inside = and_(DossierCount.month >= start, DossierCount.month < after)
        sums += [
            sum_where(inside, DossierCount.on_time),
            sum_where(inside, DossierCount.on_time + DossierCount.late),
        ]
        names += [(number, "dossiers.on_time"), (number, "dossiers.all")]
    return _counted(
        select(*sums).where(within(DossierCount.unit_id, scope), true() if only is None else only),
        names,
        DossierCount.unit_id if by_unit else None,
    )


def _counted(
    statement: Select[Any], names: Sequence[tuple[int, str]], group: Any
) -> dict[tuple[int, Any], Counts]:
    """Run a statement of sums, of all rows or by group, and name what it gave."""
    if group is not None:
        statement = statement.add_columns(group).group_by(group)
    found: dict[tuple[int, Any], Counts] = {}
    for row in db.session.execute(statement):
        grouped = None if group is None else row[-1]
        for (number, name), value in zip(names, row, strict=False):
            found.setdefault((number, grouped), {})[name] = int(value)
    return found


# From counts to figures.

_RATES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "cases.resolution_rate": ("cases.resolved", ("cases.opening", "cases.accepted")),
    "cases.on_time_rate": ("cases.on_time", ("cases.resolved",)),
    "dossiers.on_time_rate": ("dossiers.on_time", ("dossiers.all",)),
    "ratings.mean": ("ratings.score", ("ratings.count",)),
    "ratings.satisfied_rate": ("ratings.satisfied", ("ratings.count",)),
}
_OF_TWO = "complaint_and_denunciation"


def _figures(counts: Counts) -> Figures:
    """Every figure of the table, from the counts of one window and group."""

    def count(name: str, tail: str) -> int:
        if tail == _OF_TWO:
            return sum(
                counts.get(f"{name}.{kind}", 0)
                for kind in (CaseKind.COMPLAINT, CaseKind.DENUNCIATION)
            )
        return counts.get(f"{name}.{tail}" if tail else name, 0)

    figures = {}
    for key, indicator in INDICATORS.items():
        base, tail = _split(key)
        if base in _RATES:
            above, below = _RATES[base]
            numerator = count(above, tail)
            denominator = sum(count(one, tail) for one in below)
            figures[key] = figure(indicator, numerator, denominator, _apart(indicator, counts))
        elif base == "cases.closing":
            closing = count("cases.opening", tail) + count("cases.accepted", tail)
            figures[key] = figure(indicator, closing - count("cases.resolved", tail))
        else:
            figures[key] = figure(indicator, count(base, tail), apart=_apart(indicator, counts))
    return figures


def _apart(indicator: Indicator, counts: Counts) -> int | None:
    return None if indicator.apart is None else counts.get(f"{indicator.over}.apart", 0)


_TAILS = (*CaseKind, _OF_TWO)


def _split(key: str) -> tuple[str, str]:
    """A key without the kind it ends with, and that kind."""
    base, _, tail = key.rpartition(".")
    return (base, str(tail)) if tail in _TAILS else (key, "")


def window_figures(
    scope: UnitScope,
    windows: Sequence[Window],
    *,
    group_size: int = GROUP_SIZE,
    seen: Condition | None = None,
    only: Mapping[Over, Condition] = EVERYTHING,
    apart: Condition = DOUBTED,
) -> tuple[Figures, ...]:
    """Every figure for each of the windows, in four statements whatever their number.

    `seen` leaves out what must stay unknown to a reader (`visibility.outside_wall`); `only` counts
    but some of the rows, by what they are, and `apart` says which ratings are in doubt, where that
    is asked of a day gone by (`queries/closed.py`).
    """
    cases = [one for one in (seen, only.get(Over.CASES)) if one is not None]
    found = _merged(
        _case_counts(scope, windows, None, and_(true(), *cases)),
        _reception_counts(
            scope, windows, by_unit=False, group_size=group_size, only=only.get(Over.RECEPTIONS)
        ),
        _rating_counts(scope, windows, by_unit=False, only=only.get(Over.RATINGS), apart=apart),
        _dossier_counts(scope, windows, by_unit=False, only=only.get(Over.DOSSIERS)),
    )
    return tuple(_figures(found.get((number, None), {})) for number in range(len(windows)))


def case_figures(scope: UnitScope, window: Window, wanted: Condition) -> Figures:
    """The figures over submissions of those that meet a condition, in one statement."""
    return _figures(_case_counts(scope, (window,), None, wanted).get((0, None), {}))


def monthly(
    unit: str | None, first: date, last: date, *, group_size: int = GROUP_SIZE
) -> dict[str, Any]:
    """The document of the monthly report for a unit (the root if None) and all below it."""
    document = monthly_to_keep(unit, first, last, group_size=group_size)
    del document["apart"]
    return document


def monthly_to_keep(
    unit: str | None, first: date, last: date, *, group_size: int = GROUP_SIZE
) -> dict[str, Any]:
    """The same with how many rows were left out of it, as a closed window keeps it."""
    scope, window = unit_scope(unit), Window(first, last)
    (figures,) = window_figures(scope, (window,), group_size=group_size)
    return {
        "report": "monthly",
        "period": {"from": first.isoformat(), "to": last.isoformat()},
        "unit": scope.code,
        "figures": {key: one.document() for key, one in figures.items()},
        "apart": apart_document(figures),
    }


def apart_document(figures: Mapping[str, Figure]) -> dict[str, int]:
    """How many rows were left out of the figures because of doubt, by what they are."""
    return {
        str(INDICATORS[key].over): one.apart
        for key, one in figures.items()
        if one.apart is not None
    }


def figures_by(
    by: By,
    scope: UnitScope,
    window: Window,
    *,
    group_size: int = GROUP_SIZE,
    seen: Condition | None = None,
) -> dict[str, Figures]:
    """The figures broken down, by code of the unit, kind or field.

    Visits, ratings and monthly counts know no kind and no field; there they are zero.
    """
    windows = (window,)
    parts = [_case_counts(scope, windows, by, seen)]
    if by is By.UNIT:
        parts += [
            _reception_counts(scope, windows, by_unit=True, group_size=group_size),
            _rating_counts(scope, windows, by_unit=True),
            _dossier_counts(scope, windows, by_unit=True),
        ]
    found = _merged(*parts)
    if by is By.UNIT:
        codes = db.session.execute(
            select(Unit.id, Unit.code).where(Unit.path.startswith(scope.path)).order_by(Unit.path)
        ).all()
        return {row.code: _figures(found.get((0, row.id), {})) for row in codes}
    groups: type[CaseKind | CaseField] = CaseKind if by is By.KIND else CaseField
    return {str(group): _figures(found.get((0, group), {})) for group in groups}


@dataclass(frozen=True, slots=True)
class TreeFigures:
    """The figures of every unit with all units below it, by id, and of the top unit alone."""

    below: Mapping[int, Figures]
    own: Figures


def tree_figures(
    scope: UnitScope,
    window: Window,
    *,
    group_size: int = GROUP_SIZE,
    seen: Condition | None = None,
    cases_only: bool = False,
    of: Collection[int] | None = None,
) -> TreeFigures:
    """The figures of each unit of the scope as `monthly` would give them for it.

    Counts add up over the tree; the different matters of visits do not, since one matter may have
    been heard in two units, and are counted anew for each. `cases_only` spares what is not
    counted over the register, `of` the units that nobody asked for.
    """
    windows = (window,)
    parts = [_case_counts(scope, windows, By.UNIT, seen)]
    if not cases_only:
        parts += [
            _reception_counts(scope, windows, by_unit=True, group_size=group_size),
            _rating_counts(scope, windows, by_unit=True),
            _dossier_counts(scope, windows, by_unit=True),
        ]
    found = _merged(*parts)
    matters = {} if cases_only else _matters(scope, window)
    rows = db.session.execute(select(Unit.id, Unit.path).where(Unit.path.startswith(scope.path)))
    inside = {row.id: [int(part) for part in row.path.split("/") if part] for row in rows}
    wanted = inside if of is None else [unit_id for unit_id in of if unit_id in inside]
    counts: dict[int, Counts] = {unit_id: {} for unit_id in wanted}
    heard: dict[int, set[str]] = {unit_id: set() for unit_id in wanted}
    for unit_id, line in inside.items():
        for above in line:
            if above in counts:
                _add(counts[above], found.get((0, unit_id), {}))
                heard[above] |= matters.get(unit_id, set())
    for unit_id, keys in heard.items():
        counts[unit_id]["receptions.matters"] = len(keys)
    return TreeFigures(
        {unit_id: _figures(counts[unit_id]) for unit_id in wanted},
        _figures(found.get((0, scope.id), {})),
    )


def _add(into: Counts, counts: Counts) -> None:
    for name, value in counts.items():
        into[name] = into.get(name, 0) + value


def _matters(scope: UnitScope, window: Window) -> dict[int, set[str]]:
    """The matters that visits were about, by unit."""
    found: dict[int, set[str]] = {}
    rows = db.session.execute(
        select(Reception.unit_id, Reception.matter)
        .where(
            within(Reception.unit_id, scope),
            _inside(Reception.date, window),
            ~Reception.struck,
            Reception.matter != "",
        )
        .distinct()
    )
    for row in rows:
        found.setdefault(row.unit_id, set()).add(row.matter)
    return found


def _merged(*parts: Mapping[tuple[int, Any], Counts]) -> dict[tuple[int, Any], Counts]:
    merged: dict[tuple[int, Any], Counts] = {}
    for part in parts:
        for key, counts in part.items():
            merged.setdefault(key, {}).update(counts)
    return merged


# The cases behind a figure.


@dataclass(frozen=True, slots=True)
class FigureCase:
    """One submission that a figure counts, as its list shows it; nobody's name."""

    id: int
    number: str
    register_code: str | None
    kind: CaseKind
    field: CaseField
    state: State
    unit_id: int
    unit: str
    unit_en: str
    received_on: date
    accepted_on: date | None
    closed_on: date | None
    settle_by: date | None


class Part(StrEnum):
    """Which side of a rate: what it counts, or what it counts them out of."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


def figure_condition(key: str, window: Window, part: Part = Part.NUMERATOR) -> Condition:
    """Which submissions a figure counts; refuses a figure that is not counted over cases."""
    if key not in INDICATORS:
        raise NotFound("figure")
    base, tail = _split(key)
    condition: Condition
    if base == "cases.closing":
        condition = and_(
            or_(_opening(window), _accepted(window)),
            or_(Case.closed_on.is_(None), not_(_inside(Case.closed_on, window))),
        )
    elif base in _RATES:
        above, below = _RATES[base]
        names = (above,) if part is Part.NUMERATOR else below
        known = [_CASE_COUNTS[name](window) for name in names if name in _CASE_COUNTS]
        if not known:
            raise NotFound("figure")
        condition = or_(*known)
    elif base in _CASE_COUNTS:
        condition = _CASE_COUNTS[base](window)
    else:
        raise NotFound("figure")
    if tail == _OF_TWO:
        return and_(condition, Case.kind.in_((CaseKind.COMPLAINT, CaseKind.DENUNCIATION)))
    return and_(condition, Case.kind == tail) if tail else condition


def listed_cases(
    wanted: Collection[Condition], *, after: tuple[date, int] | None = None, limit: int = 50
) -> tuple[FigureCase, ...]:
    """One page of the submissions that meet every condition, oldest first.

    `after` is received_on and id of the last one of the page before.
    """
    conditions = list(wanted)
    if after is not None:
        conditions.append(tuple_(Case.received_on, Case.id) > tuple_(*map(literal, after)))
    rows = db.session.execute(
        select(
            Case.id,
            Case.number,
            Case.register_code,
            Case.kind,
            Case.field,
            Case.state,
            Case.unit_id,
            Unit.name,
            Unit.name_en,
            Case.received_on,
            Case.accepted_on,
            Case.closed_on,
            Case.settle_by,
        )
        .join(Unit, Unit.id == Case.unit_id)
        .where(*conditions)
        .order_by(Case.received_on, Case.id)
        .limit(limit)
    )
    return tuple(FigureCase(*tuple(row)) for row in rows)


def counted_cases(wanted: Collection[Condition]) -> int:
    """How many submissions `listed_cases` would list on all its pages together."""
    return db.session.scalar(select(func.count()).select_from(Case).where(*wanted)) or 0


def figure_conditions(
    key: str,
    scope: UnitScope,
    window: Window,
    part: Part = Part.NUMERATOR,
    kind: CaseKind | None = None,
    field: CaseField | None = None,
) -> list[Condition]:
    """Which submissions of a unit and all below it a figure counts, of one kind or field if given."""
    wanted = [within(Case.unit_id, scope), figure_condition(key, window, part)]
    if kind is not None:
        wanted.append(Case.kind == kind)
    if field is not None:
        wanted.append(Case.field == field)
    return wanted
