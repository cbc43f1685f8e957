"""What citizens said of results: the own word of one case, and what the words of a window add up to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, true, tuple_
from sqlalchemy.orm import aliased

from citizenfeedback.domain.aftermath import Ending, NextStep, next_steps
from citizenfeedback.domain.escalation import unanswered_in_time
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.verdicts import GivenVerdict
from citizenfeedback.domain.vocabulary import Action, CaseKind, Instance, Verdict
from citizenfeedback.domain.windows import Window
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.timeline import CaseVerdict
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.reporting import Reach, ReportUnit, reach_of
from citizenfeedback.queries.visibility import outside_wall, visible

PAGE = 50


@dataclass(frozen=True, slots=True)
class Closing:
    """How a case ended for its citizen; `continued` is the number of the case that goes on."""

    decision_no: str
    given: GivenVerdict | None
    continued: str


_later = aliased(Case)
_CLOSING = (
    select(
        Case.decision_no,
        CaseVerdict.verdict,
        CaseVerdict.given_on,
        select(_later.number)
        .where(_later.previous_id == Case.id)
        .order_by(_later.id.desc())
        .limit(1)
        .scalar_subquery()
        .label("continued"),
    )
    .outerjoin(CaseVerdict, CaseVerdict.case_id == Case.id)
    .where(Case.id == bindparam("case"))
)


def closing_of(case_id: int) -> Closing:
    """What the end of a case brought so far; asked for only where there is an end."""
    row = db.session.connection().execute(_CLOSING, {"case": case_id}).one()
    given = GivenVerdict(row.verdict, row.given_on) if row.verdict is not None else None
    return Closing(row.decision_no, given, row.continued or "")


def next_steps_of(case_id: int, today: date) -> tuple[NextStep, ...]:
    """The lawful ways on from where a case stands."""
    row = db.session.execute(
        select(
            Case.kind,
            Case.instance,
            Case.state,
            Case.result,
            Case.remote,
            Case.closed_on,
            Case.sent_on,
            Case.settle_by,
        ).where(Case.id == case_id)
    ).one()
    ending = Ending(
        row.kind,
        Instance(row.instance),
        row.state,
        row.result,
        row.remote,
        row.closed_on,
        row.sent_on,
        row.settle_by,
    )
    return next_steps(ending, today, work_calendar())


def left_unanswered(case_id: int, today: date) -> bool:
    """Whether a case is still undecided after its term, so that the superior may be turned to."""
    row = db.session.execute(
        select(Case.kind, Case.state, Case.result, Case.settle_by).where(Case.id == case_id)
    ).one()
    return row.result is None and unanswered_in_time(row.kind, row.state, row.settle_by, today)


@dataclass(slots=True)
class Verdicts:
    """What was said in a window, and how many of those who got a result then said anything."""

    said: dict[Verdict, int] = field(default_factory=lambda: dict.fromkeys(Verdict, 0))
    sent: int = 0
    answered: int = 0

    @property
    def total(self) -> int:
        """How many spoke."""
        return sum(self.said.values())

    def document(self) -> dict[str, int]:
        """The counts by their codes."""
        said = {verdict.value: number for verdict, number in self.said.items()}
        return {**said, "sent": self.sent, "answered": self.answered}

    def add(self, other: "Verdicts") -> None:
        """Count another group in."""
        for verdict, number in other.said.items():
            self.said[verdict] += number
        self.sent += other.sent
        self.answered += other.answered


@dataclass(frozen=True, slots=True)
class VerdictReport:
    """The verdicts of a window: all together, by kind, and by the units right below."""

    reach: Reach
    window: Window
    whole: Verdicts
    by_kind: dict[CaseKind, Verdicts]
    by_unit: tuple[tuple[ReportUnit, Verdicts], ...]


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One case behind the figure: nobody's name and none of their words."""

    id: int
    number: str
    kind: CaseKind
    unit: str
    unit_en: str
    sent_on: date | None
    verdict: Verdict
    given_on: date


@dataclass(frozen=True, slots=True)
class VerdictRows:
    """A page of the cases behind a figure; `unseen` are those the reader may not open."""

    reach: Reach
    window: Window
    total: int
    unseen: int
    rows: tuple[VerdictRow, ...]
    next: str


