"""Who people are: the actor behind a session, and the list of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, and_, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Finder
from citizenfeedback.domain.vocabulary import Action, LinkPurpose, Role
from citizenfeedback.models.accounts import OneTimeLink, User, UserRole
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit

PAGE = 50


@dataclass(frozen=True)
class Person:
    """A signed-in official: who acts, and what a session needs to know of the account."""

    actor: Actor
    epoch: int
    email: str
    language: str
    unit_name: str
    unit_name_en: str


@dataclass(frozen=True)
class AccountLine:
    """One line of the list of accounts."""

    id: int
    name: str
    email: str
    unit_id: int
    unit_name: str
    roles: tuple[Role, ...]
    active: bool
    has_password: bool


@dataclass(frozen=True)
class AccountPage:
    """A page of the list, and where the next one begins."""

    lines: tuple[AccountLine, ...]
    next_after: str | None


@dataclass(frozen=True)
class Account:
    """One account as an administrator sees it."""

    id: int
    name: str
    email: str
    unit_id: int
    unit_code: str
    unit_name: str
    roles: frozenset[Role]
    active: bool
    has_password: bool
    created_at: datetime
    version: int


@dataclass(frozen=True)
class OpenLink:
    """A one-time link that still works: what it is for and whose account it opens."""

    purpose: LinkPurpose
    name: str
    email: str
    expires_at: datetime


_ROOT = aliased(Unit)
_OTHER_ROOT = exists().where(_ROOT.parent_id.is_(None), _ROOT.id != Unit.id).correlate(Unit)
"""Whether another unit has nothing above it: then not even a root reaches everything."""

_INSIDE = aliased(Unit)
_SUBTREE = (
    select(func.aggregate_strings(cast(_INSIDE.id, String), " "))
    .where(_INSIDE.path.startswith(Unit.path))
    .correlate(Unit)
    .scalar_subquery()
)
"""The ids of a unit and of all below it, with spaces between them."""


def person_of(user_id: int) -> Person | None:
    """The open account with this id, its roles and its place in the tree."""
    rows = db.session.execute(
        select(
            User.name,
            User.email,
            User.epoch,
            User.language,
            User.unit_id,
            Unit.path,
            Unit.name.label("unit_name"),
            Unit.name_en.label("unit_name_en"),
            UserRole.role,
            and_(Unit.parent_id.is_(None), ~_OTHER_ROOT).label("everywhere"),
            _SUBTREE.label("subtree"),
        )
        .join(Unit, Unit.id == User.unit_id)
        .outerjoin(UserRole, UserRole.user_id == User.id)
        .where(User.id == user_id, User.active)
    ).all()
    if not rows:
        return None
    first = rows[0]
    actor = Actor(
        user_id=user_id,
        roles=frozenset(row.role for row in rows if row.role is not None),
        unit_id=first.unit_id,
        subtree=frozenset(map(int, first.subtree.split())),
        ancestors=frozenset(int(part) for part in first.path.split("/") if part),
        name=first.name,
        everywhere=first.everywhere,
    )
    return Person(
        actor, first.epoch, first.email, first.language, first.unit_name, first.unit_name_en
    )


def actor_of(user_id: int) -> Actor | None:
    """The person as the rules see them; None for an account that is closed or not there."""
    person = person_of(user_id)
    return person.actor if person else None


def accounts_page(
    actor: Actor, *, text: str = "", after: str = "", unit_id: int | None = None
) -> AccountPage:
    """Accounts by mail address, `PAGE` at a time; `text` is part of a name or an address."""
    _refuse_stranger(actor)
    query = (
        select(
            User.id,
            User.name,
            User.email,
            User.unit_id,
            Unit.name.label("unit_name"),
            User.active,
            User.password_hash.is_not(None).label("has_password"),
        )
        .join(Unit, Unit.id == User.unit_id)
        .where(User.email > after)
        .order_by(User.email)
        .limit(PAGE + 1)
    )
    if unit_id is not None:
        query = query.where(User.unit_id == unit_id)
    if text.strip():
        typed = text.strip()
        query = query.where(
            or_(
                User.email.contains(typed.casefold(), autoescape=True),
                User.name.contains(typed, autoescape=True),
            )
        )
    rows = db.session.execute(query).all()
    shown = rows[:PAGE]
    roles = _roles_of([row.id for row in shown])
    lines = tuple(
        AccountLine(
            row.id,
            row.name,
            row.email,
            row.unit_id,
            row.unit_name,
            roles.get(row.id, ()),
            row.active,
            row.has_password,
        )
        for row in shown
    )
    return AccountPage(lines, shown[-1].email if len(rows) > PAGE else None)


def account(actor: Actor, user_id: int) -> Account:
    """One account, for those who manage accounts."""
    _refuse_stranger(actor)
    row = db.session.execute(
        select(User, Unit.code, Unit.name.label("unit_name"))
        .join(Unit, Unit.id == User.unit_id)
        .where(User.id == user_id)
    ).first()
    if row is None:
        raise NotFound("account")
    user: User = row.User
    return Account(
        user.id,
        user.name,
        user.email,
        user.unit_id,
        row.code,
        row.unit_name,
        frozenset(_roles_of([user.id]).get(user.id, ())),
        user.active,
        user.password_hash is not None,
        user.created_at,
        user.version,
    )


def account_id(email: str) -> int | None:
    """The account with this mail address, in the form `services.accounts.plain_email` gives."""
    return db.session.scalar(select(User.id).where(User.email == email))


def account_count() -> int:
    """How many accounts there are; none means that nobody can sign in yet."""
    return db.session.scalar(select(func.count()).select_from(User)) or 0


def open_link(token: str, *, keys: Finder, now: datetime) -> OpenLink | None:
    """What a one-time link opens; None when it is unknown, used or too old."""
    row = db.session.execute(
        select(OneTimeLink.purpose, User.name, User.email, OneTimeLink.expires_at)
        .join(User, User.id == OneTimeLink.user_id)
        .where(
            OneTimeLink.token_hash == keys.fingerprint("one_time_link", token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
            User.active,
        )
    ).first()
    return OpenLink(*row) if row else None


def names_of(user_ids: list[int]) -> dict[int, str]:
    """The names behind ids, for lists that show who did something."""
    if not user_ids:
        return {}
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return {row.id: row.name for row in rows}


def _roles_of(user_ids: list[int]) -> dict[int, tuple[Role, ...]]:
    if not user_ids:
        return {}
    found: dict[int, list[Role]] = {}
    rows = db.session.execute(
        select(UserRole.user_id, UserRole.role).where(UserRole.user_id.in_(user_ids))
    )
    for row in rows:
        found.setdefault(row.user_id, []).append(row.role)
    return {key: tuple(sorted(roles)) for key, roles in found.items()}


def _refuse_stranger(actor: Actor) -> None:
    if scope_of(actor, Action.MANAGE_ACCOUNTS).nothing:
        raise NotFound("account")
