"""The kiosk: one tap, large words, nothing of one person left for the next."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import RatingChannel
from citizenfeedback.models.ratings import Rating, RatingReason
from tests.people import Visitor, visitor
from tests.places import CODE, Counter, make_counter

AT = f"/kiosk/{CODE}"


@pytest.fixture
def counter(session: Session) -> Counter:
    return make_counter("Nguyễn Thị Hồng Liên")


@pytest.fixture
def screen(app: Flask, counter: Counter) -> Visitor:
    return visitor(app)


def test_is_a_tap_stored_and_thanked_for(
    session: Session, screen: Visitor, counter: Counter
) -> None:
    assert "Nguyễn Thị Hồng Liên" in screen.get(AT).text
    answer = screen.post(AT, {"score": "5"})
    page = screen.get(answer.location).text
    assert "Cảm ơn ông/bà" in page
    assert 'data-return="/kiosk/' in page
    rating = session.scalars(select(Rating)).one()
    assert (rating.overall, rating.staff_id) == (5, counter.staff[0])
    assert (rating.channel, rating.verified) == (RatingChannel.WEB, False)


def test_does_a_low_tap_lead_to_reasons_and_wipe_itself(session: Session, screen: Visitor) -> None:
    answer = screen.post(AT, {"score": "1"})
    assert answer.location.endswith("/reasons")
    done = screen.post(answer.location, {"reason": ["ATT05", "made-up"]})
    assert done.location.endswith("/thanks")
    assert session.scalars(select(RatingReason.criterion)).all() == ["ATT05"]
    assert screen.get(f"{AT}/reasons").status_code == 303, "the key of the tap is gone"


def test_does_the_resting_screen_forget_the_last_person(screen: Visitor) -> None:
    screen.post(AT, {"score": "1"})
    screen.get(AT)
    assert screen.get(f"{AT}/reasons").status_code == 303


def test_is_an_odd_tap_led_back_to_the_question(session: Session, screen: Visitor) -> None:
    assert screen.post(AT, {"score": "9"}).location.endswith(AT)
    assert session.scalars(select(Rating.id)).all() == []


def test_is_a_denunciation_never_offered_here(screen: Visitor) -> None:
    screen.post(AT, {"score": "1"})
    for path in (AT, f"{AT}/reasons", f"{AT}/thanks"):
        assert "/petitions/new" not in screen.get(path).text


def test_leads_every_error_under_the_kiosk_back_to_the_screen_and_nowhere_else(
    screen: Visitor,
) -> None:
    wrong = [
        (screen.get("/kiosk/NOWHERE"), "/kiosk/screen"),
        (screen.get("/kiosk"), "/kiosk/screen"),
        (screen.get(f"{AT}/no/such/page"), "/kiosk/screen"),
        (screen.client.put(AT), AT),
    ]
    for answer, back in wrong:
        assert answer.status_code in {404, 405}
        assert f'data-return="{back}"' in answer.text
        links = set(re.findall(r'href="([^"#?]*)[^"]*"', answer.text.partition("<body")[2]))
        assert {one for one in links if not one.startswith("/kiosk")} == set()
