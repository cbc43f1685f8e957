"""A letter as DOCX for editing, laid out as the PDF is.

The typeface is named, not carried: an office has Times New Roman. The file says nothing of the
moment it was made, so that the same letter gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from citizenfeedback.documents import letter_layout as layout
from citizenfeedback.documents.letter_layout import Block, BlockKind, Sheet, sheet
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
_MOTTO_WIDTH = 60
_RULE_WIDTH = 24


def letter_docx(content: LetterContent) -> bytes:
    """The letter as DOCX; the same letter gives the same bytes."""
    # Loaded only when paper is made, so that commands start quickly.
    import docx

    document = docx.Document()
    page = sheet(content)
    _prepare(document, page)
    _heading(document, page)
    _titles(document, page)
    for block in page.bases:
        _block(document, block, italic=True)
    for place, block in enumerate(page.blocks):
        after = page.blocks[place + 1].kind if place + 1 < len(page.blocks) else None
        keep = after in (None, BlockKind.CENTRED, BlockKind.TABLE)
        _block(document, block, keep=keep)
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


def _align(paragraph: Paragraph, name: str) -> None:
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT

    paragraph.alignment = WD_PARAGRAPH_ALIGNMENT[name]


def _line(
    place: Document | _Cell,
    text: str,
    *,
    size: float = layout.SIZE_TEXT,
    bold: bool = False,
    italic: bool = False,
    align: str = "CENTER",
    before: float = 0,
    after: float = 0,
    first: bool = False,
) -> Paragraph:
    """One paragraph of one style; `first` takes the empty one that a cell comes with."""
    from docx.shared import Pt

    paragraph = place.paragraphs[0] if first else place.add_paragraph()
    _align(paragraph, align)
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    _run(paragraph, text, size=size, bold=bold, italic=italic)
    return paragraph


def _run(
    paragraph: Paragraph,
    text: str,
    *,
    size: float = layout.SIZE_TEXT,
    bold: bool = False,
    italic: bool = False,
) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold, run.italic = bold or None, italic or None


def _rule(place: Document | _Cell, width: float, within: float) -> None:
    """A rule in the middle: the upper border of an empty line, drawn in from both sides."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    paragraph = place.add_paragraph()
    paragraph.paragraph_format.left_indent = Mm((within - width) / 2)
    paragraph.paragraph_format.right_indent = Mm((within - width) / 2)
    paragraph.paragraph_format.space_before = Pt(2)
    paragraph.paragraph_format.line_spacing = Pt(3)
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


def _heading(document: Document, page: Sheet) -> None:
    if page.petition:
        _line(document, layout.NATION, size=layout.SIZE_NATION, bold=True)
        _line(document, layout.MOTTO, size=layout.SIZE_MOTTO, bold=True)
        _rule(document, _MOTTO_WIDTH, layout.TEXT_WIDTH)
        _line(document, page.dated, italic=True, align="RIGHT", before=6)
        return
    widths = (layout.LEFT_COLUMN, layout.RIGHT_COLUMN)
    table = _columns(document, widths, rows=2)
    left, right = table.rows[0].cells
    for place, text in enumerate((*page.superior, *page.body)):
        bold = place >= len(page.superior)
        _line(left, text, size=layout.SIZE_NATION, bold=bold, first=place == 0)
    _rule(left, _RULE_WIDTH, widths[0] - 4)
    _line(right, layout.NATION, size=layout.SIZE_NATION, bold=True, first=True)
    _line(right, layout.MOTTO, size=layout.SIZE_MOTTO, bold=True)
    _rule(right, _MOTTO_WIDTH, widths[1] - 4)
    left, right = table.rows[1].cells
    _line(left, page.number, size=layout.SIZE_NUMBER, before=3, first=True)
    if page.subject:
        _line(left, page.subject, size=layout.SIZE_SMALL, before=3)
    _line(right, page.dated, size=layout.SIZE_NUMBER, italic=True, before=3, first=True)


