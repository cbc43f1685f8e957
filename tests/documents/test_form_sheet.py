"""Is the spreadsheet of a form laid out as prescribed, with real numbers and no formulas?"""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import load_workbook

from citizenfeedback.documents.form_sheet import form_xlsx
from citizenfeedback.domain.law.statistics import FORMS, FormCode
from tests.documents import reports


@pytest.mark.parametrize("code", FORMS)
def test_a_form_is_a_sheet_ready_to_print(code: FormCode) -> None:
    """Landscape A4, one page wide, heading repeated, merged headings, numbers in their row?"""
    content = form_xlsx(reports.form(code))
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet.title == code
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in (None, 1)
    assert sheet.page_setup.fitToHeight == 0
    form = FORMS[code]
    numbers = next(row for row in sheet.iter_rows() if row[0].value == "MS")
    assert sheet.print_title_rows.endswith(f"${numbers[0].row}")
    printed = [str(cell.value).replace("\u200b", "").replace("\n", "") for cell in numbers[1:]]
    assert [text.split("=")[0] for text in printed] == [str(one.number) for one in form.columns]
    assert len(sheet.merged_cells.ranges) > 8


def test_numbers_are_numbers_and_texts_never_formulas() -> None:
    """Is a hostile name kept as text for good, and the total the last line?"""
    content = form_xlsx(reports.form())
    sheet = load_workbook(io.BytesIO(content)).active
    rows = {str(row[0].value).strip(): row for row in sheet.iter_rows() if row[0].value}
    hostile = rows[reports.HOSTILE]
    assert hostile[0].data_type == "s"
    assert [cell.value for cell in hostile[1:4]] == [1, 2, 3]
    assert [cell.value for cell in rows["Tổng số"][1:4]] == [2, 4, 6]
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert any(cell.value == "THỦ TRƯỞNG ĐƠN VỊ" for row in sheet.iter_rows() for cell in row)
