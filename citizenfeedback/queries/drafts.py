"""What a browser's token opens: a draft being written, or the receipt of one just sent."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from citizenfeedback.domain.drafts import DRAFT_LIFE, DraftContent, ReceiptFacts
from citizenfeedback.domain.explanation_store import recall
from citizenfeedback.domain.keys import Box, Finder
from citizenfeedback.domain.slips import copy_of
from citizenfeedback.domain.vocabulary import CaseKind, ClockKind
from citizenfeedback.models.attachments import DraftFile
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case, CaseClock, Draft
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.prepared import Look
from citizenfeedback.queries.ledger import PROMISED


@dataclass(frozen=True, slots=True)
class StoredDraftFile:
    """A file of a draft; the bytes lie encrypted under `storage_key`."""

    id: int
    storage_key: str
    digest: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft that can still be changed and sent."""

    id: int
    submission_id: str
    content: DraftContent
    saved_at: datetime
    kept_until: datetime | None
    files: tuple[StoredDraftFile, ...]


def own_copy(keys: Finder, draft: OpenDraft) -> str:
    """The copy of what is about to be filed, for its sender; its digest goes onto the slip."""
    salt = keys.fingerprint("receipt_salt", draft.submission_id)
    files = tuple((file.name, file.size) for file in draft.files)
    return copy_of(draft.content.as_asked(), salt, files)


@dataclass(frozen=True, slots=True)
class Sent:
    """That the draft was sent: the two numbers of its case, and the digest of what was filed."""

    case_id: int
    number: str
    access_code: str
    digest: str = ""


_DRAFTS, _FILES = Draft.__table__, DraftFile.__table__
# Made once: it runs on every page of filing.
_DRAFT = Look(
    select(
        _DRAFTS.c.id,
        _DRAFTS.c.submission_id,
        _DRAFTS.c.ciphertext,
        _DRAFTS.c.expires_at,
        _DRAFTS.c.kept_until,
        _FILES.c.id.label("file_id"),
        _FILES.c.storage_key,
        _FILES.c.digest,
        _FILES.c.sealed_name,
        _FILES.c.media_type,
        _FILES.c.size,
    )
    .outerjoin_from(_DRAFTS, _FILES, _FILES.c.draft_id == _DRAFTS.c.id)
    .where(_DRAFTS.c.token_hash == bindparam("name"))
    .order_by(_FILES.c.id)
)


def draft_in(box: Box, *, now: datetime) -> OpenDraft | Sent | None:
    """What lies in the box; nothing when its time is over or the token is not known."""
    rows = _DRAFT.rows(db.session.connection(), name=box.name)
    if not rows or max(rows[0].expires_at, rows[0].kept_until or now) <= now:
        return None
    first = rows[0]
    text = box.unseal(first.ciphertext)
    sent = _as_sent(text)
    if sent is not None:
        return sent
    return OpenDraft(
        first.id,
        first.submission_id,
        DraftContent.from_text(text),
        first.expires_at - DRAFT_LIFE,
        first.kept_until,
        tuple(
            StoredDraftFile(
                row.file_id,
                row.storage_key,
                row.digest,
                box.unseal(row.sealed_name),
                row.media_type,
                row.size,
            )
            for row in rows
            if row.file_id is not None
        ),
    )


def sent_text(sent: Sent) -> str:
    """A receipt as text, to be sealed in the place of the draft."""
    return json.dumps({"sent": [sent.case_id, sent.number, sent.access_code, sent.digest]})


def receipt_facts(sent: Sent) -> ReceiptFacts:
    """What the receipt of a case just sent tells, with its nearest term and how it is counted."""
    row = db.session.execute(
        select(
            Case.kind,
            Case.formal,
            Case.signed,
            Case.registered_at,
            Unit.code,
            Unit.name,
            Unit.name_en,
            Unit.address,
            Unit.hours,
        )
        .join(Unit, Unit.id == Case.unit_id)
        .where(Case.id == sent.case_id)
    ).one()
    clock = db.session.execute(
        select(CaseClock.clock, CaseClock.explanation)
        .where(
            CaseClock.case_id == sent.case_id,
            CaseClock.stopped_on.is_(None),
            CaseClock.clock.in_(sorted(PROMISED)),
        )
        .order_by(CaseClock.due_on, CaseClock.id)
        .limit(1)
    ).first()
    return ReceiptFacts(
        number=sent.number,
        access_code=sent.access_code,
        kind=CaseKind(row.kind),
        formal=row.formal,
        signed=row.signed,
        registered_at=row.registered_at,
        unit_code=row.code,
        unit_name=row.name,
        unit_name_en=row.name_en,
        unit_address=row.address,
        unit_hours=row.hours,
        clock=ClockKind(clock.clock) if clock else None,
        explanation=recall(clock.explanation) if clock else None,
    )


def _as_sent(text: str) -> Sent | None:
    kept = json.loads(text).get("sent")
    return Sent(*kept) if kept else None
