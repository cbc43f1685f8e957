"""A letter as Decree 30/2020 knows it: its parts, its number and symbol, who signs how, its steps.

Nothing here is worded by law of one kind of case; that is in `domain/law/forms.py` and the texts.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.law.forms import NUMBERED_KINDS, DocumentKind, Layout, LetterForm
from citizenfeedback.domain.text import clean_lines, fold
from citizenfeedback.domain.vocabulary import LetterState

Value = str | int | date | None
Values = Mapping[str, Value]


class Authority(StrEnum):
    """In what right a person signs (Nghị định 30/2020, article 13)."""

    HEAD = "head"
    ACTING = "acting"
    COLLECTIVE = "collective"
    COLLECTIVE_DEPUTY = "collective_deputy"
    DEPUTY = "deputy"
    BY_ORDER = "by_order"
    BY_ORDER_DEPUTY = "by_order_deputy"
    AUTHORISED = "authorised"


@dataclass(frozen=True, slots=True)
class LetterText:
    """What an official edits: plain text, one paragraph a line, in the order of the paper.

    `summary` is the trích yếu, `addressee` who stands after "Kính gửi:" (several: a line each),
    `bases` the lines "Căn cứ …", `recipients` the lines of "Nơi nhận". In `body` a line that
    begins with "Điều 1." has that bold, `# ` centres a line in bold, `*so*` makes a whole line
    bold, lines that begin with `|` are rows of a table, the first its head; a line that ends with
    "……" is filled with dots to the margin.
    """

    summary: str = ""
    addressee: str = ""
    bases: str = ""
    body: str = ""
    recipients: str = ""

    def sections(self) -> dict[str, str]:
        """The sections by name, for a form or a row."""
        return asdict(self)


SECTIONS: tuple[str, ...] = tuple(field.name for field in fields(LetterText))


def text_from_sections(sections: Mapping[str, str]) -> LetterText:
    """The text as it comes back from editing, made whole; sections not given are empty."""
    return LetterText(**{name: clean_lines(sections.get(name, "")) for name in SECTIONS})


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues a letter and where: the two lines on the left, the place before the date.

    `short` is the body in the symbol (UBND), `drafting` the short name of the unit that drafted
    it, which an official letter's symbol and the last line of the recipients name.
    """

    superior: str
    body: str
    place: str
    short: str
    drafting: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """One who signs: the lines above the name, a hint where the name is written by hand."""

    lines: tuple[str, ...]
    name: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class LetterContent:
    """A letter ready to print; `number` and `dated` are None until it is issued."""

    title: str
    document: DocumentKind
    layout: Layout
    text: LetterText
    letterhead: Letterhead
    signatures: tuple[Signature, ...]
    numbered: bool = True
    number: int | None = None
    dated: date | None = None
    year: int | None = None
    case_number: str = ""
    draft: bool = False


def symbol(short: str, document: DocumentKind, drafting: str = "") -> str:
    """`QĐ-UBND`; of an official letter, which has no kind in it, `UBND-VP`."""
    if document is DocumentKind.OFFICIAL_LETTER:
        return f"{short}-{drafting}" if drafting else short
    return f"{document.value}-{short}"


def register_of(document: DocumentKind, short: str) -> str:
    """The register of documents in which a kind is numbered, one a kind, unit and year."""
    return symbol(short, document)


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number of one of an office's own registers."""

    document: DocumentKind
    number: int


_TYPED_NUMBER = re.compile(
    r"(?:số\s*:?\s*)?0*([1-9]\d{0,4})(?:\s*/\s*(?:19|20)\d\d)?(?:\s*[/-]\s*(.*))?", re.IGNORECASE
)


