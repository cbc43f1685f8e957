"""A letter as PDF for the archive (PDF/A-2b), laid out by Decree 30/2020.

Typst lays the page out; what it is given is data, never its own language. The typeface has the
widths of Times New Roman and every Vietnamese letter, and comes with the product.
"""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from citizenfeedback.documents import letter_layout as layout
from citizenfeedback.documents.letter_layout import Block, BlockKind, Sheet, sheet
from citizenfeedback.documents.paper import TEMPLATES
from citizenfeedback.documents.typeface import FONTS, printable
from citizenfeedback.domain.letters import LetterContent

# A letter without a date yet: the same draft is the same file, byte for byte.
_NO_DAY = date(2000, 1, 1)


def letter_pdf(content: LetterContent) -> bytes:
    """The letter as PDF/A-2b; the same letter gives the same bytes."""
    # Loaded only when paper is made: the compiler is large and commands should start quickly.
    import typst

    paper: bytes = typst.compile(**_told(content), format="pdf", pdf_standards=["a-2b"])
    return paper


def letter_pages(content: LetterContent, ppi: float = 96) -> list[bytes]:
    """The pages as PNG pictures, for a preview."""
    import typst

    # One page comes as it is, several as a list.
    pictures: Any = typst.compile(**_told(content), format="png", ppi=ppi)
    return pictures if isinstance(pictures, list) else [pictures]


def _told(content: LetterContent) -> dict[str, Any]:
    """What the compiler is told of every letter."""
    day = content.dated or _NO_DAY
    told = json.dumps(_data(sheet(content)), ensure_ascii=False)
    return {
        "input": str(TEMPLATES / "letter.typ"),
        "root": str(TEMPLATES),
        "font_paths": [str(FONTS)],
        "ignore_system_fonts": True,
        "sys_inputs": {"data": printable(told)},
        "timestamp": (day - date(1970, 1, 1)).days * 86_400,
    }


def _data(page: Sheet) -> dict[str, Any]:
    return {
        **asdict(page),
        "bases": [_block(block) for block in page.bases],
        "blocks": [_block(block) for block in page.blocks],
        "words": {
            "nation": layout.NATION,
            "motto": layout.MOTTO,
            "recipients": layout.RECIPIENTS,
            "to": layout.TO,
            "draft": layout.DRAFT,
            "day": layout.DAY_TO_FILL,
            "opinion": layout.OPINION_TO_FILL,
        },
    }


def _block(block: Block) -> dict[str, Any]:
    told = asdict(block)
    if block.kind is BlockKind.TABLE:
        rows = layout.even_rows(block)
        told |= {"rows": rows, "shares": layout.column_shares(rows[0])}
    return told
