"""Tells officials of terms that are near or over, once for each step of the ladder.

What people ask about their data is said again every working day, past its term, until answered.

The ladder is `domain/escalation.py`. A mail carries number and date only, and in a denunciation
nobody behind the wall gets one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, true

from citizenfeedback.domain.access import walled
from citizenfeedback.domain.escalation import (
    AGE_ROLES,
    DUE_SOON_WORKING_DAYS,
    age_step,
    data_step,
    steps_due,
)
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.keys import Sealer
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import MailKind, Role
from citizenfeedback.domain.workflow import DATA_REQUEST
from citizenfeedback.models.accounts import User, UserRole
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.privacy import DataRequest
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.inbox import ASKED_CASES
from citizenfeedback.services.post import tell_official
from citizenfeedback.services.transaction import reading, transaction

BATCH = 200


@dataclass(frozen=True)
class _Term:
    """A case, and the day that matters: a term, or when an unprocessed one was received."""

    facts: CaseFacts
    number: str
    due_on: date


@dataclass(frozen=True)
class _Reminder:
    occasion: str
    user_id: int
    mail: MailKind
    term: _Term


def remind_staff(
    *, keys: Sealer, today: date, now: datetime, age_days: Sequence[int] = Policy().age_days
) -> int:
    """Queue the reminders that stand today and were not queued before; returns how many.

    A case from an import is nobody's surprise: it is reminded of once somebody has it. Besides
    terms, age is watched: a submission unprocessed for `age_days` is raised a step higher each time.
    A request about data is owed an answer after the case has ended too, and is said again until done.
    """
    people = _People()
    queued, after = 0, 0
    while batch := _terms(today, after):
        after = batch[-1].facts.id
        queued += _queue(_unsaid(_reminders(batch, people, today)), keys, now)
    after = 0
    while batch := _unprocessed(today, after, age_days[0]):
        after = batch[-1].facts.id
        queued += _queue(_unsaid(_raised(batch, people, today, age_days)), keys, now)
    after = 0
    while batch := _asked(today, after):
        after = batch[-1].facts.id
        queued += _queue(_unsaid(_asked_for(batch, people, today)), keys, now)
    return queued


class _People:
    """Who may be told: open accounts, their roles and their place in the tree."""

    def __init__(self) -> None:
        session = reading()
        paths = {row.id: row.path for row in session.execute(select(Unit.id, Unit.path))}
        self._paths = paths
        roles: dict[int, set[Role]] = {}
        units: dict[int, int] = {}
        rows = session.execute(
            select(User.id, User.unit_id, UserRole.role)
            .join(UserRole, UserRole.user_id == User.id)
            .where(User.active)
        )
        for row in rows:
            roles.setdefault(row.id, set()).add(row.role)
            units[row.id] = row.unit_id
        self._actors = {
            user_id: Actor(
                user_id=user_id,
                roles=frozenset(roles[user_id]),
                unit_id=unit_id,
                subtree=frozenset(
                    other for other, path in paths.items() if path.startswith(paths[unit_id])
                ),
                ancestors=frozenset(_ids(paths[unit_id])),
            )
            for user_id, unit_id in units.items()
        }
        self._at: dict[tuple[Role, int], list[int]] = {}
        for user_id, held in roles.items():
            for role in held:
                self._at.setdefault((role, units[user_id]), []).append(user_id)

    def told(self, roles: Iterable[Role], facts: CaseFacts) -> frozenset[int]:
        """The people whom a step tells of a case; leaders where nobody has it."""
        chosen: set[int] = set()
        for role in roles:
            if role is Role.HANDLER and facts.assignee_id in self._actors:
                chosen.add(facts.assignee_id or 0)
            elif role is Role.HANDLER:
                chosen |= self._nearest(Role.UNIT_LEADER, facts)
            else:
                chosen |= self._nearest(role, facts)
        return frozenset(user_id for user_id in chosen if not walled(self._actors[user_id], facts))

    def _nearest(self, role: Role, facts: CaseFacts) -> set[int]:
        """Those with the role in the unit, or in the nearest unit above it that has one."""
        for unit_id in reversed(_ids(self._paths.get(facts.unit_id, "/"))):
            here = [
                user_id
                for user_id in self._at.get((role, unit_id), ())
                if not walled(self._actors[user_id], facts)
            ]
            if here:
                return set(here)
        return set()


def _ids(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]


def _terms(today: date, after: int) -> list[_Term]:
    """The next open cases, by id, whose term is near enough for the first step."""
    return _found(
        Case.due_on,
        after,
        true() & Case.is_open,
        Case.due_on <= _horizon(today),
        Case.due_rule != DATA_REQUEST,
    )


def _horizon(today: date) -> date:
    """The last day of a term that the first step of the ladder reaches today."""
    return work_calendar().add_working(today, DUE_SOON_WORKING_DAYS)


def _unprocessed(today: date, after: int, least: int) -> list[_Term]:
    """The next unprocessed submissions, by id, that have reached the first step of age."""
    oldest = today - timedelta(days=least)
    return _found(
        Case.received_on,
        after,
        true() & Case.is_open,
        Case.processed_on.is_(None),
        Case.received_on <= oldest,
    )


def _asked(today: date, after: int) -> list[_Term]:
    """The next cases, by id, open or ended, of which somebody waits to hear about own data."""
    first = (
        select(func.min(DataRequest.due_on))
        .where(DataRequest.case_id == Case.id, DataRequest.outcome.is_(None))
        .scalar_subquery()
    )
    return _found(first, after, Case.id.in_(ASKED_CASES), first <= _horizon(today))


def _found(day: Any, after: int, *conditions: ColumnElement[bool]) -> list[_Term]:
    """A batch of cases with the day that matters of each."""
    rows = reading().execute(
        select(
            Case.id,
            Case.kind,
            Case.state,
            Case.unit_id,
            Case.received_on,
            Case.assignee_id,
            Case.respondent_unit_id,
            Case.respondent_user_id,
            Case.number,
            day.label("day"),
        )
        .where(
            *conditions,
            Case.id > after,
            or_(~Case.imported, Case.assignee_id.is_not(None)),
        )
        .order_by(Case.id)
        .limit(BATCH)
    )
    return [
        _Term(
            CaseFacts(
                id=row.id,
                kind=row.kind,
                state=row.state,
                unit_id=row.unit_id,
                received_on=row.received_on,
                assignee_id=row.assignee_id,
                respondent_unit_id=row.respondent_unit_id,
                respondent_user_id=row.respondent_user_id,
            ),
            row.number,
            row.day,
        )
        for row in rows
    ]


def _raised(
    batch: Iterable[_Term], people: _People, today: date, age_days: Sequence[int]
) -> list[_Reminder]:
    """Whom the age of each submission is raised with; once for a step."""
    raised = []
    for term in batch:
        step = age_step(term.due_on, today, age_days)
        if step is not None:
            raised += [
                _Reminder(
                    f"age:{term.facts.id}:{step}:{user_id}",
                    user_id,
                    MailKind.STAFF_UNPROCESSED,
                    term,
                )
                for user_id in sorted(people.told(AGE_ROLES[step], term.facts))
            ]
    return raised


def _asked_for(batch: Iterable[_Term], people: _People, today: date) -> list[_Reminder]:
    """Whom each request about data is said to today."""
    calendar = work_calendar()
    said = []
    for term in batch:
        found = data_step(term.due_on, today, calendar)
        if found is not None:
            step, occasion = found
            said += [
                _Reminder(
                    f"data:{term.facts.id}:{term.due_on}:{occasion}:{user_id}",
                    user_id,
                    step.mail,
                    term,
                )
                for user_id in sorted(people.told(step.roles, term.facts))
            ]
    return said


def _reminders(batch: Iterable[_Term], people: _People, today: date) -> list[_Reminder]:
    calendar = work_calendar()
    return [
        _Reminder(
            f"remind:{term.facts.id}:{term.due_on}:{step.occasion}:{user_id}",
            user_id,
            step.mail,
            term,
        )
        for term in batch
        for step in steps_due(term.due_on, today, calendar)
        for user_id in sorted(people.told(step.roles, term.facts))
    ]


def _unsaid(reminders: list[_Reminder]) -> list[_Reminder]:
    """Those that no mail was queued for yet."""
    said = set(
        reading().scalars(
            select(OutgoingMessage.occasion).where(
                OutgoingMessage.occasion.in_([reminder.occasion for reminder in reminders])
            )
        )
    )
    return [reminder for reminder in reminders if reminder.occasion not in said]


def _queue(reminders: list[_Reminder], keys: Sealer, now: datetime) -> int:
    if not reminders:
        return 0
    with transaction() as session:
        for reminder in reminders:
            tell_official(
                session,
                keys,
                reminder.mail,
                reminder.user_id,
                occasion=reminder.occasion,
                case_id=reminder.term.facts.id,
                details={
                    "number": reminder.term.number,
                    "due": reminder.term.due_on.isoformat(),
                },
                now=now,
            )
    return len(reminders)
