"""How every service writes history: one event an act in the case's chain, one entry in the audit.

Shared steps, called inside a transaction; nothing here commits or decides.
"""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from citizenfeedback.domain.chain import START, entry_link, event_link
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Linker
from citizenfeedback.domain.vocabulary import AuditAction, Author, EventKind, State
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.services.rows import add_row

AUDIT_LOCK = 0x43464155
"""Key of the PostgreSQL advisory lock that keeps the audit chain from forking."""


def author_of(actor: Actor) -> Author:
    """Which side `actor` stands on."""
    if actor.is_staff:
        return Author.OFFICIAL
    return Author.CITIZEN if actor.case_id is not None else Author.SYSTEM


def last_link(session: Session, case_id: int) -> tuple[int, str]:
    """Return number and hash of the newest event of a case; (0, "") before the first."""
    row = session.execute(
        select(CaseEvent.seq, CaseEvent.hash)
        .where(CaseEvent.case_id == case_id)
        .order_by(CaseEvent.seq.desc())
        .limit(1)
    ).first()
    return (row.seq, row.hash) if row else (0, START)


def append_event(
    session: Session,
    keys: Linker,
    actor: Actor,
    kind: EventKind,
    *,
    case_id: int,
    state: State,
    now: datetime,
    on: date,
    details: Mapping[str, object] | None = None,
    author: Author | None = None,
    first: bool = False,
) -> int:
    """Add one event to the chain of a case and return its number in that case.

    `details` holds codes, dates, numbers and references only: never a name, contact or text of a
    person. `first` says that the case is new, which spares the look-up on the filing path.
    """
    seq, before = (0, START) if first else last_link(session, case_id)
    facts = dict(details or {})
    row = {
        "case_id": case_id,
        "seq": seq + 1,
        "kind": kind,
        "at": now,
        "on": on,
        "author": author or author_of(actor),
        "actor_id": actor.user_id,
        "unit_id": actor.unit_id,
        "state": state,
        "details": facts,
        "hash": event_link(
            keys.link,
            before,
            case_id=case_id,
            seq=seq + 1,
            kind=kind,
            at=now,
            on=on,
            state=state,
            actor_id=actor.user_id,
            details=facts,
        ),
    }
    add_row(session, CaseEvent, row)
    return seq + 1


def hold_audit(session: Session) -> None:
    """Wait until nobody else writes to the audit, and keep others waiting until this is signed.

    An act that ends in an entry and first looks whether something is there already begins with
    this: of two at once the second then sees what the first made. SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": AUDIT_LOCK})


def append_entry(
    session: Session,
    keys: Linker,
    actor: Actor,
    action: AuditAction,
    *,
    now: datetime,
    case_id: int | None = None,
    details: Mapping[str, object] | None = None,
) -> None:
    """Add one entry to the audit; `details` never holds personal data."""
    hold_audit(session)
    before = session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1))
    facts = dict(details or {})
    session.execute(
        insert(AuditEntry).values(
            at=now,
            actor_id=actor.user_id,
            action=action,
            case_id=case_id,
            details=facts,
            hash=entry_link(
                keys.link,
                before or START,
                action=action,
                at=now,
                actor_id=actor.user_id,
                case_id=case_id,
                details=facts,
            ),
        )
    )
