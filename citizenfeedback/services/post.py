"""How every service writes mail: a row of the outbox in the transaction of the act itself.

The address is sealed; `details` carries numbers and dates only. Two rows for the same occasion are
impossible, so a repeated act or job does not repeat a mail.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.keys import Sealer
from citizenfeedback.domain.vocabulary import MailKind
from citizenfeedback.models.accounts import User
from citizenfeedback.models.cases import NoticeContact
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.services.rows import add_unless_taken


def queue_mail(
    session: Session,
    keys: Sealer,
    kind: MailKind,
    *,
    occasion: str,
    address: bytes,
    language: str,
    now: datetime,
    case_id: int | None = None,
    user_id: int | None = None,
    details: Mapping[str, object] | None = None,
    secret: str | None = None,
    sealed_secret: bytes | None = None,
) -> None:
    """Write one mail to the outbox, once per `occasion`.

    `address` is already sealed. `secret` (a token or code that the mail must carry) is sealed here
    unless it comes as `sealed_secret`, and erased when the mail is sent.
    """
    # The Message-ID must stay the same when a mail is handed over twice, and tell nothing.
    message_id = hashlib.sha256(f"{occasion}|{now.isoformat()}".encode()).hexdigest()[:40]
    mail = {
        "occasion": occasion,
        "kind": kind,
        "case_id": case_id,
        "user_id": user_id,
        "address": address,
        "language": language,
        "details": dict(details or {}),
        "secret": sealed_secret if secret is None else keys.seal(secret),
        "message_id": message_id,
        "created_at": now,
        "run_at": now,
        "attempts": 0,
        "failure": "",
    }
    add_unless_taken(session, OutgoingMessage, "occasion", mail)


def tell_official(
    session: Session,
    keys: Sealer,
    kind: MailKind,
    user_id: int,
    *,
    occasion: str,
    case_id: int,
    details: Mapping[str, object],
    now: datetime,
) -> None:
    """Queue a mail to an official: number and date only, never kind, name or content."""
    row = session.execute(
        select(User.email, User.language).where(User.id == user_id, User.active)
    ).first()
    if row is not None:
        queue_mail(
            session,
            keys,
            kind,
            occasion=occasion,
            address=keys.seal(row.email),
            language=row.language,
            now=now,
            case_id=case_id,
            user_id=user_id,
            details=details,
        )


def tell_citizen(
    session: Session, keys: Sealer, case_id: int, *, seq: int, language: str, now: datetime
) -> None:
    """Queue "there is news" to the citizen, if there is an address and it was confirmed.

    The mail says neither number nor kind nor content; `seq` is the event it tells of.
    """
    sealed = session.scalar(
        select(NoticeContact.ciphertext).where(
            NoticeContact.case_id == case_id,
            NoticeContact.confirmed_at.is_not(None),
            NoticeContact.wants_news,
        )
    )
    if sealed is not None:
        queue_mail(
            session,
            keys,
            MailKind.CITIZEN_NEWS,
            occasion=f"news:{case_id}:{seq}",
            address=sealed,
            language=language,
            now=now,
            case_id=case_id,
        )
