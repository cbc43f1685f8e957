"""The front page and what everybody may read before giving anything."""

from __future__ import annotations

import html

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from citizenfeedback.documents.kinds import made_public
from citizenfeedback.domain.privacy import Span
from citizenfeedback.domain.vocabulary import CaseKind, Kept, UnitLevel
from citizenfeedback.gateways import Gateways
from tests.people import Visitor, make_unit, visitor


@pytest.fixture
def citizen(app: Flask) -> Visitor:
    return visitor(app)


@pytest.fixture
def top(session: Session, gateways: Gateways) -> int:
    return make_unit(
        gateways,
        "QN",
        name="UBND tỉnh Quảng Ninh",
        level=UnitLevel.PROVINCE,
        address="Phường Hồng Gai",
        hours="Thứ Hai đến thứ Sáu, 7:30–17:00",
        phone="0203 3835 000",
    )


def test_what_can_one_do_on_the_front_page(citizen: Visitor, top: int) -> None:
    page = citizen.get("/").text
    for address in ("/rate", "/petitions/new", "/track", "/offices", "/privacy", "/forms"):
        assert f'href="{address}"' in page
    assert "Phường Hồng Gai" in page
    assert "7 ngày làm việc" in page
    assert "toàn tỉnh" not in page


def test_does_an_empty_installation_have_a_front_page(citizen: Visitor) -> None:
    assert citizen.get("/").status_code == 200
    assert citizen.get("/offices").status_code == 200
    assert citizen.get("/privacy?lang=en").status_code == 200


def test_are_offices_listed_with_address_and_hours(citizen: Visitor, top: int) -> None:
    page = citizen.get("/offices").text
    assert "UBND tỉnh Quảng Ninh" in page
    assert "7:30–17:00" in page
    assert 'href="tel:02033835000"' in page


def test_is_an_office_found_by_name_with_or_without_accents(
    citizen: Visitor, top: int, gateways: Gateways
) -> None:
    make_unit(gateways, "QN-BC", name="UBND phường Bãi Cháy", name_en="Bai Chay Ward", phone="1")
    whole = citizen.get("/offices").text
    assert "UBND phường Bãi Cháy" in whole
    assert "UBND tỉnh Quảng Ninh" in whole
    assert "không bắt buộc" not in whole
    for words in ("bai chay", "Bãi Cháy", "bai dai"):
        page = citizen.get("/offices", query_string={"q": words}).text
        found = words != "bai dai"
        assert ("UBND phường Bãi Cháy" in page) is found
        assert "UBND tỉnh Quảng Ninh" not in page
        assert ("Tìm thấy 1 cơ quan." in page) is found
        assert ("Không thấy cơ quan nào" in page) is not found
        assert "Xem tất cả cơ quan" in page
    assert "1 office" in citizen.get("/offices?q=bai+chay&lang=en").text
    too_long = citizen.get("/offices", query_string={"q": "b" * 3000})
    assert too_long.status_code == 200
    assert "UBND tỉnh Quảng Ninh" in too_long.text


def test_do_officials_find_where_to_sign_in(citizen: Visitor, top: int) -> None:
    assert '<a href="/sign-in">Cán bộ đăng nhập</a>' in citizen.get("/").text
    assert '<a href="/sign-in">Staff sign-in</a>' in citizen.get("/rate?lang=en").text


def test_is_what_is_made_public_said_alike_on_both_pages(citizen: Visitor) -> None:
    for lang in ("vi", "en"):
        privacy = html.unescape(citizen.get(f"/privacy?lang={lang}").text)
        asking = html.unescape(citizen.get(f"/petitions/new?lang={lang}").text)
        for kind in CaseKind:
            assert made_public(kind, lang) in privacy
            assert made_public(kind, lang) in asking


def test_does_the_privacy_page_say_where_to_ask(citizen: Visitor, top: int) -> None:
    assert "Nơi hỏi: UBND tỉnh Quảng Ninh, Phường Hồng Gai" in citizen.get("/privacy").text


def test_says_the_notice_what_the_worker_does(app: Flask, citizen: Visitor, top: int) -> None:
    page = citizen.get("/privacy").text
    assert "24 tháng, kể từ ngày đánh giá" in page
    assert "Thông tư 07/2014/TT-TTCP, điều 28" in page
    assert "trả lời trong 2 ngày làm việc" in page
    app.config["RETENTION"] = ((Kept.RATING_COMMENT, Span(months=6)),)
    try:
        assert "6 months, from the day of the rating" in citizen.get("/privacy?lang=en").text
    finally:
        app.config["RETENTION"] = ()
