"""The shared frame of every act on a case: open it under lock, check it, write down what changed.

`working_on` loads the case through visibility, compares it with what the person had before their
eyes, asks the workflow, and at the end writes columns, clocks and one event; each act fills in only
what is its own. Nothing here decides.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import can
from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import (
    PHASE_OF,
    Action,
    Author,
    CaseKind,
    EventKind,
    MailKind,
    MessageKind,
    Phase,
    State,
)
from citizenfeedback.domain.workflow import ANSWERING, ClockChange, Transition, clock_changes, step
from citizenfeedback.gateways.clock import local_date
from citizenfeedback.models.cases import Case, CasePerson
from citizenfeedback.models.search import CaseSearch
from citizenfeedback.models.timeline import CaseMessage, CaseNote
from citizenfeedback.queries.case_head import facts_of
from citizenfeedback.queries.visibility import visible
from citizenfeedback.services.chronicle import append_event
from citizenfeedback.services.clocks import apply_changes, deed_of, note_transfer, refresh_due
from citizenfeedback.services.post import tell_citizen, tell_official
from citizenfeedback.services.registering import search_text
from citizenfeedback.services.transaction import transaction

ADDITIVE = frozenset({Action.NOTE, Action.MESSAGE, Action.ADD_DOCUMENT})
"""Acts that overwrite nothing: they need not have seen the newest version."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The case as somebody had it before their eyes; without a version any will do."""

    number: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """What every act needs beside its own entries: the keys, the office's choices, the moment.

    `together` writes, in the transaction of the act itself, what belongs to it: the letter that
    carries it, for one. It runs before the event is written, so that it can add to its details.
    """

    keys: Keys
    policy: Policy
    now: datetime
    together: "Callable[[Work], None] | None" = None

    @property
    def today(self) -> date:
        """The day of the act in the province."""
        return local_date(self.now)


FACT_COLUMNS: tuple[Any, ...] = (
    Case.id,
    Case.number,
    Case.register_code,
    Case.version,
    Case.kind,
    Case.state,
    Case.state_before,
    Case.unit_id,
    Case.received_on,
    Case.assignee_id,
    Case.instance,
    Case.channel,
    Case.formal,
    Case.signed,
    Case.eligible,
    Case.competent,
    Case.direction,
    Case.processed_on,
    Case.respondent,
    Case.respondent_unit_id,
    Case.respondent_user_id,
    Case.accepted_on,
    Case.closed_on,
    Case.result,
    Case.complexity,
    Case.remote,
    Case.extensions,
    Case.field,
    Case.summary,
    Case.signatories,
    Case.representatives,
    Case.held,
    Case.unanswered,
    Case.due_on,
    Case.language,
)


@dataclass
class Work:
    """One act under way. `set` fills columns, `details` the event; both are written at the end.

    `event` takes the place of the event in the table, where that would tell too much.
    """

    session: Session
    actor: Actor
    office: Office
    row: Row[Any]
    facts: CaseFacts
    transition: Transition
    on: date
    columns: dict[str, Any] = field(default_factory=dict)
    details: dict[str, object] = field(default_factory=dict)
    more_clocks: list[ClockChange] = field(default_factory=list)
    target: State | None = None
    event: EventKind | None = None
    tells_citizen: bool = False
    seq: int = 0

    @property
    def sealed(self) -> bool:
        """Whether what is written to the citizen must be sealed."""
        return bool(self.columns.get("kind", self.facts.kind) is CaseKind.DENUNCIATION)

    def set(self, **columns: Any) -> None:
        """Fill columns of the case."""
        self.columns.update(columns)

    def dated(self, on: date) -> None:
        """Say on which day the act counts: not after today, not before what it follows from."""
        earliest = max(self.facts.received_on, self.facts.accepted_on or date.min)
        check_day(on, earliest=earliest, today=self.office.today)
        self.on = on

    def keep_reason(self, text: str) -> None:
        """Keep what an official wrote as a note; the event refers to it and holds no text."""
        if text:
            self.details["note"] = self.add_note(text)

    def add_note(self, text: str) -> int:
        """Add an internal note and return its id."""
        note_id = self.session.scalar(
            insert(CaseNote)
            .values(
                case_id=self.facts.id,
                author_id=self.actor.user_id,
                at=self.office.now,
                body=text,
            )
            .returning(CaseNote.id)
        )
        return int(note_id or 0)

    def write(
        self,
        kind: MessageKind,
        body: str,
        *,
        document_no: str = "",
        sent_on: date | None = None,
    ) -> None:
        """Add to the correspondence what the office says; in a denunciation sealed."""
        self.session.execute(
            insert(CaseMessage).values(
                case_id=self.facts.id,
                kind=kind,
                author=Author.OFFICIAL,
                author_id=self.actor.user_id,
                at=self.office.now,
                body=None if self.sealed else body,
                sealed_body=self.office.keys.seal(body) if self.sealed else None,
                document_no=document_no,
                sent_on=sent_on,
            )
        )

    def give_to(self, user_id: int, due_on: date | None) -> None:
        """Tell an official that the case is theirs now; nobody is told of their own act."""
        if user_id == self.actor.user_id:
            return
        tell_official(
            self.session,
            self.office.keys,
            MailKind.STAFF_ASSIGNED,
            user_id,
            occasion=f"assigned:{self.facts.id}:{self.seq}",
            case_id=self.facts.id,
            details={
                "number": self.row.number,
                "due": due_on.isoformat() if due_on is not None else "",
            },
            now=self.office.now,
        )


def check_day(on: date, *, earliest: date, today: date) -> None:
    """Refuse a day that has not come, or one before what it must follow."""
    if on > today:
        raise RuleBroken("date_in_future")
    if on < earliest:
        raise RuleBroken("date_too_early", earliest=earliest)


