"""Does the printed table hold every document, field and kind?"""

from citizenfeedback.documents.letterbook import PARTS, letters_markdown
from citizenfeedback.domain.law.forms import FIELDS, FORMS, DocumentKind


def test_does_the_page_hold_every_row_once() -> None:
    text = letters_markdown()
    for row in FORMS:
        assert text.count(f"(`{row.template}`)") == 1, row.template
        assert sum(row.template.startswith(folders) for folders in PARTS.values()) == 1
    for name in FIELDS:
        assert f"| `{name}` |" in text
    for kind in DocumentKind:
        assert f"| {kind.value} |" in text


def test_are_its_tables_whole() -> None:
    rows = [line for line in letters_markdown().splitlines() if line.startswith("| ")]
    assert {row.count(" | ") for row in rows if "(`" in row} == {11}


def test_does_it_say_where_a_denouncer_may_be_named() -> None:
    text = letters_markdown()
    notice = next(line for line in text.splitlines() if "nd31/denunciation_content_notice" in line)
    assert "never named" in notice
    assert "TC-05" in notice
    assert "from 01/07/2026" in text
    assert "until 30/06/2026" in text
