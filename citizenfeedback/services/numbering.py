"""The register of documents: the next number of a unit, a symbol and a year, taken once and for good.

Shared steps, called inside a transaction. A number stays with its letter whatever follows; one that
comes to nothing stays in the register, cancelled, with the reason.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.vocabulary import RegisterState
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.letters import DocumentNumber

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
    number = last_number(session, unit_id, symbol, year) + 1
    number_id = _write_number(
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


def last_number(session: Session, unit_id: int, symbol: str, year: int) -> int:
    """The last number of a register, 0 for one not begun; nobody else is given one meanwhile."""
    session.execute(
        select(Unit.id).where(Unit.id == unit_id).with_for_update(key_share=True)
    ).first()
    last = session.scalar(
        select(func.max(DocumentNumber.number)).where(
            DocumentNumber.unit_id == unit_id,
            DocumentNumber.symbol == symbol,
            DocumentNumber.year == year,
        )
    )
    return last or 0


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
    last = last_number(session, unit_id, symbol, year)
    told = {"number": number, "next": last + 1, "entry": "number"}
    if number <= last:
        raise RuleBroken("number_taken", **told)
    if last and number != last + 1:
        raise RuleBroken("number_leaves_gap", **told)
    return _write_number(
        session,
        unit_id=unit_id,
        symbol=symbol,
        year=year,
        number=number,
        state=RegisterState.ISSUED,
        taken_at=now,
        taken_by_id=user_id,
    )


def _write_number(session: Session, **columns: object) -> int:
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
