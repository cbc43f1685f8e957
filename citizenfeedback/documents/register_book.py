"""The register of documents as offices keep it on paper: the columns of Decree 30/2020, annex IV.

What is told of a denunciation is its kind and the part of who gets it, never what it says.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol

from citizenfeedback.documents.catalogue import N_, SOURCE_LANGUAGE, translate
from citizenfeedback.documents.formats import format_date
from citizenfeedback.documents.labels import label
from citizenfeedback.documents.letter_words import ADDRESSEE_LABELS
from citizenfeedback.documents.tables import write_csv
from citizenfeedback.documents.workbook import Book
from citizenfeedback.domain.law.forms import Addressee
from citizenfeedback.domain.letters import joined
from citizenfeedback.domain.vocabulary import Action, Letter, RegisterState

TITLE = N_("Sổ đăng ký văn bản đi")
COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("Số, ký hiệu văn bản"), 13),
    (N_("Ngày tháng văn bản"), 11),
    (N_("Tên loại và trích yếu nội dung văn bản"), 32),
    (N_("Người ký"), 15),
    (N_("Nơi nhận văn bản"), 24),
    (N_("Đơn vị, người nhận bản lưu"), 13),
    (N_("Số lượng bản"), 7),
    (N_("Ngày chuyển"), 11),
    (N_("Ký nhận"), 9),
    (N_("Ghi chú"), 15),
)
"""The ten columns, and how wide each is on paper; copies and receipt are filled in by hand."""

HIDDEN = N_("Không hiển thị")
REFUSAL = N_("Thông báo từ chối tiếp công dân")
BY_HAND = N_("Cấp số trên giấy")
ELSEWHERE = N_("Số cấp ngoài phần mềm")
CANCELLED = N_("Hủy số: {reason}")
NOT_ISSUED = N_("Đã lấy số, chưa ban hành")
CASE = N_("Hồ sơ {number}")
BOOK = N_("{unit} · {symbol} · năm {year}")
BEFORE = N_("Các số trước số {number} nằm trong sổ giấy.")


class Line(Protocol):
    """One number of a register (`queries.register.RegisterLine`)."""

    @property
    def number(self) -> int:
        """The number."""

    @property
    def told_no(self) -> str:
        """The number with its symbol."""

    @property
    def issued_on(self) -> date | None:
        """The day on the paper."""

    @property
    def state(self) -> RegisterState:
        """What became of the number."""

    @property
    def reason(self) -> str:
        """Why it was cancelled."""

    @property
    def letter(self) -> Letter | None:
        """Which letter it is."""

    @property
    def known(self) -> bool:
        """Whether this person may know what it is."""

    @property
    def by_hand(self) -> bool:
        """Whether it was numbered by hand."""

    @property
    def action(self) -> Action | None:
        """The act at which the number of a paper given elsewhere was typed."""

    @property
    def summary(self) -> str:
        """What it is about."""

    @property
    def recipients(self) -> str:
        """Who gets it."""

    @property
    def addressees(self) -> tuple[Addressee, ...]:
        """The parts of those who get it."""

    @property
    def signer(self) -> str:
        """Who signed."""

    @property
    def kept_by(self) -> str:
        """Who keeps the copy for the files."""

    @property
    def sent_on(self) -> date | None:
        """When it first went out."""

    @property
    def case_number(self) -> str:
        """The case it is of."""


class BookOf(Protocol):
    """A unit's register of a kind and a year (`queries.register.Book`)."""

    @property
    def unit(self) -> str:
        """The unit."""

    @property
    def symbol(self) -> str:
        """The kind of document with the body: `TB-UBND`."""

    @property
    def year(self) -> int:
        """The year."""


Books = Sequence[tuple[BookOf, Sequence[Line]]]


