"""The register of documents of a unit: every number once, with its paper or why it came to nothing.

What a letter says lies sealed; of a denunciation only its kind and the part of who gets it are told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select

from citizenfeedback.domain.access import can_at, scope_of
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Unsealer
from citizenfeedback.domain.law.forms import (
    NUMBERED_KINDS,
    Addressee,
    DocumentKind,
    form_of_template,
)
from citizenfeedback.domain.letter_acts import form_of_act
from citizenfeedback.domain.letters import lines_of, next_number, register_of
from citizenfeedback.domain.text import fold, sort_key
from citizenfeedback.domain.vocabulary import Action, CaseKind, Instance, Letter, RegisterState
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.letters import CaseLetter, DocumentNumber, LetterDispatch, PaperDocument
from citizenfeedback.models.receptions import RefusalNotice
from citizenfeedback.queries.letterheads import head_of_letters
from citizenfeedback.queries.letters import written_of
from citizenfeedback.queries.receptions import at_reached_units
from citizenfeedback.queries.search import matching
from citizenfeedback.queries.visibility import visible

PAGE = 50
MOST_IN_A_BOOK = 20_000


@dataclass(frozen=True, slots=True, repr=False)
class RegisterLine:
    """One number. Of a case that this person may not know, only that the number was used.

    `action` is the act of the case at which the number of a paper given elsewhere was typed.
    `refusal_id` is set where it is the notice of a refusal to receive and this person may see it.
    `sealed` tells a denunciation, of which `summary` and `recipients` say nothing. `addressees` are
    the parts of those who get it.
    """

    id: int
    unit_id: int
    unit: str
    symbol: str
    year: int
    number: int
    state: RegisterState
    taken_at: datetime
    reason: str
    letter_id: int | None
    letter: Letter | None
    document_no: str
    issued_on: date | None
    case_number: str
    refusal_id: int | None
    by_hand: bool
    action: Action | None
    known: bool
    sealed: bool
    summary: str = ""
    recipients: str = ""
    signer: str = ""
    kept_by: str = ""
    sent_on: date | None = None
    addressees: tuple[Addressee, ...] = ()

    @property
    def told_no(self) -> str:
        """The number with its symbol, also before the issue."""
        return self.document_no or f"{self.number:02}/{self.symbol}"


@dataclass(frozen=True, slots=True)
class Book:
    """One register: a unit, a symbol and a year."""

    unit_id: int
    unit: str
    symbol: str
    year: int


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the register is narrowed to; what is not said is open."""

    unit_id: int | None = None
    symbol: str = ""
    year: int | None = None
    q: str = ""


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of the register, newest number first, and where the next page begins."""

    books: tuple[Book, ...]
    lines: tuple[RegisterLine, ...]
    next_before: int | None

    @property
    def units(self) -> tuple[tuple[int, str], ...]:
        """The units that have a register within reach."""
        return tuple(dict.fromkeys((one.unit_id, one.unit) for one in self.books))

    @property
    def symbols(self) -> tuple[str, ...]:
        """The kinds of document there are."""
        return tuple(sorted({one.symbol for one in self.books}))

    @property
    def years(self) -> tuple[int, ...]:
        """The years there are, newest first."""
        return tuple(sorted({one.year for one in self.books}, reverse=True))


@dataclass(frozen=True, slots=True)
class Next:
    """The next number of a register; 1 for one not begun, which may begin with any."""

    document: DocumentKind
    symbol: str
    number: int


def register_page(
    actor: Actor,
    wanted: Narrowing,
    keys: Unsealer,
    *,
    before: int | None = None,
    most: int = PAGE,
) -> RegisterPage:
    """The numbers asked for among those within reach; the newest first."""
    query = _query(actor).order_by(DocumentNumber.id.desc()).limit(most + 1)
    for condition in _narrowed(actor, wanted):
        query = query.where(condition)
    if before is not None:
        query = query.where(DocumentNumber.id < before)
    rows = db.session.execute(query).all()
    lines = tuple(_line(row, keys) for row in rows[:most])
    return RegisterPage(_books(actor), lines, lines[-1].id if len(rows) > most else None)


def register_book(
    actor: Actor, wanted: Narrowing, keys: Unsealer
) -> tuple[tuple[Book, tuple[RegisterLine, ...]], ...]:
    """Whole registers of a unit and a year to be printed, each from its first number on.

    Raises `RuleBroken("register_not_chosen")` unless both are said, `("register_too_long")`.
    """
    if wanted.unit_id is None or wanted.year is None:
        raise RuleBroken("register_not_chosen")
    books = [
        one
        for one in _books(actor)
        if (one.unit_id, one.year) == (wanted.unit_id, wanted.year)
        and wanted.symbol in ("", one.symbol)
    ]
    if not books:
        raise NotFound("register")
    query = _query(actor).order_by(DocumentNumber.symbol, DocumentNumber.number)
    for condition in _narrowed(actor, Narrowing(wanted.unit_id, wanted.symbol, wanted.year)):
        query = query.where(condition)
    rows = db.session.execute(query.limit(MOST_IN_A_BOOK + 1)).all()
    if len(rows) > MOST_IN_A_BOOK:
        raise RuleBroken("register_too_long", limit=MOST_IN_A_BOOK)
    lines = [_line(row, keys) for row in rows]
    return tuple(
        (book, tuple(line for line in lines if line.symbol == book.symbol)) for book in books
    )


def next_numbers(actor: Actor, unit_id: int, year: int) -> tuple[Next, ...]:
    """The next number of each kind of document of a unit; `NotFound` where none may be entered."""
    if not can_at(actor, Action.ENTER_NUMBER, unit_id):
        raise NotFound("register")
    short = head_of_letters(unit_id).letterhead.short
    elsewhere = PaperDocument.action.is_not(None)
    rows = db.session.execute(
        select(DocumentNumber.symbol, elsewhere.label("elsewhere"), DocumentNumber.number)
        .outerjoin(PaperDocument, PaperDocument.number_id == DocumentNumber.id)
        .where(DocumentNumber.unit_id == unit_id, DocumentNumber.year == year)
    ).all()
    series: dict[str, int] = {}
    given: dict[str, list[int]] = {}
    for row in rows:
        if row.elsewhere:
            given.setdefault(row.symbol, []).append(row.number)
        else:
            series[row.symbol] = max(row.number, series.get(row.symbol, 0))
    signs = [(kind, register_of(kind, short)) for kind in NUMBERED_KINDS]
    return tuple(
        Next(kind, sign, next_number(series.get(sign, 0), given.get(sign, ())))
        for kind, sign in signs
    )


def _books(actor: Actor) -> tuple[Book, ...]:
    if scope_of(actor, Action.SEE_REGISTER).nothing:
        raise NotFound("register")
    query = (
        select(DocumentNumber.unit_id, Unit.name, DocumentNumber.symbol, DocumentNumber.year)
        .join(Unit, Unit.id == DocumentNumber.unit_id)
        .where(at_reached_units(actor, Action.SEE_REGISTER, DocumentNumber.unit_id))
        .distinct()
    )
    books = [Book(*row) for row in db.session.execute(query)]
    return tuple(sorted(books, key=lambda one: (-one.year, sort_key(one.unit), one.symbol)))


def _narrowed(actor: Actor, wanted: Narrowing) -> Iterable[ColumnElement[bool]]:
    yield at_reached_units(actor, Action.SEE_REGISTER, DocumentNumber.unit_id)
    if wanted.unit_id is not None:
        yield DocumentNumber.unit_id == wanted.unit_id
    if wanted.symbol:
        yield DocumentNumber.symbol == wanted.symbol
    if wanted.year is not None:
        yield DocumentNumber.year == wanted.year
    q = wanted.q.strip()
    if q:
        yield _found(actor, q)


def _found(actor: Actor, q: str) -> ColumnElement[bool]:
    """By number, by number and symbol, by the case, by what was entered of a paper by hand."""
    if q.isascii() and q.isdigit() and len(q) < 6:
        return DocumentNumber.number == int(q)
    return or_(
        and_(visible(actor, Action.SEE_CASE), matching(q)),
        PaperDocument.folded.contains(fold(q), autoescape=True),
        CaseLetter.document_no.startswith(q, autoescape=True),
        RefusalNotice.document_no.startswith(q, autoescape=True),
    )


def _query(actor: Actor) -> Select[Any]:
    known = and_(Case.id.is_not(None), visible(actor, Action.SEE_CASE))
    refusal = and_(
        DocumentNumber.refusal_id.is_not(None),
        at_reached_units(actor, Action.SEE_RECEPTIONS, DocumentNumber.unit_id),
    )
    by_hand = PaperDocument.number_id.is_not(None)
    # A paper by hand about a case is told to those who may know the case.
    paper = and_(by_hand, or_(PaperDocument.case_id.is_(None), known))
    sealed = Case.kind == CaseKind.DENUNCIATION
    sent_on = (
        select(func.min(LetterDispatch.on))
        .where(LetterDispatch.letter_id == DocumentNumber.letter_id)
        .scalar_subquery()
    )
    return (
        select(
            DocumentNumber.id,
            DocumentNumber.unit_id,
            Unit.name.label("unit"),
            DocumentNumber.symbol,
            DocumentNumber.year,
            DocumentNumber.number,
            DocumentNumber.state,
            DocumentNumber.taken_at,
            case((or_(known, refusal, paper), DocumentNumber.reason), else_="").label("reason"),
            case((known, CaseLetter.id)).label("letter_id"),
            case((known, CaseLetter.letter)).label("letter"),
            func.coalesce(
                CaseLetter.document_no, RefusalNotice.document_no, PaperDocument.document_no, ""
            ).label("document_no"),
            func.coalesce(CaseLetter.issued_on, RefusalNotice.issued_on, PaperDocument.dated).label(
                "issued_on"
            ),
            case((known, Case.number), else_="").label("case_number"),
            case((refusal, DocumentNumber.refusal_id)).label("refusal_id"),
            by_hand.label("by_hand"),
            case((paper, PaperDocument.action)).label("action"),
            case((known, Case.kind)).label("kind"),
            case((known, Case.instance), else_=int(Instance.FIRST)).label("instance"),
            or_(known, refusal, paper).label("known"),
            and_(known, sealed).label("sealed"),
            case((known, CaseLetter.template)).label("template"),
            case((known, CaseLetter.content)).label("content"),
            case((known, sent_on)).label("sent_on"),
            case((paper, PaperDocument.summary), else_="").label("summary"),
            case((paper, PaperDocument.recipients), else_="").label("recipients"),
            case((paper, PaperDocument.signer), else_="").label("signer"),
        )
        .join(Unit, Unit.id == DocumentNumber.unit_id)
        .outerjoin(CaseLetter, CaseLetter.id == DocumentNumber.letter_id)
        .outerjoin(PaperDocument, PaperDocument.number_id == DocumentNumber.id)
        .outerjoin(Case, Case.id == func.coalesce(CaseLetter.case_id, PaperDocument.case_id))
        .outerjoin(RefusalNotice, RefusalNotice.refusal_id == DocumentNumber.refusal_id)
    )


def _line(row: Row[Any], keys: Unsealer) -> RegisterLine:
    told = row._asdict()
    template, content = told.pop("template"), told.pop("content")
    told["sealed"] = bool(row.sealed)
    kind, instance = told.pop("kind"), told.pop("instance")
    if row.action is not None and kind is not None:
        form = form_of_act(kind, row.action, row.issued_on, instance)
        if form is not None:
            told |= {"letter": form.letter, "addressees": form.addressees}
    if template is not None:
        told["addressees"] = form_of_template(template).addressees
    if content is not None:
        written = written_of(content, keys)
        told["signer"] = written.signing.name
    if content is not None and not row.sealed:
        # "Như trên" says nothing without the paper: who it is sent to is named above then.
        sent = [*lines_of(written.text.addressee), *lines_of(written.text.recipients)]
        kept = (one.strip("-–; .") for one in sent if not _refers_back(one))
        told |= {
            "summary": " ".join(lines_of(written.text.summary)),
            "recipients": "; ".join(kept)[:300],
            "kept_by": "; ".join(filter(None, map(_copy_kept_by, sent)))[:120],
        }
    return RegisterLine(**told)


def _copy_kept_by(line: str) -> str:
    """Who keeps the copy, of the line "Lưu: VT, TTr."; nothing of another line."""
    told = line.strip("-–; .")
    return told[3:].lstrip(" :") if fold(told).startswith("luu") else ""


def _refers_back(line: str) -> bool:
    return fold(line).lstrip("- ").startswith(("nhu tren", "nhu dieu", "luu"))
