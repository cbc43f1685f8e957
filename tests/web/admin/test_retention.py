"""The administrator sees what goes before it goes; nobody else does."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import Role
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.clock import SetClock
from citizenfeedback.queries import retention as queries
from citizenfeedback.web.admin import retention
from tests.conftest import NOON
from tests.people import make_user, visitor
from tests.services.desk import BUILDING, open_desk
from tests.services.test_retaining import refused


def test_is_each_term_shown_with_its_source_and_what_goes(
    app: Flask, session: Session, gateways: Gateways, clock: SetClock
) -> None:
    refused(open_desk(session, gateways.keys))
    make_user(gateways, BUILDING, Role.ADMINISTRATOR, email="an@qn.vn")
    make_user(gateways, BUILDING, Role.HANDLER, email="xu@qn.vn")
    clock.moment = NOON + timedelta(days=350)
    browser = visitor(app)
    browser.sign_in("an@qn.vn")
    page = browser.get("/admin/retention").text
    assert "Thông tư 07/2014/TT-TTCP, điều 28" in page
    assert "cơ quan tự đặt" in page
    assert "Đến hết ngày 08/12/2027 thêm 1 mục." in page
    assert "How long data is kept" in browser.get("/admin/retention?lang=en").text
    other = visitor(app)
    other.sign_in("xu@qn.vn")
    assert other.get("/admin/retention").status_code == 404


def test_is_a_dash_where_nothing_is_counted_and_never_less_than_there_is(
    app: Flask, session: Session, gateways: Gateways, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(session, gateways.keys)
    refused(desk)
    refused(desk)
    make_user(gateways, BUILDING, Role.ADMINISTRATOR, email="an@qn.vn")
    monkeypatch.setattr(retention, "MOST_COUNTED", 2)
    monkeypatch.setattr(queries, "MOST_COUNTED", 2)

    def numbers(what: str, later: int) -> list[str]:
        app.extensions["citizenfeedback_gateways"].clock.moment = NOON + timedelta(days=later)
        browser = visitor(app)
        browser.sign_in("an@qn.vn")
        row = browser.get("/admin/retention").text.partition(f">{what}")[2].partition("</tr>")[0]
        return re.findall(r'class="num"[^>]*>([^<]*)<', row)

    assert numbers("Sổ tiếp công dân", 0) == ["–", "–", "–"], "kept for good"
    assert numbers("Đơn viết dở", 0) == ["–", "–", "–"], "cleared away by other work"
    assert numbers("Thư đã gửi", 0) == ["0", "0", "–"], "no case holds a mail back"
    assert numbers("Đơn không đủ điều kiện", 0) == ["0", "0", "0"]
    assert numbers("Đơn không đủ điều kiện", 367) == ["từ 2 trở lên", "0", "0"]