def what_it_is(line: Line, lang: str = SOURCE_LANGUAGE) -> str:
    """The kind of a document and what it is about, as far as this person may know it."""
    if not line.known:
        return translate(HIDDEN, lang)
    of = line.letter or line.action
    kind = label(of, lang) if of is not None else "" if line.by_hand else REFUSAL
    return joined((translate(kind, lang) if kind == REFUSAL else kind, line.summary))


def who_gets_it(line: Line, lang: str = SOURCE_LANGUAGE) -> str:
    """Who a document goes to: by name where it may be told, else by the part in the matter."""
    parts = (ADDRESSEE_LABELS[one] for one in line.addressees if one is not Addressee.FILE)
    return line.recipients or "; ".join(translate(part, lang) for part in parts)


def note_of(line: Line, lang: str = SOURCE_LANGUAGE) -> str:
    """What else the register says of a number."""
    said = []
    if line.state is RegisterState.CANCELLED:
        said.append(translate(CANCELLED, lang).format(reason=line.reason or "–"))
    elif line.state is RegisterState.TAKEN:
        said.append(translate(NOT_ISSUED, lang))
    if line.action is not None:
        said.append(translate(ELSEWHERE, lang))
    elif line.by_hand:
        said.append(translate(BY_HAND, lang))
    if line.case_number:
        said.append(translate(CASE, lang).format(number=line.case_number))
    return ". ".join(said)


def register_csv(books: Books, lang: str = SOURCE_LANGUAGE) -> bytes:
    """The registers below one another as CSV."""
    heads = [translate(name, lang) for name, _width in COLUMNS]
    rows = (_cells(line, lang) for _book, lines in books for line in lines)
    return write_csv((heads, *rows))


def register_xlsx(books: Books, lang: str = SOURCE_LANGUAGE) -> bytes:
    """The registers as a book to print: a sheet each, A4 across, the head on every page."""
    book = Book(translate(TITLE, lang), lang)
    lined = {"text_wrap": True, "valign": "top", "border": 1}
    book.add_looks(
        {
            "cell": lined,
            "column": {**lined, "bold": True, "align": "center", "valign": "vcenter"},
            "heading": {"bold": True, "font_size": 14, "align": "center"},
            "under": {"align": "center", "italic": True},
        }
    )
    for one, lines in books:
        _sheet(book, one, lines)
    return book.bytes()


def _sheet(book: Book, one: BookOf, lines: Sequence[Line]) -> None:
    sheet = book.book.add_worksheet(f"{one.symbol.replace('/', '-')} {one.year}"[:31])
    last = len(COLUMNS) - 1
    for place, (_name, width) in enumerate(COLUMNS):
        sheet.set_column(place, place, width)
    of = book.word(BOOK).format(unit=one.unit, symbol=one.symbol, year=one.year)
    book.merge(sheet, (0, 0, 0, last), book.word(TITLE).upper(), "heading")
    book.merge(sheet, (1, 0, 1, last), of, "under")
    if lines and lines[0].number > 1:
        told = book.word(BEFORE).format(number=f"{lines[0].number:02}")
        book.merge(sheet, (2, 0, 2, last), told, "under")
    book.line(sheet, 3, (book.word(name) for name, _width in COLUMNS), "column")
    sheet.set_row(3, 34)
    book.line(sheet, 4, (f"({place})" for place in range(1, last + 2)), "column")
    for row, line in enumerate(lines, 5):
        book.line(sheet, row, _cells(line, book.lang), "cell")
    _to_print(sheet, of)


def _to_print(sheet: Any, of: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3, 4)
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer(f"&L{of.replace('&', '&&')}&R&P/&N")


def _cells(line: Line, lang: str) -> list[str]:
    told: Iterable[str] = (
        line.told_no,
        format_date(line.issued_on, lang) if line.issued_on else "",
        what_it_is(line, lang).replace("\n", ": "),
        line.signer,
        who_gets_it(line, lang),
        line.kept_by,
        "",
        format_date(line.sent_on, lang) if line.sent_on else "",
        "",
        note_of(line, lang),
    )
    return list(told)
