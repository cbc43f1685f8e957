"""Rating after a visit, in a browser without scripts."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.models.ratings import Rating, RatingAnswer, RatingComment, RatingReason
from tests.people import Visitor, visitor
from tests.places import CODE, Counter, make_counter

AT = f"/r/{CODE}"


@pytest.fixture
def counter(session: Session) -> Counter:
    return make_counter("Nguyễn Thị Hồng Liên", "Trần Văn Đức")


@pytest.fixture
def citizen(app: Flask, counter: Counter) -> Visitor:
    return visitor(app)


def test_is_the_box_to_search_in_not_called_optional(citizen: Visitor) -> None:
    page = citizen.get("/rate").text
    assert 'type="search"' in page
    assert "không bắt buộc" not in page


def test_does_one_press_make_a_rating_with_who_served(
    session: Session, citizen: Visitor, counter: Counter
) -> None:
    page = citizen.get(AT).text
    assert "Ông/bà được phục vụ như thế nào?" in page
    assert "Quầy số 1" in page
    answer = citizen.post(AT, {"score": "5", "staff": str(counter.staff[1])})
    assert answer.status_code == 303
    assert "Cảm ơn ông/bà" in citizen.get(answer.location).text
    rating = session.scalars(select(Rating)).one()
    assert (rating.overall, rating.staff_id, rating.verified) == (5, counter.staff[1], False)


def test_does_a_low_score_ask_what_was_wrong(session: Session, citizen: Visitor) -> None:
    citizen.post(AT, {"score": "1"})
    page = citizen.get(f"{AT}/more").text
    assert "Điều gì chưa tốt?" in page
    sent = {"reasons": ["ATT05", "ATT03"], "comment": "Chờ rất lâu", "ATT02": "2", "ETH01": "1"}
    assert citizen.post(f"{AT}/more", sent).status_code == 303
    assert "Cảm ơn ông/bà" in citizen.get(f"{AT}/thanks").text
    assert set(session.scalars(select(RatingReason.criterion))) == {"ATT05", "ATT03"}
    assert session.scalars(select(RatingComment.body)).all() == ["Chờ rất lâu"]
    answers = session.execute(select(RatingAnswer.criterion, RatingAnswer.value)).all()
    assert {tuple(row) for row in answers} == {("ATT02", 2), ("ETH01", 1)}


def test_is_a_good_score_not_asked_what_was_wrong(citizen: Visitor) -> None:
    citizen.post(AT, {"score": "4"})
    assert "Điều gì chưa tốt?" not in citizen.get(f"{AT}/more").text


def test_does_a_wrong_answer_keep_what_was_typed(session: Session, citizen: Visitor) -> None:
    citizen.post(AT, {"score": "2"})
    page = citizen.post(f"{AT}/more", {"comment": "Chờ lâu", "ATT02": "9", "reasons": "nothing"})
    assert page.status_code == 422
    assert "Chờ lâu" in page.text
    assert session.scalars(select(RatingAnswer.rating_id)).all() == []


@pytest.mark.parametrize("score", ["", "0", "6", "x", "5; drop"])
def test_is_a_press_without_a_face_answered_kindly(
    session: Session, citizen: Visitor, score: str
) -> None:
    page = citizen.post(AT, {"score": score, "staff": ""})
    assert page.status_code == 422
    assert "Chọn một trong năm khuôn mặt" in page.text
    assert session.scalars(select(Rating.id)).all() == []


def test_are_odd_references_and_staff_harmless(session: Session, citizen: Visitor) -> None:
    for reference in ("", "x" * 500, "../etc"):
        sent = {"score": "3", "reference": reference, "staff": "999999999999"}
        answer = citizen.post(AT, sent)
        assert answer.status_code == 303
    references = session.scalars(select(Rating.reference)).all()
    assert len(set(references)) == 3
    assert all(len(one) == 36 for one in references)


def test_is_there_a_page_for_every_code_and_none_else(citizen: Visitor) -> None:
    assert citizen.get(AT.lower().replace("/r/", "/r/")).status_code == 200
    for path in ("/r/NONE", "/r/NONE/more", "/r/NONE/thanks", "/kiosk/NONE"):
        assert citizen.get(path).status_code == 404
    assert citizen.get(f"{AT}/more").status_code == 303


def test_is_a_counter_found_without_accents(citizen: Visitor) -> None:
    assert CODE in citizen.get("/rate?q=bai+chay").text
    assert CODE in citizen.get("/rate?q=Bãi+Cháy").text
    assert "Không tìm thấy quầy nào" in citizen.get("/rate?q=sa+pa").text


def test_does_the_page_speak_english(citizen: Visitor) -> None:
    page = citizen.get(f"{AT}?lang=en").text
    assert "How were you served?" in page
    assert "Bai Chay Ward" in page
