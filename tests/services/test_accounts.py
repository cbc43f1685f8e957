"""Accounts: links, passwords, the wait after wrong passwords, roles."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.facts import SYSTEM, Actor
from citizenfeedback.domain.vocabulary import AuditAction, Role, UnitLevel
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.accounts import OneTimeLink, SignInFailure, User
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.queries.accounts import account, actor_of, open_link, person_of
from citizenfeedback.services import accounts
from citizenfeedback.services.accounts import AccountChange, NewAccount
from citizenfeedback.services.slowing import forget_failures
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON

pytestmark = pytest.mark.both_databases
GOOD = "con đường dài 12 cây"


@pytest.fixture
def unit(session: Any) -> int:
    """The province's own office."""
    with transaction() as writing:
        row = Unit(code="QN", name="Tỉnh", level=UnitLevel.PROVINCE, path="/")
        writing.add(row)
        writing.flush()
        row.path = f"/{row.id}/"
        return row.id


class Desk:
    """The use cases with their gateways filled in."""

    def __init__(self, gateways: Gateways, unit: int) -> None:
        self.keys, self.passwords, self.unit = gateways.keys, gateways.passwords, unit

    def create(self, email: str = "hoa@qn.vn", *roles: Role, **more: Any) -> accounts.IssuedLink:
        new = NewAccount(
            email=email,
            name="Nguyễn Thị Hoa",
            unit_id=self.unit,
            roles=frozenset(roles or {Role.HANDLER}),
        )
        return accounts.create_account(SYSTEM, new, keys=self.keys, now=NOON, **more)

    def set(self, token: str, password: str = GOOD, now: Any = NOON) -> int:
        return accounts.set_password(
            token, password, keys=self.keys, passwords=self.passwords, now=now
        )

    def ready(self, email: str = "hoa@qn.vn", *roles: Role) -> int:
        return self.set(self.create(email, *roles).token)

    def sign_in(
        self, email: str, password: str = GOOD, now: Any = NOON, source: str = "10.0.0.1"
    ) -> accounts.SignedIn:
        return accounts.sign_in(
            email,
            password,
            source=source,
            keys=self.keys,
            passwords=self.passwords,
            now=now,
        )


@pytest.fixture
def desk(gateways: Gateways, unit: int) -> Desk:
    """The desk of accounts."""
    return Desk(gateways, unit)


def refused(code: str) -> Any:
    """The act is refused with this code."""
    return pytest.raises(RuleBroken, match=f"^{code}$")


def actions() -> list[AuditAction]:
    """What the audit says happened."""
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_an_invited_person_sets_a_password_once_and_signs_in(desk: Desk) -> None:
    link = desk.create("  HOA@qn.vn ")
    assert open_link(link.token, keys=desk.keys, now=NOON) is not None
    with refused("sign_in_failed"):
        desk.sign_in("hoa@qn.vn", "")
    user_id = desk.set(link.token)
    with refused("link_spent"):
        desk.set(link.token)
    assert desk.sign_in("Hoa@QN.vn").user_id == user_id
    stored = db.session.scalars(select(OneTimeLink.token_hash)).all()
    assert link.token not in stored
    assert actions() == [
        AuditAction.ACCOUNT_CREATED,
        AuditAction.LINK_ISSUED,
        AuditAction.PASSWORD_SET,
        AuditAction.SIGNED_IN,
    ]


def test_the_audit_of_accounts_holds_no_name_and_no_address(desk: Desk) -> None:
    desk.ready()
    said = " ".join(str(details) for details in db.session.scalars(select(AuditEntry.details)))
    assert "Hoa" not in said
    assert "qn.vn" not in said


def test_a_link_runs_out(desk: Desk) -> None:
    link = desk.create()
    with refused("link_spent"):
        desk.set(link.token, now=NOON + timedelta(hours=72, seconds=1))
    reset = accounts.issue_reset(SYSTEM, desk.set(link.token), keys=desk.keys, now=NOON)
    with refused("link_spent"):
        desk.set(reset.token, now=NOON + timedelta(hours=24, seconds=1))


