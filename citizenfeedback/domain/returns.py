"""What the columns of the statutory forms count, row by row: slow, and the measure of the fast way.

`domain/law/statistics.py` has the forms; here is what each of their traits means. A submission is
counted in 02/XLD, duplicates included; a case (vụ việc) never is a duplicate. 03/GQKN and 04/GQTC
look at the same submissions as they stand at the end of the window, and at the decisions issued in
it. 05/KQTH looks at decisions whose outcome is recorded until they are carried out, and at those
issued in the window whether it is recorded or not.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from citizenfeedback.domain.indicators import (
    GROUP_SIZE,
    SubmissionRow,
    carried_over,
    competent,
    eligible,
    processed,
    received,
)
from citizenfeedback.domain.law.statistics import (
    CURRENT,
    Acts,
    Check,
    Column,
    Counted,
    Form,
    FormCode,
    FormSet,
    Overseen,
    Trait,
    Unit,
    Visited,
    Visits,
)
from citizenfeedback.domain.outcomes import Outcome, Progress, millions, square_metres
from citizenfeedback.domain.oversight import Conclusion, FollowUp
from citizenfeedback.domain.vocabulary import (
    CaseResult,
    Direction,
    FirstDecision,
    Instance,
    OversightKind,
    ReceivedBy,
)
from citizenfeedback.domain.windows import Window

DECISIVE = frozenset({CaseResult.UPHELD, CaseResult.PARTLY_UPHELD, CaseResult.REJECTED})
"""Results that a decision or conclusion gives."""

UNDECIDED = frozenset({CaseResult.WITHDRAWN, CaseResult.TERMINATED})
"""Ends without one: wholly withdrawn, or terminated."""

NOT_ACCEPTED = frozenset({Direction.REFUSE, Direction.FILE, Direction.RETURN})
"""What was decided when a case is not taken up."""

LEADERS = (ReceivedBy.HEAD, ReceivedBy.DELEGATED, ReceivedBy.OFFICER)
"""A matter that several received counts once: with the head, else the delegate, else the officer."""

Value = int | Decimal | None
Row = dict[int, Value]
"""The columns of one unit by their number; None where nothing is recorded."""

Place = tuple[FormCode, int]


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row of the register with what its decision ordered and how far that was carried out."""

    submission: SubmissionRow
    instance: Instance = Instance.FIRST
    result: CaseResult | None = None
    outcome: Outcome | None = None
    finished_on: date | None = None
    entries: tuple[Progress, ...] = ()
    in_person: bool = False


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit of the reception book."""

    date: date
    people: int
    received_by: ReceivedBy
    matter: str = ""


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day on which a leader received; `announced` beforehand, and held."""

    date: date
    received_by: ReceivedBy
    announced: bool = True
    held: bool = True


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act of the register of state management; an inspection with what became of it."""

    on: date
    kind: OversightKind
    classes: int = 0
    people: int = 0
    units: int = 0
    conclusion: Conclusion | None = None
    finished_on: date | None = None
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitRows:
    """All rows of one unit."""

    register: tuple[RegisterRow, ...] = ()
    visits: tuple[VisitRow, ...] = ()
    days: tuple[DayRow, ...] = ()
    acts: tuple[ActRow, ...] = ()


# The traits of the register.


def at_hand(row: RegisterRow, window: Window) -> bool:
    """Came in the window, or before it and nothing was decided on it before the window."""
    return received(row.submission, window) or carried_over(row.submission, window)


def _outside(row: RegisterRow, window: Window) -> bool:
    return guided(row, window) or forwarded(row, window)


def _elsewhere(row: RegisterRow, window: Window, direction: Direction) -> bool:
    one = row.submission
    return _eligible(row, window) and one.competent is not True and one.direction is direction


def guided(row: RegisterRow, window: Window) -> bool:
    """Not the office's own matter, and the citizen was told where to go."""
    return _elsewhere(row, window, Direction.GUIDE)


def forwarded(row: RegisterRow, window: Window) -> bool:
    """Not the office's own matter, and passed to the body whose it is."""
    return _elsewhere(row, window, Direction.FORWARD)


def _processed(row: RegisterRow, window: Window) -> bool:
    return at_hand(row, window) and processed(row.submission, window)


