"""The shared step that puts a new case into the books: filing, entering a paper, continuing a case.

In two halves, since the citizen waits for it and every other writer waits meanwhile: `make_ready`
works out terms, seals and search text before the transaction, `enter` is called inside it and has
plain inserts only. In a denunciation identity and words go straight into sealed records; nothing
of them touches another table. Everything is checked before; what is left to the database is that
numbers do not repeat and that the unit is there.
"""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.numbers import access_code, case_number
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.text import fold
from citizenfeedback.domain.vocabulary import (
    PHASE_OF,
    CaseField,
    CaseKind,
    Channel,
    ClockKind,
    Complexity,
    EventKind,
    Instance,
    LedgerAct,
    MailKind,
    PersonRole,
    SealedPart,
    State,
)
from citizenfeedback.domain.workflow import entry_state
from citizenfeedback.models.cases import (
    Case,
    CaseClock,
    CasePerson,
    CaseText,
    NoticeContact,
    SealedRecord,
)
from citizenfeedback.models.clocks import ClockEntry
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.prepared import Look
from citizenfeedback.models.search import CaseSearch
from citizenfeedback.services.chronicle import append_event
from citizenfeedback.services.clocks import NO_TERM, Deed, Running, held_calendar, starting_clocks
from citizenfeedback.services.post import queue_mail
from citizenfeedback.services.rows import add_row, add_rows, add_unless_taken

NUMBER_TRIES = 20


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands behind a submission; every part may be blank."""

    name: str = ""
    id_no: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        """Whether anything at all is known."""
        return any((self.name, self.id_no, self.phone, self.email, self.address))


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody who signs with the first person, speaks for all, or is authorised by a paper."""

    person: Person
    role: PersonRole
    document_no: str = ""

    def columns(self) -> dict[str, str]:
        """The person as the books keep them."""
        return {"role": self.role, "document_no": self.document_no, **asdict(self.person)}


@dataclass(frozen=True, slots=True)
class NewCase:
    """Everything known of a submission when it enters the books.

    `notify` is an address for news; it counts only once its owner has confirmed it. `code` gives
    the citizen a way to follow; a case entered for the file only (`False`) has none.
    """

    kind: CaseKind
    field: CaseField
    channel: Channel
    unit_id: int
    received_on: date
    summary: str = ""
    words: str = ""
    place: str = ""
    wish: str = ""
    people: Sequence[Person] = ()
    others: Sequence[Other] = ()
    instance: Instance = Instance.FIRST
    respondent: str = ""
    respondent_unit_id: int | None = None
    respondent_user_id: int | None = None
    signatories: int = 1
    formal: bool = True
    signed: bool = True
    language: str = "vi"
    late_entry_reason: str = ""
    look: str = ""
    notify: str = ""
    previous_id: int | None = None
    unanswered: bool = False
    code: bool = True


@dataclass(frozen=True, slots=True)
class Registered:
    """A case as it stands right after it entered the books. The code is shown once, never kept."""

    id: int
    number: str
    access_code: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class ReadyCase:
    """A submission made ready for the books; only its numbers and the rows are still to come.

    `columns` are those of the case itself. People and sealed parts wait for the id of their case.
    """

    actor: Actor
    new: NewCase
    at: datetime
    state: State
    access_code: str
    columns: Mapping[str, object]
    facts: CaseFacts
    calendar: WorkCalendar
    policy: Policy
    clocks: tuple[Running, ...]
    sealed: tuple[tuple[SealedPart, bytes], ...]
    folded: str
    news: "_News | None"

    @property
    def due_on(self) -> date | None:
        """The nearest date promised; None where no clock runs."""
        return min((clock.due_on for clock in self.clocks), default=None)

    def counted_on(self, calendar: WorkCalendar) -> "ReadyCase":
        """The same with its terms counted on another calendar."""
        clocks = starting_clocks(self.facts, calendar, self.policy)
        columns = {**self.columns, **_due(clocks)}
        return replace(self, calendar=calendar, clocks=clocks, columns=columns)


def _due(clocks: Sequence[Running]) -> dict[str, object]:
    """What a case keeps of the terms that start with it."""
    nearest = min(clocks, key=lambda clock: clock.due_on, default=None)
    settlement = next((one for one in clocks if one.clock is ClockKind.SETTLEMENT), None)
    return {
        "due_on": nearest.due_on if nearest else NO_TERM,
        "due_rule": nearest.rule if nearest else "",
        "settle_by": settlement.due_on if settlement else None,
    }


