"""The register of documents of a unit: every number once, with its letter or why it came to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, case, func, or_, select

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.vocabulary import Action, Letter, RegisterState
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.letters import CaseLetter, DocumentNumber
from citizenfeedback.models.receptions import RefusalNotice
from citizenfeedback.queries.receptions import at_reached_units
from citizenfeedback.queries.visibility import visible

PAGE = 50


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One number. Of a case that this person may not know, only that the number was used.

    `refusal_id` is set where it is the notice of a refusal to receive and this person may see it.
    """

    number: int
    state: RegisterState
    taken_at: datetime
    reason: str
    letter_id: int | None
    letter: Letter | None
    document_no: str
    issued_on: date | None
    case_number: str
    refusal_id: int | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """One register: a unit, a symbol and a year, among those this person may see."""

    unit_id: int
    unit: str
    symbol: str
    year: int


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of a register, newest number first, and where the next page begins."""

    registers: tuple[Register, ...]
    chosen: Register | None
    lines: tuple[RegisterLine, ...]
    next_before: int | None


def register_page(
    actor: Actor,
    *,
    unit_id: int | None = None,
    symbol: str = "",
    year: int | None = None,
    before: int | None = None,
    most: int = PAGE,
) -> RegisterPage:
    """The register asked for, else the newest one that this person may see."""
    registers = _registers(actor)
    if unit_id is None:
        chosen = registers[0] if registers else None
    else:
        wanted = (unit_id, symbol, year)
        chosen = next((one for one in registers if _key(one) == wanted), None)
        if chosen is None:
            raise NotFound("register")
    if chosen is None:
        return RegisterPage(registers, None, (), None)
    lines = _lines(actor, chosen, before, most)
    more = len(lines) > most
    return RegisterPage(registers, chosen, lines[:most], lines[most - 1].number if more else None)


def _key(register: Register) -> tuple[int, str, int]:
    return register.unit_id, register.symbol, register.year


def _registers(actor: Actor) -> tuple[Register, ...]:
    scope = scope_of(actor, Action.SEE_REGISTER)
    if scope.nothing:
        raise NotFound("register")
    query = (
        select(DocumentNumber.unit_id, Unit.name, DocumentNumber.symbol, DocumentNumber.year)
        .join(Unit, Unit.id == DocumentNumber.unit_id)
        .distinct()
        .order_by(DocumentNumber.year.desc(), Unit.name, DocumentNumber.symbol)
    )
    if scope.unit_ids is not None:
        query = query.where(DocumentNumber.unit_id.in_(sorted(scope.unit_ids)))
    return tuple(Register(*row) for row in db.session.execute(query))


def _lines(
    actor: Actor, register: Register, before: int | None, most: int
) -> tuple[RegisterLine, ...]:
    seen = visible(actor, Action.SEE_CASE)
    refusal = and_(
        DocumentNumber.refusal_id.is_not(None),
        at_reached_units(actor, Action.SEE_RECEPTIONS, DocumentNumber.unit_id),
    )
    query = (
        select(
            DocumentNumber.number,
            DocumentNumber.state,
            DocumentNumber.taken_at,
            case((or_(seen, refusal), DocumentNumber.reason), else_="").label("reason"),
            case((seen, CaseLetter.id)).label("letter_id"),
            case((seen, CaseLetter.letter)).label("letter"),
            func.coalesce(CaseLetter.document_no, RefusalNotice.document_no, ""),
            func.coalesce(CaseLetter.issued_on, RefusalNotice.issued_on),
            case((seen, Case.number), else_="").label("case_number"),
            case((refusal, DocumentNumber.refusal_id)).label("refusal_id"),
        )
        .outerjoin(CaseLetter, CaseLetter.id == DocumentNumber.letter_id)
        .outerjoin(Case, Case.id == CaseLetter.case_id)
        .outerjoin(RefusalNotice, RefusalNotice.refusal_id == DocumentNumber.refusal_id)
        .where(
            and_(
                DocumentNumber.unit_id == register.unit_id,
                DocumentNumber.symbol == register.symbol,
                DocumentNumber.year == register.year,
            )
        )
        .order_by(DocumentNumber.number.desc())
        .limit(most + 1)
    )
    if before is not None:
        query = query.where(DocumentNumber.number < before)
    return tuple(RegisterLine(*row) for row in db.session.execute(query))
