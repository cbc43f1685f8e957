"""Are the headings of the statutory forms merged as printed, and every column said in words?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from citizenfeedback.documents.form_words import (
    column_definition,
    depth,
    format_cell,
    full_heading,
    head_cells,
    number_line,
)
from citizenfeedback.domain.law.statistics import FORMS, FormCode


@pytest.mark.parametrize("code", FORMS)
def test_the_heading_covers_every_place_once(code: FormCode) -> None:
    """Do the merged cells fill the heading without a gap and without lying on one another?"""
    form = FORMS[code]
    covered = [
        (row, column)
        for cell in head_cells(form)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    wanted = [(row, column) for row in range(depth(form)) for column in range(len(form.columns))]
    assert sorted(covered) == wanted


def test_neighbours_share_the_heading_above_them() -> None:
    """Does one cell stand over all columns of a group, and a lone column reach down?"""
    cells = {cell.text: cell for cell in head_cells(FORMS[FormCode.XLD], "en")}
    complaints = cells["Complaint"]
    assert (complaints.column, complaints.columns, complaints.rows) == (5, 6, 1)
    assert cells["Submissions processed"].rows == depth(FORMS[FormCode.XLD]) == 3


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_column_is_said_in_words(lang: str) -> None:
    """Has each column a definition that ends as a sentence, and a heading with what is above it?"""
    for form in FORMS.values():
        for column in form.columns:
            assert column_definition(column, lang).endswith(".")
            assert full_heading(column, lang).count(": ") == len(column.parents)


def test_the_row_of_numbers_carries_the_formulas() -> None:
    """Is the number printed with every formula it must equal?"""
    form = FORMS[FormCode.XLD]
    assert number_line(form.column(6)) == "6=7+8=9+10+11"
    assert number_line(form.column(5)) == "5"


def test_values_are_written_as_people_write_them() -> None:
    """Are numbers whole, amounts as exact as they are, and blanks a dash?"""
    form = FORMS[FormCode.GQKN]
    assert format_cell(form.column(1), 12345, "vi") == "12.345"
    assert format_cell(form.column(13), Decimal("1234.5"), "vi") == "1.234,5"
    assert format_cell(form.column(13), 1200, "en") == "1,200"
    assert format_cell(form.column(13), None, "vi") == "–"
