"""Does the paper of a form say which form it is, for which days, of whom, and who signs?"""

from __future__ import annotations

import pytest

from citizenfeedback.documents.form_layout import sheet_of
from citizenfeedback.domain.law.statistics import FORMS, FormCode
from tests.documents import reports


def test_the_sheet_names_form_circular_unit_and_days() -> None:
    """Is everything there that the prescribed heading has?"""
    sheet = sheet_of(reports.form())
    assert sheet.issued == (
        "Biểu số: 02/XLD",
        "Ban hành kèm theo Thông tư số 06/2025/TT-TTCP ngày 29/9/2025",
    )
    assert sheet.titles[1] == "Số liệu tính từ ngày 15/09/2026 đến ngày 14/12/2026"
    assert sheet.unit == "UBND tỉnh"
    assert sheet.total.values[:2] == (2, 4)
    assert sheet.notes.startswith("(26) Ghi chú: …")


@pytest.mark.parametrize("code", FORMS)
def test_narrow_columns_have_their_headings_upright(code: FormCode) -> None:
    """Are the headings of every form with many columns turned?"""
    sheet = sheet_of(reports.form(code))
    assert sheet.upright is (code is not FormCode.QLKNTC)
