"""Checks that history is whole: chains and their daily anchors, files, letters, closed reports.

Every link is made again from what the row says and compared; a row that was changed, removed or put
in behind the product's back shows, because nobody without the key can make the hash that fits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from citizenfeedback.domain.chain import START, document_digest, entry_link, event_link
from citizenfeedback.domain.closing import unexplained
from citizenfeedback.domain.keys import Linker
from citizenfeedback.gateways.files import FileMissing, FileStore
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.audit import AuditEntry, ChainAnchor
from citizenfeedback.models.cases import Case
from citizenfeedback.models.letters import CaseLetter, DocumentNumber, PaperDocument
from citizenfeedback.models.receptions import RefusalNotice
from citizenfeedback.models.reporting import FrozenReport
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.queries.closed import closed_months, recounted
from citizenfeedback.services.transaction import reading, transaction

SETTLED = timedelta(hours=1)
"""Ids are given before a transaction ends: only what is this old is anchored."""

CHUNK = 1000
ANCHOR = "chain_anchor"


@dataclass(frozen=True)
class Mismatch:
    """Something that does not fit: which check, what it is about, and how it does not fit."""

    check: str
    about: str
    code: str


@dataclass(frozen=True)
class Verified:
    """How much was checked and what does not fit."""

    checked: dict[str, int]
    mismatches: tuple[Mismatch, ...]

    @property
    def whole(self) -> bool:
        """Whether everything fits."""
        return not self.mismatches


Check = Callable[[], Iterator[Mismatch | None]]


def verify(keys: Linker, files: FileStore) -> Verified:
    """Check everything; reads each row once and keeps little in memory."""
    checks: dict[str, Check] = {
        "case_chains": lambda: _case_chains(keys),
        "audit_chain": lambda: _audit_chain(keys),
        "anchors": lambda: _anchors(keys),
        "stored_files": lambda: _stored_files(files),
        "letters": lambda: _letters(files),
        "registers": _registers,
        "frozen_reports": lambda: _frozen_reports(keys),
        "closed_figures": _closed_figures,
    }
    checked: dict[str, int] = {}
    found: list[Mismatch] = []
    for name, check in checks.items():
        checked[name] = 0
        for mismatch in check():
            if mismatch is None:
                checked[name] += 1
            else:
                found.append(mismatch)
    return Verified(checked, tuple(found))


def anchor_chains(*, keys: Linker, today: date, now: datetime) -> bool:
    """Write today's anchor over all links since the last one; False when there is one already."""
    if reading().get(ChainAnchor, today) is not None:
        return False
    before = _last_anchor()
    settled = now - SETTLED
    events = reading().scalar(select(func.max(CaseEvent.id)).where(CaseEvent.at <= settled)) or 0
    entries = reading().scalar(select(func.max(AuditEntry.id)).where(AuditEntry.at <= settled)) or 0
    event_id = max(events, before.event_id if before else 0)
    entry_id = max(entries, before.entry_id if before else 0)
    made = _anchor_hash(keys, before, today, event_id, entry_id)
    with transaction() as session:
        if session.get(ChainAnchor, today) is not None:
            return False
        session.add(ChainAnchor(day=today, event_id=event_id, entry_id=entry_id, hash=made))
    return True


@dataclass(frozen=True)
class _Anchor:
    day: date
    event_id: int
    entry_id: int
    hash: str


_ANCHOR_COLUMNS = (ChainAnchor.day, ChainAnchor.event_id, ChainAnchor.entry_id, ChainAnchor.hash)


def _last_anchor() -> _Anchor | None:
    row = (
        reading()
        .execute(select(*_ANCHOR_COLUMNS).order_by(ChainAnchor.day.desc()).limit(1))
        .first()
    )
    return _Anchor(*row) if row else None


