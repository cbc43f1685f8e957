"""An official enters what came on paper, by word of mouth or by telephone, also some days later."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import can_at
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.intake import Problem, Submission, problems
from citizenfeedback.domain.intake import needs_late_reason as _needs_late_reason
from citizenfeedback.domain.text import clean, clean_lines
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseField,
    CaseKind,
    Channel,
    Instance,
    LookReason,
)
from citizenfeedback.domain.workflow import in_form, signed_on_arrival
from citizenfeedback.models.cases import Case
from citizenfeedback.models.cases import Submission as EnteredForm
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services.casework import Office
from citizenfeedback.services.registering import NewCase, Person, Registered, register
from citizenfeedback.services.transaction import reading, transaction
from citizenfeedback.services.visits import bind_to_case, sealed_visitor

PAPER = (Channel.IN_PERSON, Channel.POST, Channel.PHONE, Channel.REFERRAL)
"""How a submission can come that an official enters; the rest enters by itself."""


class Incomplete(RuleBroken):
    """Entries to put right; `problems` says which and why."""

    def __init__(self, found: tuple[Problem, ...]) -> None:
        super().__init__("incomplete")
        self.problems = found


@dataclass(frozen=True, slots=True)
class PaperSubmission:
    """What an official copies from the paper or writes down from what is told."""

    kind: CaseKind
    channel: Channel
    field: CaseField
    unit_id: int
    received_on: date
    summary: str
    words: str = ""
    wish: str = ""
    name: str = ""
    address: str = ""
    id_no: str = ""
    phone: str = ""
    email: str = ""
    respondent: str = ""
    respondent_unit_id: int | None = None
    signatories: int = 1
    second: bool = False
    signed: bool = True
    late_reason: str = ""
    reception_id: int | None = None


def register_submission(
    actor: Actor, command: PaperSubmission, *, submission_id: str = "", office: Office
) -> Registered:
    """Enter a submission on the day it reached the office; never a later day than today.

    A form sent twice (the same `submission_id`) makes one case. What came of a visit
    (`reception_id`) is noted in the reception book. Raises `Incomplete` with all that
    is wanting, `RuleBroken("not_granted")` outside one's reach, `RuleBroken("already_entered")`.
    """
    if not can_at(actor, Action.REGISTER_SUBMISSION, command.unit_id):
        raise RuleBroken("not_granted", action=Action.REGISTER_SUBMISSION)
    calendar = work_calendar()
    if command.reception_id is not None and command.kind is CaseKind.DENUNCIATION:
        command = _with_visitor(actor, command, office)
    found = problems(_as_submission(command), office.today, calendar)
    if command.channel not in PAPER:
        found = (*found, Problem("channel", "required"))
    if found:
        raise Incomplete(found)
    late = _needs_late_reason(command.received_on, office.today, calendar)
    signed = command.signed and signed_on_arrival(command.kind, command.channel)
    looks = [
        reason
        for reason, holds in (
            (LookReason.RECEIVED_ON_DAY_OFF, not calendar.is_working(command.received_on)),
            (LookReason.ENTERED_LATE, late),
            (LookReason.UNSIGNED, not signed),
        )
        if holds
    ]
    person = Person(
        name=clean(command.name),
        id_no=clean(command.id_no),
        phone=clean(command.phone),
        email=clean(command.email),
        address=clean(command.address),
    )
    new = NewCase(
        kind=command.kind,
        field=command.field,
        channel=command.channel,
        unit_id=command.unit_id,
        received_on=command.received_on,
        summary=clean(command.summary),
        words=clean_lines(command.words),
        wish=clean_lines(command.wish),
        people=(person,) if person else (),
        instance=Instance.SECOND if command.second else Instance.FIRST,
        respondent=clean(command.respondent),
        respondent_unit_id=command.respondent_unit_id,
        signatories=command.signatories,
        formal=in_form(command.kind, command.channel),
        signed=signed,
        late_entry_reason=clean(command.late_reason) if late else "",
        look=" ".join(looks),
    )
    with transaction() as session:
        if submission_id and (number := _entered(session, submission_id)):
            raise RuleBroken("already_entered", number=number)
        registered = register(
            session, office.keys, calendar, office.policy, actor, new, now=office.now
        )
        if submission_id:
            session.execute(
                insert(EnteredForm).values(submission_id=submission_id, case_id=registered.id)
            )
        if command.reception_id is not None:
            bind_to_case(
                session,
                office.keys,
                actor,
                command.reception_id,
                case_id=registered.id,
                kind=command.kind,
            )
        return registered


def _with_visitor(actor: Actor, command: PaperSubmission, office: Office) -> PaperSubmission:
    """Take the denouncer over from the reception book, where they lie sealed, unseen by anybody."""
    person = sealed_visitor(reading(), office.keys, actor, command.reception_id or 0)
    return replace(
        command,
        name=command.name or person.name,
        id_no=command.id_no or person.id_no,
        address=command.address or person.address,
    )


def _entered(session: Session, submission_id: str) -> str | None:
    """The number of the case that this form has already made."""
    return session.scalar(
        select(Case.number)
        .join(EnteredForm, EnteredForm.case_id == Case.id)
        .where(EnteredForm.submission_id == submission_id)
    )


def _as_submission(command: PaperSubmission) -> Submission:
    return Submission(
        kind=command.kind,
        channel=command.channel,
        name=command.name,
        address=command.address,
        id_no=command.id_no,
        phone=command.phone,
        email=command.email,
        summary=command.summary,
        words=command.words,
        wish=command.wish,
        respondent=command.respondent,
        field=command.field,
        signatories=command.signatories,
        received_on=command.received_on,
        late_reason=command.late_reason,
    )
