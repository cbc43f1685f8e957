"""The words in files, whatever program wrote them; none where there are none."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pikepdf
import pytest
from PIL import Image

from citizenfeedback.documents.letter_docx import letter_docx
from citizenfeedback.documents.letter_pdf import letter_pdf
from citizenfeedback.documents.letters import letter_content
from citizenfeedback.domain.law.forms import form_of_template
from citizenfeedback.domain.letters import Letterhead, LetterText, Signature
from citizenfeedback.gateways.scanner import SHEET, WORD
from citizenfeedback.gateways.texts import pictures_in, words_in

NAME = "Hoàng Thị Kín Đáo"
PDF = "application/pdf"


def content() -> object:
    return letter_content(
        form_of_template("nd155/complaint_accepted"),
        LetterText(summary="Về việc", body=f"Gửi {NAME}, điện thoại 0987 654 321, ưỡng ậ ợ."),
        Letterhead("", "Sở Xây dựng", "Hạ Long", "SXD"),
        Signature(("GIÁM ĐỐC",), "Trần Văn Đức"),
    )


def test_are_the_words_of_our_own_pdf_and_docx_read() -> None:
    for made, kind in ((letter_pdf(content()), PDF), (letter_docx(content()), WORD)):  # type: ignore[arg-type]
        words = " ".join((words_in(made, kind) or "").split())
        assert NAME in words
        assert "0987 654 321" in words
        assert "ưỡng ậ ợ" in words


def test_are_the_words_of_word_and_excel_read() -> None:
    document = docx.Document()
    document.add_paragraph("Trước")
    document.sections[0].header.paragraphs[0].text = NAME
    document.core_properties.author = "Người Viết"
    with io.BytesIO() as file:
        document.save(file)
        words = words_in(file.getvalue(), WORD) or ""
    assert NAME in words
    assert "Người Viết" in words
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B2"] = NAME, 987654321
    with io.BytesIO() as file:
        book.save(file)
        words = words_in(file.getvalue(), SHEET) or ""
    assert NAME in words
    assert "987654321" in words


def packed(parts: dict[str, str]) -> bytes:
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w") as archive:
            for name, words in parts.items():
                archive.writestr(name, words)
        return file.getvalue()


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (
            "word/document.xml",
            f'<w:p xmlns:w="w"><w:del><w:delText>{NAME}</w:delText></w:del></w:p>',
        ),
        ("word/document.xml", f'<w:p xmlns:w="w"><w:ins w:author="{NAME}"/></w:p>'),
        ("word/comments.xml", f'<w:c xmlns:w="w" w:author="{NAME}"/>'),
        ("word/_rels/document.xml.rels", f'<R xmlns="r"><L Target="mailto:{NAME}"/></R>'),
        ("docProps/custom.xml", f'<P xmlns:v="v"><v:lpwstr>{NAME}</v:lpwstr></P>'),
        ("xl/comments1.xml", f'<c xmlns="x"><author>{NAME}</author></c>'),
    ],
)
def test_is_what_an_office_file_keeps_out_of_sight_read(part: str, words: str) -> None:
    kind = SHEET if part.startswith("xl/") else WORD
    assert NAME in (words_in(packed({part: words}), kind) or "")


def test_are_the_notes_of_a_pdf_read() -> None:
    with pikepdf.new() as paper, io.BytesIO() as file:
        page = paper.add_blank_page()
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents=NAME, T="Người Ghi"
        )
        page.obj.Annots = pikepdf.Array([paper.make_indirect(note)])
        paper.save(file)
        words = words_in(file.getvalue(), PDF) or ""
    assert NAME in words
    assert "Người Ghi" in words


def test_are_pictures_beside_words_told() -> None:
    with io.BytesIO() as file:
        Image.new("RGB", (9, 9)).save(file, "PDF")
        scanned = file.getvalue()
    written = letter_pdf(content())  # type: ignore[arg-type]
    assert not pictures_in(written, PDF)
    with (
        pikepdf.open(io.BytesIO(written)) as both,
        pikepdf.open(io.BytesIO(scanned)) as page,
        io.BytesIO() as file,
    ):
        both.pages.extend(page.pages)
        both.save(file)
        mixed = file.getvalue()
    assert NAME in " ".join((words_in(mixed, PDF) or "").split())
    assert pictures_in(mixed, PDF)
    assert pictures_in(packed({"word/media/image1.png": "x"}), WORD)
    assert not pictures_in(packed({"word/document.xml": "<a/>"}), WORD)
    for broken in (PDF, WORD, "text/plain"):
        assert not pictures_in(b"nothing", broken)


def test_is_plain_text_read_as_it_is() -> None:
    assert words_in(NAME.encode(), "text/plain") == NAME


@pytest.mark.parametrize("kind", [PDF, WORD, SHEET, "image/png"])
def test_is_there_nothing_to_read_in_a_picture_or_a_broken_file(kind: str) -> None:
    with io.BytesIO() as file:
        Image.new("RGB", (9, 9)).save(file, "PNG")
        assert words_in(file.getvalue(), kind) is None


def test_is_a_file_that_declares_entities_not_read() -> None:
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
        assert words_in(file.getvalue(), WORD) is None
