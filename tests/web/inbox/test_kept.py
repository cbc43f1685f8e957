"""Saving the filter of a list and coming back to it."""

from __future__ import annotations

import re
from html import unescape

from tests.services.desk import DUC, HOA, Desk
from tests.web.inbox.test_pages import Come, come, desk, text

__all__ = ["come", "desk"]


def test_a_filter_is_saved_chosen_again_and_removed(desk: Desk, come: Come) -> None:
    """Offered only where something narrows; the words of a search are not kept."""
    desk.file()
    browser = come(HOA)
    assert "Lưu bộ lọc này" not in text(browser.get("/inbox?view=unit&q=tuong"))
    page = browser.get("/inbox?view=unit&kind=complaint&q=tuong&at=z")
    narrowing = unescape(re.search(r'name="narrowing" value="([^"]*)"', page.text).group(1))
    assert narrowing == "view=unit&kind=complaint"
    saved = browser.post(
        "/inbox/filters",
        {"name": "Khiếu nại của phòng", "narrowing": narrowing, "back": "/inbox?" + narrowing},
        of="/inbox",
    )
    assert saved.headers["Location"] == "/inbox?" + narrowing
    page = browser.get(saved.headers["Location"])
    assert "Đã lưu bộ lọc." in text(page)
    assert "Lưu bộ lọc này" not in text(page)
    assert re.search(r'href="/inbox\?view=unit&amp;kind=complaint" aria-current="true"', page.text)
    remove = re.search(r'action="(/inbox/filters/\d+/remove)"', page.text).group(1)
    assert come(DUC).post(remove, of="/inbox").status_code == 404
    assert browser.post(remove, of="/inbox").status_code == 303
    assert "Bộ lọc đã lưu" not in text(browser.get("/inbox"))


def test_what_narrows_nothing_or_leads_away_is_refused(desk: Desk, come: Come) -> None:
    """Made-up narrowing is said to be empty; no address elsewhere is followed; no name is told."""
    browser = come(HOA)
    for narrowing in ("", "view=unit", "view=x&kind=complaint", "kind=%00&view=unit", "a" * 9000):
        sent = browser.post(
            "/inbox/filters",
            {"name": "x", "narrowing": narrowing, "back": "//evil.example"},
            of="/inbox",
        )
        assert sent.headers["Location"] == "/inbox"
        assert "Chọn điều kiện lọc trước" in text(browser.get("/inbox"))
    unnamed = {"name": "", "narrowing": "view=unit&kind=complaint"}
    browser.post("/inbox/filters", unnamed, of="/inbox")
    assert "Đặt tên cho bộ lọc" in text(browser.get("/inbox"))
