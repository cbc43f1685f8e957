"""Is the paper of a form landscape, on one page where it fits, and complete?"""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from citizenfeedback.documents.form_paper import form_pdf
from citizenfeedback.domain.law.statistics import FORMS, FormCode
from tests.documents import reports


@pytest.mark.parametrize("code", FORMS)
def test_a_form_fits_a_landscape_page_with_its_signatures(code: FormCode) -> None:
    """Is the page wider than high, with title, days, numbers, notes and who signs?"""
    content = form_pdf(reports.form(code))
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) == 1
    box = pages[0].mediabox
    assert box.width > box.height
    text = " ".join(pages[0].extract_text().split())
    form = FORMS[code]
    for said in (form.printed, "Số liệu tính từ ngày 15/09/2026", "THỦ TRƯỞNG ĐƠN VỊ"):
        assert said in text
    assert f"({form.notes}) Ghi chú" in text
    assert content == form_pdf(reports.form(code))
