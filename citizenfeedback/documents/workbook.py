"""The table book of a report: XLSX with native charts, made without a spreadsheet program.

No text is ever taken for a formula or an address; one that begins like a formula is marked as
text for good, so that editing the cell does not wake it.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from citizenfeedback.documents.catalogue import N_, SOURCE_LANGUAGE, translate
from citizenfeedback.documents.charts import COLOURS
from citizenfeedback.documents.figure_words import (
    balance,
    beside,
    figure_definition,
    figure_name,
    figure_parts,
    figure_question,
    headline,
    window_of,
    window_span,
    window_title,
)
from citizenfeedback.documents.formats import format_short_date
from citizenfeedback.documents.labels import label
from citizenfeedback.documents.rating_words import FACES, criterion_words
from citizenfeedback.documents.verdict_words import SHEET, verdict_meanings, verdict_table
from citizenfeedback.domain.indicators import INDICATORS, Measure
from citizenfeedback.domain.vocabulary import CaseField, CaseKind

Document = Mapping[str, Any]

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LIKE_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
FONT = "Times New Roman"

SUMMARY = N_("Tóm tắt")
FIGURES = N_("Số liệu")
BY_UNIT = N_("Theo đơn vị")
BY_FIELD = N_("Theo lĩnh vực")
DEFINITIONS = N_("Định nghĩa")
MONTH = N_("Tháng")
KIND_HEAD = N_("Loại đơn")
UNIT_HEAD = N_("Đơn vị")
CODE_HEAD = N_("Mã")
FIELD_HEAD = N_("Lĩnh vực")
FIGURE_HEAD = N_("Số liệu")
QUESTION_HEAD = N_("Câu hỏi")
NUMERATOR = N_("Tử số")
DENOMINATOR = N_("Mẫu số")
THIS_WINDOW = N_("Kỳ này")
BEFORE_WINDOW = N_("Kỳ trước")
YEAR_EARLIER = N_("Cùng kỳ năm trước")
RECEIVED = N_("Đơn nhận")
OPENING = N_("Chuyển sang")
ACCEPTED = N_("Thụ lý")
RESOLVED = N_("Giải quyết")
CLOSING = N_("Còn lại")
TURNS = N_("Lượt tiếp")
RATINGS = N_("Lượt đánh giá")
SATISFIED = N_("Hài lòng")
RATE_OF = N_("{name} (%)")
BY_MONTH_TITLE = N_("Vụ việc theo tháng")
BY_KIND_TITLE = N_("Vụ việc theo loại đơn")
POINTS = N_("Điểm phục vụ")
STAFF = N_("Cán bộ")
CRITERIA_TITLE = N_("Tiêu chí")
COUNT_HEAD = N_("Số lượt")
MEAN_HEAD = N_("Điểm trung bình")
LOW_HEAD = N_("Thấp nhất")
HIGH_HEAD = N_("Cao nhất")
SATISFIED_RATE = N_("Hài lòng (%)")
PROPER_RATE = N_("Làm đúng (%)")
UNNAMED = N_("Cán bộ có quá ít lượt đánh giá, không nêu tên")
DOUBTFUL = N_("Lượt có dấu hiệu bất thường, tính riêng")
ALL_TOGETHER = N_("Tất cả")
SCORE_HEAD = N_("Mức")
INTERVAL_NOTE = N_(
    "Thấp nhất và cao nhất: khoảng mà giá trị thật nằm trong đó với độ tin cậy 95 %."
)
RATINGS_TITLE = N_("Đánh giá của người dân")

_MONTH_COLUMNS = (
    ("received", RECEIVED),
    ("opening", OPENING),
    ("accepted", ACCEPTED),
    ("resolved", RESOLVED),
    ("closing", CLOSING),
    ("turns", TURNS),
    ("ratings", RATINGS),
    ("satisfied", SATISFIED),
)
_KIND_COLUMNS = (
    ("opening", OPENING),
    ("accepted", ACCEPTED),
    ("resolved", RESOLVED),
    ("closing", CLOSING),
)


class Book:
    """A workbook in memory with the looks that all sheets share."""

    def __init__(self, title: str, lang: str) -> None:
        # Loaded only when a book is made: commands that make none start quicker.
        from xlsxwriter import Workbook

        self.lang = lang
        self.buffer = io.BytesIO()
        self.book = Workbook(self.buffer, OPTIONS)
        self.book.set_properties({"title": title})
        looks: dict[str, dict[str, Any]] = {
            "plain": {},
            "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"},
            "number": {"num_format": "#,##0"},
            "decimal": {"num_format": "#,##0.00"},
            "title": {"bold": True, "font_size": 14},
            "wrap": {"text_wrap": True, "valign": "top"},
        }
        self.looks: dict[str, Any] = {}
        self.quoted: dict[str, Any] = {}
        self.add_looks(looks)

    def add_looks(self, looks: Mapping[str, Mapping[str, Any]]) -> None:
        """More looks by their names; each has a twin for texts that begin like a formula."""
        for name, look in looks.items():
            whole = {"font_name": FONT, "font_size": 11, **look}
            self.looks[name] = self.book.add_format(whole)
            self.quoted[name] = self.book.add_format({**whole, "quote_prefix": True})

    def word(self, text: str) -> str:
        """A text of this file in the language of the book."""
        return translate(text, self.lang)

    def sheet(self, name: str) -> Any:
        """A new sheet."""
        return self.book.add_worksheet(self.word(name)[:31])

    def put(self, sheet: Any, row: int, column: int, value: object, look: str = "plain") -> None:
        """One cell: numbers as numbers, texts as texts and never as anything else."""
        if value is None:
            return
        if isinstance(value, bool) or not isinstance(value, int | float):
            text = str(value)
            looks = self.quoted if text.startswith(LIKE_FORMULAS) else self.looks
            sheet.write_string(row, column, text, looks[look])
        else:
            number = "number" if isinstance(value, int) else "decimal"
            sheet.write_number(row, column, value, self.looks[number])

    def number(self, sheet: Any, row: int, column: int, value: float | None, look: str) -> None:
        """A number in a look of its own; a blank keeps the look."""
        if value is None:
            sheet.write_blank(row, column, None, self.looks[look])
        else:
            sheet.write_number(row, column, value, self.looks[look])

    def merge(self, sheet: Any, place: tuple[int, int, int, int], text: str, look: str) -> None:
        """A text over several cells: first row, first column, last row, last column."""
        looks = self.quoted if text.startswith(LIKE_FORMULAS) else self.looks
        if place[:2] != place[2:]:
            sheet.merge_range(*place, "", looks[look])
        sheet.write_string(place[0], place[1], text, looks[look])

    def line(
        self, sheet: Any, row: int, values: Iterable[object], look: str = "plain", at: int = 0
    ) -> None:
        """One row of cells."""
        for place, value in enumerate(values):
            self.put(sheet, row, at + place, value, look)

    def bytes(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self.buffer.getvalue()


def monthly_xlsx(document: Document, lang: str = SOURCE_LANGUAGE) -> bytes:
    """The monthly report as a book: summary with charts, all figures, unit by unit, definitions."""
    window = window_of(document["period"])
    unit = "" if document.get("whole") else document.get("name", {}).get(lang, document["unit"])
    title = headline(document["figures"], window, unit, lang)
    book = Book(title, lang)
    _summary(book, document, title)
    _all_figures(book, document)
    if "units" in document:
        _by_unit(book, document)
    if "fields" in document:
        _by_field(book, document)
    _definitions(book, document)
    return book.bytes()


def _summary(book: Book, document: Document, title: str) -> None:
    sheet = book.sheet(SUMMARY)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 12, 12)
    figures = document["figures"]
    book.put(sheet, 0, 0, title, "title")
    book.put(sheet, 1, 0, balance(figures, book.lang))
    book.put(sheet, 2, 0, window_span(window_of(document["period"]), book.lang))
    after = _kinds_table(book, sheet, figures, 4)
    months = document.get("months", [])
    if months:
        _months_table(book, sheet, months, after + 1)
        first, last = after + 2, after + 1 + len(months)
        series = ((3, COLOURS[1]), (4, COLOURS[0]))
        chart = _columns(book, sheet, BY_MONTH_TITLE, after + 1, (first, last), series)
        sheet.insert_chart(after + len(months) + 4, 0, chart)


def _kinds_table(book: Book, sheet: Any, figures: Mapping[str, Any], top: int) -> int:
    heads = [KIND_HEAD, *(text for _, text in _KIND_COLUMNS)]
    book.line(sheet, top, [book.word(head) for head in heads], "head")
    rate = book.word(RATE_OF).format(name=figure_name("cases.resolution_rate", book.lang))
    book.line(sheet, top, [rate, book.word(NUMERATOR), book.word(DENOMINATOR)], "head", len(heads))
    row = top
    for row, kind in enumerate((*CaseKind, None), top + 1):
        tail = "" if kind is None else f".{kind}"
        one = figures[f"cases.resolution_rate{tail}"]
        book.line(
            sheet,
            row,
            [
                book.word(ALL_TOGETHER) if kind is None else label(kind, book.lang),
                *(figures[f"cases.{name}{tail}"]["value"] for name, _ in _KIND_COLUMNS),
                one["value"],
                one["numerator"],
                one["denominator"],
            ],
        )
    chart = _columns(
        book, sheet, BY_KIND_TITLE, top, (top + 1, row - 1), ((2, COLOURS[1]), (3, COLOURS[0]))
    )
    sheet.insert_chart(top, len(heads) + 4, chart)
    return row + 1


def _months_table(book: Book, sheet: Any, months: Sequence[Mapping[str, Any]], top: int) -> None:
    heads = [MONTH, *(text for _, text in _MONTH_COLUMNS)]
    book.line(sheet, top, [book.word(head) for head in heads], "head")
    for row, month in enumerate(months, top + 1):
        window = window_of(month)
        whole = window.months == 1
        name = (
            f"{window.first:%m/%Y}"
            if whole
            else f"{format_short_date(window.first)}–{format_short_date(window.last)}"
        )
        book.line(sheet, row, [name, *(month[column] for column, _ in _MONTH_COLUMNS)])


def _columns(
    book: Book,
    sheet: Any,
    title: str,
    head: int,
    rows: tuple[int, int],
    series: Iterable[tuple[int, str]],
) -> Any:
    """A native chart of columns of a table on the same sheet; its axis begins at zero."""
    chart = book.book.add_chart({"type": "column"})
    first, last = rows
    for column, colour in series:
        chart.add_series(
            {
                "name": [sheet.name, head, column],
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, column, last, column],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    chart.set_title({"name": book.word(title), "name_font": {"size": 12}})
    chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9D0C5"}}})
    chart.set_legend({"position": "top"})
    chart.set_size({"width": 620, "height": 300})
    return chart


def _all_figures(book: Book, document: Document) -> None:
    sheet = book.sheet(FIGURES)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 5, 15)
    sheet.set_column(6, 6, 46)
    sheet.freeze_panes(1, 1)
    heads = [FIGURE_HEAD, THIS_WINDOW, NUMERATOR, DENOMINATOR, BEFORE_WINDOW, YEAR_EARLIER]
    book.line(sheet, 0, [*(book.word(head) for head in heads), book.word(CODE_HEAD)], "head")
    others = [document.get(name, {}).get("figures", {}) for name in ("previous", "year_before")]
    if apart := document.get("apart", {}).get("ratings"):
        book.put(sheet, len(document["figures"]) + 1, 0, beside(apart, book.lang))
    for row, (key, one) in enumerate(document["figures"].items(), 1):
        book.line(
            sheet,
            row,
            [
                _headed(key, book.lang),
                one["value"],
                one.get("numerator"),
                one.get("denominator"),
                *(other.get(key, {}).get("value") for other in others),
                key,
            ],
        )


def _headed(key: str, lang: str) -> str:
    """A figure's name, saying where it is a percentage."""
    name = figure_name(key, lang)
    if INDICATORS[key].measure is not Measure.RATE:
        return name
    return translate(RATE_OF, lang).format(name=name)


