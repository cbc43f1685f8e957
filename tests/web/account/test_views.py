"""Signing in and out, links, one's own account, through the pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from citizenfeedback.documents.formats import format_time
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.vocabulary import Role
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.clock import SetClock
from citizenfeedback.services import accounts
from tests.conftest import NOON
from tests.people import PASSWORD, Visitor, make_unit, make_user, visitor


@pytest.fixture
def person(app: Flask, gateways: Gateways) -> int:
    """Hoa, who handles cases at the province's office."""
    with app.app_context():
        return make_user(gateways, make_unit(gateways, "QN"))


@pytest.fixture
def hoa(app: Flask, person: int) -> Visitor:
    """Hoa's browser, signed in."""
    someone = visitor(app)
    assert someone.sign_in().status_code == 303
    return someone


@pytest.mark.both_databases
def test_who_signs_in_comes_to_their_work_and_stays_signed_in(app: Flask, person: int) -> None:
    someone = visitor(app)
    assert someone.get("/account").headers["Location"] == "/sign-in?next=/account"
    answer = someone.sign_in()
    assert answer.headers["Location"] == "/inbox"
    page = someone.get("/account").text
    assert "Nguyễn Thị Hoa" in page
    assert "Đơn vị QN" in page


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/account/password", "/account/password"),
        ("//evil.example", "/inbox"),
        ("/\\evil.example", "/inbox"),
        ("https://evil.example/", "/inbox"),
        ("", "/inbox"),
    ],
)
def test_after_signing_in_one_is_led_on_within_the_site_only(
    app: Flask, person: int, wanted: str, reached: str
) -> None:
    assert visitor(app).sign_in(next=wanted).headers["Location"] == reached


@pytest.mark.parametrize(
    ("email", "password"), [("hoa@qn.vn", "sai mật khẩu"), ("ai@qn.vn", PASSWORD)]
)
def test_a_wrong_address_and_a_wrong_password_read_alike(
    app: Flask, person: int, email: str, password: str
) -> None:
    answer = visitor(app).sign_in(email, password)
    assert answer.status_code == 422
    assert "Email hoặc mật khẩu không đúng" in answer.text
    assert email in answer.text  # what was typed stays
    assert password not in answer.text


def test_after_five_wrong_passwords_the_page_says_how_long_to_wait(app: Flask, person: int) -> None:
    someone = visitor(app)
    for _ in range(5):
        someone.sign_in(password="sai mật khẩu")
    assert "Thử lại sau 1 phút" in someone.sign_in().text


def test_signing_out_ends_the_session(hoa: Visitor) -> None:
    answer = hoa.post("/sign-out", of="/account")
    assert answer.headers["Location"] == "/sign-in"
    assert hoa.get("/account").status_code == 303


def test_signing_out_everywhere_ends_the_other_session_too(app: Flask, hoa: Visitor) -> None:
    other = visitor(app)
    other.sign_in()
    assert other.get("/account").status_code == 200
    hoa.post("/account/sign-out-everywhere", of="/account")
    assert other.get("/account").status_code == 303


def test_a_session_ends_after_its_hours(hoa: Visitor, clock: SetClock) -> None:
    clock.moment = NOON + timedelta(hours=9, minutes=59)
    assert hoa.get("/account").status_code == 200
    clock.moment = NOON + timedelta(hours=10)
    assert hoa.get("/account").status_code == 303


STAY = "/account/stay"
SOON = "Phiên đăng nhập hết lúc"


def announced(page: str) -> bool:
    """Whether the page says at once, not only to its script, that the session ends."""
    return f'<div><div class="notice notice--warning"><p data-stay-line>{SOON}' in page


def test_the_end_is_said_before_it_comes_and_put_off_with_one_press(
    hoa: Visitor, clock: SetClock
) -> None:
    assert not announced(hoa.get("/account").text)
    clock.moment = NOON + timedelta(hours=9, minutes=45)
    page = hoa.get("/account?x=1").text
    assert announced(page)
    assert f"{SOON} {format_time(NOON + timedelta(hours=10))}." in page
    assert "Kéo dài phiên</button>" in page
    back = hoa.post(STAY, {"next": "/account?x=1"}, of="/account")
    assert back.location == "/account?x=1"
    page = hoa.get("/account").text
    assert f"Đã kéo dài đến {format_time(NOON + timedelta(hours=19, minutes=45))}." in page
    assert not announced(page)
    clock.moment = NOON + timedelta(hours=19, minutes=44)
    assert hoa.get("/account").status_code == 200


