"""Papers handed in, through the page of a visit."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from citizenfeedback.gateways import Gateways
from tests.people import Visitor
from tests.web.receptions.test_views import NAME, Office

TYPED = {
    "on-day": "23",
    "on-month": "11",
    "on-year": "2026",
    "time": "08:30",
    "place": "Phòng tiếp công dân",
    "name": NAME,
    "address": "Khe Cát",
    "copies": "2",
    "rows": "4",
    "name_1": "Đơn khiếu nại",
    "pages_1": "3",
    "copy_1": "original",
}


@pytest.fixture
def office(app: Flask, gateways: Gateways) -> Office:
    """The office."""
    return Office(app, gateways)


def entry_page(office: Office, lan: Visitor, **more: Any) -> str:
    """The page for the papers of a new visit."""
    path = lan.post("/receptions/new", office.entry(**more)).headers["Location"]
    page = lan.get(path).text
    assert f"/receptions/papers/new?visit={path.rsplit('/', 1)[1]}" in page
    return f"/receptions/papers/new?visit={path.rsplit('/', 1)[1]}"


@pytest.mark.both_databases
def test_papers_are_listed_and_the_receipt_is_printed(office: Office) -> None:
    lan = office.browser("lan@qn.vn")
    address = entry_page(office, lan)
    page = lan.get(address).text
    assert NAME in page
    assert lan.post(address, TYPED).status_code == 303
    page = lan.get(address).text
    assert "1 tài liệu" in page
    found = re.search(r"/receptions/papers/\d+", page)
    assert found is not None
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert lan.get(f"{found[0]}.{form}").data.startswith(start)
    assert office.browser("hoa@qn.vn").get(f"{found[0]}.pdf").status_code == 404


def test_more_rows_keep_what_was_typed(office: Office) -> None:
    lan = office.browser("lan@qn.vn")
    address = entry_page(office, lan)
    answer = lan.post(address, TYPED | {"more": "1"})
    assert answer.status_code == 200
    assert 'name="name_8"' in answer.text
    assert "Đơn khiếu nại" in answer.text


def test_an_empty_list_is_refused(office: Office) -> None:
    lan = office.browser("lan@qn.vn")
    address = entry_page(office, lan)
    answer = lan.post(address, TYPED | {"name_1": ""})
    assert answer.status_code == 422
    assert "từ 1 đến 60 tài liệu" in answer.text


def test_a_denouncer_is_not_named_on_the_page(office: Office) -> None:
    lan = office.browser("lan@qn.vn")
    address = entry_page(office, lan, kind="denunciation")
    assert NAME not in lan.get(address).text
    assert lan.post(address, TYPED | {"name": "", "address": ""}).status_code == 303
    assert NAME not in lan.get(address).text


def test_papers_of_nothing_are_not_found(office: Office) -> None:
    lan = office.browser("lan@qn.vn")
    for address in ("", "?case=26-0000-0", "?visit=99"):
        assert lan.get(f"/receptions/papers/new{address}").status_code == 404
