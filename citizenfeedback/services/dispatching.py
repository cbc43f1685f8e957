"""That a letter went out: how, on which day, and what proves it.

Mail carries no letter: it tells a confirmed address that there is news, and the citizen reads the
letter on the site after a second proof. Sending a decision, conclusion or answer is the act of
sending it, so both are done at once.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import can
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.law.forms import form_of_template
from citizenfeedback.domain.letter_acts import NOTICE_RULES, READ_ONCE_SENT
from citizenfeedback.domain.text import clean
from citizenfeedback.domain.vocabulary import Action, EventKind, LetterState, SendingWay
from citizenfeedback.domain.workflow import step
from citizenfeedback.gateways.files import FileStore
from citizenfeedback.models.cases import NoticeContact
from citizenfeedback.models.letters import CaseLetter, LetterDispatch
from citizenfeedback.queries.case_head import facts_of
from citizenfeedback.services.acts import perform
from citizenfeedback.services.casework import Office, Seen, Work, check_day, load_case
from citizenfeedback.services.chronicle import append_event
from citizenfeedback.services.post import tell_citizen
from citizenfeedback.services.transaction import transaction

PROVEN_BY = frozenset({SendingWay.POST, SendingWay.HANDED_OVER})
"""Ways that a paper must prove: the postal number, or who signed for it."""


@dataclass(frozen=True, slots=True, repr=False)
class Sending:
    """How a letter went out; `notice` says that with it all those concerned were told in time."""

    way: SendingWay
    on: date
    proof: str = ""
    notice: bool = False


def send_letter(
    actor: Actor, number: str, letter_id: int, sending: Sending, *, files: FileStore, office: Office
) -> None:
    """Record that a letter went out. For a decision or answer this is the act SEND as well.

    For a letter that tells of the acceptance, suspension or end it is the act of telling, if it is
    said so.

    Raises `RuleBroken("letter_not_issued")`, `("proof_required")`, `("address_not_confirmed")`.
    """
    sending = replace(sending, proof=clean(sending.proof)[:200])
    if sending.way in PROVEN_BY and not sending.proof:
        raise RuleBroken("proof_required", entry="proof")
    with transaction() as session:
        case, letter = _open(session, actor, number, letter_id)
        facts = facts_of(case)
        check_day(sending.on, earliest=letter.issued_on, today=office.today)
        if sending.way is SendingWay.MAIL and not _confirmed(session, case.id):
            raise RuleBroken("address_not_confirmed", entry="way")
        if _is_the_act(actor, facts, letter):
            action, entries = Action.SEND, {}
        elif sending.notice and form_of_template(letter.template).sending_rule in NOTICE_RULES:
            action, entries = Action.RECORD_NOTICE, {"way": sending.way}
            step(facts, action)
        else:
            _record(session, actor, case, letter, sending, office)
            return

    def together(work: Work) -> None:
        _keep(work.session, actor, letter, sending, office)
        work.details |= {"letter_id": letter.id, "way": str(sending.way)}
        work.tells_citizen = work.tells_citizen or sending.way is SendingWay.MAIL

    perform(
        actor,
        Seen(number),
        action,
        {"on": sending.on, "document_no": letter.document_no, **entries},
        files=files,
        office=replace(office, together=together),
    )


def _open(session: Session, actor: Actor, number: str, letter_id: int) -> tuple[Row[Any], Any]:
    case = load_case(session, actor, number)
    if not can(actor, Action.SEND_LETTER, facts_of(case)):
        raise RuleBroken("not_granted", action=Action.SEND_LETTER)
    letter = session.execute(
        select(
            CaseLetter.id,
            CaseLetter.letter,
            CaseLetter.template,
            CaseLetter.action,
            CaseLetter.state,
            CaseLetter.document_no,
            CaseLetter.issued_on,
        )
        .where(CaseLetter.id == letter_id, CaseLetter.case_id == case.id)
        .with_for_update()
    ).first()
    if letter is None:
        raise NotFound("letter")
    if letter.state is not LetterState.ISSUED:
        raise RuleBroken("letter_not_issued")
    return case, letter


def _is_the_act(actor: Actor, facts: CaseFacts, letter: Any) -> bool:
    """Whether sending this letter is the act SEND: the first time, of a decision or answer."""
    if letter.action not in READ_ONCE_SENT or not can(actor, Action.SEND, facts):
        return False
    try:
        step(facts, Action.SEND)
    except RuleBroken:
        return False
    return True


def _record(
    session: Session,
    actor: Actor,
    case: Row[Any],
    letter: Any,
    sending: Sending,
    office: Office,
) -> None:
    _keep(session, actor, letter, sending, office)
    seq = append_event(
        session,
        office.keys,
        actor,
        EventKind.LETTER_SENT,
        case_id=case.id,
        state=case.state,
        now=office.now,
        on=sending.on,
        details={
            "letter": str(letter.letter),
            "letter_id": letter.id,
            "document_no": letter.document_no,
            "way": str(sending.way),
        },
    )
    if sending.way is SendingWay.MAIL:
        tell_citizen(session, office.keys, case.id, seq=seq, language=case.language, now=office.now)


def _keep(session: Session, actor: Actor, letter: Any, sending: Sending, office: Office) -> None:
    session.execute(
        insert(LetterDispatch).values(
            letter_id=letter.id,
            way=sending.way,
            on=sending.on,
            at=office.now,
            user_id=actor.user_id,
            proof=office.keys.seal(sending.proof) if sending.proof else None,
        )
    )


def _confirmed(session: Session, case_id: int) -> bool:
    return (
        session.scalar(
            select(NoticeContact.case_id).where(
                NoticeContact.case_id == case_id,
                NoticeContact.confirmed_at.is_not(None),
                NoticeContact.proves,
            )
        )
        is not None
    )
