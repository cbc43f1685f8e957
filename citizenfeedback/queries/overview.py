"""How the units below stand, for those who answer for them: what is open, late, and owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, func, select

from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.queries.colleagues import Choice, units_within
from citizenfeedback.queries.inbox import ASKED_CASES, REMINDED_CASES, unprocessed
from citizenfeedback.queries.visibility import visible


@dataclass(frozen=True, slots=True)
class Numbers:
    """The figures of one unit and all below it."""

    open: int = 0
    overdue: int = 0
    unprocessed: int = 0
    reminded: int = 0
    asked: int = 0

    def __add__(self, other: Numbers) -> Numbers:
        return Numbers(
            self.open + other.open,
            self.overdue + other.overdue,
            self.unprocessed + other.unprocessed,
            self.reminded + other.reminded,
            self.asked + other.asked,
        )

    @property
    def any(self) -> bool:
        """Whether there is anything to look at."""
        return self != _NOTHING


_NOTHING = Numbers()


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit directly below, with everything under it."""

    unit: Choice
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Overview:
    """The units below, those that lie latest first, and their sum."""

    lines: tuple[UnitLine, ...]
    total: Numbers

    @property
    def busy(self) -> tuple[UnitLine, ...]:
        """Those where something is open."""
        return tuple(line for line in self.lines if line.numbers.any)

    @property
    def idle(self) -> tuple[UnitLine, ...]:
        """Those where nothing is open, as the tree has them."""
        return tuple(line for line in self.lines if not line.numbers.any)


def overview(actor: Actor, today: date) -> Overview:
    """What each unit directly below has open and late: as many as its lists show."""
    units = units_within(actor)
    counted = _counted(actor, today)
    lines = []
    for unit in units:
        parts = [int(part) for part in unit.path.split("/") if part]
        if actor.unit_id in parts and parts.index(actor.unit_id) == len(parts) - 2:
            below = (
                counted[one.id]
                for one in units
                if one.path.startswith(unit.path) and one.id in counted
            )
            lines.append(UnitLine(unit, sum(below, Numbers())))
    lines.sort(  # the rest stays as the tree reads
        key=lambda line: (-line.numbers.unprocessed, -line.numbers.overdue, -line.numbers.open)
    )
    return Overview(tuple(lines), sum((line.numbers for line in lines), Numbers()))


def _counted(actor: Actor, today: date) -> dict[int, Numbers]:
    """The open cases by unit, in one go over those this person may see, and what is owed of any."""
    one, none = 1, 0
    rows = db.session.execute(
        select(
            Case.unit_id,
            func.count(),
            func.sum(case((Case.due_on < today, one), else_=none)),
            func.sum(case((unprocessed(today), one), else_=none)),
            func.sum(case((Case.id.in_(REMINDED_CASES), one), else_=none)),
        )
        .where(and_(Case.is_open, visible(actor, Action.SEE_CASE)))
        .group_by(Case.unit_id)
    )
    counted = {unit: Numbers(*(int(number) for number in numbers)) for unit, *numbers in rows}
    asked = db.session.execute(
        select(Case.unit_id, func.count())
        .where(and_(Case.id.in_(ASKED_CASES), visible(actor, Action.SEE_CASE)))
        .group_by(Case.unit_id)
    )
    for unit, number in asked:
        counted[unit] = counted.get(unit, Numbers()) + Numbers(asked=number)
    return counted