def test_a_new_link_ends_the_one_before(desk: Desk) -> None:
    first = desk.create()
    second = accounts.issue_reset(SYSTEM, first.user_id, keys=desk.keys, now=NOON)
    with refused("link_spent"):
        desk.set(first.token)
    assert desk.set(second.token) == first.user_id


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("ngắn", "password_short"),
        ("a" * 300, "password_long"),
        ("matkhau123", "password_common"),
        ("aaaaaaaaaaaa", "password_common"),
        ("1234567890", "password_common"),
        ("qwertyuiop", "password_common"),
        ("nguyenhoa2026", "password_personal"),
    ],
)
def test_a_weak_password_is_refused(desk: Desk, password: str, code: str) -> None:
    link = desk.create()
    with refused(code):
        desk.set(link.token, password)


def test_a_password_is_the_same_however_its_letters_are_composed(desk: Desk) -> None:
    import unicodedata

    desk.ready()
    assert desk.sign_in("hoa@qn.vn", unicodedata.normalize("NFD", GOOD))


def test_five_wrong_passwords_make_an_account_wait_longer_and_longer(desk: Desk) -> None:
    desk.ready()
    for _ in range(5):
        with refused("sign_in_failed"):
            desk.sign_in("hoa@qn.vn", "sai mật khẩu")
    with refused("sign_in_locked"):
        desk.sign_in("hoa@qn.vn")
    later = NOON + timedelta(minutes=1, seconds=1)
    with refused("sign_in_failed"):
        desk.sign_in("hoa@qn.vn", "sai mật khẩu", later)
    with refused("sign_in_locked"):
        desk.sign_in("hoa@qn.vn", now=later + timedelta(minutes=1))
    assert desk.sign_in("hoa@qn.vn", now=later + timedelta(minutes=2, seconds=1))
    assert actions().count(AuditAction.SIGN_IN_FAILED) == 2
    db.session.expire_all()
    assert db.session.scalars(select(SignInFailure.failures)).all() == [6]  # the source's count


def test_an_unknown_address_is_answered_like_a_known_one(desk: Desk) -> None:
    for _ in range(5):
        with refused("sign_in_failed"):
            desk.sign_in("ai@qn.vn")
    with refused("sign_in_locked"):
        desk.sign_in("ai@qn.vn")


def test_one_persons_failures_do_not_stop_the_office_behind_the_same_address(desk: Desk) -> None:
    desk.ready()
    for number in range(40):
        with refused("sign_in_failed"):
            desk.sign_in(f"other{number}@qn.vn", "sai mật khẩu")
    assert desk.sign_in("hoa@qn.vn")


def test_a_flood_from_one_place_is_slowed_down(desk: Desk) -> None:
    for number in range(accounts.SOURCE.tries):
        with refused("sign_in_failed"):
            desk.sign_in(f"other{number}@qn.vn", "sai mật khẩu")
    with refused("sign_in_locked"):
        desk.sign_in("another@qn.vn")
    with refused("sign_in_failed"):
        desk.sign_in("another@qn.vn", source="10.0.0.2")


def test_old_failures_are_forgotten(desk: Desk) -> None:
    desk.ready()
    for _ in range(4):
        with refused("sign_in_failed"):
            desk.sign_in("hoa@qn.vn", "sai mật khẩu")
    later = NOON + timedelta(hours=25)
    with refused("sign_in_failed"):
        desk.sign_in("hoa@qn.vn", "sai mật khẩu", later)
    assert desk.sign_in("hoa@qn.vn", now=later)
    assert forget_failures(now=later + timedelta(hours=25)) == 1


def test_a_closed_account_signs_nobody_in_and_has_no_actor(desk: Desk) -> None:
    desk.ready("quan@qn.vn", Role.ADMINISTRATOR)
    user_id = desk.ready()
    before = account(SYSTEM, user_id)
    change = AccountChange(
        name=before.name,
        unit_id=before.unit_id,
        roles=before.roles,
        active=False,
        version=before.version,
    )
    accounts.change_account(SYSTEM, user_id, change, keys=desk.keys, now=NOON)
    with refused("sign_in_failed"):
        desk.sign_in("hoa@qn.vn")
    assert actor_of(user_id) is None
    with pytest.raises(ChangedMeanwhile):
        accounts.change_account(SYSTEM, user_id, change, keys=desk.keys, now=NOON)


