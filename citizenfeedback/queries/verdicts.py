"""What citizens said of results: the own word of one case, and what the words of a window add up to."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from citizenfeedback.domain.aftermath import Ending, NextStep, next_steps
from citizenfeedback.domain.verdicts import GivenVerdict
from citizenfeedback.domain.vocabulary import Instance
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.timeline import CaseVerdict
from citizenfeedback.queries.calendar import work_calendar


@dataclass(frozen=True, slots=True)
class Closing:
    """How a case ended for its citizen; `continued` is the number of the case that goes on."""

    decision_no: str
    given: GivenVerdict | None
    continued: str


_later = aliased(Case)
_CLOSING = (
    select(
        Case.decision_no,
        CaseVerdict.verdict,
        CaseVerdict.given_on,
        select(_later.number)
        .where(_later.previous_id == Case.id)
        .order_by(_later.id.desc())
        .limit(1)
        .scalar_subquery()
        .label("continued"),
    )
    .outerjoin(CaseVerdict, CaseVerdict.case_id == Case.id)
    .where(Case.id == bindparam("case"))
)


def closing_of(case_id: int) -> Closing:
    """What the end of a case brought so far; asked for only where there is an end."""
    row = db.session.connection().execute(_CLOSING, {"case": case_id}).one()
    given = GivenVerdict(row.verdict, row.given_on) if row.verdict is not None else None
    return Closing(row.decision_no, given, row.continued or "")


def next_steps_of(case_id: int, today: date) -> tuple[NextStep, ...]:
    """The lawful ways on from where a case stands."""
    row = db.session.execute(
        select(
            Case.kind,
            Case.instance,
            Case.state,
            Case.result,
            Case.remote,
            Case.closed_on,
            Case.sent_on,
            Case.settle_by,
        ).where(Case.id == case_id)
    ).one()
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
    return next_steps(ending, today, work_calendar())
