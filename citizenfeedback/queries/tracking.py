"""What a citizen sees of the own case with the access code: where it stands and by when.

The code opens state, dates and messages. What was filed, names, contacts and decisions addressed
to a person need a second proof; a lost code then gives nobody away.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Connection, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from citizenfeedback.domain.explanation_store import recall
from citizenfeedback.domain.explanations import Explanation
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.vocabulary import (
    Action,
    Author,
    CaseKind,
    CaseResult,
    Channel,
    ClockKind,
    EventKind,
    Instance,
    MessageKind,
    Phase,
    Role,
    SealedPart,
    State,
)
from citizenfeedback.domain.workflow import allowed_actions
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import (
    Case,
    CaseClock,
    CasePerson,
    CaseText,
    NoticeContact,
    SealedRecord,
)
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.letters import CaseLetter
from citizenfeedback.models.prepared import Look
from citizenfeedback.models.procedures import Dialogue
from citizenfeedback.models.timeline import CaseEvent, CaseMessage
from citizenfeedback.queries.letters import OwnLetter, own_letters

OFFICE_ONLY = frozenset(
    {
        EventKind.CASE_ASSIGNED,
        EventKind.CASE_SUMMARISED,
        EventKind.DRAFT_SUBMITTED,
        EventKind.DRAFT_SENT_BACK,
        EventKind.NOTE_ADDED,
        EventKind.REMINDER_ANSWERED,
        EventKind.CASE_REMINDED,
        EventKind.SEALED_READ,
        EventKind.CASE_IMPORTED,
        # Documents addressed to the citizen have a list of their own.
        EventKind.LETTER_ISSUED,
        EventKind.LETTER_SENT,
        EventKind.LETTER_CANCELLED,
        EventKind.SEAL_CHECK_OVERRULED,
        EventKind.DATA_HELD,
        EventKind.DATA_RELEASED,
        # Whoever forced a withdrawal may hold the code.
        EventKind.SETTLING_KEPT,
    }
)
"""Acts inside the office: nothing the citizen must know or do follows from them."""

AWAITED = frozenset(
    {
        ClockKind.ACCEPTANCE,
        ClockKind.DEMAND,
        ClockKind.SETTLEMENT,
        ClockKind.SENDING,
        ClockKind.FORWARDING,
    }
)
"""The terms by which the citizen hears something; the others bind the office alone."""

ABOUT_DATA = frozenset({MessageKind.DATA_REQUEST, MessageKind.DATA_ANSWER})
"""Messages that may hold the very data they are about."""

ADDRESSED = frozenset({CaseKind.COMPLAINT, CaseKind.DENUNCIATION})
"""Kinds whose answer is a decision addressed to a person by name."""


@dataclass(frozen=True, slots=True)
class TrackedClock:
    """A term of the case as the citizen was promised it."""

    clock: ClockKind
    explanation: Explanation
    stopped_on: date | None


@dataclass(frozen=True, slots=True)
class TrackedEvent:
    """Something that happened, on its legal date."""

    kind: EventKind
    on: date
    author: Author
    details: dict[str, object]


@dataclass(frozen=True, slots=True)
class TrackedMessage:
    """An entry of the correspondence; `body` is None where a second proof is needed."""

    kind: MessageKind
    author: Author
    at: datetime
    body: str | None
    document_no: str
    sent_on: date | None


@dataclass(frozen=True, slots=True)
class TrackedPaper:
    """A paper of the case; its name only with the second proof."""

    at: datetime
    author: Author
    media_type: str
    size: int
    name: str


@dataclass(frozen=True, slots=True)
class Filed:
    """What was filed and by whom: for the second proof only."""

    words: str
    place: str
    wish: str
    people: tuple[dict[str, str], ...]
    respondent: str


@dataclass(frozen=True, slots=True)
class FirstCase:
    """Where the case stands to which this submission was attached; it may be somebody else's."""

    state: State
    unit: str
    unit_en: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class TrackedDialogue:
    """A dialogue to which the citizen is invited; `hour` is blank where none was said."""

    on: date
    hour: str
    place: str


