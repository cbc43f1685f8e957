"""The lists officials work from: what is mine, what is next, what is late, and how many.

A page is read by its key, never by counting off rows, and every list has an index that ends in
its order. Counts are exact to `MOST_COUNTED`; the database stops counting there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    String,
    and_,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    type_coerce,
)

from citizenfeedback.domain.access import can
from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.deadlines import due_soon_until, standing
from citizenfeedback.domain.escalation import RED_LINE, past_red_line, unprocessed_since
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.privacy import mask_initials, sees_persons
from citizenfeedback.domain.vocabulary import (
    PHASE_OF,
    Action,
    CaseField,
    CaseKind,
    LetterState,
    Phase,
    Standing,
    State,
)
from citizenfeedback.models.accounts import User
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case, CasePerson
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.letters import CaseLetter
from citizenfeedback.models.privacy import DataRequest
from citizenfeedback.models.procedures import Reminder
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.colleagues import Choice, surroundings
from citizenfeedback.queries.search import matching
from citizenfeedback.queries.visibility import at_units, visible

PAGE = 50
MOST_COUNTED = 10_000
FACETS_UP_TO = 1_000
"""Beyond so many cases the filter shows no counts: they would cost more than the list."""

NO_TERM = date(9999, 12, 31)
"""What stands in `due_on` where no clock runs."""

_WAITING = sorted(state for state, phase in PHASE_OF.items() if phase is Phase.WAITING)


class View(StrEnum):
    """The lists beside one another."""

    NEW = "new"
    MINE = "mine"
    UNIT = "unit"
    REACH = "reach"
    LATE = "late"
    SOON = "soon"
    WRITTEN = "written"
    ASKED = "asked"
    WAITING = "waiting"
    APPROVAL = "approval"
    UNPROCESSED = "unprocessed"
    REMINDED = "reminded"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; an empty group narrows nothing."""

    kinds: frozenset[CaseKind] = frozenset()
    phases: frozenset[Phase] = frozenset()
    states: frozenset[State] = frozenset()
    fields: frozenset[CaseField] = frozenset()
    standings: frozenset[Standing] = frozenset()
    unit_id: int | None = None
    received_from: date | None = None
    received_to: date | None = None
    q: str = ""

    @property
    def narrowed(self) -> int:
        """How many groups narrow the list, a search apart."""
        groups = (self.kinds, self.phases, self.states, self.fields, self.standings)
        dates = self.received_from is not None or self.received_to is not None
        return sum(bool(group) for group in groups) + dates + (self.unit_id is not None)

    @property
    def active(self) -> int:
        """How many groups narrow the list, a search among them."""
        return self.narrowed + bool(self.q)

    @property
    def wanted_states(self) -> list[State]:
        """The states asked for, by themselves or by their phase."""
        wanted = set(self.states)
        wanted |= {state for state, phase in PHASE_OF.items() if phase in self.phases}
        return sorted(wanted)

    @property
    def ended(self) -> bool:
        """Whether cases that ended are asked for; a search looks through all of them."""
        return bool(self.q) or any(PHASE_OF[state] is Phase.CLOSED for state in self.wanted_states)

    @property
    def only_ended(self) -> bool:
        """Whether no state asked for is an open one."""
        return all(PHASE_OF[state] is Phase.CLOSED for state in self.wanted_states)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after (or, backwards, before) this key; `at` numbers its first row."""

    due_on: date
    id: int
    at: int
    backwards: bool = False

    def __str__(self) -> str:
        way = "b" if self.backwards else "a"
        return f"{way}.{self.due_on:%Y%m%d}.{self.id}.{self.at}"

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """Read a cursor from an address; one that makes no sense means the first page."""
        parts = text.split(".")
        if len(parts) != 4 or parts[0] not in ("a", "b"):
            return None
        way, day, *numbers = parts
        if not all(
            part.isascii() and part.isdigit() and len(part) <= 12 for part in (day, *numbers)
        ):
            return None
        try:
            due_on = date(int(day[:-4] or 0), int(day[-4:-2] or 0), int(day[-2:]))
        except ValueError:
            return None
        return cls(due_on, int(numbers[0]), max(1, int(numbers[1])), way == "b")


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One case of a list. `person` is blank where the law seals it (`sealed`)."""

    id: int
    number: str
    version: int
    kind: CaseKind
    instance: int
    field: CaseField
    state: State
    phase: Phase
    summary: str
    received_on: date
    due_on: date | None
    standing: Standing
    days_left: int | None
    red_line: bool
    unit_id: int
    unit: str
    unit_en: str
    assignee: str
    person: str
    sealed: bool
    citizen_wrote: bool
    look: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number of cases, exact up to the most that is counted."""

    value: int
    more: bool = False

    def __bool__(self) -> bool:
        return self.value > 0


@dataclass(frozen=True, slots=True)
class Facets:
    """How many open cases of the unfiltered list belong to each choice of the filter."""

    kinds: Mapping[CaseKind, int] = field(default_factory=dict)
    states: Mapping[State, int] = field(default_factory=dict)
    fields: Mapping[CaseField, int] = field(default_factory=dict)
    standings: Mapping[Standing, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of a list with all that stands around it."""

    view: View
    filters: Filters
    views: tuple[View, ...]
    counts: Mapping[View, Count]
    total: Count
    first: int
    rows: tuple[InboxRow, ...]
    next: Cursor | None
    previous: Cursor | None
    facets: Facets | None
    units: tuple[Choice, ...]
    assignees: tuple[Choice, ...]
    unit_name: str
    unit_name_en: str
    calendar: WorkCalendar