def _wide_heads(book: Book, keys: Iterable[str]) -> list[tuple[str, str, str]]:
    """The columns of a wide table: a rate takes three, for it never stands alone."""
    heads = []
    for key in keys:
        name = _headed(key, book.lang)
        heads.append((key, "value", name))
        if INDICATORS[key].measure is Measure.RATE:
            above, below = figure_parts(key, book.lang) or ("", "")
            heads += [
                (key, "numerator", f"{name}: {above}"),
                (key, "denominator", f"{name}: {below}"),
            ]
    return heads


def _by_unit(book: Book, document: Document) -> None:
    sheet = book.sheet(BY_UNIT)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 44)
    heads = _wide_heads(book, document["figures"])
    sheet.set_column(2, 1 + len(heads), 14)
    sheet.set_row(0, 90)
    sheet.freeze_panes(2, 2)
    first = [book.word(CODE_HEAD), book.word(UNIT_HEAD), *(name for _, _, name in heads)]
    book.line(sheet, 0, first, "head")
    codes = (key if side == "value" else f"{key}.{side}" for key, side, _ in heads)
    book.line(sheet, 1, codes, "head", 2)
    for row, unit in enumerate(document["units"], 2):
        name = "    " * unit["depth"] + unit["name"].get(book.lang, "")
        figures = unit["figures"]
        book.line(sheet, row, [unit["code"], name, *(figures[k].get(s) for k, s, _ in heads)])
    sheet.autofilter(1, 0, 1 + len(document["units"]), 1 + len(heads))
    _unit_chart(book, sheet, document, heads)


