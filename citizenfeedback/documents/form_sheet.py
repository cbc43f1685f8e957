"""A statutory form as a spreadsheet, laid out as printed: A4 landscape, one page wide, ready to sign."""

from __future__ import annotations

from typing import Any

from citizenfeedback.documents.form_layout import (
    DATED,
    NUMBERS,
    SIGNATURES,
    UNIT,
    Document,
    Line,
    Sheet,
    sheet_of,
)
from citizenfeedback.documents.workbook import Book
from citizenfeedback.domain.law.statistics import Unit

A4 = 9
HEAD_HEIGHT = 26
UPRIGHT_HEIGHT = 118
UNIT_WIDTH = 30

_BOX = {"border": 1, "valign": "vcenter"}
_LOOKS: dict[str, dict[str, Any]] = {
    "form_left": {"bold": True, "align": "center", "text_wrap": True, "valign": "top"},
    "form_right": {"italic": True, "align": "center", "text_wrap": True, "valign": "top"},
    "form_title": {"bold": True, "font_size": 14, "align": "center"},
    "form_said": {"italic": True, "align": "center"},
    "form_head": {**_BOX, "bold": True, "align": "center", "text_wrap": True, "font_size": 9},
    "form_upright": {**_BOX, "align": "center", "text_wrap": True, "rotation": 90, "font_size": 9},
    "form_number": {**_BOX, "italic": True, "align": "center", "text_wrap": True, "font_size": 7},
    "form_unit": {**_BOX, "text_wrap": True, "font_size": 10},
    "form_count": {**_BOX, "num_format": "#,##0", "font_size": 10},
    "form_amount": {**_BOX, "num_format": "#,##0.######", "font_size": 10},
    "form_total": {**_BOX, "bold": True, "font_size": 10},
    "form_total_count": {**_BOX, "bold": True, "num_format": "#,##0", "font_size": 10},
    "form_total_amount": {**_BOX, "bold": True, "num_format": "#,##0.######", "font_size": 10},
    "form_sign": {"bold": True, "align": "center"},
}


def form_xlsx(document: Document, _lang: str = "") -> bytes:
    """A statutory form as an office fills it in and signs it; Vietnamese, as it is prescribed."""
    drawn = sheet_of(document)
    book = Book(f"{drawn.form.printed} {drawn.form.title}", "vi")
    book.add_looks(_LOOKS)
    sheet = book.book.add_worksheet(drawn.form.printed.replace("/", "-"))
    last = len(drawn.form.columns)
    _set_up(sheet, drawn, last)
    top = _titles(book, sheet, drawn, last)
    row = _heads(book, sheet, drawn, top)
    sheet.repeat_rows(top, row - 1)
    sheet.freeze_panes(row, 1)
    for line in drawn.lines:
        _line(book, sheet, drawn, row, line)
        row += 1
    _line(book, sheet, drawn, row, drawn.total, "form_total")
    book.put(sheet, row + 1, 0, drawn.notes)
    _signatures(book, sheet, row + 3, last)
    sheet.print_area(0, 0, row + 9, last)
    return book.bytes()


def _set_up(sheet: Any, drawn: Sheet, last: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer("&C&P / &N")
    sheet.set_column(0, 0, UNIT_WIDTH)
    sheet.set_column(1, last, 5.3 if drawn.upright else 8)


def _titles(book: Book, sheet: Any, drawn: Sheet, last: int) -> int:
    """Who reports, which form, its title and days; returns the first row of the heading."""
    half = last // 2
    form, source = drawn.issued
    book.merge(sheet, (0, 0, 1, half - 1), drawn.unit.upper(), "form_left")
    book.merge(sheet, (0, half, 0, last), form, "form_left")
    book.merge(sheet, (1, half, 1, last), source, "form_right")
    title, said, belongs = drawn.titles
    book.merge(sheet, (3, 0, 3, last), title.upper(), "form_title")
    book.merge(sheet, (4, 0, 4, last), said, "form_said")
    book.merge(sheet, (5, 0, 5, last), belongs, "form_said")
    return 7


def _heads(book: Book, sheet: Any, drawn: Sheet, top: int) -> int:
    """The merged headings and the row of numbers; returns the first row of the units."""
    deep = drawn.depth
    book.merge(sheet, (top, 0, top + deep - 1, 0), UNIT, "form_head")
    for cell in drawn.heads:
        lowest = cell.columns == 1 and cell.row + cell.rows == deep
        place = (
            top + cell.row,
            1 + cell.column,
            top + cell.row + cell.rows - 1,
            cell.column + cell.columns,
        )
        look = "form_upright" if lowest and drawn.upright else "form_head"
        book.merge(sheet, place, cell.text, look)
    for row in range(top, top + deep):
        sheet.set_row(row, HEAD_HEIGHT)
    sheet.set_row(top + deep - 1, UPRIGHT_HEIGHT if drawn.upright else 2 * HEAD_HEIGHT)
    numbers = top + deep
    sheet.set_row(numbers, 48 if any(len(text) > 8 for text in drawn.numbers) else 20)
    book.put(sheet, numbers, 0, NUMBERS, "form_number")
    for column, text in enumerate(drawn.numbers, 1):
        broken = text.replace("=", "\n=").replace("+", "+\u200b")
        book.put(sheet, numbers, column, broken, "form_number")
    return numbers + 1


def _line(
    book: Book, sheet: Any, drawn: Sheet, row: int, line: Line, look: str = "form_unit"
) -> None:
    book.put(sheet, row, 0, "  " * line.depth + line.name, look)
    total = look == "form_total"
    for place, (column, value) in enumerate(zip(drawn.form.columns, line.values, strict=True), 1):
        amount = column.unit is not Unit.NUMBER and isinstance(value, float)
        kind = "amount" if amount else "count"
        book.number(sheet, row, place, value, f"form_total_{kind}" if total else f"form_{kind}")


def _signatures(book: Book, sheet: Any, row: int, last: int) -> None:
    half = last // 2
    book.merge(sheet, (row, half, row, last), DATED, "form_said")
    for (who, hint), (left, right) in zip(SIGNATURES, ((0, half - 1), (half, last)), strict=True):
        book.merge(sheet, (row + 1, left, row + 1, right), who.upper(), "form_sign")
        book.merge(sheet, (row + 2, left, row + 2, right), hint, "form_said")