def own_number(typed: str, head: Letterhead, usual: DocumentKind | None) -> OwnNumber | None:
    """The number that somebody typed, where its symbol is one of this office; None for any other.

    "7/QĐ-SXD", "7/QĐ" and "07/2026/QĐ-SXD" are one decision. A number with no symbol is of the kind
    that the act usually brings. A symbol of another body is in the register of that body.
    """
    read = _TYPED_NUMBER.fullmatch(" ".join(typed.split()))
    if read is None:
        return None
    sign, short, number = fold(read[2] or ""), fold(head.short), int(read[1])
    if not sign:
        return OwnNumber(usual, number) if usual in NUMBERED_KINDS else None
    for kind in NUMBERED_KINDS:
        official = kind is DocumentKind.OFFICIAL_LETTER
        own = short if official else f"{fold(kind.value)} {short}"
        if sign in (own, fold(kind.value)) or sign.startswith(f"{own} "):
            return OwnNumber(kind, number)
    return None


def next_number(last: int, elsewhere: Iterable[int]) -> int:
    """The number that follows the last of a series, past those that were given elsewhere.

    A series not begun begins after the highest one given elsewhere.
    """
    given = frozenset(elsewhere)
    if not last:
        return max(given, default=0) + 1
    number = last + 1
    while number in given:
        number += 1
    return number


def number_line(number: int | None, sign: str) -> str:
    """`Số: 05/QĐ-UBND`; before the issue a space is left for the number."""
    told = f"{number:02}" if number is not None else "\u00a0" * 6
    return f"Số: {told}/{sign}"


