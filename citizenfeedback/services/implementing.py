"""After the decision: made public, what it orders, and how far that has been carried out.

What forms 03/GQKN, 04/GQTC and 05/KQTH count is recorded here; the rules stand in
`domain/outcomes.py`. Money in đồng, land in tenths of a square metre.
"""

from datetime import date
from typing import Any

from sqlalchemy import insert, select, update

from citizenfeedback.domain import outcomes
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.outcomes import (
    OUTCOME_AMOUNTS,
    PROGRESS_AMOUNTS,
    Outcome,
    Progress,
    outcome_problem,
    progress_problem,
    remaining,
    to_carry_out,
    total_of,
)
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    FirstDecision,
    Instance,
    PublicationWay,
)
from citizenfeedback.models.procedures import DecisionOutcome, ImplementationEntry
from citizenfeedback.services.casework import Office, Seen, Work, check_day, working_on


def publish(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    publication: PublicationWay,
    place: str = "",
    office: Office,
) -> None:
    """Record how and where a decision or conclusion was made public (NĐ 124/2020, Luật TC 40)."""
    with working_on(actor, seen, Action.PUBLISH, office) as work:
        _after_the_decision(work, on)
        work.set(published_on=on, publication=publication)
        work.details["publication"] = publication
        work.keep_reason(place)


def record_outcome(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    first_decision: FirstDecision | None = None,
    office: Office,
    **amounts: int,
) -> None:
    """Record what the decision or conclusion orders; recorded again, it replaces what was there."""
    with working_on(actor, seen, Action.RECORD_OUTCOME, office) as work:
        _after_the_decision(work, on)
        known = _stored(work)
        if first_decision is None and known is not None:
            first_decision = known.first_decision
        outcome = Outcome(
            first_decision=first_decision,
            **{name: amounts.get(name, 0) for name in OUTCOME_AMOUNTS},
        )
        problem = outcome_problem(outcome, work.facts.kind, work.facts.instance)
        if problem is not None:
            raise RuleBroken(problem)
        done = _progresses(work)
        if outcomes.finished(done):
            raise RuleBroken("already_carried_out")
        if any(total > getattr(outcome, name) for name, total in _collected(done).items()):
            raise RuleBroken("less_than_done")
        save_outcome(
            work,
            **{name: getattr(outcome, name) for name in OUTCOME_AMOUNTS},
            first_decision=first_decision,
            recorded_on=on,
            finished_on=None if to_carry_out(outcome) else on,
        )


_ORDER_OF = {
    "money_collected": "money_to_state",
    "land_collected": "land_to_state",
    "money_given_back": "money_returned",
    "land_given_back": "land_returned",
}


def _collected(done: tuple[Progress, ...]) -> dict[str, int]:
    """Money and land dealt with so far, by the name of what was ordered."""
    total = total_of(done)
    return {ordered: total[name] for name, ordered in _ORDER_OF.items()}


def record_progress(
    actor: Actor,
    seen: Seen,
    *,
    on: date,
    finished: bool = False,
    note: str = "",
    office: Office,
    **amounts: int,
) -> None:
    """Add what was carried out since the entry before, up to the last one that finishes it."""
    with working_on(actor, seen, Action.RECORD_PROGRESS, office) as work:
        _after_the_decision(work, on)
        outcome = _stored(work)
        if outcome is None:
            raise RuleBroken("outcome_first")
        done = _progresses(work)
        if done:
            check_day(on, earliest=done[-1].on, today=office.today)
        entry = Progress(
            on=on,
            finished=finished,
            **{name: amounts.get(name, 0) for name in PROGRESS_AMOUNTS},
        )
        problem = progress_problem(outcome, done, entry)
        if problem is not None:
            raise RuleBroken(problem)
        work.keep_reason(note)
        work.session.execute(
            insert(ImplementationEntry).values(
                case_id=work.facts.id,
                on=on,
                note_id=work.details.get("note"),
                **{name: getattr(entry, name) for name in PROGRESS_AMOUNTS},
            )
        )
        if finished:
            work.session.execute(
                update(DecisionOutcome)
                .where(DecisionOutcome.case_id == work.facts.id)
                .values(finished_on=on)
            )
        work.details["finished"] = finished
        work.details["owes"] = remaining(outcome, (*done, entry)).owes


def keep_first_decision(work: Work, first_decision: FirstDecision | None) -> None:
    """Keep what a second decision does with the first one; nobody else has one to speak of."""
    second = work.facts.kind is CaseKind.COMPLAINT and work.facts.instance is Instance.SECOND
    if second and first_decision is None:
        raise RuleBroken("first_decision_unsaid", entry="first_decision")
    if not second and first_decision is not None:
        raise RuleBroken("first_decision_not_here", entry="first_decision")
    if first_decision is not None:
        save_outcome(work, first_decision=first_decision, recorded_on=work.on, finished_on=None)


def save_outcome(work: Work, **values: Any) -> None:
    """Write the outcome of a case, over the one that is there."""
    known = work.session.scalar(
        select(DecisionOutcome.case_id).where(DecisionOutcome.case_id == work.facts.id)
    )
    if known is None:
        work.session.execute(insert(DecisionOutcome).values(case_id=work.facts.id, **values))
    else:
        work.session.execute(
            update(DecisionOutcome).where(DecisionOutcome.case_id == work.facts.id).values(**values)
        )


def _after_the_decision(work: Work, on: date) -> None:
    """The act counts on a day from the decision on."""
    work.dated(on)
    if work.facts.closed_on is not None:
        check_day(on, earliest=work.facts.closed_on, today=work.office.today)


def _stored(work: Work) -> Outcome | None:
    """What was recorded of the outcome."""
    names = (*OUTCOME_AMOUNTS, "first_decision")
    row = work.session.execute(
        select(*(getattr(DecisionOutcome, name) for name in names)).where(
            DecisionOutcome.case_id == work.facts.id
        )
    ).first()
    return None if row is None else Outcome(**dict(zip(names, row, strict=True)))


def _progresses(work: Work) -> tuple[Progress, ...]:
    """What was recorded of the implementation, in order; the last entry may have finished it."""
    names = ("on", *PROGRESS_AMOUNTS)
    rows = work.session.execute(
        select(*(getattr(ImplementationEntry, name) for name in names))
        .where(ImplementationEntry.case_id == work.facts.id)
        .order_by(ImplementationEntry.on, ImplementationEntry.id)
    ).all()
    ended = work.session.scalar(
        select(DecisionOutcome.finished_on).where(DecisionOutcome.case_id == work.facts.id)
    )
    return tuple(
        Progress(
            **dict(zip(names, row, strict=True)),
            finished=ended is not None and number == len(rows),
        )
        for number, row in enumerate(rows, start=1)
    )
