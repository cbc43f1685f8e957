"""Refusing to receive a visitor: the record, the written notice, its number, and proof of sending.

The notice is no letter of a case, so it has a row of its own, but its number comes out of the same
register of the unit. Number first, then the paper, then the issue: who was interrupted in between
issues again with the same number. About a denunciation the notice holds marks in place of the
visitor until it is issued.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.documents.letter_docx import letter_docx
from citizenfeedback.documents.letter_pdf import letter_pdf
from citizenfeedback.documents.letters import DOTS, draft_text, letter_content, shipped_template
from citizenfeedback.domain.access import can_at
from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.intake import normalise_id_no
from citizenfeedback.domain.law.forms import LetterForm, form, form_of_template
from citizenfeedback.domain.law.grounds import ground
from citizenfeedback.domain.letter_acts import MARKS
from citizenfeedback.domain.letters import (
    LetterContent,
    LetterStep,
    LetterText,
    next_state,
    register_of,
    symbol,
    text_from_sections,
    whole_text,
)
from citizenfeedback.domain.receptions import RefusalEntry, refusal_problems
from citizenfeedback.domain.text import clean, clean_lines
from citizenfeedback.domain.vocabulary import (
    Action,
    AuditAction,
    CaseKind,
    Letter,
    LetterState,
    ReceptionKind,
    SendingWay,
)
from citizenfeedback.gateways.files import FileStore
from citizenfeedback.models.receptions import RefusalNotice, RefusedVisit
from citizenfeedback.queries.letterheads import head_of_letters, usual_signer
from citizenfeedback.queries.letters import Signing, stored_signing
from citizenfeedback.queries.receptions import at_reached_units
from citizenfeedback.queries.refusals import notice_signing
from citizenfeedback.queries.templates import own_template
from citizenfeedback.services.casework import Office
from citizenfeedback.services.chronicle import append_entry
from citizenfeedback.services.numbering import (
    Taken,
    cancel_number,
    issue_number,
    number_of_refusal,
    take_number,
)
from citizenfeedback.services.receiving import Incomplete
from citizenfeedback.services.registering import Person
from citizenfeedback.services.transaction import transaction
from citizenfeedback.services.visits import sealed_columns

LONGEST_SECTION = 20_000
WAYS = (SendingWay.POST, SendingWay.HANDED_OVER)
_LEADERS = frozenset({LetterStep.APPROVE, LetterStep.ISSUE, LetterStep.SEND_BACK})
_OFFICERS_CANCEL = frozenset({LetterState.DRAFT, LetterState.SUBMITTED})


@dataclass(frozen=True, slots=True)
class SeenNotice:
    """A notice as somebody had it before their eyes."""

    refusal_id: int
    version: int


@dataclass(frozen=True, slots=True, repr=False)
class Sending:
    """How a notice went out, and what proves it."""

    way: SendingWay
    on: date
    proof: str


@dataclass(frozen=True, slots=True, repr=False)
class _Held:
    row: Any
    form: LetterForm
    text: LetterText
    state: LetterState


def record_refusal(actor: Actor, unit_id: int, entry: RefusalEntry, *, office: Office) -> int:
    """Write down that somebody was not received; no visit of the book, no turn in the figures."""
    if not can_at(actor, Action.REGISTER_RECEPTION, unit_id):
        raise RuleBroken("not_granted", action=Action.REGISTER_RECEPTION)
    found = refusal_problems(entry, office.today)
    if found:
        raise Incomplete(found)
    with transaction() as session:
        refusal_id = session.scalar(
            insert(RefusedVisit)
            .values(
                unit_id=unit_id,
                date=entry.refused_on,
                ground=entry.ground,
                recorded_at=office.now,
                recorded_by_id=actor.user_id,
                **_visitor(entry, office),
            )
            .returning(RefusedVisit.id)
        )
        append_entry(
            session,
            office.keys,
            actor,
            AuditAction.VISITOR_REFUSED,
            now=office.now,
            details={"refusal": refusal_id, "unit": unit_id, "ground": entry.ground},
        )
    return int(refusal_id or 0)


def draft_notice(actor: Actor, refusal_id: int, *, office: Office) -> None:
    """Draft the written notice (Mẫu 01/TCD) from what was recorded."""
    with transaction() as session:
        row = _refusal(session, actor, refusal_id)
        chosen = ground(row.ground)
        if not chosen.written_notice:
            raise RuleBroken("no_notice_needed")
        if session.get(RefusalNotice, refusal_id) is not None:
            raise RuleBroken("notice_there_already")
        kind = _kind(row.kind)
        wanted = form(Letter.RECEPTION_REFUSED, kind, row.date)
        head = head_of_letters(row.unit_id)
        sealed = row.kind is ReceptionKind.DENUNCIATION
        who = {
            "person": row.citizen_name,
            "person_address": row.address,
            "person_identity": _identity(row.id_no),
        }
        text = draft_text(
            wanted,
            own_template(wanted.template, row.unit_id) or shipped_template(wanted),
            {
                **({name: MARKS[name] for name in who} if sealed else who),
                "visit_on": row.date,
                "content": row.summary,
                "ground": chosen.vi,
                "ground_law": chosen.law(),
                "body": head.letterhead.body,
                "head_title": head.head_title,
            },
            kind=kind,
            on=row.date,
        )
        session.execute(
            insert(RefusalNotice).values(
                refusal_id=refusal_id,
                template=wanted.template,
                state=LetterState.DRAFT,
                content=_sealed(text, Signing(name=usual_signer(row.unit_id)), office),
                author_id=actor.user_id,
                drafted_at=office.now,
            )
        )
        _log(session, actor, office, refusal_id, "draft")


def edit_notice(
    actor: Actor,
    seen: SeenNotice,
    sections: Mapping[str, str],
    *,
    signing: Signing | None = None,
    office: Office,
) -> None:
    """Keep the text as it was worked over, and who signs; as before where it is not said.

    Raises `ChangedMeanwhile` when somebody was faster, `RuleBroken("signature_incomplete")`.
    """
    text = text_from_sections(sections)
    if any(len(part) > LONGEST_SECTION for part in text.sections().values()):
        raise RuleBroken("too_long", limit=LONGEST_SECTION)
    with transaction() as session:
        held = _hold(session, actor, seen, LetterStep.EDIT, office)
        chosen = signing or _signing(held.row, office)
        chosen.block(head_of_letters(held.row.unit_id))
        _write(session, held, content=_sealed(text, chosen, office))


def submit_notice(actor: Actor, seen: SeenNotice, *, office: Office) -> None:
    """Lay the notice before the leader; one with gaps is not ready (`letter_has_gaps`)."""
    _step(actor, seen, LetterStep.SUBMIT, office, returned_because="")


def approve_notice(actor: Actor, seen: SeenNotice, *, office: Office) -> None:
    """Approve the notice; it can only be issued or sent back now."""
    _step(
        actor,
        seen,
        LetterStep.APPROVE,
        office,
        approved_by_id=actor.user_id,
        approved_at=office.now,
    )


def send_notice_back(actor: Actor, seen: SeenNotice, reason: str, *, office: Office) -> None:
    """Give the notice back to be worked over, with the reason."""
    told = clean(reason)[:500]
    if not told:
        raise RuleBroken("reason_required", entry="reason")
    _step(
        actor,
        seen,
        LetterStep.SEND_BACK,
        office,
        returned_because=told,
        approved_by_id=None,
        approved_at=None,
    )


def issue_notice(actor: Actor, seen: SeenNotice, *, files: FileStore, office: Office) -> str:
    """Issue the notice under the next number of the unit's register; the number it was given."""
    with transaction() as session:
        held = _hold(session, actor, seen, LetterStep.ISSUE, office)
        head = head_of_letters(held.row.unit_id).letterhead
        taken = take_number(
            session,
            unit_id=held.row.unit_id,
            symbol=register_of(held.form.document, head.short),
            year=office.today.year,
            refusal_id=seen.refusal_id,
            user_id=actor.user_id,
            now=office.now,
        )
    document_no = f"{taken.number:02}/{symbol(head.short, held.form.document, head.drafting)}"
    content = _printed(held, taken, office)
    pdf, docx = letter_pdf(content), letter_docx(content)
    kept = (files.put(pdf, sealed=True), files.put(docx, sealed=True))
    try:
        with transaction() as session:
            again = _hold(session, actor, seen, LetterStep.ISSUE, office)
            _write(
                session,
                again,
                document_no=document_no,
                issued_on=office.today,
                pdf_key=kept[0].key,
                pdf_digest=kept[0].digest,
                pdf_sha256=hashlib.sha256(pdf).hexdigest(),
                docx_key=kept[1].key,
                docx_digest=kept[1].digest,
                docx_sha256=hashlib.sha256(docx).hexdigest(),
            )
            issue_number(session, taken.id)
            _log(session, actor, office, seen.refusal_id, "issue", document_no=document_no)
    except BaseException:
        for paper in kept:
            files.delete(paper.key)
        raise
    return document_no


