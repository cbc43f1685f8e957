"""The access code on the way: checked before anything is sent, read from its picture, asked back."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from citizenfeedback.domain.numbers import ALPHABET, access_code, normalise_code
from tests.browser.conftest import PHONE, Office, assert_clean

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def spoilt(code: str) -> list[str]:
    """Every code with one wrong character or two neighbours swapped, and other spellings."""
    plain = code.replace("-", "")
    found = [
        plain[:place] + other + plain[place + 1 :]
        for place in range(16)
        for other in ALPHABET
        if other != plain[place]
    ]
    found += [
        plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
        for place in range(15)
        if plain[place] != plain[place + 1]
    ]
    return found


def test_does_the_browser_judge_a_code_as_the_office_does(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/track")
    chance = random.Random(7)
    codes = [access_code(chance.randbytes) for _ in range(20)]
    typed = [other for code in codes for other in spoilt(code)]
    typed += [spelling(code) for code in codes for spelling in (str.lower, str.title)]
    typed += [code.replace("-", " – ").replace("0", "o").replace("1", "l") for code in codes]
    typed += ["", "x", "ＡＢＣＤ", "Đ" * 16, codes[0] + "0"]
    judged = page.evaluate(
        "async (typed) => (await import('/static/js/code.js')).isRight"
        " && typed.map((await import('/static/js/code.js')).isRight)",
        typed,
    )
    assert judged == [normalise_code(one) is not None for one in typed]
    assert judged.count(True) == 60


def test_is_a_mistyped_code_noticed_before_anything_is_sent(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport=PHONE)
    page.goto("/track")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    code = office.complaint.access_code
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    page.locator("input[name=code]").fill(wrong)
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_text("Có ký tự chép sai").wait_for()
    # The page may still fetch its picture, the alert its typeface; nothing else may go.
    assert [url for url in asked if "/static/" not in url] == []
    assert page.locator("input[name=code]").input_value() == wrong
    assert page.locator("input[name=code]").evaluate("box => box === document.activeElement")
    assert_clean(page)
    page.locator("input[name=code]").fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/track/case*")


def test_does_a_scanned_code_fill_the_form_and_leave_the_address(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(f"/track#{office.complaint.access_code}")
    assert page.locator("input[name=code]").input_value() == office.complaint.access_code
    assert page.url.endswith("/track")
    page.get_by_role("button", name="Xem đơn").click()
    page.wait_for_url("**/track/case*")
