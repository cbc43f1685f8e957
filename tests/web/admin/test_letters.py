"""The administrator's pages of letters: texts, their check and preview, paragraphs, letterheads."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert
from sqlalchemy.orm import Session

from citizenfeedback.documents.letters import shipped_template
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.law.forms import FORMS, form_of_template
from citizenfeedback.domain.vocabulary import Role
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.accounts import UserRole
from citizenfeedback.queries.templates import own_template
from citizenfeedback.services import accounts
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import PASSWORD, Visitor, visitor
from tests.services.desk import BUILDING, DUC, HOA, open_desk

TEMPLATE = "nd155/complaint_accepted"
TEXT = f"/admin/letters/text/{TEMPLATE}"


@pytest.fixture
def come(app: Flask, session: Session, gateways: Gateways) -> Callable[[int], Visitor]:
    """Sign somebody of the office in; Duc is its administrator too."""
    open_desk(session, gateways.keys)
    with transaction() as writing:
        writing.execute(insert(UserRole).values(user_id=DUC, role=Role.ADMINISTRATOR))

    def sign_in(user_id: int) -> Visitor:
        link = accounts.issue_reset(SYSTEM, user_id, keys=gateways.keys, now=NOON)
        accounts.set_password(
            link.token, PASSWORD, keys=gateways.keys, passwords=gateways.passwords, now=NOON
        )
        browser = visitor(app)
        assert browser.sign_in(f"u{user_id}@example.vn").status_code == 303
        return browser

    return sign_in


def test_is_a_text_checked_previewed_put_in_use_and_taken_back(
    come: Callable[[int], Visitor],
) -> None:
    duc = come(DUC)
    listed = duc.get("/admin/letters")
    assert TEMPLATE in listed.text
    body = shipped_template(form_of_template(TEMPLATE))
    wrong = duc.post(TEXT, {"body": "[body]\n{{ nothing }}", "unit": ""})
    assert wrong.status_code == 422
    assert "nothing" in wrong.text
    preview = duc.post(TEXT, {"body": body, "unit": "", "preview": "1"})
    assert preview.data.startswith(b"%PDF")
    assert own_template(TEMPLATE, BUILDING) is None
    saved = duc.post(TEXT, {"body": f"{body}\nThêm một câu.", "unit": str(BUILDING)})
    assert saved.status_code == 303
    assert "Thêm một câu." in (own_template(TEMPLATE, BUILDING) or "")
    page = duc.get(TEXT)
    assert "Sở Xây dựng" in page.text
    assert duc.get(f"{TEXT}?version=1").status_code == 200
    assert duc.get(f"{TEXT}?version=99").status_code == 404
    back = duc.post(f"/admin/letters/shipped/{TEMPLATE}", {"unit": str(BUILDING)}, of=TEXT)
    assert back.status_code == 303
    assert own_template(TEMPLATE, BUILDING) is None


@pytest.mark.parametrize("row", FORMS[::9], ids=lambda row: row.template)
def test_can_every_text_be_seen_and_previewed(come: Callable[[int], Visitor], row: Any) -> None:
    duc = come(DUC)
    address = f"/admin/letters/text/{row.template}"
    assert duc.get(address).status_code == 200
    body = shipped_template(row)
    made = duc.post(address, {"body": body, "unit": "", "preview": "1"})
    assert made.data.startswith(b"%PDF")


def seen_in(page: Any) -> str:
    """The mark of what stood when a page was shown."""
    found = re.search(r'name="seen"[^>]*value="([^"]*)"', page.text)
    assert found is not None
    return found[1]


def test_are_paragraphs_added_changed_and_refused(come: Callable[[int], Visitor]) -> None:
    duc = come(DUC)
    new = "/admin/paragraphs/new"
    assert duc.post(new, {"title": "", "body": "x"}).status_code == 422
    wrong = duc.post(new, {"title": "Mời", "body": "{{ nothing }}", "active": "1"})
    assert wrong.status_code == 422
    assert duc.post(new, {"title": "Mời", "body": "Mời {{ person }}."}).status_code == 303
    assert "Mời" in duc.get("/admin/paragraphs").text
    one = "/admin/paragraphs/1"
    shown = seen_in(duc.get(one))
    wanted = {"title": "Mời lại", "body": "Mời.", "active": "1", "unit": "", "seen": shown}
    assert duc.post(one, wanted).status_code == 303
    assert duc.post(one, wanted).status_code == 303, "the same again is no change"
    late = duc.post(one, wanted | {"title": "Bản đến sau"})
    assert late.status_code == 422
    for told in ("Người khác vừa sửa mục này", "Bản đến sau", "<strong>Mời lại</strong>"):
        assert told in late.text
    assert "Mời lại" in duc.get(one).text
    again = wanted | {"title": "Bản đến sau", "seen": seen_in(late)}
    assert duc.post(one, again).status_code == 303
    assert duc.get("/admin/paragraphs/99").status_code == 404


def test_is_a_letterhead_kept(come: Callable[[int], Visitor]) -> None:
    duc = come(DUC)
    address = f"/admin/letterheads/{BUILDING}"
    shown = seen_in(duc.get(address))
    assert duc.post(address, {"short": "SXDQN", "seen": shown}).status_code == 303
    assert "SXDQN" in duc.get(address).text
    late = duc.post(address, {"short": "SXD2", "seen": shown})
    assert late.status_code == 422
    assert "<dd>SXDQN</dd>" in late.text
    assert "SXD2" in late.text
    assert duc.post(address, {"short": "SXD2", "seen": seen_in(late)}).status_code == 303
    assert duc.get("/admin/letterheads/99").status_code == 404


def test_are_the_pages_the_administrators_alone(come: Callable[[int], Visitor]) -> None:
    hoa = come(HOA)
    for path in ("/admin/letters", TEXT, "/admin/paragraphs", "/admin/letterheads/2"):
        assert hoa.get(path).status_code == 404
