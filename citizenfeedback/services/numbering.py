"""The register of documents: the next number of a unit, a symbol and a year, taken once and for good.

Shared steps, called inside a transaction. A number stays with its letter whatever follows; one that
comes to nothing stays in the register, cancelled, with the reason.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.letters import next_number
from citizenfeedback.domain.vocabulary import RegisterState
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.letters import DocumentNumber, PaperDocument

OF_ANOTHER_YEAR = "Văn bản ban hành trong năm khác với năm lấy số."


@dataclass(frozen=True, slots=True)
class Taken:
    """A number of the register that belongs to a letter."""

    id: int
    number: int
    year: int


def number_of(session: Session, letter_id: int) -> Taken | None:
    """The number that a letter has, if it has one that was not cancelled."""
    return _valid(session, DocumentNumber.letter_id == letter_id)


def number_of_refusal(session: Session, refusal_id: int) -> Taken | None:
    """The number of the notice of a refusal to receive, if it has one that was not cancelled."""
    return _valid(session, DocumentNumber.refusal_id == refusal_id)


def _valid(session: Session, of_paper: ColumnElement[bool]) -> Taken | None:
    row = session.execute(
        select(DocumentNumber.id, DocumentNumber.number, DocumentNumber.year).where(
            of_paper, DocumentNumber.state != RegisterState.CANCELLED
        )
    ).first()
    return Taken(*row) if row is not None else None


def take_number(
    session: Session,
    *,
    unit_id: int,
    symbol: str,
    year: int,
    user_id: int | None,
    now: datetime,
    letter_id: int | None = None,
    refusal_id: int | None = None,
) -> Taken:
    """Give a letter the next number; the letter's own one of this year if it has it already.

    The letter is one of a case or the notice of a refusal to receive. The unit's row is the
    turnstile: whoever holds it sees every number given before.
    """
    if letter_id is not None:
        own = number_of(session, letter_id)
    elif refusal_id is not None:
        own = number_of_refusal(session, refusal_id)
    else:
        raise ValueError("a number belongs to a letter")
    if own is not None and own.year == year:
        return own
    if own is not None:
        cancel_number(session, own.id, OF_ANOTHER_YEAR)
    _, number = last_and_next(session, unit_id, symbol, year)
    number_id = write_number(
        session,
        unit_id=unit_id,
        symbol=symbol,
        year=year,
        number=number,
        letter_id=letter_id,
        refusal_id=refusal_id,
        state=RegisterState.TAKEN,
        taken_at=now,
        taken_by_id=user_id,
    )
    return Taken(number_id, number, year)


def last_and_next(session: Session, unit_id: int, symbol: str, year: int) -> tuple[int, int]:
    """The last number of a series, 0 for one not begun, and the next that nobody has given.

    Nobody else is given one meanwhile.
    """
    pass_turnstile(session, unit_id)
    of_register = (
        DocumentNumber.unit_id == unit_id,
        DocumentNumber.symbol == symbol,
        DocumentNumber.year == year,
    )
    papers = select(DocumentNumber.number).outerjoin(
        PaperDocument, PaperDocument.number_id == DocumentNumber.id
    )
    last = session.scalar(
        papers.with_only_columns(func.max(DocumentNumber.number)).where(
            *of_register, PaperDocument.action.is_(None)
        )
    )
    elsewhere = session.scalars(
        papers.where(
            *of_register, PaperDocument.action.is_not(None), DocumentNumber.number > (last or 0)
        )
    )
    return last or 0, next_number(last or 0, elsewhere)


def pass_turnstile(session: Session, unit_id: int) -> None:
    """Lock the registers of a unit until the transaction ends."""
    session.execute(
        select(Unit.id).where(Unit.id == unit_id).with_for_update(key_share=True)
    ).first()


def enter_number(
    session: Session,
    *,
    unit_id: int,
    symbol: str,
    year: int,
    number: int,
    user_id: int | None,
    now: datetime,
) -> int:
    """Enter a number given by hand, as issued; its id.

    It must be the next one, so that the series has no gap. A register not begun may begin with any:
    the numbers before stand in the book on paper. Raises `RuleBroken("number_taken")` or
    `("number_leaves_gap")`, each with the `next` one.
    """
    last, coming = last_and_next(session, unit_id, symbol, year)
    told = {"number": number, "next": coming, "entry": "number"}
    if number <= last or _is_given(session, unit_id, symbol, year, number):
        raise RuleBroken("number_taken", **told)
    if last and number != coming:
        raise RuleBroken("number_leaves_gap", **told)
    return write_number(
        session,
        unit_id=unit_id,
        symbol=symbol,
        year=year,
        number=number,
        state=RegisterState.ISSUED,
        taken_at=now,
        taken_by_id=user_id,
    )


def _is_given(session: Session, unit_id: int, symbol: str, year: int, number: int) -> bool:
    found = session.scalar(
        select(DocumentNumber.id).where(
            DocumentNumber.unit_id == unit_id,
            DocumentNumber.symbol == symbol,
            DocumentNumber.year == year,
            DocumentNumber.number == number,
        )
    )
    return found is not None


def write_number(session: Session, **columns: object) -> int:
    """Write one line of the register; its id."""
    written = insert(DocumentNumber).values(**columns).returning(DocumentNumber.id)
    return int(session.scalar(written) or 0)


def issue_number(session: Session, number_id: int) -> None:
    """Note that the letter of a number was issued."""
    session.execute(
        update(DocumentNumber)
        .where(DocumentNumber.id == number_id)
        .values(state=RegisterState.ISSUED)
    )


def cancel_number(session: Session, number_id: int, reason: str) -> None:
    """Keep a number in the register as cancelled; it is never given again."""
    session.execute(
        update(DocumentNumber)
        .where(DocumentNumber.id == number_id)
        .values(state=RegisterState.CANCELLED, reason=reason)
    )
