"""Rating by the link of a visit: once, verified, and never by a program that opens links."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.rating_links import PURPOSE, RATE_VISIT_PATH, RatingLink
from citizenfeedback.domain.vocabulary import RatingChannel
from citizenfeedback.gateways.clock import SetClock
from citizenfeedback.gateways.keys import Keys, random_keys
from citizenfeedback.models.directory import ServicePoint
from citizenfeedback.models.ratings import Rating, RatingComment
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import visitor
from tests.places import CODE, Counter, make_counter

DOSSIER = "000.54.2026.12345"


@pytest.fixture
def counter(session: Session) -> Counter:
    return make_counter("Nguyễn Thị Hồng Liên")


@pytest.fixture
def link(counter: Counter) -> RatingLink:
    until = NOON.date() + timedelta(days=30)
    return RatingLink(counter.point_id, until, b"\1" * 8, RatingChannel.SMS, DOSSIER)


@pytest.fixture
def address(link: RatingLink, keys: Keys) -> str:
    return RATE_VISIT_PATH + keys.wrap(PURPOSE, link.packed())


def test_one_visit_makes_one_verified_rating(
    app: Flask, session: Session, counter: Counter, address: str
) -> None:
    assert DOSSIER not in address
    citizen, other = visitor(app), visitor(app)
    for _ in range(3):  # looked at by a mail scanner and by its reader
        assert "Ông/bà được phục vụ" in other.get(address).text
    assert session.scalars(select(Rating.id)).all() == []
    answer = citizen.post(address, {"score": "2", "staff": str(counter.staff[0])})
    assert answer.location == f"/r/{CODE}/more"
    rating = session.scalars(select(Rating)).one()
    assert (rating.verified, rating.dossier, rating.channel) == (True, DOSSIER, RatingChannel.SMS)
    assert rating.staff_id == counter.staff[0]
    more = citizen.get(answer.location).text
    assert "Mã hồ sơ" not in more  # known already
    assert (
        citizen.post(address, {"score": "5"}, of=f"/r/{CODE}").status_code == 303
    )  # pressed twice
    citizen.post(f"/r/{CODE}/more", {"comment": "Chờ lâu"})
    assert session.scalars(select(RatingComment.body)).all() == ["Chờ lâu"]
    assert "đã được đánh giá" in other.post(address, {"score": "5"}, of=f"/r/{CODE}").text
    assert "đã được đánh giá" in other.get(address).text
    session.expire_all()
    assert session.scalars(select(Rating.overall)).all() == [2]


def test_a_link_that_is_old_changed_or_of_elsewhere_makes_nothing(
    app: Flask, session: Session, link: RatingLink, address: str, clock: SetClock
) -> None:
    citizen = visitor(app)
    citizen.get("/r/" + CODE)
    place = len(address) // 2
    changed = address[:place] + ("A" if address[place] != "A" else "B") + address[place + 1 :]
    foreign = RATE_VISIT_PATH + random_keys().wrap(PURPOSE, link.packed())
    for wrong in (
        changed,
        foreign,
        RATE_VISIT_PATH + "x",
        RATE_VISIT_PATH + "é",
        RATE_VISIT_PATH + "A" * 300,
    ):
        assert citizen.get(wrong).status_code == 404, wrong
        assert citizen.post(wrong, {"score": "5"}, of=f"/r/{CODE}").status_code == 404
    assert citizen.post(address, {"score": "9"}, of=address).status_code == 422
    clock.moment = NOON + timedelta(days=31)
    assert citizen.get(address).status_code == 410
    assert "hết hạn" in citizen.post(address, {"score": "5"}, of=f"/r/{CODE}").text
    clock.moment = NOON
    with transaction() as writing:
        writing.execute(update(ServicePoint).values(active=False))
    assert citizen.get(address).status_code == 404
    assert session.scalars(select(Rating.id)).all() == []


def test_a_dossier_number_is_checked_for_its_form_and_nothing_typed_is_lost(
    app: Flask, session: Session, counter: Counter
) -> None:
    citizen = visitor(app)
    citizen.post(f"/r/{CODE}", {"score": "4"})
    page = citizen.post(f"/r/{CODE}/more", {"comment": "Tốt", "dossier": "không nhớ"})
    assert page.status_code == 422
    assert "Chép mã như trên giấy hẹn" in page.text
    assert "không nhớ" in page.text
    citizen.post(f"/r/{CODE}/more", {"comment": "Tốt", "dossier": "h49.15-260101-0012"})
    rating = session.scalars(select(Rating)).one()
    assert (rating.dossier, rating.verified) == ("H49.15-260101-0012", False)
