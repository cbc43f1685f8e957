"""The page of a case: what was said, what happened and when, the terms and how they were counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.drafts import ReceiptFacts
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.explanation_store import recall
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Unsealer
from citizenfeedback.domain.privacy import (
    mask_email,
    mask_id_no,
    mask_initials,
    mask_phone,
    sees_persons,
)
from citizenfeedback.domain.vocabulary import (
    Action,
    Author,
    CaseKind,
    ClockKind,
    EventKind,
    MessageKind,
    PersonRole,
)
from citizenfeedback.models.accounts import User
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case, CaseClock, CasePerson, CaseText
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.timeline import CaseEvent, CaseMessage, CaseNote
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.case_head import COLUMNS, CaseHead, head_of, one_visible
from citizenfeedback.queries.ledger import (
    PROMISED,
    ClockLine,
    LedgerLine,
    case_clocks,
    case_ledger,
)
from citizenfeedback.queries.letters import LetterLine, letter_part, read_letters
from citizenfeedback.queries.proceedings import (
    Proceedings,
    joined,
    parts_of,
    read_parts,
    texts_of,
)
from citizenfeedback.queries.tracking import ABOUT_DATA
from citizenfeedback.queries.visibility import visible


@dataclass(frozen=True, slots=True)
class EventLine:
    """One entry of the timeline. References in `details` are already names; `note` is the reason."""

    seq: int
    kind: EventKind
    at: datetime
    on: date
    author: Author
    by: str
    details: dict[str, object]
    note: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody behind the case, masked for those whose work does not need the person."""

    name: str
    id_no: str
    phone: str
    email: str
    address: str
    role: PersonRole = PersonRole.FILER


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """A submission attached to this case, and who filed it; in a denunciation nobody is named."""

    number: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class MessageLine:
    """An entry of the correspondence; `body` is None where it lies sealed."""

    kind: MessageKind
    author: Author
    by: str
    at: datetime
    body: str | None
    document_no: str
    sent_on: date | None


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note of a colleague."""

    by: str
    at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper of the case; a sealed one has no name here."""

    id: int
    name: str
    media_type: str
    size: int
    sealed: bool
    author: Author
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CasePage:
    """All that an official sees of a case."""

    head: CaseHead
    words: str
    place: str
    wish: str
    persons_whole: bool
    people: tuple[PersonLine, ...]
    clocks: tuple[ClockLine, ...]
    ledger: tuple[LedgerLine, ...]
    events: tuple[EventLine, ...]
    messages: tuple[MessageLine, ...]
    notes: tuple[NoteLine, ...]
    papers: tuple[PaperLine, ...]
    duplicates: tuple[AuthorLine, ...]
    later: tuple[str, ...]
    parts: tuple[str, ...]
    split_from: tuple[str, ...]
    proceedings: Proceedings
    letters: tuple[LetterLine, ...]

    @property
    def running(self) -> ClockLine | None:
        """The term that ends next, if one runs."""
        running = [clock for clock in self.clocks if clock.runs]
        return min(running, key=lambda clock: clock.due_on, default=None)


@dataclass(frozen=True, slots=True)
class CasePanel:
    """A case beside the list: its head, its next term and what happened last."""

    head: CaseHead
    running: ClockLine | None
    events: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """Where an open paper lies."""

    storage_key: str
    name: str
    media_type: str


LAST_EVENTS = 4

_CLOCK = joined(
    CaseClock.clock,
    CaseClock.due_on,
    CaseClock.stopped_on,
    CaseClock.suspended_on,
    CaseClock.explanation,
)
_RUNNING = (
    select(_CLOCK)
    .where(
        CaseClock.case_id == Case.id,
        CaseClock.stopped_on.is_(None),
        CaseClock.suspended_on.is_(None),
    )
    .order_by(CaseClock.due_on, CaseClock.id)
    .limit(1)
    .scalar_subquery()
    .label("running")
)
"""The term of a case that ends next."""


