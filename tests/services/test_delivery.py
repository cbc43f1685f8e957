"""The outbox: sent once, tried again later, given up, and nothing kept of the address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import CaseField, CaseKind, Channel, MailKind
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.mail import MailFailed, RecordingMail
from citizenfeedback.gateways.sms import RecordingSms
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import NoticeContact
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services.delivery import LEASE, MOST_TRIES, Delivered, WaysOut, deliver_due
from citizenfeedback.services.post import queue_mail, tell_citizen
from citizenfeedback.services.registering import NewCase, register
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import make_unit, make_user

pytestmark = pytest.mark.both_databases
ADDRESS = "https://tiengnoi.example.vn"


class Post:
    """The outbox of an office with one official."""

    def __init__(self, gateways: Gateways) -> None:
        self.keys = gateways.keys
        assert isinstance(gateways.mail, RecordingMail)
        self.mail = gateways.mail
        assert isinstance(gateways.sms, RecordingSms)
        self.sms = gateways.sms
        self.unit_id = make_unit(gateways, "QN")
        self.user_id = make_user(gateways, self.unit_id)

    def queue(
        self, occasion: str = "a", *, now: datetime = NOON, secret: str | None = None
    ) -> None:
        with transaction() as session:
            queue_mail(
                session,
                self.keys,
                MailKind.STAFF_ASSIGNED if secret is None else MailKind.ACCOUNT_RESET,
                occasion=occasion,
                address=self.keys.seal("hoa@qn.vn"),
                language="vi",
                now=now,
                user_id=self.user_id,
                details={"number": "26-4K7Q-2", "due": "2026-12-04"},
                secret=secret,
            )

    def deliver(self, now: datetime = NOON, **more: Any) -> Delivered:
        return deliver_due(WaysOut(self.mail, self.sms), self.keys, ADDRESS, now=now, **more)

    def row(self) -> OutgoingMessage:
        db.session.expire_all()
        return db.session.scalars(select(OutgoingMessage)).one()


@pytest.fixture
def post(session: Any, gateways: Gateways) -> Any:
    """The outbox."""
    made = Post(gateways)
    yield made
    made.mail.failing = None


def test_a_mail_goes_out_once_and_its_address_is_forgotten(post: Post) -> None:
    post.queue()
    post.queue()
    assert post.deliver() == Delivered(sent=1)
    assert post.deliver() == Delivered()
    (mail,) = post.mail.sent
    assert (mail.to, mail.subject) == ("hoa@qn.vn", "Đơn 26-4K7Q-2: giao cho anh/chị")
    assert "04/12/2026" in mail.text
    row = post.row()
    assert (row.address, row.secret, row.sent_at) == (b"", None, NOON)


def test_the_secret_is_in_the_mail_and_gone_from_the_row(post: Post) -> None:
    post.queue(secret="token-abc")
    post.deliver()
    assert f"{ADDRESS}/account/link/token-abc" in post.mail.sent[0].text
    assert post.row().secret is None


def test_a_failed_mail_is_tried_again_later_and_later_with_the_same_id(post: Post) -> None:
    post.queue()
    post.mail.failing = MailFailed("server_said_451")
    assert post.deliver() == Delivered(put_off=1)
    assert post.deliver() == Delivered()
    assert post.row().run_at == NOON + timedelta(minutes=1)
    assert post.deliver(NOON + timedelta(minutes=1)) == Delivered(put_off=1)
    assert post.row().run_at == NOON + timedelta(minutes=3)
    post.mail.failing = None
    assert post.deliver(NOON + timedelta(minutes=3)) == Delivered(sent=1)
    assert post.mail.sent[0].message_id == post.row().message_id


def test_a_mail_is_given_up_after_many_tries(post: Post) -> None:
    post.queue()
    post.mail.failing = MailFailed("OSError")
    now = NOON
    for _ in range(MOST_TRIES - 1):
        assert post.deliver(now) == Delivered(put_off=1)
        now += timedelta(hours=7)
    assert post.deliver(now) == Delivered(given_up=1)
    row = post.row()
    assert (row.failure, row.address, row.failed_at) == ("OSError", b"", now)


def test_a_refused_recipient_is_given_up_at_once(post: Post) -> None:
    post.queue()
    post.mail.failing = MailFailed("recipient_refused", for_good=True)
    assert post.deliver() == Delivered(given_up=1)


def test_a_mail_taken_by_a_worker_that_died_is_taken_again_after_its_lease(post: Post) -> None:
    from citizenfeedback.services import delivery

    post.queue()
    assert delivery._take(NOON) is not None
    assert delivery._take(NOON) is None
    assert post.deliver(NOON + LEASE + timedelta(seconds=1)) == Delivered(sent=1)


def test_one_round_takes_no_more_than_it_should(post: Post) -> None:
    for number in range(5):
        post.queue(f"o{number}")
    assert post.deliver(most=3) == Delivered(sent=3)


def test_news_goes_only_to_an_address_the_citizen_confirmed(post: Post) -> None:
    calendar = work_calendar()
    with transaction() as session:
        new = NewCase(
            kind=CaseKind.PETITION,
            field=CaseField.LAND,
            channel=Channel.WEB,
            unit_id=post.unit_id,
            received_on=NOON.date(),
            notify="dan@example.vn",
        )
        made = register(session, post.keys, calendar, Policy(), SYSTEM, new, now=NOON)
        tell_citizen(session, post.keys, made.id, seq=1, language="vi", now=NOON)
    assert post.deliver() == Delivered(sent=1)  # the question itself
    assert "/track/confirm/" in post.mail.sent[0].text
    assert made.number not in post.mail.sent[0].text
    with transaction() as session:
        session.get_one(NoticeContact, made.id).confirmed_at = NOON
        tell_citizen(session, post.keys, made.id, seq=2, language="vi", now=NOON)
        tell_citizen(session, post.keys, made.id, seq=3, language="vi", now=NOON)
    with transaction() as session:
        session.get_one(NoticeContact, made.id).confirmed_at = None
    assert post.deliver() == Delivered(given_up=2)


def test_nothing_goes_to_a_closed_account(post: Post) -> None:
    from citizenfeedback.models.accounts import User

    post.queue()
    with transaction() as session:
        session.get_one(User, post.user_id).active = False
    assert post.deliver() == Delivered(given_up=1)
    assert post.row().failure == "account_closed"
