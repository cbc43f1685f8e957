"""Finding the counter where one was served."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from citizenfeedback.models.directory import ServicePoint
from citizenfeedback.queries.points import points_found, rating_point, staff_at
from citizenfeedback.services.transaction import transaction
from tests.places import CODE, make_counter

pytestmark = pytest.mark.both_databases


def test_is_a_point_found_by_its_code_in_any_case(session: Session) -> None:
    counter = make_counter()
    for code in (CODE, CODE.lower()):
        point = rating_point(code)
        assert point is not None
        assert (point.id, point.unit) == (counter.point_id, "UBND phường Bãi Cháy")
    assert rating_point("QN") is None


def test_is_a_closed_point_no_longer_found(session: Session) -> None:
    make_counter()
    with transaction() as writing:
        writing.execute(update(ServicePoint).values(active=False))
    assert rating_point(CODE) is None
    assert points_found("bai chay") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bãi Cháy", 1),
        ("bai  CHAY", 1),
        ("chay bai", 1),
        ("", 1),
        ("Hạ Long", 0),
        ("%", 1),
        ("_", 1),
    ],
)
def test_is_an_office_found_with_and_without_accents(
    session: Session, text: str, found: int
) -> None:
    make_counter()
    assert len(points_found(text)) == found


def test_are_the_staff_of_a_point_named_with_initials(session: Session) -> None:
    counter = make_counter("Nguyễn Thị Hồng Liên", "Trần Văn Đức")
    assert [(one.name, one.initials) for one in staff_at(counter.point_id)] == [
        ("Trần Văn Đức", "VĐ"),
        ("Nguyễn Thị Hồng Liên", "HL"),
    ]
