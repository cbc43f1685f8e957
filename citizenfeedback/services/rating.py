"""Taking a rating: stored at once, counted once, kept for ever; doubt is a mark beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.ratings import (
    CRITERIA,
    OVERALL,
    SCORES,
    WEB_LIMIT_A_MINUTE,
    acceptable_answer,
    doubt,
    outside_opening_hours,
)
from citizenfeedback.domain.vocabulary import LookReason, RatingChannel
from citizenfeedback.models.directory import ServicePoint, StaffMember
from citizenfeedback.models.prepared import Look
from citizenfeedback.models.ratings import Rating, RatingAnswer, RatingComment, RatingReason
from citizenfeedback.services.rows import add_unless_taken
from citizenfeedback.services.transaction import transaction

MINUTE = timedelta(minutes=1)
MORE_WITHIN = timedelta(minutes=30)
"""How long after the tap the same person may say more."""


@dataclass(frozen=True, slots=True)
class NewRating:
    """One tap. `reference` is made by the page, so that a second press finds the first.

    `verified` only where a ticket or the signed link of a visit proves that there was one.
    """

    reference: str
    point_id: int
    overall: int
    channel: RatingChannel
    staff_id: int | None = None
    dossier: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Remarks:
    """What somebody adds to a tap: answers by criterion, what was wrong, words, dossier."""

    answers: Mapping[str, int]
    reasons: Sequence[str] = ()
    comment: str = ""
    dossier: str = ""


# Made once, as the person waits for it: the point, who serves there if they were named, and how many
# unverified ratings it had in the last minute, counted no further than needed.
_POINT = Look(
    select(
        ServicePoint.unit_id,
        ServicePoint.opens,
        ServicePoint.closes,
        select(StaffMember.id)
        .where(
            StaffMember.id == bindparam("staff"),
            StaffMember.point_id == ServicePoint.id,
            StaffMember.active,
        )
        .scalar_subquery()
        .label("staff_id"),
        select(func.count())
        .select_from(
            select(Rating.id)
            .where(
                Rating.point_id == bindparam("point"),
                Rating.rated_at >= bindparam("since"),
                Rating.verified.is_(False),
                Rating.channel != RatingChannel.KIOSK,
            )
            .limit(WEB_LIMIT_A_MINUTE)
            .subquery()
        )
        .scalar_subquery()
        .label("last_minute"),
    ).where(ServicePoint.id == bindparam("point"), ServicePoint.active)
)


def rate(new: NewRating, calendar: WorkCalendar, *, local: time, today: date, now: datetime) -> int:
    """Keep one tap and return its id; the same reference again returns the same id.

    A point takes only so many unverified ratings a minute; what is over is kept and marked. `local` is the time of day at the point. Raises
    `RuleBroken("bad_score")`, or `NotFound` for an unknown point; staff of another point are
    left out.
    """
    if new.overall not in SCORES:
        raise RuleBroken("bad_score")
    with transaction() as session:
        point = _POINT.first(
            session.connection(), point=new.point_id, staff=new.staff_id, since=now - MINUTE
        )
        if point is None:
            raise NotFound("point")
        closed = outside_opening_hours(
            local, point.opens, point.closes, working_day=calendar.is_working(today)
        )
        rating = {
            "reference": new.reference,
            "rated_at": now,
            "rated_on": today,
            "point_id": new.point_id,
            "unit_id": point.unit_id,
            "staff_id": point.staff_id,
            "channel": new.channel,
            "dossier": new.dossier,
            "overall": new.overall,
            "verified": new.verified,
            "doubt": doubt(now, None, point.last_minute, verified=new.verified),
            "look": LookReason.OUTSIDE_OPENING_HOURS if closed else "",
            "imported": False,
        }
        rating_id = add_unless_taken(session, Rating, "reference", rating)
        if rating_id is None:
            rating_id = session.scalar(select(Rating.id).where(Rating.reference == new.reference))
        return int(rating_id or 0)


def add_remarks(reference: str, remarks: Remarks, *, now: datetime) -> None:
    """Add answers, reasons and a comment to a tap, once and within half an hour.

    What was added before stays as it is: a second sending changes nothing. Raises `NotFound` for
    a tap that is not there or too old, `RuleBroken("bad_answer")` for an impossible answer.
    """
    for code, value in remarks.answers.items():
        if code == OVERALL or not acceptable_answer(code, value):
            raise RuleBroken("bad_answer")
    if any(code not in CRITERIA for code in remarks.reasons):
        raise RuleBroken("bad_answer")
    with transaction() as session:
        rating = session.scalar(
            select(Rating).where(
                Rating.reference == reference, Rating.rated_at >= now - MORE_WITHIN
            )
        )
        if rating is None:
            raise NotFound("rating")
        add_missing(session, rating, remarks)


def add_missing(session: Session, rating: Rating, remarks: Remarks) -> None:
    """Add to a tap what it does not have yet; a step shared with what screens deliver."""
    answered = set(
        session.scalars(select(RatingAnswer.criterion).where(RatingAnswer.rating_id == rating.id))
    )
    named = set(
        session.scalars(select(RatingReason.criterion).where(RatingReason.rating_id == rating.id))
    )
    commented = session.get(RatingComment, rating.id)
    answers = [
        {"rating_id": rating.id, "criterion": code, "value": value}
        for code, value in remarks.answers.items()
        if code not in answered
    ]
    reasons = [
        {"rating_id": rating.id, "criterion": code}
        for code in dict.fromkeys(remarks.reasons)
        if code not in named
    ]
    if answers:
        session.execute(insert(RatingAnswer), answers)
    if reasons:
        session.execute(insert(RatingReason), reasons)
    if remarks.comment and commented is None:
        session.execute(insert(RatingComment).values(rating_id=rating.id, body=remarks.comment))
    if remarks.dossier and not rating.dossier:
        rating.dossier = remarks.dossier
