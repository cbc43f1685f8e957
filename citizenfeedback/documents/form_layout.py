"""What stands on the paper of a statutory form, whichever file it becomes: heading, lines, signatures.

The return is an official document, so its sheet is Vietnamese whatever language its page was in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from citizenfeedback.documents.catalogue import SOURCE_LANGUAGE
from citizenfeedback.documents.figure_words import window_of
from citizenfeedback.documents.form_words import HeadCell, depth, head_cells, number_line
from citizenfeedback.documents.formats import format_date
from citizenfeedback.domain.law.form_sets import form_set
from citizenfeedback.domain.law.statistics import Form, FormCode, FormSet
from citizenfeedback.domain.windows import Window

Document = Mapping[str, Any]
Number = int | float | None

LANG = SOURCE_LANGUAGE
UNIT = "Đơn vị"
NUMBERS = "MS"
TOTAL = "Tổng số"
ROTATED_FROM = 18
"""A form with this many columns or more has its lowest headings set upright, or they would not fit."""


@dataclass(frozen=True, slots=True)
class Line:
    """One unit with its columns; `depth` counts from the unit that the form is about."""

    name: str
    depth: int
    values: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form ready to be drawn."""

    form: Form
    forms: FormSet
    window: Window
    unit: str
    lines: tuple[Line, ...]
    total: Line

    @property
    def heads(self) -> tuple[HeadCell, ...]:
        """The merged cells of the heading."""
        return head_cells(self.form, LANG)

    @property
    def depth(self) -> int:
        """How many rows the heading has, without the row of numbers."""
        return depth(self.form)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The row of numbers and formulas."""
        return tuple(number_line(column) for column in self.form.columns)

    @property
    def upright(self) -> bool:
        """Whether the lowest headings are turned by a quarter."""
        return len(self.form.columns) >= ROTATED_FROM

    @property
    def issued(self) -> tuple[str, str]:
        """Which form it is and where it comes from."""
        day = self.forms.issued_on
        dated = "" if day is None else f" ngày {day.day}/{day.month}/{day.year}"
        return (
            f"Biểu số: {self.form.printed}",
            f"Ban hành kèm theo Thông tư số {self.forms.circular}{dated}",
        )

    @property
    def titles(self) -> tuple[str, str, str]:
        """The title, the days it covers, and the report it belongs to."""
        first, last = (format_date(day, LANG) for day in (self.window.first, self.window.last))
        return (
            self.form.title,
            f"Số liệu tính từ ngày {first} đến ngày {last}",
            "(Kèm theo Báo cáo số …………… ngày …/…/…… của ……………………………)",
        )

    @property
    def notes(self) -> str:
        """The line below the table, with its number."""
        said = "……………………………………………………………………………………………"
        number = f"({self.form.notes}) " if self.form.notes else ""
        return f"{number}Ghi chú: {said}"


SIGNATURES: Sequence[tuple[str, str]] = (
    ("Người lập biểu", "(Ký, ghi rõ họ tên)"),
    ("Thủ trưởng đơn vị", "(Ký, đóng dấu, ghi rõ họ tên)"),
)
DATED = "……………, ngày …… tháng …… năm ……"


def sheet_of(document: Document) -> Sheet:
    """The document of a form (`queries/returns.py`) as its sheet."""
    forms = form_set(document["forms"])
    form = forms.forms[FormCode(document["report"])]

    def values(columns: Mapping[str, Number]) -> tuple[Number, ...]:
        return tuple(columns[str(column.number)] for column in form.columns)

    lines = tuple(
        Line(name[LANG], name["depth"], values(row["columns"]))
        for name, row in zip(document["names"], document["rows"], strict=True)
    )
    total = Line(TOTAL, 0, values(document["total"]["columns"]))
    return Sheet(form, forms, window_of(document["period"]), document["name"][LANG], lines, total)
