"""Issuing a letter, and the act that it carries: number first, then the paper, then both at once.

Three parts, none of which can undo what a citizen holds. The number is taken in a short transaction
of its own, in which the act is rehearsed: an act that is refused takes no number. From then on the
number stays with the letter whatever follows. The paper is printed outside any transaction. Then one
transaction does the act and freezes the letter: either both are there or neither. Who was interrupted
in between issues again, with the same number.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.documents.letter_docx import letter_docx
from citizenfeedback.documents.letter_pdf import letter_pdf
from citizenfeedback.documents.letters import letter_content
from citizenfeedback.domain.access import can
from citizenfeedback.domain.errors import ChangedMeanwhile, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.leaks import Leak, LeakKind, find_leaks
from citizenfeedback.domain.letter_acts import (
    FIELD_AS_TEXT,
    MARKS,
    READ_ONCE_SENT,
    checked_for_identity,
    given_by_letter,
    unpacked,
)
from citizenfeedback.domain.letters import (
    LetterContent,
    LetterStep,
    LetterText,
    register_of,
    symbol,
    text_from_sections,
    whole_text,
)
from citizenfeedback.domain.vocabulary import (
    Action,
    AuditAction,
    CaseKind,
    EventKind,
    LetterState,
)
from citizenfeedback.domain.workflow import required_inputs, step
from citizenfeedback.gateways.files import FileStore
from citizenfeedback.gateways.texts import pictures_in, words_in
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.letters import CaseLetter, LetterEnclosure
from citizenfeedback.models.timeline import CaseNote
from citizenfeedback.queries.letterheads import head_of_letters
from citizenfeedback.queries.letters import Written, written_of
from citizenfeedback.services.acts import perform
from citizenfeedback.services.casework import Office, Seen, Work
from citizenfeedback.services.chronicle import append_entry, append_event
from citizenfeedback.services.lettering import Held, SeenLetter, check_gaps, hold_letter
from citizenfeedback.services.numbering import Taken, issue_number, take_number
from citizenfeedback.services.persons import EVERYBODY, sealed_identity, sealed_people
from citizenfeedback.services.post import tell_citizen
from citizenfeedback.services.transaction import reading, rehearsal, transaction

SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """Where something sealed stands: in the letter (no attachment) or in a paper sent along."""

    kind: LeakKind
    excerpt: str
    attachment_id: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class SealCheck:
    """What a letter would give away, and the papers sent along that no program can read whole.

    `places` is empty for those who may not read what is sealed; `count` is not.
    """

    count: int = 0
    places: tuple[Place, ...] = ()
    unreadable: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Paper:
    """A frozen file: where it lies and its two hashes."""

    key: str
    digest: str
    sha256: str


def check_letter(actor: Actor, seen: SeenLetter, *, files: FileStore, office: Office) -> SealCheck:
    """Look whether a letter, or a paper that goes along, names a denouncer it must not name."""
    with transaction() as session:
        held = hold_letter(session, actor, seen, LetterStep.ISSUE)
    return _checked(actor, held, files, office.keys)


def issue_letter(
    actor: Actor, seen: SeenLetter, *, reason: str = "", files: FileStore, office: Office
) -> str:
    """Issue a letter and do the act that it carries; the number it was given, if it bears one.

    `reason` is why a leader issues it although the check found something. Raises
    `RuleBroken("identity_in_letter", count=…)` when it did, `ChangedMeanwhile` for the second of
    two, and whatever forbids the act.
    """
    with transaction() as session:
        held = hold_letter(session, actor, seen, LetterStep.ISSUE)
    written = written_of(held.row.content, office.keys)
    check_gaps(held.form, written.text)
    inputs = _inputs(held, written, office)
    check = _checked(actor, held, files, office.keys)
    overruled = _overruled(actor, held, check, reason)
    taken, document_no = _number(actor, seen, held, inputs, files, office)
    content = printed(held, written, taken, office)
    papers = (_keep(files, letter_pdf(content)), _keep(files, letter_docx(content)))
    issue = _Issue(actor, seen, held, taken, document_no, papers, overruled, office)
    try:
        if held.row.action is None:
            _issue_alone(issue)
        else:
            inputs |= {"document_no": document_no} if document_no else {}
            perform(
                actor,
                Seen(seen.number),
                held.row.action,
                inputs,
                files=files,
                office=replace(office, together=issue.with_act),
            )
    except BaseException:
        for paper in papers:
            files.delete(paper.key)
        raise
    return issue.document_no


def printed(
    held: Held, written: Written, taken: Taken | None, office: Office, *, draft: bool = False
) -> LetterContent:
    """The letter as it is printed; once issued with the denouncer in place of the marks."""
    head = head_of_letters(held.row.unit_id)
    text = written.text if draft else _named(held, written.text, office.keys)
    return letter_content(
        held.form,
        text,
        head.letterhead,
        written.signing.block(head) if not held.form.signers else None,
        case_number=held.case.number,
        number=taken.number if taken else None,
        dated=None if draft else office.today,
        year=office.today.year,
        draft=draft,
    )


@dataclass(frozen=True, slots=True)
class _Issue:
    """One issue under way, as the transaction of its act takes it in."""

    actor: Actor
    seen: SeenLetter
    held: Held
    taken: Taken | None
    document_no: str
    papers: tuple[_Paper, _Paper]
    overruled: str
    office: Office

    def with_act(self, work: Work) -> None:
        """Freeze the letter in the transaction of its act."""
        work.details |= self.freeze(work.session)
        if self.held.row.to_citizen and self.held.row.action not in READ_ONCE_SENT:
            work.tells_citizen = True

    def freeze(self, session: Session) -> dict[str, object]:
        """Write the issued letter down and give what its event says of it."""
        letter_id, (pdf, docx) = self.held.row.id, self.papers
        row = session.execute(
            select(CaseLetter.state, CaseLetter.version)
            .where(CaseLetter.id == letter_id)
            .with_for_update()
        ).one()
        if row.state is not self.held.row.state or row.version != self.held.row.version:
            raise ChangedMeanwhile(number=self.seen.number)
        session.execute(
            update(CaseLetter)
            .where(CaseLetter.id == letter_id)
            .values(
                state=LetterState.ISSUED,
                document_no=self.document_no,
                issued_on=self.office.today,
                pdf_key=pdf.key,
                pdf_digest=pdf.digest,
                pdf_sha256=pdf.sha256,
                docx_key=docx.key,
                docx_digest=docx.digest,
                docx_sha256=docx.sha256,
                version=row.version + 1,
            )
        )
        if self.taken is not None:
            issue_number(session, self.taken.id)
        if self.overruled:
            self._log_overruling(session)
        return {
            "letter": str(self.held.row.letter),
            "letter_id": letter_id,
            "document_no": self.document_no,
            "sha256": pdf.sha256,
        }

    def _log_overruling(self, session: Session) -> None:
        """Write who went on although the check found something, and why, into both chains."""
        case, office = self.held.case, self.office
        note_id = session.scalar(
            insert(CaseNote)
            .values(
                case_id=case.id,
                author_id=self.actor.user_id,
                at=office.now,
                body=self.overruled,
            )
            .returning(CaseNote.id)
        )
        details: dict[str, object] = {"letter_id": self.held.row.id, "note": note_id}
        append_event(
            session,
            office.keys,
            self.actor,
            EventKind.SEAL_CHECK_OVERRULED,
            case_id=case.id,
            state=case.state,
            now=office.now,
            on=office.today,
            details=details,
        )
        append_entry(
            session,
            office.keys,
            self.actor,
            AuditAction.SEAL_CHECK_OVERRULED,
            now=office.now,
            case_id=case.id,
            details=details,
        )


def _issue_alone(issue: _Issue) -> None:
    """Issue a letter that carries no act: a notice, an invitation, minutes."""
    with transaction() as session:
        held = hold_letter(session, issue.actor, issue.seen, LetterStep.ISSUE)
        office = issue.office
        seq = append_event(
            session,
            office.keys,
            issue.actor,
            EventKind.LETTER_ISSUED,
            case_id=held.facts.id,
            state=held.facts.state,
            now=office.now,
            on=office.today,
            details=issue.freeze(session),
        )
        if held.row.to_citizen:
            tell_citizen(
                session,
                office.keys,
                held.facts.id,
                seq=seq,
                language=held.case.language,
                now=office.now,
            )


def _inputs(held: Held, written: Written, office: Office) -> dict[str, Any]:
    """The entries of the act: those typed with the draft, and those the letter gives.

    Raises at once what forbids the act now, so that no number is taken for nothing.
    """
    action, facts = held.row.action, held.facts
    if action is None:
        return {}
    step(facts, action)
    inputs = dict(unpacked(json.loads(office.keys.unseal(held.row.entries))))
    given = given_by_letter(facts.kind, action)
    if "on" in given:
        inputs["on"] = office.today
    if "text" in given:
        field = FIELD_AS_TEXT.get(action, "")
        inputs["text"] = str(written.fields.get(field) or "") or written.text.body
    for name in required_inputs(action):
        if name != "document_no" and inputs.get(name) in (None, ""):
            raise RuleBroken("required", entry=name)
    return inputs


def _number(
    actor: Actor,
    seen: SeenLetter,
    held: Held,
    inputs: Mapping[str, Any],
    files: FileStore,
    office: Office,
) -> tuple[Taken | None, str]:
    """Take the number of a letter whose act is lawful; the number as people write it, `05/QĐ-UBND`.

    None and no text where the paper bears no number. Raises whatever forbids the act, and then no
    number is taken.
    """
    if not held.form.numbered:
        return None, ""
    head = head_of_letters(held.row.unit_id).letterhead
    with transaction() as session:
        again = hold_letter(session, actor, seen, LetterStep.ISSUE)
        taken = take_number(
            session,
            unit_id=again.row.unit_id,
            symbol=register_of(again.form.document, head.short),
            year=office.today.year,
            letter_id=again.row.id,
            user_id=actor.user_id,
            now=office.now,
        )
        document_no = f"{taken.number:02}/{symbol(head.short, again.form.document, head.drafting)}"
        if again.row.action is not None:
            # The letter itself is not frozen yet, so nothing goes together with the act here.
            alone = replace(office, together=lambda _: None)
            entries = {**inputs, "document_no": document_no}
            with rehearsal(session):
                perform(
                    actor, Seen(seen.number), again.row.action, entries, files=files, office=alone
                )
    return taken, document_no


def _keep(files: FileStore, content: bytes) -> _Paper:
    stored = files.put(content, sealed=True)
    return _Paper(stored.key, stored.digest, hashlib.sha256(content).hexdigest())


def _overruled(actor: Actor, held: Held, check: SealCheck, reason: str) -> str:
    """The leader's reason to go on; raises unless nothing was found or the leader may and says."""
    if not check.count:
        return ""
    if not can(actor, Action.OVERRULE_SEAL_CHECK, held.facts) or not reason.strip():
        raise RuleBroken("identity_in_letter", count=check.count)
    if len(reason.strip()) < SHORTEST_REASON:
        raise RuleBroken("reason_too_short", limit=SHORTEST_REASON, entry="reason")
    return reason.strip()[:500]


