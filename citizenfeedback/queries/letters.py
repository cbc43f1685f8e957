"""The letters of a case: what there is, what may be written now, one letter whole, and what fills it.

Who may see a case sees that a letter went out; what it says is for those who write and sign it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, String, cast, func, literal, or_, select
from sqlalchemy.orm import aliased

from citizenfeedback.domain.access import can
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.keys import Unsealer
from citizenfeedback.domain.law.forms import LetterForm, form_of_template, forms_to_fill_in
from citizenfeedback.domain.letter_acts import (
    MARKS,
    READ_ONCE_SENT,
    Offer,
    carried_by,
    checked_for_identity,
    offers,
    steps_for,
    unpacked,
)
from citizenfeedback.domain.letterheads import OfficeHead
from citizenfeedback.domain.letters import (
    Authority,
    LetterStep,
    LetterText,
    Signature,
    Value,
    signature,
    text_from_sections,
)
from citizenfeedback.domain.vocabulary import (
    Action,
    Author,
    CaseKind,
    EventKind,
    Instance,
    Letter,
    LetterState,
    PersonRole,
    RegisterState,
    SendingWay,
    State,
)
from citizenfeedback.models.accounts import User
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import CasePerson, NoticeContact
from citizenfeedback.models.letters import (
    CaseLetter,
    DocumentNumber,
    LetterDispatch,
    LetterEnclosure,
)
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.case_head import COLUMNS, CaseHead, facts_of, head_of, one_visible
from citizenfeedback.queries.letterheads import head_of_letters

MOST_NAMED = 3
"""How many people who signed together are named in a letter; the rest are counted."""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter in the list of a case."""

    id: int
    letter: Letter
    state: LetterState
    document_no: str
    issued_on: date | None
    sent: int
    template: str

    def opens_in(self, kind: CaseKind) -> bool:
        """Whether its text may be shown: what was written before a case was sealed may not."""
        return kind is not CaseKind.DENUNCIATION or kind in form_of_template(self.template).kinds


@dataclass(frozen=True, slots=True)
class CaseLetters:
    """The letters of a case, and those this person may draft now."""

    lines: tuple[LetterLine, ...] = ()
    with_act: tuple[Offer, ...] = ()
    alone: tuple[Offer, ...] = ()
    may_open: bool = False
    to_sign: tuple[Letter, ...] = ()


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs and in what right, as chosen for one letter."""

    authority: Authority = Authority.HEAD
    name: str = ""
    own: str = ""
    deputy: str = ""

    def block(self, head: OfficeHead) -> Signature:
        """The lines above the name; raises `RuleBroken("signature_incomplete")`."""
        return signature(
            self.authority,
            self.name,
            head=head.head_title,
            own=self.own,
            collective=head.collective,
            deputy=self.deputy,
        )


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """What lies sealed of a letter: its text, who signs, and the fields it was filled with."""

    text: LetterText
    signing: Signing
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A paper of the case, and whether it goes along; a sealed one has no name here."""

    id: int
    name: str
    media_type: str
    size: int
    sealed: bool
    author: Author
    at: datetime
    along: bool


@dataclass(frozen=True, slots=True, repr=False)
class Dispatch:
    """How a letter went out, and the proof of it."""

    way: SendingWay
    on: date
    by: str
    proof: str


@dataclass(frozen=True, slots=True, repr=False)
class LetterPage:
    """One letter with its case, for those who write and sign it."""

    head: CaseHead
    line: LetterLine
    action: Action | None
    author: str
    drafted_at: datetime
    form: LetterForm
    version: int
    office: OfficeHead
    written: Written
    entries: Mapping[str, object]
    steps: tuple[LetterStep, ...]
    may_send: bool
    may_overrule: bool
    names_sealed: bool
    checked: bool
    approved_by: str
    approved_at: datetime | None
    returned_because: str
    sha256: str
    number: int | None
    papers: tuple[Enclosure, ...]
    dispatches: tuple[Dispatch, ...]
    address_confirmed: bool