@contextmanager
def working_on(actor: Actor, seen: Seen, action: Action, office: Office) -> Iterator[Work]:
    """Open one case for one act in a transaction of its own and write it down at the end.

    Raises `NotFound` for what is not there or may not be known, `ChangedMeanwhile`, and
    `RuleBroken` for what right or law forbids.
    """
    with transaction() as session:
        work = open_work(session, actor, seen, action, office)
        yield work
        finish_work(work)


def open_work(session: Session, actor: Actor, seen: Seen, action: Action, office: Office) -> Work:
    """Load and lock the case through visibility and check that the act may be done on it."""
    row = load_case(session, actor, seen.number)
    if seen.version not in (None, row.version) and action not in ADDITIVE:
        raise ChangedMeanwhile(number=row.number)
    facts = facts_of(row)
    if not can(actor, action, facts):
        raise RuleBroken("not_granted", action=action)
    transition = step(facts, action)
    return Work(session, actor, office, row, facts, transition, on=office.today)


def load_case(session: Session, actor: Actor, number: str) -> Row[Any]:
    """Lock a case that the actor may see; an unknown one and a hidden one are told alike."""
    row = session.execute(
        select(*FACT_COLUMNS)
        .where(Case.number == number, visible(actor, Action.SEE_CASE))
        .with_for_update(of=Case)
    ).first()
    if row is None:
        raise NotFound
    return row


def finish_work(work: Work) -> None:
    """Write columns, clocks and the event of an act; carry findings over to its duplicates."""
    transition, facts = work.transition, work.facts
    if work.office.together is not None:
        work.office.together(work)
    state = work.target or transition.target or facts.state
    _take_back(work)
    if transition.direction is not None:
        work.columns |= {"direction": transition.direction, "processed_on": work.on}
    if transition.result is not None:
        work.columns["result"] = transition.result
    if transition.action in ANSWERING:
        work.columns["citizen_wrote"] = False
    if transition.closes:
        work.columns["closed_on"] = work.on
    if state is not facts.state:
        work.columns |= {
            "state": state,
            "phase": PHASE_OF[state],
            "is_open": PHASE_OF[state] is not Phase.CLOSED,
            "state_before": facts.state if state is State.AWAITING_CITIZEN else None,
        }
    work.session.execute(
        update(Case).where(Case.id == facts.id).values(**work.columns, version=work.row.version + 1)
    )
    _carry_to_duplicates(work)
    after = _after(facts, work.columns)
    _turn_clocks(work, after, moved=state is not facts.state)
    work.seq = append_event(
        work.session,
        work.office.keys,
        work.actor,
        work.event or transition.event,
        case_id=facts.id,
        state=state,
        now=work.office.now,
        on=work.on,
        details=work.details,
    )
    if work.tells_citizen:
        tell_citizen(
            work.session,
            work.office.keys,
            facts.id,
            seq=work.seq,
            language=work.row.language,
            now=work.office.now,
        )
    if "assignee_id" in work.columns and work.columns["assignee_id"] is not None:
        due = work.session.scalar(select(Case.due_on).where(Case.id == facts.id))
        work.give_to(work.columns["assignee_id"], due if due and due.year < 9999 else None)


def _turn_clocks(work: Work, after: CaseFacts, *, moved: bool) -> None:
    """Start, stop and stretch the clocks, and write down when the case is due."""
    transition, session = work.transition, work.session
    changes = (*work.more_clocks, *clock_changes(transition, after, work.on))
    deed = deed_of(transition.action, work.office.now, work.actor.user_id, work.details)
    if transition.action is Action.PASS_ON:
        note_transfer(session, after.id, on=work.on, deed=deed)
    if changes:
        apply_changes(session, after, changes, work.office.policy, on=work.on, deed=deed)
    elif moved:
        refresh_due(session, after.id)


def _take_back(work: Work) -> None:
    """What a reopening act undoes (`Transition.reopens`)."""
    if not work.transition.reopens:
        return
    work.columns |= {"closed_on": None, "result": None, "decision_no": ""}
    if work.facts.accepted_on is None:
        work.columns |= {"direction": None, "processed_on": None}
    if work.transition.action in (Action.REOPEN, Action.CORRECT):
        work.columns["duplicate_of_id"] = None


def _after(facts: CaseFacts, columns: Mapping[str, Any]) -> CaseFacts:
    """The facts as they are once the columns are written."""
    known = {name: value for name, value in columns.items() if name in _FACT_NAMES}
    return replace(facts, **known)


_FACT_NAMES = frozenset(CaseFacts.__dataclass_fields__) - {"id", "instance"}
_CARRIED = ("eligible", "competent", "direction", "processed_on")


def _carry_to_duplicates(work: Work) -> None:
    """A duplicate carries the examination of its first, never acceptance or end."""
    carried = {name: work.columns[name] for name in _CARRIED if name in work.columns}
    if carried:
        work.session.execute(
            update(Case).where(Case.duplicate_of_id == work.facts.id).values(**carried)
        )


def refresh_search(session: Session, row: Row[Any], *, summary: str, sealed: bool) -> None:
    """Write anew what the search reads of a case; no name of a denunciation is in it."""
    names: list[str] = []
    if not sealed:
        names = [
            name
            for name in session.scalars(
                select(CasePerson.name).where(CasePerson.case_id == row.id).order_by(CasePerson.id)
            )
            if name
        ]
    folded = search_text(row.number, names, summary, row.register_code or "")
    session.execute(update(CaseSearch).where(CaseSearch.case_id == row.id).values(folded=folded))
