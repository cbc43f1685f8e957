"""A letter as DOCX for editing, laid out as the PDF is.

The typeface is named, not carried: an office has Times New Roman. The file says nothing of the
moment it was made, so that the same letter gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from citizenfeedback.documents import letter_layout as layout
from citizenfeedback.documents.letter_layout import Block, BlockKind, Sheet, sheet
from citizenfeedback.documents.typeface import width_of
from citizenfeedback.domain.letters import LetterContent, Signature
from citizenfeedback.domain.text import shorten

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

TYPEFACE = "Times New Roman"
_NO_MOMENT = (2000, 1, 1, 0, 0, 0)
_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_LONGEST = 255  # of a property of the file, by its format


@dataclass(frozen=True, slots=True)
class _Style:
    """One style of paragraph, so that an official changes all of its kind at once; in points."""

    name: str
    size: float = layout.SIZE_TEXT
    bold: bool = False
    italic: bool = False
    align: str = "CENTER"
    before: float = 0
    after: float = 0
    keep: bool = False
    lines: float = 1.0


_NATION = _Style("VB Quốc hiệu", layout.SIZE_NATION, bold=True)
_MOTTO = _Style("VB Tiêu ngữ", layout.SIZE_MOTTO, bold=True)
_SUPERIOR = _Style("VB Cơ quan chủ quản", layout.SIZE_NATION)
_BODY = _Style("VB Cơ quan ban hành", layout.SIZE_NATION, bold=True)
_NUMBER = _Style("VB Số, ký hiệu", layout.SIZE_NUMBER, before=3)
_SUBJECT = _Style("VB Trích yếu công văn", layout.SIZE_SMALL, before=3)
_DATED = _Style("VB Địa danh, ngày", layout.SIZE_NUMBER, italic=True, before=3)
_TITLE = _Style("VB Tên loại", bold=True, before=14, keep=True)
_SUMMARY = _Style("VB Trích yếu", bold=True, keep=True)
_TO = _Style("VB Kính gửi", before=10, after=4)
_RULE = _Style("VB Đường kẻ", 2, before=4)
_BASE = _Style("VB Căn cứ", italic=True, align="JUSTIFY", before=layout.SPACE_BETWEEN, lines=1.1)
_TEXT = _Style("VB Nội dung", align="JUSTIFY", before=layout.SPACE_BETWEEN, lines=1.1)
_HEADING = _Style(
    "VB Mục", bold=True, align="JUSTIFY", before=layout.SPACE_BETWEEN, keep=True, lines=1.1
)
_CENTRED = _Style("VB Giữa dòng", bold=True, before=10, after=4, keep=True)
_TABLE_HEAD = _Style("VB Đầu bảng", 13, bold=True, before=3, after=3)
_CELL = _Style("VB Ô bảng", 13, align="LEFT", before=3, after=3)
_CELL_NUMBER = _Style("VB Ô số thứ tự", 13, before=3, after=3)
_SIGNER = _Style("VB Chức vụ người ký", 13.5, bold=True, keep=True)
_HINT = _Style("VB Chỉ dẫn ký", layout.SIZE_SMALL, italic=True, keep=True)
_NAME = _Style("VB Họ tên người ký", bold=True, before=layout.SIGNING_SPACE)
_SENT_TO = _Style("VB Nơi nhận", layout.SIZE_SMALL, bold=True, italic=True, align="LEFT")
_RECIPIENT = _Style("VB Danh sách nơi nhận", layout.SIZE_LIST, align="LEFT")
_GAP = _Style("VB Khoảng cách", 6, before=4, keep=True)
_STYLES = (
    *(_NATION, _MOTTO, _SUPERIOR, _BODY, _NUMBER, _SUBJECT, _DATED, _TITLE, _SUMMARY, _TO, _RULE),
    *(_BASE, _TEXT, _HEADING, _CENTRED, _TABLE_HEAD, _CELL, _CELL_NUMBER),
    *(_SIGNER, _HINT, _NAME, _SENT_TO, _RECIPIENT, _GAP),
)
_STYLE_OF = {BlockKind.HEADING: _HEADING, BlockKind.CENTRED: _CENTRED}


def letter_docx(content: LetterContent) -> bytes:
    """The letter as DOCX; the same letter gives the same bytes."""
    # Loaded only when paper is made, so that commands start quickly.
    import docx

    document = docx.Document()
    page = sheet(content)
    _prepare(document, page)
    for style in _STYLES:
        _add(document, style)
    _heading(document, page)
    _titles(document, page)
    for block in page.bases:
        _block(document, block, _BASE)
    for block in page.blocks:
        _block(document, block, _TEXT)
    _end(document, page)
    written = io.BytesIO()
    document.save(written)
    return _timeless(written.getvalue())


def _timeless(written: bytes) -> bytes:
    """The same archive without the moment at which it was packed."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _NO_MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return packed.getvalue()


