"""Reports on paper: PDF with the national heading, the figures with what they mean, and signatures.

Typst lays the page out; what it is given is data, never its own language. The typeface comes with
the product, for that of the system may lack Vietnamese letters.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypedDict

from citizenfeedback.documents.catalogue import N_, SOURCE_LANGUAGE, translate
from citizenfeedback.documents.charts import Interval, Series, columns, intervals
from citizenfeedback.documents.figure_words import (
    NOTHING,
    balance,
    beside,
    figure_definition,
    figure_name,
    figure_parts,
    figure_question,
    format_change,
    format_value,
    group_name,
    group_of,
    headline,
    split_key,
    window_of,
    window_span,
    window_title,
)
from citizenfeedback.documents.formats import NO_BREAK, format_number, format_short_date
from citizenfeedback.documents.labels import label
from citizenfeedback.documents.rating_words import FACES, criterion_words
from citizenfeedback.documents.typeface import FONTS
from citizenfeedback.documents.workbook import (
    ACCEPTED,
    ALL_TOGETHER,
    BEFORE_WINDOW,
    BY_KIND_TITLE,
    BY_MONTH_TITLE,
    BY_UNIT,
    CLOSING,
    COUNT_HEAD,
    CRITERIA_TITLE,
    DEFINITIONS,
    DOUBTFUL,
    FIGURE_HEAD,
    INTERVAL_NOTE,
    KIND_HEAD,
    MEAN_HEAD,
    MONTH,
    OPENING,
    POINTS,
    RATINGS_TITLE,
    RECEIVED,
    RESOLVED,
    SATISFIED,
    SCORE_HEAD,
    STAFF,
    THIS_WINDOW,
    UNIT_HEAD,
    UNNAMED,
    YEAR_EARLIER,
)
from citizenfeedback.domain.vocabulary import CaseKind
from citizenfeedback.domain.windows import Window

Document = Mapping[str, Any]

TEMPLATES = Path(__file__).resolve().parent / "templates" / "paper"

NATION = N_("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
MOTTO = N_("Độc lập – Tự do – Hạnh phúc")
DATED = N_("Ngày …… tháng …… năm ……")
HEADING = N_("Báo cáo tiếp công dân, xử lý đơn và giải quyết vụ việc")
RATINGS_HEADING = N_("Báo cáo đánh giá của người dân")
PREPARED_BY = N_("Người lập báo cáo")
HEAD_OF_OFFICE = N_("Thủ trưởng đơn vị")
SIGN_HINT = N_("(Ký, ghi rõ họ tên)")
CHANGE = N_("Tăng, giảm")
PARTS_LINE = N_("Tử số: {above}. Mẫu số: {below}.")
OVER = N_("{part} / {whole}")
PROPER = N_("Làm đúng")
UNIT_OVERDUE = N_("Quá hạn")
RATE_HEAD = N_("Tỷ lệ")


class Head(TypedDict):
    """The head of a column."""

    text: str
    numeric: bool


class Section(TypedDict):
    """A part of the paper: a heading, a picture and a table, each of which may be missing."""

    title: str
    picture: str
    head: list[Head]
    rows: list[list[str]]
    foot: list[str]
    note: str


def monthly_pdf(document: Document, lang: str = SOURCE_LANGUAGE) -> bytes:
    """The monthly report as an office signs it."""
    window = window_of(document["period"])
    figures = document["figures"]
    name = document.get("name", {}).get(lang, document["unit"])
    title = headline(figures, window, "" if document.get("whole") else name, lang)
    sections = [_by_kind(figures, lang), *_by_month(document, window, lang)]
    sections += [_group(document, group, lang) for group in _groups(figures)]
    sections += _by_unit(document, lang)
    sentences = [f"{title}.", balance(figures, lang)]
    if apart := document.get("apart", {}).get("ratings"):
        sentences.append(f"{group_name('ratings', lang)}: {beside(apart, lang)}.")
    return _compiled(
        lang,
        title=title,
        heading=HEADING,
        unit=name,
        window=window,
        sentences=sentences,
        sections=sections,
        definitions=_definitions(figures, lang),
    )


def _groups(figures: Mapping[str, Any]) -> Iterable[str]:
    return dict.fromkeys(group_of(key) for key in figures)


def _section(
    title: str,
    head: Sequence[tuple[str, bool]] = (),
    rows: Iterable[Sequence[str]] = (),
    *,
    foot: Sequence[str] = (),
    picture: str = "",
    note: str = "",
) -> Section:
    return {
        "title": title,
        "picture": picture,
        "head": [{"text": text, "numeric": numeric} for text, numeric in head],
        "rows": [list(row) for row in rows],
        "foot": list(foot),
        "note": note,
    }


def rate_with_parts(key: str, one: Mapping[str, Any], lang: str) -> str:
    """A rate with what stands above and below its line; any other figure as it is."""
    value = format_value(key, one["value"], lang)
    if "numerator" not in one:
        return value
    parts = translate(OVER, lang).format(
        part=format_number(one["numerator"], lang), whole=format_number(one["denominator"], lang)
    )
    return f"{value} ({parts})".replace(" / ", f"{NO_BREAK}/{NO_BREAK}")


def _by_kind(figures: Mapping[str, Any], lang: str) -> Section:
    heads = [(KIND_HEAD, False)]
    heads += [(text, True) for text in (OPENING, ACCEPTED, RESOLVED, CLOSING, RATE_HEAD)]

    def row(tail: str, name: str) -> list[str]:
        counts = (f"cases.{one}{tail}" for one in ("opening", "accepted", "resolved", "closing"))
        rate = f"cases.resolution_rate{tail}"
        return [
            name,
            *(format_value(key, figures[key]["value"], lang) for key in counts),
            rate_with_parts(rate, figures[rate], lang),
        ]

    return _section(
        translate(BY_KIND_TITLE, lang),
        [(translate(text, lang), numeric) for text, numeric in heads],
        [row(f".{kind}", label(kind, lang)) for kind in CaseKind],
        foot=row("", translate(ALL_TOGETHER, lang)),
    )


def month_names(windows: Sequence[Window], lang: str) -> list[str]:
    """Short names of months under a chart: 1 … 12 within a year, 10/2026 across years."""
    one_year = len({window.first.year for window in windows}) == 1
    return [
        (str(window.first.month) if one_year else f"{window.first:%m/%y}")
        if window.months == 1
        else f"{format_short_date(window.first, lang)}–{format_short_date(window.last, lang)}"
        for window in windows
    ]


def _by_month(document: Document, window: Window, lang: str) -> list[Section]:
    months = document.get("months", [])
    if len(months) < 2:
        return []
    names = month_names([window_of(month) for month in months], lang)
    title = translate(BY_MONTH_TITLE, lang)
    picture = columns(
        f"{title}, {window_span(window, lang)}",
        names,
        [
            Series(translate(text, lang).lower(), tuple(month[name] for month in months))
            for name, text in (("accepted", ACCEPTED), ("resolved", RESOLVED))
        ],
        lang=lang,
        width=640,
        height=210,
    )
    wanted = (
        ("received", RECEIVED),
        ("opening", OPENING),
        ("accepted", ACCEPTED),
        ("resolved", RESOLVED),
        ("closing", CLOSING),
    )
    head = [(translate(MONTH, lang), False), *((translate(text, lang), True) for _, text in wanted)]
    rows = (
        [name, *(format_number(month[column], lang) for column, _ in wanted)]
        for name, month in zip(names, months, strict=True)
    )
    return [_section(title, head, rows, picture=picture)]


def _group(document: Document, group: str, lang: str) -> Section:
    """All figures of one group, with those of the window before and of the year before."""
    past = [document.get(name, {}) for name in ("previous", "year_before")]
    if past[0].get("period") == past[1].get("period"):
        past[1] = {}  # of a whole year, the window before is also that of the year before
    others = [one.get("figures") for one in past]
    head = [(FIGURE_HEAD, False), (THIS_WINDOW, True)]
    for name, other in zip((BEFORE_WINDOW, YEAR_EARLIER), others, strict=True):
        if other is not None:
            head += [(name, True), (CHANGE, True)]
    rows = []
    for key, one in document["figures"].items():
        if group_of(key) != group:
            continue
        row = [figure_name(key, lang), rate_with_parts(key, one, lang)]
        for other in others:
            if other is not None:
                before = other[key]["value"]
                row += [
                    rate_with_parts(key, other[key], lang),
                    format_change(key, one["value"], before, lang),
                ]
        rows.append(row)
    words = [(translate(text, lang), numeric) for text, numeric in head]
    return _section(group_name(group, lang), words, rows)


def _by_unit(document: Document, lang: str) -> list[Section]:
    """The units right below, as they add up."""
    units = [unit for unit in document.get("units", []) if unit["depth"] == 1]
    if not units:
        return []
    columns_shown = (
        ("petitions.received", RECEIVED),
        ("cases.opening", OPENING),
        ("cases.accepted", ACCEPTED),
        ("cases.resolved", RESOLVED),
        ("cases.resolution_rate", RATE_HEAD),
        ("cases.overdue_at_end", UNIT_OVERDUE),
    )
    head = [(translate(UNIT_HEAD, lang), False)]
    head += [(translate(text, lang), True) for _, text in columns_shown]
    rows = (
        [
            unit["name"].get(lang, unit["code"]),
            *(rate_with_parts(key, unit["figures"][key], lang) for key, _ in columns_shown),
        ]
        for unit in units
    )
    return [_section(translate(BY_UNIT, lang), head, rows)]


def _definitions(figures: Mapping[str, Any], lang: str) -> list[dict[str, str]]:
    found = []
    for key in dict.fromkeys(split_key(key)[0] for key in figures):
        above, below = figure_parts(key, lang) or ("", "")
        said = translate(PARTS_LINE, lang).format(above=above, below=below) if above else ""
        found.append(
            {
                "name": figure_name(key, lang),
                "question": figure_question(key, lang),
                "definition": figure_definition(key, lang),
                "parts": said,
            }
        )
    return found


def ratings_pdf(document: Document, lang: str = SOURCE_LANGUAGE) -> bytes:
    """The breakdown of ratings as an office signs it."""
    window = window_of(document["period"])
    name = document.get("name", {}).get(lang, document["unit"])
    overall = document["overall"]
    title = f"{translate(RATINGS_TITLE, lang)}: {window_title(window, lang)}"
    return _compiled(
        lang,
        title=title,
        heading=RATINGS_HEADING,
        unit=name,
        window=window,
        sentences=[translate(INTERVAL_NOTE, lang)],
        sections=[
            _scores(document, lang),
            _standing_section(
                ALL_TOGETHER, [{"name": translate(ALL_TOGETHER, lang), **overall}], lang
            ),
            _standing_section(POINTS, document["points"], lang),
            _standing_section(STAFF, document["staff"], lang, document["unnamed"]["count"]),
            _criteria(document, lang),
        ],
        definitions=[],
    )


def _scores(document: Document, lang: str) -> Section:
    head = [(translate(SCORE_HEAD, lang), False), (translate(COUNT_HEAD, lang), True)]
    rows = [
        [f"{score}: {translate(FACES[int(score)], lang)}", format_number(number, lang)]
        for score, number in document["scores"].items()
    ]
    rows.append([translate(DOUBTFUL, lang), format_number(document["doubtful"], lang)])
    return _section(translate(RATINGS_TITLE, lang), head, rows)


def mean_with_interval(value: float | None, interval: Mapping[str, float] | None, lang: str) -> str:
    """4,26 (4,25 – 4,27): a value with where the true one may lie."""
    if value is None:
        return NOTHING
    text = format_number(value, lang, 2)
    if interval is None:
        return text
    low, high = (format_number(interval[end], lang, 2) for end in ("low", "high"))
    return f"{text} ({low}{NO_BREAK}–{NO_BREAK}{high})"


def _standing_section(
    title: str, rows: Sequence[Mapping[str, Any]], lang: str, unnamed: int | None = None
) -> Section:
    word = translate(title, lang)
    head = [
        (word, False),
        (translate(COUNT_HEAD, lang), True),
        (translate(MEAN_HEAD, lang), True),
        (f"{translate(SATISFIED, lang)} (%)", True),
    ]
    lines = [
        [
            row["name"],
            format_number(row["count"], lang),
            mean_with_interval(row["mean"], row["mean_interval"], lang),
            mean_with_interval(row["satisfied_rate"], row["satisfied_interval"], lang),
        ]
        for row in rows
    ]
    if unnamed:
        lines.append([translate(UNNAMED, lang), format_number(unnamed, lang), NOTHING, NOTHING])
    return _section(word, head, lines)


def _criteria(document: Document, lang: str) -> Section:
    scored = [
        one
        for one in document["criteria"]
        if one["mean"] is not None and one["interval"] is not None
    ]
    title = translate(CRITERIA_TITLE, lang)
    picture = intervals(
        title,
        [
            Interval(
                criterion_words(one["code"], lang),
                one["mean"],
                one["interval"]["low"],
                one["interval"]["high"],
            )
            for one in scored
        ],
        lang=lang,
        width=640,
    )
    head = [
        (title, False),
        (translate(COUNT_HEAD, lang), True),
        (translate(MEAN_HEAD, lang), True),
        (f"{translate(PROPER, lang)} (%)", True),
    ]
    rows = [
        [
            criterion_words(one["code"], lang),
            format_number(one["count"], lang),
            mean_with_interval(one["mean"], one["interval"], lang),
            mean_with_interval(one["proper_rate"], one["interval"], lang),
        ]
        for one in document["criteria"]
    ]
    return _section(title, head, rows, picture=picture if scored else "")


def _compiled(
    lang: str,
    *,
    title: str,
    heading: str,
    unit: str,
    window: Window,
    sentences: Sequence[str],
    sections: Sequence[Section],
    definitions: Sequence[Mapping[str, str]],
) -> bytes:
    data = {
        "lang": lang,
        "title": title,
        "heading": translate(heading, lang),
        "unit": unit,
        "nation": [translate(NATION, lang), translate(MOTTO, lang)],
        "dated": translate(DATED, lang),
        "span": window_span(window, lang),
        "sentences": list(sentences),
        "sections": list(sections),
        "definitions_title": translate(DEFINITIONS, lang),
        "definitions": list(definitions),
        "signatures": [translate(PREPARED_BY, lang), translate(HEAD_OF_OFFICE, lang)],
        "sign_hint": translate(SIGN_HINT, lang),
    }
    return compiled("report.typ", data, window.last)


def compiled(template: str, data: Mapping[str, Any], day: date) -> bytes:
    """A template of this folder with its data as PDF, dated to a day so that it is always the same."""
    # Loaded only when paper is made: the compiler is large and commands should start quickly.
    import typst

    paper: bytes = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=_day_number(day),
    )
    return paper


def _day_number(day: date) -> int:
    """The last day of the window in seconds: the same report is the same file, byte for byte."""
    return (day - date(1970, 1, 1)).days * 86_400
