"""The forms people fill in and sign by hand: open to everybody, blank, as the law of the day has them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.people import visitor


def said(answer: Any) -> str:
    """The words of a PDF, without spaces."""
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_are_all_forms_listed_with_their_files(app: Flask) -> None:
    page = visitor(app).get("/forms")
    assert page.status_code == 200
    for name in ("complaint_petition", "complaint_authorisation", "denunciation_withdrawal"):
        for kind in ("pdf", "docx"):
            assert f"/forms/{name}.{kind}" in page.text


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("complaint_petition", "ĐƠNKHIẾUNẠI"),
        ("complaint_authorisation", "GIẤYỦYQUYỀNKHIẾUNẠI"),
        ("denunciation_withdrawal", "ĐƠNRÚTTỐCÁO"),
    ],
)
def test_is_a_form_blank_and_ready_to_sign(app: Flask, name: str, title: str) -> None:
    paper = visitor(app).get(f"/forms/{name}.pdf")
    assert paper.mimetype == "application/pdf"
    words = said(paper)
    assert title in words
    assert "ghirõhọtên" in words
    assert "BẢNNHÁP" not in words
    typed = visitor(app).get(f"/forms/{name}.docx")
    assert typed.data.startswith(b"PK")


def test_is_what_is_no_form_not_found(app: Flask) -> None:
    for name in ("complaint_accepted.pdf", "nothing.pdf", "complaint_petition.exe"):
        assert visitor(app).get(f"/forms/{name}").status_code == 404
