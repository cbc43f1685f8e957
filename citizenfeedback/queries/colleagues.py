"""Who may be given a case, and which units one may be passed on to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, false, select, true

from citizenfeedback.domain.access import ACCESS
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.text import person_sort_key
from citizenfeedback.domain.vocabulary import Action, Reach, Role
from citizenfeedback.models.accounts import User, UserRole
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit
from citizenfeedback.queries.tree import tree_order

_WORKING_ROLES = sorted(
    {grant.role for grant in ACCESS[Action.EXAMINE] if grant.role is not Role.RECEPTION_OFFICER}
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One unit or person to choose from."""

    id: int
    name: str
    name_en: str = ""
    where: str = ""
    where_en: str = ""
    path: str = ""

    def title(self, lang: str) -> str:
        """The name in the language asked for, else the Vietnamese one."""
        return self.name_en if lang == "en" and self.name_en else self.name


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The units around somebody and those to whom they may give a case, read together."""

    units: tuple[Choice, ...]
    people: tuple[Choice, ...]


_UNIT = (Unit.id, Unit.name, Unit.name_en, Unit.level, Unit.path)


def surroundings(actor: Actor) -> Surroundings:
    """The actor's unit and all below it as the tree reads, and whom a case may be given to.

    That is themselves, or for a leader everybody below who works on cases: those of the leader's
    own unit first, then unit by unit, people by their given names.
    """
    rows = db.session.execute(
        select(*_UNIT, User.id.label("user_id"), User.name.label("user"))
        .outerjoin(
            User,
            and_(
                User.unit_id == Unit.id,
                User.active,
                User.id.in_(select(UserRole.user_id).where(UserRole.role.in_(_WORKING_ROLES))),
                _within_reach(actor),
            ),
        )
        .where(Unit.id.in_(sorted(actor.subtree)))
    ).all()
    units = tree_order(list({row.id: row for row in rows}.values()))
    place = {unit.id: (unit.id != actor.unit_id, number) for number, unit in enumerate(units)}
    people = [row for row in rows if row.user_id is not None]
    people.sort(key=lambda row: (place[row.id], person_sort_key(row.user), row.user_id))
    return Surroundings(
        tuple(_unit(row) for row in units),
        tuple(
            Choice(row.user_id, row.user, where=row.name, where_en=row.name_en) for row in people
        ),
    )


def _within_reach(actor: Actor) -> ColumnElement[bool]:
    """The people this person may give a case to, as far as their right to do so reaches."""
    reaches = {grant.reach for grant in ACCESS[Action.ASSIGN] if grant.role in actor.roles}
    if Reach.UNIT_TREE in reaches:
        return true()
    return User.id == actor.user_id if reaches else false()


def _unit(row: Row[Any]) -> Choice:
    return Choice(row.id, row.name, row.name_en, path=row.path)


def units_within(actor: Actor) -> tuple[Choice, ...]:
    """The actor's unit and all below it, as the tree reads."""
    rows = db.session.execute(select(*_UNIT).where(Unit.id.in_(sorted(actor.subtree)))).all()
    return tuple(map(_unit, tree_order(rows)))


def units_to_pass_to() -> tuple[Choice, ...]:
    """All units that take submissions today: passing on inside knows no border of reach."""
    rows = db.session.execute(select(*_UNIT).where(Unit.receives, Unit.valid_to.is_(None))).all()
    return tuple(map(_unit, tree_order(rows)))
