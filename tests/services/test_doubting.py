"""Ratings are set apart and counted again, step by step, and none is lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.vocabulary import RatingDoubt, Role
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.clock import LOCAL_ZONE
from citizenfeedback.models.ratings import Rating, RatingMark
from citizenfeedback.queries.accounts import actor_of
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services import kiosks
from citizenfeedback.services.doubting import examine_delivered, judge
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import make_unit, make_user
from tests.places import make_counter

pytestmark = pytest.mark.both_databases

LATER = NOON + timedelta(hours=1)


def local(moment: datetime) -> datetime:
    return moment.astimezone(LOCAL_ZONE)


@pytest.fixture
def pressed(session: Session, gateways: Gateways) -> list[int]:
    """Six good scores for one person, twenty seconds apart, and two honest ones later."""
    counter = make_counter("Nguyễn Thị Hồng Liên")
    keys = gateways.keys
    issued = kiosks.create_device(
        SYSTEM, counter.point_id, "Một", ["vi"], keys=keys, now=NOON - timedelta(hours=5)
    )
    enrolled = kiosks.enrol(issued.code, keys=keys, now=NOON - timedelta(hours=5))
    gone = [20 * number for number in range(6)] + [1800, 2400]
    taps = [
        kiosks.Tap(
            number, NOON - timedelta(hours=1) + timedelta(seconds=seconds), 5, counter.staff[0]
        )
        for number, seconds in enumerate(gone, 1)
    ]
    delivery = kiosks.Delivery(
        kiosks.signed_queue(enrolled.public_id, keys), str(uuid4()), NOON, taps, len(taps), "v"
    )
    kiosks.deliver(issued.device_id, delivery, work_calendar(), keys=keys, local=local, now=NOON)
    return list(session.scalars(select(Rating.id).order_by(Rating.id)))


def unit_of(session: Session) -> int:
    return session.scalars(select(Rating.unit_id)).first() or 0


def doubts(session: Session) -> list[RatingDoubt | None]:
    session.expire_all()
    return list(session.scalars(select(Rating.doubt).order_by(Rating.id)))


def test_does_the_look_mark_once_and_leave_what_a_person_decided(
    session: Session, gateways: Gateways, pressed: list[int]
) -> None:
    assert examine_delivered(local=local, now=LATER) == 6
    assert doubts(session) == [RatingDoubt.OWN_BUTTON] * 6 + [None] * 2
    assert examine_delivered(local=local, now=LATER) == 0
    user = make_user(gateways, unit_of(session), Role.SUPERVISOR, email="sup@qn.vn")
    supervisor = actor_of(user)
    assert supervisor is not None
    judge(supervisor, pressed[0], None, "Một đoàn đến cùng lúc", now=LATER)
    assert doubts(session)[0] is None
    assert examine_delivered(local=local, now=LATER) == 0, "the rules leave it so"
    judge(supervisor, pressed[0], RatingDoubt.OWN_BUTTON, "Xem lại camera", now=LATER)
    assert doubts(session)[0] is RatingDoubt.OWN_BUTTON
    steps = session.execute(
        select(RatingMark.before, RatingMark.after, RatingMark.by_id)
        .where(RatingMark.rating_id == pressed[0])
        .order_by(RatingMark.id)
    ).all()
    assert [tuple(one) for one in steps] == [
        (None, RatingDoubt.OWN_BUTTON, None),
        (RatingDoubt.OWN_BUTTON, None, user),
        (None, RatingDoubt.OWN_BUTTON, user),
    ]
    assert session.scalar(select(func.count()).select_from(Rating)) == 8


def test_is_a_judgement_without_reason_right_or_change_refused(
    session: Session, gateways: Gateways, pressed: list[int]
) -> None:
    unit = unit_of(session)
    supervisor = actor_of(make_user(gateways, unit, Role.SUPERVISOR, email="sup@qn.vn"))
    leader = actor_of(make_user(gateways, unit, Role.UNIT_LEADER, email="lead@qn.vn"))
    stranger = actor_of(
        make_user(gateways, make_unit(gateways, "HL"), Role.SUPERVISOR, email="hl@qn.vn")
    )
    assert supervisor is not None
    assert leader is not None
    assert stranger is not None
    with pytest.raises(NotFound):
        judge(stranger, pressed[0], RatingDoubt.BURST, "Của nơi khác", now=LATER)
    with pytest.raises(RuleBroken, match="reason_required"):
        judge(supervisor, pressed[0], RatingDoubt.BURST, "  ", now=LATER)
    with pytest.raises(RuleBroken, match="changed_meanwhile"):
        judge(supervisor, pressed[0], None, "Không đổi", now=LATER)
    with pytest.raises(NotFound):
        judge(leader, pressed[0], RatingDoubt.BURST, "Của đơn vị mình", now=LATER)
    with pytest.raises(NotFound):
        judge(supervisor, 999_999, None, "Không có", now=LATER)
    assert doubts(session) == [None] * 8


def test_do_marks_only_grow(session: Session, pressed: list[int]) -> None:
    examine_delivered(local=local, now=LATER)
    mark = session.scalars(select(RatingMark)).first()
    assert mark is not None
    with pytest.raises(DBAPIError, match="history only grows"), transaction() as work:
        work.merge(mark).reason = "đã sửa"