@dataclass(frozen=True, slots=True)
class TrackingPage:
    """All a citizen sees of the own case; `named`: whether a name was given."""

    case_id: int
    number: str
    kind: CaseKind
    channel: Channel
    state: State
    phase: Phase
    unit: str
    unit_en: str
    unit_address: str
    unit_hours: str
    formal: bool
    signed: bool
    received_on: date
    closed_on: date | None
    sent_on: date | None
    settle_by: date | None
    remote: bool
    instance: Instance
    result: CaseResult | None
    decision_no: str
    forwarded_to: str
    due_on: date | None
    clocks: tuple[TrackedClock, ...]
    events: tuple[TrackedEvent, ...]
    messages: tuple[TrackedMessage, ...]
    papers: tuple[TrackedPaper, ...]
    letters: tuple[OwnLetter, ...]
    actions: tuple[Action, ...]
    proof_possible: bool
    filed: Filed | None
    named: bool
    first: FirstCase | None = None
    dialogue: TrackedDialogue | None = None

    @property
    def running(self) -> TrackedClock | None:
        """The term that ends next of those the citizen waits for, if one runs."""
        running = [
            clock for clock in self.clocks if clock.stopped_on is None and clock.clock in AWAITED
        ]
        return min(running, key=lambda clock: clock.explanation.due, default=None)

    @property
    def examined_by(self) -> date | None:
        """By when what is no denunciation in form must have been looked at; it has no other term."""
        if self.state is not State.INFORMATION:
            return None
        watched = (
            clock.explanation.due
            for clock in self.clocks
            if clock.clock is ClockKind.PROCESSING and clock.stopped_on is None
        )
        return next(watched, None)


def case_behind(keys: Keys, code: str) -> int | None:
    """Return the case that the (normalised) access code opens, or None."""
    return db.session.scalar(
        select(Case.id).where(Case.access_hash == keys.fingerprint("access_code", code))
    )


def is_sealed(case_id: int | None) -> bool:
    """Whether the case is a denunciation, so that what comes in must be sealed."""
    kind = db.session.scalar(select(Case.kind).where(Case.id == case_id))
    return kind is CaseKind.DENUNCIATION


def citizen(case_id: int, *, proven: bool = False) -> Actor:
    """Return who holds the access code of a case, with or without the second proof."""
    role = Role.CITIZEN_PROVEN if proven else Role.CITIZEN
    return Actor(roles=frozenset({role}), case_id=case_id)


@dataclass(frozen=True, slots=True)
class News:
    """Where the news of a case goes; the address itself only with the second proof."""

    by_sms: bool = False
    asked: bool = False
    confirmed: bool = False
    wanted: bool = False
    changeable: bool = True
    address: str = ""


def news_of(actor: Actor, keys: Keys) -> News:
    """How the citizen of a case is told of news."""
    row = db.session.execute(
        select(
            NoticeContact.ciphertext,
            NoticeContact.confirmed_at,
            NoticeContact.wants_news,
            NoticeContact.proves,
        ).where(NoticeContact.case_id == actor.case_id)
    ).first()
    if row is None:
        return News()
    proven = Role.CITIZEN_PROVEN in actor.roles
    address = keys.unseal(row.ciphertext)
    return News(
        by_sms="@" not in address,
        asked=True,
        confirmed=row.confirmed_at is not None,
        wanted=row.wants_news,
        changeable=proven or not row.proves,
        address=address if proven else "",
    )