def day_words(day: date) -> str:
    """`ngày 03 tháng 01 năm 2026`: days under 10 and the months 1 and 2 with a leading 0."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def date_line(place: str, dated: date | None, year: int | None = None) -> str:
    """`Hạ Long, ngày 03 tháng 01 năm 2026`; before the issue day and month are left open."""
    if dated is not None:
        return f"{place}, {day_words(dated)}"
    gap = "\u00a0" * 5
    return f"{place}, ngày{gap} tháng{gap} năm {year or gap}"


_PARTS: Mapping[Authority, tuple[str, ...]] = MappingProxyType(
    {
        Authority.HEAD: ("{head}",),
        Authority.ACTING: ("Q. {head}",),
        Authority.COLLECTIVE: ("TM. {collective}", "{head}"),
        Authority.COLLECTIVE_DEPUTY: ("TM. {collective}", "KT. {head}", "{own}"),
        Authority.DEPUTY: ("KT. {head}", "{own}"),
        Authority.BY_ORDER: ("TL. {head}", "{own}"),
        Authority.BY_ORDER_DEPUTY: ("TL. {head}", "KT. {own}", "{deputy}"),
        Authority.AUTHORISED: ("TUQ. {head}", "{own}"),
    }
)


def signature(
    authority: Authority,
    name: str,
    *,
    head: str,
    own: str = "",
    collective: str = "",
    deputy: str = "",
) -> Signature:
    """The block of the one who signs, in capitals: TM. for a collective body, KT. for its head.

    `head` is the title of the head (Chủ tịch), `own` that of the signatory (Phó Chủ tịch),
    `collective` the body in whose name is signed, `deputy` who stands in for him who has the order.
    Raises `RuleBroken("signature_incomplete")` when a part of the block is missing.
    """
    given = {"head": head, "own": own, "collective": collective, "deputy": deputy}
    lines = []
    for part in _PARTS[authority]:
        wanted = part[part.index("{") + 1 : part.index("}")]
        if not given[wanted].strip():
            raise RuleBroken("signature_incomplete", authority=authority.value, part=wanted)
        lines.append(part.format(**{wanted: given[wanted].strip().upper()}))
    return Signature(tuple(lines), name.strip())


def full_title(title: str, body: str) -> str:
    """Whose head somebody is: "Chủ tịch" of a body is "Chủ tịch Ủy ban nhân dân phường …".

    Words that end the title and begin the body are said once: "Chánh Thanh tra tỉnh".
    """
    own, of = title.split(), body.split()
    if not own or not of or body.casefold() in title.casefold():
        return " ".join(own)
    for shared in range(min(len(own), len(of)), 0, -1):
        ending = [word.casefold() for word in own[-shared:]]
        if ending == [word.casefold() for word in of[:shared]]:
            return " ".join([*own, *of[shared:]])
    return " ".join([*own, *of])


def signatures_of(form: LetterForm, head: Signature | None) -> tuple[Signature, ...]:
    """Everyone who signs a document of this form: the head alone, or those the form names."""
    if not form.signers:
        return (head,) if head is not None else ()
    hint = "(Ký, ghi rõ họ tên)"
    if form.layout is Layout.PETITION:
        hint = "(Ký hoặc điểm chỉ, ghi rõ họ tên)"
    return tuple(Signature((words.upper(),), "", hint) for words in form.signers)


def missing_fields(form: LetterForm, values: Values) -> tuple[str, ...]:
    """The required fields that are not filled, in the order of the form."""
    return tuple(name for name in form.required if values.get(name) in (None, ""))


class LetterStep(StrEnum):
    """What may be done with a letter."""

    EDIT = "edit"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    ISSUE = "issue"
    CANCEL = "cancel"


_NEXT: Mapping[tuple[LetterState, LetterStep], LetterState] = MappingProxyType(
    {
        (LetterState.DRAFT, LetterStep.EDIT): LetterState.DRAFT,
        (LetterState.DRAFT, LetterStep.SUBMIT): LetterState.SUBMITTED,
        (LetterState.DRAFT, LetterStep.CANCEL): LetterState.CANCELLED,
        (LetterState.SUBMITTED, LetterStep.SEND_BACK): LetterState.DRAFT,
        (LetterState.SUBMITTED, LetterStep.APPROVE): LetterState.APPROVED,
        (LetterState.SUBMITTED, LetterStep.CANCEL): LetterState.CANCELLED,
        (LetterState.APPROVED, LetterStep.SEND_BACK): LetterState.DRAFT,
        (LetterState.APPROVED, LetterStep.ISSUE): LetterState.ISSUED,
        (LetterState.APPROVED, LetterStep.CANCEL): LetterState.CANCELLED,
        (LetterState.ISSUED, LetterStep.CANCEL): LetterState.CANCELLED,
    }
)


def next_state(form: LetterForm, state: LetterState, step: LetterStep) -> LetterState:
    """Where a letter stands after this step; `RuleBroken("letter_step")` where it may not be taken.

    What needs no approval (minutes, receipts, slips) is issued from the draft. An issued letter is
    never edited; when it is cancelled its number stays in the register.
    """
    if not form.approved and (state, step) == (LetterState.DRAFT, LetterStep.ISSUE):
        return LetterState.ISSUED
    found = _NEXT.get((state, step))
    if found is None or (step is LetterStep.SUBMIT and not form.approved):
        raise RuleBroken("letter_step", letter_step=step.value, letter_state=state.value)
    return found


def steps_from(form: LetterForm, state: LetterState) -> tuple[LetterStep, ...]:
    """The steps that this letter may take now."""
    return tuple(step for step in LetterStep if _may(form, state, step))


def _may(form: LetterForm, state: LetterState, step: LetterStep) -> bool:
    try:
        next_state(form, state, step)
    except RuleBroken:
        return False
    return True


END = "./."
"""What ends the text of a document; nothing stands below it."""


def with_paragraph(body: str, paragraph: str) -> str:
    """The text with a paragraph added at its end, which bears the mark of the end then."""
    body, added = body.strip(), paragraph.strip()
    if body.endswith(END):
        body, added = f"{body.removesuffix(END)}.", f"{added.rstrip('./')}{END}"
    return f"{body}\n{added}".strip()


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a section that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def whole_text(text: LetterText) -> str:
    """Everything a letter says, for reading it through before the issue."""
    return joined(text.sections().values())


def joined(parts: Iterable[str]) -> str:
    """The parts one below the other, without empty ones."""
    return "\n".join(part for part in parts if part.strip())
