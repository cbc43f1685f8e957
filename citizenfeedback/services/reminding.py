"""The superior's duty: a written reminder to a unit that lies late, and the report that comes back.

Only from above (`access.ACCESS`), only about what is overdue or unprocessed past the red line
(TT 05/2021 art. 14.2; NĐ 154/2026 art. 15.3). For a denouncer who turned to the superior it is the
demand of a report that the law asks for (Luật Tố cáo art. 38.2). A mail carries number and date, nothing else.
"""

from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import walled
from citizenfeedback.domain.deadlines import deadline
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.escalation import RED_LINE, may_be_reminded
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    ClockEffect,
    ClockKind,
    EventKind,
    MailKind,
    Role,
)
from citizenfeedback.domain.workflow import ClockChange
from citizenfeedback.models.accounts import User, UserRole
from citizenfeedback.models.cases import Case, CaseClock
from citizenfeedback.models.procedures import Reminder
from citizenfeedback.queries.accounts import actor_of
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.case_head import facts_of
from citizenfeedback.services.casework import FACT_COLUMNS, Office, Seen, Work, working_on
from citizenfeedback.services.chronicle import append_event
from citizenfeedback.services.clocks import NO_TERM, apply_changes, deed_of
from citizenfeedback.services.post import tell_citizen, tell_official

REPORT_BACK_TERM = "TC-16"


def remind(actor: Actor, seen: Seen, *, text: str, document_no: str = "", office: Office) -> None:
    """Remind the unit that has the case, with the day by which it must report back."""
    with working_on(actor, seen, Action.REMIND, office) as work:
        row = work.row
        if not may_be_reminded(
            due_on=None if row.due_on == NO_TERM else row.due_on,
            received_on=row.received_on,
            processed_on=row.processed_on,
            today=office.today,
            red_line=RED_LINE,
        ):
            raise RuleBroken("not_late_yet")
        if actor.unit_id is None or actor.user_id is None:
            raise RuleBroken("not_granted", action=Action.REMIND)
        report_by = _report_by(work)
        reminder = work.session.scalar(
            insert(Reminder)
            .values(
                case_id=work.facts.id,
                from_unit_id=actor.unit_id,
                to_unit_id=work.facts.unit_id,
                author_id=actor.user_id,
                at=office.now,
                on=office.today,
                report_by=report_by,
                document_no=document_no,
                note_id=work.add_note(text),
            )
            .returning(Reminder.id)
        )
        work.details |= {"report_by": report_by.isoformat(), "document_no": document_no}
        _meet_demands(work)
        for user_id in sorted(answerable(work.session, work.facts)):
            _tell(work, MailKind.STAFF_REMINDED, user_id, f"reminded:{reminder}", report_by)


def report_back(
    actor: Actor, seen: Seen, *, text: str, document_no: str = "", office: Office
) -> None:
    """Report back on every reminder that waits for an answer."""
    with working_on(actor, seen, Action.REPORT_BACK, office) as work:
        waiting = work.session.execute(
            select(Reminder.id, Reminder.author_id).where(
                Reminder.case_id == work.facts.id, Reminder.answered_on.is_(None)
            )
        ).all()
        if not waiting:
            raise RuleBroken("nothing_to_report")
        work.session.execute(
            update(Reminder)
            .where(Reminder.id.in_([reminder.id for reminder in waiting]))
            .values(answered_on=office.today, answer_note_id=work.add_note(text))
        )
        work.details["document_no"] = document_no
        for reminder in waiting:
            author, occasion = reminder.author_id, f"reported:{reminder.id}"
            _tell(work, MailKind.STAFF_NEWS, author, occasion, office.today)


def _meet_demands(work: Work) -> None:
    """The reminder is what denouncers who turned to the superior waited for (TC-15): tell theirs."""
    waiting = work.session.execute(
        select(*FACT_COLUMNS)
        .join(CaseClock, CaseClock.case_id == Case.id)
        .where(
            Case.previous_id == work.facts.id,
            CaseClock.clock == ClockKind.DEMAND,
            CaseClock.stopped_on.is_(None),
        )
        .order_by(Case.id)
        .with_for_update(of=Case)
    ).all()
    office, stop = work.office, ClockChange(ClockKind.DEMAND, ClockEffect.STOP)
    for row in waiting:
        facts = facts_of(row)
        deed = deed_of(Action.REMIND, office.now, work.actor.user_id, work.details)
        apply_changes(work.session, facts, (stop,), office.policy, on=office.today, deed=deed)
        work.session.execute(
            update(Case).where(Case.id == facts.id).values(version=row.version + 1)
        )
        seq = append_event(
            work.session,
            office.keys,
            work.actor,
            EventKind.REPORT_DEMANDED,
            case_id=facts.id,
            state=facts.state,
            now=office.now,
            on=office.today,
            details=work.details,
        )
        tell_citizen(
            work.session, office.keys, facts.id, seq=seq, language=row.language, now=office.now
        )


def _report_by(work: Work) -> date:
    """The day by which the unit reports back: the law's for denunciations, else the office's."""
    calendar, today = work_calendar(), work.office.today
    if work.facts.kind is CaseKind.DENUNCIATION:
        return deadline(REPORT_BACK_TERM, today, calendar).due
    return calendar.add_working(today, work.office.policy.reminder_days)


def answerable(session: Session, facts: CaseFacts) -> set[int]:
    """The leaders of the unit and whoever has the case, but nobody behind the wall; a shared step."""
    chosen = set(
        session.scalars(
            select(User.id)
            .join(UserRole, UserRole.user_id == User.id)
            .where(User.active, User.unit_id == facts.unit_id, UserRole.role == Role.UNIT_LEADER)
        )
    )
    if facts.assignee_id is not None:
        chosen.add(facts.assignee_id)
    return {user_id for user_id in chosen if not _walled(user_id, facts)}


def _walled(user_id: int, facts: CaseFacts) -> bool:
    person = actor_of(user_id)
    return person is None or walled(person, facts)


def _tell(work: Work, kind: MailKind, user_id: int, occasion: str, day: date) -> None:
    tell_official(
        work.session,
        work.office.keys,
        kind,
        user_id,
        occasion=f"{occasion}:{user_id}",
        case_id=work.facts.id,
        details={"number": work.row.number, "due": day.isoformat()},
        now=work.office.now,
    )