def _unit_chart(
    book: Book, sheet: Any, document: Document, heads: Sequence[tuple[str, str, str]]
) -> None:
    """A chart of what the units right below settled; the table it reads stands beside it."""
    children = [(row, unit) for row, unit in enumerate(document["units"], 2) if unit["depth"] == 1]
    if not children:
        return
    below = len(document["units"]) + 4
    wanted = ("cases.accepted", "cases.resolved")
    columns = [
        place for place, (key, side, _) in enumerate(heads, 2) if key in wanted and side == "value"
    ]
    book.put(sheet, below, 1, book.word(UNIT_HEAD), "head")
    book.line(sheet, below, [heads[place - 2][2] for place in columns], "head", 2)
    for row, (_, unit) in enumerate(children, below + 1):
        values = [unit["figures"][key]["value"] for key in wanted]
        book.line(sheet, row, [unit["name"].get(book.lang, ""), *values], at=1)
    chart = book.book.add_chart({"type": "bar"})
    for place, colour in ((2, COLOURS[1]), (3, COLOURS[0])):
        chart.add_series(
            {
                "name": [sheet.name, below, place],
                "categories": [sheet.name, below + 1, 1, below + len(children), 1],
                "values": [sheet.name, below + 1, place, below + len(children), place],
                "fill": {"color": colour},
                "gap": 50,
            }
        )
    chart.set_title({"name": book.word(BY_UNIT), "name_font": {"size": 12}})
    chart.set_x_axis({"min": 0})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"position": "top"})
    chart.set_size({"width": 760, "height": 120 + 26 * len(children)})
    sheet.insert_chart(below, 5, chart)