def case_page(actor: Actor, number: str, today: date, keys: Unsealer) -> CasePage:
    """The page of one case; `NotFound` for one that is not there or may not be known.

    In a denunciation the office's own messages are read here, what the citizen wrote is not.
    """
    row = one_visible(
        select(
            *COLUMNS,
            _text_part(CaseText.words).label("words"),
            _text_part(CaseText.place).label("place"),
            _text_part(CaseText.wish).label("wish"),
        ),
        actor,
        number,
    )
    head = head_of(row, actor, today, work_calendar())
    whole = sees_persons(actor.roles, head.kind)
    messages, notes = _written(head.id)
    events = _event_rows(head.id)
    known = _references(events, actor, head.id)
    return CasePage(
        head=head,
        words=(row.words or "") if whole else "",
        place=(row.place or "") if whole else "",
        wish=(row.wish or "") if whole else "",
        persons_whole=whole,
        people=_people(known.people, whole=whole),
        clocks=known.clocks,
        ledger=case_ledger(head.id),
        events=_event_lines(events, known, {note.id: note.body for note in notes}),
        messages=tuple(_message_line(row, keys, whole=whole) for row in messages),
        notes=tuple(NoteLine(row.by, row.at, row.body) for row in notes),
        papers=_papers(head.id),
        duplicates=_authors(known, whole=whole),
        later=known.later,
        parts=known.parts,
        split_from=known.split_from,
        proceedings=known.proceedings,
        letters=known.letters,
    )


def case_panel(actor: Actor, number: str, today: date, calendar: WorkCalendar) -> CasePanel:
    """The case as it is shown beside the list, told by the list's own calendar."""
    row = one_visible(select(*COLUMNS, _RUNNING), actor, number)
    head = head_of(row, actor, today, calendar)
    return CasePanel(
        head=head,
        running=_clock_line(row.running) if row.running is not None else None,
        events=_event_lines(_event_rows(head.id, most=LAST_EVENTS), _Known(), {}),
    )


def events_since(case_id: int, seq: int) -> tuple[EventLine, ...]:
    """What happened to a case after somebody last looked at it."""
    rows = _event_rows(case_id, after=seq)
    return _event_lines(rows, _references(rows), {})


def open_paper(actor: Actor, number: str, attachment: int) -> OpenPaper | None:
    """Where an unsealed paper of a visible case lies."""
    row = db.session.execute(
        select(Attachment.storage_key, Attachment.name, Attachment.media_type)
        .join(Case, Case.id == Attachment.case_id)
        .where(
            Case.number == number,
            visible(actor, Action.SEE_CASE),
            Attachment.id == attachment,
            Attachment.sealed.is_(False),
        )
    ).first()
    return OpenPaper(row.storage_key, row.name, row.media_type) if row else None


