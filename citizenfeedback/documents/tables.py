"""Reports as files: JSON for machines, CSV for spreadsheets.

CSV is UTF-8 with a mark at its start, so that Excel reads Vietnamese right; its columns are stable.
A cell that a spreadsheet would run as a formula is made plain text.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.lstrip(" \u00a0").startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as a CSV file."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([plain_cell(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _json(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _csv(document: Mapping[str, Any]) -> bytes:
    return write_csv(_ROWS[document["report"]](document))


def _monthly_rows(document: Mapping[str, Any]) -> Iterable[Sequence[object]]:
    yield "unit", "from", "to", "key", "value", "numerator", "denominator"
    period = document["period"]
    for key, one in document["figures"].items():
        yield (
            document["unit"],
            period["from"],
            period["to"],
            key,
            one["value"],
            one.get("numerator"),
            one.get("denominator"),
        )


def _rating_rows(document: Mapping[str, Any]) -> Iterable[Sequence[object]]:
    names = ("count", "mean", "mean_low", "mean_high", "satisfied_rate", "low", "high")
    yield "by", "code", "name", "unit", *names
    yield "unit", document["unit"], "", document["unit"], *_standing(document["overall"])
    for by in ("points", "staff"):
        for row in document[by]:
            yield by, row["code"], row["name"], row["unit"], *_standing(row)
    unnamed = document["unnamed"]
    yield "unnamed_staff", unnamed["staff"], "", "", unnamed["count"], *[None] * 6
    for row in document["criteria"]:
        low, high = _ends(row["interval"])
        scored = (row["mean"], low, high, None, None, None)
        shared = (None, None, None, row["proper_rate"], low, high)
        cells = shared if row["mean"] is None else scored
        yield "criteria", row["code"], "", "", row["count"], *cells


def _standing(row: Mapping[str, Any]) -> Sequence[object]:
    return (
        row["count"],
        row["mean"],
        *_ends(row["mean_interval"]),
        row["satisfied_rate"],
        *_ends(row["satisfied_interval"]),
    )


def _ends(interval: Mapping[str, float] | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval["low"], interval["high"])


_ROWS: Mapping[str, Callable[[Mapping[str, Any]], Iterable[Sequence[object]]]] = {
    "monthly": _monthly_rows,
    "ratings": _rating_rows,
}

FORMATS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {"json": _json, "csv": _csv}
"""How a report can be printed, by the name of the format."""


def render(document: Mapping[str, Any], form: str) -> bytes:
    """A report as the bytes of a file."""
    return FORMATS[form](document)
