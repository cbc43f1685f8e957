"""Accounts: who may sign in, with which roles, and through which one-time links.

No password ever passes through an operator's hands: an account is made with a link by which its
owner sets one. Hashing takes time on purpose and is done before the transaction begins.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.facts import SYSTEM, Actor
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.passwords import password_problem
from citizenfeedback.domain.text import clean, nfc
from citizenfeedback.domain.vocabulary import (
    STAFF_ROLES,
    Action,
    AuditAction,
    LinkPurpose,
    MailKind,
    Role,
    UnitLevel,
)
from citizenfeedback.gateways.passwords import Passwords
from citizenfeedback.models.accounts import OneTimeLink, User, UserRole
from citizenfeedback.models.directory import Unit
from citizenfeedback.services.chronicle import append_entry, hold_audit
from citizenfeedback.services.post import queue_mail
from citizenfeedback.services.slowing import Patience, forget_key, minutes_to_wait, note_failure
from citizenfeedback.services.transaction import reading, transaction

LINK_LASTS = {LinkPurpose.INVITATION: timedelta(hours=72), LinkPurpose.RESET: timedelta(hours=24)}
MAIL_OF = {
    LinkPurpose.INVITATION: MailKind.ACCOUNT_INVITATION,
    LinkPurpose.RESET: MailKind.ACCOUNT_RESET,
}
ASKED_AGAIN_AFTER = timedelta(minutes=5)

FIRST_NAME = "Quản trị viên"
FIRST_EMAIL = "quantri@localhost.localdomain"

ACCOUNT = Patience(tries=5, longest=timedelta(minutes=30))
SOURCE = Patience(tries=200, longest=timedelta(minutes=5))
"""A whole office may sit behind one address: only a flood from there is slowed down."""


@dataclass(frozen=True, kw_only=True)
class NewAccount:
    """A person who is to get an account."""

    email: str
    name: str
    unit_id: int
    roles: frozenset[Role]
    language: str = "vi"
    staff_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AccountChange:
    """An account as it shall be; `version` is the one that was looked at."""

    name: str
    unit_id: int
    roles: frozenset[Role]
    active: bool
    version: int


@dataclass(frozen=True)
class IssuedLink:
    """A one-time link just made; its token is nowhere else."""

    user_id: int
    token: str
    expires_at: datetime


@dataclass(frozen=True)
class SignedIn:
    """Who has just signed in."""

    user_id: int
    epoch: int
    language: str


def plain_email(typed: str) -> str:
    """The one form of a mail address by which an account is found."""
    return clean(typed).casefold()


def create_account(
    actor: Actor, account: NewAccount, *, keys: Keys, now: datetime, mail: bool = False
) -> IssuedLink:
    """Make an account without a password and return the link by which its owner sets one.

    With `mail` the link also goes out by mail.
    """
    _refuse_unless_manager(actor)
    email = plain_email(account.email)
    _refuse_odd(email, account.name, account.roles)
    with transaction() as session:
        hold_audit(session)
        if session.scalar(select(User.id).where(User.email == email)) is not None:
            raise RuleBroken("email_taken")
        _refuse_unknown_unit(session, account.unit_id)
        user = User(
            email=email,
            name=clean(account.name),
            unit_id=account.unit_id,
            staff_id=account.staff_id,
            language=account.language,
            active=True,
            created_at=now,
        )
        session.add(user)
        session.flush()  # the roles, the link and the audit need the id
        session.add_all(UserRole(user_id=user.id, role=role) for role in account.roles)
        append_entry(
            session,
            keys,
            actor,
            AuditAction.ACCOUNT_CREATED,
            now=now,
            details={"user": user.id, "unit": account.unit_id, "roles": sorted(account.roles)},
        )
        return _issue(session, keys, actor, user, LinkPurpose.INVITATION, now=now, mail=mail)


def open_first_account(email: str, *, keys: Keys, now: datetime) -> IssuedLink | None:
    """Make the first administrator of an empty installation; None when people can sign in already.

    Nobody can sign in before that link is used, so asking again gives a new one. Without any unit
    the account hangs on one of its own, which receives nothing and stands in no report.
    """
    with transaction() as session:
        if session.scalar(select(User.id).where(User.password_hash.is_not(None)).limit(1)):
            return None
        user = session.scalar(
            select(User)
            .join(UserRole, UserRole.user_id == User.id)
            .where(UserRole.role == Role.ADMINISTRATOR, User.active)
            .order_by(User.id)
            .limit(1)
        )
        if user is None:
            address = plain_email(email)
            _refuse_odd(address, FIRST_NAME, frozenset({Role.ADMINISTRATOR}))
            user = User(
                email=address,
                name=FIRST_NAME,
                unit_id=_first_unit(session),
                active=True,
                created_at=now,
            )
            session.add(user)
            session.flush()  # the role and the audit need the id
            session.add(UserRole(user_id=user.id, role=Role.ADMINISTRATOR))
            append_entry(
                session,
                keys,
                SYSTEM,
                AuditAction.ACCOUNT_CREATED,
                now=now,
                details={"user": user.id, "roles": [Role.ADMINISTRATOR.value]},
            )
        return _issue(session, keys, SYSTEM, user, LinkPurpose.INVITATION, now=now, mail=False)


def _first_unit(session: Session) -> int:
    found = session.scalar(select(Unit.id).order_by(Unit.parent_id.is_not(None), Unit.id).limit(1))
    if found is not None:
        return found
    unit = Unit(
        code="QUAN-TRI",
        name="Bộ phận quản trị",
        name_en="Administration",
        folded="bo phan quan tri administration",
        level=UnitLevel.TEAM,
        receives=False,
    )
    session.add(unit)
    session.flush()  # the path holds the unit's own id
    unit.path = f"/{unit.id}/"
    return unit.id


def change_account(
    actor: Actor, user_id: int, change: AccountChange, *, keys: Keys, now: datetime
) -> None:
    """Change name, unit, roles or activity; ends the sessions of an account that is closed."""
    _refuse_unless_manager(actor)
    with transaction() as session:
        user = session.get(User, user_id, with_for_update=True)
        if user is None:
            raise NotFound("account")
        if user.version != change.version:
            raise ChangedMeanwhile(what="account")
        _refuse_odd(user.email, change.name, change.roles)
        _refuse_unknown_unit(session, change.unit_id)
        before = set(session.scalars(select(UserRole.role).where(UserRole.user_id == user_id)))
        stays_administrator = change.active and Role.ADMINISTRATOR in change.roles
        if Role.ADMINISTRATOR in before and user.active and not stays_administrator:
            _refuse_last_administrator(session, user_id)
        session.execute(delete(UserRole).where(UserRole.user_id == user_id))
        session.add_all(UserRole(user_id=user_id, role=role) for role in change.roles)
        if user.active and not change.active:
            user.epoch += 1
            session.execute(
                delete(OneTimeLink).where(
                    OneTimeLink.user_id == user_id, OneTimeLink.used_at.is_(None)
                )
            )
        user.name, user.unit_id = clean(change.name), change.unit_id
        user.active = change.active
        user.version += 1
        append_entry(
            session,
            keys,
            actor,
            AuditAction.ACCOUNT_CHANGED,
            now=now,
            details={
                "user": user_id,
                "unit": change.unit_id,
                "roles": sorted(change.roles),
                "active": change.active,
            },
        )


def issue_reset(
    actor: Actor, user_id: int, *, keys: Keys, now: datetime, mail: bool = False
) -> IssuedLink:
    """Make a link by which the owner of an account sets a new password."""
    _refuse_unless_manager(actor)
    with transaction() as session:
        user = session.get(User, user_id)
        if user is None:
            raise NotFound("account")
        if not user.active:
            raise RuleBroken("account_closed")
        purpose = LinkPurpose.RESET if user.password_hash else LinkPurpose.INVITATION
        return _issue(session, keys, actor, user, purpose, now=now, mail=mail)


def ask_reset(email: str, *, keys: Keys, now: datetime) -> None:
    """Mail a reset link to the owner of an address, if there is one; the caller never learns."""
    with transaction() as session:
        user = session.scalar(select(User).where(User.email == plain_email(email), User.active))
        if user is None:
            return
        fresh = session.scalar(
            select(func.max(OneTimeLink.expires_at)).where(
                OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None)
            )
        )
        lasts = LINK_LASTS[LinkPurpose.RESET]
        if fresh is not None and fresh > now + lasts - ASKED_AGAIN_AFTER:
            return
        owner = Actor(user_id=user.id, unit_id=user.unit_id)
        _issue(session, keys, owner, user, LinkPurpose.RESET, now=now, mail=True)


def set_password(
    token: str, password: str, *, keys: Keys, passwords: Passwords, now: datetime
) -> int:
    """Set the password of the account the link belongs to; the link works once.

    Ends all sessions and every other link of the account. Returns the account's id.
    """
    found = _open_link(reading(), keys, token, now)
    _refuse_weak(password, found)
    kept = passwords.hash(nfc(password))
    with transaction() as session:
        user = _open_link(session, keys, token, now)
        session.execute(
            update(OneTimeLink)
            .where(OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None))
            .values(used_at=now)
        )
        _keep_password(session, keys, user, kept, now=now)
        return user.id


def change_password(
    actor: Actor,
    before: str,
    password: str,
    *,
    keys: Keys,
    passwords: Passwords,
    now: datetime,
) -> int:
    """Change one's own password, knowing the old one; ends all other sessions.

    Returns the account's new epoch.
    """
    user = _own(reading(), actor)
    kept_before = user.password_hash
    if not passwords.matches(kept_before, nfc(before)):
        raise RuleBroken("password_wrong")
    _refuse_weak(password, user)
    kept = passwords.hash(nfc(password))
    with transaction() as session:
        user = _own(session, actor)
        if user.password_hash != kept_before:
            raise ChangedMeanwhile(what="account")
        _keep_password(session, keys, user, kept, now=now)
        return user.epoch


def sign_in(
    email: str,
    password: str,
    *,
    source: str,
    keys: Keys,
    passwords: Passwords,
    now: datetime,
) -> SignedIn:
    """Sign somebody in, or refuse with `sign_in_failed` or `sign_in_locked`.

    An address without an account is answered in the same time and the same words as one with. Too
    many failures make the account (and, far later, the place they come from) wait; the count lies
    in the database, so a restart forgets nothing.
    """
    address = plain_email(email)
    account_key = keys.fingerprint("sign_in_account", address)
    source_key = keys.fingerprint("sign_in_source", source)
    _refuse_locked(reading(), (account_key, source_key), now)
    row = (
        reading()
        .execute(select(User.id, User.password_hash).where(User.email == address, User.active))
        .first()
    )
    kept = row.password_hash if row else None
    right = passwords.matches(kept, nfc(password))
    fresh = passwords.hash(nfc(password)) if right and passwords.outdated(kept or "") else None
    if row is None or not right:
        _note_failure(row.id if row else None, account_key, source_key, keys=keys, now=now)
        raise RuleBroken("sign_in_failed")
    with transaction() as session:
        _refuse_locked(session, (account_key,), now)
        user = session.get(User, row.id)
        if user is None or not user.active or user.password_hash != kept:
            raise RuleBroken("sign_in_failed")
        if fresh is not None:
            user.password_hash = fresh
        forget_key(session, account_key)
        who = Actor(user_id=user.id, unit_id=user.unit_id)
        append_entry(session, keys, who, AuditAction.SIGNED_IN, now=now)
        return SignedIn(user.id, user.epoch, user.language)


def sign_out_everywhere(actor: Actor, *, keys: Keys, now: datetime) -> None:
    """End every session of one's own account."""
    with transaction() as session:
        user = _own(session, actor)
        user.epoch += 1
        append_entry(session, keys, actor, AuditAction.SIGNED_OUT_EVERYWHERE, now=now)