@dataclass(frozen=True, slots=True)
class _News:
    """The address to confirm and the token that will confirm it, both sealed."""

    address: bytes
    token: bytes
    token_hash: str


def register(
    session: Session,
    keys: Keys,
    calendar: WorkCalendar,
    policy: Policy,
    actor: Actor,
    new: NewCase,
    *,
    now: datetime,
) -> Registered:
    """Make a new case ready and enter it at once, for acts in which no citizen waits.

    Raises `RuleBroken("unknown_unit")`.
    """
    return enter(session, keys, make_ready(session, keys, calendar, policy, actor, new, now=now))


def make_ready(
    session: Session,
    keys: Keys,
    calendar: WorkCalendar,
    policy: Policy,
    actor: Actor,
    new: NewCase,
    *,
    now: datetime,
) -> ReadyCase:
    """Work out everything about a new case that does not need the books open for writing.

    A denunciation of the receiving office itself goes to the office above it, which is the one
    competent (Luật Tố cáo art. 12). Raises `RuleBroken("unknown_unit")`.
    """
    unit_id, remote = _deciding_unit(session, new)
    state = entry_state(new.kind, formal=new.formal)
    facts = CaseFacts(
        id=0,
        kind=new.kind,
        field=new.field,
        state=state,
        unit_id=unit_id,
        received_on=new.received_on,
        instance=new.instance,
        channel=new.channel,
        formal=new.formal,
        signed=new.signed,
        respondent_unit_id=new.respondent_unit_id,
        respondent_user_id=new.respondent_user_id,
        complexity=Complexity.NORMAL,
        remote=remote,
        unanswered=new.unanswered,
    )
    clocks = starting_clocks(facts, calendar, policy)
    code = access_code(secrets.token_bytes) if new.code else ""
    columns = {
        "access_hash": keys.fingerprint("access_code", code) if code else None,
        "kind": new.kind,
        "instance": int(new.instance),
        "field": new.field,
        "channel": new.channel,
        "state": state,
        "phase": PHASE_OF[state],
        "is_open": True,
        "unit_id": unit_id,
        "summary": new.summary,
        "respondent": new.respondent,
        "respondent_unit_id": new.respondent_unit_id,
        "respondent_user_id": new.respondent_user_id,
        "signatories": new.signatories,
        "representatives": sum(one.role is PersonRole.REPRESENTATIVE for one in new.others),
        "formal": new.formal,
        "signed": new.signed,
        "received_on": new.received_on,
        "registered_at": now,
        "late_entry_reason": new.late_entry_reason,
        "forwarded_to": "",
        "complexity": Complexity.NORMAL,
        "remote": remote,
        "extensions": 0,
        "decision_no": "",
        **_due(clocks),
        "previous_id": new.previous_id,
        "unanswered": new.unanswered,
        "look": new.look,
        "language": new.language,
        "imported": False,
        "created_by_id": actor.user_id,
        "version": 1,
    }
    hidden = new.kind is CaseKind.DENUNCIATION
    people = () if hidden else (*new.people, *(one.person for one in new.others))
    return ReadyCase(
        actor=actor,
        new=new,
        at=now,
        state=state,
        access_code=code,
        columns=columns,
        facts=facts,
        calendar=calendar,
        policy=policy,
        clocks=clocks,
        sealed=tuple(_sealed_parts(keys, new)) if hidden else (),
        folded=fold(" ".join((*(one.name for one in people if one.name), new.summary))),
        news=_news(keys, new.notify) if new.notify else None,
    )


