"""Takes mail that is due from the outbox and hands it over, one at a time.

Taking is one short transaction (a lease), handing over happens outside any, marking is another. A
crash between the last two sends the mail again, with the same Message-ID. Once sent or given up, a
row keeps neither address nor secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from citizenfeedback.documents.mail import mail_text
from citizenfeedback.documents.sms import sms_text
from citizenfeedback.domain.keys import Unsealer
from citizenfeedback.domain.vocabulary import MailKind
from citizenfeedback.gateways.keys import CannotUnseal
from citizenfeedback.gateways.mail import Mail, MailFailed, MailGateway
from citizenfeedback.gateways.sms import Sms, SmsGateway
from citizenfeedback.models.accounts import User
from citizenfeedback.models.cases import JoinedContact, NoticeContact
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.services.transaction import reading, transaction

LEASE = timedelta(minutes=2)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST_TRIES = 12
MOST_AT_ONCE = 50

NEEDS_CONFIRMED = frozenset({MailKind.CITIZEN_NEWS, MailKind.CITIZEN_PROOF})
"""To a citizen's address only what they confirmed may go, but for the question itself."""


@dataclass(frozen=True)
class Delivered:
    """What one round did."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0

    def __str__(self) -> str:
        """A few words for the log; blank when there was nothing to do."""
        if self == Delivered():
            return ""
        return f"{self.sent} sent, {self.put_off} put off, {self.given_up} given up"


@dataclass(frozen=True)
class _Taken:
    unwanted: str
    id: int
    kind: MailKind
    case_id: int | None
    user_id: int | None
    address: bytes
    language: str
    details: dict[str, Any]
    secret: bytes | None
    message_id: str
    attempts: int


@dataclass(frozen=True)
class WaysOut:
    """The ways out: mail to addresses, text messages to numbers."""

    mail: MailGateway
    sms: SmsGateway


def deliver_due(
    post: WaysOut, keys: Unsealer, address: str, *, now: datetime, most: int = MOST_AT_ONCE
) -> Delivered:
    """Hand over what is due, at most `most`; `address` is where the site is reached."""
    sent = put_off = given_up = 0
    for _ in range(most):
        taken = _take(now)
        if taken is None:
            break
        failure = _hand_over(post, keys, address, taken)
        if failure is None:
            _mark_sent(taken.id, now)
            sent += 1
        elif failure.for_good or taken.attempts >= MOST_TRIES:
            _mark_given_up(taken.id, failure.code, now)
            given_up += 1
        else:
            _put_off(taken, failure.code, now)
            put_off += 1
    return Delivered(sent, put_off, given_up)


def _take(now: datetime) -> _Taken | None:
    """Lease the oldest mail that is due; another worker does not get the same one."""
    due = (
        select(OutgoingMessage.id)
        .where(
            OutgoingMessage.sent_at.is_(None),
            OutgoingMessage.failed_at.is_(None),
            OutgoingMessage.run_at <= now,
            or_(OutgoingMessage.lease_until.is_(None), OutgoingMessage.lease_until < now),
        )
        .order_by(OutgoingMessage.run_at, OutgoingMessage.id)
        .limit(1)
    )
    if reading().scalar(due) is None:
        return None  # an empty outbox is looked at every few seconds: no write lock for that
    with transaction() as session:
        row = session.execute(
            update(OutgoingMessage)
            .where(OutgoingMessage.id == due.with_for_update(skip_locked=True).scalar_subquery())
            .values(lease_until=now + LEASE, attempts=OutgoingMessage.attempts + 1)
            .returning(
                OutgoingMessage.id,
                OutgoingMessage.kind,
                OutgoingMessage.case_id,
                OutgoingMessage.user_id,
                OutgoingMessage.address,
                OutgoingMessage.language,
                OutgoingMessage.details,
                OutgoingMessage.secret,
                OutgoingMessage.message_id,
                OutgoingMessage.attempts,
            )
            .execution_options(synchronize_session=False)
        ).first()
        if row is None:
            return None
        unwanted = _unwanted(session, row.kind, row.case_id, row.user_id) or _left(session, row)
        return _Taken(unwanted, *row)


def _hand_over(post: WaysOut, keys: Unsealer, address: str, taken: _Taken) -> MailFailed | None:
    """Word it and give it to the gateway of its address; returns why it was not taken."""
    if taken.unwanted:
        return MailFailed(taken.unwanted, for_good=True)
    try:
        to = keys.unseal(taken.address)
        secret = keys.unseal(taken.secret) if taken.secret is not None else None
    except CannotUnseal:
        return MailFailed("cannot_unseal", for_good=True)
    if "@" not in to:
        return _send_sms(post.sms, to, address, taken, secret)
    words = mail_text(
        taken.kind, taken.language, address=address, details=taken.details, secret=secret
    )
    try:
        post.mail.send(
            Mail(
                to=to,
                subject=words.subject,
                text=words.text,
                message_id=taken.message_id,
                language=taken.language,
            )
        )
    except MailFailed as failure:
        return failure
    return None


def _send_sms(
    gateway: SmsGateway, to: str, address: str, taken: _Taken, secret: str | None
) -> MailFailed | None:
    text = sms_text(taken.kind, taken.language, address=address, secret=secret)
    try:
        gateway.send(Sms(to=to, text=text, message_id=taken.message_id))
    except MailFailed as failure:
        return failure
    return None


def _unwanted(session: Session, kind: MailKind, case_id: int | None, user_id: int | None) -> str:
    """Why this mail must not go out any more: the contact or the account is gone."""
    if kind in NEEDS_CONFIRMED:
        confirmed = session.scalar(
            select(NoticeContact.confirmed_at).where(NoticeContact.case_id == case_id)
        )
        if confirmed is None:
            return "contact_not_confirmed"
    if user_id is not None and not session.scalar(select(User.active).where(User.id == user_id)):
        return "account_closed"
    return ""


def _left(session: Session, row: Any) -> str:
    """Why those who joined a reflection must not be written to: they left, or never confirmed."""
    joined = row.details.get("joined")
    if joined is None:
        return ""
    contact = session.execute(
        select(JoinedContact.confirmed_at).where(JoinedContact.id == joined)
    ).first()
    if contact is None:
        return "contact_gone"
    if row.kind is MailKind.JOINED_NEWS and contact.confirmed_at is None:
        return "contact_not_confirmed"
    return ""


def _mark_sent(message_id: int, now: datetime) -> None:
    with transaction() as session:
        session.execute(
            update(OutgoingMessage)
            .where(OutgoingMessage.id == message_id)
            .values(sent_at=now, lease_until=None, address=b"", secret=None, failure="")
        )


def _mark_given_up(message_id: int, code: str, now: datetime) -> None:
    with transaction() as session:
        session.execute(
            update(OutgoingMessage)
            .where(OutgoingMessage.id == message_id)
            .values(failed_at=now, lease_until=None, address=b"", secret=None, failure=code[:80])
        )


def _put_off(taken: _Taken, code: str, now: datetime) -> None:
    wait = min(FIRST_WAIT * 2 ** min(taken.attempts - 1, 12), LONGEST_WAIT)
    with transaction() as session:
        session.execute(
            update(OutgoingMessage)
            .where(OutgoingMessage.id == taken.id)
            .values(run_at=now + wait, lease_until=None, failure=code[:80])
        )
