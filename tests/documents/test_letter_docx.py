"""Is the DOCX the same letter, laid out by the decree, in a file that says nothing of its making?"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from citizenfeedback.documents.letter_docx import TYPEFACE, letter_docx
from citizenfeedback.documents.letter_layout import sheet
from citizenfeedback.domain.law.forms import FORMS, LetterForm, form_of_template
from citizenfeedback.domain.letters import LetterContent, LetterText
from tests.documents.letters_made import content_of

EVERY = pytest.mark.parametrize("row", FORMS, ids=lambda row: row.template)
ACCEPTED = form_of_template("nd155/complaint_accepted")


def opened(content: LetterContent) -> Any:
    return docx.Document(io.BytesIO(letter_docx(content)))


def words(document: Any) -> str:
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


@EVERY
def test_is_everything_of_a_letter_in_it(row: LetterForm) -> None:
    content = content_of(row)
    page, said = sheet(content), words(opened(content))
    for block in (*page.bases, *page.blocks):
        assert block.text in said
        assert block.lead in said
        assert all(cell in said for line in block.rows for cell in line)
    heads = (*page.body, *page.summary, *page.subject, page.title, page.number)
    for text in (*heads, *page.recipients):
        assert text in said, text
    assert all(line in said for one in page.signatures for line in (*one.lines, one.name))


def test_is_it_laid_out_by_the_decree() -> None:
    document = opened(content_of(ACCEPTED))
    section = document.sections[0]
    near = 2_000  # Word counts in twentieths of a point
    assert abs(section.page_width - Mm(210)) < near
    assert abs(section.page_height - Mm(297)) < near
    assert abs(section.left_margin - Mm(30)) < near
    assert abs(section.right_margin - Mm(15)) < near
    assert abs(section.top_margin - Mm(20)) < near
    body = next(one for one in document.paragraphs if one.text.startswith("Ngày 03"))
    form = body.style.paragraph_format
    assert form.alignment == WD_PARAGRAPH_ALIGNMENT.JUSTIFY
    assert abs(form.first_line_indent - Mm(12.7)) < near
    assert form.space_after + form.space_before >= Pt(6)
    assert body.style.font.size == Pt(14)
    base = next(one for one in document.paragraphs if one.text.startswith("Căn cứ"))
    assert base.style.font.italic


@EVERY
def test_is_every_paragraph_of_a_style_that_can_be_changed_at_once(row: LetterForm) -> None:
    document = opened(content_of(row))
    cells = (cell for table in document.tables for line in table.rows for cell in line.cells)
    told = [*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
    assert {one.style.name[:3] for one in told if one.text} == {"VB "}
    assert all(run.font.size is None and run.italic is None for one in told for run in one.runs)
    assert "w:txbxContent" not in document.element.xml


def test_do_signatures_in_two_rows_stay_on_one_page() -> None:
    table = opened(content_of(form_of_template("nd155/dialogue_minutes"))).tables[-1]
    above, below = ([one for cell in row.cells for one in cell.paragraphs] for row in table.rows)
    kept = [one.paragraph_format.keep_with_next for one in above]
    assert all(
        one.style.paragraph_format.keep_with_next if set_ is None else set_
        for one, set_ in zip(above, kept, strict=True)
    )
    assert below


def test_is_times_new_roman_its_only_typeface() -> None:
    document = opened(content_of(ACCEPTED))
    assert document.styles["Normal"].font.name == TYPEFACE == "Times New Roman"
    for part in (document.styles.element, document.element):
        for fonts in part.iter(qn("w:rFonts")):
            assert set(fonts.attrib.values()) <= {TYPEFACE, "default"}, fonts.attrib


def test_are_pages_numbered_from_the_second() -> None:
    section = opened(content_of(ACCEPTED)).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_do_recipients_and_signature_stay_together() -> None:
    table = opened(content_of(ACCEPTED)).tables[-1]
    left, right = table.rows[0].cells
    assert left.text.startswith("Nơi nhận:")
    assert right.text.startswith("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")
    assert right.text.endswith("Trần Thị Ví Dụ")
    assert table.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None


def test_is_the_same_letter_the_same_file() -> None:
    content = content_of(ACCEPTED)
    written = letter_docx(content)
    assert written == letter_docx(content)
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {2000}
    about = opened(content).core_properties
    assert (about.created.year, about.last_modified_by, about.comments) == (2000, "", "")


def test_does_a_draft_say_so() -> None:
    for draft in (True, False):
        section = opened(replace(content_of(ACCEPTED), draft=draft)).sections[0]
        for header in (section.header, section.first_page_header):
            assert ("BẢN NHÁP" in header._element.xml) is draft


def test_is_a_line_to_fill_in_dotted() -> None:
    text = LetterText(body="Họ và tên: ……………", addressee="Ông A\nBà B")
    said = opened(replace(content_of(ACCEPTED), text=text)).element.xml
    assert 'w:leader="dot"' in said
    assert "- Bà B" in said


def test_is_no_text_lost_or_read_as_markup() -> None:
    content = replace(content_of(ACCEPTED), text=LetterText(body="A & B <c> {{ d }} ]]>"))
    assert "A & B <c> {{ d }} ]]>" in words(opened(content))
