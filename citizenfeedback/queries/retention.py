"""What has been kept its time, and what will have been soon: the look before anything is erased."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, literal, or_, select

from citizenfeedback.domain.privacy import Retention
from citizenfeedback.domain.vocabulary import AuditAction, Kept, MessageKind, State
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case, JoinedContact, NoticeContact, PublicReflection
from citizenfeedback.models.devices import KioskTap
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.ratings import Rating, RatingComment
from citizenfeedback.models.timeline import CaseMessage

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
"""Where the province's days begin and end."""

MOST_COUNTED = 10_000
"""Where counting stops: nobody needs to know more exactly."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one rule lets go: today, within the days of the warning, and what is held back."""

    rule: Retention
    now: int
    soon: int
    held: int


def outlook(rules: Iterable[Retention], *, today: date, warning_days: int) -> tuple[Outlook, ...]:
    """What the rules let go, for whoever wants to know before it happens; counted in one go."""
    rules, later = tuple(rules), today + timedelta(days=warning_days)
    asked: list[Any] = []
    for rule in rules:
        if rule.span is not None and not rule.elsewhere:
            soon = rule.span.before(later)
            asked += [
                _number(due_ids(rule, rule.span.before(today))),
                _number(due_ids(rule, soon)),
                _number(due_ids(rule, soon, held=True)) if rule.of_case else literal(0),
            ]
    numbers = iter(db.session.execute(select(*asked)).one())
    found = []
    for rule in rules:
        now = by_then = held = 0
        if rule.span is not None and not rule.elsewhere:
            now, by_then, held = next(numbers), next(numbers), next(numbers)
        found.append(Outlook(rule, now, by_then - now, held))
    return tuple(found)


def _number(query: Select[Any]) -> Any:
    few = query.order_by(None).limit(MOST_COUNTED).subquery()
    return select(func.count()).select_from(few).scalar_subquery()


def due_ids(rule: Retention, before: date, *, held: bool = False) -> Select[Any]:
    """The ids of the records that began before a day; `held`: of cases held back, else of no such.

    What was imported is kept its time from the day it came here.
    """
    moment = datetime.combine(before, time(), HERE)
    open_cases = select(Case.id).where(Case.held.is_(held), ~Case.is_open)
    if rule.kept is Kept.OUTGOING_MAIL:
        ended = func.coalesce(OutgoingMessage.sent_at, OutgoingMessage.failed_at)
        return select(OutgoingMessage.id).where(
            ended < moment, func.length(OutgoingMessage.address) > 0
        )
    if rule.kept is Kept.KIOSK_TAP:
        return select(KioskTap.rating_id).where(KioskTap.delivered_at < moment)
    if rule.kept is Kept.RATING_COMMENT:
        return (
            select(RatingComment.rating_id)
            .join(Rating, Rating.id == RatingComment.rating_id)
            .where(Rating.rated_on < before, or_(~Rating.imported, _imported_before(moment)))
        )
    if rule.kept is Kept.VERDICT_WORDS:
        return select(CaseMessage.id).where(
            CaseMessage.kind == MessageKind.VERDICT,
            CaseMessage.at < moment,
            CaseMessage.case_id.in_(select(Case.id).where(Case.held.is_(held))),
        )
    if rule.kept is Kept.PUBLIC_REFLECTION:
        return select(PublicReflection.case_id).where(
            PublicReflection.shown_on < before,
            PublicReflection.case_id.in_(select(Case.id).where(Case.held.is_(held))),
        )
    ended_on = func.coalesce(Case.sent_on, Case.closed_on, Case.processed_on)
    if rule.kept is Kept.NOTICE_CONTACT:
        return select(NoticeContact.case_id).where(
            NoticeContact.case_id.in_(open_cases.where(ended_on < before))
        )
    if rule.kept is Kept.JOINED_CONTACT:
        # Neither whoever never confirmed nor whom nobody ever answered is kept for longer.
        unanswered = select(Case.id).where(~Case.is_open, ended_on < before)
        return select(JoinedContact.id).where(
            or_(
                JoinedContact.told_at < moment,
                and_(JoinedContact.confirmed_at.is_(None), JoinedContact.asked_at < moment),
                and_(JoinedContact.told_at.is_(None), JoinedContact.case_id.in_(unanswered)),
            )
        )
    whole = open_cases.where(Case.erased_on.is_(None)).order_by(Case.id)
    if rule.kept is Kept.INELIGIBLE_SUBMISSION:
        return whole.where(
            Case.eligible.is_(False),
            Case.accepted_on.is_(None),
            Case.processed_on < before,
            Case.registered_at < moment,
        )
    # What was attached to another case is part of its file.
    return whole.where(Case.state != State.ATTACHED, ended_on < before, Case.registered_at < moment)


def _imported_before(moment: datetime) -> Any:
    """Whether nothing was imported since: a rating does not say when it came."""
    last = (
        select(AuditEntry.id)
        .where(AuditEntry.action == AuditAction.RECORDS_IMPORTED, AuditEntry.at >= moment)
        .exists()
    )
    return ~last
