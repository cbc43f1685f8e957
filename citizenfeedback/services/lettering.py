"""Writing a letter: drafted from its template, edited, laid before the leader, approved or sent back.

A letter lies sealed for every kind of case. In a denunciation it holds marks in place of the
denouncer until it is issued, so that writing it opens no seal.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.documents.labels import label
from citizenfeedback.documents.letters import (
    DOTS,
    draft_text,
    fill_paragraph,
    form_to_fill_in,
    shipped_template,
)
from citizenfeedback.domain.access import can
from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.law.forms import (
    AUTHOR_FIELDS,
    Layout,
    LetterForm,
    form_of_template,
    forms_to_fill_in,
)
from citizenfeedback.domain.law.grounds import ground
from citizenfeedback.domain.letter_acts import (
    FIELD_OF_ENTRY,
    Offer,
    find_offer,
    issuing_unit,
    packed,
    steps_for,
    to_citizen,
    unpacked,
)
from citizenfeedback.domain.letterheads import OfficeHead
from citizenfeedback.domain.letters import (
    SECTIONS,
    LetterContent,
    LetterStep,
    LetterText,
    Value,
    lines_of,
    next_state,
    text_from_sections,
    whole_text,
)
from citizenfeedback.domain.text import fold
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    CaseResult,
    ClockEffect,
    ClockKind,
    Complexity,
    EventKind,
    Letter,
    LetterState,
)
from citizenfeedback.domain.workflow import clock_changes, step
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.letters import CaseLetter, LetterEnclosure
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.case_head import COLUMNS, facts_of, one_visible
from citizenfeedback.queries.letterheads import head_of_letters, usual_signer
from citizenfeedback.queries.letters import (
    Signing,
    Written,
    letter_values,
    stored_signing,
    written_of,
)
from citizenfeedback.queries.templates import own_template, paragraphs_for
from citizenfeedback.services.casework import Office, load_case
from citizenfeedback.services.chronicle import append_event
from citizenfeedback.services.clocks import counted, opening_entries
from citizenfeedback.services.numbering import cancel_number, number_of
from citizenfeedback.services.transaction import reading, transaction

LONGEST_SECTION = 40_000


@dataclass(frozen=True, slots=True)
class SeenLetter:
    """A letter of a case as somebody had it before their eyes."""

    number: str
    id: int
    version: int


@dataclass(frozen=True, slots=True, repr=False)
class Wanted:
    """What a letter is drafted from: the form, its act with entries, typed fields, who signs."""

    letter: Letter
    action: Action | None = None
    entries: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Value] = field(default_factory=dict)
    signing: Signing | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Prepared:
    """What a letter would be filled with now."""

    offer: Offer
    values: Mapping[str, Value]
    office: OfficeHead
    signing: Signing


def prepare_letter(
    actor: Actor, number: str, letter: Letter, action: Action | None, *, office: Office
) -> Prepared:
    """What is known for a letter before it is drafted; changes nothing.

    Raises `NotFound`, `RuleBroken("not_granted")`, or what forbids the letter or its act now.
    """
    row, facts, offer = _open(actor, number, letter, action, office)
    unit_id = issuing_unit(actor, facts, action)
    head = head_of_letters(unit_id)
    values = letter_values(row, head, due_on=_coming_term(facts, action, office))
    return Prepared(offer, values, head, Signing(name=usual_signer(unit_id)))


def fill_in_form(actor: Actor, number: str, letter: Letter, *, office: Office) -> LetterContent:
    """A form of a case for its sender to sign, with what is known; a denouncer is left to his hand.

    Raises `NotFound` for a case that may not be seen and for what is no form of its kind.
    """
    row = one_visible(select(*COLUMNS), actor, number)
    facts = facts_of(row)
    form = next(
        (
            one
            for one in forms_to_fill_in(office.today)
            if one.letter is letter and facts.kind in one.kinds
        ),
        None,
    )
    if form is None or not can(actor, Action.DRAFT_LETTER, facts):
        raise NotFound("form")
    head = head_of_letters(facts.unit_id)
    values = {**letter_values(row, head), "competent_body": head.letterhead.body}
    if facts.kind is CaseKind.DENUNCIATION:
        values = {name: value for name, value in values.items() if name not in AUTHOR_FIELDS}
    template = own_template(form.template, facts.unit_id) or shipped_template(form)
    return form_to_fill_in(form, template, values, kind=facts.kind, on=office.today)


def draft_letter(actor: Actor, number: str, wanted: Wanted, *, office: Office) -> int:
    """Draft a letter from its template and the case's data; the id of the draft."""
    with transaction() as session:
        row, facts, offer = _open(actor, number, wanted.letter, wanted.action, office)
        unit_id = issuing_unit(actor, facts, wanted.action)
        head = head_of_letters(unit_id)
        known = letter_values(row, head, due_on=_coming_term(facts, wanted.action, office))
        typed = {name: value for name, value in wanted.fields.items() if value not in (None, "")}
        values = {**known, **_told_by(wanted.entries), **typed}
        text = draft_text(
            offer.form,
            own_template(offer.form.template, unit_id) or shipped_template(offer.form),
            values,
            kind=facts.kind,
            on=office.today,
            instance=facts.instance,
        )
        signing = wanted.signing or Signing(name=usual_signer(unit_id))
        if offer.form.approved:
            signing.block(head)
        letter_id = session.scalar(
            insert(CaseLetter)
            .values(
                case_id=facts.id,
                letter=wanted.letter,
                template=offer.form.template,
                action=wanted.action,
                state=LetterState.DRAFT,
                unit_id=unit_id,
                to_citizen=to_citizen(offer.form),
                content=sealed_content(office, Written(text, signing, values)),
                entries=office.keys.seal(json.dumps(packed(wanted.entries))),
                author_id=actor.user_id,
                drafted_at=office.now,
            )
            .returning(CaseLetter.id)
        )
        return int(letter_id or 0)