_Approver = aliased(User)


def letter_part(case_id: int) -> Any:
    """The letters of a case as rows of what, id and text; `read_letters` takes them apart.

    They come with the references of the page of a case, in one query. A tab stands in no column.
    """
    sent = (
        select(func.count())
        .where(LetterDispatch.letter_id == CaseLetter.id)
        .correlate(CaseLetter)
        .scalar_subquery()
    )
    columns = (
        CaseLetter.letter,
        CaseLetter.state,
        CaseLetter.document_no,
        CaseLetter.issued_on,
        sent,
        CaseLetter.template,
    )
    text: Any = literal("")
    for column in columns:
        text = text + func.coalesce(cast(column, String), "") + "\t"
    return select(literal("letter"), CaseLetter.id, text).where(CaseLetter.case_id == case_id)


def read_letters(found: Mapping[int, str]) -> tuple[LetterLine, ...]:
    """The letters from the rows of `letter_part`, in the order they were drafted."""
    lines = []
    for id_, told in sorted(found.items()):
        letter, state, document_no, issued_on, sent, template, _ = told.split("\t")
        lines.append(
            LetterLine(
                id_,
                Letter(letter),
                LetterState(state),
                document_no,
                date.fromisoformat(issued_on) if issued_on else None,
                int(sent),
                template,
            )
        )
    return tuple(lines)


def case_letters(
    actor: Actor, head: CaseHead, lines: tuple[LetterLine, ...], today: date
) -> CaseLetters:
    """The letters of a case whose page was loaded, and what may be drafted of it now."""
    facts = facts_of_head(head)
    drafts = can(actor, Action.DRAFT_LETTER, facts)
    found = offers(facts, actor, today) if drafts else ()
    # What the day forbids though the state allows it: nobody is reminded of what is in time.
    hindered = {action for action, _ in head.blocked}
    return CaseLetters(
        lines=lines,
        with_act=tuple(
            offer for offer in found if offer.action is not None and offer.action not in hindered
        ),
        alone=tuple(offer for offer in found if offer.action is None),
        may_open=drafts or can(actor, Action.ISSUE_LETTER, facts),
        to_sign=tuple(
            row.letter for row in forms_to_fill_in(today) if drafts and facts.kind in row.kinds
        ),
    )


def drafted_for(actor: Actor, head: CaseHead, action: Action, today: date) -> Letter | None:
    """The letter by whose issue an act may be done here; None where it is done without one."""
    facts = facts_of_head(head)
    if action not in head.actions or not can(actor, Action.DRAFT_LETTER, facts):
        return None
    offer = carried_by(facts, action, today)
    return offer.form.letter if offer is not None else None


UNDER_WAY = (LetterState.DRAFT, LetterState.SUBMITTED, LetterState.APPROVED)
"""The states of a letter that is neither issued nor cancelled."""


def under_way(actor: Actor, head: CaseHead, action: Action) -> tuple[LetterLine, ...]:
    """The letters not issued yet whose issue performs an act, newest first; for who may open them."""
    facts = facts_of_head(head)
    if not (can(actor, Action.DRAFT_LETTER, facts) or can(actor, Action.ISSUE_LETTER, facts)):
        return ()
    rows = db.session.execute(
        select(CaseLetter.id, CaseLetter.letter, CaseLetter.state, CaseLetter.template)
        .where(
            CaseLetter.case_id == head.id,
            CaseLetter.action == action,
            CaseLetter.state.in_(UNDER_WAY),
        )
        .order_by(CaseLetter.id.desc())
    )
    lines = (LetterLine(id_, letter, state, "", None, 0, form) for id_, letter, state, form in rows)
    return tuple(line for line in lines if line.opens_in(head.kind))


