"""The enrolled screen in a real browser: cut off, cut short, from cold, and wiped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, insert, select, update

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.vocabulary import Channel, State
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.devices import KioskDevice, KioskTap
from citizenfeedback.models.directory import ServicePoint, StaffMember
from citizenfeedback.models.ratings import Rating, RatingAnswer, RatingComment
from citizenfeedback.services import kiosks
from citizenfeedback.services.questions import Period, ask_question, end_question
from citizenfeedback.services.transaction import transaction
from tests.browser.conftest import ADMINISTRATOR, CODE, Office, assert_clean
from tests.conftest import CHROMIUM_FLAGS, NOON

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
    databases: (await indexedDB.databases()).map((one) => one.name),
    workers: (await navigator.serviceWorker.getRegistrations()).map((one) => one.active.scriptURL),
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
    cookies = page.context.cookies()
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
    assert_wiped(page, found, before)
    assert page.context.cookies() == cookies, "no cookie came or changed, HttpOnly ones included"
    with office.app.app_context():
        assert "tôi chờ lâu quá" in db.session.scalars(select(RatingComment.body)).all()
        db.session.remove()


def assert_wiped(page: Page, found: str, entries: int) -> None:
    """The device holds what it held before anybody came: its own key, its screen, nothing else."""
    state = json.loads(found)
    assert (state["all"], state["local"], state["tab"], state["cookies"]) == ([], {}, {}, "")
    assert (state["boxes"], state["state"], state["entries"]) == ([], None, entries)
    assert state["databases"] == ["kiosk"]
    assert [one.rpartition("/")[2] for one in state["workers"]] == ["worker.js"]
    for cookie in page.context.cookies():
        assert cookie["httpOnly"], cookie["name"]
        assert cookie["name"] in {"kiosk-device", "session"}


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


def to_kind(page: Page, kind: str, words: str = "") -> None:
    """From the faces to one kind of submission, past the comment."""
    to_comment(page)
    write(page, words)
    page.locator(".writing .btn").nth(0 if words else 1).click()
    page.get_by_role("button", name="Gửi thành đơn").click()
    page.locator(".kind").get_by_text(kind, exact=True).click()


def fill(page: Page, entry: str, text: str) -> None:
    """Answer one question of a submission and go on."""
    page.locator(f"#entry-{entry}").fill(text)
    page.locator(".writing .btn").first.click()


def follow(page: Page, code: str) -> None:
    """On the phone: the code shown by the screen opens the case."""
    page.goto(f"/track#{code}")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/track/case*")
    assert code not in page.url


def test_does_a_low_rating_become_a_report_with_its_code_and_is_it_wiped(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    enrol(page, office)
    before = page.evaluate("history.length")
    to_kind(page, "Phản ánh", MARKER)
    page.get_by_role("button", name="Viết và gửi tại đây").click()
    assert page.locator("#entry-words").input_value() == MARKER
    page.get_by_role("button", name="Tiếp tục").click()
    for _ in range(2):  # neither a name nor a number is needed
        page.get_by_role("button", name="Bỏ qua").click()
    page.get_by_text("Không có tên, cơ quan vẫn xem xét.").wait_for()
    page.get_by_role("button", name="Gửi", exact=True).click()
    code = page.locator(".code").inner_text()
    delivered(page)
    page.get_by_role("button", name="Xong").click()
    page.locator(".face-button").first.wait_for()
    found = page.evaluate(STORED)
    assert MARKER not in found
    assert code not in found
    assert_wiped(page, found, before)
    page.evaluate("history.back()")
    page.wait_for_timeout(300)
    assert MARKER not in page.content()
    follow(open_page(), code)


def test_is_a_complaint_written_checked_and_sent_from_the_screen(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    enrol(page, office)
    before = page.evaluate("history.length")
    to_kind(page, "Khiếu nại")
    page.get_by_role("button", name="Viết và gửi tại đây").click()
    fill(page, "words", f"{MARKER} thu sai phí")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("alert").get_by_text("Nhập họ và tên.").wait_for()
    write(page, "lieenj")
    assert page.locator("#entry-name").input_value() == "liện"
    page.get_by_role(
        "button", name="English"
    ).click()  # the language changes, what is written stays
    assert page.locator("#entry-name").input_value() == "liện"
    page.get_by_role("button", name="Tiếng Việt").click()
    fill(page, "name", "Nguyễn Thị Liên")
    fill(page, "address", "Số 12, khu 3, phường Bãi Cháy")
    fill(page, "id_no", "12")
    page.locator("#entry-phone").wait_for()
    page.get_by_role("button", name="Bỏ qua").click()
    page.get_by_text("Khiếu nại cần chữ ký.").wait_for()
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.get_by_role("alert").get_by_text("12 chữ số").wait_for()
    fill(page, "id_no", "022170001234")
    page.locator(".check").get_by_text("Nguyễn Thị Liên").wait_for()
    page.context.set_offline(True)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.get_by_text("Chưa có mạng nên chưa gửi được").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Thử lại").click()
    page.get_by_role("heading", name="Khiếu nại đã được gửi").wait_for()
    code = page.locator(".code").inner_text()
    number = re.search(r"26-\w{4}-\w", page.locator(".address").inner_text())
    assert number is not None
    with office.app.app_context():
        case = db.session.scalars(select(Case).where(Case.number == number[0])).one()
        assert (case.channel, case.signed, case.state) == (Channel.KIOSK, False, State.REGISTERED)
        db.session.remove()
    page.get_by_role("button", name="Xong").click()
    page.locator(".face-button").first.wait_for()
    delivered(page)
    found = page.evaluate(STORED)
    for secret in (MARKER, "Liên, ", "022170001234", code, "khu 3"):
        assert secret not in found.replace("Nguyễn Thị Hồng Liên", ""), secret
    assert_wiped(page, found, before)
    phone = open_page()
    follow(phone, code)
    phone.get_by_text("Đơn chưa có chữ ký").first.wait_for()


def test_does_leaving_in_the_middle_of_a_submission_wipe_it(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    page.clock.install()
    enrol(page, office)
    before = page.evaluate("history.length")
    to_kind(page, "Kiến nghị", MARKER)
    page.get_by_role("button", name="Viết và gửi tại đây").click()
    page.locator("#entry-words").wait_for()
    page.clock.run_for(50_000)
    assert "Chạm vào màn hình để ở lại" in page.locator("[data-part=clock]").inner_text()
    assert "Chạm vào màn hình để ở lại" in page.locator("[data-part=live]").inner_text()
    page.locator("[data-part=clock]").click()  # one touch puts it off, nothing is lost
    assert page.locator("[data-part=clock]").is_hidden()
    assert page.locator("#entry-words").input_value() == MARKER
    page.clock.run_for(61_000)
    page.locator(".face-button").first.wait_for()
    found = page.evaluate(STORED)
    assert MARKER not in found
    page.clock.run_for(60_000)
    delivered(page)
    assert_wiped(page, page.evaluate(STORED), before)


def test_goes_a_complaint_on_a_phone_by_a_code_that_works_once(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    enrol(page, office)
    to_kind(page, "Khiếu nại", MARKER)
    page.get_by_role("button", name="Viết tiếp trên điện thoại").click()
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
        to_kind(page, kind)
        page.context.set_offline(True)
        if kind == "Kiến nghị":
            page.get_by_role("button", name="Viết tiếp trên điện thoại").click()
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
    keys, moment = office.app.extensions["citizenfeedback_gateways"].keys, NOON
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
    browser: Browser, chromium: str, office: Office, tmp_path: Path
) -> None:
    """The browser itself has no room left: it says so, and the tap after it has room is kept."""

    def switch_on() -> Page:
        return browser.browser_type.launch_persistent_context(
            str(tmp_path / "device"),
            executable_path=chromium,
            args=list(CHROMIUM_FLAGS),
            base_url=office.url,
        ).new_page()

    page = switch_on()
    device = enrol(page, office)
    page.context.close()
    page = switch_on()  # Chromium remembers for half a minute how much room there was
    room = {"origin": office.url}
    tools = page.context.new_cdp_session(page)
    tools.send("Storage.overrideQuotaForOrigin", {**room, "quotaSize": 1})
    page.context.set_offline(True)
    page.goto("/kiosk/screen")
    page.get_by_role("button", name="Tốt", exact=True).click()
    page.get_by_text("Máy chưa lưu được đánh giá này").wait_for()
    assert page.evaluate(WAITING) == 0
    tools.send("Storage.overrideQuotaForOrigin", room)
    page.get_by_role("button", name="Quay lại").click()
    tap(page, "Tốt")
    page.context.set_offline(False)
    delivered(page)
    assert scores(office, device) == [4]
    page.context.close()


def test_do_taps_of_thirty_days_wait_for_the_network_and_keep_their_time(
    open_page: Callable[..., Page], office: Office
) -> None:
    """A tap a day for thirty days without a network, the device switched off every night."""
    page = open_page(viewport={"width": 1280, "height": 800})
    began = NOON - timedelta(days=30)
    device = enrol(page, office)
    with office.app.app_context():
        with transaction() as session:  # it was enrolled before the network went
            session.execute(
                update(KioskDevice).where(KioskDevice.id == device).values(enrolled_at=began)
            )
        db.session.remove()
    page.context.set_offline(True)
    page.clock.install(time=began)
    for day in range(30):
        page.clock.set_system_time(began + timedelta(days=day, hours=1))
        page.reload()
        page.locator(".face-button").first.wait_for()
        page.get_by_role("button", name="Rất tốt", exact=True).click()
        page.locator("[data-part=heading]").get_by_text("phục vụ ông/bà?").wait_for()
    assert page.evaluate(WAITING) == 30
    page.clock.set_system_time(NOON)
    page.context.set_offline(False)
    page.reload()
    page.clock.run_for(100)
    delivered(page)
    assert scores(office, device) == [5] * 30
    with office.app.app_context():
        days = db.session.scalars(
            select(Rating.rated_at)
            .join(KioskTap, KioskTap.rating_id == Rating.id)
            .where(KioskTap.device_id == device)
            .order_by(Rating.rated_at)
        ).all()
        off = db.session.get_one(KioskDevice, device).drift_seconds
        db.session.remove()
    for day, at in enumerate(days):
        assert abs(at - began - timedelta(days=day, hours=1)) < timedelta(minutes=1)
    assert abs(off) < 60


def test_does_a_wrong_clock_lose_nothing_and_show_in_the_list_of_screens(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    device = enrol(page, office)
    page.context.set_offline(True)
    page.clock.install(time=NOON + timedelta(days=365))
    page.reload()
    page.locator(".face-button").first.wait_for()
    page.get_by_role("button", name="Tốt", exact=True).click()
    page.locator("[data-part=heading]").get_by_text("phục vụ ông/bà?").wait_for()
    page.context.set_offline(False)
    page.reload()
    page.clock.run_for(100)
    delivered(page)
    assert scores(office, device) == [4]
    with office.app.app_context():
        at = db.session.scalars(
            select(Rating.rated_at)
            .join(KioskTap, KioskTap.rating_id == Rating.id)
            .where(KioskTap.device_id == device)
        ).one()
        name = f"Màn hình {device}"
        with transaction() as session:
            session.execute(update(KioskDevice).where(KioskDevice.id == device).values(name=name))
        db.session.remove()
    assert abs(NOON - at) < timedelta(minutes=5), "the office's time, not the device's"
    admin = open_page(ADMINISTRATOR)
    admin.goto("/admin/devices")
    shown = admin.locator(".device", has=admin.get_by_text(name, exact=False)).first.inner_text()
    assert "Đồng hồ lệch" in shown
    assert "Không còn mục nào chờ trên máy" in shown
    assert "Liên lạc lần cuối" in shown
    version = page.locator(".screen").get_attribute("data-version") or "?"
    assert version in shown


def test_does_a_screen_say_when_its_counter_is_closed(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport={"width": 1024, "height": 768})
    page.clock.install(time=NOON)
    enrol(page, office)
    page.context.set_offline(True)
    tuesday = NOON.replace(day=24, hour=3)
    for moment, is_closed in (
        (tuesday, False),  # 10:00 in Việt Nam
        (tuesday.replace(hour=13), True),  # 20:00
        (tuesday + timedelta(days=5), True),  # a Sunday
    ):
        page.clock.set_system_time(moment)
        page.reload()
        page.locator(".face-button").first.wait_for()
        assert ("Đang ngoài giờ" in page.locator("footer").inner_text()) is is_closed, moment
    assert_clean(page)
    assert_within(page)


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


@pytest.fixture
def many_staff(office: Office) -> Iterator[None]:
    """Nine people serve at the point while a test runs."""
    with office.app.app_context():
        point = db.session.scalars(select(ServicePoint).where(ServicePoint.code == CODE)).one()
        with transaction() as session:
            session.execute(
                insert(StaffMember),
                [
                    {
                        "code": f"CB90{number}",
                        "name": f"Nguyễn Thị Thu Hà {number}",
                        "unit_id": point.unit_id,
                        "point_id": point.id,
                    }
                    for number in range(7)
                ],
            )
        db.session.remove()
        yield
        with transaction() as session:
            taken = select(StaffMember.id).where(StaffMember.code.like("CB90%"))
            session.execute(update(Rating).where(Rating.staff_id.in_(taken)).values(staff_id=None))
            session.execute(delete(StaffMember).where(StaffMember.code.like("CB90%")))
        db.session.remove()


def assert_large(page: Page) -> None:
    """Everything to press is 96 px high, and as wide where ten keys fit beside each other."""
    small = page.evaluate(
        "(least) => [...document.querySelectorAll('button')].filter((one) => one.offsetParent)"
        ".map((one) => [one.textContent, one.getBoundingClientRect()])"
        ".filter(([, box]) => box.height < 95.5 || box.width < least)"
        ".map(([text, box]) => `${text} ${box.width} ${box.height}`)",
        {1280: 95.5, 1080: 92, 1024: 88, 800: 68}[page.viewport_size["width"]],
    )
    assert small == [], small


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
@pytest.mark.parametrize(
    "size",
    [(1280, 800), (1080, 1920), (1024, 768), (800, 1280)],
    ids=["wide", "tall", "small", "narrow"],
)
def test_is_every_step_clean_large_and_within_the_screen(
    open_page: Callable[..., Page],
    office: Office,
    many_staff: None,
    size: tuple[int, int],
    lang: str,
    *,
    large: bool,
) -> None:
    page = open_page(viewport={"width": size[0], "height": size[1]})
    enrol(page, office)
    if lang == "en":
        page.get_by_role("button", name="English").click()
    if large:
        page.locator("[data-part=display]").click()

    def check() -> None:
        assert_clean(page)
        assert_within(page)
        assert_large(page)

    check()
    page.locator(".face-button").last.click()
    page.locator(".staff").wait_for()
    check()
    page.locator(".buttons .btn").first.click()
    page.locator(".reason").nth(3).wait_for(state="detached")
    check()
    page.locator(".buttons .btn").last.click()
    page.locator(".reason").nth(5).wait_for()
    page.locator(".reason").first.click()
    check()
    page.locator(".buttons .btn").first.click()
    page.locator("#comment").wait_for()
    check()
    page.locator(".writing .btn").last.click()
    page.locator(".thanks img").wait_for()
    check()
    page.locator(".buttons .btn").first.click()
    page.locator(".kind").nth(3).wait_for()
    check()
    page.locator(".kind").nth(2).click()
    page.locator(".kind").nth(2).wait_for(state="detached")
    check()
    page.locator(".kind").first.click()
    for entry, text in (("words", "Chờ lâu"), ("name", "Hà"), ("address", "Khu 3"), ("id_no", "7")):
        page.locator(f"#entry-{entry}").wait_for()
        check()
        fill(page, entry, text)
    page.locator("#entry-phone").wait_for()
    page.locator(".writing .btn").first.click()
    page.locator(".check").wait_for()
    check()
    page.locator(".check__end .btn").first.click()
    page.locator(".writing__error").wait_for()
    assert_clean(page)
    assert_within(page)
    fill(page, "id_no", "022170001234")
    page.locator(".check__end .btn").first.click()
    page.locator(".code").wait_for()
    check()


def test_is_everybody_of_a_large_counter_found_by_name_and_number(
    open_page: Callable[..., Page], office: Office, many_staff: None
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    device = enrol(page, office)
    tap(page, "Rất tốt")
    assert page.locator(".staff .reason").count() == 6
    page.get_by_role("button", name="Người khác (1/2)").click()
    assert page.locator(".staff .reason").count() == 3
    page.get_by_role("button", name="Người khác (2/2)").click()
    page.get_by_role("button", name="Nguyễn Thị Thu Hà 2 Số hiệu CB902").click()
    page.locator(".thanks img").wait_for()
    delivered(page)
    with office.app.app_context():
        named = db.session.scalars(
            select(StaffMember.code)
            .join(Rating, Rating.staff_id == StaffMember.id)
            .join(KioskTap, KioskTap.rating_id == Rating.id)
            .where(KioskTap.device_id == device)
        ).one()
        db.session.remove()
    assert named == "CB902"


def reach(page: Page, name: str) -> None:
    """Step by Tab alone until the control of this name has the focus, as a switch scans."""
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "() => { const one = document.activeElement;"
            " return one.getAttribute('aria-label') ?? one.textContent.trim(); }"
        )
        if found == name:
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"the focus on {name} cannot be seen"
            return
    raise AssertionError(f"{name} is not reached by Tab")


def switch(page: Page, name: str, key: str = "Enter") -> None:
    reach(page, name)
    page.keyboard.press(key)


def asks(page: Page, heading: str) -> None:
    """The question has the focus, so that a screen reader reads it and Tab begins under it."""
    page.locator("[data-part=heading]:focus").get_by_text(heading).wait_for()


def test_is_a_switch_enough_for_everything(
    open_page: Callable[..., Page], office: Office, asking: None
) -> None:
    """Tab and Enter or Space alone: rating, staff, reasons, comment, questions, a submission."""
    page = open_page(viewport={"width": 1280, "height": 800})
    device = enrol(page, office)
    switch(page, "Rất không tốt")
    asks(page, "Ai đã phục vụ ông/bà?")
    number = page.locator(".staff .reason").first.text_content() or ""
    switch(page, number.strip(), "Space")
    asks(page, "Điều gì chưa tốt?")
    switch(page, "Gây phiền hà", "Space")
    assert page.locator(".reason[aria-pressed=true]").inner_text() == "Gây phiền hà"
    switch(page, "Gửi")
    asks(page, "Ông/bà muốn nói thêm điều gì?")
    for key in ("Chữ hoa", "L", "a", "a", "u", "Dấu cách"):
        switch(page, key)
    assert page.locator("#comment").input_value() == "Lâu "
    assert page.locator("[data-part=live]").inner_text() == "Lâu", "a screen reader hears the word"
    switch(page, "Xóa")
    switch(page, "Dấu sắc", "Space")
    assert page.locator("#comment").input_value() == "Lấu"
    page.keyboard.press("Space")  # the key keeps the focus: the same tone again takes it off
    assert page.locator("#comment").input_value() == "Lâu"
    switch(page, "Gửi")
    asks(page, "Giao tiếp lịch sự")
    switch(page, "Chưa tốt")
    asks(page, "Trang phục gọn gàng")
    switch(page, "Không phải vậy")
    asks(page, "Cảm ơn ông/bà")
    switch(page, "Gửi thành đơn")
    asks(page, "Ông/bà muốn gửi gì?")
    switch(page, "Phản ánhMột việc chưa đúng đã gặp")
    asks(page, "Ông/bà muốn viết ở đâu?")
    switch(page, "Viết và gửi tại đâyKhông cần tên. Ông/bà nhận mã để xem trả lời.")
    asks(page, "Chuyện gì đã xảy ra?")
    switch(page, "Tiếp tục")
    for heading in ("Họ và tên của ông/bà", "Số điện thoại"):
        asks(page, heading)
        switch(page, "Bỏ qua")
    asks(page, "Kiểm tra rồi gửi")
    switch(page, "Gửi")
    asks(page, "Phản ánh đã được gửi")
    switch(page, "Xong")
    asks(page, "Ông/bà được phục vụ như thế nào?")
    delivered(page)
    with office.app.app_context():
        rating = db.session.scalars(
            select(Rating)
            .join(KioskTap, KioskTap.rating_id == Rating.id)
            .where(KioskTap.device_id == device)
        ).one()
        said = db.session.scalars(
            select(RatingComment.body).where(RatingComment.rating_id == rating.id)
        ).one()
        kept = db.session.execute(
            select(RatingAnswer.criterion, RatingAnswer.value).where(
                RatingAnswer.rating_id == rating.id
            )
        ).all()
        assert (rating.overall, rating.staff_id is not None, said) == (1, True, "Lâu")
        assert {tuple(one) for one in kept} == {("ATT02", 2), ("DRS01", 0)}
        db.session.remove()


def test_is_there_no_way_out_of_the_screen(open_page: Callable[..., Page], office: Office) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    enrol(page, office)
    for address in (f"/kiosk/{CODE}", "/kiosk/NOWHERE", "/kiosk/a/b/c", f"/kiosk/{CODE}/thanks"):
        page.goto(address)
        page.locator(".face-button").first.wait_for()
    page.evaluate("window.same = true")
    for keys in ("Alt+ArrowLeft", "Control+p", "Control+s", "F1", "F5", "Control+f", "Control+u"):
        page.keyboard.press(keys)
    page.mouse.click(640, 400, button="right")
    page.wait_for_timeout(300)
    assert page.evaluate("window.same"), "the page was left or loaded anew"
    assert len(page.context.pages) == 1
    assert page.locator("a, iframe, form, [target], input").count() == 0
    to_comment(page)
    assert page.locator("a, iframe, form, [target], input").count() == 0
    page.context.set_offline(True)
    page.goto("/kiosk/anywhere")
    page.locator(".face-button").first.wait_for()


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