@dataclass(frozen=True, slots=True)
class _Known:
    """What the references of a case's history stand for, and the cases that point to it."""

    users: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    duplicates: tuple[tuple[int, str], ...] = ()
    later: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    split_from: tuple[str, ...] = ()
    proceedings: Proceedings = field(default_factory=Proceedings)
    letters: tuple[LetterLine, ...] = ()
    people: tuple[Sequence[str], ...] = ()
    authors: tuple[Sequence[str], ...] = ()
    clocks: tuple[ClockLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """What the slip says at the counter, beside the receipt that everybody gets.

    `sender` is blank for a denunciation: its slip names nobody. `phone` is the office's.
    """

    receipt: ReceiptFacts
    received_on: date
    sender: str
    phone: str


def slip_facts(actor: Actor, number: str, access_code: str) -> SlipFacts:
    """What the slip says; a case that went to another office is its enterer's to hand over too."""
    row = db.session.execute(
        select(
            Case.id,
            Case.kind,
            Case.formal,
            Case.signed,
            Case.registered_at,
            Case.received_on,
            Unit.code,
            Unit.name,
            Unit.name_en,
            Unit.address,
            Unit.hours,
            Unit.phone,
            select(CasePerson.name)
            .where(CasePerson.case_id == Case.id)
            .order_by(CasePerson.id)
            .limit(1)
            .scalar_subquery()
            .label("sender"),
        )
        .join(Unit, Unit.id == Case.unit_id)
        .where(
            Case.number == number,
            or_(visible(actor, Action.SEE_CASE), Case.created_by_id == actor.user_id),
        )
    ).first()
    if row is None:
        raise NotFound
    clocks = [clock for clock in case_clocks(row.id) if clock.runs and clock.clock in PROMISED]
    first = min(clocks, key=lambda clock: clock.due_on, default=None)
    receipt = ReceiptFacts(
        number=number,
        access_code=access_code,
        kind=row.kind,
        formal=row.formal,
        signed=row.signed,
        registered_at=row.registered_at,
        unit_code=row.code,
        unit_name=row.name,
        unit_name_en=row.name_en,
        unit_address=row.address,
        unit_hours=row.hours,
        clock=first.clock if first else None,
        explanation=first.explanation if first else None,
    )
    sender = "" if row.kind is CaseKind.DENUNCIATION else row.sender or ""
    return SlipFacts(receipt, row.received_on, sender, row.phone)


def _text_part(column: Any) -> Any:
    return select(column).where(CaseText.case_id == Case.id).scalar_subquery()


def _event_rows(case_id: int, *, after: int = 0, most: int | None = None) -> Sequence[Row[Any]]:
    """The events of a case, newest first."""
    return db.session.execute(
        select(
            CaseEvent.seq,
            CaseEvent.kind,
            CaseEvent.at,
            CaseEvent.on,
            CaseEvent.author,
            CaseEvent.details,
            User.name.label("by"),
        )
        .outerjoin(User, User.id == CaseEvent.actor_id)
        .where(CaseEvent.case_id == case_id, CaseEvent.seq > after)
        .order_by(CaseEvent.seq.desc())
        .limit(most)
    ).all()


def _references(events: Sequence[Row[Any]], actor: Actor | None = None, case_id: int = 0) -> _Known:
    """Names behind the ids in the events, and the visible cases that point to this one."""
    users = _ids(events, "assignee")
    units = _ids(events, "unit")
    parts: list[Any] = [
        select(literal("user").label("what"), User.id, User.name).where(User.id.in_(users)),
        select(literal("unit"), Unit.id, Unit.name).where(Unit.id.in_(units)),
    ]
    if actor is not None:
        scope = visible(actor, Action.SEE_CASE)
        for what, link in (
            ("duplicate", Case.duplicate_of_id),
            ("later", Case.previous_id),
            ("part", Case.split_from_id),
        ):
            parts.append(select(literal(what), Case.id, Case.number).where(link == case_id, scope))
        whole = aliased(Case)
        first = select(whole.split_from_id).where(whole.id == case_id).scalar_subquery()
        parts.append(
            select(literal("split_from"), Case.id, Case.number).where(Case.id == first, scope)
        )
        parts += [letter_part(case_id), *parts_of(case_id), *_parts(case_id)]
    found: dict[str, dict[int, str]] = {}
    for what, id_, name in db.session.execute(union_all(*parts)):
        found.setdefault(what, {})[id_] = name
    return _Known(
        found.get("user", {}),
        found.get("unit", {}),
        tuple(sorted(found.get("duplicate", {}).items())),
        later=_numbers(found, "later"),
        parts=_numbers(found, "part"),
        split_from=_numbers(found, "split_from"),
        proceedings=read_parts(found),
        letters=read_letters(found.get("letter", {})),
        people=tuple(text.split("\t") for text in texts_of(found, "person")),
        authors=tuple(text.split("\t", 1) for text in texts_of(found, "author")),
        clocks=tuple(_clock_line(text) for text in texts_of(found, "clock")),
    )


def _parts(case_id: int) -> list[Any]:
    """The people, the authors of what was attached, and the clocks, one text a row."""
    attached = select(Case.id).where(Case.duplicate_of_id == case_id)
    return [
        select(
            literal("person"),
            CasePerson.id,
            joined(
                CasePerson.name,
                CasePerson.id_no,
                CasePerson.phone,
                CasePerson.email,
                CasePerson.address,
                CasePerson.role,
            ),
        ).where(CasePerson.case_id == case_id),
        select(literal("author"), CasePerson.id, joined(CasePerson.case_id, CasePerson.name)).where(
            CasePerson.case_id.in_(attached)
        ),
        select(literal("clock"), CaseClock.id, _CLOCK).where(CaseClock.case_id == case_id),
    ]


def _clock_line(text: str) -> ClockLine:
    clock, due, stopped, suspended, explanation = text.split("\t", 4)
    return ClockLine(
        ClockKind(clock),
        date.fromisoformat(due),
        date.fromisoformat(stopped) if stopped else None,
        date.fromisoformat(suspended) if suspended else None,
        recall(explanation),
    )


def _numbers(found: Mapping[str, Mapping[int, str]], what: str) -> tuple[str, ...]:
    return tuple(number for _, number in sorted(found.get(what, {}).items()))


def _ids(events: Sequence[Row[Any]], name: str) -> list[int]:
    found = {row.details.get(name) for row in events}
    return sorted(id_ for id_ in found if isinstance(id_, int))


def _event_lines(
    rows: Sequence[Row[Any]], known: _Known, notes: Mapping[int, str]
) -> tuple[EventLine, ...]:
    return tuple(
        EventLine(
            row.seq,
            row.kind,
            row.at,
            row.on,
            row.author,
            row.by or "",
            _named(row.details, known),
            notes.get(row.details.get("note", 0), ""),
        )
        for row in rows
    )


def _named(details: Mapping[str, object], known: _Known) -> dict[str, object]:
    """Details with names in place of ids; an id without a name is left out."""
    named = dict(details)
    for name, names in (("assignee", known.users), ("unit", known.units)):
        id_ = named.get(name)
        if isinstance(id_, int):
            named[name] = names.get(id_, "")
    return named


def _people(people: Sequence[Sequence[str]], *, whole: bool) -> tuple[PersonLine, ...]:
    """Who stands behind a case; in a denunciation nobody is to be found here."""
    rows = [
        PersonLine(name, id_no, phone, email, address, PersonRole(role))
        for name, id_no, phone, email, address, role in people
    ]
    if whole:
        return tuple(rows)
    return tuple(
        PersonLine(
            mask_initials(row.name),
            mask_id_no(row.id_no),
            mask_phone(row.phone),
            mask_email(row.email),
            "",
            row.role,
        )
        for row in rows
    )


def _authors(known: _Known, *, whole: bool) -> tuple[AuthorLine, ...]:
    """Who filed the submissions that were attached, each with its number."""
    names: dict[int, str] = {}
    for case_id, name in known.authors:
        names.setdefault(int(case_id), name if whole else mask_initials(name))
    return tuple(AuthorLine(number, names.get(id_, "")) for id_, number in known.duplicates)


def _written(case_id: int) -> tuple[list[Row[Any]], list[Row[Any]]]:
    """The rows of the correspondence, oldest first, and of the colleagues' notes, newest first."""
    messages = (
        select(
            CaseMessage.id,
            CaseMessage.kind,
            CaseMessage.author,
            CaseMessage.at,
            CaseMessage.body,
            CaseMessage.sealed_body,
            CaseMessage.document_no,
            CaseMessage.sent_on,
            User.name.label("by"),
        )
        .outerjoin(User, User.id == CaseMessage.author_id)
        .where(CaseMessage.case_id == case_id)
    )
    notes = (
        select(
            CaseNote.id,
            null(),
            null(),
            CaseNote.at,
            CaseNote.body,
            null(),
            null(),
            null(),
            User.name,
        )
        .join(User, User.id == CaseNote.author_id)
        .where(CaseNote.case_id == case_id)
    )
    rows: list[Row[Any]] = sorted(
        db.session.execute(union_all(messages, notes)), key=lambda row: row.id
    )
    return (
        [row for row in rows if row.kind is not None],
        [row for row in reversed(rows) if row.kind is None],
    )


def _message_line(row: Row[Any], keys: Unsealer, *, whole: bool) -> MessageLine:
    """What may hold a person's data only for those who see persons whole."""
    return MessageLine(
        row.kind,
        row.author,
        row.by or "",
        row.at,
        _body(row, keys) if whole or row.kind not in ABOUT_DATA else None,
        row.document_no,
        row.sent_on,
    )


def _body(row: Any, keys: Unsealer) -> str | None:
    if row.sealed_body is not None and row.author is Author.OFFICIAL:
        return keys.unseal(row.sealed_body)
    return str(row.body) if row.body is not None else None


def _papers(case_id: int) -> tuple[PaperLine, ...]:
    rows = db.session.execute(
        select(
            Attachment.id,
            Attachment.name,
            Attachment.media_type,
            Attachment.size,
            Attachment.sealed,
            Attachment.author,
            Attachment.at,
            User.name.label("by"),
        )
        .outerjoin(User, User.id == Attachment.author_id)
        .where(Attachment.case_id == case_id)
        .order_by(Attachment.id)
    )
    return tuple(
        PaperLine(
            row.id,
            row.name,
            row.media_type,
            row.size,
            row.sealed,
            row.author,
            row.by or "",
            row.at,
        )
        for row in rows
    )


def paper_choices(case_id: int) -> tuple[tuple[int, str], ...]:
    """The papers of a case by their ids; a sealed one has no name here."""
    rows = db.session.execute(
        select(Attachment.id, Attachment.name)
        .where(Attachment.case_id == case_id)
        .order_by(Attachment.id)
    )
    return tuple((row.id, row.name) for row in rows)