# Made once each: these pages are asked for more than any other.
_CASE = Look(
    select(
        Case.id,
        Case.number,
        Case.kind,
        Case.instance,
        Case.channel,
        Case.state,
        Case.phase,
        Case.unit_id,
        Case.formal,
        Case.signed,
        Case.received_on,
        Case.accepted_on,
        Case.closed_on,
        Case.sent_on,
        Case.settle_by,
        Case.remote,
        Case.result,
        Case.decision_no,
        Case.forwarded_to,
        Case.respondent,
        Case.due_on,
        Unit.name.label("unit"),
        Unit.name_en.label("unit_en"),
        Unit.address,
        Unit.hours,
        NoticeContact.confirmed_at,
        NoticeContact.proves,
        exists().where(CaseMessage.case_id == Case.id).label("has_messages"),
        exists().where(Attachment.case_id == Case.id).label("has_papers"),
        exists().where(CaseLetter.case_id == Case.id).label("has_letters"),
        exists()
        .where(Dialogue.case_id == Case.id, Dialogue.held_on.is_(None))
        .label("has_dialogue"),
        or_(
            exists().where(CasePerson.case_id == Case.id, CasePerson.name != ""),
            exists().where(
                SealedRecord.case_id == Case.id, SealedRecord.part == SealedPart.IDENTITY
            ),
        ).label("named"),
    )
    .join(Unit, Unit.id == Case.unit_id)
    .outerjoin(NoticeContact, NoticeContact.case_id == Case.id)
    .where(Case.id == bindparam("case"))
)
_attached = aliased(Case)
_FIRST = Look(
    select(Case.state, Case.is_open, Case.settle_by, Unit.name, Unit.name_en)
    .join(Unit, Unit.id == Case.unit_id)
    .join(_attached, _attached.duplicate_of_id == Case.id)
    .where(_attached.id == bindparam("case"))
)
_DIALOGUE = Look(
    select(Dialogue.planned_for, Dialogue.hour, Dialogue.place)
    .where(Dialogue.case_id == bindparam("case"), Dialogue.held_on.is_(None))
    .order_by(Dialogue.id.desc())
    .limit(1)
)
_CLOCKS = Look(
    select(CaseClock.clock, CaseClock.explanation, CaseClock.stopped_on)
    .where(CaseClock.case_id == bindparam("case"), CaseClock.suspended_on.is_(None))
    .order_by(CaseClock.id)
)
_EVENTS = Look(
    select(CaseEvent.kind, CaseEvent.on, CaseEvent.author, CaseEvent.details)
    .where(
        CaseEvent.case_id == bindparam("case"),
        # One by one: a list among the parameters would be unfolded anew each time.
        *(CaseEvent.kind != kind for kind in sorted(OFFICE_ONLY)),
    )
    .order_by(CaseEvent.seq.desc())
)
_MESSAGES = Look(
    select(
        CaseMessage.kind,
        CaseMessage.author,
        CaseMessage.at,
        CaseMessage.body,
        CaseMessage.sealed_body,
        CaseMessage.document_no,
        CaseMessage.sent_on,
    )
    .where(CaseMessage.case_id == bindparam("case"))
    .order_by(CaseMessage.id)
)
_PAPERS = Look(
    select(
        Attachment.at,
        Attachment.author,
        Attachment.media_type,
        Attachment.size,
        Attachment.name,
        SealedRecord.ciphertext,
    )
    .outerjoin(
        SealedRecord,
        (SealedRecord.attachment_id == Attachment.id) & (SealedRecord.part == SealedPart.FILE_NAME),
    )
    .where(Attachment.case_id == bindparam("case"))
    .order_by(Attachment.id)
)


# Cases of one day and rule share the text of their term.
_recalled = lru_cache(maxsize=500)(recall)


def tracking_page(actor: Actor, keys: Keys) -> TrackingPage | None:
    """Return the page of the actor's case; None when it is gone."""
    connection = db.session.connection()
    row = _CASE.first(connection, case=actor.case_id)
    if row is None:
        return None
    kind = CaseKind(row.kind)
    proven = Role.CITIZEN_PROVEN in actor.roles
    facts = CaseFacts(
        id=row.id,
        kind=kind,
        state=row.state,
        unit_id=row.unit_id,
        received_on=row.received_on,
        accepted_on=row.accepted_on,
        instance=Instance(row.instance),
        formal=row.formal,
        signed=row.signed,
    )
    return TrackingPage(
        case_id=row.id,
        number=row.number,
        kind=kind,
        channel=row.channel,
        state=row.state,
        phase=row.phase,
        unit=row.unit,
        unit_en=row.unit_en,
        unit_address=row.address,
        unit_hours=row.hours,
        formal=row.formal,
        signed=row.signed,
        received_on=row.received_on,
        closed_on=row.closed_on,
        sent_on=row.sent_on,
        settle_by=row.settle_by,
        remote=row.remote,
        instance=Instance(row.instance),
        result=row.result,
        decision_no=row.decision_no,
        forwarded_to=row.forwarded_to,
        due_on=row.due_on,
        clocks=_clocks(connection, row.id),
        events=_events(connection, row.id),
        messages=(
            _messages(connection, row.id, kind, keys, proven=proven) if row.has_messages else ()
        ),
        papers=_papers(connection, row.id, keys, proven=proven) if row.has_papers else (),
        letters=own_letters(row.id) if row.has_letters else (),
        actions=allowed_actions(facts, actor),
        proof_possible=row.confirmed_at is not None and row.proves,
        named=row.named,
        filed=_filed(row.id, kind, row.respondent, keys) if proven else None,
        first=_first(connection, row.id) if row.state is State.ATTACHED else None,
        dialogue=_dialogue(connection, row.id)
        if row.has_dialogue and row.phase in (Phase.WORKING, Phase.WAITING)
        else None,
    )


