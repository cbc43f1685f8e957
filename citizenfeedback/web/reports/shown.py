"""The figures as the tables, tiles and charts of a page: cells with their words and links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from citizenfeedback.documents.charts import Interval, Series, columns, intervals
from citizenfeedback.documents.figure_words import (
    NOTHING,
    beside,
    figure_definition,
    figure_name,
    figure_parts,
    figure_question,
    format_change,
    format_value,
    group_name,
    group_of,
    kind_name,
    split_key,
    window_span,
)
from citizenfeedback.documents.formats import format_month, format_number, format_ratio
from citizenfeedback.documents.labels import label
from citizenfeedback.documents.paper import mean_with_interval, month_names
from citizenfeedback.documents.rating_words import FACES, counter_name, criterion_words
from citizenfeedback.domain.indicators import SATISFIED_FROM, Figure
from citizenfeedback.domain.ratings import SCORES
from citizenfeedback.domain.vocabulary import CaseKind
from citizenfeedback.queries.ratings import PointRatings, RatingReport, StaffRatings
from citizenfeedback.queries.reporting import MonthFigures, Overview
from citizenfeedback.web.i18n import current_language, gettext, ngettext, pgettext
from citizenfeedback.web.reports.room import Asked

Figures = Mapping[str, Figure]
Cell = str | dict[str, str]

WIDE = 760
"""The width of a chart that has a panel to itself."""

MOVES = ("opening", "accepted", "resolved")
COMPARED = (
    "receptions.turns",
    "petitions.received",
    "petitions.processed",
    "cases.accepted",
    "cases.resolved",
    "cases.closing",
    "cases.overdue_at_end",
    "cases.resolution_rate",
    "cases.on_time_rate",
    "dossiers.on_time_rate",
    "ratings.count",
    "ratings.mean",
    "ratings.satisfied_rate",
)


def value(key: str, figure: Figure) -> str:
    """A figure in words."""
    return format_value(key, figure.value, current_language())


def number(amount: float | None) -> str:
    """A whole number in words; a dash for none."""
    return NOTHING if amount is None else format_number(amount, current_language())


def over(figure: Figure) -> str:
    """The two sides of a rate: 4.650 / 5.174."""
    return f"{number(figure.numerator)} / {number(figure.denominator)}"


def tiles(page: Overview, asked: Asked) -> list[dict[str, str]]:
    """The four figures looked at first, each with what it is made of."""
    figures, lang = page.figures, current_language()
    counts = {
        key: number(figures[key].value)  # type: ignore[arg-type]
        for key in ("receptions.people", "receptions.groups", "petitions.carried_over")
    }
    notes = {
        "receptions.turns": gettext(
            "%(people)s người, %(groups)s đoàn",
            people=counts["receptions.people"],
            groups=counts["receptions.groups"],
        ),
        "petitions.received": gettext(
            "%(carried)s đơn kỳ trước chuyển sang", carried=counts["petitions.carried_over"]
        ),
        "cases.on_time_rate": over(figures["cases.on_time_rate"]),
        "ratings.satisfied_rate": _satisfied(figures["ratings.satisfied_rate"], lang),
    }
    return [
        {
            "label": figure_name(key, lang),
            "value": value(key, figures[key]),
            "note": note,
            "href": asked.url("rows", figure=key),
        }
        for key, note in notes.items()
    ]


def _satisfied(figure: Figure, lang: str) -> str:
    told = gettext("%(over)s lượt", over=over(figure))
    return f"{told}; {beside(figure.apart, lang)}" if figure.apart else told


def by_kind(page: Overview, asked: Asked) -> dict[str, Any]:
    """What moved, by kind, with the total below."""

    def row(tail: str) -> list[Cell]:
        rate = f"cases.resolution_rate{tail}"
        keys = [f"cases.{name}{tail}" for name in MOVES]
        counts: list[Cell] = [asked.rows(key, value(key, page.figures[key])) for key in keys]
        kind = kind_name(tail[1:], current_language()) if tail else gettext("Tổng")
        return [kind, *counts, value(rate, page.figures[rate])]

    return {
        "head": [gettext("Loại"), *_numeric(*_moves(), gettext("Tỷ lệ"))],
        "rows": [row(f".{kind}") for kind in CaseKind],
        "foot": row(""),
    }


def _moves() -> tuple[str, ...]:
    return gettext("Chuyển sang"), pgettext("cột", "Thụ lý"), gettext("Giải quyết")


def _numeric(*texts: str) -> list[dict[str, Any]]:
    return [{"text": text, "numeric": True} for text in texts]


def chart(page: Overview) -> str:
    """Cases taken up and resolved, month by month."""
    lang = current_language()
    title = f"{gettext('Vụ việc theo tháng')}, {window_span(page.window, lang)}"
    return columns(
        title,
        month_names([month.window for month in page.months], lang),
        [
            Series(gettext("thụ lý"), tuple(month.accepted for month in page.months)),
            Series(gettext("giải quyết"), tuple(month.resolved for month in page.months)),
        ],
        lang=lang,
    )


def by_month(page: Overview, asked: Asked) -> dict[str, Any]:
    """Each month of the window in numbers."""
    head = [gettext("Tháng"), *_numeric(gettext("Đơn nhận"), *_moves(), gettext("Còn lại"))]
    head += _numeric(gettext("Lượt tiếp"), gettext("Hài lòng"))
    return {"head": head, "rows": [_month(month, asked) for month in page.months]}


def _month(month: MonthFigures, asked: Asked) -> list[Cell]:
    lang, at = current_language(), asked.at(month.window)
    whole = month.window.months == 1
    name = format_month(month.window.first, lang) if whole else window_span(month.window, lang)
    shown = (
        ("petitions.received", month.received),
        ("cases.opening", month.opening),
        ("cases.accepted", month.accepted),
        ("cases.resolved", month.resolved),
        ("cases.closing", month.closing),
        ("receptions.turns", month.turns),
    )
    rated = format_ratio(month.satisfied, month.ratings, lang)
    return [
        {"text": name, "href": asked.url("index", **at)},
        *(asked.rows(key, number(amount), **at) for key, amount in shown),
        f"{rated} ({number(month.satisfied)} / {number(month.ratings)})",
    ]


def compared(page: Overview) -> dict[str, Any]:
    """A window beside the one before it and the same a year earlier."""
    return {
        "head": [gettext("Số liệu"), *_compared_heads(page)],
        "rows": [_compared(key, page) for key in COMPARED],
        "title": gettext("So với kỳ trước")
        if _one_past(page)
        else gettext("So với kỳ trước và cùng kỳ năm trước"),
        "note": compared_note(page),
    }


def compared_note(page: Overview) -> str:
    """Which days the past columns stand for."""
    lang = current_language()
    before = window_span(page.previous, lang)
    if _one_past(page):
        return gettext("Kỳ trước cũng là cùng kỳ năm trước: %(before)s.", before=before)
    return gettext(
        "Kỳ trước: %(before)s. Cùng kỳ năm trước: %(earlier)s.",
        before=before,
        earlier=window_span(page.year_before, lang),
    )


def _one_past(page: Overview) -> bool:
    """Whether the window before is that of the year before as well, as it is for a whole year."""
    return page.previous == page.year_before


def _compared_heads(page: Overview) -> list[dict[str, Any]]:
    change = gettext("Tăng, giảm")
    past: tuple[str, ...] = (gettext("Kỳ trước"), change)
    if not _one_past(page):
        past = (*past, gettext("Cùng kỳ năm trước"), change)
    return _numeric(gettext("Kỳ này"), *past)


def _compared(key: str, page: Overview) -> list[Cell]:
    lang, figure = current_language(), page.figures[key]
    cells: list[Cell] = [_compared_name(key, lang), whole(key, figure)]
    past = [page.previous_figures, page.year_before_figures]
    for others in past[: 1 if _one_past(page) else 2]:
        if not any(others[one].value for one in COMPARED):
            cells += [gettext("không có số liệu"), NOTHING]
            continue
        before = others[key].value
        cells += [whole(key, others[key]), format_change(key, figure.value, before, lang)]
    return cells


def _compared_name(key: str, lang: str) -> str:
    """What a figure is called beside the title of the page, which speaks of two kinds only."""
    if key == "cases.resolution_rate":
        return gettext("Tỷ lệ giải quyết, mọi loại đơn")
    return figure_name(key, lang)


def whole(key: str, figure: Figure) -> str:
    """A figure with both sides where it is a rate."""
    shown = value(key, figure)
    return f"{shown} ({over(figure)})" if figure.denominator else shown


def by_unit(page: Overview, asked: Asked) -> dict[str, Any]:
    """What moved in the units right below, and in the unit itself."""
    rows: list[list[Cell]] = []
    for line in page.by_unit:
        name: Cell = {
            "text": line.unit.title(current_language()),
            "href": asked.url("index", unit=line.unit.code),
        }
        if line.alone:
            name = gettext("Riêng %(unit)s", unit=line.unit.title(current_language()))
        rows.append([name, *_moved(line.figures, asked, {"unit": line.unit.code}, line.alone)])
    return {"head": [gettext("Đơn vị"), *_moved_heads()], "rows": rows}


def by_field(page: Overview, asked: Asked) -> dict[str, Any]:
    """What moved, by what the submissions are about."""
    rows = [
        [label(field, current_language()), *_moved(figures, asked, {"field": field}, False)]
        for field, figures in page.by_field.items()
    ]
    return {"head": [gettext("Lĩnh vực"), *_moved_heads()], "rows": rows}


def _moved_heads() -> list[dict[str, Any]]:
    return _numeric(gettext("Đơn nhận"), *_moves(), gettext("Tỷ lệ"), gettext("Quá hạn cuối kỳ"))


def _moved(figures: Figures, asked: Asked, at: dict[str, Any], plain: bool) -> list[Cell]:
    """The cells of one line; `plain` where no address gives exactly these rows."""
    cells: list[Cell] = []
    for key in (
        "petitions.received",
        "cases.opening",
        "cases.accepted",
        "cases.resolved",
        "cases.resolution_rate",
        "cases.overdue_at_end",
    ):
        text = value(key, figures[key])
        opens = not plain and key != "cases.resolution_rate"
        cells.append(asked.rows(key, text, **at) if opens else text)
    return cells


def definitions(keys: Iterable[str]) -> list[dict[str, str]]:
    """What figures mean: the question, what is counted, and by what a rate divides."""
    lang = current_language()
    found = []
    for key in dict.fromkeys(split_key(key)[0] for key in keys):
        above, below = figure_parts(key, lang) or ("", "")
        found.append(
            {
                "name": figure_name(key, lang),
                "question": figure_question(key, lang),
                "definition": figure_definition(key, lang),
                "above": above,
                "below": below,
            }
        )
    return found


def full_tables(page: Overview, asked: Asked) -> list[dict[str, Any]]:
    """Every figure there is, by group, each opening what stands behind it."""
    lang = current_language()
    head = [gettext("Số liệu"), *_numeric(gettext("Kỳ này"), gettext("Tử số"), gettext("Mẫu số"))]
    head += _compared_heads(page)[1:]
    groups: dict[str, list[list[Cell]]] = {}
    shares: set[str] = set()
    for key, figure in page.figures.items():
        name, shown, *others = _compared(key, page)
        sides: list[Cell] = ["", ""]
        cell: Cell = asked.rows(key, value(key, figure))
        if figure.numerator is not None:
            shown = value(key, figure)
            sides = [
                asked.rows(key, number(figure.numerator)),
                asked.rows(key, number(figure.denominator), part="denominator"),
            ]
            cell = shown
            shares.add(group_of(key))
        groups.setdefault(group_of(key), []).append([name, cell, *sides, *others])
    # A group of plain numbers has nothing to say above and below a line.
    return [
        {"title": group_name(group, lang), "head": head, "rows": rows}
        if group in shares
        else {
            "title": group_name(group, lang),
            "head": head[:2] + head[4:],
            "rows": [row[:2] + row[4:] for row in rows],
        }
        for group, rows in groups.items()
    ]


# Ratings.

Rated = PointRatings | StaffRatings


def rated(rows: Iterable[Rated], first: str, units: Mapping[str, str]) -> dict[str, Any]:
    """Points or people with their ratings; `units` names units by their codes."""
    lang = current_language()
    head: list[Any] = [first, gettext("Đơn vị")]
    head += _numeric(gettext("Số lượt"), gettext("Điểm trung bình"), gettext("Hài lòng (%)"))
    shown = []
    for row in rows:
        standing = row.standing
        count = number(standing.count) if standing.reliable else f"{number(standing.count)} *"
        shown.append(
            [
                counter_name(row.name, lang),
                units.get(row.unit, row.unit),
                count,
                mean_with_interval(standing.mean, _ends(standing.mean_interval), lang),
                mean_with_interval(
                    standing.satisfied_rate, _ends(standing.satisfied_interval), lang
                ),
            ]
        )
    return {"head": head, "rows": shown}


def _ends(interval: Any) -> Mapping[str, float] | None:
    return None if interval is None else {"low": interval.low, "high": interval.high}


def criteria(report: RatingReport) -> dict[str, Any]:
    """The answers to each item, with their intervals, as a table and a picture."""
    lang = current_language()
    head: list[Any] = [gettext("Tiêu chí")]
    head += _numeric(gettext("Số lượt"), gettext("Điểm trung bình"), gettext("Làm đúng (%)"))
    rows, drawn = [], []
    for one in report.criteria:
        name = criterion_words(one.code, lang)
        rows.append(
            [
                name,
                number(one.count),
                mean_with_interval(one.mean, _ends(one.interval), lang),
                mean_with_interval(one.proper_rate, _ends(one.interval), lang),
            ]
        )
        if one.mean is not None and one.interval is not None:
            drawn.append(Interval(name, one.mean, one.interval.low, one.interval.high))
    return {
        "head": head,
        "rows": rows,
        "svg": intervals(gettext("Điểm theo tiêu chí"), drawn, lang=lang) if drawn else "",
    }


def points_chart(report: RatingReport, units: Mapping[str, str]) -> str:
    """The points with the most ratings, each with its interval."""
    lang = current_language()
    most = sorted(report.points, key=lambda row: (-row.standing.count, row.code))[:12]
    drawn = [
        Interval(
            f"{counter_name(row.name, lang)}, {units.get(row.unit, row.unit)}",
            row.standing.mean,
            row.standing.mean_interval.low,
            row.standing.mean_interval.high,
        )
        for row in most
        if row.standing.mean is not None and row.standing.mean_interval is not None
    ]
    title = gettext("Điểm theo điểm phục vụ")
    return intervals(title, drawn, lang=lang, width=WIDE) if drawn else ""


def scores(report: RatingReport) -> dict[str, Any]:
    """How often each face was chosen."""
    lang, total = current_language(), report.overall.count
    names = {score: gettext(FACES[score]) for score in reversed(SCORES)}
    rows = [
        [
            f"{score}. {name}",
            number(report.scores[score]),
            format_ratio(report.scores[score], total, lang),
        ]
        for score, name in names.items()
    ]
    head = [gettext("Mức"), *_numeric(gettext("Số lượt"), gettext("Tỷ lệ"))]
    svg = columns(
        gettext("Số lượt theo mức"),
        list(names.values()),
        [Series(gettext("số lượt"), tuple(report.scores[score] for score in names))],
        lang=lang,
    )
    return {"head": head, "rows": rows, "svg": svg}


def overall(report: RatingReport) -> list[dict[str, str]]:
    """The two figures of all ratings together, each with its interval and what it stands on."""
    lang, standing = current_language(), report.overall
    satisfied = sum(report.scores[score] for score in SCORES if score >= SATISFIED_FROM)
    return [
        {
            "label": figure_name("ratings.satisfied_rate", lang),
            "value": format_value("ratings.satisfied_rate", standing.satisfied_rate, lang),
            "note": gettext(
                "%(part)s / %(whole)s lượt; khoảng tin cậy %(interval)s",
                part=number(satisfied),
                whole=number(standing.count),
                interval=_said(standing.satisfied_interval),
            ),
        },
        {
            "label": figure_name("ratings.mean", lang),
            "value": format_value("ratings.mean", standing.mean, lang),
            "note": gettext(
                "%(whole)s lượt; khoảng tin cậy %(interval)s",
                whole=number(standing.count),
                interval=_said(standing.mean_interval),
            ),
        },
        {
            "label": gettext("Tính riêng vì có dấu hiệu bất thường"),
            "value": number(report.doubtful),
            "note": gettext("không tính vào điểm và tỷ lệ"),
        },
        {
            "label": gettext("Có phiếu hẹn hoặc số hồ sơ"),
            "value": number(report.verified.count),
            "note": gettext(
                "đã xác minh, %(rate)s hài lòng; chưa xác minh %(count)s, %(other)s hài lòng",
                rate=format_value("ratings.satisfied_rate", report.verified.satisfied_rate, lang),
                count=number(report.unverified.count),
                other=format_value(
                    "ratings.satisfied_rate", report.unverified.satisfied_rate, lang
                ),
            ),
        },
    ]


def _said(interval: Any) -> str:
    if interval is None:
        return NOTHING
    low, high = (format_number(end, current_language(), 2) for end in (interval.low, interval.high))
    return f"{low} – {high}"


def ratings_headline(report: RatingReport) -> str:
    """One sentence that says how people were served."""
    overall = report.overall
    if not overall.count:
        return gettext("Không có lượt đánh giá nào trong kỳ")
    lang = current_language()
    return ngettext(
        "%(rate)s hài lòng trong %(count)s lượt đánh giá",
        "%(rate)s hài lòng trong %(count)s lượt đánh giá",
        overall.count,
        rate=format_value("ratings.satisfied_rate", overall.satisfied_rate, lang),
        count=number(overall.count),
    )
