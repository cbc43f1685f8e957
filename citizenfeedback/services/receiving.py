"""The reception book: entering a visit, linking it to its case, and leaders' reception days.

For a denunciation the visitor is sealed with the first write; what the officer wrote is freed of the
visitor's name and numbers, so that the book tells nobody who came.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import can_at
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.intake import Problem, normalise_id_no, normalise_number
from citizenfeedback.domain.receptions import (
    ReceptionEntry,
    SittingEntry,
    book_number,
    book_problems,
    serial_of,
    sitting_problems,
)
from citizenfeedback.domain.text import clean
from citizenfeedback.domain.vocabulary import Action, AuditAction, CaseKind, ReceptionKind
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.receptions import Reception, ReceptionSerial, Sitting
from citizenfeedback.queries.receptions import readable
from citizenfeedback.queries.visibility import visible
from citizenfeedback.services.casework import Office
from citizenfeedback.services.chronicle import append_entry
from citizenfeedback.services.registering import Person
from citizenfeedback.services.transaction import transaction
from citizenfeedback.services.visits import WORDS, bind_to_case, sealed_columns

NUMBER_TRIES = 5


class Incomplete(RuleBroken):
    """Entries to put right; `problems` says which and why."""

    def __init__(self, found: tuple[Problem, ...]) -> None:
        super().__init__("incomplete")
        self.problems = found


@dataclass(frozen=True, slots=True)
class NewReception:
    """One visit to be written into the book of a unit.

    `matter` names the matter the visit is about when it is known already: the number of a case, or
    the book number of an earlier visit. Without it the visit opens a matter of its own.
    """

    unit_id: int
    entry: ReceptionEntry
    competent: bool | None = None
    matter: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A visit as it stands in the book."""

    id: int
    book_no: str


@dataclass(frozen=True, slots=True)
class _Matter:
    key: str
    case_id: int | None = None
    kind: CaseKind | None = None


def record_reception(actor: Actor, new: NewReception, *, office: Office) -> Recorded:
    """Write a visit into the book under the next number of the unit and year.

    The day is today or an earlier one. Raises `Incomplete` with all that is wanting,
    `RuleBroken("not_granted")` outside one's reach.
    """
    if not can_at(actor, Action.REGISTER_RECEPTION, new.unit_id):
        raise RuleBroken("not_granted", action=Action.REGISTER_RECEPTION)
    entry = new.entry
    found = book_problems(entry, office.today)
    if found or entry.visited_on is None:
        raise Incomplete(found)
    with transaction() as session:
        code = session.scalar(select(Unit.code).where(Unit.id == new.unit_id))
        if code is None:
            raise RuleBroken("unknown_unit")
        matter = _known_matter(session, actor, new.matter) if new.matter else None
        if matter is not None and matter.kind is CaseKind.DENUNCIATION:
            entry = replace(entry, kind=ReceptionKind.DENUNCIATION)
        columns = entry_columns(entry, office) | {
            "unit_id": new.unit_id,
            "date": new.entry.visited_on,
            "competent": new.competent,
            "case_id": matter.case_id if matter else None,
            "recorded_at": office.now,
            "recorded_by_id": actor.user_id,
        }
        recorded = _insert_numbered(session, code, columns, matter.key if matter else "")
        append_entry(
            session,
            office.keys,
            actor,
            AuditAction.RECEPTION_RECORDED,
            now=office.now,
            details={"book_no": recorded.book_no, "unit": new.unit_id},
        )
    return recorded


def link_to_case(actor: Actor, reception_id: int, number: str, *, office: Office) -> None:
    """Say which case a visit was about; visits about one case share its matter.

    Raises `NotFound` for a visit out of reach, `RuleBroken("unknown_matter")` for such a case.
    """
    with transaction() as session:
        matter = _known_matter(session, actor, number, cases_only=True)
        assert matter.case_id is not None
        assert matter.kind is not None
        book_no = bind_to_case(
            session,
            office.keys,
            actor,
            reception_id,
            case_id=matter.case_id,
            kind=matter.kind,
            matter=matter.key,
        )
        append_entry(
            session,
            office.keys,
            actor,
            AuditAction.RECEPTION_RECORDED,
            now=office.now,
            case_id=matter.case_id,
            details={"book_no": book_no, "linked": True},
        )


