"""One case as every page of it begins: what it is, where it stands, what may be done next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased

from citizenfeedback.domain.access import can
from citizenfeedback.domain.aftermath import Aftermath, Ending, aftermath
from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.escalation import (
    RED_LINE,
    may_be_reminded,
    past_red_line,
    unanswered_in_time,
)
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseField,
    CaseKind,
    CaseResult,
    Channel,
    Complexity,
    Direction,
    EventKind,
    Instance,
    Phase,
    PublicationWay,
    SealedPart,
    Standing,
    State,
)
from citizenfeedback.domain.workflow import WITHDRAWAL_TAKEN_UP, allowed_actions, blocked_actions
from citizenfeedback.models.accounts import User
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case, SealedRecord
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.procedures import Reminder
from citizenfeedback.models.timeline import CaseDraftAnswer, CaseEvent
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.inbox import NO_TERM, standing_of
from citizenfeedback.queries.visibility import visible

_First = aliased(Case)
_Previous = aliased(Case)
_Denounced = aliased(Unit)

_Later = aliased(CaseEvent)
_TAKEN_UP = (
    select(func.max(_Later.seq))
    .where(_Later.case_id == Case.id, _Later.kind.in_(sorted(WITHDRAWAL_TAKEN_UP)))
    .correlate(Case)
    .scalar_subquery()
)

COLUMNS: tuple[Any, ...] = (
    Case.id,
    Case.number,
    Case.register_code,
    Case.version,
    Case.kind,
    Case.instance,
    Case.field,
    Case.channel,
    Case.state,
    Case.phase,
    Case.is_open,
    Case.unit_id,
    Case.assignee_id,
    Case.summary,
    Case.respondent,
    Case.respondent_unit_id,
    Case.respondent_user_id,
    Case.respondent_kind,
    Case.signatories,
    Case.representatives,
    Case.held,
    Case.unanswered,
    Case.citizen_wrote,
    Case.erased_on,
    Case.registered_at,
    Case.language,
    Case.formal,
    Case.signed,
    Case.received_on,
    Case.late_entry_reason,
    Case.processed_on,
    Case.eligible,
    Case.competent,
    Case.lacking,
    Case.ground,
    Case.direction,
    Case.forwarded_to,
    Case.accepted_on,
    Case.complexity,
    Case.remote,
    Case.complexity_criteria,
    Case.extensions,
    Case.sent_on,
    Case.published_on,
    Case.publication,
    Case.closed_on,
    Case.result,
    Case.decision_no,
    Case.due_on,
    Case.due_rule,
    Case.settle_by,
    Case.look,
    Unit.name.label("unit"),
    Unit.name_en.label("unit_en"),
    User.name.label("assignee"),
    _First.number.label("first_number"),
    _Previous.number.label("previous_number"),
    _Denounced.name.label("respondent_unit"),
    CaseDraftAnswer.body.label("draft"),
    select(func.max(CaseEvent.seq))
    .where(CaseEvent.case_id == Case.id)
    .scalar_subquery()
    .label("seq"),
    select(func.min(Reminder.report_by))
    .where(Reminder.case_id == Case.id, Reminder.answered_on.is_(None))
    .scalar_subquery()
    .label("report_by"),
    select(func.max(CaseEvent.on))
    .where(
        CaseEvent.case_id == Case.id,
        CaseEvent.kind == EventKind.WITHDRAWAL_ASKED,
        CaseEvent.seq > func.coalesce(_TAKEN_UP, 0),
    )
    .scalar_subquery()
    .label("withdrawal_asked_on"),
    select(func.count())
    .where(
        SealedRecord.case_id == Case.id,
        SealedRecord.part.in_((SealedPart.IDENTITY, SealedPart.WORDS)),
    )
    .scalar_subquery()
    .label("sealed_records"),
)


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What a case is and where it stands, and what this person may do with it now.

    `blocked` are acts that only something missing forbids, each with the code of it. `facts`
    is what rules read of the case.
    """

    id: int
    number: str
    register_code: str
    version: int
    seq: int
    kind: CaseKind
    instance: int
    field: CaseField
    channel: Channel
    state: State
    phase: Phase
    summary: str
    respondent: str
    respondent_unit: str
    respondent_unit_id: int | None
    respondent_kind: str
    signatories: int
    representatives: int
    language: str
    received_on: date
    late_entry_reason: str
    eligible: bool | None
    competent: bool | None
    lacking: tuple[str, ...]
    ground: str
    direction: Direction | None
    processed_on: date | None
    forwarded_to: str
    accepted_on: date | None
    complexity: Complexity
    remote: bool
    complexity_criteria: tuple[str, ...]
    extensions: int
    sent_on: date | None
    published_on: date | None
    publication: PublicationWay | None
    settle_by: date | None
    report_by: date | None
    withdrawal_asked_on: date | None
    red_line: bool
    follows: Aftermath
    formal: bool
    signed: bool
    closed_on: date | None
    result: CaseResult | None
    decision_no: str
    due_on: date | None
    standing: Standing
    days_left: int | None
    unit_id: int
    unit: str
    unit_en: str
    assignee_id: int | None
    assignee: str
    first_number: str
    previous_number: str
    look: tuple[str, ...]
    held: bool
    citizen_wrote: bool
    erased_on: date | None
    registered_at: datetime
    draft: str
    sealed: bool
    may_unseal: bool
    may_answer_data: bool
    actions: tuple[Action, ...]
    blocked: tuple[tuple[Action, str], ...]
    facts: CaseFacts

    def unit_title(self, lang: str) -> str:
        """The unit that has the case, in the language asked for."""
        return self.unit_en if lang == "en" and self.unit_en else self.unit


