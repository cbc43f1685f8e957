"""Which items of the questionnaire a point asks after a tap, from which day to which."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.ratings import ASKABLE, MOST_ASKED
from citizenfeedback.domain.vocabulary import Action, AuditAction
from citizenfeedback.models.devices import PointQuestion
from citizenfeedback.models.directory import ServicePoint
from citizenfeedback.services.chronicle import append_entry
from citizenfeedback.services.transaction import transaction


@dataclass(frozen=True, slots=True)
class Period:
    """From which day to which, both included; without a last day until it is ended."""

    first: date
    last: date | None


def ask_question(
    actor: Actor, point_id: int, criterion: str, period: Period, *, keys: Keys, now: datetime
) -> int:
    """Let a point ask an item in a period; returns its id.

    Raises `RuleBroken`: `question_unknown`, `ends_before_start`, `question_asked_already` where the
    periods meet, `too_many_questions` where a visitor would meet more than `MOST_ASKED`.
    """
    _refuse_stranger(actor)
    if criterion not in ASKABLE:
        raise RuleBroken("question_unknown")
    if period.last is not None and period.last < period.first:
        raise RuleBroken("ends_before_start")
    with transaction() as session:
        if session.get(ServicePoint, point_id, with_for_update=True) is None:
            raise NotFound("directory")
        met = _met(session, point_id, period)
        if any(one.criterion == criterion for one in met):
            raise RuleBroken("question_asked_already")
        if len(met) >= MOST_ASKED:
            raise RuleBroken("too_many_questions", most=MOST_ASKED)
        question = PointQuestion(
            point_id=point_id, criterion=criterion, first_day=period.first, last_day=period.last
        )
        session.add(question)
        session.flush()  # the caller needs the id
        _record(session, keys, actor, now, question, "question_asked")
        return question.id


def end_question(actor: Actor, question_id: int, *, today: date, keys: Keys, now: datetime) -> None:
    """Ask an item no longer, from tomorrow on; one that has not begun goes."""
    _refuse_stranger(actor)
    with transaction() as session:
        question = session.get(PointQuestion, question_id, with_for_update=True)
        if question is None:
            raise NotFound("directory")
        _record(session, keys, actor, now, question, "question_ended")
        if question.first_day > today:
            session.delete(question)
        elif question.last_day is None or question.last_day > today:
            question.last_day = today


def _met(session: Session, point_id: int, period: Period) -> list[PointQuestion]:
    """The questions of a point whose periods meet this one."""
    wanted = select(PointQuestion).where(
        PointQuestion.point_id == point_id,
        or_(PointQuestion.last_day.is_(None), PointQuestion.last_day >= period.first),
    )
    if period.last is not None:
        wanted = wanted.where(PointQuestion.first_day <= period.last)
    return list(session.scalars(wanted))


def _record(
    session: Session, keys: Keys, actor: Actor, now: datetime, question: PointQuestion, act: str
) -> None:
    details: dict[str, object] = {
        "point": question.point_id,
        "item": question.criterion,
        "act": act,
    }
    append_entry(session, keys, actor, AuditAction.DIRECTORY_CHANGED, now=now, details=details)


def _refuse_stranger(actor: Actor) -> None:
    if scope_of(actor, Action.MANAGE_DIRECTORY).nothing:
        raise NotFound("directory")