def _eligible(row: RegisterRow, window: Window) -> bool:
    return at_hand(row, window) and eligible(row.submission, window)


def _competent(row: RegisterRow, window: Window) -> bool:
    return at_hand(row, window) and competent(row.submission, window)


def _once(row: RegisterRow, _window: Window) -> bool:
    return not row.submission.duplicate


def ended_undecided(row: RegisterRow, window: Window) -> bool:
    """Wholly withdrawn or terminated by the end of the window."""
    closed = row.submission.closed_on
    return row.result in UNDECIDED and closed is not None and closed <= window.last


def _accepted_by_end(row: RegisterRow, window: Window) -> bool:
    accepted = row.submission.accepted_on
    return accepted is not None and accepted <= window.last


def taken_up(row: RegisterRow, window: Window) -> bool:
    """Formally accepted by the end of the window, being settled or settled by then."""
    return _accepted_by_end(row, window) and not ended_undecided(row, window)


def not_taken_up(row: RegisterRow, window: Window) -> bool:
    """Not accepted by the end of the window, and refused, filed or returned."""
    return (
        not _accepted_by_end(row, window)
        and row.submission.direction in NOT_ACCEPTED
        and not ended_undecided(row, window)
    )


def examined(row: RegisterRow, window: Window) -> bool:
    """None of the three: its conditions for acceptance are still being looked at."""
    return not any(trait(row, window) for trait in (taken_up, not_taken_up, ended_undecided))


def decided(row: RegisterRow, window: Window) -> bool:
    """A decision or conclusion was issued in the window on an accepted case."""
    return _issued(row) and row.submission.closed_on in window


def _issued(row: RegisterRow) -> bool:
    return row.submission.is_case and row.result in DECISIVE


def changed(row: RegisterRow, _window: Window) -> bool:
    """The second decision sets the first one aside; unrecorded, an upheld complaint says so."""
    said = row.outcome.first_decision if row.outcome is not None else None
    if said is not None:
        return said is FirstDecision.CHANGED
    return row.result in (CaseResult.UPHELD, CaseResult.PARTLY_UPHELD)


def confirmed(row: RegisterRow, window: Window) -> bool:
    """The second decision confirms the first one; unrecorded, a rejected complaint says so."""
    return not changed(row, window)


def to_carry_out(row: RegisterRow, window: Window) -> bool:
    """Issued in the window, or before it with a recorded outcome not carried out before it."""
    if decided(row, window):
        return True
    closed = row.submission.closed_on
    return (
        _issued(row)
        and closed is not None
        and closed < window.first
        and row.outcome is not None
        and (row.finished_on is None or row.finished_on >= window.first)
    )


def carried_out(row: RegisterRow, window: Window) -> bool:
    """Fully carried out by the end of the window."""
    return row.finished_on is not None and row.finished_on <= window.last


def unprocessed(row: RegisterRow, window: Window) -> bool:
    """At hand, and nothing decided on it by the end of the window."""
    decided_on = row.submission.processed_on
    return at_hand(row, window) and (decided_on is None or decided_on > window.last)


def _in_time(row: RegisterRow, _window: Window) -> bool:
    closed, due = row.submission.closed_on, row.submission.settle_by
    return closed is not None and due is not None and closed <= due


def _ended_as(*results: CaseResult) -> Callable[[RegisterRow, Window], bool]:
    """A case that ended so in the window."""

    def met(row: RegisterRow, window: Window) -> bool:
        one = row.submission
        return one.is_case and row.result in results and one.closed_on in window

    return met


def settled(row: RegisterRow, window: Window) -> bool:
    """Closed by the end of the window, whatever the result."""
    closed = row.submission.closed_on
    return closed is not None and closed <= window.last