def _anchor_hash(
    keys: Linker, before: _Anchor | None, day: date, event_id: int, entry_id: int
) -> str:
    """The keyed hash over the anchor before and every link since."""
    links = hashlib.sha256()
    spans = (
        (CaseEvent, before.event_id if before else 0, event_id),
        (AuditEntry, before.entry_id if before else 0, entry_id),
    )
    for table, after, until in spans:
        rows = reading().execute(
            select(table.id, table.hash)
            .where(table.id > after, table.id <= until)
            .order_by(table.id)
            .execution_options(yield_per=CHUNK)
        )
        for row in rows:
            links.update(f"{row.id}:{row.hash}\n".encode())
        links.update(b"--\n")
    text = f"{before.hash if before else START}|{day}|{event_id}|{entry_id}|{links.hexdigest()}"
    return keys.link(ANCHOR, text)


def _case_chains(keys: Linker) -> Iterator[Mismatch | None]:
    """Every case has a chain from its first event on; each link fits the one before."""
    rows = reading().execute(
        select(
            Case.number,
            Case.id.label("case_id"),
            CaseEvent.seq,
            CaseEvent.kind,
            CaseEvent.at,
            CaseEvent.on,
            CaseEvent.state,
            CaseEvent.actor_id,
            CaseEvent.details,
            CaseEvent.hash,
        )
        .outerjoin(CaseEvent, CaseEvent.case_id == Case.id)
        .order_by(Case.id, CaseEvent.seq)
        .execution_options(yield_per=CHUNK)
    )
    case_id, seq, before, broken = None, 0, START, False
    for row in rows:
        if row.case_id != case_id:
            case_id, seq, before, broken = row.case_id, 0, START, False
            yield None
        if row.seq is None:
            yield Mismatch("case_chains", row.number, "no_history")
            continue
        if broken:
            continue  # one finding a chain: behind a broken link nothing fits
        if row.seq != seq + 1:
            yield Mismatch("case_chains", f"{row.number}#{seq + 1}", "event_missing")
            broken = True
            continue
        made = event_link(
            keys.link,
            before,
            case_id=row.case_id,
            seq=row.seq,
            kind=row.kind,
            at=row.at,
            on=row.on,
            state=row.state,
            actor_id=row.actor_id,
            details=row.details,
        )
        if made != row.hash:
            yield Mismatch("case_chains", f"{row.number}#{row.seq}", "event_changed")
            broken = True
        seq, before = row.seq, row.hash


def _audit_chain(keys: Linker) -> Iterator[Mismatch | None]:
    rows = reading().execute(
        select(
            AuditEntry.id,
            AuditEntry.at,
            AuditEntry.actor_id,
            AuditEntry.action,
            AuditEntry.case_id,
            AuditEntry.details,
            AuditEntry.hash,
        )
        .order_by(AuditEntry.id)
        .execution_options(yield_per=CHUNK)
    )
    before = START
    for row in rows:
        yield None
        made = entry_link(
            keys.link,
            before,
            action=row.action,
            at=row.at,
            actor_id=row.actor_id,
            case_id=row.case_id,
            details=row.details,
        )
        if made != row.hash:
            yield Mismatch("audit_chain", f"entry {row.id}", "entry_changed")
            return  # behind a broken link nothing fits
        before = row.hash


def _anchors(keys: Linker) -> Iterator[Mismatch | None]:
    before: _Anchor | None = None
    rows = reading().execute(select(*_ANCHOR_COLUMNS).order_by(ChainAnchor.day)).all()
    for anchor in (_Anchor(*row) for row in rows):
        yield None
        made = _anchor_hash(keys, before, anchor.day, anchor.event_id, anchor.entry_id)
        if made != anchor.hash:
            yield Mismatch("anchors", anchor.day.isoformat(), "anchor_does_not_fit")
        before = anchor


def _stored_files(files: FileStore) -> Iterator[Mismatch | None]:
    rows = reading().execute(
        select(Attachment.id, Attachment.storage_key, Attachment.digest)
        .order_by(Attachment.id)
        .execution_options(yield_per=CHUNK)
    )
    for row in rows:
        yield None
        try:
            lying = files.digest(row.storage_key)
        except FileMissing:
            yield Mismatch("stored_files", f"attachment {row.id}", "file_missing")
            continue
        if lying != row.digest:
            yield Mismatch("stored_files", f"attachment {row.id}", "file_changed")


