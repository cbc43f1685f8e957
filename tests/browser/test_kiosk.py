"""The enrolled screen in a real browser: cut off, cut short, from cold, and wiped."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.models.base import db
from citizenfeedback.models.devices import KioskDevice, KioskTap
from citizenfeedback.models.directory import ServicePoint
from citizenfeedback.models.ratings import Rating, RatingAnswer, RatingComment
from citizenfeedback.services import kiosks
from citizenfeedback.services.questions import Period, ask_question, end_question
from tests.browser.conftest import ADMINISTRATOR, CODE, Office, assert_clean
from tests.conftest import CHROMIUM_FLAGS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

MARKER = "zqvxj"
"""Letters that stand nowhere else."""

STORED = """async () => {
  const open = () => new Promise((done) => {
    const asked = indexedDB.open("kiosk"); asked.onsuccess = () => done(asked.result); });
  const store = await open();
  const all = await new Promise((done) => {
    const asked = store.transaction("entries").objectStore("entries").getAll();
    asked.onsuccess = () => done(asked.result); });
  const kept = await new Promise((done) => {
    const asked = store.transaction("kept").objectStore("kept").getAll();
    asked.onsuccess = () => done(asked.result); });
  const cached = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      cached.push(request.url);
      if (!request.url.endsWith(".woff2?")) cached.push(await (await cache.match(request)).text());
    }
  }
  return JSON.stringify({ all, kept, cached, local: {...localStorage}, tab: {...sessionStorage},
    page: document.documentElement.outerHTML, cookies: document.cookie, entries: history.length,
    state: history.state, address: location.href,
    boxes: [...document.querySelectorAll("input, textarea")].map((one) => one.value) });
}"""
WAITING = """() => new Promise((done) => {
  const asked = indexedDB.open("kiosk");
  asked.onsuccess = () => {
    const count = asked.result.transaction("entries").objectStore("entries").count();
    count.onsuccess = () => { asked.result.close(); done(count.result); };
  };
})"""


def enrol(page: Page, office: Office, base: str = "") -> int:
    """Enrol this browser as a screen; the id of the device. `base` where the page has none."""
    with office.app.app_context():
        point = db.session.scalar(select(ServicePoint.id).where(ServicePoint.code == CODE))
        assert point is not None
        keys = office.app.extensions["citizenfeedback_gateways"].keys
        issued = kiosks.create_device(
            SYSTEM, point, "Màn hình", ["vi", "en"], keys=keys, now=datetime.now(UTC)
        )
        db.session.remove()
    page.goto(f"{base}/kiosk/enrol")
    page.locator("input[name=code]").fill(issued.code)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/kiosk/screen")
    page.locator(".face-button").first.wait_for()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return issued.device_id


def tap(page: Page, word: str) -> None:
    page.get_by_role("button", name=word, exact=True).click()
    page.locator("[data-part=heading]").get_by_text("phục vụ ông/bà?").wait_for()


def rest(page: Page) -> None:
    """Skip what follows a tap until the faces are back."""
    for _ in range(4):
        if page.locator(".face-button").count():
            return
        page.locator(".buttons .btn").last.click()
    page.locator(".face-button").first.wait_for()


def scores(office: Office, device: int) -> list[int]:
    with office.app.app_context():
        found = db.session.scalars(
            select(Rating.overall)
            .join(KioskTap, KioskTap.rating_id == Rating.id)
            .where(KioskTap.device_id == device)
            .order_by(KioskTap.rating_id)  # a storage made anew begins with new numbers
        ).all()
        db.session.remove()
        return list(found)


def delivered(page: Page) -> None:
    for _ in range(100):
        if page.evaluate(WAITING) == 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the queue was not delivered")


def test_are_taps_without_a_network_delivered_each_once(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    device = enrol(page, office)
    page.context.set_offline(True)
    for word in ("Rất tốt", "Chưa tốt", "Bình thường"):
        tap(page, word)
        rest(page)
    tap(page, "Tốt")
    page.reload()  # cut short in the middle of the steps: the worker gives the page, from cold
    page.locator(".face-button").first.wait_for()
    assert page.evaluate(WAITING) == 4
    assert scores(office, device) == []
    other = page.context.new_page()
    page.close()  # the device is switched off and on again, still without a network
    other.goto("/kiosk/screen")
    tap(other, "Rất không tốt")
    other.context.set_offline(False)
    delivered(other)
    assert scores(office, device) == [5, 2, 3, 4, 1]


def test_is_a_tap_whose_answer_was_lost_stored_once(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    device = enrol(page, office)

    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    page.context.route("**/deliver", lose)
    tap(page, "Tốt")
    for _ in range(50):
        if scores(office, device):
            break
        page.wait_for_timeout(100)
    assert page.evaluate(WAITING) == 1
    page.context.unroute("**/deliver")
    page.reload()
    delivered(page)
    assert scores(office, device) == [4]


def test_is_nothing_of_the_last_person_left(open_page: Callable[..., Page], office: Office) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    enrol(page, office)
    before = page.evaluate("history.length")
    tap(page, "Rất không tốt")
    page.get_by_role("button", name="Bỏ qua").click()
    page.get_by_role("button", name="Gây phiền hà").click()
    page.get_by_role("button", name="Gửi").click()
    for key in "tooi chowf laau quas".split():
        for letter in key:
            page.get_by_role("button", name=letter, exact=True).click()
        page.get_by_role("button", name="Dấu cách").click()
    assert page.locator("#comment").input_value().strip() == "tôi chờ lâu quá"
    page.get_by_role("button", name="Gửi").click()
    delivered(page)
    page.get_by_role("button", name="Xong").click()
    page.locator(".face-button").first.wait_for()
    found = page.evaluate(STORED)
    assert "chờ lâu" not in found
    assert "chowf" not in found
    state = json.loads(found)
    assert (state["all"], state["local"], state["tab"], state["cookies"]) == ([], {}, {}, "")
    assert (state["boxes"], state["state"], state["entries"]) == ([], None, before)
    with office.app.app_context():
        assert "tôi chờ lâu quá" in db.session.scalars(select(RatingComment.body)).all()
        db.session.remove()


def to_comment(page: Page) -> None:
    """From the faces to the comment, by the lowest score and one reason."""
    tap(page, "Rất không tốt")
    page.get_by_role("button", name="Bỏ qua").click()
    page.get_by_role("button", name="Gây phiền hà").click()
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.locator("#comment").wait_for()


def write(page: Page, letters: str) -> None:
    for letter in letters:
        page.get_by_role("button", name=letter, exact=True).click()


def test_does_a_low_rating_become_a_report_with_its_code_and_is_it_wiped(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    enrol(page, office)
    before = page.evaluate("history.length")
    to_comment(page)
    write(page, MARKER)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.get_by_role("button", name="Gửi thành đơn").click()
    page.get_by_role("button", name="Phản ánh").click()
    page.get_by_role("button", name="Gửi ngay tại đây").click()
    code = page.locator(".code").inner_text()
    delivered(page)
    page.get_by_role("button", name="Xong").click()
    page.locator(".face-button").first.wait_for()
    found = page.evaluate(STORED)
    assert MARKER not in found
    assert code not in found
    state = json.loads(found)
    assert (state["all"], state["boxes"], state["entries"]) == ([], [], before)
    page.evaluate("history.back()")
    page.wait_for_timeout(300)
    assert MARKER not in page.content()
    phone = open_page()
    phone.goto(f"/track#{code}")
    phone.locator("main button[type=submit]").click()
    phone.locator("h1").get_by_text("Tiếp nhận").or_(phone.locator("h1")).first.wait_for()
    assert code not in phone.url
    assert "/track/case" in phone.url


def test_goes_a_complaint_on_a_phone_by_a_code_that_works_once(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    enrol(page, office)
    to_comment(page)
    write(page, MARKER)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.get_by_role("button", name="Gửi thành đơn").click()
    page.get_by_role("button", name="Khiếu nại").click()
    code = page.locator(".code").inner_text()
    phone, stranger = open_page(), open_page()
    for scanned, opens in ((phone, True), (stranger, False)):
        scanned.goto(f"/petitions/new/resume#{code}")
        scanned.locator("main button[type=submit]").click()
        scanned.wait_for_load_state()
        assert scanned.url.endswith("/petitions/new/words") is opens
    words = phone.locator("textarea").first.input_value()
    assert words.startswith("Tại Quầy số 1, UBND phường Bãi Cháy, lúc ")
    assert MARKER in words
    page.get_by_role("button", name="Xong").click()
    page.locator(".face-button").first.wait_for()
    delivered(page)
    found = page.evaluate(STORED)
    assert MARKER not in found
    assert code not in found


def test_is_a_denunciation_never_begun_and_a_cut_said_honestly(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    enrol(page, office)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for kind, says in (("Tố cáo", "nơi kín đáo"), ("Kiến nghị", "Chưa có mạng")):
        to_comment(page)
        page.get_by_role("button", name="Bỏ qua").click()
        page.get_by_role("button", name="Gửi thành đơn").click()
        page.context.set_offline(True)
        page.get_by_role("button", name=kind).click()
        page.get_by_text(says).first.wait_for()
        assert "/petitions/new" in page.locator(".address").inner_text()
        page.context.set_offline(False)
        page.get_by_role("button", name="Xong").click()
    assert len([one for one in asked if one.endswith("/onward")]) == 1, "only of the petition"


def test_lie_words_that_wait_on_the_disk_unreadable(
    browser: Browser, chromium: str, office: Office, tmp_path: Path
) -> None:
    kept = browser.browser_type.launch_persistent_context(
        str(tmp_path / "device"),
        executable_path=chromium,
        args=list(CHROMIUM_FLAGS),
        base_url=office.url,
        locale="vi-VN",
    )
    page = kept.new_page()
    device = enrol(page, office)
    page.context.set_offline(True)
    to_comment(page)
    write(page, MARKER)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.get_by_role("button", name="Xong").click()
    assert page.evaluate(WAITING) == 3
    assert MARKER not in page.evaluate(STORED)
    kept.close()
    files = [one for one in (tmp_path / "device").rglob("*") if one.is_file()]
    disk = b"".join(one.read_bytes() for one in files)
    assert len(disk) > 100_000
    for form in ("utf-8", "utf-16-le"):
        assert MARKER.encode(form) not in disk
    again = browser.browser_type.launch_persistent_context(
        str(tmp_path / "device"),
        executable_path=chromium,
        args=list(CHROMIUM_FLAGS),
        base_url=office.url,
    )
    page = again.new_page()
    page.goto(f"/kiosk/{CODE}")
    page.locator(".face-button").first.wait_for()
    delivered(page)
    assert scores(office, device) == [1]
    with office.app.app_context():
        assert MARKER in db.session.scalars(select(RatingComment.body)).all()
        db.session.remove()
    again.close()


@pytest.fixture
def asking(office: Office) -> Iterator[None]:
    """The point asks two items, one with faces and one of yes and no, while a test runs."""
    keys = office.app.extensions["citizenfeedback_gateways"].keys
    moment = datetime.now(UTC)
    with office.app.app_context():
        point = db.session.scalar(select(ServicePoint.id).where(ServicePoint.code == CODE)) or 0
        made = [
            ask_question(SYSTEM, point, code, Period(first, None), keys=keys, now=moment)
            for code, first in (
                ("ATT02", moment.date() - timedelta(days=2)),
                ("DRS01", moment.date() - timedelta(days=1)),
                ("INF01", moment.date() + timedelta(days=9)),
            )
        ]
        db.session.remove()
        yield
        for question in made:
            end_question(
                SYSTEM, question, today=moment.date() - timedelta(days=9), keys=keys, now=moment
            )
        db.session.remove()


@pytest.mark.parametrize("size", [(1024, 768), (1080, 1920)], ids=["small", "tall"])
def test_are_the_questions_of_the_day_asked_one_by_one_and_skipped(
    open_page: Callable[..., Page], office: Office, asking: None, size: tuple[int, int]
) -> None:
    page = open_page(viewport={"width": size[0], "height": size[1]})
    device = enrol(page, office)
    tap(page, "Rất tốt")
    page.get_by_role("button", name="Bỏ qua").click()
    page.get_by_role("heading", name="Giao tiếp lịch sự").wait_for()
    assert_clean(page)
    assert_within(page)
    page.get_by_role("button", name="Chưa tốt").click()
    page.get_by_role("heading", name="Trang phục gọn gàng").wait_for()
    assert_clean(page)
    page.get_by_role("button", name="Bỏ qua").click()
    page.locator(".thanks img").wait_for()
    delivered(page)
    with office.app.app_context():
        kept = db.session.execute(
            select(RatingAnswer.criterion, RatingAnswer.value)
            .join(KioskTap, KioskTap.rating_id == RatingAnswer.rating_id)
            .where(KioskTap.device_id == device)
        ).all()
        assert [tuple(one) for one in kept] == [("ATT02", 2)]
        db.session.remove()


def assert_within(page: Page) -> None:
    """Nothing to press or read lies above the screen or under its foot."""
    over = page.evaluate(
        "[...document.querySelectorAll('main button, h1, textarea')].filter((one) => {"
        " const box = one.getBoundingClientRect();"
        " return box.bottom > document.querySelector('footer').getBoundingClientRect().top + 1"
        " || box.top < 0; }).map((one) => one.textContent)"
    )
    assert over == [], f"{page.url} {over}"


def test_does_typing_keep_the_screen_and_silence_wipe_it(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    page.clock.install()
    enrol(page, office)
    tap(page, "Rất không tốt")
    page.get_by_role("button", name="Bỏ qua").click()
    page.get_by_role("button", name="Gây phiền hà").click()
    page.get_by_role("button", name="Gửi").click()
    page.locator("#comment").wait_for()
    page.clock.run_for(30_000)
    assert "giây" in page.locator("[data-part=clock]").inner_text()
    page.get_by_role("button", name="a", exact=True).click()
    assert page.locator("[data-part=clock]").inner_text() == ""
    page.clock.run_for(30_000)
    assert page.locator("#comment").input_value() == "a"
    page.clock.run_for(15_000)
    page.locator(".face-button").first.wait_for()
    assert page.locator("textarea").count() == 0


def test_is_a_full_disk_said_and_no_thanks_given(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    enrol(page, office)
    page.evaluate(
        "() => { IDBObjectStore.prototype.add = () => {"
        " throw new DOMException('', 'QuotaExceededError'); }; }"
    )
    page.get_by_role("button", name="Tốt", exact=True).click()
    page.get_by_text("Máy chưa lưu được đánh giá này").wait_for()


def test_does_a_revoked_screen_ask_for_its_code(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    device = enrol(page, office)
    with office.app.app_context():
        keys = office.app.extensions["citizenfeedback_gateways"].keys
        kiosks.revoke_device(SYSTEM, device, keys=keys, now=datetime.now(UTC))
        assert db.session.get_one(KioskDevice, device).key_hash is None
        db.session.remove()
    page.reload()
    page.get_by_text("chưa gắn với điểm phục vụ nào").wait_for()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "size", [(1280, 800), (1080, 1920), (1024, 768)], ids=["wide", "tall", "small"]
)
def test_is_every_step_clean_and_within_the_screen(
    open_page: Callable[..., Page], office: Office, size: tuple[int, int], lang: str
) -> None:
    page = open_page(viewport={"width": size[0], "height": size[1]})
    enrol(page, office)
    if lang == "en":
        page.get_by_role("button", name="English").click()

    def check() -> None:
        assert_clean(page)
        assert_within(page)

    check()
    page.locator(".face-button").last.click()
    page.locator(".reason").first.wait_for()
    check()
    page.locator(".buttons .btn").last.click()
    page.locator(".reason").nth(5).wait_for()
    check()
    page.locator(".reason").first.click()
    page.locator(".buttons .btn").first.click()
    page.locator("#comment").wait_for()
    check()
    page.locator(".buttons .btn").last.click()
    page.locator(".thanks img").wait_for()
    check()
    page.locator(".buttons .btn").first.click()
    page.locator(".card").nth(3).wait_for()
    check()
    page.locator(".card").first.click()
    page.locator(".card").nth(2).wait_for(state="detached")
    check()
    page.locator(".card").last.click()
    page.locator(".code").wait_for()
    check()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_are_the_pages_of_enrolment_clean(
    open_page: Callable[..., Page], office: Office, lang: str
) -> None:
    page = open_page(ADMINISTRATOR)
    page.goto(f"/admin/devices/new?lang={lang}")
    assert_clean(page)
    page.locator("select[name=point]").select_option(index=1)
    page.locator("input[name=name]").fill("Màn hình cạnh cửa")
    page.locator("main button[type=submit]").click()
    assert_clean(page)
    page.goto("/admin/devices")
    assert_clean(page)
    page.get_by_role("link", name="Sửa tên" if lang == "vi" else "Change name").first.click()
    assert_clean(page)
    page.goto("/admin/points")
    page.locator("main td a, main th a").first.click()
    page.locator("a[href$='/questions']").click()
    assert_clean(page)
    page.goto("/kiosk/enrol")
    assert_clean(page)


TYPED = {
    "tieengs": "tiếng",
    "Vieetj": "Việt",
    "nguwowif": "người",
    "dduwowngf": "đường",
    "ddi": "đi",
    "hoaf": "hòa",
    "khoer": "khỏe",
    "thuyr": "thủy",
    "hoanf": "hoàn",
    "quar": "quả",
    "giaf": "già",
    "gif": "gì",
    "nghieeng": "nghiêng",
    "thuowr": "thuở",
    "ngoaif": "ngoài",
    "truwowcs": "trước",
    "ass": "as",
    "aaa": "aa",
    "ddd": "dd",
    "asz": "a",
    "NAMS": "NÁM",
    "toois ddi": "tối đi",
    "huyeenj": "huyện",
    "cuar": "của",
    "cowm": "cơm",
    "tuwj": "tự",
    "quyeets": "quyết",
}


def test_does_telex_write_vietnamese(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/kiosk/enrol")
    found = page.evaluate(
        "async (typed) => { const { press } = await import('/static/js/kiosk-keyboard.js');"
        " return typed.map((keys) => [...keys].reduce((text, key) => press(text, key), '')); }",
        list(TYPED),
    )
    assert dict(zip(TYPED, found, strict=True)) == TYPED


def test_does_the_row_of_tones_set_change_and_take_off_a_tone(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    page.goto("/kiosk/enrol")
    found = page.evaluate(
        "async () => { const { tone, erase, press } = await import('/static/js/kiosk-keyboard.js');"
        " return [tone('chờ lâu qua', 'acute'), tone('quá', 'grave'), tone('quá', 'acute'),"
        " tone('', 'dot'), tone('xyz', 'dot'), erase('tiế'), erase(''), press('was', 's', false)]; }"
    )
    assert found == ["chờ lâu quá", "quà", "qua", "", "xỵz", "ti", "", "wass"]
