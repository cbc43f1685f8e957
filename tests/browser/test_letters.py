"""A complaint accepted by its letter, from the draft to the PDF, and every page of it looked at."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from citizenfeedback.domain.vocabulary import Action, CaseKind
from citizenfeedback.models.base import db
from citizenfeedback.services.registering import Registered
from tests.browser.conftest import ADMINISTRATOR, EVERYTHING, PHONE, Office, assert_clean
from tests.services.desk import DUC, HOA, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

SHOTS = os.environ.get("LETTER_SHOTS", "")


def look(page: Page, name: str, *, script: bool = True) -> None:
    """Nothing wrong with the page, which scripts must tell; a picture of it where asked for."""
    if script:
        assert_clean(page)
    if SHOTS:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)


def new_case(office: Office) -> Registered:
    """A complaint of its own, found eligible and ours, in Hoa's hands."""
    with office.app.app_context():
        gateways = office.app.extensions["citizenfeedback_gateways"]
        desk = Desk(db.session(), gateways.keys, gateways.clock.now(), gateways.files)
        case = desk.file(CaseKind.COMPLAINT, respondent="Phòng Kinh tế")
        desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
        desk.act(DUC, case, Action.ASSIGN, assignee=HOA)
        db.session.remove()
        return case


@pytest.mark.parametrize(
    ("viewport", "script"),
    [(EVERYTHING, True), (PHONE, True), (PHONE, False)],
    ids=["1280", "360", "360-no-script"],
)
def test_is_a_complaint_accepted_by_its_letter(
    open_page: Callable[..., Page], office: Office, viewport: ViewportSize, script: bool
) -> None:
    case = new_case(office)
    hoa = open_page(HOA, viewport=viewport, script=script)
    hoa.goto(f"/inbox/cases/{case.number}")
    look(hoa, "case", script=script)
    hoa.locator("a.btn--primary[href$='complaint_accepted?act=accept']").click()
    look(hoa, "new", script=script)
    hoa.locator("main .btn--primary").click()
    hoa.locator("textarea[name=body]").wait_for()
    look(hoa, "edit", script=script)
    body = hoa.locator("textarea[name=body]")
    body.fill(body.input_value().replace("………", "03") + "\nTrân trọng thông báo.")
    hoa.locator("main .btn--primary").click()
    look(hoa, "draft", script=script)
    hoa.get_by_role("button", name="Trình lãnh đạo duyệt").click()
    duc = open_page(DUC, viewport=viewport, script=script)
    duc.goto(hoa.url)
    look(duc, "submitted", script=script)
    duc.get_by_role("button", name="Duyệt văn bản").click()
    duc.get_by_role("button", name="Ban hành văn bản").click()
    look(duc, "issued", script=script)
    assert "/TB-SXD" in duc.locator("main").inner_text()
    with duc.expect_download() as waiting:
        duc.get_by_role("link", name="Bản đã ban hành (PDF)").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF")
    duc.goto(f"/inbox/cases/{case.number}")
    assert "Đã thụ lý" in duc.locator("main").inner_text()
    duc.goto("/inbox/register")
    look(duc, "register", script=script)


@pytest.mark.parametrize("viewport", [PHONE, EVERYTHING], ids=["360", "1280"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_are_the_administrators_pages_of_letters_clean(
    open_page: Callable[..., Page], viewport: ViewportSize, lang: str
) -> None:
    page = open_page(ADMINISTRATOR, viewport=viewport)
    for name, path in (
        ("admin-letters", "/admin/letters"),
        ("admin-text", "/admin/letters/text/nd155/complaint_accepted"),
        ("admin-paragraphs", "/admin/paragraphs"),
        ("admin-paragraph", "/admin/paragraphs/new"),
        ("admin-head", "/admin/letterheads/2"),
    ):
        page.goto(f"{path}?lang={lang}")
        look(page, f"{name}-{lang}")


def test_is_a_template_replaced_after_its_check_and_a_paragraph_inserted(
    open_page: Callable[..., Page], office: Office
) -> None:
    """The check names what is missing, the preview prints; the next draft follows the new text."""
    template = "/admin/letters/text/nd155/complaint_accepted"
    admin = open_page(ADMINISTRATOR)
    admin.goto(template)
    body = admin.locator("textarea[name=body]")
    shipped = body.input_value()
    body.fill(shipped.replace("{{ due_on|stop }}", "ngày mai."))
    admin.locator("main form .btn--primary").first.click()
    look(admin, "template-refused")
    assert "due_on" in " ".join(admin.locator("main [role=alert]").all_inner_texts())
    assert "ngày mai" in body.input_value(), "what was typed is kept"
    body.fill(shipped.replace("Thông báo để", "Mọi thắc mắc gửi về cơ quan.\nThông báo để"))
    with admin.expect_download() as waiting:
        admin.locator("main button[name=preview]").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF")
    admin.locator("main form .btn--primary").first.click()
    look(admin, "template-replaced")
    admin.goto("/admin/paragraphs/new")
    admin.locator("[name=title]").fill("Hướng dẫn đối thoại")
    admin.locator("textarea[name=body]").fill("Mời {{ person }} đến đối thoại.")
    admin.locator("select[name=letter]").select_option("complaint_accepted")
    admin.locator("select[name=field]").select_option("land")
    admin.locator("main form .btn--primary").click()
    case = new_case(office)
    hoa = open_page(HOA)
    hoa.goto(f"/inbox/cases/{case.number}/letters/new/complaint_accepted?act=accept")
    hoa.locator("main .btn--primary").click()
    written = hoa.locator("textarea[name=body]")
    assert "Mọi thắc mắc gửi về cơ quan." in written.input_value()
    hoa.locator("select[name=paragraph]").select_option(label="Hướng dẫn đối thoại")
    hoa.locator("button[name=insert]").click()
    look(hoa, "paragraph-inserted")
    assert written.input_value().endswith("biết.\nMời Lò Thị Măng đến đối thoại./.")
    admin.goto(template)
    admin.locator("main form[action*='/shipped/'] button").first.click()
    admin.goto(template)
    assert "Mọi thắc mắc gửi về cơ quan." not in body.input_value()
