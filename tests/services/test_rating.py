"""A tap is kept at once and once; doubt is a mark beside it."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.ratings import WEB_LIMIT_A_MINUTE
from citizenfeedback.domain.vocabulary import RatingChannel, RatingDoubt
from citizenfeedback.models.ratings import Rating, RatingAnswer, RatingComment, RatingReason
from citizenfeedback.services.rating import NewRating, Remarks, add_remarks, rate
from tests.conftest import NOON
from tests.places import Counter, make_counter

pytestmark = pytest.mark.both_databases

CALENDAR = WorkCalendar()
AT_NOON = time(12)


@pytest.fixture
def counter(session: Session) -> Counter:
    return make_counter("Nguyễn Thị Hồng Liên")


def tap(counter: Counter, reference: str = "one", score: int = 4, **more: object) -> int:
    values = {"staff_id": None, **more}
    new = NewRating(reference, counter.point_id, score, RatingChannel.WEB, **values)  # type: ignore[arg-type]
    return rate(new, CALENDAR, local=AT_NOON, today=NOON.date(), now=NOON)


def test_is_a_tap_kept_with_time_place_and_unit(session: Session, counter: Counter) -> None:
    tap(counter, staff_id=counter.staff[0])
    rating = session.scalars(select(Rating)).one()
    assert (rating.point_id, rating.unit_id) == (counter.point_id, counter.unit_id)
    assert (rating.staff_id, rating.overall, rating.doubt) == (counter.staff[0], 4, None)
    assert (rating.rated_at, rating.rated_on, rating.verified) == (NOON, NOON.date(), False)


def test_does_a_second_press_find_the_first_rating(session: Session, counter: Counter) -> None:
    assert tap(counter) == tap(counter)
    assert session.scalar(select(func.count()).select_from(Rating)) == 1


def test_is_a_score_that_no_face_has_refused(session: Session, counter: Counter) -> None:
    for score in (0, 6, -1):
        with pytest.raises(RuleBroken, match="bad_score"):
            tap(counter, score=score)
    assert session.scalar(select(func.count()).select_from(Rating)) == 0


def test_is_an_unknown_point_refused_and_staff_of_elsewhere_left_out(
    session: Session, counter: Counter
) -> None:
    other = make_counter("Trần Văn Đức", code="QN-HG-Q01")
    with pytest.raises(NotFound):
        tap(Counter(10_000, 1, ()))
    tap(counter, staff_id=other.staff[0])
    assert session.scalars(select(Rating.staff_id)).one() is None


def test_are_taps_over_the_limit_kept_and_marked(session: Session, counter: Counter) -> None:
    for number in range(WEB_LIMIT_A_MINUTE + 2):
        tap(counter, reference=str(number))
    doubts = list(session.scalars(select(Rating.doubt).order_by(Rating.id)))
    assert doubts == [None] * WEB_LIMIT_A_MINUTE + [RatingDoubt.LIMIT_REACHED] * 2


def test_is_a_tap_outside_opening_hours_marked_for_a_look(
    session: Session, counter: Counter
) -> None:
    new = NewRating("night", counter.point_id, 5, RatingChannel.WEB)
    rate(new, CALENDAR, local=time(22), today=NOON.date(), now=NOON)
    assert session.scalars(select(Rating.look)).one() == "outside_opening_hours"


def test_do_remarks_count_once_and_only_soon_after(session: Session, counter: Counter) -> None:
    tap(counter)
    remarks = Remarks({"ATT02": 2, "ATT05": 0}, ("ATT05", "ATT05"), "Chờ lâu", "000.54.1")
    add_remarks("one", remarks, now=NOON + timedelta(minutes=1))
    add_remarks("one", Remarks({"ATT02": 5}, (), "Khác"), now=NOON + timedelta(minutes=2))
    answers = session.execute(select(RatingAnswer.criterion, RatingAnswer.value)).all()
    assert sorted(tuple(row) for row in answers) == [("ATT02", 2), ("ATT05", 0)]
    assert session.scalars(select(RatingReason.criterion)).all() == ["ATT05"]
    assert session.scalars(select(RatingComment.body)).all() == ["Chờ lâu"]
    assert session.scalars(select(Rating.dossier)).one() == "000.54.1"
    with pytest.raises(NotFound):
        add_remarks("one", remarks, now=NOON + timedelta(minutes=31))
    with pytest.raises(NotFound):
        add_remarks("two", remarks, now=NOON)


@pytest.mark.parametrize(
    "remarks",
    [
        Remarks({"ATT02": 6}),
        Remarks({"ATT05": 2}),
        Remarks({"ATT01": 5}),
        Remarks({"XXX": 1}),
        Remarks({}, ("XXX",)),
    ],
)
def test_is_an_impossible_answer_refused(counter: Counter, remarks: Remarks) -> None:
    tap(counter)
    with pytest.raises(RuleBroken, match="bad_answer"):
        add_remarks("one", remarks, now=NOON)
