"""Settling an accepted complaint or denunciation: pauses, the team, the dialogue, what was found.

One public function an act; the frame they share is `services/casework.py`, what an act does to the
clocks follows from the workflow.
"""

import re
from collections.abc import Iterator
from datetime import date

from sqlalchemy import delete, func, insert, select, update

from citizenfeedback.domain import dialogue
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.examination import check_ground
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.law.regimes import START_OF_LAW_136
from citizenfeedback.domain.text import is_time
from citizenfeedback.domain.vocabulary import Action, Attendance, CaseKind, EventKind, SendingWay
from citizenfeedback.models.procedures import Dialogue, TeamMember
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services.casework import Office, Seen, Work, working_on

LEAST_MEMBERS = 2
MOST_MEMBERS = 30
MOST_LETTERS = 120


def suspend(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    ground: str,
    reason: str,
    document_no: str = "",
    office: Office,
) -> None:
    """Suspend the settlement by decision: what it waits for does not count (KN 11a.1, TC 34).

    A complaint can be suspended since 2026-07-01 only; before, the law knew no such decision.
    """
    with working_on(actor, seen, Action.SUSPEND, office) as work:
        work.dated(on)
        if work.facts.kind is CaseKind.COMPLAINT and on < START_OF_LAW_136:
            raise RuleBroken("date_too_early", earliest=START_OF_LAW_136)
        code = check_ground(work.facts.kind, Action.SUSPEND, ground, on)
        work.set(ground=code)
        work.details["ground"] = code
        work.details["document_no"] = document_no
        work.keep_reason(reason)
        work.tells_citizen = True


def lift_suspension(
    actor: Actor, seen: Seen, *, on: date, reason: str, document_no: str = "", office: Office
) -> None:
    """Go on with the settlement; the term goes on from the day of this decision."""
    with working_on(actor, seen, Action.LIFT_SUSPENSION, office) as work:
        begun = work.session.scalar(
            select(func.max(CaseEvent.on)).where(
                CaseEvent.case_id == work.facts.id, CaseEvent.kind == EventKind.CASE_SUSPENDED
            )
        )
        work.dated(on)
        if begun is not None and on <= begun:
            raise RuleBroken("suspension_backwards", begin=begun, end=on)
        work.set(ground="")
        work.details["document_no"] = document_no
        work.keep_reason(reason)
        work.tells_citizen = True


def form_team(
    actor: Actor, seen: Seen, *, on: date, names: str, document_no: str = "", office: Office
) -> None:
    """Name the team that verifies, one member a line, the first leads; it replaces the one before.

    A denunciation is verified by two at least (Luật Tố cáo art. 31, Nghị định 31/2019).
    """
    with working_on(actor, seen, Action.FORM_TEAM, office) as work:
        work.dated(on)
        members = list(team_lines(names))
        if not members or len(members) > MOST_MEMBERS:
            raise RuleBroken("team_out_of_range", limit=MOST_MEMBERS)
        if work.facts.kind is CaseKind.DENUNCIATION and len(members) < LEAST_MEMBERS:
            raise RuleBroken("team_too_small", limit=LEAST_MEMBERS)
        work.session.execute(delete(TeamMember).where(TeamMember.case_id == work.facts.id))
        work.session.execute(
            insert(TeamMember),
            [
                {
                    "case_id": work.facts.id,
                    "formed_on": on,
                    "document_no": document_no,
                    "name": name,
                    "position": position,
                    "leads": number == 0,
                }
                for number, (name, position) in enumerate(members)
            ],
        )
        work.details |= {"document_no": document_no, "members": len(members)}


def team_lines(text: str) -> Iterator[tuple[str, str]]:
    """Names and positions, one person a line, the position after a comma or dash."""
    for line in text.splitlines():
        name, _, position = re.sub(r"\s+[-–]\s+|[,;]", "\t", line.strip(), count=1).partition("\t")
        if name.strip():
            if len(name.strip()) > MOST_LETTERS or len(position.strip()) > MOST_LETTERS:
                raise RuleBroken("too_long", limit=MOST_LETTERS, entry="names")
            yield name.strip(), position.strip()


def plan_dialogue(
    actor: Actor,
    seen: Seen,
    *,
    day: date,
    hour: str,
    place: str,
    document_no: str = "",
    office: Office,
) -> None:
    """Announce a dialogue; one planned before and not held is moved to the new day."""
    with working_on(actor, seen, Action.PLAN_DIALOGUE, office) as work:
        calendar = work_calendar()
        earliest = dialogue.first_day(office.today, calendar)
        if day < earliest:
            raise RuleBroken(
                "dialogue_too_soon",
                entry="day",
                day=day,
                last=dialogue.last_notice(day, calendar) or day,
                earliest=earliest,
            )
        if not is_time(hour):
            raise RuleBroken("time_malformed", entry="hour")
        values = {
            "planned_for": day,
            "hour": hour,
            "announced_on": office.today,
            "place": place,
            "document_no": document_no,
        }
        waiting = _planned(work)
        if waiting is None:
            work.session.execute(insert(Dialogue).values(case_id=work.facts.id, **values))
        else:
            work.session.execute(update(Dialogue).where(Dialogue.id == waiting).values(**values))
        work.details |= {"day": day.isoformat(), "document_no": document_no}
        work.tells_citizen = True


def record_dialogue(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    attendance: Attendance,
    text: str,
    document_no: str = "",
    office: Office,
) -> None:
    """Record the minutes of the dialogue, held with the complainant or without."""
    with working_on(actor, seen, Action.RECORD_DIALOGUE, office) as work:
        work.dated(on)
        values = {
            "held_on": on,
            "attendance": attendance,
            "document_no": document_no,
            "note_id": work.add_note(text),
        }
        waiting = _planned(work)
        if waiting is None:
            work.session.execute(insert(Dialogue).values(case_id=work.facts.id, **values))
        else:
            work.session.execute(update(Dialogue).where(Dialogue.id == waiting).values(**values))
        work.details |= {"attendance": attendance, "document_no": document_no}


def _planned(work: Work) -> int | None:
    """The dialogue that was announced and is not held yet."""
    return work.session.scalar(
        select(Dialogue.id)
        .where(Dialogue.case_id == work.facts.id, Dialogue.held_on.is_(None))
        .order_by(Dialogue.id.desc())
        .limit(1)
    )


def check_dialogue(work: Work) -> None:
    """Refuse a decision while the complainant must be invited to a dialogue once more."""
    last = work.session.execute(
        select(Dialogue.attendance)
        .where(Dialogue.case_id == work.facts.id, Dialogue.held_on.is_not(None))
        .order_by(Dialogue.held_on.desc(), Dialogue.id.desc())
        .limit(1)
    ).scalar()
    if last is not None and dialogue.must_be_held_again(last, work.on):
        raise RuleBroken("dialogue_to_repeat")


def record_verification(
    actor: Actor, seen: Seen, *, on: date, text: str, document_no: str = "", office: Office
) -> None:
    """Record what the verification found; the report itself lies with the papers."""
    with working_on(actor, seen, Action.RECORD_VERIFICATION, office) as work:
        work.dated(on)
        work.details |= {"document_no": document_no, "note": work.add_note(text)}


def record_notice(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    way: SendingWay,
    document_no: str = "",
    office: Office,
) -> None:
    """Record that those concerned were told of the acceptance, suspension or end (TC-05, KN-20)."""
    with working_on(actor, seen, Action.RECORD_NOTICE, office) as work:
        work.dated(on)
        work.details |= {"way": way, "document_no": document_no}