def test_the_last_administrator_stays(desk: Desk) -> None:
    user_id = desk.ready("quan@qn.vn", Role.ADMINISTRATOR)
    version = account(SYSTEM, user_id).version
    for roles, active in (
        (frozenset({Role.HANDLER}), True),
        (frozenset({Role.ADMINISTRATOR}), False),
    ):
        change = AccountChange(
            name="Q", unit_id=desk.unit, roles=roles, active=active, version=version
        )
        with refused("last_administrator"):
            accounts.change_account(SYSTEM, user_id, change, keys=desk.keys, now=NOON)


def test_signing_out_everywhere_ends_every_session(desk: Desk) -> None:
    user_id = desk.ready()
    before = person_of(user_id)
    assert before is not None
    accounts.sign_out_everywhere(before.actor, keys=desk.keys, now=NOON)
    after = person_of(user_id)
    assert after is not None
    assert after.epoch == before.epoch + 1


def test_changing_ones_password_needs_the_old_one(desk: Desk) -> None:
    user_id = desk.ready()
    me = Actor(user_id=user_id, unit_id=desk.unit)
    fresh = "một câu khác hẳn 7"

    def change(before: str, after: str) -> int:
        return accounts.change_password(
            me, before, after, keys=desk.keys, passwords=desk.passwords, now=NOON
        )

    with refused("password_wrong"):
        change("sai", fresh)
    change(GOOD, fresh)
    assert desk.sign_in("hoa@qn.vn", fresh)


def test_asking_for_a_reset_mails_a_known_person_once_and_nobody_else(desk: Desk) -> None:
    desk.ready()
    for email in ("ai@qn.vn", "hoa@qn.vn", "hoa@qn.vn"):
        accounts.ask_reset(email, keys=desk.keys, now=NOON)
    rows = db.session.scalars(select(OutgoingMessage)).all()
    assert len(rows) == 1
    assert b"hoa@qn.vn" not in rows[0].address
    assert desk.keys.unseal(rows[0].address) == "hoa@qn.vn"
    assert desk.set(desk.keys.unseal(rows[0].secret or b"")) > 0


def test_only_those_who_manage_accounts_may(desk: Desk) -> None:
    user_id = desk.ready()
    me = actor_of(user_id)
    assert me is not None
    new = NewAccount(email="x@qn.vn", name="X", unit_id=desk.unit, roles=frozenset({Role.HANDLER}))
    with pytest.raises(NotFound):
        accounts.create_account(me, new, keys=desk.keys, now=NOON)
    with pytest.raises(NotFound):
        accounts.issue_reset(me, user_id, keys=desk.keys, now=NOON)


@pytest.mark.parametrize(
    ("email", "code"),
    [("hoa@qn.vn", "email_taken"), ("hoa", "email_invalid"), ("a b@c.vn", "email_invalid")],
)
def test_an_odd_or_taken_address_is_refused(desk: Desk, email: str, code: str) -> None:
    desk.create()
    with refused(code):
        desk.create(email)


def test_a_citizens_role_cannot_be_given(desk: Desk) -> None:
    with refused("roles_missing"):
        desk.create("x@qn.vn", Role.CITIZEN)


def test_spent_links_are_removed(desk: Desk) -> None:
    desk.ready()
    open_one = desk.create("b@qn.vn")
    assert accounts.purge_links(now=NOON) == 1
    assert open_link(open_one.token, keys=desk.keys, now=NOON) is not None
    assert accounts.purge_links(now=NOON + timedelta(days=4)) == 1


def test_a_stronger_hash_replaces_a_weaker_one_at_sign_in(desk: Desk) -> None:
    from citizenfeedback.gateways.passwords import Argon2Passwords

    user_id = desk.ready()
    desk.passwords = Argon2Passwords(passes=2, kibibytes=16)
    before = db.session.scalar(select(User.password_hash).where(User.id == user_id))
    desk.sign_in("hoa@qn.vn")
    after = db.session.scalar(select(User.password_hash).where(User.id == user_id))
    assert before != after
    assert desk.sign_in("hoa@qn.vn")
