"""Small files of records for tests: written as people would, one good row changed at a time."""

from __future__ import annotations

import csv
from pathlib import Path

from citizenfeedback.domain.records import COLUMNS, RecordKind

Row = dict[str, str]

UNITS: list[Row] = [
    {"code": "TOP", "name": "UBND tỉnh", "level": "province"},
    {"code": "X1", "name": "UBND phường Hồng Gai", "level": "commune", "parent": "TOP"},
]
POINTS: list[Row] = [
    {"code": "Q1", "name": "Quầy 1", "unit": "X1", "opens": "07:30", "closes": "17:00"}
]
STAFF: list[Row] = [{"code": "CB1", "name": "Nguyễn An", "unit": "X1", "point": "Q1"}]


def petition(code: str, **cells: str) -> Row:
    """A complaint by post, with some cells changed."""
    return {
        "code": code,
        "received_on": "2019-05-02",
        "channel": "post",
        "unit": "X1",
        "kind": "complaint",
        "field": "land",
        "citizen_name": "Trần Thị Mít",
        "id_no": "034162960872",
        "phone": "0912345678",
        "address": "thôn Khe Cát",
        "summary": "Chưa được cấp giấy chứng nhận.",
        "respondent": "Quyết định số 1",
        **cells,
    }


def reception(book_no: str, **cells: str) -> Row:
    """A visit, with some cells changed."""
    return {
        "book_no": book_no,
        "date": "2019-05-02",
        "unit": "X1",
        "sitting": "regular",
        "received_by": "officer",
        "people": "2",
        "citizen_name": "Trần Thị Mít",
        "id_no": "034162960872",
        "kind": "complaint",
        "summary": "Hỏi về đơn.",
        **cells,
    }


def rating(number: str, **cells: str) -> Row:
    """A rating, with some cells changed."""
    return {
        "id": number,
        "rated_at": "2019-05-02T09:00:00+07:00",
        "point": "Q1",
        "staff": "CB1",
        "channel": "kiosk",
        "overall": "5",
        **cells,
    }


def write(folder: Path, kind: RecordKind, rows: list[Row], name: str = "") -> Path:
    """The rows as a CSV file."""
    path = folder / (name or f"{kind}.csv")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(COLUMNS[kind]), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(source: Path, target: Path) -> Path:
    """A CSV file as a spreadsheet of text cells, as an office would save it."""
    import xlsxwriter

    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet()
    with source.open(encoding="utf-8-sig", newline="") as stream:
        for place, cells in enumerate(csv.reader(stream)):
            for column, cell in enumerate(cells):
                if cell:
                    sheet.write_string(place, column, cell)
    book.close()
    return target
