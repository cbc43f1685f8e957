"""Refusals, corrections and leaders' duty through their pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from citizenfeedback.domain.vocabulary import Role
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.receptions import Reception, RefusalNotice, Sitting
from tests.people import Visitor, make_user
from tests.web.receptions.test_views import NAME, Office

DAY = {"refused_on-day": "23", "refused_on-month": "11", "refused_on-year": "2026"}


@pytest.fixture
def office(app: Flask, gateways: Gateways) -> Office:
    """The office, with the leader of its department."""
    made = Office(app, gateways)
    with app.app_context():
        make_user(gateways, made.land, Role.UNIT_LEADER, email="duc@qn.vn", name="Trần Văn Đức")
    return made


@pytest.fixture
def lan(office: Office) -> Visitor:
    """The reception officer's browser."""
    return office.browser("lan@qn.vn")


def refusal(office: Office, **more: Any) -> dict[str, Any]:
    """What the officer types about somebody who was not received."""
    return {
        **DAY,
        "unit": office.land,
        "ground": "TC9-3",
        "name": NAME,
        "id_no": "022190001234",
        "address": "Thôn Khe Cát",
        "kind": "complaint",
        "summary": "việc bồi thường đất đã giải quyết",
        "explanation": "Đã giải thích quyết định có hiệu lực",
        **more,
    }


def version(page: str) -> dict[str, str]:
    """The version of the notice that a page shows."""
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found is not None
    return {"version": found[1]}


def act(who: Visitor, path: str, typed: dict[str, Any] | None = None) -> Any:
    """Press a button of a page: the token stands on any form of this person's session."""
    return who.post(path, typed or {}, of="/receptions/refusals/new")


PAGES = ("/receptions/refusals", "/receptions/refusals/new", "/receptions/duty")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_in_both_languages(lan: Visitor, path: str, lang: str) -> None:
    answer = lan.get(f"{path}?lang={lang}")
    assert answer.status_code == 200
    assert f'lang="{lang}"' in answer.text


@pytest.mark.both_databases
def test_a_refusal_goes_from_the_record_to_the_proof_of_sending(
    office: Office, lan: Visitor
) -> None:
    answer = lan.post("/receptions/refusals/new", refusal(office))
    assert answer.status_code == 303
    path = answer.headers["Location"]
    page = lan.get(path).text
    assert "26/11/2026" in page
    assert "Nghị định 154/2026" in page
    assert "26/11/2026" in lan.get("/receptions/refusals").text
    assert act(lan, f"{path}/notice", {}).status_code == 303
    page = lan.get(path).text
    edit = lan.get(f"{path}/notice/edit").text
    assert NAME in edit
    typed = {"summary": "Về việc từ chối", "addressee": NAME, "body": "Từ chối tiếp./."}
    unsaid = typed | {"sign_authority": "deputy", "sign_name": "Vũ Thị Ví Dụ"}
    refused = act(lan, f"{path}/notice/edit", unsaid | version(edit))
    assert refused.status_code == 422
    assert "Khối chữ ký còn thiếu" in refused.text
    typed = unsaid | {"sign_own": "Phó Giám đốc"}
    assert act(lan, f"{path}/notice/edit", typed | version(edit)).status_code == 303
    stale = act(lan, f"{path}/notice/submit", version(edit))
    assert stale.status_code == 409
    assert act(lan, f"{path}/notice/submit", version(lan.get(path).text)).status_code == 303
    assert act(lan, f"{path}/notice/issue", {}).status_code == 404
    duc = office.browser("duc@qn.vn")
    back = act(duc, f"{path}/notice/back", version(duc.get(path).text) | {"reason": "Viết rõ"})
    assert back.status_code == 303
    assert "Viết rõ" in lan.get(path).text
    for who, step in ((lan, "submit"), (duc, "approve"), (duc, "issue")):
        assert act(who, f"{path}/notice/{step}", version(who.get(path).text)).status_code == 303
    page = lan.get(path).text
    assert "Số 01/TB-" in page
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        paper = lan.get(f"{path}/notice.{form}")
        assert paper.data.startswith(start)
        assert paper.headers["Cache-Control"] == "no-store"
    sent = {"way": "post", "on-day": "23", "on-month": "11", "on-year": "2026"}
    wrong = act(lan, f"{path}/notice/send", sent | version(page))
    assert wrong.status_code == 422
    assert (
        act(lan, f"{path}/notice/send", sent | version(page) | {"proof": "EA1"}).status_code == 303
    )
    assert "EA1" in lan.get(path).text
    assert "Thông báo phải gửi" not in lan.get("/receptions/refusals").text
    assert office.one(select(Reception.id)) is None