def _dialogue(connection: Connection, case_id: int) -> TrackedDialogue | None:
    row = _DIALOGUE.first(connection, case=case_id)
    if row is None or row.planned_for is None:
        return None
    return TrackedDialogue(row.planned_for, row.hour, row.place)


def _first(connection: Connection, case_id: int) -> FirstCase | None:
    row = _FIRST.first(connection, case=case_id)
    if row is None:
        return None
    return FirstCase(row.state, row.name, row.name_en, row.settle_by if row.is_open else None)


def _clocks(connection: Connection, case_id: int) -> tuple[TrackedClock, ...]:
    rows = _CLOCKS.rows(connection, case=case_id)
    return tuple(
        TrackedClock(row.clock, _recalled(row.explanation), row.stopped_on) for row in rows
    )


def _events(connection: Connection, case_id: int) -> tuple[TrackedEvent, ...]:
    rows = _EVENTS.rows(connection, case=case_id)
    return tuple(TrackedEvent(row.kind, row.on, row.author, row.details) for row in rows)


def _messages(
    connection: Connection, case_id: int, kind: CaseKind, keys: Keys, *, proven: bool
) -> tuple[TrackedMessage, ...]:
    rows = _MESSAGES.rows(connection, case=case_id)
    shown = []
    for row in rows:
        answer = row.kind is MessageKind.ANSWER
        if answer and row.sent_on is None:
            continue
        personal = row.kind in ABOUT_DATA
        hidden = not proven and (personal or (answer and kind in ADDRESSED))
        body = None
        if not hidden:
            body = row.body if row.sealed_body is None else keys.unseal(row.sealed_body)
        shown.append(
            TrackedMessage(row.kind, row.author, row.at, body, row.document_no, row.sent_on)
        )
    return tuple(shown)


def _papers(
    connection: Connection, case_id: int, keys: Keys, *, proven: bool
) -> tuple[TrackedPaper, ...]:
    rows = _PAPERS.rows(connection, case=case_id)
    return tuple(
        TrackedPaper(
            row.at,
            row.author,
            row.media_type,
            row.size,
            (keys.unseal(row.ciphertext) if row.ciphertext else row.name) if proven else "",
        )
        for row in rows
        if proven or row.author is Author.CITIZEN
    )


def _filed(case_id: int, kind: CaseKind, respondent: str, keys: Keys) -> Filed:
    if kind is CaseKind.DENUNCIATION:
        sealed = {
            row.part: json.loads(keys.unseal(row.ciphertext))
            for row in db.session.execute(
                select(SealedRecord.part, SealedRecord.ciphertext).where(
                    SealedRecord.case_id == case_id,
                    SealedRecord.part.in_((SealedPart.IDENTITY, SealedPart.WORDS)),
                )
            )
        }
        words = sealed.get(SealedPart.WORDS, {})
        return Filed(
            words.get("words", ""),
            "",
            words.get("wish", ""),
            tuple(sealed.get(SealedPart.IDENTITY, ())),
            respondent,
        )
    text = db.session.execute(
        select(CaseText.words, CaseText.place, CaseText.wish).where(CaseText.case_id == case_id)
    ).first()
    people = db.session.execute(
        select(
            CasePerson.name,
            CasePerson.id_no,
            CasePerson.phone,
            CasePerson.email,
            CasePerson.address,
        ).where(CasePerson.case_id == case_id)
    ).mappings()
    return Filed(
        text.words if text else "",
        text.place if text else "",
        text.wish if text else "",
        tuple(dict(person) for person in people),
        respondent,
    )
