"""A whole office served to a real browser: its own database, its own port, the real server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from sqlalchemy import insert, update
from waitress import create_server

from citizenfeedback.config import Settings
from citizenfeedback.domain.vocabulary import Action, CaseKind, Channel, Role
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.accounts import User, UserRole
from citizenfeedback.models.base import db
from citizenfeedback.services.registering import Registered
from citizenfeedback.services.transaction import transaction
from tests.conftest import build_app, make_tables
from tests.people import PASSWORD
from tests.places import CODE, make_counter
from tests.services.desk import CHIEF, DUC, HOA, PROVINCE, open_desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

SUPERVISOR, ADMINISTRATOR, AUDITOR = 8, 9, 10
EVERYTHING: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
WIDTHS = (320, 360, 768, 1280)


@dataclass
class Office:
    """Where the office is served, and what lies in it."""

    url: str
    app: Flask
    complaint: Registered
    denunciation: Registered
    reflection: Registered

    def at(self, path: str) -> str:
        """The whole address of a page."""
        return f"{self.url}{path}"


@pytest.fixture(scope="session")
def office(scratch: Path, keys: Keys) -> Iterator[Office]:
    """The office of `tests/services/desk.py` with a counter, three cases and passwords."""
    settings = Settings.from_env(
        {"INSTANCE_PATH": str(scratch / "browser"), "MAIL_SENDER": "so@example.vn"}
    )
    app = build_app(settings, keys)
    with app.app_context():
        make_tables()
        cases = _fill(app, keys)
        db.session.remove()
    server: Any = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Office(f"http://127.0.0.1:{server.effective_port}", app, *cases)
    server.close()
    thread.join(10)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def nobody_knocked(office: Office) -> None:
    """All tests come from one address: what one knocked is not held against the next."""
    office.app.extensions["citizenfeedback_limiter"].clear()


def _fill(app: Flask, keys: Keys) -> tuple[Registered, Registered, Registered]:
    gateways = app.extensions["citizenfeedback_gateways"]
    desk = open_desk(db.session(), keys)
    make_counter("Nguyễn Thị Hồng Liên", "Trần Văn Đức")
    kept = gateways.passwords.hash(PASSWORD)
    more = (
        (SUPERVISOR, Role.SUPERVISOR, "Phạm Minh Quý"),
        (ADMINISTRATOR, Role.ADMINISTRATOR, "Bùi An"),
        (AUDITOR, Role.AUDITOR, "Đỗ Xuân Long"),
    )
    with transaction() as session:
        for user, role, name in more:
            session.execute(
                insert(User).values(
                    id=user,
                    email=f"u{user}@example.vn",
                    name=name,
                    unit_id=PROVINCE,
                    created_at=desk.now,
                )
            )
            session.execute(insert(UserRole).values(user_id=user, role=role))
        session.execute(update(User).values(password_hash=kept))
    complaint = desk.file(CaseKind.COMPLAINT)
    desk.act(DUC, complaint, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, complaint, Action.MESSAGE, text="Xin gửi ảnh có thước đo.")
    denunciation = desk.file(
        CaseKind.DENUNCIATION, summary="Cán bộ nhận tiền để duyệt hồ sơ", words="Ông Tám nhận tiền"
    )
    desk.act(CHIEF, denunciation, Action.EXAMINE, eligible=True, competent=True)
    reflection = desk.file(
        CaseKind.REFLECTION, channel=Channel.WEB, summary="Đèn đường thôn Khe Cát hỏng 92 ngày"
    )
    desk.act(DUC, reflection, Action.ASSIGN, assignee=HOA)
    return complaint, denunciation, reflection


@pytest.fixture
def open_page(browser: Browser, office: Office) -> Iterator[Callable[..., Page]]:
    """`open_page(user=3, script=False, viewport=PHONE)`: a page of a fresh profile, signed in."""
    contexts = []

    def make(
        user: int | None = None, *, script: bool = True, viewport: ViewportSize | None = None
    ) -> Page:
        context = browser.new_context(
            base_url=office.url,
            viewport=viewport or EVERYTHING,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            java_script_enabled=script,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        if user is not None:
            sign_in(page, user)
        return page

    yield make
    for context in contexts:
        context.close()


def sign_in(page: Page, user: int) -> None:
    """Sign in as one of the office's people."""
    page.goto("/sign-in")
    page.locator("input[name=email]").fill(f"u{user}@example.vn")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def assert_no_wider(page: Page, when: str) -> None:
    """The page is no wider than the window; what sticks out is named."""
    wide = page.evaluate(
        """() => {
          const over = document.documentElement.scrollWidth - innerWidth;
          if (over <= 0) return null;
          const scrolls = (one) => one && one !== document.body
            && (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
          const out = [...document.body.querySelectorAll("*")]
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
            .filter((one) => !scrolls(one.parentElement))
            .map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
          return `${over} px: ${out.slice(0, 5).join(", ")}`;
        }"""
    )
    assert wide is None, f"{page.url} runs out of the page {when}, {wide}"


def assert_clean(page: Page) -> None:
    """Nothing that axe can find wrong, and nothing that runs out of the page sideways."""
    assert_accessible(page)
    assert_no_wider(page, "as it is")


def assert_clean_everywhere(page: Page) -> None:
    """The page, loaded once: accessible on a desk and on a phone, and within every width."""
    for viewport in (PHONE, EVERYTHING):
        page.set_viewport_size(viewport)
        assert_accessible(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert_no_wider(page, f"at {width} px")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert_no_wider(page, f"at {width} px with letters twice as large")
        page.evaluate("document.documentElement.style.removeProperty('font-size')")
    page.set_viewport_size(EVERYTHING)


def assert_accessible(page: Page) -> None:
    """Nothing that axe can find wrong."""
    results = Axe().run(page)
    wrong = [
        f"{one['id']}: {one['help']} at {[node['target'] for node in one['nodes']][:3]}"
        for one in results.response["violations"]
    ]
    assert not wrong, f"{page.url}: {wrong}"


__all__ = [
    "ADMINISTRATOR",
    "AUDITOR",
    "CODE",
    "PHONE",
    "SUPERVISOR",
    "Office",
    "assert_accessible",
    "assert_clean",
    "assert_clean_everywhere",
    "assert_no_wider",
    "sign_in",
]