def _prepare(document: Document, page: Sheet) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for name in _THEMED:
            fonts.attrib.pop(qn(f"w:{name}"), None)
        for name in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{name}"), TYPEFACE)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
    normal: Any = document.styles["Normal"]
    normal.font.name = TYPEFACE
    normal.font.size = Pt(layout.SIZE_TEXT)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0

    section = document.sections[0]
    section.page_width, section.page_height = Mm(layout.PAGE[0]), Mm(layout.PAGE[1])
    section.top_margin, section.bottom_margin = Mm(layout.MARGIN_TOP), Mm(layout.MARGIN_BOTTOM)
    section.left_margin, section.right_margin = Mm(layout.MARGIN_LEFT), Mm(layout.MARGIN_RIGHT)
    section.header_distance = Mm(9)
    section.footer_distance = Mm(9)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    if page.draft:
        for header in (section.first_page_header, section.header):
            paragraph = header.paragraphs[0] if header is not section.header else None
            _draft_mark(paragraph or section.header.add_paragraph())

    about = document.core_properties
    about.title, about.author = (shorten(text, _LONGEST) for text in (page.name, page.author))
    about.language = "vi-VN"
    about.comments = about.last_modified_by = ""
    about.created = about.modified = datetime(*_NO_MOMENT)  # noqa: DTZ001 - the format has no zone
    about.revision = 1


def _page_number(paragraph: Paragraph) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    _align(paragraph, "CENTER")
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), str(kind))
        run._r.append(element)  # noqa: SLF001 - a field has no other way in


def _draft_mark(paragraph: Paragraph) -> None:
    from docx.shared import Pt, RGBColor

    _align(paragraph, "CENTER")
    run = paragraph.add_run(layout.DRAFT)
    run.bold = True
    run.font.size = Pt(16)
    run.font.color.rgb = RGBColor(0x90, 0x90, 0x90)


def _add(document: Document, wanted: _Style) -> None:
    """Make a style of the document, by which the paragraphs of one kind are set."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
    from docx.shared import Mm, Pt

    style: Any = document.styles.add_style(wanted.name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.size = Pt(wanted.size)
    style.font.bold, style.font.italic = wanted.bold, wanted.italic
    form = style.paragraph_format
    form.alignment = WD_PARAGRAPH_ALIGNMENT[wanted.align]
    form.space_before, form.space_after = Pt(wanted.before), Pt(wanted.after)
    form.keep_with_next = wanted.keep
    form.line_spacing = wanted.lines
    form.widow_control = True
    if wanted.align == "JUSTIFY":
        form.first_line_indent = Mm(layout.FIRST_LINE)


def _align(paragraph: Paragraph, name: str) -> None:
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT

    paragraph.alignment = WD_PARAGRAPH_ALIGNMENT[name]


def _line(place: Document | _Cell, text: str, style: _Style, *, first: bool = False) -> Paragraph:
    """One paragraph of one style; `first` takes the empty one that a cell comes with."""
    paragraph = place.paragraphs[0] if first else place.add_paragraph()
    paragraph.style = style.name
    if text:
        paragraph.add_run(text)
    return paragraph


def _lines(
    place: Document | _Cell, texts: Sequence[str], style: _Style, *, first: bool = False
) -> None:
    """Lines of one paragraph, broken where the layout breaks them."""
    paragraph = _line(place, texts[0] if texts else "", style, first=first)
    for text in texts[1:]:
        run = paragraph.add_run()
        run.add_break()
        run.add_text(text)


def _rule(place: Document | _Cell, width: float, within: float) -> None:
    """A rule in the middle: the upper border of an empty line, drawn in from both sides."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    paragraph = _line(place, "", _RULE)
    paragraph.paragraph_format.left_indent = Mm((within - width) / 2)
    paragraph.paragraph_format.right_indent = Mm((within - width) / 2)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - borders have no other way in
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _columns(document: Document, widths: Sequence[float], rows: int = 1) -> Table:
    """Columns beside one another without lines; a row stays on one page."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table: Table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - no other way
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _flush(table: Table) -> None:
    """Let the cells of a table begin where the text does."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tblPr.insert_element_before(margins, "w:tblLook")  # noqa: SLF001 - no other way


def _heading(document: Document, page: Sheet) -> None:
    if page.petition:
        _line(document, layout.NATION, _NATION)
        _line(document, layout.MOTTO, _MOTTO)
        _rule(document, page.rules.motto, layout.TEXT_WIDTH)
        _align(_line(document, page.dated, _DATED), "RIGHT")
        return
    widths = (layout.LEFT_COLUMN, layout.RIGHT_COLUMN)
    table = _columns(document, widths, rows=2)
    _flush(table)
    left, right = table.rows[0].cells
    if page.superior:
        _lines(left, page.superior, _SUPERIOR, first=True)
    _lines(left, page.body, _BODY, first=not page.superior)
    _rule(left, page.rules.body, widths[0])
    _line(right, layout.NATION, _NATION, first=True)
    _line(right, layout.MOTTO, _MOTTO)
    _rule(right, page.rules.motto, widths[1])
    left, right = table.rows[1].cells
    _line(left, page.number, _NUMBER, first=True)
    if page.subject:
        _lines(left, page.subject, _SUBJECT)
    _line(right, page.dated, _DATED, first=True)