def enter(session: Session, keys: Keys, ready: ReadyCase) -> Registered:
    """Write a case that is ready with its first event, clocks, seals and search text.

    Its terms are counted anew where the calendar was changed since it was made ready.
    """
    calendar = held_calendar(session)
    if calendar is not ready.calendar:
        ready = ready.counted_on(calendar)
    new = ready.new
    case_id, number = _insert_numbered(session, ready.columns, year=new.received_on.year)
    deed = Deed(LedgerAct.REGISTERED, ready.at, ready.actor.user_id)
    _insert_clocks(session, case_id, ready.clocks, deed)
    if new.kind is CaseKind.DENUNCIATION:
        parts = [
            {"case_id": case_id, "part": part, "ciphertext": text} for part, text in ready.sealed
        ]
        add_rows(session, SealedRecord, parts)
    else:
        _insert_open(session, case_id, new)
    folded = f"{fold(number)} {ready.folded}"
    add_row(session, CaseSearch, {"case_id": case_id, "folded": folded.strip()})
    if ready.news is not None:
        _ask_to_confirm(session, keys, case_id, ready.news, new.language, now=ready.at)
    append_event(
        session,
        keys,
        ready.actor,
        EventKind.CASE_REGISTERED,
        case_id=case_id,
        state=ready.state,
        now=ready.at,
        on=new.received_on,
        details={"channel": new.channel, "unit": ready.columns["unit_id"]},
        first=True,
    )
    return Registered(case_id, number, ready.access_code, ready.due_on)


def search_text(number: str, names: Sequence[str], summary: str, register_code: str = "") -> str:
    """Return what the search of a case reads; names are left out by the caller when sealed."""
    return fold(" ".join((number, register_code, *names, summary)))


_UNIT = Look(
    select(Unit.__table__.c.id, Unit.__table__.c.parent_id, Unit.__table__.c.remote).where(
        Unit.__table__.c.id == bindparam("unit")
    )
)


def _deciding_unit(session: Session, new: NewCase) -> tuple[int, bool]:
    row = _UNIT.first(session.connection(), unit=new.unit_id)
    if row is None:
        raise RuleBroken("unknown_unit")
    denounced = new.kind is CaseKind.DENUNCIATION and new.respondent_unit_id == row.id
    if denounced and row.parent_id is not None:
        return row.parent_id, row.remote
    return row.id, row.remote


def _insert_numbered(
    session: Session, values: Mapping[str, object], *, year: int
) -> tuple[int, str]:
    for _ in range(NUMBER_TRIES):
        number = case_number(year, secrets.token_bytes)
        case_id = add_unless_taken(session, Case, "number", {"number": number, **values})
        if case_id is not None:
            return case_id, number
    raise RuntimeError("no free case number found")


def _insert_clocks(session: Session, case_id: int, clocks: Sequence[Running], deed: Deed) -> None:
    add_rows(session, CaseClock, [{"case_id": case_id, **clock.columns()} for clock in clocks])
    ledger = [row for clock in clocks for row in clock.ledger(case_id, deed)]
    add_rows(session, ClockEntry, ledger)


def _insert_open(session: Session, case_id: int, new: NewCase) -> None:
    """The people and words of a case that lies open to those who may see it."""
    people = [{"case_id": case_id, **asdict(person)} for person in new.people if person]
    add_rows(session, CasePerson, people)
    rows = [{"case_id": case_id, **one.columns()} for one in new.others]
    add_rows(session, CasePerson, rows)
    if new.words or new.wish or new.place:
        written = {
            "case_id": case_id,
            "words": new.words,
            "place": new.place,
            "wish": new.wish,
        }
        add_row(session, CaseText, written)


def _sealed_parts(keys: Keys, new: NewCase) -> Iterator[tuple[SealedPart, bytes]]:
    """What of a denunciation lies under seal: who, with whom, and the own words."""
    if any(new.people):
        yield SealedPart.IDENTITY, _sealed(keys, [asdict(person) for person in new.people])
    if new.others:
        yield SealedPart.PEOPLE, _sealed(keys, [one.columns() for one in new.others])
    if new.words or new.wish:
        yield SealedPart.WORDS, _sealed(keys, {"words": new.words, "wish": new.wish})


def _sealed(keys: Keys, said: object) -> bytes:
    return keys.seal(json.dumps(said, ensure_ascii=False))


def _news(keys: Keys, address: str) -> _News:
    token = secrets.token_urlsafe(24)
    return _News(keys.seal(address), keys.seal(token), keys.fingerprint("contact", token))


def _ask_to_confirm(
    session: Session, keys: Keys, case_id: int, news: _News, language: str, *, now: datetime
) -> None:
    contact = {
        "case_id": case_id,
        "ciphertext": news.address,
        "token_hash": news.token_hash,
        "asked_at": now,
    }
    add_row(session, NoticeContact, contact)
    queue_mail(
        session,
        keys,
        MailKind.CITIZEN_CONFIRM,
        occasion=f"confirm:{case_id}",
        address=news.address,
        language=language,
        now=now,
        case_id=case_id,
        sealed_secret=news.token,
    )
