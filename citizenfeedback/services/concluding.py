"""What a citizen does at the end: say whether the result solved the matter, and go on from it.

The verdict is a row of its own and an event; its words, if any, are a message of the case, sealed
where the law seals it. Going on begins a draft that is linked to the case; nothing is filed by it.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, select

from citizenfeedback.domain.aftermath import NextStepKind
from citizenfeedback.domain.drafts import DraftContent
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Boxes, Keys
from citizenfeedback.domain.verdicts import GivenVerdict, may_say
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    EventKind,
    MessageKind,
    Role,
    Verdict,
)
from citizenfeedback.models.cases import Case, CasePerson
from citizenfeedback.models.timeline import CaseVerdict
from citizenfeedback.queries.competence import superior_unit
from citizenfeedback.queries.verdicts import next_steps_of
from citizenfeedback.services.following import add_message, own_case, record
from citizenfeedback.services.intake import start_draft
from citizenfeedback.services.transaction import reading, transaction


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the citizen says of the result, with words or without."""

    verdict: Verdict
    words: str = ""


def give_verdict(
    actor: Actor, keys: Keys, said: Opinion, *, days: int, today: date, now: datetime
) -> None:
    """Keep what the citizen says of the result; for `days` days it may be said otherwise.

    Raises `RuleBroken("verdict_stands")` afterwards, until the office answers anew.
    """
    with transaction() as session:
        case = own_case(session, actor, Action.GIVE_VERDICT)
        row = session.execute(
            select(CaseVerdict.verdict, CaseVerdict.given_on).where(CaseVerdict.case_id == case.id)
        ).first()
        sent_on = session.scalar(select(Case.sent_on).where(Case.id == case.id))
        given = GivenVerdict(row.verdict, row.given_on) if row else None
        if not may_say(given, sent_on, today, days):
            raise RuleBroken("verdict_stands")
        first = given.given_on if given is not None and given.holds_for(sent_on) else today
        session.execute(delete(CaseVerdict).where(CaseVerdict.case_id == case.id))
        session.execute(
            insert(CaseVerdict).values(
                case_id=case.id, verdict=said.verdict, given_on=first, changed_at=now
            )
        )
        if said.words.strip():
            add_message(session, keys, case, MessageKind.VERDICT, said.words, now=now)
        record(
            session,
            keys,
            actor,
            case,
            EventKind.VERDICT_GIVEN,
            today=today,
            now=now,
            details={"verdict": said.verdict},
        )


def begin_next(
    actor: Actor, keys: Boxes, wanted: NextStepKind, about: str, *, today: date, now: datetime
) -> str:
    """Begin the second complaint, or the denunciation that follows; return the token of its draft.

    The draft names decision, offices and last day; a denunciation, which seals what it is about,
    begins with that as its own words. Who filed is filled in only for somebody who has given the
    second proof. Raises `RuleBroken`: "appeal_over" after the last day,
    "continued_already", "superior_elsewhere".
    """
    session = reading()
    row = session.execute(
        select(Case.id, Case.number, Case.kind, Case.unit_id, Case.field).where(
            Case.id == actor.case_id
        )
    ).first()
    if row is None:
        raise NotFound
    found = [one for one in next_steps_of(row.id, today) if one.kind is wanted]
    if not found:
        raise RuleBroken("no_such_step")
    if found[0].over:
        raise RuleBroken("appeal_over", on=found[0].by)
    if session.scalar(select(Case.id).where(Case.previous_id == row.id).limit(1)) is not None:
        raise RuleBroken("continued_already")
    superior = superior_unit(row.unit_id, row.kind, today)
    if superior is None:
        raise RuleBroken("superior_elsewhere")
    complaint = row.kind is CaseKind.COMPLAINT
    proven = complaint and Role.CITIZEN_PROVEN in actor.roles
    content = DraftContent(
        kind=row.kind,
        field=row.field,
        words="" if complaint else about,
        respondent=about if complaint else "",
        respondent_unit_id=row.unit_id if complaint else None,
        unit_id=superior,
        previous_id=row.id,
        previous_number=row.number,
        last_day=found[0].by.isoformat() if found[0].by else "",
    )
    if proven:
        content = content.having(_filer(row.id))
    token = secrets.token_urlsafe(32)
    start_draft(keys.box("draft", token), content, now=now)
    return token


def _filer(case_id: int) -> dict[str, str]:
    """Who filed, as the first case has it."""
    person = (
        reading()
        .execute(
            select(CasePerson.name, CasePerson.id_no, CasePerson.phone, CasePerson.address)
            .where(CasePerson.case_id == case_id)
            .order_by(CasePerson.id)
            .limit(1)
        )
        .mappings()
        .first()
    )
    return dict(person) if person else {}
