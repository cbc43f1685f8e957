"""What another body must settle: sent on, answered from there, taken back, and word to the sender.

A complaint is guided, never forwarded (`examining.guide`). A denunciation may also be referred to
those who must act at once (Luật Tố cáo art. 25, 27; TT 05/2021 art. 15, 16).
"""

from datetime import date

from sqlalchemy import select

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.examination import check_ground
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.vocabulary import Action, MessageKind, ReplyOutcome
from citizenfeedback.models.cases import Case
from citizenfeedback.queries.likeness import forwarded_before
from citizenfeedback.services.casework import Office, Seen, Work, check_day, working_on


def forward(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    body: str,
    reason: str = "",
    document_no: str = "",
    office: Office,
) -> None:
    """Forward to another competent body; here it ends, until that body answers.

    A denunciation whose content was forwarded already is not forwarded again (TT 05/2021 art. 14):
    raises `RuleBroken("forwarded_already")`, unless `reason` says what makes it another one.
    """
    with working_on(actor, seen, Action.FORWARD, office) as work:
        before = forwarded_before(work.facts.id)
        if before is not None and not reason:
            raise RuleBroken("forwarded_already", on=before.on, body=before.body)
        _send_on(work, on, body, document_no)
        work.keep_reason(reason)
        work.tells_citizen = True


def refer(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    ground: str,
    body: str,
    reason: str = "",
    document_no: str = "",
    office: Office,
) -> None:
    """Send a denunciation to inspection, investigators, the Party, or those who stop the harm."""
    with working_on(actor, seen, Action.REFER, office) as work:
        _send_on(work, on, body, document_no)
        work.set(ground=check_ground(work.facts.kind, Action.REFER, ground, on))
        work.details["ground"] = ground
        work.keep_reason(reason)


def record_reply(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    reply: ReplyOutcome,
    text: str,
    document_no: str = "",
    office: Office,
) -> None:
    """Record what the other body answered; the citizen reads it in the correspondence."""
    with working_on(actor, seen, Action.RECORD_REPLY, office) as work:
        work.dated(on)
        _after_sending(work, on)
        work.details["reply"] = ReplyOutcome(reply)
        _number(work, document_no)
        work.write(MessageKind.REPLY, text, document_no=document_no, sent_on=on)
        work.tells_citizen = True


def take_back(
    actor: Actor, seen: Seen, *, on: date, reason: str, document_no: str = "", office: Office
) -> None:
    """Take back what the other body returned: it is examined anew, and its term begins again."""
    with working_on(actor, seen, Action.TAKE_BACK, office) as work:
        work.dated(on)
        _after_sending(work, on)
        work.set(eligible=None, competent=None, lacking="", forwarded_to="", ground="")
        _number(work, document_no)
        work.keep_reason(reason)
        work.tells_citizen = True


def tell_sender(actor: Actor, seen: Seen, *, on: date, document_no: str, office: Office) -> None:
    """Record that the body which sent the submission here was told (Luật TCD art. 27.2)."""
    with working_on(actor, seen, Action.TELL_SENDER, office) as work:
        work.dated(on)
        _number(work, document_no)


def _send_on(work: Work, on: date, body: str, document_no: str) -> None:
    work.dated(on)
    work.set(forwarded_to=body)
    work.details["body"] = body
    _number(work, document_no)


def _after_sending(work: Work, on: date) -> None:
    """Nothing comes back before it was sent."""
    sent = work.session.scalar(select(Case.processed_on).where(Case.id == work.facts.id))
    if sent is not None:
        check_day(on, earliest=sent, today=work.office.today)


def _number(work: Work, document_no: str) -> None:
    if document_no:
        work.details["document_no"] = document_no