def _titles(document: Document, page: Sheet) -> None:
    from docx.shared import Mm, Pt

    title = _line(document, page.title, _TITLE) if page.title else None
    if page.summary:
        _lines(document, page.summary, _SUMMARY)
        _rule(document, page.rules.summary, layout.TEXT_WIDTH)
    elif title is not None:
        title.paragraph_format.space_after = Pt(6)
    if len(page.addressees) == 1:
        _addressee(document, page.addressees[0])
    elif page.addressees:
        to = _line(document, layout.TO, _TO)
        to.paragraph_format.left_indent = Mm(24)
        _align(to, "LEFT")
        for one in page.addressees:
            line = _line(document, f"- {one.lstrip('- ')}", _TO)
            line.paragraph_format.left_indent = Mm(36)
            line.paragraph_format.space_before = Pt(0)
            _align(line, "LEFT")


def _addressee(document: Document, told: str) -> None:
    """Who the letter goes to: in the middle, or drawn in where it does not fit on a line."""
    from docx.shared import Mm

    line = _line(document, f"{layout.TO} {told}", _TO)
    if width_of(f"{layout.TO} {told}", layout.SIZE_TEXT) < layout.ONE_ADDRESSEE:
        return
    drawn = width_of(f"{layout.TO} ", layout.SIZE_TEXT)
    line.paragraph_format.left_indent = Mm(14 + drawn)
    line.paragraph_format.first_line_indent = Mm(-drawn)
    line.paragraph_format.right_indent = Mm(4)
    _align(line, "LEFT")


def _block(document: Document, block: Block, style: _Style) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm

    if block.kind is BlockKind.TABLE:
        _table(document, block)
        return
    style = _STYLE_OF.get(block.kind, style)
    lead = f"{block.lead} " if block.lead else ""
    paragraph = _line(document, lead or block.text, style)
    if lead:
        paragraph.runs[0].bold = True
        paragraph.add_run(block.text)
    if block.keep:
        paragraph.paragraph_format.keep_with_next = True
    if block.kind is BlockKind.LEADER:
        _align(paragraph, "LEFT")
        paragraph.paragraph_format.tab_stops.add_tab_stop(
            Mm(layout.TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
        paragraph.add_run(" \t")


def _table(document: Document, block: Block) -> None:
    from docx.oxml import OxmlElement

    rows = layout.even_rows(block)
    shares = layout.column_shares(rows[0])
    widths = [share * layout.TEXT_WIDTH / sum(shares) for share in shares]
    table = _columns(document, widths, rows=len(rows))
    table.style = document.styles["Table Grid"]
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no other way
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            style = _TABLE_HEAD if number == 0 else _CELL_NUMBER if place == 0 else _CELL
            _line(cell, text, style, first=True)


def _end(document: Document, page: Sheet) -> None:
    _line(document, "", _GAP)
    if page.approval is not None:
        _approval(document, page.approval)
    if len(page.signatures) == 1:
        table = _columns(document, (72, 93))
        _flush(table)
        left, right = table.rows[0].cells
        if not page.petition:
            _recipients(left, page, first=True)
        _signed(right, page.signatures[0])
        return
    across = 3 if len(page.signatures) == 3 else 2
    rows = [page.signatures[at : at + across] for at in range(0, len(page.signatures), across)]
    if rows:
        table = _columns(document, [layout.TEXT_WIDTH / across] * across, rows=len(rows))
        for number, (row, signatures) in enumerate(zip(table.rows, rows, strict=True)):
            for cell, one in zip(row.cells, signatures, strict=False):
                _signed(cell, one, keep=number + 1 < len(rows))
    _recipients(document, page)


def _approval(document: Document, approval: Signature) -> None:
    from docx.shared import Pt

    table = _columns(document, [layout.TEXT_WIDTH])
    table.style = document.styles["Table Grid"]
    cell = table.rows[0].cells[0]
    _line(cell, approval.lines[0], _SIGNER, first=True)
    opinion = _line(cell, layout.OPINION_TO_FILL, _TEXT)
    opinion.paragraph_format.first_line_indent = 0
    opinion.paragraph_format.keep_with_next = True
    day, hint = _line(cell, layout.DAY_TO_FILL, _DATED), _line(cell, approval.hint, _HINT)
    day.paragraph_format.space_before, hint.paragraph_format.space_after = Pt(20), Pt(48)
    day.paragraph_format.keep_with_next = True
    for line in (day, hint):
        _align(line, "RIGHT")
    _line(document, "", _GAP)


def _signed(cell: _Cell, one: Signature, *, keep: bool = False) -> None:
    for place, text in enumerate(one.lines):
        _line(cell, text, _SIGNER, first=place == 0)
    if one.hint:
        _line(cell, one.hint, _HINT)
    _line(cell, one.name, _NAME).paragraph_format.keep_with_next = keep


def _recipients(place: Document | _Cell, page: Sheet, *, first: bool = False) -> None:
    head = [layout.RECIPIENTS] if page.recipients else []
    lines = [*head, *page.recipients, *([page.case_line] if page.case_line else [])]
    for number, text in enumerate(lines):
        style = _SENT_TO if number < len(head) else _RECIPIENT
        _line(place, text, style, first=first and number == 0)
