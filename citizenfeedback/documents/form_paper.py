"""A statutory form as PDF, laid out as printed; the same layout as its spreadsheet."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from citizenfeedback.documents.form_layout import (
    DATED,
    LANG,
    NUMBERS,
    SIGNATURES,
    UNIT,
    Document,
    Line,
    Sheet,
    sheet_of,
)
from citizenfeedback.documents.form_words import format_cell
from citizenfeedback.documents.paper import compiled


def form_pdf(document: Document, _lang: str = "") -> bytes:
    """A statutory form as an office signs it; Vietnamese, as it is prescribed."""
    drawn = sheet_of(document)
    data = {
        "title": f"{drawn.form.printed} {drawn.form.title}",
        "unit": drawn.unit,
        "issued": drawn.issued,
        "titles": drawn.titles,
        "depth": drawn.depth,
        "upright": drawn.upright,
        "unit_head": UNIT,
        "numbers_head": NUMBERS,
        "heads": [asdict(cell) for cell in drawn.heads],
        "numbers": drawn.numbers,
        "lines": [_line(drawn, line) for line in drawn.lines],
        "total": _line(drawn, drawn.total),
        "notes": drawn.notes,
        "dated": DATED,
        "signatures": SIGNATURES,
    }
    return compiled("form.typ", data, drawn.window.last)


def _line(drawn: Sheet, line: Line) -> dict[str, Any]:
    cells = zip(drawn.form.columns, line.values, strict=True)
    return {
        "name": line.name,
        "depth": line.depth,
        "values": [
            "" if value is None else format_cell(column, value, LANG) for column, value in cells
        ],
    }