def test_a_session_never_outlives_twice_its_hours(hoa: Visitor, clock: SetClock) -> None:
    for hours, left in ((9, 10), (18, 2), (19, 1)):
        clock.moment = NOON + timedelta(hours=hours)
        told = hoa.client.post(
            STAY,
            data={"csrf_token": hoa.token("/account")},
            headers={"Accept": "application/json"},
        )
        assert told.json is not None
        assert told.json["left"] == left * 3600
        assert told.json["extendable"] == (hours == 9)
    clock.moment = NOON + timedelta(hours=19, minutes=50)
    page = hoa.get("/account").text
    assert announced(page)
    assert "Kéo dài phiên</button>" not in page
    assert "<p data-stay-last>Không kéo dài thêm được" in page
    clock.moment = NOON + timedelta(hours=20)
    assert hoa.get("/account").status_code == 303


def test_what_is_sent_after_the_end_is_said_to_be_lost(hoa: Visitor, clock: SetClock) -> None:
    token = hoa.token("/account")
    clock.moment = NOON + timedelta(hours=10)
    for path in (STAY, "/account/language"):
        assert hoa.client.post(path, data={"csrf_token": token}).location == "/sign-in"
        assert "Nội dung vừa gửi chưa được lưu" in hoa.get("/sign-in").text
    hoa.client.delete_cookie("session")  # as a browser does by itself at the end
    assert hoa.client.post("/account/language", data={"csrf_token": token}).location == "/sign-in"
    assert hoa.get("/account").status_code == 303


def test_a_forged_or_odd_session_is_nobodys(app: Flask, person: int) -> None:
    for marker in ("1", "x:y", f"{person}:99", "-1:0", f"{person}:", "²:1", "9" * 30 + ":0"):
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"], session["began"] = marker, NOON.isoformat()
        assert client.get("/account").status_code == 303, marker


def test_an_invited_person_sets_a_password_on_the_page_of_the_link(
    app: Flask, gateways: Gateways
) -> None:
    with app.app_context():
        new = accounts.NewAccount(
            email="moi@qn.vn",
            name="Trần Văn Mới",
            unit_id=make_unit(gateways, "QN"),
            roles=frozenset({Role.UNIT_LEADER}),
        )
        token = accounts.create_account(SYSTEM, new, keys=gateways.keys, now=NOON).token
    someone = visitor(app)
    path = f"/account/link/{token}"
    assert "Trần Văn Mới" in someone.get(path).text
    wrong = someone.post(path, {"password": PASSWORD, "again": "khác hẳn một câu"})
    assert "chưa giống nhau" in wrong.text
    weak = someone.post(path, {"password": "matkhau123", "again": "matkhau123"})
    assert "quá dễ đoán" in weak.text
    done = someone.post(path, {"password": PASSWORD, "again": PASSWORD})
    assert done.headers["Location"] == "/inbox"
    assert someone.get("/account").status_code == 200
    assert visitor(app).get(path).status_code == 410


def test_an_unknown_link_says_that_it_no_longer_works(app: Flask) -> None:
    assert visitor(app).get("/account/link/abc").status_code == 410


def test_forgetting_the_password_reads_the_same_for_everybody(
    app: Flask, person: int, gateways: Gateways
) -> None:
    said = []
    for email in ("hoa@qn.vn", "ai@qn.vn"):
        answer = visitor(app).post("/account/forgotten", {"email": email})
        said.append((answer.status_code, answer.text.count("Nếu địa chỉ này có tài khoản")))
    assert said == [(200, 1), (200, 1)]


def test_changing_the_password_keeps_this_session_and_ends_others(app: Flask, hoa: Visitor) -> None:
    other = visitor(app)
    other.sign_in()
    fresh = "một câu khác hẳn 7"
    data = {"before": "sai", "password": fresh, "again": fresh}
    assert "hiện tại không đúng" in hoa.post("/account/password", data).text
    assert hoa.post("/account/password", data | {"before": PASSWORD}).status_code == 303
    assert hoa.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    assert visitor(app).sign_in(password=fresh).status_code == 303


def test_the_language_chosen_is_kept(app: Flask, hoa: Visitor) -> None:
    hoa.post("/account/language", {"language": "en"}, of="/account")
    assert 'lang="en"' in hoa.get("/account").text
    assert hoa.post("/account/language", {"language": "xx"}, of="/account").status_code == 422
    other = visitor(app)
    other.sign_in()
    assert 'lang="en"' in other.get("/account").text


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", ["/sign-in", "/account/forgotten", "/account/link/abc"])
def test_the_pages_at_the_door_stand_in_both_languages(app: Flask, path: str, lang: str) -> None:
    assert f'lang="{lang}"' in visitor(app).get(f"{path}?lang={lang}").text


def test_the_frame_shows_only_the_parts_one_may_open(app: Flask, hoa: Visitor) -> None:
    page: Any = hoa.get("/account").text
    assert 'href="/inbox"' in page
    assert 'href="/admin"' not in page


def test_a_page_before_signing_in_asks_the_database_nothing(app: Flask, count_queries: Any) -> None:
    with count_queries() as seen:
        visitor(app).get("/sign-in")
    assert not [statement for statement in seen if "user_account" in statement]