def facts_of_head(head: CaseHead) -> CaseFacts:
    """What the rules need of a case whose head was loaded (through the wall, so without it)."""
    return CaseFacts(
        id=head.id,
        kind=head.kind,
        state=head.state,
        unit_id=head.unit_id,
        received_on=head.received_on,
        assignee_id=head.assignee_id,
        instance=Instance(head.instance),
        formal=head.formal,
        signed=head.signed,
        eligible=head.eligible,
        competent=head.competent,
        direction=head.direction,
        accepted_on=head.accepted_on,
        closed_on=head.closed_on,
        result=head.result,
        complexity=head.complexity,
        remote=head.remote,
        extensions=head.extensions,
        field=head.field,
        channel=head.channel,
        signatories=head.signatories,
        representatives=head.representatives,
    )


def letter_page(
    actor: Actor, number: str, letter_id: int, today: date, keys: Unsealer
) -> LetterPage:
    """One letter; `NotFound` for one that is not there or that this person has no part in."""
    found = one_visible(select(*COLUMNS), actor, number)
    facts = facts_of(found)
    drafts = can(actor, Action.DRAFT_LETTER, facts)
    if not drafts and not can(actor, Action.ISSUE_LETTER, facts):
        raise NotFound("letter")
    row = _letter_row(found.id, letter_id)
    line = LetterLine(
        row.id, row.letter, row.state, row.document_no, row.issued_on, 0, row.template
    )
    if not line.opens_in(facts.kind):
        raise NotFound("letter")
    head = head_of(found, actor, today, work_calendar())
    row_form = form_of_template(row.template)
    number_taken = db.session.scalar(
        select(DocumentNumber.number).where(
            DocumentNumber.letter_id == letter_id,
            DocumentNumber.state != RegisterState.CANCELLED,
        )
    )
    return LetterPage(
        head=head,
        line=line,
        action=row.action,
        author=row.author,
        drafted_at=row.drafted_at,
        form=row_form,
        version=row.version,
        office=head_of_letters(row.unit_id),
        written=written_of(row.content, keys),
        entries=unpacked(json.loads(keys.unseal(row.entries))),
        steps=steps_for(actor, facts, row_form, row.action, row.state),
        may_send=row.state is LetterState.ISSUED and can(actor, Action.SEND_LETTER, facts),
        may_overrule=can(actor, Action.OVERRULE_SEAL_CHECK, facts),
        names_sealed=facts.sealed and row_form.names_denouncer,
        checked=checked_for_identity(facts.kind, row_form),
        approved_by=row.approved_by or "",
        approved_at=row.approved_at,
        returned_because=row.returned_because,
        sha256=row.pdf_sha256,
        number=number_taken,
        papers=_papers(found.id, letter_id),
        dispatches=_dispatches(letter_id, keys),
        address_confirmed=bool(row.confirmed),
    )


def _letter_row(case_id: int, letter_id: int) -> Any:
    row: Any = db.session.execute(
        select(
            CaseLetter.id,
            CaseLetter.letter,
            CaseLetter.action,
            CaseLetter.state,
            CaseLetter.document_no,
            CaseLetter.issued_on,
            CaseLetter.drafted_at,
            CaseLetter.template,
            User.name.label("author"),
            CaseLetter.unit_id,
            CaseLetter.version,
            CaseLetter.content,
            CaseLetter.entries,
            CaseLetter.approved_at,
            CaseLetter.returned_because,
            CaseLetter.pdf_sha256,
            _Approver.name.label("approved_by"),
            select(func.count())
            .where(
                NoticeContact.case_id == CaseLetter.case_id,
                NoticeContact.confirmed_at.is_not(None),
                NoticeContact.proves,
            )
            .scalar_subquery()
            .label("confirmed"),
        )
        .join(User, User.id == CaseLetter.author_id)
        .outerjoin(_Approver, _Approver.id == CaseLetter.approved_by_id)
        .where(CaseLetter.id == letter_id, CaseLetter.case_id == case_id)
    ).first()
    if row is None:
        raise NotFound("letter")
    return row


