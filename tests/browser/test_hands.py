"""Whole journeys by keyboard alone, with scripts and without, in both languages.

Every stop of the Tab key must show where one is: what the focus draws is compared with the same
element without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from citizenfeedback.domain.vocabulary import LookReason
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from tests.browser.conftest import CODE, PHONE, Office
from tests.people import PASSWORD
from tests.services.desk import HOA

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST_STOPS = 150
GO_ON = ".btn--primary, .btn--warning"

FOCUS = """() => {
  const one = document.activeElement;
  const around = [one.parentElement, one.closest("tr"), one.closest(".card")].filter(Boolean);
  const drawn = () => [one, ...one.children, ...(one.labels || []), ...around].flatMap((node) =>
    ["", "::before", "::after"].map((part) => {
      const style = getComputedStyle(node, part || undefined);
      const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
        && !/, 0\\)$/.test(style.outlineColor) ? style.outline : "";
      return `${outline}|${style.boxShadow}|${style.backgroundColor}`;
    }));
  const focused = drawn();
  let blurred = [];
  if (one.type !== "date") {  // the parts of a date are stops of their own, which this would begin anew
    one.blur();
    blurred = drawn();
    one.focus({ preventScroll: true });
  }
  const box = (one.labels && one.labels[0] || one).getBoundingClientRect();
  return {
    main: Boolean(one.closest("main")),
    name: one.name || "",
    value: one.type === "radio" ? one.value : "",
    kind: one.type || one.tagName.toLowerCase(),
    html: one.cloneNode(false).outerHTML,
    shown: focused.some((look, place) => look !== blurred[place] && look !== "|none|rgba(0, 0, 0, 0)"),
    inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""


@dataclass
class Hands:
    """Somebody who has a keyboard and nothing else."""

    page: Page

    def tab(self) -> Mapping[str, str]:
        """Go to the next stop; it shows that one is there."""
        self.page.keyboard.press("Tab")
        stop: Mapping[str, str] = self.page.evaluate(FOCUS)
        if stop["kind"] != "body":
            assert stop["shown"], f"{self.page.url} does not show the focus at {stop['html']}"
            assert stop["inside"], f"{self.page.url} has the focus out of sight at {stop['html']}"
        return stop

    def reach(self, selector: str) -> None:
        """Go on until the focus is on what the selector names."""
        for _ in range(MOST_STOPS):
            self.tab()
            if self.at(selector):
                return
        raise AssertionError(f"{self.page.url}: no way to {selector} with the Tab key")

    def at(self, selector: str) -> bool:
        """Whether the focus is on what the selector names."""
        there: bool = self.page.evaluate(
            "selector => document.activeElement.matches(selector)", selector
        )
        return there

    def enter(self) -> None:
        """Press Enter on what has the focus, and wait for the page to which it leads."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press(self, selector: str) -> None:
        """Reach a link or a button and press it."""
        self.reach(selector)
        self.enter()

    def answer(self, answers: Mapping[str, str]) -> None:
        """Go through a page in its own order, answer what is met, and press its main button."""
        left = dict(answers)
        for _ in range(MOST_STOPS):
            stop = self.tab()
            if stop["main"] and self.at(GO_ON):
                self.enter()
                return
            if stop["name"] in left:
                self._give(left.pop(stop["name"]), stop)
        raise AssertionError(f"{self.page.url}: no way to its button with the Tab key")

    def _give(self, value: str, stop: Mapping[str, str]) -> None:
        if stop["kind"] not in ("radio", "checkbox"):
            self.page.keyboard.type(value)
            return
        self.page.keyboard.press("Space")
        for _ in range(MOST_STOPS):
            if not value or self.at(f"[value='{value}']"):
                break
            self.page.keyboard.press("ArrowDown")
        assert self.at(":checked")


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def script(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts."""
    return bool(request.param)


@pytest.fixture(params=["vi", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    """The language of the journey."""
    return str(request.param)


@pytest.fixture
def begin(open_page: Callable[..., Page], script: bool, lang: str) -> Callable[..., Hands]:
    """`begin("/rate")`: a page opened in the language of the journey."""

    def opened(path: str, **options: object) -> Hands:
        page = open_page(script=script, **options)
        page.goto(f"{path}?lang={lang}")
        assert page.locator("html").get_attribute("lang") == lang
        return Hands(page)

    return opened


def test_can_one_rate_by_keyboard(begin: Callable[..., Hands]) -> None:
    hands = begin(f"/r/{CODE}", viewport=PHONE)
    hands.press("button[name=score][value='2']")
    assert hands.page.url.endswith("/more")
    hands.answer({"reasons": "", "comment": "Chờ lâu"})
    assert hands.page.url.endswith("/thanks")


def test_can_one_file_and_follow_by_keyboard(
    begin: Callable[..., Hands], office: Office, script: bool
) -> None:
    hands = begin("/petitions/new", viewport=PHONE)
    hands.answer({"question": "something_seen"})
    answers = {
        "words": "Đèn đường ở thôn Khe Cát hỏng đã ba tháng, buổi tối rất tối.",
        "wish": "Sửa đèn.",
        "field": "",
        "unit": "",
        "standing": "alone",
        "name": "Lò Thị Măng",
        "phone": "0912345678",
        "address": "Thôn Khe Cát",
    }
    for _ in range(20):
        if hands.page.url.endswith("/check"):
            break
        hands.answer(answers)
    hands.press(f"main :is({GO_ON})")
    assert hands.page.url.endswith("/petitions/new/code")
    with office.app.app_context():
        look = db.session.scalar(select(Case.look).order_by(Case.id.desc()).limit(1))
        db.session.remove()
    assert look == ("" if script else LookReason.NO_PROOF_OF_WORK)
    code = re.search(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", hands.page.locator("main").inner_text())
    assert code is not None
    assert code.group() not in hands.page.url
    hands.page.goto("/track")
    hands.answer({"code": code.group().lower()})
    assert hands.page.url.endswith("/track/case")
    said = hands.page.locator("main").inner_text()
    assert "Khe Cát" not in said, "what was filed needs more proof"


def test_can_one_follow_and_write_by_keyboard(begin: Callable[..., Hands], office: Office) -> None:
    hands = begin("/track", viewport=PHONE)
    hands.tab()
    assert hands.at("[href='#main']"), "the way past the head of the page comes first"
    hands.reach("input[name=code]")
    hands.page.keyboard.type(office.complaint.access_code)
    hands.enter()
    assert hands.page.url.endswith("/track/case")
    hands.press("a[href='/track/message']")
    hands.answer({"body": "Tôi gửi thêm ảnh vào thứ Sáu."})
    assert "Tôi gửi thêm ảnh vào thứ Sáu." in hands.page.locator("main").inner_text()


def test_can_an_official_sign_in_and_act_by_keyboard(
    begin: Callable[..., Hands], office: Office
) -> None:
    number = office.reflection.number
    hands = begin("/sign-in")
    hands.answer({"email": f"u{HOA}@example.vn", "password": PASSWORD})
    hands.page.goto("/inbox")
    hands.press(f"a[href='/inbox/cases/{number}']")
    hands.press(f"a[href='/inbox/cases/{number}/message']")
    hands.answer({"text": "Tổ sửa đèn sẽ đến thứ Sáu."})
    assert "Tổ sửa đèn sẽ đến thứ Sáu." in hands.page.locator("main").inner_text()