def case_head(actor: Actor, number: str, today: date) -> CaseHead:
    """The head of a case; `NotFound` for one that is not there or may not be known."""
    row = one_visible(select(*COLUMNS), actor, number)
    return head_of(row, actor, today, work_calendar())


def one_visible(columns: Select[Any], actor: Actor, number: str) -> Row[Any]:
    """The one case of this number if the actor may see it; hidden and missing are told alike."""
    row = db.session.execute(
        columns.select_from(Case)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(User, User.id == Case.assignee_id)
        .outerjoin(_First, _First.id == Case.duplicate_of_id)
        .outerjoin(_Previous, _Previous.id == Case.previous_id)
        .outerjoin(_Denounced, _Denounced.id == Case.respondent_unit_id)
        .outerjoin(CaseDraftAnswer, CaseDraftAnswer.case_id == Case.id)
        .where(Case.number == number, visible(actor, Action.SEE_CASE))
    ).first()
    if row is None:
        raise NotFound
    return row


def head_of(row: Row[Any], actor: Actor, today: date, calendar: WorkCalendar) -> CaseHead:
    """The head from a loaded row."""
    facts = facts_of(row)
    due = row.due_on if row.is_open else row.settle_by
    due = None if due == NO_TERM else due
    sealed = row.kind is CaseKind.DENUNCIATION or row.sealed_records > 0
    lawful, hindered = allowed_actions(facts, actor), _hindered(row, today)
    return CaseHead(
        id=row.id,
        number=row.number,
        register_code=row.register_code or "",
        version=row.version,
        seq=row.seq or 0,
        kind=row.kind,
        instance=row.instance,
        field=row.field,
        channel=row.channel,
        state=row.state,
        phase=row.phase,
        summary=row.summary,
        respondent=row.respondent,
        respondent_unit=row.respondent_unit or "",
        respondent_unit_id=row.respondent_unit_id,
        respondent_kind=row.respondent_kind,
        signatories=row.signatories,
        representatives=row.representatives,
        language=row.language,
        received_on=row.received_on,
        late_entry_reason=row.late_entry_reason,
        eligible=row.eligible,
        competent=row.competent,
        lacking=tuple(row.lacking.split()),
        ground=row.ground,
        direction=row.direction,
        processed_on=row.processed_on,
        forwarded_to=row.forwarded_to,
        accepted_on=row.accepted_on,
        complexity=row.complexity,
        remote=row.remote,
        complexity_criteria=tuple(row.complexity_criteria.split(","))
        if row.complexity_criteria
        else (),
        extensions=row.extensions,
        sent_on=row.sent_on,
        published_on=row.published_on,
        publication=row.publication,
        settle_by=row.settle_by,
        report_by=row.report_by,
        withdrawal_asked_on=row.withdrawal_asked_on if row.is_open else None,
        follows=_follows(row, today, calendar),
        red_line=past_red_line(row.received_on, row.processed_on, today, is_open=row.is_open),
        formal=row.formal,
        signed=row.signed,
        closed_on=row.closed_on,
        result=row.result,
        decision_no=row.decision_no,
        due_on=due,
        standing=standing_of(
            due, row.closed_on, today, calendar, is_open=row.is_open, state=row.state
        ),
        days_left=(due - today).days if due is not None and row.is_open else None,
        unit_id=row.unit_id,
        unit=row.unit,
        unit_en=row.unit_en,
        assignee_id=row.assignee_id,
        assignee=row.assignee or "",
        first_number=row.first_number or "",
        previous_number=row.previous_number or "",
        look=tuple(row.look.replace(",", " ").split()),
        held=row.held,
        citizen_wrote=row.citizen_wrote,
        erased_on=row.erased_on,
        registered_at=row.registered_at,
        draft=row.draft or "",
        sealed=sealed,
        may_unseal=sealed and can(actor, Action.READ_SEALED, facts),
        may_answer_data=can(actor, Action.ANSWER_DATA_REQUEST, facts),
        actions=tuple(action for action in lawful if action not in hindered),
        blocked=(
            *blocked_actions(facts, actor),
            *((a, hindered[a]) for a in lawful if a in hindered),
        ),
        facts=facts,
    )


