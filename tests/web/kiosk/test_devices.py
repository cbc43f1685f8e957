"""An enrolled screen: its code, its key, what it may send and what it is told."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from datetime import UTC, datetime, time
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.vocabulary import RatingDoubt, Role
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.devices import KioskDevice
from citizenfeedback.models.ratings import Rating, RatingAnswer
from citizenfeedback.queries.points import questions_of
from citizenfeedback.services import kiosks
from citizenfeedback.services.questions import Period, ask_question
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


def test_stand_the_faces_in_the_page_before_any_script(screen: Visitor) -> None:
    page = screen.get("/kiosk/screen").text
    assert page.count('class="face-coming"') == 5
    assert page.index("Ông/bà được phục vụ như thế nào?") < page.index("Rất tốt")


def test_has_the_screen_all_it_shows_in_its_languages(screen: Visitor, counter: Counter) -> None:
    data = screen.get("/kiosk/mine/data").json
    assert data["point"] == {"code": CODE, "name": "Quầy số 1"}
    assert [one["id"] for one in data["staff"]] == list(counter.staff)
    assert data["texts"]["en"]["faces"]["5"]
    assert data["staff"][0]["number"] == f"CB0-{CODE}"
    assert (data["hours"]["from"], data["hours"]["to"]) == (7 * 60 + 15, 17 * 60 + 15)
    assert "2026-11-28" in data["hours"]["off"], "a Saturday"
    assert "2026-11-27" not in data["hours"]["off"]
    assert "07:30 – 17:00" in data["texts"]["vi"]["closed"]
    assert [one["name"] for one in data["asked"]["complaint"]["entries"]][:2] == ["words", "name"]
    assert data["asked"]["complaint"]["signature"]
    assert not data["asked"]["reflection"]["signature"]
    assert "denunciation" not in data["asked"]
    assert data["texts"]["vi"]["missing"]["address"]
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


def test_are_answers_to_the_questions_of_the_point_kept(
    screen: Visitor, counter: Counter, session: Session, gateways: Gateways
) -> None:
    """Does a screen learn what to ask, and are answers kept that fit, others refused?"""
    ask_question(
        SYSTEM,
        counter.point_id,
        "DRS01",
        Period(NOON.date(), None),
        keys=gateways.keys,
        now=NOON,
    )
    data = screen.get("/kiosk/mine/data").json
    assert [(one["code"], one["scale"]) for one in data["questions"]] == [("DRS01", "yes_no")]
    assert data["texts"]["en"]["items"]["DRS01"]
    told = [
        tap(1),
        {"kind": "detail", "seq": 2, "of": 1, "answers": {"DRS01": 0}},
        {"kind": "detail", "seq": 3, "of": 1, "answers": {"DRS01": 7}},
        {"kind": "detail", "seq": 4, "of": 1, "answers": {"ATT01": 5}},
        {"kind": "detail", "seq": 5, "of": 1, "answers": {"DRS01": "x"}},
        {"kind": "detail", "seq": 6, "of": 1, "answers": [1]},
    ]
    said = send(screen, *told).json
    assert (said["stored"], sorted(said["refused"])) == ([1, 2], [3, 4, 5, 6])
    kept = session.execute(select(RatingAnswer.criterion, RatingAnswer.value)).all()
    assert [tuple(one) for one in kept] == [("DRS01", 0)]


def test_has_a_screen_hours_of_its_own(
    screen: Visitor, session: Session, gateways: Gateways
) -> None:
    device = session.scalars(select(KioskDevice)).one()
    wanted = kiosks.DeviceWanted("Một", ["en"], time(13), time(16))
    kiosks.change_device(SYSTEM, device.id, wanted, keys=gateways.keys, now=NOON)
    assert screen.get("/kiosk/mine/data").json["languages"] == ["en"]
    send(screen, tap(1), sent=SENT)
    assert session.scalars(select(Rating.doubt)).one() is RatingDoubt.OUTSIDE_OPENING_HOURS
    for wrong, code in (
        (kiosks.DeviceWanted("", ["en"]), "name_missing"),
        (kiosks.DeviceWanted("Một", ["fr"]), "languages_missing"),
        (kiosks.DeviceWanted("Một", ["vi"], time(9), time(8)), "closes_before_opening"),
    ):
        with pytest.raises(RuleBroken, match=code):
            kiosks.change_device(SYSTEM, device.id, wrong, keys=gateways.keys, now=NOON)


def test_does_an_administrator_choose_questions_and_change_a_screen(
    app: Flask, screen: Visitor, counter: Counter, gateways: Gateways, session: Session
) -> None:
    make_user(gateways, make_unit(gateways, "QN"), Role.ADMINISTRATOR)
    admin = visitor(app)
    admin.sign_in()
    page = f"/admin/points/{counter.point_id}/questions"
    day = {"first-day": "1", "first-month": "12", "first-year": "2026"}
    assert admin.post(page, {"criterion": "ATT02"} | day).status_code == 303
    assert "Giao tiếp lịch sự" in admin.get(page).text
    assert "đã được hỏi" in admin.post(page, {"criterion": "ATT02"} | day).text
    assert admin.post(page, {"criterion": "nothing"}).status_code == 422
    question = questions_of(counter.point_id)[0].id
    assert admin.post(f"{page}/{question}", of=page).status_code == 303
    assert questions_of(counter.point_id) == ()
    device = session.scalars(select(KioskDevice.id)).one()
    page = f"/admin/devices/{device}"
    change = {"name": "Cạnh cửa", "languages": ["vi"], "opens": "8:00", "closes": "16:30"}
    assert admin.post(page, change).status_code == 303
    assert 'value="08:00"' in admin.get(page).text
    assert admin.post(page, change | {"closes": "7:00"}).status_code == 422
    assert admin.get("/admin/devices/999999").status_code == 404


def test_is_a_picture_of_staff_drawn_anew_and_small(
    app: Flask, screen: Visitor, counter: Counter, gateways: Gateways
) -> None:
    make_user(gateways, make_unit(gateways, "QN"), Role.ADMINISTRATOR)
    admin = visitor(app)
    admin.sign_in()
    page = f"/admin/staff/{counter.staff[0]}"

    def send_photo(content: bytes) -> Any:
        return admin.post(f"{page}/photo", {"photo": (io.BytesIO(content), "a.png")}, of=page)

    out = io.BytesIO()
    Image.new("RGB", (600, 900), "#8E1B1F").save(out, "PNG")
    assert send_photo(out.getvalue() + b"<script>secret</script>").status_code == 303
    shown = screen.get("/kiosk/mine/data").json["staff"][0]["photo"]
    picture = b64decode(shown.removeprefix("data:image/jpeg;base64,"))
    assert Image.open(io.BytesIO(picture)).size == (240, 240)
    assert b"secret" not in picture
    assert send_photo(b"%PDF-1.4 not a picture").status_code == 422
    assert send_photo(b"nothing").status_code == 422
    assert admin.post(f"{page}/photo", of=page).status_code == 422
    assert admin.post(f"{page}/photo", {"go": "remove"}, of=page).status_code == 303
    assert screen.get("/kiosk/mine/data").json["staff"][0]["photo"] == ""