def verdict_report(actor: Actor, code: str, window: Window) -> VerdictReport:
    """What citizens said of results in a window, for a unit and all below it."""
    reach = reach_of(actor, code)
    groups: dict[tuple[str, CaseKind], Verdicts] = {}
    said = db.session.execute(
        select(Unit.path, Case.kind, CaseVerdict.verdict, func.count().label("number"))
        .select_from(CaseVerdict)
        .join(Case, Case.id == CaseVerdict.case_id)
        .join(Unit, Unit.id == Case.unit_id)
        .where(
            CaseVerdict.given_on.between(window.first, window.last),
            Unit.path.startswith(reach.chosen.path),
            outside_wall(actor),
        )
        .group_by(Unit.path, Case.kind, CaseVerdict.verdict)
    )
    for path, kind, verdict, number in said:
        groups.setdefault((path, kind), Verdicts()).said[verdict] = number
    sent = db.session.execute(
        select(
            Unit.path,
            Case.kind,
            func.count().label("sent"),
            func.count(CaseVerdict.case_id).label("answered"),
        )
        .select_from(Case)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(CaseVerdict, CaseVerdict.case_id == Case.id)
        .where(
            Case.sent_on.between(window.first, window.last),
            Case.access_hash.is_not(None),
            Unit.path.startswith(reach.chosen.path),
            outside_wall(actor),
        )
        .group_by(Unit.path, Case.kind)
    )
    for path, kind, number, answered in sent:
        group = groups.setdefault((path, kind), Verdicts())
        group.sent, group.answered = number, answered
    units = (
        (unit, _sum(group for (path, _), group in groups.items() if path.startswith(unit.path)))
        for unit in reach.children
    )
    return VerdictReport(
        reach,
        window,
        _sum(groups.values()),
        {
            kind: _sum(group for (_, one), group in groups.items() if one is kind)
            for kind in CaseKind
        },
        tuple((unit, found) for unit, found in units if found.total or found.sent),
    )


def verdict_rows(
    actor: Actor,
    code: str,
    window: Window,
    *,
    verdict: Verdict | None = None,
    kind: CaseKind | None = None,
    of_sent: bool = False,
    after: str = "",
) -> VerdictRows:
    """The cases of which something was said in a window, the newest first.

    `of_sent` asks for those whose result was sent in it, whenever something was said of them.
    """
    reach = reach_of(actor, code)
    day = Case.sent_on if of_sent else CaseVerdict.given_on
    inside = (
        day.between(window.first, window.last),
        Case.access_hash.is_not(None) if of_sent else true(),
        Unit.path.startswith(reach.chosen.path),
        CaseVerdict.verdict == verdict if verdict is not None else true(),
        Case.kind == kind if kind is not None else true(),
    )

    def counted(condition: ColumnElement[bool]) -> int:
        return (
            db.session.scalar(
                select(func.count())
                .select_from(CaseVerdict)
                .join(Case, Case.id == CaseVerdict.case_id)
                .join(Unit, Unit.id == Case.unit_id)
                .where(*inside, condition)
            )
            or 0
        )

    mine = visible(actor, Action.SEE_CASE)
    total, seen = counted(outside_wall(actor)), counted(mine)
    key = _key(after)
    before = tuple_(CaseVerdict.given_on, Case.id) < key if key else true()
    rows = [
        VerdictRow(*row)
        for row in db.session.execute(
            select(
                Case.id,
                Case.number,
                Case.kind,
                Unit.name,
                Unit.name_en,
                Case.sent_on,
                CaseVerdict.verdict,
                CaseVerdict.given_on,
            )
            .select_from(CaseVerdict)
            .join(Case, Case.id == CaseVerdict.case_id)
            .join(Unit, Unit.id == Case.unit_id)
            .where(*inside, mine, before)
            .order_by(CaseVerdict.given_on.desc(), Case.id.desc())
            .limit(PAGE + 1)
        )
    ]
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    more = f"{last.given_on:%Y%m%d}.{last.id}" if last else ""
    return VerdictRows(reach, window, total, total - seen, tuple(rows[:PAGE]), more)


def verdict_book(actor: Actor, code: str, window: Window) -> dict[str, Any]:
    """The document of the report on verdicts, for a file."""
    report = verdict_report(actor, code, window)
    unit = report.reach.chosen
    return {
        "report": "verdicts",
        "period": {"from": window.first.isoformat(), "to": window.last.isoformat()},
        "unit": unit.code,
        "name": {"vi": unit.title("vi"), "en": unit.title("en")},
        "whole": report.whole.document(),
        "kinds": {kind.value: one.document() for kind, one in report.by_kind.items()},
        "units": [
            {"name": {"vi": one.title("vi"), "en": one.title("en")}, "figures": found.document()}
            for one, found in report.by_unit
        ],
    }


def _sum(groups: Iterable[Verdicts]) -> Verdicts:
    whole = Verdicts()
    for group in groups:
        whole.add(group)
    return whole


def _key(text: str) -> tuple[date, int] | None:
    """Where a page begins; one that makes no sense means the first page."""
    day, _, number = text.partition(".")
    digits = day.isascii() and day.isdigit() and number.isascii() and number.isdigit()
    if not digits or len(day) != 8 or len(number) > 12:
        return None
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])), int(number)
    except ValueError:
        return None
