"""The statutory forms, counted by the database.

`domain/returns.py` says what each column counts; this file says the same in SQL: one statement over
the register, one over what was carried out, three over the reception book, two over the register of
state management, whatever the form and the number of units. A property test holds both to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, false, func, not_, or_, select, true

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.indicators import GROUP_SIZE, Over
from citizenfeedback.domain.law.statistics import (
    CURRENT,
    FORMS,
    Acts,
    Column,
    Counted,
    Counting,
    Form,
    FormCode,
    FormSet,
    Overseen,
    Place,
    Trait,
    Visited,
    Visits,
)
from citizenfeedback.domain.returns import (
    DECISIVE,
    LEADERS,
    NOT_ACCEPTED,
    UNDECIDED,
    Checked,
    Row,
    Value,
    added,
    checked,
    completed,
    printed,
)
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseResult,
    Channel,
    Direction,
    FirstDecision,
    ReceivedBy,
)
from citizenfeedback.domain.windows import Window
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.oversight import OversightAct, OversightFollowUp
from citizenfeedback.models.procedures import DecisionOutcome, ImplementationEntry
from citizenfeedback.models.receptions import Reception, Sitting
from citizenfeedback.queries.figures import (
    FigureCase,
    UnitScope,
    figure_condition,
    sum_where,
    within,
)
from citizenfeedback.queries.reporting import (
    ActLine,
    Reach,
    ReceptionRow,
    ReportUnit,
    act_page,
    case_page,
    reach_of,
    reception_page,
)
from citizenfeedback.queries.visibility import outside_wall

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class FormFigures:
    """A form filled in: a line for every unit of the reach, the total, and what was checked."""

    forms: FormSet
    form: Form
    window: Window
    reach: Reach
    lines: tuple[tuple[ReportUnit, Row], ...]
    total: Row
    checks: tuple[Checked, ...]


# The traits of the register, each a twin of the one of the same name in `domain/returns.py`.


def _at_hand(window: Window) -> Condition:
    return or_(
        *(figure_condition(f"petitions.{key}", window) for key in ("received", "carried_over"))
    )


def _of_those(key: str) -> Callable[[Window], Condition]:
    """A figure of the monthly report among the submissions at hand."""

    def condition(window: Window) -> Condition:
        return and_(_at_hand(window), figure_condition(f"petitions.{key}", window))

    return condition


def _elsewhere(direction: Direction) -> Callable[[Window], Condition]:
    def condition(window: Window) -> Condition:
        not_here = or_(Case.competent.is_(None), Case.competent.is_(False))
        return and_(_of_those("eligible")(window), not_here, Case.direction == direction)

    return condition


def _outside(window: Window) -> Condition:
    return or_(*(_elsewhere(way)(window) for way in (Direction.GUIDE, Direction.FORWARD)))


def _ended_undecided(window: Window) -> Condition:
    # Compared with nothing, both would be unknown, and so would what is not one of them.
    return and_(
        func.coalesce(Case.result.in_(sorted(UNDECIDED)), false()),
        Case.closed_on.is_not(None),
        Case.closed_on <= window.last,
    )


def _accepted_by_end(window: Window) -> Condition:
    return and_(Case.accepted_on.is_not(None), Case.accepted_on <= window.last)


def _taken_up(window: Window) -> Condition:
    return and_(_accepted_by_end(window), not_(_ended_undecided(window)))


def _not_taken_up(window: Window) -> Condition:
    return and_(
        not_(_accepted_by_end(window)),
        func.coalesce(Case.direction.in_(sorted(NOT_ACCEPTED)), false()),
        not_(_ended_undecided(window)),
    )


def _examined(window: Window) -> Condition:
    return not_(or_(_taken_up(window), _not_taken_up(window), _ended_undecided(window)))


_ISSUED = and_(
    Case.accepted_on.is_not(None),
    Case.duplicate_of_id.is_(None),
    Case.result.in_(sorted(DECISIVE)),
)


def _decided(window: Window) -> Condition:
    return and_(_ISSUED, Case.closed_on.between(window.first, window.last))


_CHANGED = case(
    (
        DecisionOutcome.first_decision.is_not(None),
        DecisionOutcome.first_decision == FirstDecision.CHANGED,
    ),
    else_=func.coalesce(Case.result.in_([CaseResult.PARTLY_UPHELD, CaseResult.UPHELD]), false()),
)


def _to_carry_out(window: Window) -> Condition:
    before = and_(
        _ISSUED,
        Case.closed_on < window.first,
        DecisionOutcome.case_id.is_not(None),
        or_(DecisionOutcome.finished_on.is_(None), DecisionOutcome.finished_on >= window.first),
    )
    return or_(_decided(window), before)


def _carried_out(window: Window) -> Condition:
    return DecisionOutcome.finished_on <= window.last


# Of earlier circulars only.


def _unprocessed(window: Window) -> Condition:
    later = or_(Case.processed_on.is_(None), Case.processed_on > window.last)
    return and_(_at_hand(window), later)


_IN_TIME = func.coalesce(Case.closed_on <= Case.settle_by, false())


def _ended_as(*results: CaseResult) -> Callable[[Window], Condition]:
    """A case that ended so in the window."""

    def condition(window: Window) -> Condition:
        return and_(
            Case.accepted_on.is_not(None),
            Case.duplicate_of_id.is_(None),
            Case.result.in_(sorted(results)),
            Case.closed_on.between(window.first, window.last),
        )

    return condition


_ended = _ended_as(*DECISIVE, *UNDECIDED)


def _settled(window: Window) -> Condition:
    return func.coalesce(Case.closed_on <= window.last, false())


_TRAITS: Mapping[Trait, Callable[[Window], Condition]] = {
    Trait.AT_HAND: _at_hand,
    Trait.PROCESSED: _of_those("processed"),
    Trait.ELIGIBLE: _of_those("eligible"),
    Trait.COMPETENT: _of_those("competent"),
    Trait.OUTSIDE: _outside,
    Trait.GUIDED: _elsewhere(Direction.GUIDE),
    Trait.FORWARDED: _elsewhere(Direction.FORWARD),
    Trait.ONCE: lambda _window: Case.duplicate_of_id.is_(None),
    Trait.EXAMINED: _examined,
    Trait.TAKEN_UP: _taken_up,
    Trait.NOT_TAKEN_UP: _not_taken_up,
    Trait.ENDED_UNDECIDED: _ended_undecided,
    Trait.DECIDED: _decided,
    Trait.CONFIRMED: lambda _window: not_(_CHANGED),
    Trait.CHANGED: lambda _window: _CHANGED,
    Trait.TO_CARRY_OUT: _to_carry_out,
    Trait.CARRIED_OUT: _carried_out,
    Trait.CARRIED_OVER: lambda window: figure_condition("petitions.carried_over", window),
    Trait.RECEIVED: lambda window: figure_condition("petitions.received", window),
    Trait.IN_PERSON: lambda _window: Case.channel == Channel.IN_PERSON,
    Trait.UNPROCESSED: _unprocessed,
    Trait.ON_TIME: lambda _window: _IN_TIME,
    Trait.LATE: lambda _window: not_(_IN_TIME),
    Trait.WITHDRAWN: _ended_as(CaseResult.WITHDRAWN),
    Trait.TERMINATED: _ended_as(CaseResult.TERMINATED),
    Trait.ENDED: _ended,
    Trait.SETTLED: _settled,
    Trait.UNSETTLED: lambda window: not_(_settled(window)),
}


def _counted(column: Counted, window: Window) -> Condition:
    """Which rows of the register, with their outcome, a column counts."""
    wanted = [_TRAITS[trait](window) for trait in column.traits]
    if column.kinds is not None:
        wanted.append(Case.kind.in_(sorted(column.kinds)))
    if column.fields is not None:
        wanted.append(Case.field.in_(sorted(column.fields)))
    if column.instance is not None:
        wanted.append(Case.instance == int(column.instance))
    if column.result is not None:
        wanted.append(Case.result == column.result)
    return and_(true(), *wanted)


# Counting.


def form_figures(
    actor: Actor,
    code: FormCode,
    unit: str,
    window: Window,
    *,
    forms: FormSet = CURRENT,
    group_size: int = GROUP_SIZE,
    action: Action = Action.SEE_REPORTS,
    seen: Condition | None = None,
) -> FormFigures:
    """A form for a unit and all below it, a line each; an empty `unit` is the top of the reach.

    Denunciations behind the reader's wall are left out, as they are out of every figure, unless
    `seen` says which submissions to count.
    """
    reach = reach_of(actor, unit, action=action)
    form = forms.forms[code]
    wanted = _wanted(forms, form)
    counted = outside_wall(actor) if seen is None else seen
    amounts = _amounts(reach.chosen.scope, wanted, window, group_size, counted)
    lines = {
        one.code: {
            place: printed(forms.forms[place[0]].column(place[1]), total)
            for place, total in amounts.get(one.id, dict.fromkeys(wanted, 0)).items()
        }
        for one in reach.below
    }
    rows = {
        unit_code: completed(
            form, {number: value for (of, number), value in line.items() if of is code}
        )
        for unit_code, line in lines.items()
    }
    total = added(form, rows.values())
    values: dict[str | None, Mapping[Place, Value]] = {
        unit_code: line | {(code, number): value for number, value in rows[unit_code].items()}
        for unit_code, line in lines.items()
    }
    values[None] = _sum(values.values())
    return FormFigures(
        forms,
        form,
        window,
        reach,
        tuple((one, rows[one.code]) for one in reach.below),
        total,
        checked(code, values, forms),
    )


def _sum(lines: Iterable[Mapping[Place, Value]]) -> dict[Place, Value]:
    total: dict[Place, Value] = {}
    for line in lines:
        for place, value in line.items():
            if value is not None:
                total[place] = (total.get(place) or 0) + value
    return total


def _wanted(forms: FormSet, form: Form) -> dict[Place, Counting]:
    """The columns to count: those of the form, and those of others that it is checked against."""
    places = [(form.code, column.number) for column in form.columns]
    places += [
        place for check in forms.checks_of(form.code) for place in (check.left, *check.right)
    ]
    found: dict[Place, Counting] = {}
    for place in places:
        counting = forms.forms[place[0]].column(place[1]).counts
        if counting is not None:
            found[place] = counting
    return found


Amounts = dict[int, dict[Place, int]]
"""What was counted, by id of the unit and column."""


def _amounts(
    scope: UnitScope,
    wanted: Mapping[Place, Counting],
    window: Window,
    group_size: int,
    seen: Condition,
) -> Amounts:
    counted = {place: one for place, one in wanted.items() if isinstance(one, Counted)}
    visits = {place: one for place, one in wanted.items() if isinstance(one, Visits)}
    acts = {place: one for place, one in wanted.items() if isinstance(one, Acts)}
    found: Amounts = {}

    def add(unit_id: int, place: Place, value: int) -> None:
        line = found.setdefault(unit_id, dict.fromkeys(wanted, 0))
        line[place] += value

    if counted:
        _add_register(scope, counted, window, seen, add)
        _add_carried_out(scope, counted, window, seen, add)
    if visits:
        _add_visits(scope, visits, window, group_size, add)
    if acts:
        _add_acts(scope, acts, window, add)
    return found


Add = Callable[[int, Place, int], None]


def _add_register(
    scope: UnitScope, wanted: Mapping[Place, Counted], window: Window, seen: Condition, add: Add
) -> None:
    """What is counted of the register and of what its decisions order; equal columns once."""
    distinct_ones = list(
        dict.fromkeys(one for one in wanted.values() if one.ordered or not one.done)
    )
    sums = [
        sum_where(
            _counted(one, window),
            func.coalesce(getattr(DecisionOutcome, one.ordered), 0) if one.ordered else 1,
        ).label(f"n{number}")
        for number, one in enumerate(distinct_ones)
    ]
    rows = db.session.execute(
        select(Case.unit_id, *sums)
        .outerjoin(DecisionOutcome, DecisionOutcome.case_id == Case.id)
        .where(within(Case.unit_id, scope), _touching(window), seen)
        .group_by(Case.unit_id)
    )
    for row in rows:
        values = dict(zip(distinct_ones, row[1:], strict=True))
        for place, one in wanted.items():
            if one in values:
                add(row.unit_id, place, int(values[one]))


def _touching(window: Window) -> Condition:
    """Rows that can count: at hand, ended in the window, or with something to carry out."""
    return or_(_at_hand(window), _ended(window), _to_carry_out(window))


def _add_carried_out(
    scope: UnitScope, wanted: Mapping[Place, Counted], window: Window, seen: Condition, add: Add
) -> None:
    """What was carried out in the window, and, taken off what was ordered, what was before it."""
    moved = {place: one for place, one in wanted.items() if one.done}
    if not moved:
        return
    entry = ImplementationEntry
    sums = [
        sum_where(
            and_(
                _counted(one, window),
                entry.on < window.first if one.ordered else entry.on >= window.first,
            ),
            getattr(entry, one.done),
        ).label(f"n{number}")
        for number, one in enumerate(moved.values())
    ]
    rows = db.session.execute(
        select(Case.unit_id, *sums)
        .select_from(entry)
        .join(Case, Case.id == entry.case_id)
        .outerjoin(DecisionOutcome, DecisionOutcome.case_id == Case.id)
        .where(within(Case.unit_id, scope), entry.on <= window.last, _to_carry_out(window), seen)
        .group_by(Case.unit_id)
    )
    for row in rows:
        for (place, one), value in zip(moved.items(), row[1:], strict=True):
            add(row.unit_id, place, -int(value) if one.ordered else int(value))


def _add_visits(
    scope: UnitScope, wanted: Mapping[Place, Visits], window: Window, group_size: int, add: Add
) -> None:
    """What is counted of the reception book and of the leaders' days, by who received."""
    counted: dict[tuple[int, ReceivedBy, Visited], int] = {}
    inside = (
        within(Reception.unit_id, scope),
        Reception.date.between(window.first, window.last),
        ~Reception.struck,
    )
    in_group = Reception.people >= group_size
    rows = db.session.execute(
        select(
            Reception.unit_id,
            Reception.received_by,
            func.count().label("turns"),
            func.sum(Reception.people).label("people"),
            sum_where(in_group).label("groups"),
            sum_where(in_group, Reception.people).label("people_in_groups"),
        )
        .where(*inside)
        .group_by(Reception.unit_id, Reception.received_by)
    )
    for row in rows:
        for what in (Visited.TURNS, Visited.PEOPLE, Visited.GROUPS, Visited.PEOPLE_IN_GROUPS):
            counted[row.unit_id, row.received_by, what] = int(getattr(row, what))
    rank = case({by: place for place, by in enumerate(LEADERS)}, value=Reception.received_by)
    each = (
        select(Reception.unit_id, func.min(rank).label("rank"))
        .where(*inside, Reception.matter != "")
        .group_by(Reception.unit_id, Reception.matter)
        .subquery()
    )
    matters = select(each.c.unit_id, each.c.rank, func.count()).group_by(
        each.c.unit_id, each.c.rank
    )
    for unit_id, place, number in db.session.execute(matters):
        counted[unit_id, LEADERS[place], Visited.MATTERS] = int(number)
    days = (
        select(Sitting.unit_id, Sitting.received_by, func.count(distinct(Sitting.date)))
        .where(
            within(Sitting.unit_id, scope),
            Sitting.date.between(window.first, window.last),
            Sitting.announced,
            Sitting.held,
        )
        .group_by(Sitting.unit_id, Sitting.received_by)
    )
    for unit_id, by, number in db.session.execute(days):
        counted[unit_id, by, Visited.DAYS] = int(number)
    for (unit_id, by, what), number in counted.items():
        for column, one in wanted.items():
            if one.what is what and one.received_by in (None, by):
                add(unit_id, column, number)