def test_an_oral_ground_needs_only_the_record(office: Office, lan: Visitor) -> None:
    typed = refusal(office, ground="TC9-2", name="", id_no="", address="")
    path = lan.post("/receptions/refusals/new", typed).headers["Location"]
    assert "chỉ cần giải thích trực tiếp" in lan.get(path).text
    assert act(lan, f"{path}/notice", {}).status_code == 409
    assert office.one(select(RefusalNotice.refusal_id)) is None


def test_wrong_input_is_said_and_kept(office: Office, lan: Visitor) -> None:
    answer = lan.post("/receptions/refusals/new", refusal(office, address=""))
    assert answer.status_code == 422
    assert NAME in answer.text
    assert lan.post("/receptions/refusals/new", {}).status_code == 422


def test_a_denouncer_is_named_on_no_page(office: Office, lan: Visitor) -> None:
    answer = lan.post("/receptions/refusals/new", refusal(office, kind="denunciation"))
    path = answer.headers["Location"]
    act(lan, f"{path}/notice", {})
    for where in (path, f"{path}/notice/edit", "/receptions/refusals"):
        assert NAME not in lan.get(where).text, where


def test_who_may_look_and_who_may_write(office: Office, lan: Visitor) -> None:
    path = lan.post("/receptions/refusals/new", refusal(office)).headers["Location"]
    act(lan, f"{path}/notice", {})
    for email, look in (("tinh@qn.vn", 200), ("hoa@qn.vn", 200), ("quan@qn.vn", 404)):
        someone = office.browser(email)
        assert someone.get(path).status_code == look, email
    hoa = office.browser("hoa@qn.vn")
    assert hoa.get(f"{path}/notice.pdf").status_code == 404
    assert hoa.get("/receptions/refusals/new").status_code == 404
    assert NAME not in office.browser("tra@qn.vn").get(path).text


@pytest.mark.both_databases
def test_a_visit_is_corrected_and_says_so(office: Office, lan: Visitor) -> None:
    path = lan.post("/receptions/new", office.entry(people="70")).headers["Location"]
    form = lan.get(f"{path}/correct").text
    assert 'value="70"' in form
    assert NAME in form
    typed = office.entry(people="7")
    assert act(lan, f"{path}/correct", typed).status_code == 422
    assert act(lan, f"{path}/correct", typed | {"reason": "Gõ thừa số 0"}).status_code == 303
    page = lan.get(path).text
    for text in ("Đã sửa", "Gõ thừa số 0", "trước ghi “70”"):
        assert text in page
    assert "Đã sửa" in lan.get("/receptions").text
    assert office.one(select(Reception.people)) == 7
    same = act(lan, f"{path}/correct", typed | {"reason": "Không đổi"})
    assert same.status_code == 422
    assert office.browser("hoa@qn.vn").get(f"{path}/correct").status_code == 404


@pytest.mark.both_databases
def test_a_leaders_day_is_planned_held_and_counted_as_duty(office: Office, lan: Visitor) -> None:
    plan = {
        "held_on-day": "7",
        "held_on-month": "12",
        "held_on-year": "2026",
        "unit": office.land,
        "kind": "periodic",
        "received_by": "head",
        "visitors": "0",
    }
    path = lan.post("/receptions/sittings/new", plan).headers["Location"]
    page = lan.get(path).text
    assert "Dự kiến" in page
    assert "30/11/2026" in page
    assert act(lan, f"{path}/held", {"visitors": "0"}).status_code == 409
    assert office.one(select(Sitting.held)) is False
    today = plan | {"held_on-day": "23", "held_on-month": "11", "reason": "Đổi ngày"}
    assert act(lan, f"{path}/correct", today | {"reason": ""}).status_code == 422
    assert "30/11" in lan.get(f"{path}").text
    assert act(lan, f"{path}/correct", today).status_code == 303
    assert "0</td>" in lan.get("/receptions/duty?month=2026-11").text
    assert act(lan, f"{path}/held", {}).status_code == 422
    assert act(lan, f"{path}/held", {"visitors": "0"}).status_code == 303
    duty = lan.get("/receptions/duty?month=2026-11").text
    assert "1</td>" in duty
    assert "Đủ" in duty
    assert "không ai đến" in lan.get("/receptions/sittings").text
    assert "Đổi ngày" in lan.get(path).text
    assert lan.get("/receptions/duty?month=x").status_code == 200
