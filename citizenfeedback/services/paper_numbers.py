"""Numbers given by hand: a paper written outside, entered so that the series of its register goes on.

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
from citizenfeedback.domain.letters import joined, register_of, symbol
from citizenfeedback.domain.text import clean, fold
from citizenfeedback.domain.vocabulary import Action, AuditAction, RegisterState
from citizenfeedback.models.letters import DocumentNumber, PaperDocument
from citizenfeedback.queries.case_head import facts_of
from citizenfeedback.queries.letterheads import head_of_letters
from citizenfeedback.queries.receptions import at_reached_units
from citizenfeedback.services.casework import Office, check_day, load_case
from citizenfeedback.services.chronicle import append_entry
from citizenfeedback.services.numbering import cancel_number, enter_number
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
