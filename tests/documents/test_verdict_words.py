"""The figures of citizens' verdicts in words and as files."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from citizenfeedback.documents.tables import render
from citizenfeedback.documents.verdict_words import (
    COLUMNS,
    verdict_headline,
    verdict_meanings,
    verdict_table,
)

ONE = {"solved": 2, "partly": 1, "not": 1, "sent": 10, "answered": 4}
DOCUMENT = {
    "report": "verdicts",
    "period": {"from": "2026-08-01", "to": "2026-08-31"},
    "unit": "U1",
    "name": {"vi": "UBND tỉnh", "en": "Province"},
    "whole": ONE,
    "kinds": {"complaint": ONE, "petition": dict.fromkeys(ONE, 0)},
    "units": [{"name": {"vi": "=Sở Xây dựng", "en": "Construction"}, "figures": ONE}],
}


def test_does_the_headline_answer_in_one_sentence() -> None:
    assert (
        verdict_headline(2, 4) == "Người dân nói đã giải quyết được 2 trên 4 vụ việc: 50,00\u00a0%."
    )
    assert "No citizen" in verdict_headline(0, 0, "en")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_has_each_figure_its_definition_and_sides(lang: str) -> None:
    for one in verdict_meanings(lang):
        assert all(one[part] for part in ("name", "definition", "above", "below"))
    heads, whole, *rest = verdict_table(DOCUMENT, lang)
    assert len(heads) == len(whole) == len(COLUMNS)
    assert whole[5:] == [4, 50.0, 10, 4, 40.0]
    assert len(rest) == 3


def test_are_the_files_whole_and_harmless() -> None:
    book = load_workbook(BytesIO(render(DOCUMENT, "xlsx")))
    sheet = book.worksheets[0]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "=Sở Xây dựng" in cells
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet._charts
    assert "'=Sở Xây dựng" in render(DOCUMENT, "csv").decode("utf-8-sig")
