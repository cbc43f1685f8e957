"""What an official had typed when the session ended comes back after signing in, to nobody else."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from citizenfeedback.domain.vocabulary import CaseKind
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.clock import SetClock
from citizenfeedback.models.base import db
from citizenfeedback.models.timeline import CaseMessage
from citizenfeedback.web import keeping
from tests.conftest import NOON
from tests.people import PASSWORD, Visitor
from tests.services.desk import DUC, HOA, Desk
from tests.web.inbox.test_pages import Come, come, desk, text

__all__ = ["come", "desk"]

WRITTEN = "Một đoạn dài đang viết dở\nvà một dòng nữa"


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.split("<main", 1)[1])
    return {name: unescape(value) for name, value in found}


def late(browser: Visitor, path: str, clock: SetClock, **more: Any) -> Any:
    """Send a form that was drawn before the session ended."""
    drawn = browser.get(path)
    sent = {**hidden(drawn.text), "csrf_token": browser.token(path), **more}
    clock.moment = NOON + timedelta(hours=11)
    return browser.client.post(path, data=sent)


def again(browser: Visitor, asked: Any, user: int = HOA, password: str = PASSWORD) -> Any:
    """Sign in on the page that asked."""
    fields = {"email": f"u{user}@example.vn", "password": password}
    return browser.client.post(
        "/sign-in",
        data={**hidden(asked.text), **fields, "csrf_token": browser.token("/sign-in")},
    )


def message_page(desk: Desk) -> str:
    """Where Hoa writes to the sender of a case of hers."""
    case = desk.file(CaseKind.REFLECTION)
    desk.put(case, assignee_id=HOA)
    return f"/inbox/cases/{case.number}/message"


def test_what_was_typed_comes_back_and_is_sent(desk: Desk, come: Come, clock: SetClock) -> None:
    browser = come(HOA)
    path = message_page(desk)
    asked = late(browser, path, clock, text=WRITTEN)
    assert asked.status_code == 422
    assert "nội dung đang viết vẫn còn" in text(asked)
    assert "dòng nữa" not in asked.text, "nobody at this screen reads it before its writer is back"
    wrong = again(browser, asked, password="sai rồi nhé")
    assert wrong.status_code == 422
    back = again(browser, wrong)
    assert back.status_code == 200
    assert WRITTEN in unescape(back.text)
    assert f'action="{path}"' in back.text
    assert db.session.scalars(select(CaseMessage.id)).all() == []
    fields = hidden(back.text)
    assert fields["text"] == WRITTEN
    sent = browser.client.post(path, data={**fields, "csrf_token": browser.token("/account")})
    assert sent.status_code == 303
    assert db.session.scalars(select(CaseMessage.body)).one() == WRITTEN


def test_it_opens_to_nobody_else(desk: Desk, come: Come, clock: SetClock) -> None:
    come(DUC)
    browser = come(HOA)
    asked = late(browser, message_page(desk), clock, text=WRITTEN)
    other = again(browser, asked, DUC)
    assert other.status_code == 303
    assert "là của người khác" in text(browser.get(other.location))


def test_a_file_is_chosen_again(desk: Desk, come: Come, clock: SetClock) -> None:
    browser = come(HOA)
    case = desk.file(CaseKind.REFLECTION)
    desk.put(case, assignee_id=HOA)
    path = f"/inbox/cases/{case.number}/add_document"
    asked = late(browser, path, clock, files=(io.BytesIO(b"%PDF-"), "bien-ban.pdf"))
    back = again(browser, asked)
    assert "Chọn lại tệp" in text(back)
    assert 'name="files" multiple' in back.text


def test_passwords_foreign_forms_and_answers_for_scripts_are_not_kept(
    desk: Desk, come: Come, clock: SetClock
) -> None:
    browser = come(HOA)
    path = message_page(desk)
    token = browser.token("/account")
    clock.moment = NOON + timedelta(hours=11)
    typed = {"csrf_token": token, "text": WRITTEN}
    for where, sent, how in (
        ("/account/password", {**typed, "password": "một mật khẩu mới"}, {}),
        (path, {**typed, "csrf_token": "made up"}, {}),
        (path, typed, {"Accept": "application/json"}),
        (path, {**typed, "text": "x" * (keeping.MOST_LETTERS + 1)}, {}),
    ):
        answer = browser.client.post(where, data=sent, headers=how)
        assert answer.location == "/sign-in", where
        assert "chưa được lưu" in browser.get("/sign-in").text


@pytest.mark.parametrize("sealed", ["", "made-up", "đ", "A" * 4000])
def test_what_nobody_kept_opens_nothing(app: Flask, gateways: Gateways, sealed: str) -> None:
    with app.test_request_context("/sign-in"):
        assert keeping.kept_form(sealed, HOA) is None
