"""A voice note recorded on the page: started, stopped, heard, deleted, sent; and without a microphone."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.base import db
from tests.browser.conftest import PHONE, Office, assert_clean, assert_clean_everywhere

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

HEARD = """async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0));
  const sound = await new AudioContext().decodeAudioData(bytes.buffer);
  return [sound.duration, Math.max(...sound.getChannelData(0))];
}"""
NO_MICROPHONE = """navigator.mediaDevices.getUserMedia =
  () => Promise.reject(new DOMException("", "NotAllowedError"));"""


def to_files(page: Page) -> None:
    """A report as far as the page of its files."""
    page.goto("/petitions/new")
    page.get_by_label("Biết một chuyện").check()
    page.get_by_role("button", name="Tiếp tục", exact=True).last.click()
    page.goto("/petitions/new/files")


def record(page: Page) -> None:
    """Record for a moment, by keyboard alone."""
    page.get_by_role("button", name="Ghi âm ngay tại đây").press("Enter")
    page.get_by_role("status").get_by_text("Đang ghi âm").wait_for()
    stop = page.get_by_role("button", name="Dừng ghi âm")
    assert stop.evaluate("button => button === document.activeElement")
    page.wait_for_timeout(1500)
    stop.press("Enter")
    page.get_by_role("status").get_by_text("Đã ghi 0:0").wait_for()


def test_is_a_note_recorded_deleted_recorded_again_and_sent(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE)
    to_files(page)
    assert_clean_everywhere(page)
    page.set_viewport_size(PHONE)
    record(page)
    assert_clean(page)
    assert page.locator("audio").evaluate("sound => sound === document.activeElement")
    chosen = "input => [...input.files].map((file) => file.name)"
    assert page.locator("#voice").evaluate(chosen) == ["ghi-am.webm"]
    page.get_by_role("button", name="Xóa ghi âm này").press("Enter")
    page.get_by_role("status").get_by_text("Đã xóa").wait_for()
    assert page.locator("#voice").evaluate(chosen) == []
    record(page)
    page.get_by_role("button", name="Tải lên rồi thêm tệp khác").click()
    page.locator(".files__name", has_text="ghi-am.ogg").wait_for()
    # Sent while it still runs: it ends and goes along.
    page.get_by_role("button", name="Ghi âm ngay tại đây").click()
    page.wait_for_timeout(800)
    page.get_by_role("button", name="Tải lên rồi thêm tệp khác").click()
    page.locator(".files__name", has_text="ghi-am.ogg").nth(1).wait_for()


def test_is_what_is_kept_a_sound_that_can_be_heard(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport=PHONE)
    page.goto("/track")
    page.locator("input[name=code]").fill(office.reflection.access_code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/track/case*")
    page.goto("/track/document")
    record(page)
    page.get_by_role("button", name="Thêm tài liệu", exact=True).click()
    page.wait_for_url("**/track/case*")
    with office.app.app_context():
        row = db.session.execute(
            select(Attachment.storage_key, Attachment.media_type)
            .where(Attachment.case_id == office.reflection.id)
            .order_by(Attachment.id.desc())
        ).first()
        db.session.remove()
    assert row is not None
    assert row.media_type == "audio/ogg"
    files = office.app.extensions["citizenfeedback_gateways"].files
    kept = base64.b64encode(files.read(row.storage_key)).decode()
    lasts, loudest = page.evaluate(HEARD, kept)
    assert 0.5 < lasts < 10
    assert loudest > 0.01


def test_is_a_file_chosen_where_nothing_can_be_recorded(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE)
    page.add_init_script(NO_MICROPHONE)
    to_files(page)
    page.get_by_role("button", name="Ghi âm ngay tại đây").click()
    page.get_by_role("status").get_by_text("Máy chưa cho dùng micro").wait_for()
    bare = open_page(viewport=PHONE, script=False)
    to_files(bare)
    assert not bare.get_by_text("Ghi âm ngay tại đây").is_visible()
    assert bare.get_by_label("Hoặc kể bằng giọng nói").is_visible()
