"""A citizen sees the own data, has it put right, and an official answers: in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from citizenfeedback.domain.vocabulary import CaseKind, MailKind
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import NoticeContact
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.services.registering import Registered
from citizenfeedback.services.transaction import transaction
from tests.browser.conftest import PHONE, Office, assert_clean_everywhere
from tests.conftest import NOON
from tests.services.desk import DUC, Desk
from tests.services.test_erasing import add_paper

if TYPE_CHECKING:
    from playwright.sync_api import Page

OPEN_CASE = "main form[action='/track'] button[type=submit]"


@pytest.fixture
def own_case(office: Office, keys: Keys) -> Registered:
    """A petition with a confirmed address and a paper."""
    with office.app.app_context():
        gateways = office.app.extensions["citizenfeedback_gateways"]
        desk = Desk(db.session(), keys, NOON, gateways.files)
        case = desk.file(CaseKind.PETITION, notify="mang@example.vn")
        add_paper(desk, case)
        with transaction() as writing:
            writing.execute(update(NoticeContact).values(confirmed_at=NOON))
        db.session.remove()
    return case


def newest_code(office: Office, keys: Keys, case: Registered) -> str:
    with office.app.app_context():
        sealed = db.session.scalars(
            select(OutgoingMessage.secret).where(
                OutgoingMessage.kind == MailKind.CITIZEN_PROOF, OutgoingMessage.case_id == case.id
            )
        ).one()
        db.session.remove()
    return keys.unseal(sealed or b"")


@pytest.mark.parametrize(("lang", "script"), [("vi", True), ("en", False)])
def test_is_a_name_put_right_from_the_phone_to_the_office_and_back(
    open_page: Callable[..., Page],
    office: Office,
    keys: Keys,
    own_case: Registered,
    lang: str,
    script: bool,
) -> None:
    page = open_page(viewport=PHONE, script=script)
    page.goto(f"/track?lang={lang}")
    page.locator("input[name=code]").fill(own_case.access_code)
    page.locator(OPEN_CASE).click()
    page.locator("a[href='/track/data']").click()
    if script:
        assert_clean_everywhere(page)
    page.locator("form[action='/track/proof'] button").click()
    page.locator("input[name=code]").fill(newest_code(office, keys, own_case))
    page.locator("form[action='/track/proof/check'] button").click()
    for path in ("/track/data/contact", "/track/data/erasure/papers", "/track/data/erasure/phone"):
        page.goto(path)
        if script:
            assert_clean_everywhere(page)
    page.goto("/track/data")
    page.locator("a[href='/track/data/correction/name']").click()
    page.locator("textarea[name=words]").fill("Lò Thị Mằng")
    page.locator("form[action='/track/data/correction/name'] button").click()
    page.wait_for_url("**/track/data")
    if script:
        assert_clean_everywhere(page)
    official = open_page(DUC, script=script)
    official.goto(f"/inbox/cases/{own_case.number}?lang={lang}")
    official.locator(f"a[href='/inbox/cases/{own_case.number}/data']").click()
    if script:
        assert_clean_everywhere(official)
    official.locator("input[name=outcome][value=done]").check()
    official.locator("input[name=value]").fill("Lò Thị Mằng")
    official.locator("textarea[name=text]").fill("Đã sửa tên.")
    official.locator(f"form[action='/inbox/cases/{own_case.number}/data'] button").click()
    official.wait_for_url(f"**/inbox/cases/{own_case.number}")
    page.goto("/track/data")
    assert page.get_by_text("Lò Thị Mằng").count()
    assert page.locator("#asked").count() == 1