# The register of state management.


def _under_way(window: Window) -> Condition:
    act = OversightAct
    open_then = or_(act.concluded_on.is_(None), act.concluded_on >= window.first)
    return and_(act.on <= window.last, or_(act.on >= window.first, open_then))


def _concluded(window: Window) -> Condition:
    return OversightAct.concluded_on.between(window.first, window.last)


def _conclusion_to_carry_out(window: Window) -> Condition:
    act = OversightAct
    unfinished = or_(act.finished_on.is_(None), act.finished_on >= window.first)
    return or_(_concluded(window), and_(act.concluded_on < window.first, unfinished))


_OVERSEEN: Mapping[Overseen, Callable[[Window], Condition]] = {
    Overseen.DATED: lambda window: OversightAct.on.between(window.first, window.last),
    Overseen.UNDER_WAY: _under_way,
    Overseen.CONCLUDED: _concluded,
    Overseen.TO_CARRY_OUT: _conclusion_to_carry_out,
}


def acts_behind(column: Acts, window: Window) -> Condition:
    """Which acts of the register of state management a column counts."""
    return and_(
        OversightAct.kind == column.kind, ~OversightAct.struck, _OVERSEEN[column.trait](window)
    )


def _add_acts(scope: UnitScope, wanted: Mapping[Place, Acts], window: Window, add: Add) -> None:
    """What is counted of the acts, and what was done of their conclusions in the window."""
    act, entry = OversightAct, OversightFollowUp
    told = {place: one for place, one in wanted.items() if not one.done}
    done = {place: one for place, one in wanted.items() if one.done}
    sums = [
        sum_where(acts_behind(one, window), getattr(act, one.number) if one.number else 1).label(
            f"n{place[1]}"
        )
        for place, one in told.items()
    ]
    moved = [
        sum_where(acts_behind(one, window), getattr(entry, one.done)).label(f"n{place[1]}")
        for place, one in done.items()
    ]
    counted = (
        (told, select(act.unit_id, *sums)),
        (
            done,
            select(act.unit_id, *moved)
            .join(entry, entry.act_id == act.id)
            .where(~entry.struck, entry.on.between(window.first, window.last)),
        ),
    )
    for columns, query in counted:
        rows = db.session.execute(query.where(within(act.unit_id, scope)).group_by(act.unit_id))
        for row in rows:
            for place, value in zip(columns, row[1:], strict=True):
                add(row.unit_id, place, int(value))


