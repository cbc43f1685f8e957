"""A screen: enrolled once, revoked for good, and each tap stored exactly once and in order."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.devices import CODE_LASTS, shown_code
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import NOBODY, SYSTEM
from citizenfeedback.domain.vocabulary import LookReason, RatingChannel, RatingDoubt
from citizenfeedback.gateways.clock import LOCAL_ZONE
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.devices import KioskDevice, KioskTap
from citizenfeedback.models.ratings import Rating, RatingComment, RatingReason
from citizenfeedback.services import kiosks
from citizenfeedback.services.kiosks import Acknowledged, Delivery, Detail, Tap
from citizenfeedback.services.rating import Remarks
from tests.conftest import NOON
from tests.places import Counter, make_counter

pytestmark = pytest.mark.both_databases

SERIES = str(uuid4())
MINUTE = timedelta(minutes=1)


@pytest.fixture
def counter(session: Session) -> Counter:
    return make_counter("Nguyễn Thị Hồng Liên")


def make(counter: Counter, keys: Keys, now: datetime = NOON - timedelta(days=40)) -> KioskDevice:
    issued = kiosks.create_device(
        SYSTEM, counter.point_id, "Cạnh cửa", ["vi", "en"], keys=keys, now=now
    )
    kiosks.enrol(shown_code(issued.code), keys=keys, now=now)
    from citizenfeedback.models.base import db

    return db.session.get_one(KioskDevice, issued.device_id)


def bring(
    device: KioskDevice, keys: Keys, *entries: Tap | Detail, now: datetime = NOON, **more: object
) -> Acknowledged:
    values = {
        "queue": kiosks.signed_queue(device.public_id, keys),
        "series": SERIES,
        "sent_at": now,
        "waiting": len(entries),
        "version": "abc",
    }
    delivery = Delivery(entries=entries, **(values | more))  # type: ignore[arg-type]
    return kiosks.deliver(
        device.id,
        delivery,
        WorkCalendar(),
        keys=keys,
        local=lambda moment: moment.astimezone(LOCAL_ZONE),
        now=now,
    )


def test_is_a_code_good_once_and_for_a_day(session: Session, counter: Counter, keys: Keys) -> None:
    issued = kiosks.create_device(SYSTEM, counter.point_id, "Một", ["vi"], keys=keys, now=NOON)
    assert issued.code not in str(session.scalars(select(KioskDevice.code_hash)).all())
    with pytest.raises(RuleBroken, match="enrolment_code_wrong"):
        kiosks.enrol(issued.code, keys=keys, now=NOON + CODE_LASTS)
    kiosks.enrol(issued.code.lower(), keys=keys, now=NOON)
    with pytest.raises(RuleBroken, match="enrolment_code_wrong"):
        kiosks.enrol(issued.code, keys=keys, now=NOON)


def test_is_a_second_press_the_same_screen(session: Session, counter: Counter, keys: Keys) -> None:
    """Is there one screen, enrolled by the code shown last, and another one a while later?"""
    made = [
        kiosks.create_device(
            SYSTEM,
            counter.point_id,
            "Hai",
            ["vi"],
            keys=keys,
            now=NOON + timedelta(seconds=seconds),
        )
        for seconds in (0, 2, 60)
    ]
    assert made[0].device_id == made[1].device_id != made[2].device_id
    with pytest.raises(RuleBroken, match="enrolment_code_wrong"):
        kiosks.enrol(made[0].code, keys=keys, now=NOON)
    kiosks.enrol(made[1].code, keys=keys, now=NOON)


def test_may_only_administrators_make_and_revoke_screens(counter: Counter, keys: Keys) -> None:
    with pytest.raises(NotFound):
        kiosks.create_device(NOBODY, counter.point_id, "Một", ["vi"], keys=keys, now=NOON)
    with pytest.raises(NotFound):
        kiosks.revoke_device(NOBODY, 1, keys=keys, now=NOON)
    for name, languages, point, refusal in (
        (" ", ["vi"], counter.point_id, "name_missing"),
        ("Một", ["fr"], counter.point_id, "languages_missing"),
        ("Một", ["vi"], 999, "point_unknown"),
    ):
        with pytest.raises(RuleBroken, match=refusal):
            kiosks.create_device(SYSTEM, point, name, languages, keys=keys, now=NOON)


def test_is_a_tap_delivered_twice_stored_once(
    session: Session, counter: Counter, keys: Keys
) -> None:
    device = make(counter, keys)
    tap = Tap(1, NOON - MINUTE, 4, counter.staff[0])
    first, second = bring(device, keys, tap), bring(device, keys, tap)
    assert first == second == Acknowledged((1,), ())
    rating = session.scalars(select(Rating)).one()
    assert (rating.rated_at, rating.overall) == (NOON - MINUTE, 4)
    assert (rating.channel, rating.staff_id) == (RatingChannel.KIOSK, counter.staff[0])
    assert (rating.verified, rating.doubt, rating.look) == (False, None, "")
    assert session.scalar(select(func.count()).select_from(KioskTap)) == 1
    session.refresh(device)
    assert (device.waiting, device.next_seq, device.version) == (0, 2, "abc")


def test_does_a_new_life_of_the_storage_begin_new_numbers(
    session: Session, counter: Counter, keys: Keys
) -> None:
    device = make(counter, keys)
    bring(device, keys, Tap(1, NOON, 4))
    bring(device, keys, Tap(1, NOON, 5), series=str(uuid4()))
    assert session.scalar(select(func.count()).select_from(Rating)) == 2


def test_do_reasons_and_words_join_their_tap_however_late(
    session: Session, counter: Counter, keys: Keys
) -> None:
    device = make(counter, keys)
    tap = Tap(1, NOON - timedelta(days=30), 1)
    bring(device, keys, tap)
    more = Detail(2, 1, Remarks({}, ("ATT05",), "Chờ lâu"), counter.staff[0])
    assert bring(device, keys, more, tap).stored == (1, 2)
    assert bring(device, keys, more).stored == (2,)
    assert session.scalars(select(RatingReason.criterion)).all() == ["ATT05"]
    assert session.scalars(select(RatingComment.body)).all() == ["Chờ lâu"]
    assert session.scalars(select(Rating.staff_id)).all() == [counter.staff[0]]


def test_is_what_has_no_sense_dropped_and_counted(
    session: Session, counter: Counter, keys: Keys
) -> None:
    device = make(counter, keys)
    odd = Detail(3, 1, Remarks({}, ("NONE",)))
    lost = Detail(4, 99, Remarks({}, ()))
    impossible = Detail(5, 1, Remarks({"ATT05": 7}))
    found = bring(device, keys, Tap(1, NOON, 5), Tap(2, NOON, 9), odd, lost, impossible)
    assert (found.stored, found.refused) == ((1,), (2, 3, 4, 5))
    session.refresh(device)
    assert device.refused == 4


def test_does_a_wrong_clock_neither_lose_nor_mix_up_taps(
    session: Session, counter: Counter, keys: Keys
) -> None:
    device = make(counter, keys)
    back = timedelta(days=20_000)  # a clock that began anew in the seventies
    bring(device, keys, Tap(1, NOON - back - MINUTE, 1), sent_at=NOON - back)
    bring(device, keys, Tap(2, NOON - back, 2), Tap(3, NOON + back, 3), now=NOON + MINUTE)
    rows = session.execute(select(Rating.overall, Rating.rated_at, Rating.look).order_by(Rating.id))
    found = [tuple(row) for row in rows]
    assert [score for score, *_ in found] == [1, 2, 3]
    times = [at for _, at, _ in found]
    assert times == sorted(times)
    assert times[0] == NOON - MINUTE
    assert {look for *_, look in found} == {LookReason.DEVICE_CLOCK_WRONG}
    assert session.scalars(select(KioskTap.told_at)).first() == NOON - back - MINUTE


def test_are_fast_taps_and_taps_at_night_marked(
    session: Session, counter: Counter, keys: Keys
) -> None:
    device = make(counter, keys)
    night = NOON - timedelta(hours=15)
    fast = Tap(2, NOON, 5, since_last=timedelta(seconds=1))
    bring(device, keys, Tap(1, night, 5), fast, Tap(3, NOON, 5, since_last=MINUTE))
    rows = session.execute(select(Rating.doubt, Rating.look).order_by(Rating.id))
    assert [tuple(row) for row in rows] == [
        (RatingDoubt.OUTSIDE_OPENING_HOURS, LookReason.OUTSIDE_OPENING_HOURS),
        (RatingDoubt.TOO_FAST, ""),
        (None, ""),
    ]


def test_is_a_revoked_screen_refused_and_its_queue_taken_after_a_new_enrolment(
    session: Session, counter: Counter, keys: Keys
) -> None:
    device = make(counter, keys)
    kiosks.revoke_device(SYSTEM, device.id, keys=keys, now=NOON)
    kiosks.revoke_device(SYSTEM, device.id, keys=keys, now=NOON)
    tap = Tap(1, NOON, 5)
    with pytest.raises(NotFound):
        bring(device, keys, tap)
    again = make(counter, keys)
    queue = kiosks.signed_queue(device.public_id, keys)
    assert bring(again, keys, tap, queue=queue).stored == (1,)
    assert session.scalars(select(KioskTap.device_id)).all() == [device.id]


def test_is_a_queue_of_elsewhere_or_made_up_refused(counter: Counter, keys: Keys) -> None:
    device = make(counter, keys)
    other = make(make_counter("Trần Văn Đức", code="QN-HG-Q01"), keys)
    for queue in ("made-up.00", kiosks.signed_queue(other.public_id, keys), "", "é"):
        with pytest.raises(NotFound):
            bring(device, keys, Tap(1, NOON, 5), queue=queue)
    with pytest.raises(NotFound):
        kiosks.revoke_device(SYSTEM, 999, keys=keys, now=NOON)