def views_of(actor: Actor) -> tuple[View, ...]:
    """The lists that make sense for this person, in the order of a day's work."""
    works = can(actor, Action.EXAMINE)
    offered = {
        View.NEW: works,
        View.MINE: works,
        View.UNIT: actor.unit_id is not None,
        View.REACH: len(actor.subtree) > 1,
        View.LATE: True,
        View.SOON: True,
        View.WRITTEN: True,
        View.ASKED: True,
        View.WAITING: True,
        View.APPROVAL: True,
        View.UNPROCESSED: True,
        View.REMINDED: True,
    }
    return tuple(view for view, fits in offered.items() if fits)


def inbox_page(
    actor: Actor, view: View, filters: Filters, cursor: Cursor | None, today: date
) -> InboxPage:
    """One page of 50, the counts of all lists, and the choices of the filter."""
    calendar = work_calendar()
    soon = due_soon_until(today, calendar)
    views = views_of(actor)
    around = surroundings(actor)
    units = around.units
    below = _below(units, filters.unit_id)
    narrowed = _narrowed(actor, view, filters, below, today=today, soon=soon)
    whole = view in views and not filters.active
    counts, total = _counts(actor, views, (today, soon), None if whole else narrowed)
    total = counts[view] if whole else total
    newest = filters.ended
    rows = _rows(narrowed, cursor, newest=newest)
    page = rows[:PAGE]
    backwards = cursor is not None and cursor.backwards
    if backwards:
        page = page[::-1]
    more = len(rows) > PAGE
    first = cursor.at if cursor is not None else 1
    ahead = more if not backwards else True
    behind = (more and first > 1) if backwards else cursor is not None
    here = next((unit for unit in units if unit.id == actor.unit_id), None)
    return InboxPage(
        view=view,
        filters=filters,
        views=views,
        counts=counts,
        total=total,
        first=first if page else 0,
        rows=tuple(_row(row, actor, today, calendar, owed=view is View.ASKED) for row in page),
        next=_key(page[-1], first + len(page)) if ahead and page else None,
        previous=_key(page[0], max(1, first - PAGE), backwards=True) if behind and page else None,
        facets=_facets(actor, view, today, soon) if _few(counts.get(view), filters) else None,
        units=units,
        assignees=around.people,
        unit_name=here.name if here else "",
        unit_name_en=here.name_en if here else "",
        calendar=calendar,
    )