def choose_language(actor: Actor, language: str) -> None:
    """Note in which language a person wants pages and mail."""
    with transaction() as session:
        _own(session, actor).language = language


def purge_links(*, now: datetime) -> int:
    """Drop links that can no longer be used; returns how many."""
    with transaction() as session:
        gone = session.scalars(
            delete(OneTimeLink)
            .where((OneTimeLink.expires_at < now) | OneTimeLink.used_at.is_not(None))
            .returning(OneTimeLink.id)
        )
        return len(gone.all())


def _refuse_unless_manager(actor: Actor) -> None:
    if scope_of(actor, Action.MANAGE_ACCOUNTS).nothing:
        raise NotFound("account")


def _refuse_odd(email: str, name: str, roles: frozenset[Role]) -> None:
    box, at, host = email.rpartition("@")
    if not (box and at and "." in host) or any(letter.isspace() for letter in email):
        raise RuleBroken("email_invalid")
    if not name.strip():
        raise RuleBroken("name_missing")
    if not roles or not roles <= set(STAFF_ROLES):
        raise RuleBroken("roles_missing")


def _refuse_unknown_unit(session: Session, unit_id: int) -> None:
    if session.scalar(select(Unit.id).where(Unit.id == unit_id)) is None:
        raise RuleBroken("unit_unknown")


