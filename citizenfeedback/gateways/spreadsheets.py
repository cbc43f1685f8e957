"""Files from outside as rows of text: CSV and XLSX, read once, never trusted.

A cell comes back as the text a person would have typed; one that a spreadsheet holds as a number
is marked (`number_cell`), since `0912345678` may have become 912345678 on its way.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

MOST_BYTES = 64 * 2**20
MOST_UNPACKED = 400 * 2**20
_MIDNIGHT = time()


class UnreadableFile(Exception):
    """The file cannot be read as a table; `code` says why, `row` where if known."""

    def __init__(self, code: str, row: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.row = row


def read_cells(path: Path, number: Callable[[str], str]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file that are not empty, each with its number as a spreadsheet counts.

    `number` marks the text of a cell that is held as a number. Raises `UnreadableFile`.
    """
    readers = {".csv": _csv_rows, ".xlsx": _xlsx_rows}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile("unknown_file_type")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableFile("file_too_large")
        for row, cells in enumerate(reader(path, number), start=1):
            if any(cell and not cell.isspace() for cell in cells):
                yield row, cells
    except OSError:
        raise UnreadableFile("cannot_open") from None


def _csv_rows(path: Path, _number: Callable[[str], str]) -> Iterator[list[str]]:
    row = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for cells in csv.reader(stream, strict=True):
                row += 1
                yield cells
    except UnicodeDecodeError:
        raise UnreadableFile("not_utf8", row + 1) from None
    except csv.Error:
        raise UnreadableFile("malformed_csv", row + 1) from None


def _xlsx_rows(path: Path, number: Callable[[str], str]) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    _refuse_bomb(path)
    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        for cells in sheet.iter_rows():
            yield [_typed(cell, number) for cell in cells]
    except (CalamineError, zipfile.BadZipFile, ValueError, KeyError, IndexError):
        raise UnreadableFile("malformed_xlsx") from None


def _refuse_bomb(path: Path) -> None:
    """Stop before unpacking what would fill the memory."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError):
        raise UnreadableFile("malformed_xlsx") from None
    if unpacked > MOST_UNPACKED:
        raise UnreadableFile("file_too_large")


def _typed(cell: Any, number: Callable[[str], str]) -> str:
    """A spreadsheet's cell as a person would have typed it into the text form."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float | int):
        return number(str(int(cell)) if float(cell).is_integer() else repr(cell))
    if isinstance(cell, datetime):
        on_midnight = cell.time() == _MIDNIGHT and cell.tzinfo is None
        return cell.date().isoformat() if on_midnight else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