def _in_view(actor: Actor, view: View, today: date, soon: date) -> ColumnElement[bool]:
    conditions: dict[View, ColumnElement[bool]] = {
        View.NEW: Case.assignee_id.is_(None),
        View.MINE: Case.assignee_id == actor.user_id,
        View.UNIT: Case.unit_id == actor.unit_id,
        View.REACH: true(),
        View.LATE: Case.due_on < today,
        View.SOON: Case.due_on.between(today, soon),
        View.WRITTEN: true() & Case.citizen_wrote,
        View.ASKED: Case.id.in_(ASKED_CASES),
        View.WAITING: Case.state.in_(_WAITING),
        View.APPROVAL: or_(*_to_approve()),
        View.UNPROCESSED: unprocessed(today),
        View.REMINDED: Case.id.in_(REMINDED_CASES),
    }
    return conditions[view]


REMINDED_CASES = select(Reminder.case_id).where(Reminder.answered_on.is_(None))
"""The cases a superior has reminded of and nobody reported back on."""

ASKED_CASES = select(DataRequest.case_id).where(DataRequest.outcome.is_(None))
"""The cases, open or ended, of which somebody waits to hear about own data."""

SUBMITTED_CASES = select(CaseLetter.case_id).where(CaseLetter.state == LetterState.SUBMITTED)
"""The cases of which a letter waits for the leader, in whatever state they are."""