def edit_letter(
    actor: Actor,
    seen: SeenLetter,
    *,
    sections: Mapping[str, str],
    signing: Signing,
    enclosures: Iterable[int] = (),
    office: Office,
) -> None:
    """Keep the text as it was worked over, and which papers go along.

    Raises `ChangedMeanwhile` when somebody else saved it meanwhile; nothing is overwritten then.
    """
    text = text_from_sections(sections)
    for name in SECTIONS:
        if len(text.sections()[name]) > LONGEST_SECTION:
            raise RuleBroken("too_long", limit=LONGEST_SECTION, entry=name)
    with transaction() as session:
        held = hold_letter(session, actor, seen, LetterStep.EDIT)
        written = written_of(held.row.content, office.keys)
        if held.form.approved:
            signing.block(head_of_letters(held.row.unit_id))
        _change(
            session,
            held,
            content=sealed_content(office, Written(text, signing, written.fields)),
        )
        session.execute(delete(LetterEnclosure).where(LetterEnclosure.letter_id == held.row.id))
        along = session.scalars(
            select(Attachment.id).where(
                Attachment.case_id == held.facts.id, Attachment.id.in_(sorted(set(enclosures)))
            )
        ).all()
        for attachment_id in along:
            session.execute(
                insert(LetterEnclosure).values(letter_id=held.row.id, attachment_id=attachment_id)
            )


def edit_entries(
    actor: Actor, seen: SeenLetter, entries: Mapping[str, Any], *, office: Office
) -> None:
    """Change what the act of a letter will record; where the text says it as before, it follows.

    What the text says in other words stays; `differing` names it.
    """
    with transaction() as session:
        held = hold_letter(session, actor, seen, LetterStep.EDIT)
        if held.row.action is None:
            raise NotFound("letter")
        written = written_of(held.row.content, office.keys)
        before = _told_by(unpacked(json.loads(office.keys.unseal(held.row.entries))))
        after = _told_by(entries)
        fields = {name: told for name, told in written.fields.items() if name not in before}
        text = _following(written.text, before, after)
        _change(
            session,
            held,
            content=sealed_content(office, Written(text, written.signing, fields | after)),
            entries=office.keys.seal(json.dumps(packed(entries))),
        )


def differing(form: LetterForm, entries: Mapping[str, Any], text: LetterText) -> tuple[str, ...]:
    """The entries of an act that its letter does not say as they were entered."""
    said = _plain(whole_text(text))
    return tuple(
        name
        for name, value in entries.items()
        if any(
            _plain(line) not in said
            for field_name, told in _told_by({name: value}).items()
            if field_name in form.fields
            for line in lines_of(str(told))
        )
    )


def _plain(text: str) -> str:
    return " ".join(fold(text).split()).rstrip(".;, ")