def cancel_notice(actor: Actor, seen: SeenNotice, reason: str, *, office: Office) -> None:
    """Cancel the notice; a number it has stays in the register, cancelled, with the reason."""
    told = clean(reason)[:500]
    if not told:
        raise RuleBroken("reason_required", entry="reason")
    with transaction() as session:
        held = _hold(session, actor, seen, LetterStep.CANCEL, office)
        taken = number_of_refusal(session, seen.refusal_id)
        if taken is not None:
            cancel_number(session, taken.id, told)
        _write(session, held, returned_because=told)
        _log(session, actor, office, seen.refusal_id, "cancel")


def send_notice(actor: Actor, seen: SeenNotice, sending: Sending, *, office: Office) -> None:
    """Record that the issued notice was posted or handed over, with the proof; the term ends so."""
    proof = clean(sending.proof)[:200]
    if sending.way not in WAYS:
        raise RuleBroken("required", entry="way")
    if not proof:
        raise RuleBroken("proof_required", entry="proof")
    with transaction() as session:
        row = _notice(session, actor, seen)
        if row.state is not LetterState.ISSUED:
            raise RuleBroken("letter_not_issued")
        if row.sent_on is not None:
            raise RuleBroken("notice_sent_already")
        if sending.on > office.today:
            raise RuleBroken("date_in_future", entry="on")
        if sending.on < row.issued_on:
            raise RuleBroken("date_too_early", earliest=row.issued_on, entry="on")
        session.execute(
            update(RefusalNotice)
            .where(RefusalNotice.refusal_id == seen.refusal_id)
            .values(
                way=sending.way,
                sent_on=sending.on,
                sent_by_id=actor.user_id,
                proof=office.keys.seal(proof),
                version=row.version + 1,
            )
        )
        _log(session, actor, office, seen.refusal_id, "send", way=str(sending.way))