def _by_field(book: Book, document: Document) -> None:
    sheet = book.sheet(BY_FIELD)
    sheet.set_column(0, 0, 30)
    keys = [
        key
        for key, indicator in INDICATORS.items()
        if indicator.over == "cases" and indicator.kind is None
    ]
    heads = _wide_heads(book, keys)
    sheet.set_column(1, len(heads), 14)
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, 90)
    book.line(sheet, 0, [book.word(FIELD_HEAD), *(name for _, _, name in heads)], "head")
    for row, (field, figures) in enumerate(document["fields"].items(), 1):
        values = (figures[key].get(side) for key, side, _ in heads)
        book.line(sheet, row, [label(CaseField(field), book.lang), *values])


def _definitions(book: Book, document: Document) -> None:
    sheet = book.sheet(DEFINITIONS)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 4, 48)
    sheet.freeze_panes(1, 0)
    heads = [FIGURE_HEAD, QUESTION_HEAD, DEFINITIONS, NUMERATOR, DENOMINATOR]
    book.line(sheet, 0, [book.word(head) for head in heads], "head")
    for row, key in enumerate(document["figures"], 1):
        above, below = figure_parts(key, book.lang) or (None, None)
        values = [
            figure_name(key, book.lang),
            figure_question(key, book.lang),
            figure_definition(key, book.lang),
            above,
            below,
        ]
        book.line(sheet, row, values, "wrap")