# The rows behind a column.


@dataclass(frozen=True, slots=True)
class FormRows:
    """One page of what a column counts: submissions, visits or acts, of one unit alone or of all.

    `total` is how many rows there are, `unseen` how many of them the reader may not open.
    """

    reach: Reach
    form: Form
    column: Column
    alone: bool
    over: Over
    total: int
    unseen: int
    rows: tuple[FigureCase, ...] | tuple[ReceptionRow, ...] | tuple[ActLine, ...]
    next: str


def opens(column: Column) -> bool:
    """Whether a column has rows to open: leaders' days are no visits, and blanks have none."""
    counting = column.counts
    return counting is not None and getattr(counting, "what", None) is not Visited.DAYS


def form_rows(
    actor: Actor,
    place: Place,
    unit: str,
    window: Window,
    *,
    alone: bool,
    after: str = "",
    group_size: int = GROUP_SIZE,
) -> FormRows:
    """What a column counts for a unit, `alone` or with all below it, as far as one may see it."""
    reach = reach_of(actor, unit)
    form = FORMS[place[0]]
    column = form.column(place[1])
    if column.counts is None or not opens(column):
        raise NotFound("column")
    if isinstance(column.counts, Counted):
        over = Over.CASES
        found: Any = case_page(
            actor,
            [_of_unit(Case.unit_id, reach, alone=alone), _behind(column.counts, window)],
            after,
        )
    elif isinstance(column.counts, Acts):
        over = Over.ACTS
        behind = [
            _of_unit(OversightAct.unit_id, reach, alone=alone),
            *_acts_in_column(column.counts, window),
        ]
        found = act_page(actor, behind, after)
    else:
        over = Over.RECEPTIONS
        inside = [
            _of_unit(Reception.unit_id, reach, alone=alone),
            *_visits_behind(column.counts, window, group_size),
        ]
        found = reception_page(actor, inside, after)
    rows, total, unseen, more = found
    return FormRows(reach, form, column, alone, over, total, unseen, rows, more)


