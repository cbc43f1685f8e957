"""The offices as citizens meet them: where to send a submission, address and hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from citizenfeedback.domain.text import fold, sort_key
from citizenfeedback.domain.vocabulary import UnitLevel
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit

MOST_FOUND = 20

_ORDER = tuple(UnitLevel)


@dataclass(frozen=True, slots=True)
class Office:
    """One office that takes submissions."""

    id: int
    code: str
    name: str
    name_en: str
    level: UnitLevel
    parent_id: int | None
    path: str
    address: str
    phone: str
    hours: str
    folded: str

    def title(self, lang: str) -> str:
        """The name in the language asked for, else the Vietnamese one."""
        return self.name_en if lang == "en" and self.name_en else self.name


def receiving_offices(today: date) -> tuple[Office, ...]:
    """Every office that takes submissions on this day: the province first, then by level and name."""
    return _offices(and_(Unit.receives, _in_force(today)))


def matching(
    offices: Iterable[Office], words: str, *, most: int = MOST_FOUND
) -> tuple[Office, ...]:
    """Those whose name holds every word, accents or not; names that begin with the words first."""
    asked = fold(words)
    if not asked:
        return ()
    found = [one for one in offices if all(word in one.folded for word in asked.split())]
    found.sort(key=lambda one: (not fold(one.name).startswith(asked), asked not in one.folded))
    return tuple(found[:most])


def office(unit_id: int, today: date) -> Office | None:
    """One office by its id, if it exists on this day."""
    found = _offices(and_(Unit.id == unit_id, _in_force(today)))
    return found[0] if found else None


def highest_office(today: date) -> Office | None:
    """The office at the top: where a submission goes that names none."""
    found = _offices(and_(Unit.parent_id.is_(None), _in_force(today)))
    return found[0] if found else None


def _in_force(today: date) -> ColumnElement[bool]:
    return and_(
        or_(Unit.valid_from.is_(None), Unit.valid_from <= today),
        or_(Unit.valid_to.is_(None), Unit.valid_to >= today),
    )


def _offices(condition: ColumnElement[bool]) -> tuple[Office, ...]:
    rows = db.session.execute(
        select(
            Unit.id,
            Unit.code,
            Unit.name,
            Unit.name_en,
            Unit.level,
            Unit.parent_id,
            Unit.path,
            Unit.address,
            Unit.phone,
            Unit.hours,
            Unit.folded,
        ).where(condition)
    )
    found = [Office(*row) for row in rows]
    return tuple(
        sorted(found, key=lambda one: (_ORDER.index(one.level), sort_key(one.name), one.id))
    )
