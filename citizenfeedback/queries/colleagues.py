"""Who may be given a case, and which units one may be passed on to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from citizenfeedback.domain.access import ACCESS
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.text import fold
from citizenfeedback.domain.vocabulary import Action, Reach, Role
from citizenfeedback.models.accounts import User, UserRole
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit

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


def assignable(actor: Actor) -> tuple[Choice, ...]:
    """Those to whom this person may give a case: themselves, or everybody below a leader."""
    reaches = {grant.reach for grant in ACCESS[Action.ASSIGN] if grant.role in actor.roles}
    if not reaches:
        return ()
    people = (
        select(User.id, User.name, Unit.name.label("where"), Unit.name_en.label("where_en"))
        .join(Unit, Unit.id == User.unit_id)
        .where(
            User.active,
            User.id.in_(select(UserRole.user_id).where(UserRole.role.in_(_WORKING_ROLES))),
        )
        .order_by(User.unit_id != actor.unit_id, Unit.path, User.name)
    )
    if Reach.UNIT_TREE in reaches:
        people = people.where(User.unit_id.in_(sorted(actor.subtree)))
    else:
        people = people.where(User.id == actor.user_id)
    return tuple(
        Choice(row.id, row.name, where=row.where, where_en=row.where_en)
        for row in db.session.execute(people)
    )


def units_within(actor: Actor) -> tuple[Choice, ...]:
    """The actor's unit and all below it, as a tree reads, brothers by name."""
    rows = db.session.execute(
        select(Unit.id, Unit.name, Unit.name_en, Unit.path).where(
            Unit.id.in_(sorted(actor.subtree))
        )
    ).all()
    names = {row.id: fold(row.name) for row in rows}

    def place(path: str) -> list[tuple[str, int]]:
        return [(names.get(int(part), ""), int(part)) for part in path.split("/") if part]

    return tuple(
        Choice(row.id, row.name, row.name_en, path=row.path)
        for row in sorted(rows, key=lambda row: place(row.path))
    )


def units_to_pass_to() -> tuple[Choice, ...]:
    """All units that take submissions today: passing on inside knows no border of reach."""
    rows = db.session.execute(
        select(Unit.id, Unit.name, Unit.name_en)
        .where(Unit.receives, Unit.valid_to.is_(None))
        .order_by(Unit.path)
    )
    return tuple(Choice(row.id, row.name, row.name_en) for row in rows)
