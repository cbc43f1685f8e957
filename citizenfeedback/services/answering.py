"""How a case comes to its end: draft, approval, decision or answer, sending, withdrawal, and after.

The end of a petition or reflection is the answer sent; of a complaint or denunciation the decision
or conclusion (contract 4: `closed_on`).
"""

from datetime import date

from sqlalchemy import delete, insert, select, update

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.escalation import unanswered_in_time
from citizenfeedback.domain.examination import check_ground
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.law.regimes import START_OF_LAW_136
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    CaseResult,
    Channel,
    FirstDecision,
    Instance,
    MessageKind,
    State,
    WithdrawalProof,
)
from citizenfeedback.domain.workflow import DECISION_RESULTS
from citizenfeedback.models.cases import Case
from citizenfeedback.models.letters import CaseLetter
from citizenfeedback.models.procedures import DecisionOutcome, ImplementationEntry
from citizenfeedback.models.timeline import CaseDraftAnswer, CaseMessage
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.competence import superior_unit
from citizenfeedback.queries.letters import UNDER_WAY
from citizenfeedback.services.casework import Office, Seen, Work, check_day, working_on
from citizenfeedback.services.implementing import keep_first_decision
from citizenfeedback.services.persons import people_of
from citizenfeedback.services.registering import NewCase, Registered, register
from citizenfeedback.services.settling import check_dialogue


def submit_draft(actor: Actor, seen: Seen, *, text: str = "", office: Office) -> None:
    """Lay the draft of the answer or decision before the leader: as a text, or as a letter.

    Raises `RuleBroken("draft_missing")` where there is neither: a leader decides on what can be read.
    """
    body = text.strip()
    with working_on(actor, seen, Action.SUBMIT_DRAFT, office) as work:
        if not body and not _letter_under_way(work):
            raise RuleBroken("draft_missing", entry="text")
        _drop_draft(work)
        if body:
            work.session.execute(
                insert(CaseDraftAnswer).values(
                    case_id=work.facts.id, body=body, author_id=actor.user_id, at=office.now
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
    first_decision: FirstDecision | None = None,
    office: Office,
) -> None:
    """Issue the decision on a complaint or the conclusion on a denunciation."""
    with working_on(actor, seen, Action.DECIDE, office) as work:
        if result not in DECISION_RESULTS:
            raise RuleBroken("not_a_decision")
        work.dated(on)
        check_dialogue(work)
        keep_first_decision(work, first_decision)
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
        work.set(sent_on=on)
        work.tells_citizen = True


def withdraw(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    proof: WithdrawalProof,
    document_no: str = "",
    note: str = "",
    office: Office,
) -> None:
    """Record the signed withdrawal of the whole submission (Luật KN art. 10, Luật TC art. 33)."""
    with working_on(actor, seen, Action.WITHDRAW, office) as work:
        work.dated(on)
        work.details["proof"] = WithdrawalProof(proof)
        if document_no:
            work.details["document_no"] = document_no
        work.keep_reason(note)
        _drop_draft(work)
        work.tells_citizen = True


def withdraw_part(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    text: str,
    proof: WithdrawalProof,
    document_no: str = "",
    office: Office,
) -> None:
    """Record which contents were withdrawn; the rest is settled on.

    A complaint knows this only since 1 July 2026 (Law 136/2025, article 2.3), whenever it was
    received (NĐ 155/2026 art. 22.1); raises `RuleBroken("no_partial_withdrawal_yet")` before. A
    denunciation has always known it, until its conclusion (Luật TC art. 33).
    """
    with working_on(actor, seen, Action.WITHDRAW_PART, office) as work:
        work.dated(on)
        if work.facts.kind is CaseKind.COMPLAINT and on < START_OF_LAW_136:
            raise RuleBroken("no_partial_withdrawal_yet", begins=START_OF_LAW_136)
        work.details["proof"] = WithdrawalProof(proof)
        if document_no:
            work.details["document_no"] = document_no
        work.write(MessageKind.WITHDRAWAL, text, document_no=document_no, sent_on=on)
        work.tells_citizen = True


def keep_settling(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    ground: str,
    reason: str,
    document_no: str = "",
    office: Office,
) -> None:
    """Settle a denunciation on although it was withdrawn, by a ground of article 33.

    Whoever forced the withdrawal may hold the access code: the citizen's page says nothing of it.
    """
    with working_on(actor, seen, Action.KEEP_SETTLING, office) as work:
        work.dated(on)
        kind = work.facts.kind
        work.details["ground"] = check_ground(kind, Action.KEEP_SETTLING, ground, on)
        if document_no:
            work.details["document_no"] = document_no
        work.keep_reason(reason)


def terminate(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    ground: str,
    reason: str,
    document_no: str = "",
    office: Office,
) -> None:
    """End the settlement by decision (đình chỉ), on a ground of the law's list."""
    with working_on(actor, seen, Action.TERMINATE, office) as work:
        work.dated(on)
        code = check_ground(work.facts.kind, Action.TERMINATE, ground, on)
        work.set(decision_no=document_no, ground=code)
        work.details |= {"document_no": document_no, "ground": code}
        work.keep_reason(reason)
        _drop_draft(work)
        work.tells_citizen = True


def reopen(actor: Actor, seen: Seen, *, reason: str, office: Office) -> None:
    """Take a petition or reflection up again; the office's own term begins anew."""
    with working_on(actor, seen, Action.REOPEN, office) as work:
        work.set(sent_on=None)
        work.keep_reason(reason)
        work.tells_citizen = True


def correct(actor: Actor, seen: Seen, *, reason: str, office: Office) -> None:
    """Take back a wrong end of a complaint or denunciation; the leader answers for it."""
    with working_on(actor, seen, Action.CORRECT, office) as work:
        work.keep_reason(reason)
        work.set(sent_on=None, published_on=None, publication=None, ground="")
        for table in (ImplementationEntry, DecisionOutcome):
            work.session.execute(delete(table).where(table.case_id == work.facts.id))
        if work.facts.state is State.DECIDED:
            work.session.execute(
                delete(CaseMessage).where(
                    CaseMessage.case_id == work.facts.id,
                    CaseMessage.kind == MessageKind.ANSWER,
                    CaseMessage.sent_on.is_(None),
                )
            )


def continue_case(actor: Actor, seen: Seen, *, on: date, reason: str, office: Office) -> Registered:
    """Open the second complaint or follow-up denunciation, linked to this one, at the superior's.

    Who stands behind it is taken over; in a denunciation from seal to seal. A first complaint that
    was not answered in its term may be followed without a decision (Luật Khiếu nại art. 33.1 as
    amended), a denunciation without a conclusion (Luật Tố cáo art. 38.1); it stays open until the
    office that owes it has decided.
    """
    with working_on(actor, seen, Action.CONTINUE, office) as work:
        facts, row = work.facts, work.row
        if facts.open:
            _check_unanswered(work, on)
        check_day(on, earliest=facts.closed_on or facts.received_on, today=office.today)
        behind = people_of(work)
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
                unit_id=_superior(work, on),
                received_on=on,
                summary=row.summary,
                people=behind.people,
                others=behind.others,
                instance=Instance.SECOND,
                respondent=row.respondent,
                respondent_unit_id=facts.respondent_unit_id,
                respondent_user_id=facts.respondent_user_id,
                signatories=row.signatories,
                language=row.language,
                late_entry_reason=reason,
                previous_id=facts.id,
                unanswered=facts.open,
            ),
            now=office.now,
        )
        work.details["number"] = registered.number
        work.keep_reason(reason)
    return registered


