"""Marking ratings as doubtful and counting them again: each step is kept, nothing is deleted."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.honesty import Seen, may_judge, suspects
from citizenfeedback.domain.text import clean
from citizenfeedback.domain.vocabulary import Action, RatingChannel, RatingDoubt
from citizenfeedback.models.devices import KioskDevice, KioskTap
from citizenfeedback.models.directory import ServicePoint
from citizenfeedback.models.ratings import Rating, RatingMark
from citizenfeedback.services.kiosks import LocalTime
from citizenfeedback.services.transaction import transaction

LOOK_BACK = timedelta(hours=26)
"""How far back deliveries are looked at; the job runs every hour, and may have missed a day."""
LONGEST_REASON = 500


def examine_delivered(*, local: LocalTime, now: datetime) -> int:
    """Look over the days of which screens delivered something lately; how many were marked.

    A day is looked at whole, however late a part of it came. What a person decided stays.
    """
    with transaction() as session:
        fresh = session.execute(
            select(KioskTap.device_id, Rating.point_id, Rating.rated_on)
            .join(Rating, Rating.id == KioskTap.rating_id)
            # By the index of each screen: its taps of a day are a handful, all taps are not.
            .where(
                KioskTap.device_id.in_(select(KioskDevice.id)),
                KioskTap.delivered_at >= now - LOOK_BACK,
            )
            .distinct()
        ).all()
    return sum(
        _examine(row.device_id, row.point_id, row.rated_on, local=local, now=now) for row in fresh
    )


def _examine(device_id: int, point_id: int, day: date, *, local: LocalTime, now: datetime) -> int:
    with transaction() as session:
        point = session.get_one(ServicePoint, point_id)
        device = session.get_one(KioskDevice, device_id)
        rows = session.execute(
            select(Rating.id, Rating.rated_at, Rating.overall, Rating.staff_id, Rating.doubt)
            .join(KioskTap, KioskTap.rating_id == Rating.id)
            .where(
                KioskTap.device_id == device_id,
                Rating.point_id == point_id,
                Rating.rated_on == day,
                Rating.channel == RatingChannel.KIOSK,
                Rating.verified.is_(False),
            )
        ).all()
        seen = [
            Seen(row.id, local(row.rated_at).replace(tzinfo=None), row.overall, row.staff_id)
            for row in rows
        ]
        found = suspects(seen, device.opens or point.opens, device.closes or point.closes)
        counted = {row.id for row in rows if row.doubt is None}
        judged = _judged(session, sorted(found))
        new = [rating_id for rating_id in sorted(found) if rating_id in counted - judged]
        for rating_id in new:
            _mark(session, rating_id, None, found[rating_id], None, "", now)
        return len(new)


def judge(
    actor: Actor, rating_id: int, doubt: RatingDoubt | None, reason: str, *, now: datetime
) -> None:
    """Count a rating again, or apart for a reason, with why; the rules leave it so.

    For those who watch over the unit: its leaders do not judge how its people were rated.
    Raises `NotFound` for anybody else, `RuleBroken("reason_required")` without a reason,
    `RuleBroken("changed_meanwhile")` where it stands so already.
    """
    reach = scope_of(actor, Action.SEE_RATINGS).unit_ids
    if not may_judge(actor):
        raise NotFound("rating")
    why = clean(reason)[:LONGEST_REASON]
    if not why:
        raise RuleBroken("reason_required")
    with transaction() as session:
        rating = session.get(Rating, rating_id, with_for_update=True)
        if rating is None or (reach is not None and rating.unit_id not in reach):
            raise NotFound("rating")
        if rating.doubt == doubt:
            raise RuleBroken("changed_meanwhile")
        _mark(session, rating_id, rating.doubt, doubt, actor.user_id, why, now)


def _judged(session: Session, ids: Sequence[int]) -> set[int]:
    return set(
        session.scalars(
            select(RatingMark.rating_id).where(
                RatingMark.rating_id.in_(ids), RatingMark.by_id.is_not(None)
            )
        )
    )


def _mark(
    session: Session,
    rating_id: int,
    before: RatingDoubt | None,
    after: RatingDoubt | None,
    by_id: int | None,
    reason: str,
    now: datetime,
) -> None:
    session.execute(
        insert(RatingMark).values(
            rating_id=rating_id, before=before, after=after, by_id=by_id, reason=reason, at=now
        )
    )
    session.execute(update(Rating).where(Rating.id == rating_id).values(doubt=after))
