"""Are reports whole as files, with stable columns and no cell that a spreadsheet would run?"""

from __future__ import annotations

import csv
import io
import json

import pytest

from citizenfeedback.documents.tables import (
    CONTRACT,
    FORMATS,
    MEDIA_TYPES,
    MONTHLY_COLUMNS,
    RATINGS_COLUMNS,
    plain_cell,
    render,
    write_csv,
)
from tests.documents.reports import HOSTILE, form, monthly_book, plain_monthly, ratings


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_report_comes_in_every_form(form: str, lang: str) -> None:
    """Does each form come out for plain and full documents, in both languages?"""
    begins = {"json": b"{", "csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF"}
    for document in (plain_monthly(), monthly_book(), ratings()):
        assert render(document, form, lang).startswith(begins[form])
    assert form in MEDIA_TYPES


def test_json_holds_what_was_promised_and_nothing_else() -> None:
    """Is the JSON of a full document that of the plain one?"""
    assert json.loads(render(monthly_book(), "json")) == plain_monthly()
    assert set(json.loads(render(ratings(), "json"))) == set(CONTRACT["ratings"])


def test_csv_has_a_row_for_every_figure_of_every_unit() -> None:
    """Are the columns stable, the Vietnamese whole and the hostile name plain text?"""
    rows = list(csv.DictReader(io.StringIO(render(monthly_book(), "csv").decode("utf-8-sig"))))
    assert tuple(rows[0]) == MONTHLY_COLUMNS
    assert len(rows) == 3 * len(plain_monthly()["figures"])
    assert rows[0]["name"] == "Lượt tiếp công dân"
    assert {row["unit_name"] for row in rows} == {
        "UBND tỉnh",
        "UBND phường Hồng Gai",
        f"'{HOSTILE}",
    }
    one = next(row for row in rows if row["key"] == "cases.on_time_rate")
    assert (one["value"], one["numerator"], one["denominator"]) == ("66.67", "2", "3")
    alone = list(csv.reader(io.StringIO(render(plain_monthly(), "csv").decode("utf-8-sig"))))
    assert len(alone) == 1 + len(plain_monthly()["figures"])


def test_csv_of_ratings_keeps_shares_and_means_apart() -> None:
    """Does each item stand in the columns of its kind of answer?"""
    rows = list(csv.DictReader(io.StringIO(render(ratings(), "csv").decode("utf-8-sig"))))
    assert tuple(rows[0]) == RATINGS_COLUMNS
    items = {row["code"]: row for row in rows if row["by"] == "criteria"}
    assert (items["ATT02"]["mean"], items["ATT02"]["satisfied_rate"]) == ("4.5", "")
    assert (items["ATT05"]["mean"], items["ATT05"]["satisfied_rate"]) == ("", "90.0")
    assert [row["count"] for row in rows if row["by"] in ("doubtful", "unnamed_staff")] == [
        "2",
        "6",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "\u00a0@x"])
def test_what_looks_like_a_formula_becomes_text(text: str) -> None:
    """Is every beginning that a spreadsheet would run made harmless?"""
    assert plain_cell(text) == f"'{text}"


def test_other_cells_stay_as_they_are() -> None:
    """Do numbers stay numbers, and words words?"""
    assert [plain_cell(cell) for cell in (-1, 2.5, "Đơn", None)] == [-1, 2.5, "Đơn", ""]
    assert write_csv([("a", -1)]) == b"\xef\xbb\xbfa,-1\r\n"


def test_a_form_as_csv_has_its_columns_by_number_and_the_total_last() -> None:
    """Are the columns stable, the hostile name plain text, and the total without a unit?"""
    rows = list(csv.reader(io.StringIO(render(form(), "csv").decode("utf-8-sig"))))
    assert rows[0] == ["unit", "unit_name", "from", "to", *map(str, range(1, 26))]
    assert rows[2][:2] == ["X1", f"'{HOSTILE}"]
    assert rows[-1][:5] == ["", "Tổng số", "2026-09-15", "2026-12-14", "2"]


def test_a_form_as_json_is_what_the_contract_says() -> None:
    """Are exactly the promised entries there?"""
    document = json.loads(render(form(), "json"))
    assert list(document) == ["report", "period", "rows", "total", "checks"]
    assert document["rows"][0]["columns"]["1"] == 1