def _to_approve() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What waits for the leader: the case itself, or in another state one of its letters."""
    awaiting = Case.state == State.AWAITING_APPROVAL
    return awaiting, and_(~awaiting, Case.id.in_(SUBMITTED_CASES))


def unprocessed(today: date) -> ColumnElement[bool]:
    """Past the red line: received so long ago and still without a direction (TD-08)."""
    return and_(Case.processed_on.is_(None), Case.received_on < unprocessed_since(today, RED_LINE))


def _open_of(view: View) -> ColumnElement[bool]:
    """Lists show what is open; what a citizen wrote or asked waits after the end too."""
    return true() if view in _AFTER_THE_END else true() & Case.is_open


_AFTER_THE_END = frozenset({View.WRITTEN, View.ASKED})


def _narrowed(
    actor: Actor,
    view: View,
    filters: Filters,
    below: frozenset[int],
    *,
    today: date,
    soon: date,
) -> ColumnElement[bool]:
    """The whole condition of a list: the scope, the view and the filter."""
    conditions = [_in_view(actor, view, today, soon)]
    if not filters.ended:
        conditions = [_open_of(view), *conditions]
    elif not filters.q and filters.only_ended:
        conditions = [~Case.is_open, *conditions]
    wanted = _wanted(filters, below, today=today, soon=soon)
    if filters.kinds:
        wanted = [_of_kinds(actor, view, filters), *wanted]
    # What is wanted rules out more rows for less work than who may see them: it is asked first.
    return and_(*conditions, *wanted, visible(actor, Action.SEE_CASE, filters.kinds))


def _of_kinds(actor: Actor, view: View, filters: Filters) -> ColumnElement[bool]:
    """The kinds asked for.

    They are a way into an index only where nothing else leads to fewer cases (`|| ''`): there the
    narrowed list is counted without a look at the cases of other kinds.
    """
    alone = (
        filters.active == 1
        and view in (View.REACH, View.LATE, View.SOON)
        and len(actor.subtree) > 1
    )
    if alone:
        return Case.kind.in_(sorted(filters.kinds))
    return (type_coerce(Case.kind, String) + "").in_(sorted(map(str, filters.kinds)))


def _wanted(
    filters: Filters, below: frozenset[int], *, today: date, soon: date
) -> list[ColumnElement[bool]]:
    """What the filter and the search ask for, the kinds apart."""
    conditions: list[ColumnElement[bool]] = []
    if filters.wanted_states:
        conditions.append(Case.state.in_(filters.wanted_states))
    if filters.fields:
        conditions.append(Case.field.in_(sorted(filters.fields)))
    if filters.unit_id is not None:
        conditions.append(at_units(below))
    if filters.received_from is not None:
        conditions.append(Case.received_on >= filters.received_from)
    if filters.received_to is not None:
        conditions.append(Case.received_on <= filters.received_to)
    if filters.standings:
        conditions.append(_standing_condition(filters.standings, today=today, soon=soon))
    if filters.q:
        conditions.append(matching(filters.q))
    return conditions


def _below(units: Sequence[Choice], unit_id: int | None) -> frozenset[int]:
    """A unit and all below it; one that is out of reach stands for itself and shows nothing."""
    inside = (unit.id for unit in units if f"/{unit_id}/" in unit.path)
    return frozenset(inside) or frozenset({unit_id or 0})


def _standing_condition(
    standings: Iterable[Standing], *, today: date, soon: date
) -> ColumnElement[bool]:
    due = Case.due_on
    ranges: dict[Standing, ColumnElement[bool]] = {
        Standing.OVERDUE: due < today,
        Standing.DUE_SOON: due.between(today, soon),
        Standing.IN_TIME: and_(due > soon, due < NO_TERM),
        Standing.SUSPENDED: and_(due == NO_TERM, Case.state == State.SUSPENDED),
        Standing.NO_TERM: and_(due == NO_TERM, Case.state != State.SUSPENDED),
    }
    return or_(*(ranges[asked] for asked in sorted(standings) if asked in ranges))


def _capped(condition: ColumnElement[bool], most: int = MOST_COUNTED) -> Any:
    inner = select(literal_column("1")).where(condition).limit(most + 1).subquery()
    return select(func.count()).select_from(inner).scalar_subquery()


def _as_count(number: int) -> Count:
    return Count(min(number, MOST_COUNTED), number > MOST_COUNTED)


def _counts(
    actor: Actor,
    views: Sequence[View],
    days: tuple[date, date],
    narrowed: ColumnElement[bool] | None,
) -> tuple[dict[View, Count], Count]:
    """All lists and the narrowed one, counted in one go: each is of exactly what its list shows."""
    scope = visible(actor, Action.SEE_CASE)
    asked = [
        reduce(
            add,
            (_capped(and_(_open_of(view), part, scope)) for part in _apart(actor, view, *days)),
        )
        for view in views
    ]
    if narrowed is not None:
        asked.append(_capped(narrowed))
    numbers = db.session.execute(select(*asked)).one()
    counts = {view: _as_count(number) for view, number in zip(views, numbers, strict=False)}
    return counts, _as_count(numbers[-1])


def _apart(actor: Actor, view: View, today: date, soon: date) -> tuple[ColumnElement[bool], ...]:
    """A list in parts that share no case, so that each is counted by an index of its own."""
    return _to_approve() if view is View.APPROVAL else (_in_view(actor, view, today, soon),)


_COLUMNS: tuple[Any, ...] = (
    Case.id,
    Case.number,
    Case.version,
    Case.kind,
    Case.instance,
    Case.field,
    Case.state,
    Case.phase,
    Case.is_open,
    Case.summary,
    Case.received_on,
    Case.processed_on,
    Case.due_on,
    Case.settle_by,
    Case.closed_on,
    Case.unit_id,
    Case.citizen_wrote,
    Case.look,
    Unit.name.label("unit"),
    Unit.name_en.label("unit_en"),
    User.name.label("assignee"),
    select(CasePerson.name)
    .where(CasePerson.case_id == Case.id)
    .order_by(CasePerson.id)
    .limit(1)
    .scalar_subquery()
    .label("person"),
)


def _rows(
    condition: ColumnElement[bool], cursor: Cursor | None, *, newest: bool
) -> Sequence[Row[Any]]:
    """One row more than a page, so that one knows whether there is another page."""
    keys = select(Case.id).where(condition)
    backwards = cursor is not None and cursor.backwards
    if newest:
        keys = keys.order_by(Case.id if backwards else Case.id.desc())
        if cursor is not None:
            keys = keys.where(Case.id > cursor.id if backwards else Case.id < cursor.id)
    else:
        down = (Case.due_on.desc(), Case.id.desc())
        keys = keys.order_by(*(down if backwards else (Case.due_on, Case.id)))
        if cursor is not None:
            key = tuple_(Case.due_on, Case.id)
            at = tuple_(cursor.due_on, cursor.id)
            keys = keys.where(key < at if backwards else key > at)
    found = keys.limit(PAGE + 1).subquery()
    rows = (
        select(*_COLUMNS)
        .join(found, found.c.id == Case.id)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(User, User.id == Case.assignee_id)
    )
    if newest:
        rows = rows.order_by(Case.id if backwards else Case.id.desc())
    else:
        rows = rows.order_by(*(down if backwards else (Case.due_on, Case.id)))
    return db.session.execute(rows).all()


def _key(row: Row[Any], at: int, *, backwards: bool = False) -> Cursor:
    return Cursor(row.due_on, row.id, at, backwards)


def _row(
    row: Row[Any], actor: Actor, today: date, calendar: WorkCalendar, *, owed: bool
) -> InboxRow:
    """One line; `owed` is whether the list is of what is owed, be the case open or ended."""
    whole = sees_persons(actor.roles, row.kind)
    person = row.person or ""
    running = row.is_open or (owed and row.due_on != NO_TERM)
    due = row.due_on if running else row.settle_by
    due = None if due == NO_TERM else due
    return InboxRow(
        id=row.id,
        number=row.number,
        version=row.version,
        kind=row.kind,
        instance=row.instance,
        field=row.field,
        state=row.state,
        phase=row.phase,
        summary=row.summary,
        received_on=row.received_on,
        due_on=due,
        standing=standing_of(due, row.closed_on, today, calendar, is_open=running, state=row.state),
        days_left=(due - today).days if due is not None and running else None,
        red_line=past_red_line(row.received_on, row.processed_on, today, is_open=row.is_open),
        unit_id=row.unit_id,
        unit=row.unit,
        unit_en=row.unit_en,
        assignee=row.assignee or "",
        person=person if whole else mask_initials(person),
        sealed=row.kind is CaseKind.DENUNCIATION,
        citizen_wrote=row.citizen_wrote,
        look=row.look,
    )


def standing_of(
    due: date | None,
    closed_on: date | None,
    today: date,
    calendar: WorkCalendar,
    *,
    is_open: bool,
    state: State,
) -> Standing:
    """How a case stands today; one that ended without a settlement owes nothing any more.

    A suspended case may still owe something else, such as the notice of the suspension.
    """
    if not is_open and closed_on is None:
        return Standing.ANSWERED
    return standing(
        due,
        None if is_open else closed_on,
        today,
        calendar,
        suspended=due is None and state is State.SUSPENDED,
    )


def _few(count: Count | None, filters: Filters) -> bool:
    return count is not None and count.value <= FACETS_UP_TO and not filters.q


def _facets(actor: Actor, view: View, today: date, soon: date) -> Facets:
    """Count a short list by each group of its filter, in one query."""
    rows = (
        select(Case.kind, Case.state, Case.field, Case.due_on)
        .where(_narrowed(actor, view, Filters(), frozenset(), today=today, soon=soon))
        .limit(FACETS_UP_TO)
        .subquery()
    )
    kinds: dict[CaseKind, int] = {}
    states: dict[State, int] = {}
    fields: dict[CaseField, int] = {}
    standings: dict[Standing, int] = {}
    grouped = select(rows, func.count().label("number")).group_by(*rows.c)
    for kind, state, case_field, due_on, number in db.session.execute(grouped):
        kinds[kind] = kinds.get(kind, 0) + number
        states[state] = states.get(state, 0) + number
        fields[case_field] = fields.get(case_field, 0) + number
        how = _bucket(due_on, state, today, soon)
        standings[how] = standings.get(how, 0) + number
    return Facets(kinds, states, fields, standings)


def _bucket(due_on: date, state: State, today: date, soon: date) -> Standing:
    if due_on == NO_TERM:
        return Standing.SUSPENDED if state is State.SUSPENDED else Standing.NO_TERM
    if due_on < today:
        return Standing.OVERDUE
    return Standing.DUE_SOON if due_on <= soon else Standing.IN_TIME