TRAITS: Mapping[Trait, Callable[[RegisterRow, Window], bool]] = {
    Trait.AT_HAND: at_hand,
    Trait.PROCESSED: _processed,
    Trait.ELIGIBLE: _eligible,
    Trait.COMPETENT: _competent,
    Trait.OUTSIDE: _outside,
    Trait.GUIDED: guided,
    Trait.FORWARDED: forwarded,
    Trait.ONCE: _once,
    Trait.EXAMINED: examined,
    Trait.TAKEN_UP: taken_up,
    Trait.NOT_TAKEN_UP: not_taken_up,
    Trait.ENDED_UNDECIDED: ended_undecided,
    Trait.DECIDED: decided,
    Trait.CONFIRMED: confirmed,
    Trait.CHANGED: changed,
    Trait.TO_CARRY_OUT: to_carry_out,
    Trait.CARRIED_OUT: carried_out,
    Trait.CARRIED_OVER: lambda row, window: carried_over(row.submission, window),
    Trait.RECEIVED: lambda row, window: received(row.submission, window),
    Trait.IN_PERSON: lambda row, _window: row.in_person,
    Trait.UNPROCESSED: unprocessed,
    Trait.ON_TIME: _in_time,
    Trait.LATE: lambda row, window: not _in_time(row, window),
    Trait.WITHDRAWN: _ended_as(CaseResult.WITHDRAWN),
    Trait.TERMINATED: _ended_as(CaseResult.TERMINATED),
    Trait.ENDED: _ended_as(*DECISIVE, *UNDECIDED),
    Trait.SETTLED: settled,
    Trait.UNSETTLED: lambda row, window: not settled(row, window),
}


# The traits of the register of state management.


def _dated(row: ActRow, window: Window) -> bool:
    """Issued, taught or begun in the window."""
    return row.on in window


def _concluded_on(row: ActRow) -> date | None:
    return None if row.conclusion is None else row.conclusion.on


def _under_way(row: ActRow, window: Window) -> bool:
    """Begun in the window, or before it and without a conclusion when it began."""
    concluded = _concluded_on(row)
    return row.on in window or (
        row.on < window.first and (concluded is None or concluded >= window.first)
    )


def _concluded(row: ActRow, window: Window) -> bool:
    """With a conclusion issued in the window."""
    concluded = _concluded_on(row)
    return concluded is not None and concluded in window


def _conclusion_to_carry_out(row: ActRow, window: Window) -> bool:
    """Concluded in the window, or before it and not fully carried out when it began."""
    concluded = _concluded_on(row)
    return _concluded(row, window) or (
        concluded is not None
        and concluded < window.first
        and (row.finished_on is None or row.finished_on >= window.first)
    )


OVERSEEN: Mapping[Overseen, Callable[[ActRow, Window], bool]] = {
    Overseen.DATED: _dated,
    Overseen.UNDER_WAY: _under_way,
    Overseen.CONCLUDED: _concluded,
    Overseen.TO_CARRY_OUT: _conclusion_to_carry_out,
}


def _overseen(counting: Acts, rows: Iterable[ActRow], window: Window) -> int:
    """What a column of the register of state management counts."""
    counted = [
        row for row in rows if row.kind is counting.kind and OVERSEEN[counting.trait](row, window)
    ]
    if counting.done:
        return sum(
            int(getattr(entry, counting.done))
            for row in counted
            for entry in row.follow_ups
            if entry.on is not None and entry.on in window
        )
    if not counting.number:
        return len(counted)
    return sum(
        int(
            getattr(
                row.conclusion if hasattr(Conclusion, counting.number) else row, counting.number
            )
        )
        for row in counted
    )


def counts(column: Counted, row: RegisterRow, window: Window) -> bool:
    """Whether a row is counted in a column."""
    one = row.submission
    return (
        (column.kinds is None or one.kind in column.kinds)
        and (column.fields is None or one.field in column.fields)
        and (column.instance is None or row.instance is column.instance)
        and (column.result is None or row.result is column.result)
        and all(TRAITS[trait](row, window) for trait in column.traits)
    )


def amount(column: Counted, row: RegisterRow, window: Window) -> int:
    """How much a row that counts adds: one, or đồng, tenths of a square metre, people."""
    if not column.ordered and not column.done:
        return 1
    ordered = (
        getattr(row.outcome, column.ordered) if column.ordered and row.outcome is not None else 0
    )
    if not column.done:
        return int(ordered)
    # Still owed when the window began, or, without an order, what was done in it.
    entries = [entry for entry in row.entries if _counted_entry(column, entry, window)]
    moved = sum(getattr(entry, column.done) for entry in entries)
    return int(ordered - moved if column.ordered else moved)


def _counted_entry(column: Counted, entry: Progress, window: Window) -> bool:
    return entry.on < window.first if column.ordered else entry.on in window