def _following(
    text: LetterText, before: Mapping[str, Value], after: Mapping[str, Value]
) -> LetterText:
    """The text with what an entry said replaced by what it says now, however it stands there."""
    sections = text.sections()
    for name, old in before.items():
        was, now = str(old).rstrip(".;, \n"), str(after.get(name) or "").rstrip(".;, \n")
        if not was or not now or was == now:
            continue
        for so in (str, _opening, _listed):
            sections = {key: part.replace(so(was), so(now)) for key, part in sections.items()}
    return text_from_sections(sections)


def _opening(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(text: str) -> str:
    return "\n".join(f"- {line}" for line in lines_of(text))


def submit_letter(actor: Actor, seen: SeenLetter, *, office: Office) -> None:
    """Lay a letter before the leader; one with gaps is not ready (`letter_has_gaps`)."""
    with transaction() as session:
        held = hold_letter(session, actor, seen, LetterStep.SUBMIT)
        check_gaps(held.form, written_of(held.row.content, office.keys).text)
        _change(session, held, state=LetterState.SUBMITTED, returned_because="")


def approve_letter(actor: Actor, seen: SeenLetter, *, office: Office) -> None:
    """Approve what was laid before the leader; it can only be issued or sent back now."""
    with transaction() as session:
        held = hold_letter(session, actor, seen, LetterStep.APPROVE)
        _change(
            session,
            held,
            state=LetterState.APPROVED,
            approved_by_id=actor.user_id,
            approved_at=office.now,
        )


def send_letter_back(actor: Actor, seen: SeenLetter, *, reason: str) -> None:
    """Give a letter back to be worked over, with the reason; a number it has stays with it."""
    if not reason.strip():
        raise RuleBroken("reason_required", entry="reason")
    with transaction() as session:
        held = hold_letter(session, actor, seen, LetterStep.SEND_BACK)
        _change(
            session,
            held,
            state=LetterState.DRAFT,
            approved_by_id=None,
            approved_at=None,
            returned_because=reason.strip()[:500],
        )


def cancel_letter(actor: Actor, seen: SeenLetter, *, reason: str, office: Office) -> None:
    """Cancel a letter. A number it has stays in the register with the reason.

    An issued letter is kept as it was; the act it carried is not undone by this.
    """
    if not reason.strip():
        raise RuleBroken("reason_required", entry="reason")
    with transaction() as session:
        held = hold_letter(session, actor, seen, LetterStep.CANCEL)
        taken = number_of(session, held.row.id)
        if taken is not None and not can(actor, Action.ISSUE_LETTER, held.facts):
            raise RuleBroken("not_granted", action=Action.ISSUE_LETTER)
        _change(session, held, state=LetterState.CANCELLED)
        if taken is not None:
            cancel_number(session, taken.id, reason.strip()[:500])
        if held.row.state is LetterState.ISSUED:
            append_event(
                session,
                office.keys,
                actor,
                EventKind.LETTER_CANCELLED,
                case_id=held.facts.id,
                state=held.facts.state,
                now=office.now,
                on=office.today,
                details={
                    "letter": held.row.letter,
                    "letter_id": held.row.id,
                    "document_no": held.row.document_no,
                },
            )


def paragraph_text(
    actor: Actor, number: str, letter_id: int, paragraph: int, *, office: Office
) -> str:
    """A canned paragraph filled with the data of a letter; raises `RuleBroken` if it cannot be."""
    row = one_visible(select(*COLUMNS), actor, number)
    letter = _of_case(row.id, letter_id)
    if not can(actor, Action.DRAFT_LETTER, facts_of(row)):
        raise NotFound("letter")
    found = {one.id: one for one in paragraphs_for(letter.unit_id, row.field, letter.letter)}
    if paragraph not in found:
        raise NotFound("paragraph")
    written = written_of(letter.content, office.keys)
    form = form_of_template(letter.template)
    filled = fill_paragraph(found[paragraph].body, written.fields, form.fields)
    if filled.problems:
        raise RuleBroken("paragraph_does_not_fit")
    return filled.text


@dataclass(frozen=True, slots=True)
class Held:
    """A letter under lock, with its case as the rules see it."""

    row: Row[Any]
    facts: CaseFacts
    case: Row[Any]
    form: LetterForm


LETTER_COLUMNS: tuple[Any, ...] = (
    CaseLetter.id,
    CaseLetter.letter,
    CaseLetter.template,
    CaseLetter.action,
    CaseLetter.state,
    CaseLetter.unit_id,
    CaseLetter.to_citizen,
    CaseLetter.content,
    CaseLetter.entries,
    CaseLetter.document_no,
    CaseLetter.version,
)


def hold_letter(session: Session, actor: Actor, seen: SeenLetter, wanted: LetterStep) -> Held:
    """Lock a letter of a visible case and check that this person may take this step with it.

    Raises `NotFound`, `ChangedMeanwhile`, `RuleBroken("not_granted")` or `("letter_step")`.
    """
    case = load_case(session, actor, seen.number)
    facts = facts_of(case)
    row = session.execute(
        select(*LETTER_COLUMNS)
        .where(CaseLetter.id == seen.id, CaseLetter.case_id == case.id)
        .with_for_update()
    ).first()
    if row is None or not (
        can(actor, Action.DRAFT_LETTER, facts) or can(actor, Action.ISSUE_LETTER, facts)
    ):
        raise NotFound("letter")
    form = form_of_template(row.template)
    next_state(form, row.state, wanted)
    if row.version != seen.version:
        raise ChangedMeanwhile(number=seen.number)
    if wanted not in steps_for(actor, facts, form, row.action, row.state):
        raise RuleBroken("not_granted", action=row.action or Action.ISSUE_LETTER)
    return Held(row, facts, case, form)


def check_gaps(form: LetterForm, text: LetterText) -> None:
    """Refuse a letter with dotted lines left in it; minutes are filled in by hand."""
    if form.layout in (Layout.NAMED, Layout.OFFICIAL_LETTER) and DOTS[:4] in whole_text(text):
        raise RuleBroken("letter_has_gaps")


def sealed_content(office: Office, written: Written) -> bytes:
    """What a letter says, as it lies in its row."""
    stored = {
        "text": written.text.sections(),
        "signing": stored_signing(written.signing),
        "fields": packed(written.fields),
    }
    return office.keys.seal(json.dumps(stored, ensure_ascii=False))


def _change(session: Session, held: Held, **columns: Any) -> None:
    session.execute(
        update(CaseLetter)
        .where(CaseLetter.id == held.row.id)
        .values(**columns, version=held.row.version + 1)
    )


def _of_case(case_id: int, letter_id: int) -> Row[Any]:
    row = (
        reading()
        .execute(
            select(*LETTER_COLUMNS).where(CaseLetter.id == letter_id, CaseLetter.case_id == case_id)
        )
        .first()
    )
    if row is None:
        raise NotFound("letter")
    return row


def _open(
    actor: Actor, number: str, letter: Letter, action: Action | None, office: Office
) -> tuple[Row[Any], CaseFacts, Offer]:
    row = one_visible(select(*COLUMNS), actor, number)
    facts = facts_of(row)
    if not can(actor, Action.DRAFT_LETTER, facts):
        raise RuleBroken("not_granted", action=Action.DRAFT_LETTER)
    return row, facts, find_offer(facts, letter, action, office.today)


def _coming_term(facts: CaseFacts, action: Action | None, office: Office) -> date | None:
    """The day by which the case must be settled if the act is done today.

    Of a request to the citizen it is the day proposed for the answer: no law sets one, so the
    office's own standard, counted from today however old the case is.
    """
    if action is None:
        return None
    if action is Action.ASK_CITIZEN:
        return work_calendar().add_working(office.today, office.policy.petition_days)
    row = step(facts, action)
    after = replace(facts, accepted_on=office.today) if action is Action.ACCEPT else facts
    for change in clock_changes(row, after, office.today):
        starts = change.effect is ClockEffect.START and change.clock is ClockKind.SETTLEMENT
        if starts and change.rule is not None and change.start is not None:
            entries = opening_entries(change.clock, change.rule, change.start, after, office.policy)
            return counted(change.clock, entries, work_calendar(), office.policy).due_on
    return None


def _told_by(entries: Mapping[str, Any]) -> dict[str, Value]:
    """What the entries of the act say in the letter."""
    told: dict[str, Value] = {}
    for name, value in entries.items():
        if name in FIELD_OF_ENTRY and isinstance(value, str):
            told[FIELD_OF_ENTRY[name]] = value
        elif name in FIELD_OF_ENTRY and isinstance(value, list | tuple):
            told[FIELD_OF_ENTRY[name]] = "\n".join(str(one) for one in value)
        elif name == "ground" and value:
            row = ground(value)
            told |= {"ground": row.label("vi"), "ground_law": row.law("vi")}
        elif isinstance(value, CaseResult | Complexity):
            told[name] = label(value, "vi").lower()
    return told
