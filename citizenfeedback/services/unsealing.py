"""Reading what is sealed: a right of its own, a reason, and the log before the page.

The reading is written to the case's history and to the audit in a transaction of its own; only when
that is on disk is anything decrypted. No log, no page.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import can
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.vocabulary import (
    Action,
    AuditAction,
    Author,
    EventKind,
    MessageKind,
    SealedPart,
)
from citizenfeedback.gateways.files import FileStore
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.cases import SealedRecord
from citizenfeedback.models.timeline import CaseMessage, CaseNote
from citizenfeedback.queries.case_head import facts_of
from citizenfeedback.services.casework import Office, Seen, load_case
from citizenfeedback.services.chronicle import append_entry, append_event
from citizenfeedback.services.transaction import reading, transaction

SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True, repr=False)
class SealedMessage:
    """A sealed entry of the correspondence."""

    kind: MessageKind
    author: Author
    at: datetime
    body: str


@dataclass(frozen=True, slots=True, repr=False)
class SealedFile:
    """A sealed paper: its name is known here, its bytes are read one by one."""

    id: int
    name: str
    media_type: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Original:
    """What a denouncer handed in; never printed, not even by mistake."""

    number: str
    people: tuple[dict[str, str], ...] = ()
    spokespeople: tuple[dict[str, str], ...] = ()
    linked: tuple[str, ...] = ()
    words: str = ""
    wish: str = ""
    notes: tuple[str, ...] = ()
    messages: tuple[SealedMessage, ...] = ()
    files: tuple[SealedFile, ...] = field(default=())


@dataclass(frozen=True, slots=True, repr=False)
class SealedContent:
    """The bytes of one sealed paper."""

    name: str
    media_type: str
    content: bytes


def read_sealed(actor: Actor, seen: Seen, *, reason: str, office: Office) -> Original:
    """Log the reading, then give what is sealed of a case.

    Raises `NotFound`, `RuleBroken("not_granted")`, or `RuleBroken("reason_required")`.
    """
    case_id = _log(actor, seen, reason, office)
    session = reading()
    return Original(
        number=seen.number,
        **_records(session, office.keys, case_id),
        messages=_messages(session, office.keys, case_id),
        files=_files(session, office.keys, case_id),
    )


def read_sealed_file(
    actor: Actor, seen: Seen, attachment: int, *, reason: str, files: FileStore, office: Office
) -> SealedContent:
    """Log the reading of one paper, then give its bytes."""
    case_id = _log(actor, seen, reason, office, attachment=attachment)
    session = reading()
    found = {row.id: row for row in _files(session, office.keys, case_id)}[attachment]
    key = session.scalar(select(Attachment.storage_key).where(Attachment.id == attachment))
    return SealedContent(found.name, found.media_type, files.read(str(key), sealed=True))


def read_sealed_letter(
    actor: Actor, seen: Seen, letter: int, *, reason: str, office: Office
) -> None:
    """Log that an issued letter which names a denouncer is opened; only then may it be."""
    _log(actor, seen, reason, office, letter=letter)


def _log(
    actor: Actor,
    seen: Seen,
    reason: str,
    office: Office,
    attachment: int | None = None,
    letter: int | None = None,
) -> int:
    """Write who reads and why; nothing is opened before this is on disk."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise RuleBroken("reason_too_short", limit=SHORTEST_REASON)
    with transaction() as session:
        row = load_case(session, actor, seen.number)
        if not can(actor, Action.READ_SEALED, facts_of(row)):
            raise RuleBroken("not_granted", action=Action.READ_SEALED)
        if attachment is not None and not _holds(session, row.id, attachment):
            raise NotFound("attachment")
        note_id = session.scalar(
            insert(CaseNote)
            .values(case_id=row.id, author_id=actor.user_id, at=office.now, body=reason)
            .returning(CaseNote.id)
        )
        details: dict[str, object] = {"note": note_id}
        if attachment is not None:
            details["attachment"] = attachment
        if letter is not None:
            details["letter_id"] = letter
        append_event(
            session,
            office.keys,
            actor,
            EventKind.SEALED_READ,
            case_id=row.id,
            state=row.state,
            now=office.now,
            on=office.today,
            details=details,
        )
        append_entry(
            session,
            office.keys,
            actor,
            AuditAction.SEALED_READ,
            now=office.now,
            case_id=row.id,
            details=details,
        )
        return int(row.id)


def _holds(session: Session, case_id: int, attachment: int) -> bool:
    return (
        session.scalar(
            select(Attachment.id).where(
                Attachment.id == attachment, Attachment.case_id == case_id, Attachment.sealed
            )
        )
        is not None
    )


_OPENED = (SealedPart.IDENTITY, SealedPart.PEOPLE, SealedPart.LINK, SealedPart.WORDS)


def _records(session: Session, keys: Keys, case_id: int) -> dict[str, Any]:
    people: list[dict[str, str]] = []
    spokespeople: list[dict[str, str]] = []
    linked: list[str] = []
    words: list[dict[str, Any]] = []
    for row in session.execute(
        select(SealedRecord.part, SealedRecord.ciphertext)
        .where(
            SealedRecord.case_id == case_id,
            SealedRecord.part.in_(_OPENED),
        )
        .order_by(SealedRecord.id)
    ):
        content = json.loads(keys.unseal(row.ciphertext))
        if row.part is SealedPart.IDENTITY:
            people += content
        elif row.part is SealedPart.PEOPLE:
            spokespeople += content
        elif row.part is SealedPart.LINK:
            linked.append(content["number"])
        else:
            words.append(content)
    return {
        "people": tuple(people),
        "spokespeople": tuple(spokespeople),
        "linked": tuple(linked),
        "words": "\n\n".join(told["words"] for told in words if told.get("words")),
        "wish": "\n\n".join(told["wish"] for told in words if told.get("wish")),
        "notes": tuple(note for told in words for note in told.get("notes", ())),
    }


def _messages(session: Session, keys: Keys, case_id: int) -> tuple[SealedMessage, ...]:
    rows = session.execute(
        select(CaseMessage.kind, CaseMessage.author, CaseMessage.at, CaseMessage.sealed_body)
        .where(CaseMessage.case_id == case_id, CaseMessage.sealed_body.is_not(None))
        .order_by(CaseMessage.id)
    )
    return tuple(
        SealedMessage(row.kind, row.author, row.at, keys.unseal(row.sealed_body or b""))
        for row in rows
    )


def _files(session: Session, keys: Keys, case_id: int) -> tuple[SealedFile, ...]:
    rows = session.execute(
        select(
            Attachment.id,
            Attachment.media_type,
            Attachment.size,
            Attachment.at,
            SealedRecord.ciphertext,
        )
        .outerjoin(
            SealedRecord,
            (SealedRecord.attachment_id == Attachment.id)
            & (SealedRecord.part == SealedPart.FILE_NAME),
        )
        .where(Attachment.case_id == case_id, Attachment.sealed)
        .order_by(Attachment.id)
    )
    return tuple(
        SealedFile(
            row.id,
            keys.unseal(row.ciphertext) if row.ciphertext else "",
            row.media_type,
            row.size,
            row.at,
        )
        for row in rows
    )