def _of_unit(column: Any, reach: Reach, *, alone: bool) -> Condition:
    own: Condition = column == reach.chosen.id
    return own if alone else within(column, reach.chosen.scope)


def _behind(column: Counted, window: Window) -> Condition:
    """The submissions that a column counts, or that add anything to its amount."""
    counted = (
        select(Case.id)
        .outerjoin(DecisionOutcome, DecisionOutcome.case_id == Case.id)
        .where(_counted(column, window))
    )
    if column.ordered:
        counted = counted.where(getattr(DecisionOutcome, column.ordered) > 0)
    elif column.done:
        entry = ImplementationEntry
        counted = counted.where(
            Case.id.in_(
                select(entry.case_id).where(
                    entry.on.between(window.first, window.last), getattr(entry, column.done) > 0
                )
            )
        )
    return Case.id.in_(counted.correlate(None))


def _acts_in_column(column: Acts, window: Window) -> list[Condition]:
    """The acts that a column counts, or that add anything to its number."""
    inside = [acts_behind(column, window)]
    if column.number:
        inside.append(getattr(OversightAct, column.number) > 0)
    if column.done:
        entry = OversightFollowUp
        inside.append(
            OversightAct.id.in_(
                select(entry.act_id).where(
                    ~entry.struck,
                    entry.on.between(window.first, window.last),
                    getattr(entry, column.done) > 0,
                )
            )
        )
    return inside