def _titles(document: Document, page: Sheet) -> None:
    from docx.shared import Mm

    if page.title:
        _line(document, page.title, bold=True, before=14)
    if page.summary:
        _line(document, page.summary, bold=True, before=2)
        _rule(document, layout.TEXT_WIDTH * 0.3, layout.TEXT_WIDTH)
    if len(page.addressees) == 1:
        _line(document, f"{layout.TO} {page.addressees[0]}", before=10, after=6)
    elif page.addressees:
        to = _line(document, layout.TO, align="LEFT", before=10)
        to.paragraph_format.left_indent = Mm(24)
        for one in page.addressees:
            line = _line(document, f"- {one.lstrip('- ')}", align="LEFT", before=3)
            line.paragraph_format.left_indent = Mm(36)


def _block(document: Document, block: Block, *, italic: bool = False, keep: bool = False) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm, Pt

    if block.kind is BlockKind.TABLE:
        _table(document, block)
        return
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(layout.SPACE_BETWEEN / 2)
    form.line_spacing = 1.1
    form.widow_control = True
    form.keep_with_next = keep or block.kind in (BlockKind.HEADING, BlockKind.CENTRED)
    if block.kind is BlockKind.CENTRED:
        _align(paragraph, "CENTER")
        form.space_before = form.space_after = Pt(10)
        _run(paragraph, block.text, bold=True)
        return
    form.first_line_indent = Mm(layout.FIRST_LINE)
    _align(paragraph, "LEFT" if block.kind is BlockKind.LEADER else "JUSTIFY")
    if block.lead:
        _run(paragraph, f"{block.lead} ", bold=True)
    _run(paragraph, block.text, bold=block.kind is BlockKind.HEADING, italic=italic)
    if block.kind is BlockKind.LEADER:
        form.tab_stops.add_tab_stop(
            Mm(layout.TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
        _run(paragraph, " \t")


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
            align = "CENTER" if number == 0 or place == 0 else "LEFT"
            _line(cell, text, size=13, bold=number == 0, align=align, before=3, after=3, first=True)


def _end(document: Document, page: Sheet) -> None:
    _line(document, "", size=6).paragraph_format.keep_with_next = True
    if page.approval is not None:
        _approval(document, page.approval)
    if len(page.signatures) == 1:
        table = _columns(document, (72, 93))
        left, right = table.rows[0].cells
        if not page.petition:
            _recipients(left, page, first=True)
        _signed(right, page.signatures[0])
        return
    across = 3 if len(page.signatures) == 3 else 2
    rows = [page.signatures[at : at + across] for at in range(0, len(page.signatures), across)]
    if rows:
        table = _columns(document, [layout.TEXT_WIDTH / across] * across, rows=len(rows))
        for row, signatures in zip(table.rows, rows, strict=True):
            for cell, one in zip(row.cells, signatures, strict=False):
                _signed(cell, one)
    _recipients(document, page)


def _approval(document: Document, approval: Signature) -> None:
    table = _columns(document, [layout.TEXT_WIDTH])
    table.style = document.styles["Table Grid"]
    cell = table.rows[0].cells[0]
    _line(cell, approval.lines[0], size=13, bold=True, before=4, first=True)
    _line(cell, layout.OPINION_TO_FILL, align="LEFT", before=4)
    _line(cell, layout.DAY_TO_FILL, size=13, italic=True, align="RIGHT", before=20)
    _line(cell, approval.hint, size=layout.SIZE_SMALL, italic=True, align="RIGHT", after=48)
    _line(document, "", size=6).paragraph_format.keep_with_next = True


def _signed(cell: _Cell, one: Signature) -> None:
    for place, text in enumerate(one.lines):
        _line(cell, text, size=13.5, bold=True, first=place == 0)
    if one.hint:
        _line(cell, one.hint, size=layout.SIZE_SMALL, italic=True)
    _line(cell, one.name, bold=True, before=layout.SIGNING_SPACE)


def _recipients(place: Document | _Cell, page: Sheet, *, first: bool = False) -> None:
    head = [layout.RECIPIENTS] if page.recipients else []
    lines = [*head, *page.recipients, *([page.case_line] if page.case_line else [])]
    for number, text in enumerate(lines):
        heads = number < len(head)
        size = layout.SIZE_SMALL if heads else layout.SIZE_LIST
        empty = first and number == 0
        _line(place, text, size=size, bold=heads, italic=heads, align="LEFT", first=empty)