def notice_paper(
    actor: Actor, refusal_id: int, form_of: str, *, files: FileStore, office: Office
) -> bytes:
    """The notice as PDF or DOCX: frozen once issued, else a draft with its watermark.

    Reading an issued one that names a denouncer is logged first: no log, no paper.
    """
    with transaction() as session:
        row = _notice(session, actor, SeenNotice(refusal_id, 0), any_version=True)
        if row.pdf_key and row.kind is ReceptionKind.DENUNCIATION:
            append_entry(
                session,
                office.keys,
                actor,
                AuditAction.SEALED_READ,
                now=office.now,
                details={"refusal": refusal_id},
            )
    if row.pdf_key:
        return files.read(row.docx_key if form_of == "docx" else row.pdf_key, sealed=True)
    held = _Held(row, form_of_template(row.template), _text(row.content, office), row.state)
    content = _printed(held, None, office)
    return letter_docx(content) if form_of == "docx" else letter_pdf(content)


def _visitor(entry: RefusalEntry, office: Office) -> dict[str, Any]:
    """Who came, and the words; a denouncer only encrypted."""
    person = Person(
        name=clean(entry.name),
        id_no=normalise_id_no(entry.id_no) or "",
        address=clean(entry.address),
    )
    words = {
        "summary": clean_lines(entry.summary),
        "explanation": clean_lines(entry.explanation),
    }
    if entry.kind is ReceptionKind.DENUNCIATION:
        return sealed_columns(office.keys, person, words)
    return words | {
        "kind": entry.kind,
        "citizen_name": person.name,
        "id_no": person.id_no,
        "address": person.address,
    }


def _kind(kind: ReceptionKind) -> CaseKind:
    return CaseKind.REFLECTION if kind is ReceptionKind.NONE else CaseKind(kind)


def _refusal(session: Session, actor: Actor, refusal_id: int) -> Any:
    row = session.execute(
        select(*RefusedVisit.__table__.columns)
        .where(
            RefusedVisit.id == refusal_id,
            at_reached_units(actor, Action.REGISTER_RECEPTION, RefusedVisit.unit_id),
        )
        .with_for_update()
    ).first()
    if row is None:
        raise NotFound("refusal")
    return row


