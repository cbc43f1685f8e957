"""The reception room in a real browser: refusals, corrections, papers and leaders' days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.receptions import (
    Paper,
    PapersEntry,
    ReceptionEntry,
    RefusalEntry,
    SittingEntry,
)
from citizenfeedback.domain.vocabulary import ReceptionKind
from citizenfeedback.gateways.clock import SystemClock, local_date
from citizenfeedback.models.base import db
from citizenfeedback.queries.accounts import actor_of
from citizenfeedback.services.casework import Office as Desk
from citizenfeedback.services.correcting import Correction, correct_reception, plan_sitting
from citizenfeedback.services.papers import NewPapers, record_papers
from citizenfeedback.services.receiving import NewReception, record_reception
from citizenfeedback.services.refusing import draft_notice, record_refusal
from tests.browser.conftest import EVERYTHING, PHONE, Office, assert_clean
from tests.services.desk import BUILDING, DUC

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize


@dataclass(frozen=True)
class Room:
    """What lies in the reception room."""

    visit: int
    refusal: int
    sitting: int


@pytest.fixture(scope="module")
def room(office: Office) -> Room:
    """A corrected visit with papers, a refusal with a drafted notice, a planned day."""
    with office.app.app_context():
        gateways = office.app.extensions["citizenfeedback_gateways"]
        now = SystemClock().now()
        today = local_date(now)
        desk = Desk(gateways.keys, Policy(), now)
        duc = actor_of(DUC)
        assert duc is not None
        entry = ReceptionEntry(
            visited_on=today,
            kind=ReceptionKind.COMPLAINT,
            people=7,
            name="Lò Thị Măng",
            address="Thôn Khe Cát",
            summary="Đề nghị xem lại giá đất bồi thường",
        )
        wrong = ReceptionEntry(today, 70, name="Lò Măng", address="Khe Cát", summary="Giá đất")
        visit = record_reception(duc, NewReception(BUILDING, wrong), office=desk).id
        correct_reception(duc, visit, Correction(entry, None, "Gõ nhầm"), office=desk)
        papers = PapersEntry(
            today, "08:30", "Phòng tiếp công dân", "Lò Thị Măng", papers=(Paper("Đơn", 2),)
        )
        record_papers(duc, NewPapers(papers, reception_id=visit), office=desk)
        refused = RefusalEntry(
            today - timedelta(days=14),
            "TC9-3",
            ReceptionKind.COMPLAINT,
            "Lò Thị Măng",
            address="Thôn Khe Cát",
            summary="việc bồi thường đất đã giải quyết năm 2024",
            explanation="Đã giải thích quyết định đã có hiệu lực",
        )
        refusal = record_refusal(duc, BUILDING, refused, office=desk)
        draft_notice(duc, refusal, office=desk)
        day = SittingEntry(today + timedelta(days=14))
        sitting = plan_sitting(duc, BUILDING, day, office=desk)
        db.session.remove()
    return Room(visit, refusal, sitting)


@pytest.mark.browser
@pytest.mark.parametrize("viewport", [EVERYTHING, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_every_page_of_the_reception_room_clean(
    open_page: Callable[..., Page], room: Room, viewport: ViewportSize, lang: str
) -> None:
    page = open_page(DUC, viewport=viewport)
    for path in (
        "/receptions",
        f"/receptions/{room.visit}",
        f"/receptions/{room.visit}/correct",
        f"/receptions/{room.visit}/strike",
        f"/receptions/{room.visit}/slip",
        f"/receptions/papers/new?visit={room.visit}",
        "/receptions/refusals",
        "/receptions/refusals/new",
        f"/receptions/refusals/{room.refusal}",
        f"/receptions/refusals/{room.refusal}/notice/edit",
        "/receptions/sittings",
        f"/receptions/sittings/{room.sitting}",
        f"/receptions/sittings/{room.sitting}/correct",
        "/receptions/duty",
    ):
        answer = page.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        assert answer is not None
        assert answer.status == 200, path
        assert_clean(page)


@pytest.mark.browser
def test_a_notice_is_signed_by_keyboard_and_without_script(
    open_page: Callable[..., Page], room: Room
) -> None:
    page = open_page(DUC, script=False)
    page.goto(f"/receptions/refusals/{room.refusal}")
    for button, told in (
        ("Trình lãnh đạo", "Đã trình lãnh đạo."),
        ("Duyệt", "Đã duyệt thông báo."),
        ("Ban hành và lấy số", "Đã ban hành thông báo."),
    ):
        page.get_by_role("button", name=button, exact=True).focus()
        page.keyboard.press("Enter")
        page.get_by_text(told).wait_for()
    assert re.search(r"Số \d\d", page.locator("main").inner_text())