def _checked(actor: Actor, held: Held, files: FileStore, keys: Keys) -> SealCheck:
    """Search the letter and what goes along for what is sealed."""
    if not checked_for_identity(held.facts.kind, held.form):
        return SealCheck()
    session = reading()
    identity = sealed_identity(session, keys, held.facts.id)
    text = whole_text(written_of(held.row.content, keys).text)
    marked = [mark for mark in MARKS.values() if mark in text]
    places = [Place(LeakKind.NAME, mark) for mark in marked]
    places += [_place(leak) for leak in find_leaks(text, identity)]
    unreadable = []
    for paper in _along(session, held.row.id):
        content = files.read(paper.storage_key, sealed=paper.sealed)
        words = words_in(content, paper.media_type)
        if words is None or pictures_in(content, paper.media_type):
            unreadable.append(int(paper.id))
        if words is not None:
            places += [_place(leak, paper.id) for leak in find_leaks(words, identity)]
    may_read = can(actor, Action.READ_SEALED, held.facts)
    return SealCheck(len(places), tuple(places) if may_read else (), tuple(unreadable))


def _place(leak: Leak, attachment_id: int | None = None) -> Place:
    return Place(leak.kind, leak.excerpt, attachment_id)


def _along(session: Session, letter_id: int) -> Any:
    return session.execute(
        select(Attachment.id, Attachment.storage_key, Attachment.sealed, Attachment.media_type)
        .join(LetterEnclosure, LetterEnclosure.attachment_id == Attachment.id)
        .where(LetterEnclosure.letter_id == letter_id)
        .order_by(Attachment.id)
    ).all()


def _named(held: Held, text: LetterText, keys: Keys) -> LetterText:
    """The text with the denouncer in place of the marks, where he is the one who gets it.

    Raises `RuleBroken("denouncer_unknown")` when nobody is named.
    """
    if held.facts.kind is not CaseKind.DENUNCIATION or not held.form.names_denouncer:
        return text
    people = sealed_people(reading(), keys, held.facts.id, EVERYBODY)
    named = [person for person in people if person.get("name")]
    if not named:
        raise RuleBroken("denouncer_unknown")
    first = named[0]
    told = {
        "person": ", ".join(person["name"] for person in named),
        "person_address": first.get("address", ""),
        "person_identity": first.get("id_no", ""),
        "person_contact": ", ".join(
            part for part in (first.get("phone", ""), first.get("email", "")) if part
        ),
    }
    sections = text.sections()
    for name, mark in MARKS.items():
        known = told[name] or "……………"
        sections = {key: section.replace(mark, known) for key, section in sections.items()}
    return text_from_sections(sections)
