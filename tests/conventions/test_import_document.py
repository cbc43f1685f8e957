"""Does `docs/import.md` say every kind, key, column and heading, and no other?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from citizenfeedback.domain.records import COLUMNS, KEYS, RecordKind

PAGE = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (yes|no) \|$", re.MULTILINE)


def section(kind: RecordKind) -> str:
    return PAGE.partition(f"\n## {kind}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("kind", RecordKind)
def test_each_kind_is_documented_as_it_is_read(kind: RecordKind) -> None:
    """Are columns, headings and what must be filled those of the code?"""
    text = section(kind)
    assert ROW.findall(text) == [
        (column.name, column.heading, "yes" if column.required else "no")
        for column in COLUMNS[kind].values()
    ]
    assert f"Key: {', '.join(f'`{name}`' for name in KEYS[kind])}." in text


def test_the_page_has_no_other_tables() -> None:
    """Is no column documented that no kind has?"""
    assert len(ROW.findall(PAGE)) == sum(map(len, COLUMNS.values()))