def signing_of(stored: Mapping[str, str]) -> Signing:
    """Who signs, as it lies with a text; `stored_signing` is the way there."""
    return Signing(Authority(stored["authority"]), stored["name"], stored["own"], stored["deputy"])


def stored_signing(signing: Signing) -> dict[str, str]:
    """Who signs, to lie with a text."""
    return {
        "authority": signing.authority.value,
        "name": signing.name,
        "own": signing.own,
        "deputy": signing.deputy,
    }


def written_of(content: bytes, keys: Unsealer) -> Written:
    """What the sealed content of a letter says."""
    stored = json.loads(keys.unseal(content))
    fields: Any = unpacked(stored["fields"])
    return Written(
        text=text_from_sections(stored["text"]),
        signing=signing_of(stored["signing"]),
        fields=fields,
    )


def _papers(case_id: int, letter_id: int) -> tuple[Enclosure, ...]:
    along = LetterEnclosure.letter_id.is_not(None).label("along")
    rows = db.session.execute(
        select(
            Attachment.id,
            Attachment.name,
            Attachment.media_type,
            Attachment.size,
            Attachment.sealed,
            Attachment.author,
            Attachment.at,
            along,
        )
        .outerjoin(
            LetterEnclosure,
            (LetterEnclosure.attachment_id == Attachment.id)
            & (LetterEnclosure.letter_id == letter_id),
        )
        .where(Attachment.case_id == case_id)
        .order_by(Attachment.id)
    )
    return tuple(Enclosure(*row) for row in rows)


def _dispatches(letter_id: int, keys: Unsealer) -> tuple[Dispatch, ...]:
    rows = db.session.execute(
        select(LetterDispatch.way, LetterDispatch.on, User.name, LetterDispatch.proof)
        .join(User, User.id == LetterDispatch.user_id)
        .where(LetterDispatch.letter_id == letter_id)
        .order_by(LetterDispatch.id)
    )
    return tuple(
        Dispatch(way, on, by, keys.unseal(proof) if proof else "") for way, on, by, proof in rows
    )


@dataclass(frozen=True, slots=True)
class Frozen:
    """Where the frozen files of an issued letter lie."""

    pdf_key: str
    docx_key: str
    document_no: str
    letter: Letter
    names_sealed: bool


def frozen_letter(actor: Actor, number: str, letter_id: int) -> Frozen | None:
    """The files of an issued letter for an official who writes or signs letters of the case."""
    found = one_visible(select(*COLUMNS), actor, number)
    facts = facts_of(found)
    if not (can(actor, Action.DRAFT_LETTER, facts) or can(actor, Action.ISSUE_LETTER, facts)):
        raise NotFound("letter")
    row = db.session.execute(
        select(
            CaseLetter.pdf_key,
            CaseLetter.docx_key,
            CaseLetter.document_no,
            CaseLetter.letter,
            CaseLetter.template,
        ).where(
            CaseLetter.id == letter_id, CaseLetter.case_id == found.id, CaseLetter.pdf_key != ""
        )
    ).first()
    if row is None:
        return None
    form = form_of_template(row.template)
    names = facts.sealed and (form.names_denouncer or facts.kind not in form.kinds)
    return Frozen(row.pdf_key, row.docx_key, row.document_no, row.letter, names)


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """A document of the citizen's own case that was addressed to them."""

    id: int
    letter: Letter
    document_no: str
    issued_on: date | None


_OWN = (
    select(CaseLetter.id, CaseLetter.letter, CaseLetter.document_no, CaseLetter.issued_on)
    .where(
        CaseLetter.state == LetterState.ISSUED,
        CaseLetter.to_citizen,
        or_(
            CaseLetter.action.is_(None),
            CaseLetter.action.not_in(sorted(READ_ONCE_SENT)),
            select(LetterDispatch.id).where(LetterDispatch.letter_id == CaseLetter.id).exists(),
        ),
    )
    .order_by(CaseLetter.id)
)