def _visits_behind(column: Visits, window: Window, group_size: int) -> list[Condition]:
    inside = [~Reception.struck, Reception.date.between(window.first, window.last)]
    if column.received_by is not None:
        inside.append(Reception.received_by == column.received_by)
    if column.what in (Visited.GROUPS, Visited.PEOPLE_IN_GROUPS):
        inside.append(Reception.people >= group_size)
    return inside


# The document.


def form_document(
    actor: Actor,
    code: FormCode,
    unit: str,
    window: Window,
    *,
    forms: FormSet = CURRENT,
    group_size: int = GROUP_SIZE,
) -> dict[str, Any]:
    """The document of a form as `report` prints it, with what its paper shows beside it."""
    filled = form_figures(
        actor,
        code,
        unit,
        window,
        forms=forms,
        group_size=group_size,
        action=Action.EXPORT_REPORTS,
    )
    chosen = filled.reach.chosen
    return {
        "report": str(code),
        "period": {"from": window.first.isoformat(), "to": window.last.isoformat()},
        "rows": [{"unit": one.code, "columns": _columns(row)} for one, row in filled.lines],
        "total": {"columns": _columns(filled.total)},
        # A check of columns that nothing records can neither hold nor fail: it is not made.
        "checks": [
            {"rule": one.rule, "holds": one.holds} for one in filled.checks if one.holds is not None
        ],
        "forms": forms.code,
        "unit": chosen.code,
        "name": {"vi": chosen.title("vi"), "en": chosen.title("en")},
        "names": [
            {
                "vi": one.title("vi"),
                "en": one.title("en"),
                "depth": one.depth - chosen.depth,
            }
            for one, _row in filled.lines
        ],
    }


def _columns(row: Row) -> dict[str, int | float | None]:
    return {str(number): plain_number(value) for number, value in row.items()}


def plain_number(value: Value) -> int | float | None:
    """A JSON number: whole where it is whole."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
