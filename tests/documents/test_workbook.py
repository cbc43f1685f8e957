"""Is the table book whole: numbers as numbers, texts as texts, charts that are charts?"""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from citizenfeedback.documents.workbook import monthly_xlsx, ratings_xlsx
from citizenfeedback.domain.indicators import INDICATORS, Measure
from tests.documents.reports import HOSTILE, monthly_book, plain_monthly, ratings


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_book_holds_every_figure_unit_by_unit() -> None:
    """Is there one row a unit with every figure, each rate with both of its sides?"""
    book = opened(monthly_xlsx(monthly_book()))
    assert book.sheetnames == ["Tóm tắt", "Số liệu", "Theo đơn vị", "Theo lĩnh vực", "Định nghĩa"]
    sheet = book["Theo đơn vị"]
    keys = [cell.value for cell in sheet[2]][2:]
    rates = [key for key, one in INDICATORS.items() if one.measure is Measure.RATE]
    assert set(keys) == {
        *INDICATORS,
        *(f"{key}.{side}" for key in rates for side in ("numerator", "denominator")),
    }
    assert [sheet.cell(row, 1).value for row in (3, 4, 5)] == ["TOP", "X1", "X2"]
    assert sheet.cell(3, keys.index("receptions.turns") + 3).value == 7
    assert sheet.cell(3, keys.index("cases.on_time_rate.denominator") + 3).value == 3
    assert [len(sheet._charts) for sheet in book][:3] == [2, 0, 1]


def test_nothing_in_it_is_a_formula_or_an_address() -> None:
    """Does a hostile name stay text, marked so that editing does not wake it?"""
    for content in (monthly_xlsx(monthly_book()), ratings_xlsx(ratings())):
        cells = [cell for sheet in opened(content) for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
        hostile = [cell for cell in cells if str(cell.value).strip() == HOSTILE]
        assert hostile
        assert all(cell.data_type == "s" for cell in hostile)
    named = opened(ratings_xlsx(ratings()))["Điểm phục vụ"]["A3"]
    assert named.value == HOSTILE
    assert named.quotePrefix


def test_a_plain_document_makes_a_smaller_book() -> None:
    """Does a report without its parts still come out, and in English?"""
    book = opened(monthly_xlsx(plain_monthly(), "en"))
    assert book.sheetnames == ["Summary", "Figure", "Definitions"]
    assert "complaints and denunciations" in book["Summary"]["A1"].value


def test_ratings_stand_with_their_intervals() -> None:
    """Are points, people and items there with counts and intervals?"""
    book = opened(ratings_xlsx(ratings()))
    assert book.sheetnames == ["Tóm tắt", "Điểm phục vụ", "Cán bộ", "Tiêu chí"]
    assert [cell.value for cell in book["Cán bộ"][2]][3:7] == [40, 4.26, 4.1, 4.42]
    assert book["Cán bộ"]["D3"].value == 6
    assert book["Tiêu chí"]["E3"].value == 90
