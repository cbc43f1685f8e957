"""Do files from outside come in as the text a person would have typed?"""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from citizenfeedback.gateways import spreadsheets
from citizenfeedback.gateways.spreadsheets import UnreadableFile, read_cells


def rows(path: Path) -> list[tuple[int, list[str]]]:
    return list(read_cells(path, lambda text: f"#{text}"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_text_with_and_without_a_mark_at_its_start(tmp_path: Path, encoding: str) -> None:
    """Is the mark of the file no part of the first heading, and a blank line no row?"""
    path = tmp_path / "a.CSV"
    path.write_text('mã,tên\r\n1,"Hai\ndòng"\r\n\r\n , \r\n2,b\r\n', encoding=encoding)
    assert rows(path) == [(1, ["mã", "tên"]), (2, ["1", "Hai\ndòng"]), (5, ["2", "b"])]


def test_cells_of_a_spreadsheet(tmp_path: Path) -> None:
    """Are text, numbers, dates, times and truth read as they would be typed?"""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["a", "b", "c", "d", "e", "f", "g"])
    sheet.append(
        [
            "0912345678",
            912345678,
            1.5,
            date(2019, 5, 2),
            datetime.fromisoformat("2019-05-02T07:30"),
            time(7, 30),
            True,
        ]
    )
    sheet.append([None, "x"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert rows(path)[1:] == [
        (
            2,
            [
                "0912345678",
                "#912345678",
                "#1.5",
                "2019-05-02",
                "2019-05-02T07:30:00",
                "07:30:00",
                "yes",
            ],
        ),
        (3, ["", "x", "", "", "", "", ""]),
    ]


@pytest.mark.parametrize(
    ("name", "content", "code", "row"),
    [
        ("a.ods", b"x", "unknown_file_type", 0),
        ("a.csv", b"a,b\nm\xe3,1\n", "not_utf8", 0),
        ("a.csv", b'a,b\n"x"y,1\n', "malformed_csv", 2),
        ("a.xlsx", b"", "malformed_xlsx", 0),
        ("a.xlsx", b"not a zip", "malformed_xlsx", 0),
    ],
)
def test_what_is_no_table(tmp_path: Path, name: str, content: bytes, code: str, row: int) -> None:
    """Is each kind of broken file told apart, with the row where it is known?"""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        rows(path)
    assert refused.value.code == code
    if row:
        assert refused.value.row == row


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    """Is an archive of something else refused like any broken file?"""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(UnreadableFile, match="malformed_xlsx"):
        rows(path)


def test_what_would_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a file that is too large, packed or unpacked, refused before it is read?"""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", "x" * 10_000)
    monkeypatch.setattr(spreadsheets, "MOST_UNPACKED", 9_999)
    with pytest.raises(UnreadableFile, match="file_too_large"):
        rows(path)
    monkeypatch.setattr(spreadsheets, "MOST_BYTES", 10)
    with pytest.raises(UnreadableFile, match="file_too_large"):
        rows(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Is a missing file said to be one?"""
    with pytest.raises(UnreadableFile, match="cannot_open"):
        rows(tmp_path / "a.csv")
