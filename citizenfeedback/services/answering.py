"""How a case comes to its end: draft, approval, decision or answer, sending, withdrawal, and after.

The end of a petition or reflection is the answer sent; of a complaint or denunciation the decision
or conclusion (contract 4: `closed_on`).
"""

import json
from datetime import date

from sqlalchemy import delete, insert, select, update

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    CaseResult,
    Channel,
    Instance,
    MessageKind,
    SealedPart,
    State,
)
from citizenfeedback.domain.workflow import DECISION_RESULTS
from citizenfeedback.models.cases import CasePerson, SealedRecord
from citizenfeedback.models.timeline import CaseDraftAnswer, CaseMessage
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services.casework import Office, Seen, Work, check_day, working_on
from citizenfeedback.services.registering import NewCase, Person, Registered, register


def submit_draft(actor: Actor, seen: Seen, *, text: str, office: Office) -> None:
    """Lay the draft of the answer or decision before the leader."""
    with working_on(actor, seen, Action.SUBMIT_DRAFT, office) as work:
        _drop_draft(work)
        work.session.execute(
            insert(CaseDraftAnswer).values(
                case_id=work.facts.id, body=text, author_id=actor.user_id, at=office.now
            )
        )


def send_back(actor: Actor, seen: Seen, *, reason: str, office: Office) -> None:
    """Give the draft back to be worked over; it is kept."""
    with working_on(actor, seen, Action.SEND_BACK, office) as work:
        work.keep_reason(reason)


def decide(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    result: CaseResult,
    document_no: str,
    text: str = "",
    office: Office,
) -> None:
    """Issue the decision on a complaint or the conclusion on a denunciation."""
    with working_on(actor, seen, Action.DECIDE, office) as work:
        if result not in DECISION_RESULTS:
            raise RuleBroken("not_a_decision")
        work.dated(on)
        work.set(result=result, decision_no=document_no)
        work.details |= {"result": result, "document_no": document_no}
        _issue(work, text, document_no)


def answer(actor: Actor, seen: Seen, *, text: str, document_no: str = "", office: Office) -> None:
    """Fix the answer to a petition or reflection; it counts from the day it is sent."""
    with working_on(actor, seen, Action.ANSWER, office) as work:
        work.set(decision_no=document_no)
        if document_no:
            work.details["document_no"] = document_no
        _issue(work, text, document_no)


def send(actor: Actor, seen: Seen, *, on: date, document_no: str = "", office: Office) -> None:
    """Record that the answer or decision went out; from now on the citizen can read it."""
    with working_on(actor, seen, Action.SEND, office) as work:
        work.dated(on)
        if work.facts.closed_on is not None:
            check_day(on, earliest=work.facts.closed_on, today=office.today)
        if document_no:
            work.details["document_no"] = document_no
            if work.facts.kind in (CaseKind.PETITION, CaseKind.REFLECTION):
                work.set(decision_no=document_no)
        work.session.execute(
            update(CaseMessage)
            .where(
                CaseMessage.case_id == work.facts.id,
                CaseMessage.kind == MessageKind.ANSWER,
                CaseMessage.sent_on.is_(None),
            )
            .values(sent_on=on)
        )
        work.tells_citizen = True


def withdraw(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    document_no: str = "",
    note: str = "",
    office: Office,
) -> None:
    """Record the signed withdrawal of the whole submission (Luật KN art. 10, Luật TC art. 33)."""
    with working_on(actor, seen, Action.WITHDRAW, office) as work:
        work.dated(on)
        if document_no:
            work.details["document_no"] = document_no
        work.keep_reason(note)
        _drop_draft(work)
        work.tells_citizen = True


def terminate(
    actor: Actor, seen: Seen, *, on: date, reason: str, document_no: str, office: Office
) -> None:
    """End the settlement by decision (đình chỉ), with the ground."""
    with working_on(actor, seen, Action.TERMINATE, office) as work:
        work.dated(on)
        work.set(decision_no=document_no)
        work.details["document_no"] = document_no
        work.keep_reason(reason)
        _drop_draft(work)
        work.tells_citizen = True


def reopen(actor: Actor, seen: Seen, *, reason: str, office: Office) -> None:
    """Take a petition or reflection up again; the office's own term begins anew."""
    with working_on(actor, seen, Action.REOPEN, office) as work:
        work.keep_reason(reason)
        work.tells_citizen = True


def correct(actor: Actor, seen: Seen, *, reason: str, office: Office) -> None:
    """Take back a wrong end of a complaint or denunciation; the leader answers for it."""
    with working_on(actor, seen, Action.CORRECT, office) as work:
        work.keep_reason(reason)
        if work.facts.state is State.DECIDED:
            work.session.execute(
                delete(CaseMessage).where(
                    CaseMessage.case_id == work.facts.id,
                    CaseMessage.kind == MessageKind.ANSWER,
                    CaseMessage.sent_on.is_(None),
                )
            )


def continue_case(actor: Actor, seen: Seen, *, on: date, reason: str, office: Office) -> Registered:
    """Open the second complaint or follow-up denunciation as a new case linked to this one.

    Who stands behind it is taken over; in a denunciation from seal to seal.
    """
    with working_on(actor, seen, Action.CONTINUE, office) as work:
        facts, row = work.facts, work.row
        check_day(on, earliest=facts.closed_on or facts.received_on, today=office.today)
        registered = register(
            work.session,
            office.keys,
            work_calendar(),
            office.policy,
            actor,
            NewCase(
                kind=facts.kind,
                field=row.field,
                channel=Channel.IN_PERSON,
                unit_id=facts.unit_id,
                received_on=on,
                summary=row.summary,
                people=_people(work),
                instance=Instance.SECOND,
                respondent=row.respondent,
                respondent_unit_id=facts.respondent_unit_id,
                respondent_user_id=facts.respondent_user_id,
                signatories=row.signatories,
                language=row.language,
                late_entry_reason=reason,
                previous_id=facts.id,
            ),
            now=office.now,
        )
        work.details["number"] = registered.number
        work.keep_reason(reason)
    return registered


def _people(work: Work) -> tuple[Person, ...]:
    if work.facts.kind is CaseKind.DENUNCIATION:
        sealed = work.session.scalars(
            select(SealedRecord.ciphertext).where(
                SealedRecord.case_id == work.facts.id, SealedRecord.part == SealedPart.IDENTITY
            )
        )
        return tuple(
            Person(**person)
            for ciphertext in sealed
            for person in json.loads(work.office.keys.unseal(ciphertext))
        )
    rows = work.session.execute(
        select(
            CasePerson.name,
            CasePerson.id_no,
            CasePerson.phone,
            CasePerson.email,
            CasePerson.address,
        )
        .where(CasePerson.case_id == work.facts.id)
        .order_by(CasePerson.id)
    )
    return tuple(Person(*row) for row in rows)


def _issue(work: Work, text: str, document_no: str) -> None:
    """The text of the answer, or the draft when none was typed, becomes the office's word."""
    body = text or work.session.scalar(
        select(CaseDraftAnswer.body).where(CaseDraftAnswer.case_id == work.facts.id)
    )
    if body:
        work.write(MessageKind.ANSWER, body, document_no=document_no)
    _drop_draft(work)


def _drop_draft(work: Work) -> None:
    work.session.execute(delete(CaseDraftAnswer).where(CaseDraftAnswer.case_id == work.facts.id))
