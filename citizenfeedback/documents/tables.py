"""Reports as files: CSV, XLSX, PDF and JSON of the documents that the queries make.

A document is plain data (`queries/reporting.py`, `queries/ratings.py`); nothing here counts. Texts
that a spreadsheet would run as a formula become plain text.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from citizenfeedback.documents.catalogue import SOURCE_LANGUAGE
from citizenfeedback.documents.figure_words import figure_name
from citizenfeedback.documents.form_layout import TOTAL
from citizenfeedback.documents.form_paper import form_pdf
from citizenfeedback.documents.form_sheet import form_xlsx
from citizenfeedback.documents.paper import monthly_pdf, ratings_pdf
from citizenfeedback.documents.rating_words import criterion_words
from citizenfeedback.documents.verdict_words import verdict_table
from citizenfeedback.documents.workbook import (
    LIKE_FORMULAS,
    monthly_xlsx,
    ratings_xlsx,
    verdicts_xlsx,
)
from citizenfeedback.domain.law.statistics import FormCode

Document = Mapping[str, Any]
Cell = str | int | float | bool | None

FORMATS = ("json", "csv", "xlsx", "pdf")
MEDIA_TYPES: Mapping[str, str] = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
CONTRACT: Mapping[str, tuple[str, ...]] = {
    "monthly": ("report", "period", "unit", "figures"),
    "ratings": (
        "report",
        "period",
        "unit",
        "overall",
        "scores",
        "doubtful",
        "points",
        "staff",
        "unnamed",
        "criteria",
    ),
    **{code.value: ("report", "period", "rows", "total", "checks") for code in FormCode},
}
"""What the JSON of a report holds, whatever more its document has for other forms."""

MONTHLY_COLUMNS = (
    *("unit", "from", "to", "key", "value", "numerator", "denominator"),
    *("unit_name", "name"),
)
RATINGS_COLUMNS = (
    *("by", "code", "name", "unit", "count", "mean", "mean_low", "mean_high"),
    *("satisfied_rate", "low", "high"),
)


def render(document: Document, form: str, lang: str = SOURCE_LANGUAGE) -> bytes:
    """A report as a file of one form: json, csv, xlsx or pdf."""
    return _RENDERERS[form, document["report"]](document, lang)


def plain_cell(value: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.lstrip(" \u00a0").startswith(LIKE_FORMULAS):
        return f"'{value}"
    return "" if value is None else value


def write_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as a CSV file, marked as UTF-8 so that Excel reads Vietnamese right."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([plain_cell(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _json(document: Document, _lang: str) -> bytes:
    kept = {name: document[name] for name in CONTRACT[document["report"]]}
    return (json.dumps(kept, ensure_ascii=False, indent=2) + "\n").encode()


def _monthly_csv(document: Document, lang: str) -> bytes:
    return write_csv([MONTHLY_COLUMNS, *_monthly_rows(document, lang)])


def _monthly_rows(document: Document, lang: str) -> Iterable[Sequence[Cell]]:
    """One row a figure: of every unit where the document has them, else of the one it is about."""
    alone = {"code": document["unit"], "name": {}, "figures": document["figures"]}
    period = document["period"]
    names = {key: figure_name(key, lang) for key in document["figures"]}
    for unit in document.get("units", (alone,)):
        for key, one in unit["figures"].items():
            yield (
                unit["code"],
                period["from"],
                period["to"],
                key,
                one["value"],
                one.get("numerator"),
                one.get("denominator"),
                unit["name"].get(lang, ""),
                names[key],
            )


FORM_COLUMNS = ("unit", "unit_name", "from", "to")


def _form_csv(document: Document, lang: str) -> bytes:
    """One row a unit, the total last with no unit; columns by their printed numbers."""
    period = (document["period"]["from"], document["period"]["to"])
    total = document["total"]["columns"]
    rows: list[Sequence[Cell]] = [(*FORM_COLUMNS, *total)]
    rows += [
        (row["unit"], name[lang], *period, *row["columns"].values())
        for row, name in zip(document["rows"], document["names"], strict=True)
    ]
    rows.append(("", TOTAL, *period, *total.values()))
    return write_csv(rows)


def _ratings_csv(document: Document, lang: str) -> bytes:
    return write_csv([RATINGS_COLUMNS, *_ratings_rows(document, lang)])


def _ratings_rows(document: Document, lang: str) -> Iterable[Sequence[Cell]]:
    unit, nothing = document["unit"], [None] * 6
    yield "unit", unit, "", unit, *_standing(document["overall"])
    for score, number in document["scores"].items():
        yield "score", score, "", "", number, *nothing
    yield "doubtful", "", "", "", document["doubtful"], *nothing
    for by in ("points", "staff"):
        for row in document[by]:
            yield by, row["code"], row["name"], row["unit"], *_standing(row)
    unnamed = document["unnamed"]
    yield "unnamed_staff", unnamed["staff"], "", "", unnamed["count"], *nothing
    for row in document["criteria"]:
        low, high = _ends(row["interval"])
        scored = (row["mean"], low, high, None, None, None)
        shared = (None, None, None, row["proper_rate"], low, high)
        cells = shared if row["mean"] is None else scored
        yield "criteria", row["code"], criterion_words(row["code"], lang), "", row["count"], *cells


def _verdicts_csv(document: Document, lang: str) -> bytes:
    return write_csv(verdict_table(document, lang))


def _standing(row: Mapping[str, Any]) -> Sequence[Cell]:
    return (
        row["count"],
        row["mean"],
        *_ends(row["mean_interval"]),
        row["satisfied_rate"],
        *_ends(row["satisfied_interval"]),
    )


def _ends(interval: Mapping[str, float] | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval["low"], interval["high"])


_RENDERERS: Mapping[tuple[str, str], Callable[[Document, str], bytes]] = {
    ("json", "monthly"): _json,
    ("json", "ratings"): _json,
    ("csv", "monthly"): _monthly_csv,
    ("csv", "ratings"): _ratings_csv,
    ("xlsx", "monthly"): monthly_xlsx,
    ("xlsx", "ratings"): ratings_xlsx,
    ("csv", "verdicts"): _verdicts_csv,
    ("xlsx", "verdicts"): verdicts_xlsx,
    ("pdf", "monthly"): monthly_pdf,
    ("pdf", "ratings"): ratings_pdf,
    **{
        (form, code.value): make
        for code in FormCode
        for form, make in (
            ("json", _json),
            ("csv", _form_csv),
            ("xlsx", form_xlsx),
            ("pdf", form_pdf),
        )
    },
}