def _check_unanswered(work: Work, on: date) -> None:
    """Only once the term of the case before is over; a complaint by the law of July 2026."""
    settle_by = work.session.scalar(select(Case.settle_by).where(Case.id == work.facts.id))
    if not unanswered_in_time(work.facts.kind, work.facts.state, settle_by, on):
        raise RuleBroken("first_not_decided")


def _superior(work: Work, on: date) -> int:
    """The unit that settles next; refuses where it does not work here."""
    found = superior_unit(work.facts.unit_id, work.facts.kind, on)
    if found is None:
        raise RuleBroken("superior_outside")
    return found


def _issue(work: Work, text: str, document_no: str) -> None:
    """The text of the answer, or the draft when none was typed, becomes the office's word."""
    body = text or work.session.scalar(
        select(CaseDraftAnswer.body).where(CaseDraftAnswer.case_id == work.facts.id)
    )
    if body:
        work.write(MessageKind.ANSWER, body, document_no=document_no)
    _drop_draft(work)


def _letter_under_way(work: Work) -> bool:
    letters = select(CaseLetter.id).where(
        CaseLetter.case_id == work.facts.id,
        CaseLetter.state.in_(UNDER_WAY),
        CaseLetter.action.in_((Action.DECIDE, Action.ANSWER)),
    )
    return work.session.scalar(letters.limit(1)) is not None


def _drop_draft(work: Work) -> None:
    work.session.execute(delete(CaseDraftAnswer).where(CaseDraftAnswer.case_id == work.facts.id))
