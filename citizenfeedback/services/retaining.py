"""Carries out how long records are kept: small pieces, each in a transaction of its own.

Of a case whose term is over a skeleton stays: number, kind, unit, dates and outcome, so that every
figure adds up as before, and its history, which names nobody. What goes leaves no bytes in the
database and no file in the store. Letters that were issued are the office's own documents and stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.keys import Linker
from citizenfeedback.domain.privacy import Retention, Span
from citizenfeedback.domain.vocabulary import (
    AuditAction,
    EventKind,
    Kept,
)
from citizenfeedback.gateways.files import FileStore
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.cases import (
    Case,
    CasePerson,
    CaseText,
    JoinedContact,
    NoticeContact,
    PublicReflection,
    SealedRecord,
    SecondProof,
)
from citizenfeedback.models.devices import KioskTap
from citizenfeedback.models.letters import LetterEnclosure
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.privacy import DataRequest
from citizenfeedback.models.ratings import RatingComment
from citizenfeedback.models.search import CaseSearch
from citizenfeedback.models.timeline import CaseDraftAnswer, CaseMessage, CaseNote
from citizenfeedback.queries.retention import due_ids
from citizenfeedback.services.chronicle import append_entry, append_event
from citizenfeedback.services.erasing import remove_files
from citizenfeedback.services.registering import search_text
from citizenfeedback.services.sealing import (
    empty_log,
    forget_words,
    overwrite_what_goes,
    rewrite_file,
)
from citizenfeedback.services.transaction import transaction

PIECE = 200
"""Rows, or cases, that one transaction erases."""


def erase_expired(
    rules: Iterable[Retention], *, keys: Linker, files: FileStore, today: date, now: datetime
) -> dict[Kept, int]:
    """Erase what has been kept its time; how much of each kind went."""
    gone: dict[Kept, int] = {}
    for rule in rules:
        if rule.span is None or rule.elsewhere:
            continue
        number = _erase(rule, rule.span, keys, files, today, now)
        if number:
            gone[rule.kept] = number
    if gone:
        if gone.keys() & _WHOLE_CASES:
            # Once for all pieces: it reads the whole index of words.
            with transaction() as session:
                overwrite_what_goes(session)
                forget_words(session)
            rewrite_file()
        empty_log()
    return gone


def _erase(
    rule: Retention, span: Span, keys: Linker, files: FileStore, today: date, now: datetime
) -> int:
    """Erase what one rule lets go, piece by piece, and note in the audit how much it was."""
    erased = 0
    while True:
        stored: tuple[str, ...] = ()
        with transaction() as session:
            found = session.scalars(due_ids(rule, span.before(today)).limit(PIECE)).all()
            if not found:
                break
            overwrite_what_goes(session)
            stored = _ERASERS[rule.kept](session, found, _Stroke(rule, keys, today, now))
            erased += len(found)
        remove_files(files, stored)
    if erased:
        with transaction() as session:
            details = {"kept": rule.kept, "count": erased}
            append_entry(session, keys, SYSTEM, AuditAction.DATA_ERASED, now=now, details=details)
    return erased


@dataclass(frozen=True, slots=True)
class _Stroke:
    """What an eraser needs beside the rows."""

    rule: Retention
    keys: Linker
    today: date
    now: datetime


def _mails(session: Session, ids: Sequence[int], _: _Stroke) -> tuple[str, ...]:
    """The occasion stays: it keeps a mail from being written twice."""
    session.execute(
        update(OutgoingMessage)
        .where(OutgoingMessage.id.in_(ids))
        .values(address=b"", details={}, secret=None)
    )
    return ()


def _taps(session: Session, ids: Sequence[int], _: _Stroke) -> tuple[str, ...]:
    session.execute(delete(KioskTap).where(KioskTap.rating_id.in_(ids)))
    return ()


def _comments(session: Session, ids: Sequence[int], _: _Stroke) -> tuple[str, ...]:
    session.execute(delete(RatingComment).where(RatingComment.rating_id.in_(ids)))
    return ()


def _verdict_words(session: Session, ids: Sequence[int], _: _Stroke) -> tuple[str, ...]:
    session.execute(delete(CaseMessage).where(CaseMessage.id.in_(ids)))
    return ()


def _reflections(session: Session, ids: Sequence[int], _: _Stroke) -> tuple[str, ...]:
    session.execute(delete(PublicReflection).where(PublicReflection.case_id.in_(ids)))
    return ()


def _contacts(session: Session, ids: Sequence[int], _: _Stroke) -> tuple[str, ...]:
    session.execute(delete(SecondProof).where(SecondProof.case_id.in_(ids)))
    session.execute(delete(NoticeContact).where(NoticeContact.case_id.in_(ids)))
    return ()


def _joined(session: Session, ids: Sequence[int], _: _Stroke) -> tuple[str, ...]:
    session.execute(delete(JoinedContact).where(JoinedContact.id.in_(ids)))
    return ()


def _cases(session: Session, ids: Sequence[int], stroke: _Stroke) -> tuple[str, ...]:
    """Erase all that names somebody or was written by or about them; the skeleton stays."""
    stored = session.scalars(
        select(Attachment.storage_key).where(Attachment.case_id.in_(ids))
    ).all()
    papers = select(Attachment.id).where(Attachment.case_id.in_(ids))
    session.execute(delete(LetterEnclosure).where(LetterEnclosure.attachment_id.in_(papers)))
    session.execute(
        update(DataRequest)
        .where(DataRequest.case_id.in_(ids))
        .values(message_id=None, answer_id=None)
    )
    for table in (
        SealedRecord,
        Attachment,
        CasePerson,
        CaseText,
        CaseMessage,
        CaseDraftAnswer,
        PublicReflection,
    ):
        session.execute(delete(table).where(table.case_id.in_(ids)))
    _contacts(session, ids, stroke)
    # Other rows refer to notes: what was written goes, that something was noted stays.
    session.execute(update(CaseNote).where(CaseNote.case_id.in_(ids)).values(body=""))
    session.execute(
        update(OutgoingMessage)
        .where(
            OutgoingMessage.case_id.in_(ids),
            or_(OutgoingMessage.sent_at.is_not(None), OutgoingMessage.failed_at.is_not(None)),
        )
        .values(address=b"", details={}, secret=None)
    )
    session.execute(
        update(Case)
        .where(Case.id.in_(ids))
        .values(
            summary="",
            respondent="",
            late_entry_reason="",
            citizen_wrote=False,
            erased_on=stroke.today,
            version=Case.version + 1,
        )
    )
    rows = session.execute(
        select(Case.id, Case.number, Case.register_code, Case.state).where(Case.id.in_(ids))
    ).all()
    for row in rows:
        folded = search_text(row.number, [], "", row.register_code or "")
        session.execute(
            update(CaseSearch).where(CaseSearch.case_id == row.id).values(folded=folded)
        )
        append_event(
            session,
            stroke.keys,
            SYSTEM,
            EventKind.DATA_ERASED,
            case_id=row.id,
            state=row.state,
            now=stroke.now,
            on=stroke.today,
            details={"kept": stroke.rule.kept},
        )
    return tuple(stored)


_Eraser = Callable[[Session, Sequence[int], _Stroke], tuple[str, ...]]
_ERASERS: dict[Kept, _Eraser] = {
    Kept.OUTGOING_MAIL: _mails,
    Kept.KIOSK_TAP: _taps,
    Kept.RATING_COMMENT: _comments,
    Kept.VERDICT_WORDS: _verdict_words,
    Kept.PUBLIC_REFLECTION: _reflections,
    Kept.NOTICE_CONTACT: _contacts,
    Kept.JOINED_CONTACT: _joined,
    Kept.INELIGIBLE_SUBMISSION: _cases,
    Kept.CASE_FILE: _cases,
}
_WHOLE_CASES = frozenset(kept for kept, eraser in _ERASERS.items() if eraser is _cases)
