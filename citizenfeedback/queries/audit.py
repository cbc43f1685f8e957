"""The audit as auditors read it: what was done outside the cases, by whom and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.vocabulary import Action, AuditAction
from citizenfeedback.models.accounts import User
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.outbox import JobRun, OutgoingMessage

PAGE = 50


@dataclass(frozen=True)
class AuditLine:
    """One act: when, what, by whom, and the codes and references noted with it."""

    id: int
    at: datetime
    action: AuditAction
    actor_name: str
    case_number: str
    details: dict[str, Any]


@dataclass(frozen=True)
class AuditPage:
    """A page of the audit, newest first, and where the next one begins."""

    lines: tuple[AuditLine, ...]
    next_before: int | None


@dataclass(frozen=True)
class MailState:
    """How the outbox stands."""

    waiting: int
    oldest: datetime | None
    failed: int


@dataclass(frozen=True)
class JobLine:
    """When a job last did its work and what came of it."""

    name: str
    last_done_at: datetime | None
    last_outcome: str
    run_at: datetime


def audit_page(
    actor: Actor, *, action: AuditAction | None = None, before: int | None = None
) -> AuditPage:
    """The audit, newest first, `PAGE` at a time; `action` keeps one kind of act."""
    if scope_of(actor, Action.SEE_AUDIT).nothing:
        raise NotFound("audit")
    query = (
        select(
            AuditEntry.id,
            AuditEntry.at,
            AuditEntry.action,
            func.coalesce(User.name, "").label("actor_name"),
            func.coalesce(Case.number, "").label("case_number"),
            AuditEntry.details,
        )
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .outerjoin(Case, Case.id == AuditEntry.case_id)
        .order_by(AuditEntry.id.desc())
        .limit(PAGE + 1)
    )
    if action is not None:
        query = query.where(AuditEntry.action == action)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    rows = db.session.execute(query).all()
    lines = tuple(AuditLine(*row) for row in rows[:PAGE])
    return AuditPage(lines, lines[-1].id if len(rows) > PAGE else None)


def mail_state() -> MailState:
    """How much mail waits, since when, and how much was given up."""
    waiting = db.session.execute(
        select(func.count(), func.min(OutgoingMessage.created_at)).where(
            OutgoingMessage.sent_at.is_(None), OutgoingMessage.failed_at.is_(None)
        )
    ).one()
    failed = db.session.scalar(
        select(func.count())
        .select_from(OutgoingMessage)
        .where(OutgoingMessage.failed_at.is_not(None))
    )
    return MailState(waiting[0], waiting[1], failed or 0)


def job_lines() -> tuple[JobLine, ...]:
    """The jobs of the schedule as they last ran, by name."""
    rows = db.session.execute(
        select(JobRun.name, JobRun.last_done_at, JobRun.last_outcome, JobRun.run_at).order_by(
            JobRun.name
        )
    )
    return tuple(JobLine(*row) for row in rows)
