"""An enrolled screen: its code, its key, what it may send and what it is told."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.vocabulary import Role
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.ratings import Rating
from citizenfeedback.services import kiosks
from tests.conftest import NOON
from tests.people import Visitor, make_unit, make_user, visitor
from tests.places import CODE, Counter, make_counter

SENT = int(NOON.timestamp() * 1000)


@pytest.fixture
def counter(session: Session) -> Counter:
    return make_counter("Nguyễn Thị Hồng Liên")


@pytest.fixture
def screen(app: Flask, counter: Counter, gateways: Gateways) -> Visitor:
    issued = kiosks.create_device(
        SYSTEM, counter.point_id, "Một", ["vi", "en"], keys=gateways.keys, now=gateways.clock.now()
    )
    found = visitor(app)
    answer = found.post("/kiosk/enrol", {"code": issued.code})
    assert answer.location.endswith("/kiosk/screen")
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if "kiosk-device" in one)
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/kiosk" in cookie
    return found


def send(screen: Visitor, *entries: object, **more: object) -> Any:
    queue = screen.get("/kiosk/mine/data").json["queue"]
    body = {
        "queue": queue,
        "series": str(uuid4()),
        "sent": int(datetime.now(UTC).timestamp() * 1000),
        "waiting": len(entries),
        "version": "v",
        "entries": list(entries),
    }
    return screen.client.post(f"/kiosk/{CODE}/deliver", json=body | more)


def tap(seq: int = 1, **more: object) -> dict[str, object]:
    return {"kind": "tap", "seq": seq, "at": SENT, "score": 4, **more}


def test_is_a_wrong_code_said_and_no_key_given(app: Flask, counter: Counter) -> None:
    answer = visitor(app).post("/kiosk/enrol", {"code": "AAAAA-AAAAA"})
    assert answer.status_code == 422
    assert "đã hết hạn" in answer.text


def test_is_a_screen_without_a_key_sent_to_enrol_and_refused(app: Flask, counter: Counter) -> None:
    stranger = visitor(app)
    assert stranger.get("/kiosk/screen").location.endswith("/kiosk/enrol")
    assert stranger.get("/kiosk/mine/data").status_code == 401
    assert stranger.client.post(f"/kiosk/{CODE}/deliver", json={}).status_code == 401


def test_has_the_screen_all_it_shows_in_its_languages(screen: Visitor, counter: Counter) -> None:
    data = screen.get("/kiosk/mine/data").json
    assert data["point"] == {"code": CODE, "name": "Quầy số 1"}
    assert [one["id"] for one in data["staff"]] == list(counter.staff)
    assert data["texts"]["en"]["faces"]["5"]
    assert screen.get("/kiosk/elsewhere/data").status_code == 404
    assert 'data-version="' in screen.get("/kiosk/screen").text


def test_does_the_worker_name_files_that_are_there(screen: Visitor) -> None:
    script = screen.get("/kiosk/worker.js")
    assert script.headers["Service-Worker-Allowed"] == "/kiosk"
    found = re.findall(r'"(/static/[^"]+)"', script.text)
    assert len(found) > 8
    for address in found:
        with screen.get(address) as answer:
            assert answer.status_code == 200, address


def test_is_a_delivery_acknowledged_and_stored_once(session: Session, screen: Visitor) -> None:
    series = str(uuid4())
    more = {"kind": "detail", "seq": 2, "of": 1, "reasons": ["ATT05"], "comment": "Lâu"}
    for _ in range(2):
        answer = send(screen, tap(since=9000), more, tap(3, score="x"), {"seq": 4}, series=series)
        assert answer.json["stored"] == [1, 2]
        assert sorted(answer.json["refused"]) == [3, 4]
    assert session.scalar(select(func.count()).select_from(Rating)) == 1
    assert send(screen).json["stored"] == []


@pytest.mark.parametrize(
    "more",
    [
        {"entries": "x"},
        {"entries": [1]},
        {"entries": [{"seq": -1}]},
        {"entries": [{"seq": 1}] * 101},
        {"series": "x"},
        {"sent": "x"},
        {"sent": 10**30},
        {"queue": 5},
    ],
)
def test_is_a_delivery_out_of_shape_refused(screen: Visitor, more: dict[str, object]) -> None:
    assert send(screen, **more).status_code == 400


def test_is_what_is_no_delivery_refused(screen: Visitor) -> None:
    assert screen.client.post(f"/kiosk/{CODE}/deliver", data="x").status_code == 400
    assert screen.client.post(f"/kiosk/{CODE}/deliver", data="x" * 500_000).status_code == 413


def test_does_an_administrator_add_and_revoke_a_screen(
    app: Flask, counter: Counter, gateways: Gateways
) -> None:
    make_user(gateways, make_unit(gateways, "SO"), Role.ADMINISTRATOR)
    boss = visitor(app)
    boss.sign_in()
    form = {"point": str(counter.point_id), "name": "Cạnh cửa", "languages": ["vi"]}
    assert boss.post("/admin/devices/new", {**form, "name": ""}).status_code == 422
    page = boss.post("/admin/devices/new", form)
    assert re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", page.text)
    assert "Chờ nhập mã" in boss.get("/admin/devices").text
    assert boss.post("/admin/devices/1/revoke", of="/admin/devices").status_code == 303
    assert "Đã thôi dùng" in boss.get("/admin/devices").text