def record_sitting(actor: Actor, unit_id: int, entry: SittingEntry, *, office: Office) -> int:
    """Write down a day on which a leader received citizens; also when nobody came."""
    if not can_at(actor, Action.REGISTER_RECEPTION, unit_id):
        raise RuleBroken("not_granted", action=Action.REGISTER_RECEPTION)
    found = sitting_problems(entry, office.today)
    if found:
        raise Incomplete(found)
    with transaction() as session:
        sitting_id = session.execute(
            _insert(session)(Sitting)
            .values(
                date=entry.held_on,
                unit_id=unit_id,
                kind=entry.kind,
                received_by=entry.received_by,
                announced=entry.announced,
                visitors=entry.visitors,
            )
            .on_conflict_do_nothing(index_elements=["date", "unit_id", "kind", "received_by"])
            .returning(Sitting.id)
        ).scalar()
        if sitting_id is None:
            raise RuleBroken("sitting_there_already", on=entry.held_on)
        append_entry(
            session,
            office.keys,
            actor,
            AuditAction.RECEPTION_RECORDED,
            now=office.now,
            details={"sitting": sitting_id, "unit": unit_id},
        )
    return int(sitting_id)


def _insert(session: Session) -> Callable[..., sqlite.Insert | postgresql.Insert]:
    postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert if postgres else sqlite.insert


def entry_columns(entry: ReceptionEntry, office: Office) -> dict[str, Any]:
    """The columns that come from the entry; a denouncer only encrypted."""
    person = Person(
        name=clean(entry.name),
        id_no=normalise_id_no(entry.id_no) or "",
        address=clean(entry.address),
    )
    columns: dict[str, Any] = {
        "sitting": entry.sitting,
        "received_by": entry.received_by,
        "people": entry.people,
        "kind": entry.kind,
        "imported": False,
    }
    words = {name: clean(getattr(entry, name)) for name in WORDS}
    if entry.kind is ReceptionKind.DENUNCIATION:
        return columns | sealed_columns(office.keys, person, words)
    visitor = {"citizen_name": person.name, "id_no": person.id_no, "address": person.address}
    return columns | words | visitor | {"sealed": None}


def _insert_numbered(session: Session, code: str, columns: dict[str, Any], matter: str) -> Recorded:
    """Insert under the next number; one that an import took already is stepped over."""
    on: date = columns["date"]
    for _ in range(NUMBER_TRIES):
        book_no = book_number(code, on.year, _next_serial(session, columns["unit_id"], on.year))
        values = columns | {"book_no": book_no, "matter": matter or book_no}
        reception_id = session.execute(
            _insert(session)(Reception)
            .values(**values)
            .on_conflict_do_nothing(index_elements=["book_no"])
            .returning(Reception.id)
        ).scalar()
        if reception_id is not None:
            return Recorded(int(reception_id), book_no)
        _catch_up(session, code, columns["unit_id"], on.year)
    raise RuntimeError("no free number in the reception book")


def _next_serial(session: Session, unit_id: int, year: int) -> int:
    """Count the book of a unit and year up by one; its row stays locked until the visit is in."""
    serial = session.execute(
        _insert(session)(ReceptionSerial)
        .values(unit_id=unit_id, year=year, last=1)
        .on_conflict_do_update(
            index_elements=["unit_id", "year"], set_={"last": ReceptionSerial.last + 1}
        )
        .returning(ReceptionSerial.last)
    ).scalar_one()
    return int(serial)


def _catch_up(session: Session, code: str, unit_id: int, year: int) -> None:
    """Go on after the highest number that an import brought into this book."""
    start = book_number(code, year, 0)[:-4]
    taken = session.scalars(
        select(Reception.book_no).where(func.substr(Reception.book_no, 1, len(start)) == start)
    )
    highest = max((serial_of(book_no, start) for book_no in taken), default=0)
    session.execute(
        update(ReceptionSerial)
        .where(ReceptionSerial.unit_id == unit_id, ReceptionSerial.year == year)
        .values(last=highest)
    )


def _known_matter(
    session: Session, actor: Actor, text: str, *, cases_only: bool = False
) -> _Matter:
    """The matter by the number of a case or of an earlier visit, as far as the actor may know."""
    asked = clean(text)
    number = normalise_number(asked)
    case = session.execute(
        select(Case.id, Case.number, Case.register_code, Case.kind).where(
            or_(Case.number == (number or asked), Case.register_code == asked),
            visible(actor, Action.SEE_CASE),
        )
    ).first()
    if case is not None:
        earlier = session.scalar(
            select(Reception.matter)
            .where(Reception.case_id == case.id, Reception.matter != "")
            .order_by(Reception.id)
            .limit(1)
        )
        return _Matter(earlier or case.register_code or case.number, case.id, case.kind)
    if not cases_only:
        visit = session.execute(
            select(Reception.matter, Reception.book_no, Reception.case_id, Case.kind)
            .outerjoin(Case, Case.id == Reception.case_id)
            .where(Reception.book_no == asked, readable(actor, Action.SEE_RECEPTIONS))
        ).first()
        if visit is not None:
            return _Matter(visit.matter or visit.book_no, visit.case_id, visit.kind)
    raise RuleBroken("unknown_matter")