# From amounts to columns.


def printed(column: Column, total: int) -> Value:
    """An amount as its column prints it: whole numbers, millions of đồng, square metres."""
    if column.unit is Unit.MILLIONS:
        return millions(total)
    return square_metres(total) if column.unit is Unit.SQUARE_METRES else total


def completed(form: Form, row: Row) -> Row:
    """The row with every column, in the order of the form; what is not recorded is blank."""
    return {column.number: row.get(column.number) for column in form.columns}


def _total(values: Iterable[Value]) -> Value:
    known = [value for value in values if value is not None]
    return sum(known[1:], known[0]) if known else None


def evaluate(form: Form, rows: UnitRows, window: Window, *, group_size: int = GROUP_SIZE) -> Row:
    """The columns of one unit, row by row, as the words say."""
    found: Row = {}
    for column in form.columns:
        counting = column.counts
        if isinstance(counting, Counted):
            total = sum(
                amount(counting, row, window)
                for row in rows.register
                if counts(counting, row, window)
            )
            found[column.number] = printed(column, total)
        elif isinstance(counting, Acts):
            found[column.number] = _overseen(counting, rows.acts, window)
        elif counting is not None:
            found[column.number] = _visited(counting, rows, window, group_size)
    return completed(form, found)


def _visited(counting: Visits, rows: UnitRows, window: Window, group_size: int) -> int:
    by = counting.received_by
    if counting.what is Visited.DAYS:
        return len({day.date for day in rows.days if day.received_by is by and _day(day, window)})
    visits = [row for row in rows.visits if row.date in window]
    if counting.what is Visited.MATTERS:
        return sum(by in (None, receiver) for receiver in receivers(visits).values())
    own = [row for row in visits if by in (None, row.received_by)]
    groups = [row for row in own if row.people >= group_size]
    return {
        Visited.TURNS: len(own),
        Visited.PEOPLE: sum(row.people for row in own),
        Visited.GROUPS: len(groups),
        Visited.PEOPLE_IN_GROUPS: sum(row.people for row in groups),
    }[counting.what]


def _day(day: DayRow, window: Window) -> bool:
    """A leader's day counts when it was announced to the public and held."""
    return day.announced and day.held and day.date in window


def receivers(visits: Iterable[VisitRow]) -> dict[str, ReceivedBy]:
    """With whom each matter counts: the highest of those who received it."""
    found: dict[str, ReceivedBy] = {}
    for row in visits:
        if row.matter:
            known = found.get(row.matter, ReceivedBy.OFFICER)
            found[row.matter] = min(known, row.received_by, key=LEADERS.index)
    return found


def added(form: Form, rows: Iterable[Row]) -> Row:
    """The last line of a form: every column added up over the units."""
    lines = tuple(rows)
    return {column.number: _total(line[column.number] for line in lines) for column in form.columns}


# What must hold.


@dataclass(frozen=True, slots=True)
class Checked:
    """One check of a form; `failing` are the units where it does not hold, None for the total.

    `holds` is None where a column of it is not recorded.
    """

    rule: str
    holds: bool | None
    failing: tuple[str | None, ...] = field(default=())


def checked(
    code: FormCode,
    lines: Mapping[str | None, Mapping[Place, Value]],
    forms: FormSet = CURRENT,
) -> tuple[Checked, ...]:
    """Every check of a form over every unit and the total (None)."""
    return tuple(_checked(check, code, lines) for check in forms.checks_of(code))


def _checked(
    check: Check, code: FormCode, lines: Mapping[str | None, Mapping[Place, Value]]
) -> Checked:
    said = {unit: holds(check, values) for unit, values in lines.items()}
    if None in said.values():
        return Checked(check.rule(code), None)
    failing = tuple(unit for unit, well in said.items() if not well)
    return Checked(check.rule(code), not failing, failing)


def holds(check: Check, values: Mapping[Place, Value]) -> bool | None:
    """Whether a check holds of one line; None where something is not recorded."""
    left, right = values.get(check.left), [values.get(place) for place in check.right]
    known = [value for value in right if value is not None]
    if left is None or len(known) < len(right):
        return None
    total = sum(known, Decimal(0))
    return left <= total if check.at_most else left == total