def _letters(files: FileStore) -> Iterator[Mismatch | None]:
    """An issued letter, and a notice of a refusal to receive, lies in the store as it was frozen."""
    yield from _frozen_papers(files, CaseLetter, CaseLetter.id, "letter")
    yield from _frozen_papers(files, RefusalNotice, RefusalNotice.refusal_id, "refusal notice")


def _frozen_papers(
    files: FileStore, table: Any, key_column: Any, name: str
) -> Iterator[Mismatch | None]:
    rows = reading().execute(
        select(
            key_column.label("id"),
            table.pdf_key,
            table.pdf_digest,
            table.docx_key,
            table.docx_digest,
        )
        .where(table.pdf_key != "")
        .order_by(key_column)
        .execution_options(yield_per=CHUNK)
    )
    for row in rows:
        for key, digest in ((row.pdf_key, row.pdf_digest), (row.docx_key, row.docx_digest)):
            yield None
            try:
                lying = files.digest(key)
            except FileMissing:
                yield Mismatch("letters", f"{name} {row.id}", "file_missing")
                continue
            if lying != digest:
                yield Mismatch("letters", f"{name} {row.id}", "file_changed")


def _registers() -> Iterator[Mismatch | None]:
    """The numbers of a register follow one another without a gap, from 1.

    One that begins with a paper numbered by hand goes on from there: what was before is on paper.
    Numbers given elsewhere fill the series up and need not follow one another themselves.
    """
    rows = reading().execute(
        select(
            DocumentNumber.unit_id,
            DocumentNumber.symbol,
            DocumentNumber.year,
            DocumentNumber.number,
            PaperDocument.number_id.is_not(None).label("paper"),
            PaperDocument.action.is_not(None).label("elsewhere"),
        )
        .outerjoin(PaperDocument, PaperDocument.number_id == DocumentNumber.id)
        .order_by(
            DocumentNumber.unit_id,
            DocumentNumber.symbol,
            DocumentNumber.year,
            DocumentNumber.number,
        )
        .execution_options(yield_per=CHUNK)
    )
    register, last, before, begun = None, 0, 0, False
    for row in rows:
        yield None
        if (row.unit_id, row.symbol, row.year) != register:
            register, last, before, begun = (row.unit_id, row.symbol, row.year), 0, 0, False
        follows = row.number == last + 1
        if not row.elsewhere:
            begins = not begun and (row.paper or before == row.number - 1)
            if not follows and not begins:
                about = f"unit {row.unit_id} {row.symbol} {row.year}#{last + 1}"
                yield Mismatch("registers", about, "number_missing")
            begun = True
        if follows or not row.elsewhere:
            last = row.number
        before = row.number


def _frozen_reports(keys: Linker) -> Iterator[Mismatch | None]:
    """A closed report says what it said when it was closed."""
    rows = reading().execute(
        select(FrozenReport.id, FrozenReport.name, FrozenReport.document, FrozenReport.digest)
        .order_by(FrozenReport.id)
        .execution_options(yield_per=CHUNK)
    )
    for row in rows:
        yield None
        if document_digest(keys.link, row.document) != row.digest:
            yield Mismatch("frozen_reports", f"{row.name} {row.id}", "report_changed")


def _closed_figures() -> Iterator[Mismatch | None]:
    """The rows still give the figures of every closed window, but for late entries and corrections.

    What explains a difference is decided in `domain/closing.py`.
    """
    for scope, frozen in closed_months():
        yield None
        found, touched = recounted(scope, frozen, group_size=frozen.document["group_size"])
        window = f"{frozen.window.first}..{frozen.window.last}"
        for key in unexplained(frozen.figures, found, touched):
            yield Mismatch("closed_figures", f"{scope.code} {window} {key}", "rows_do_not_fit")
