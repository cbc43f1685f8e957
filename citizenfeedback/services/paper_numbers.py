"""Numbers given by hand: a paper written outside, entered so that the series of its register goes on.

A number typed at an act of a case stands there too, as given elsewhere: the series passes it over.

What was entered wrongly is cancelled with the reason and entered again under its next number; nothing
is taken out of the register or written over.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import can_at
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.law.forms import DocumentKind
from citizenfeedback.domain.leaks import find_leaks
from citizenfeedback.domain.letter_acts import form_of_act, issuing_unit
from citizenfeedback.domain.letters import joined, own_number, register_of, symbol
from citizenfeedback.domain.text import clean, fold
from citizenfeedback.domain.vocabulary import Action, AuditAction, RegisterState
from citizenfeedback.models.letters import CaseLetter, DocumentNumber, PaperDocument
from citizenfeedback.queries.case_head import facts_of
from citizenfeedback.queries.letterheads import head_of_letters
from citizenfeedback.queries.receptions import at_reached_units
from citizenfeedback.services.casework import Office, Work, check_day, load_case
from citizenfeedback.services.chronicle import append_entry
from citizenfeedback.services.numbering import (
    cancel_number,
    enter_number,
    last_and_next,
    write_number,
)
from citizenfeedback.services.persons import sealed_identity
from citizenfeedback.services.transaction import transaction

LONGEST = {"summary": 500, "recipients": 300, "signer": 120}
HIGHEST = 99_999


@dataclass(frozen=True, slots=True, repr=False)
class Paper:
    """A paper numbered by hand: which number of which register, and what the register says of it."""

    unit_id: int
    document: DocumentKind
    number: int
    dated: date
    summary: str
    recipients: str = ""
    signer: str = ""
    case_number: str = ""


def enter_paper(actor: Actor, paper: Paper, *, office: Office) -> str:
    """Enter a paper under the number it bears; the number and symbol.

    Raises `RuleBroken`: `number_taken`, `number_leaves_gap`, `date_in_future`, `required`,
    `unknown_case_number`, and `identity_in_register` when the words tell who denounced.
    """
    if not can_at(actor, Action.ENTER_NUMBER, paper.unit_id):
        raise NotFound("register")
    told = {name: clean(getattr(paper, name))[:limit] for name, limit in LONGEST.items()}
    if not told["summary"]:
        raise RuleBroken("required", entry="summary")
    if not 0 < paper.number <= HIGHEST:
        raise RuleBroken("number_out_of_range", limit=HIGHEST, entry="number")
    check_day(paper.dated, earliest=date(2000, 1, 1), today=office.today)
    head = head_of_letters(paper.unit_id).letterhead
    sign = symbol(head.short, paper.document, head.drafting)
    document_no = f"{paper.number:02}/{sign}"
    with transaction() as session:
        case_id = _case(session, actor, paper.case_number, joined(told.values()), office)
        number_id = enter_number(
            session,
            unit_id=paper.unit_id,
            symbol=register_of(paper.document, head.short),
            year=paper.dated.year,
            number=paper.number,
            user_id=actor.user_id,
            now=office.now,
        )
        session.execute(
            insert(PaperDocument).values(
                number_id=number_id,
                dated=paper.dated,
                document_no=document_no,
                case_id=case_id,
                folded=fold(" ".join((document_no, *told.values())))[:1000],
                **told,
            )
        )
        append_entry(
            session,
            office.keys,
            actor,
            AuditAction.NUMBER_ENTERED,
            now=office.now,
            case_id=case_id,
            details={"number": number_id, "unit": paper.unit_id, "document_no": document_no},
        )
    return document_no


def enter_typed(work: Work, typed: str) -> None:
    """Enter the number that was typed at an act, in the transaction of the act.

    A number with the symbol of another body is in the register of that body, and not in this one.
    Raises `RuleBroken("number_taken")` when it is another paper's.
    """
    action, facts, day = work.transition.action, work.facts, work.on
    unit_id = issuing_unit(work.actor, facts, action)
    head = head_of_letters(unit_id).letterhead
    form = form_of_act(facts.kind, action, day, facts.instance)
    own = own_number(typed, head, form.document if form is not None and form.numbered else None)
    if own is None:
        return
    sign = register_of(own.document, head.short)
    if _stands_already(work, unit_id, sign, own.number):
        return
    number_id = write_number(
        work.session,
        unit_id=unit_id,
        symbol=sign,
        year=day.year,
        number=own.number,
        state=RegisterState.ISSUED,
        taken_at=work.office.now,
        taken_by_id=work.actor.user_id,
    )
    document_no = f"{own.number:02}/{symbol(head.short, own.document, head.drafting)}"
    work.session.execute(
        insert(PaperDocument).values(
            number_id=number_id,
            dated=day,
            document_no=document_no,
            summary="",
            case_id=facts.id,
            action=action,
            folded=fold(document_no),
        )
    )


def _stands_already(work: Work, unit_id: int, sign: str, number: int) -> bool:
    """Whether the register has this number for this very paper; raises when it is another's.

    One paper may be about several cases, and may have been entered before its act.
    """
    _, coming = last_and_next(work.session, unit_id, sign, work.on.year)
    row = work.session.execute(
        select(
            DocumentNumber.state,
            CaseLetter.case_id.label("of_letter"),
            PaperDocument.number_id.label("paper"),
            PaperDocument.case_id.label("of_paper"),
            PaperDocument.dated,
        )
        .outerjoin(CaseLetter, CaseLetter.id == DocumentNumber.letter_id)
        .outerjoin(PaperDocument, PaperDocument.number_id == DocumentNumber.id)
        .where(
            DocumentNumber.unit_id == unit_id,
            DocumentNumber.symbol == sign,
            DocumentNumber.year == work.on.year,
            DocumentNumber.number == number,
        )
    ).first()
    if row is None:
        return False
    same_case = work.facts.id in (row.of_letter, row.of_paper)
    same_paper = row.paper is not None and (row.of_paper is None or row.dated == work.on)
    if row.state is RegisterState.CANCELLED or not (same_case or same_paper):
        raise RuleBroken("number_taken", number=number, next=coming, entry="document_no")
    return True


def cancel_paper(actor: Actor, number_id: int, reason: str, *, office: Office) -> None:
    """Cancel the number of a paper that was entered wrongly; it stays, with the reason."""
    told = clean(reason)[:500]
    if not told:
        raise RuleBroken("reason_required", entry="reason")
    with transaction() as session:
        row = session.execute(
            select(DocumentNumber.state, PaperDocument.document_no, PaperDocument.case_id)
            .join(PaperDocument, PaperDocument.number_id == DocumentNumber.id)
            .where(
                DocumentNumber.id == number_id,
                at_reached_units(actor, Action.ENTER_NUMBER, DocumentNumber.unit_id),
            )
            .with_for_update(of=DocumentNumber)
        ).first()
        if row is None:
            raise NotFound("register")
        if row.state is RegisterState.CANCELLED:
            raise RuleBroken("number_cancelled_already")
        cancel_number(session, number_id, told)
        append_entry(
            session,
            office.keys,
            actor,
            AuditAction.NUMBER_CANCELLED,
            now=office.now,
            case_id=row.case_id,
            details={"number": number_id, "document_no": row.document_no},
        )


def _case(session: Session, actor: Actor, number: str, words: str, office: Office) -> int | None:
    """The case a paper is about; of a denunciation the words may tell nothing of who denounced."""
    wanted = clean(number).upper()
    if not wanted:
        return None
    try:
        case = load_case(session, actor, wanted)
    except NotFound:
        raise RuleBroken("unknown_case_number", entry="case_number") from None
    if facts_of(case).sealed:
        found = find_leaks(words, sealed_identity(session, office.keys, case.id))
        if found:
            raise RuleBroken("identity_in_register", count=len(found), entry="summary")
    return int(case.id)
