"""A letter as parts to be laid out: what stands in which place, for PDF and DOCX alike.

The places are those of Decree 30/2020, annex I; sizes are in points, lengths in millimetres.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from citizenfeedback.documents.typeface import width_of
from citizenfeedback.domain.law.forms import DocumentKind, Layout
from citizenfeedback.domain.letters import (
    LetterContent,
    Signature,
    date_line,
    lines_of,
    number_line,
    symbol,
)

PAGE = (210, 297)
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 20, 20, 30, 15
TEXT_WIDTH = PAGE[0] - MARGIN_LEFT - MARGIN_RIGHT
LEFT_COLUMN, RIGHT_COLUMN = 68, 97
FIRST_LINE = 12.7
SIZE_TEXT, SIZE_SMALL, SIZE_LIST = 14, 12, 11
SIZE_NATION, SIZE_MOTTO, SIZE_NUMBER = 12, 13, 13
SPACE_BETWEEN = 6
SIGNING_SPACE = 62
HEAD_WIDTH = LEFT_COLUMN - 4
SUMMARY_WIDTH = 0.88 * TEXT_WIDTH
ONE_ADDRESSEE = 150
RULE_SHARE = 0.4
"""How long the rules under the body and the summary are: a third to a half of the words above."""

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"
TO = "Kính gửi:"
DRAFT = "BẢN NHÁP"
CASE_NUMBER = "Số hồ sơ: {number}"
DATE_TO_FILL = "……………, ngày …… tháng …… năm ………"
DAY_TO_FILL = "Ngày …… tháng …… năm ………"
OPINION_TO_FILL = "Ý kiến: ……"

_COMMITTEES = ("ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN")
_ARTICLE = re.compile(r"^(Điều \d+[a-zđ]?\.)\s*(.*)$")
_LEADER = re.compile(r"\s*(?:…{2,}|\.{6,})[.;]?$")


class BlockKind(StrEnum):
    """How one paragraph of a letter is set."""

    TEXT = "text"
    ARTICLE = "article"
    HEADING = "heading"
    CENTRED = "centred"
    LEADER = "leader"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table; `lead` are the first words where they are set bold.

    `keep` holds it on one page with what follows.
    """

    kind: BlockKind
    text: str = ""
    lead: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """How long the rules are that stand under the heading, in millimetres."""

    body: float
    motto: float
    summary: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the paper, in its place; empty parts are left out."""

    author: str
    superior: tuple[str, ...]
    body: tuple[str, ...]
    number: str
    dated: str
    title: str
    summary: tuple[str, ...]
    subject: tuple[str, ...]
    addressees: tuple[str, ...]
    bases: tuple[Block, ...]
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...]
    signatures: tuple[Signature, ...]
    approval: Signature | None
    case_line: str
    petition: bool
    draft: bool
    name: str
    rules: Rules


def sheet(content: LetterContent) -> Sheet:
    """Put the parts of a letter in their places."""
    letterhead, text = content.letterhead, content.text
    official = content.document is DocumentKind.OFFICIAL_LETTER
    petition = content.layout is Layout.PETITION
    minutes = content.layout is Layout.MINUTES
    summary = " ".join(lines_of(text.summary))
    approval = content.signatures[0] if _is_proposal(content) else None
    signatures = content.signatures[1:] if approval else content.signatures
    sign = symbol(letterhead.short, content.document, letterhead.drafting)
    dated = date_line(letterhead.place, content.dated, content.year)
    case_line = CASE_NUMBER.format(number=content.case_number) if content.case_number else ""
    body = () if petition else heading_lines(letterhead.body)
    told = in_lines(summary, SUMMARY_WIDTH, SIZE_TEXT, bold=True) if not official else ()
    return Sheet(
        author="" if petition else letterhead.body,
        superior=() if petition else heading_lines(letterhead.superior),
        body=body,
        number=number_line(content.number, sign) if content.numbered else "",
        dated="" if minutes else DATE_TO_FILL if petition else dated,
        title=content.title.upper(),
        summary=told,
        subject=in_lines(summary, HEAD_WIDTH, SIZE_SMALL) if official else (),
        addressees=lines_of(text.addressee),
        bases=blocks_of(text.bases),
        blocks=_kept(blocks_of(text.body)),
        recipients=() if petition else lines_of(text.recipients),
        signatures=signatures,
        approval=approval,
        case_line="" if petition else case_line,
        petition=petition,
        draft=content.draft,
        name=" ".join(part for part in (content.title, summary) if part),
        rules=Rules(
            body=_rule_under(body, SIZE_NATION),
            motto=width_of(MOTTO, SIZE_MOTTO, bold=True),
            summary=_rule_under(told, SIZE_TEXT),
        ),
    )


def _is_proposal(content: LetterContent) -> bool:
    return content.layout is Layout.SHEET and len(content.signatures) > 2


def heading_lines(body: str) -> tuple[str, ...]:
    """A body's name in capitals; that of a People's Committee on two lines, as offices write it."""
    name = " ".join(body.upper().split())
    committee = next((one for one in _COMMITTEES if name.startswith(f"{one} ")), "")
    if committee:
        place = name.removeprefix(committee).strip()
        return committee, *in_lines(place, HEAD_WIDTH, SIZE_NATION, bold=True)
    lines = in_lines(name, HEAD_WIDTH, SIZE_NATION, bold=True)
    if len(lines) != 2:
        return lines
    # The second of two lines begins with "VÀ" where that is near the middle.
    breaks = [place for place, sign in enumerate(name) if sign == " "]
    middle = len(name) / 2
    best = min(breaks, key=lambda place: abs(place - middle) - 4 * name.startswith(" VÀ ", place))
    return name[:best], name[best + 1 :]


def in_lines(text: str, within: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """A text in as few lines of `within` millimetres as hold it, each of about the same length."""
    words = text.split()
    if not words:
        return ()
    widths = [width_of(word, size, bold=bold) for word in words]
    space = width_of(" ", size, bold=bold)
    fewest = len(_filled(words, widths, space, within))
    narrow, wide = within / 2, within
    while fewest > 1 and wide - narrow > 1:
        middle = (narrow + wide) / 2
        if len(_filled(words, widths, space, middle)) > fewest:
            narrow = middle
        else:
            wide = middle
    return _filled(words, widths, space, wide)


def _filled(words: list[str], widths: list[float], space: float, within: float) -> tuple[str, ...]:
    """The words in lines that are filled as far as they go; a longer word has a line of its own."""
    lines: list[list[str]] = []
    used = 0.0
    for word, width in zip(words, widths, strict=True):
        if lines and used + space + width <= within:
            lines[-1].append(word)
            used += space + width
        else:
            lines.append([word])
            used = width
    return tuple(" ".join(line) for line in lines)


def _rule_under(lines: tuple[str, ...], size: float) -> float:
    widest = max((width_of(line, size, bold=True) for line in lines), default=0.0)
    return round(RULE_SHARE * widest, 1)


def blocks_of(text: str) -> tuple[Block, ...]:
    """The paragraphs of a section; rows of cells below one another are one table."""
    found: list[Block] = []
    for line in lines_of(text):
        block = _block(line)
        before = found[-1] if found else None
        if block.kind is BlockKind.TABLE and before and before.kind is BlockKind.TABLE:
            found[-1] = Block(BlockKind.TABLE, rows=(*before.rows, *block.rows))
        else:
            found.append(block)
    return tuple(found)


def _kept(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """What introduces something stays with it; at least two lines stay with the signature."""
    kept: list[Block] = []
    for place, block in enumerate(blocks):
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        to_end = after is None or (place + 2 == len(blocks) and _is_one_line(after))
        introduces = after is not None and after.kind in (BlockKind.CENTRED, BlockKind.TABLE)
        heads = block.kind in (BlockKind.HEADING, BlockKind.CENTRED)
        kept.append(replace(block, keep=to_end or introduces or heads))
    return tuple(kept)


def _is_one_line(block: Block) -> bool:
    words = " ".join(part for part in (block.lead, block.text) if part)
    return not block.rows and FIRST_LINE + width_of(words, SIZE_TEXT) <= TEXT_WIDTH


def _block(line: str) -> Block:
    if line.startswith("|"):
        cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
        return Block(BlockKind.TABLE, rows=(cells,))
    if line.startswith("# "):
        return Block(BlockKind.CENTRED, line[2:].strip())
    if len(line) > 2 and line.startswith("*") and line.endswith("*"):
        return Block(BlockKind.HEADING, line.strip("*").strip())
    article = _ARTICLE.match(line)
    if article:
        return Block(BlockKind.ARTICLE, article[2], article[1])
    leader = _LEADER.search(line)
    if leader:
        return Block(BlockKind.LEADER, line[: leader.start()])
    return Block(BlockKind.TEXT, line)


def even_rows(block: Block) -> tuple[tuple[str, ...], ...]:
    """The rows of a table with as many cells each as the widest has."""
    width = max(len(row) for row in block.rows)
    return tuple(row + ("",) * (width - len(row)) for row in block.rows)


def column_shares(head: tuple[str, ...]) -> tuple[float, ...]:
    """How wide the columns are beside one another: a narrow one for numbers, a wide one for names."""
    numbered = head[0] == "STT"
    rest = 1.2 if len(head) > 3 else 1.6
    return tuple(
        0.4 if numbered and place == 0 else 2.0 if place == int(numbered) else rest
        for place in range(len(head))
    )