def _notice(session: Session, actor: Actor, seen: SeenNotice, *, any_version: bool = False) -> Any:
    """The notice with its refusal, held; `NotFound` out of reach, `ChangedMeanwhile` when stale."""
    row = session.execute(
        select(
            *RefusalNotice.__table__.columns,
            RefusedVisit.unit_id,
            RefusedVisit.kind,
            RefusedVisit.sealed,
        )
        .join(RefusedVisit, RefusedVisit.id == RefusalNotice.refusal_id)
        .where(
            RefusalNotice.refusal_id == seen.refusal_id,
            at_reached_units(actor, Action.REGISTER_RECEPTION, RefusedVisit.unit_id),
        )
        .with_for_update(of=RefusalNotice)
    ).first()
    if row is None:
        raise NotFound("notice")
    if not any_version and row.version != seen.version:
        raise ChangedMeanwhile
    return row


def _hold(
    session: Session, actor: Actor, seen: SeenNotice, step: LetterStep, office: Office
) -> _Held:
    row = _notice(session, actor, seen)
    wanted = form_of_template(row.template)
    state = next_state(wanted, row.state, step)
    leaders = step in _LEADERS or (step is LetterStep.CANCEL and row.state not in _OFFICERS_CANCEL)
    if leaders and not can_at(actor, Action.SIGN_REFUSAL, row.unit_id):
        raise RuleBroken("not_granted", action=Action.SIGN_REFUSAL)
    text = _text(row.content, office)
    if step in (LetterStep.SUBMIT, LetterStep.ISSUE) and DOTS in whole_text(text):
        raise RuleBroken("letter_has_gaps")
    return _Held(row, wanted, text, state)


def _step(actor: Actor, seen: SeenNotice, step: LetterStep, office: Office, **columns: Any) -> None:
    with transaction() as session:
        held = _hold(session, actor, seen, step, office)
        _write(session, held, **columns)
        _log(session, actor, office, seen.refusal_id, str(step))


def _write(session: Session, held: _Held, **columns: Any) -> None:
    session.execute(
        update(RefusalNotice)
        .where(RefusalNotice.refusal_id == held.row.refusal_id)
        .values(state=held.state, version=held.row.version + 1, **columns)
    )


def _printed(held: _Held, taken: Taken | None, office: Office) -> LetterContent:
    """The notice on paper; issued with the visitor in place of the marks."""
    head = head_of_letters(held.row.unit_id)
    text = held.text if taken is None else _named(held, office)
    return letter_content(
        held.form,
        text,
        head.letterhead,
        _signing(held.row, office).block(head),
        number=taken.number if taken else None,
        dated=office.today if taken else None,
        year=office.today.year,
        draft=taken is None,
    )


def _named(held: _Held, office: Office) -> LetterText:
    if held.row.sealed is None:
        return held.text
    person = json.loads(office.keys.unseal(held.row.sealed))[0]
    told = {
        "person": person["name"],
        "person_address": person["address"],
        "person_identity": _identity(person["id_no"]),
    }
    sections = held.text.sections()
    for name, words in told.items():
        sections = {
            key: text.replace(MARKS[name], words or "không rõ") for key, text in sections.items()
        }
    return text_from_sections(sections)


def _identity(id_no: str) -> str:
    """The visitor's document as the notice names it; many who are refused show none."""
    return f"căn cước, hộ chiếu số {id_no}" if id_no else "không xuất trình giấy tờ tùy thân"


def _sealed(text: LetterText, signing: Signing, office: Office) -> bytes:
    stored = {**text.sections(), "signing": stored_signing(signing)}
    return office.keys.seal(json.dumps(stored, ensure_ascii=False))


def _text(content: bytes, office: Office) -> LetterText:
    return text_from_sections(json.loads(office.keys.unseal(content)))


def _signing(row: Any, office: Office) -> Signing:
    return notice_signing(json.loads(office.keys.unseal(row.content)), row.unit_id)


def _log(
    session: Session, actor: Actor, office: Office, refusal_id: int, done: str, **more: object
) -> None:
    append_entry(
        session,
        office.keys,
        actor,
        AuditAction.REFUSAL_NOTICE,
        now=office.now,
        details={"refusal": refusal_id, "step": done, **more},
    )