def _refuse_last_administrator(session: Session, user_id: int) -> None:
    """An installation without an administrator could not be mended from its own pages."""
    others = session.scalar(
        select(func.count())
        .select_from(UserRole)
        .join(User, User.id == UserRole.user_id)
        .where(UserRole.role == Role.ADMINISTRATOR, User.active, User.id != user_id)
    )
    if not others:
        raise RuleBroken("last_administrator")


def _refuse_weak(password: str, user: User) -> None:
    problem = password_problem(password, email=user.email, name=user.name)
    if problem is not None:
        raise RuleBroken(problem)


def _own(session: Session, actor: Actor) -> User:
    user = session.get(User, actor.user_id) if actor.user_id is not None else None
    if user is None or not user.active:
        raise NotFound("account")
    return user


def _keep_password(session: Session, keys: Keys, user: User, kept: str, *, now: datetime) -> None:
    user.password_hash = kept
    user.epoch += 1
    forget_key(session, keys.fingerprint("sign_in_account", user.email))
    who = Actor(user_id=user.id, unit_id=user.unit_id)
    append_entry(session, keys, who, AuditAction.PASSWORD_SET, now=now)


def _issue(
    session: Session,
    keys: Keys,
    actor: Actor,
    user: User,
    purpose: LinkPurpose,
    *,
    now: datetime,
    mail: bool,
) -> IssuedLink:
    """Make a link; one that was not used yet stops working."""
    session.execute(
        delete(OneTimeLink).where(OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None))
    )
    token = secrets.token_urlsafe(32)
    link = OneTimeLink(
        user_id=user.id,
        purpose=purpose,
        token_hash=keys.fingerprint("one_time_link", token),
        expires_at=now + LINK_LASTS[purpose],
    )
    session.add(link)
    session.flush()  # the occasion of the mail needs the id
    append_entry(
        session,
        keys,
        actor,
        AuditAction.LINK_ISSUED,
        now=now,
        details={"user": user.id, "purpose": purpose.value},
    )
    if mail:
        queue_mail(
            session,
            keys,
            MAIL_OF[purpose],
            occasion=f"link:{link.token_hash[:40]}",
            address=keys.seal(user.email),
            language=user.language,
            now=now,
            user_id=user.id,
            details={"until": link.expires_at.isoformat()},
            secret=token,
        )
    return IssuedLink(user.id, token, link.expires_at)


def _open_link(session: Session, keys: Keys, token: str, now: datetime) -> User:
    user = session.scalar(
        select(User)
        .join(OneTimeLink, OneTimeLink.user_id == User.id)
        .where(
            OneTimeLink.token_hash == keys.fingerprint("one_time_link", token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
            User.active,
        )
        .with_for_update()
    )
    if user is None:
        raise RuleBroken("link_spent")
    return user


def _refuse_locked(session: Session, keys: tuple[str, ...], now: datetime) -> None:
    minutes = minutes_to_wait(session, keys, now)
    if minutes:
        raise RuleBroken("sign_in_locked", minutes=minutes)


def _note_failure(
    user_id: int | None, account_key: str, source_key: str, *, keys: Keys, now: datetime
) -> None:
    """Count one failure for the account and one for its source; make wait what failed too often.

    Only the beginning of a wait goes into the audit, so that a flood of tries cannot fill it.
    """
    with transaction() as session:
        waiting = note_failure(session, {account_key: ACCOUNT, source_key: SOURCE}, now)
        if account_key in waiting:
            append_entry(
                session,
                keys,
                Actor(user_id=user_id),
                AuditAction.SIGN_IN_FAILED,
                now=now,
                details={"failures": waiting[account_key]},
            )