def _follows(row: Row[Any], today: date, calendar: WorkCalendar) -> Aftermath:
    ending = Ending(
        row.kind,
        Instance(row.instance),
        row.state,
        row.result,
        row.remote,
        row.closed_on,
        row.sent_on,
        row.settle_by,
    )
    return aftermath(ending, today, calendar)


def _hindered(row: Row[Any], today: date) -> dict[Action, str]:
    """What the day or another record forbids, though state and right would allow it."""
    found = {}
    if not may_be_reminded(
        due_on=None if row.due_on == NO_TERM else row.due_on,
        received_on=row.received_on,
        processed_on=row.processed_on,
        today=today,
        red_line=RED_LINE,
    ):
        found[Action.REMIND] = "not_late_yet"
    if row.report_by is None:
        found[Action.REPORT_BACK] = "nothing_to_report"
    if row.is_open and not unanswered_in_time(row.kind, row.state, row.settle_by, today):
        found[Action.CONTINUE] = "first_not_decided"
    return found


def facts_of(row: Row[Any]) -> CaseFacts:
    """The view of a loaded row that the rules read."""
    return CaseFacts(
        id=row.id,
        kind=row.kind,
        state=row.state,
        unit_id=row.unit_id,
        received_on=row.received_on,
        assignee_id=row.assignee_id,
        instance=Instance(row.instance),
        formal=row.formal,
        signed=row.signed,
        eligible=row.eligible,
        competent=row.competent,
        direction=row.direction,
        respondent_unit_id=row.respondent_unit_id,
        respondent_user_id=row.respondent_user_id,
        accepted_on=row.accepted_on,
        closed_on=row.closed_on,
        result=row.result,
        complexity=row.complexity,
        remote=row.remote,
        extensions=row.extensions,
        field=row.field,
        channel=row.channel,
        signatories=row.signatories,
        representatives=row.representatives,
        held=row.held,
        unanswered=row.unanswered,
    )
