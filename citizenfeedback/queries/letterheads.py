"""What stands at the head of a unit's letters, and who usually signs them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import aliased

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.letterheads import Entered, OfficeHead, office_head
from citizenfeedback.domain.vocabulary import Role
from citizenfeedback.models.accounts import User, UserRole
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.letters import UnitLetterhead

_COLUMNS = (
    UnitLetterhead.superior,
    UnitLetterhead.body,
    UnitLetterhead.place,
    UnitLetterhead.short,
    UnitLetterhead.drafting,
    UnitLetterhead.head_title,
    UnitLetterhead.collective,
)
_Parent = aliased(Unit)
_Top = aliased(Unit)


def head_of_letters(unit_id: int) -> OfficeHead:
    """The letterhead and titles of a unit: as entered, else read off its name."""
    row = db.session.execute(
        select(
            Unit.name,
            _Parent.name.label("parent"),
            select(_Top.name)
            .where(_Top.parent_id.is_(None), Unit.path.startswith(_Top.path))
            .limit(1)
            .scalar_subquery()
            .label("top"),
            *_COLUMNS,
        )
        .outerjoin(_Parent, _Parent.id == Unit.parent_id)
        .outerjoin(UnitLetterhead, UnitLetterhead.unit_id == Unit.id)
        .where(Unit.id == unit_id)
    ).first()
    if row is None:
        raise NotFound("unit")
    entered = Entered(*(value or "" for value in row[3:]))
    return office_head(entered, name=row.name, parent=row.parent or "", top=row.top or "")


def entered_head(unit_id: int) -> Entered:
    """What was entered for a unit, to be changed."""
    row = db.session.execute(
        select(Unit.id, *_COLUMNS)
        .outerjoin(UnitLetterhead, UnitLetterhead.unit_id == Unit.id)
        .where(Unit.id == unit_id)
    ).first()
    if row is None:
        raise NotFound("unit")
    return Entered(*(value or "" for value in row[1:]))


def usual_signer(unit_id: int) -> str:
    """The leader of a unit by name, where there is one account of one."""
    return (
        db.session.scalar(
            select(User.name)
            .join(UserRole, UserRole.user_id == User.id)
            .where(User.unit_id == unit_id, User.active, UserRole.role == Role.UNIT_LEADER)
            .order_by(User.id)
            .limit(1)
        )
        or ""
    )