def own_letters(case_id: int) -> tuple[OwnLetter, ...]:
    """What was issued to the citizen; a decision or answer once it was sent."""
    rows = db.session.execute(_OWN.where(CaseLetter.case_id == case_id))
    return tuple(OwnLetter(*row) for row in rows)


def own_letter_file(actor: Actor, letter_id: int) -> str | None:
    """Where the PDF of a document addressed to this citizen lies; for the second proof only."""
    facts = CaseFacts(
        id=actor.case_id or 0,
        kind=CaseKind.PETITION,
        state=State.REGISTERED,
        unit_id=0,
        received_on=date.min,
    )
    if actor.case_id is None or not can(actor, Action.READ_OWN_FILING, facts):
        return None
    return db.session.scalar(
        _OWN.with_only_columns(CaseLetter.pdf_key)
        .order_by(None)
        .where(CaseLetter.case_id == actor.case_id, CaseLetter.id == letter_id)
    )


def letter_values(
    row: Row[Any], office: OfficeHead, *, due_on: date | None = None
) -> dict[str, Value]:
    """What a template is filled with from a loaded case; in a denunciation marks for the person.

    `due_on` is the term that starts with the act of the letter, where one does.
    """
    accepted = _issued_numbers(row.id)
    term = due_on or row.due_on
    values: dict[str, Value] = {
        "body": office.letterhead.body,
        "head_title": office.head_title,
        "drafting_unit": office.letterhead.drafting or office.letterhead.short,
        "case_number": row.number,
        "respondent": row.respondent,
        "content": row.summary,
        "received_on": row.received_on,
        "accepted_on": row.accepted_on,
        "acceptance_no": accepted.get(EventKind.CASE_ACCEPTED, ""),
        "competent_body": row.forwarded_to,
        "due_on": term if term is not None and term.year < 9999 else None,
    }
    if row.closed_on is not None:
        values |= {
            "decision_no": row.decision_no,
            "decision_on": row.closed_on,
            "conclusion_no": row.decision_no,
            "conclusion_on": row.closed_on,
        }
    if row.kind is CaseKind.DENUNCIATION:
        return values | dict(MARKS)
    return values | _person_values(row.id, row.signatories)


def _issued_numbers(case_id: int) -> dict[EventKind, str]:
    rows = db.session.execute(
        select(CaseEvent.kind, CaseEvent.details)
        .where(CaseEvent.case_id == case_id, CaseEvent.kind == EventKind.CASE_ACCEPTED)
        .order_by(CaseEvent.seq)
    )
    return {row.kind: str(row.details.get("document_no", "")) for row in rows}


def _person_values(case_id: int, signatories: int) -> dict[str, Value]:
    rows = db.session.execute(
        select(
            CasePerson.role,
            CasePerson.name,
            CasePerson.id_no,
            CasePerson.phone,
            CasePerson.email,
            CasePerson.address,
        )
        .where(CasePerson.case_id == case_id)
        .order_by(CasePerson.id)
    ).all()
    authorised = next((row for row in rows if row.role is PersonRole.AUTHORISED), None)
    people = [row for row in rows if row.role is not PersonRole.AUTHORISED and row.name]
    values: dict[str, Value] = {}
    if people:
        first = people[0]
        named = ", ".join(row.name for row in people[:MOST_NAMED])
        others = max(signatories, len(people)) - min(len(people), MOST_NAMED)
        values = {
            "person": f"{named} và {others} người khác" if others > 0 else named,
            "person_address": first.address,
            "person_identity": f"Căn cước (hộ chiếu) số {first.id_no}" if first.id_no else "",
            "person_contact": ", ".join(part for part in (first.phone, first.email) if part),
        }
    if authorised is not None:
        values |= {
            "authorised": authorised.name,
            "authorised_address": authorised.address,
            "authorised_identity": authorised.id_no,
        }
    return values
