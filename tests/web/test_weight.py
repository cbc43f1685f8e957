"""What a phone on a weak line is sent: never more than these limits."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.people import visitor

FIRST_PAINT = 45_000
FIRST_VISIT = 150_000
LATER_VISIT = 20_000
PAGES = (
    "/",
    "/figures",
    "/offices",
    "/privacy",
    "/display",
    "/rate",
    "/track",
    "/petitions/new",
    "/sign-in",
    "/nowhere",
)
FONT = re.compile(r"url\((fonts/[^)]+)\)")


def sent(app: Flask, address: str) -> int:
    """How many bytes the body at an address has as it goes over the line."""
    answer = app.test_client().get(address, headers={"Accept-Encoding": "gzip"})
    assert address == "/nowhere" or answer.status_code == 200
    size = len(answer.data)
    answer.close()
    return size


def linked(page: str, pattern: str) -> set[str]:
    """The addresses of this kind of thing that a page asks for."""
    return set(re.findall(pattern, page))


@pytest.mark.parametrize("address", PAGES)
def test_is_a_page_light_enough_for_a_weak_line(app: Flask, address: str) -> None:
    page = visitor(app).get(address).text
    styles = linked(page, r'<link rel="stylesheet" href="([^"]+)">')
    scripts = linked(page, r'<script[^>]* src="([^"]+)"')
    icons = linked(page, r'<link rel="icon" href="([^"]+)"')
    assert len(styles) == 1
    html = sent(app, address)
    blocking = sum(sent(app, style) for style in styles)
    assert html <= LATER_VISIT
    assert html + blocking <= FIRST_PAINT
    sheet = visitor(app).get(next(iter(styles))).text
    fonts = {f"/static/{name}" for name in FONT.findall(sheet)}
    assert len(fonts) == 6
    beside = sum(sent(app, one) for one in {*scripts, *icons, *fonts})
    assert html + blocking + beside <= FIRST_VISIT


def test_do_letters_show_before_their_font_is_there(app: Flask) -> None:
    page = visitor(app).get("/").text
    sheet = visitor(app).get(linked(page, r'<link rel="stylesheet" href="([^"]+)">').pop()).text
    assert sheet.count("@font-face") == sheet.count("font-display:swap") == 6
    assert 'as="font"' not in page, "a font fetched early takes the line from the styles"
