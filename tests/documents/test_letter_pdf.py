"""Is the PDF one for the archive: size, typeface, every letter, heading, page numbers, the same bytes?"""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pikepdf
import pypdf
import pytest

from citizenfeedback.documents.letter_docx import letter_docx
from citizenfeedback.documents.letter_pdf import letter_pages, letter_pdf
from citizenfeedback.domain.law.forms import FORMS, LetterForm, form_of_template
from citizenfeedback.domain.letters import LetterContent, LetterText, lines_of
from tests.documents.letters_made import content_of

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
EVERY = pytest.mark.parametrize("row", FORMS, ids=lambda row: row.template)
DECISION = form_of_template("nd124/complaint_decision")


def pages_of(content: LetterContent) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(letter_pdf(content)))
    return [page.extract_text().replace("\u00a0", " ") for page in reader.pages]


def told(pages: list[str]) -> str:
    return re.sub(r"\s+", "", " ".join(pages))


@EVERY
def test_is_everything_of_a_letter_on_its_paper(row: LetterForm) -> None:
    content = content_of(row)
    said = told(pages_of(content))
    marks = re.compile(r"^[#*|\d. -]+|[*|…]+|\s+")
    for line in lines_of(f"{content.text.body}\n{content.text.bases}\n{content.text.recipients}"):
        for part in line.split("|"):
            wanted = marks.sub("", part)
            assert wanted in said or wanted in said.replace("2" + wanted[:1], wanted[:1]), part
    assert "CỘNGHÒAXÃHỘICHỦNGHĨAVIỆTNAM" in said
    assert "Độclập-Tựdo-Hạnhphúc" in said


@EVERY
def test_is_it_a_paper_for_the_archive(row: LetterForm) -> None:
    content = content_of(row)
    with pikepdf.open(io.BytesIO(letter_pdf(content))) as paper:
        for page in paper.pages:
            width, height = (float(edge) for edge in page.mediabox[2:])
            assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
        about = paper.open_metadata()
        assert about["pdfaid:part"] == "2"
        assert about["pdfaid:conformance"] == "B"
        assert about["dc:title"] == " ".join(f"{content.title} {content.text.summary}".split())
        assert about["dc:language"] == {"vi"}
        assert not paper.is_encrypted
        (intent,) = paper.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"  # an ICC profile
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(paper.Root.keys())
        _holds_what_it_needs(paper)


# What PDF/A-2 forbids in any object: scripts, sounds, films, what lies outside the file.
_FORBIDDEN = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ImportData", "/GoToR", "/URI"}


def _holds_what_it_needs(paper: pikepdf.Pdf) -> None:
    """Every typeface whole in the file with its letters named, and nothing that may not be there."""
    for item in paper.objects:
        if isinstance(item, pikepdf.Stream):
            assert "/F" not in item
            assert item.get("/Filter") != "/LZWDecode"
        if not isinstance(item, pikepdf.Dictionary):
            continue
        assert str(item.get("/S", "")) not in _FORBIDDEN
        if item.get("/Type") == "/FontDescriptor":
            assert "/FontFile2" in item or "/FontFile3" in item
        if item.get("/Subtype") == "/Type0":
            assert "/ToUnicode" in item


def test_is_its_only_typeface_carried_in_it() -> None:
    content = replace(
        content_of(DECISION), text=LetterText(body=f"{VOWELS}\n{VOWELS.upper()}\n*{VOWELS}*")
    )
    fonts = set()
    with pikepdf.open(io.BytesIO(letter_pdf(content))) as paper:
        for item in paper.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                fonts.add(str(item.FontName).split("+")[-1])
                assert "/FontFile2" in item or "/FontFile3" in item
    assert fonts
    assert all(name.startswith("LiberationSerif") for name in fonts), fonts
    said = told(pages_of(content))
    assert VOWELS in said
    assert VOWELS.upper() in said


def test_are_pages_numbered_from_the_second() -> None:
    pages = pages_of(content_of(form_of_template("nd124/complaint_decision_second")))
    assert len(pages) == 2
    assert not pages[0].lstrip().startswith("1\n")
    assert pages[1].lstrip().startswith("2")


def test_does_the_signature_never_stand_alone() -> None:
    content = content_of(DECISION)
    for number in range(18, 34):
        body = "\n".join(f"Đoạn thứ {place} của văn bản." for place in range(number))
        last = pages_of(replace(content, text=LetterText(body=body)))[-1]
        assert "Đoạn thứ" in last or "CỘNG HÒA" in last


@EVERY
def test_does_a_long_letter_end_with_text_above_the_signature(row: LetterForm) -> None:
    content = content_of(row)
    for number in range(22, 34, 3):
        body = "\n".join(f"Đoạn thứ {place} của văn bản." for place in range(number))
        recipients = "\n".join(f"- Cơ quan thứ {place};" for place in range(14))
        text = replace(content.text, body=body, recipients=recipients)
        pages = pages_of(replace(content, text=text))
        last = pages[-1]
        assert last.count("Đoạn thứ") >= 2, (number, last)


def test_is_the_same_letter_the_same_file() -> None:
    content = content_of(DECISION)
    assert letter_pdf(content) == letter_pdf(content)
    assert letter_pdf(content) != letter_pdf(replace(content, number=6))
    undated = replace(content, number=None, dated=None)
    assert letter_pdf(undated) == letter_pdf(undated)


def test_does_a_draft_say_so() -> None:
    assert "BẢN NHÁP" in " ".join(pages_of(replace(content_of(DECISION), draft=True)))
    assert "BẢN NHÁP" not in " ".join(pages_of(content_of(DECISION)))


def test_is_no_text_read_as_markup() -> None:
    hostile = "#panic() $x$ *a* _b_ <c> \\ `d` // e [f] @g =h"
    content = replace(content_of(DECISION), text=LetterText(body=f"Đoạn {hostile}"))
    assert re.sub(r"\s", "", hostile) in told(pages_of(content))


def test_are_there_pictures_for_the_preview() -> None:
    one, two = (
        letter_pages(content_of(form_of_template(name)), ppi=40)
        for name in ("tt05/petition_answer", "nd124/complaint_decision_second")
    )
    assert (len(one), len(two)) == (1, 2)
    assert all(picture.startswith(b"\x89PNG") for picture in one + two)


@pytest.mark.parametrize(
    "text",
    [
        "😀 中文 Ω \u0301",
        "x" * 3000,
        "|",
        "| |",
        "# ",
        "Điều 1.",
        "\u200b",
        "a\u00adb",
        "𝒜 …",
        "*|*",
        "……",
    ],
)
def test_is_any_text_printed(text: str) -> None:
    sections = LetterText(summary=text, addressee=text, bases=text, body=text, recipients=text)
    content = replace(content_of(DECISION), text=sections)
    assert letter_pdf(content).startswith(b"%PDF")
    assert letter_docx(content).startswith(b"PK")