def ratings_xlsx(document: Document, lang: str = SOURCE_LANGUAGE) -> bytes:
    """The ratings as a book: all together, by point, by member of staff, by criterion."""
    title = f"{translate(RATINGS_TITLE, lang)}: {window_title(window_of(document['period']), lang)}"
    book = Book(title, lang)
    sheet = book.sheet(SUMMARY)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 8, 13)
    book.put(sheet, 0, 0, title, "title")
    book.put(sheet, 1, 0, book.word(INTERVAL_NOTE))
    book.line(sheet, 3, _standing_heads(book, SCORE_HEAD), "head")
    book.line(sheet, 4, [book.word(ALL_TOGETHER), *_standing(document["overall"])])
    for row, (score, number) in enumerate(document["scores"].items(), 5):
        book.line(sheet, row, [f"{score}: {book.word(FACES[int(score)])}", number])
    book.line(sheet, 11, [book.word(DOUBTFUL), document["doubtful"]])
    chart = _columns(book, sheet, RATINGS_TITLE, 3, (5, 9), ((1, COLOURS[0]),))
    chart.set_legend({"none": True})
    sheet.insert_chart(13, 0, chart)
    _rated(book, POINTS, document["points"])
    _rated(book, STAFF, document["staff"], document["unnamed"])
    _criteria(book, document["criteria"])
    return book.bytes()


def verdicts_xlsx(document: Document, lang: str = SOURCE_LANGUAGE) -> bytes:
    """What citizens said of results as a book: all together, by kind, by unit, with a chart."""
    title = f"{translate(SHEET, lang)}: {window_title(window_of(document['period']), lang)}"
    book = Book(title, lang)
    sheet = book.sheet(SHEET)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, 9, 15)
    book.put(sheet, 0, 0, title, "title")
    heads, *rows = verdict_table(document, lang)
    book.line(sheet, 2, heads, "head")
    for place, row in enumerate(rows, 3):
        book.line(sheet, place, row)
    chart = book.book.add_chart({"type": "bar", "subtype": "stacked"})
    last = 3 + len(document["kinds"])
    for column in (2, 3, 4):
        chart.add_series(
            {
                "name": [sheet.get_name(), 2, column],
                "categories": [sheet.get_name(), 4, 1, last, 1],
                "values": [sheet.get_name(), 4, column, last, column],
                "fill": {"color": COLOURS[column - 2]},
            }
        )
    sheet.insert_chart(len(rows) + 5, 0, chart)
    at = len(rows) + 22
    for place, one in enumerate(verdict_meanings(lang)):
        told = f"{one['definition']} {one['above']} / {one['below']}"
        book.line(sheet, at + place, [one["name"], told])
    return book.bytes()


def _standing_heads(book: Book, first: str) -> list[str]:
    heads = (COUNT_HEAD, MEAN_HEAD, LOW_HEAD, HIGH_HEAD, SATISFIED_RATE, LOW_HEAD, HIGH_HEAD)
    return [book.word(first), *(book.word(head) for head in heads)]


def _standing(one: Mapping[str, Any]) -> list[object]:
    return [
        one["count"],
        one["mean"],
        *_ends(one["mean_interval"]),
        one["satisfied_rate"],
        *_ends(one["satisfied_interval"]),
    ]


def _ends(interval: Mapping[str, float] | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval["low"], interval["high"])


def _rated(
    book: Book,
    title: str,
    rows: Sequence[Mapping[str, Any]],
    unnamed: Mapping[str, int] | None = None,
) -> None:
    sheet = book.sheet(title)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 9, 14)
    sheet.freeze_panes(1, 1)
    first, *rest = _standing_heads(book, title)
    book.line(sheet, 0, [first, book.word(CODE_HEAD), book.word(UNIT_HEAD), *rest], "head")
    for row, one in enumerate(rows, 1):
        book.line(sheet, row, [one["name"], one["code"], one["unit"], *_standing(one)])
    if unnamed is not None:
        last = [book.word(UNNAMED), None, None, unnamed["count"]]
        book.line(sheet, len(rows) + 1, last)


def _criteria(book: Book, rows: Sequence[Mapping[str, Any]]) -> None:
    sheet = book.sheet(CRITERIA_TITLE)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 6, 15)
    heads = (CRITERIA_TITLE, CODE_HEAD, COUNT_HEAD, MEAN_HEAD, PROPER_RATE, LOW_HEAD, HIGH_HEAD)
    book.line(sheet, 0, [book.word(head) for head in heads], "head")
    for row, one in enumerate(rows, 1):
        values = [one["count"], one["mean"], one["proper_rate"], *_ends(one["interval"])]
        book.line(sheet, row, [criterion_words(one["code"], book.lang), one["code"], *values])
