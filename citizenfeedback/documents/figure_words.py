"""The words around the published numbers: what each is called, its parts, a window, a sentence.

The question and the definition of a figure stand in `domain/indicators.py`; here is how they are
said on a page, in a table and on paper.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from citizenfeedback.documents.catalogue import N_, SOURCE_LANGUAGE, translate
from citizenfeedback.documents.formats import NO_BREAK, format_date, format_month, format_number
from citizenfeedback.documents.labels import label
from citizenfeedback.domain.indicators import INDICATORS, Measure, Over
from citizenfeedback.domain.vocabulary import CaseKind
from citizenfeedback.domain.windows import Window

Number = int | float | Decimal | None

NOTHING = "–"
_OF_TWO = "complaint_and_denunciation"

NAMES: Mapping[str, str] = {
    "receptions.turns": N_("Lượt tiếp công dân"),
    "receptions.people": N_("Người được tiếp"),
    "receptions.matters": N_("Vụ việc được tiếp"),
    "receptions.groups": N_("Lượt đoàn đông người"),
    "receptions.people_in_groups": N_("Người trong đoàn đông người"),
    "receptions.turns.regular": N_("Lượt cán bộ tiếp"),
    "receptions.turns.head": N_("Lượt người đứng đầu tiếp"),
    "receptions.turns.delegated": N_("Lượt người được ủy quyền tiếp"),
    "petitions.received": N_("Đơn nhận trong kỳ"),
    "petitions.carried_over": N_("Đơn kỳ trước chuyển sang"),
    "petitions.processed": N_("Đơn đã xử lý"),
    "petitions.eligible": N_("Đơn đủ điều kiện"),
    "petitions.ineligible": N_("Đơn không đủ điều kiện"),
    "petitions.competent": N_("Đơn thuộc thẩm quyền"),
    "petitions.guided": N_("Đơn được hướng dẫn"),
    "petitions.forwarded": N_("Đơn được chuyển"),
    "petitions.duplicates": N_("Đơn trùng"),
    "cases.opening": N_("Vụ việc kỳ trước chuyển sang"),
    "cases.accepted": N_("Vụ việc thụ lý"),
    "cases.resolved": N_("Vụ việc đã giải quyết"),
    "cases.closing": N_("Vụ việc chuyển kỳ sau"),
    "cases.resolution_rate": N_("Tỷ lệ giải quyết"),
    "cases.on_time_rate": N_("Giải quyết đúng hạn"),
    "cases.overdue_at_end": N_("Vụ việc quá hạn cuối kỳ"),
    "dossiers.on_time_rate": N_("Hồ sơ thủ tục hành chính đúng hạn"),
    "ratings.count": N_("Lượt đánh giá"),
    "ratings.mean": N_("Điểm đánh giá trung bình"),
    "ratings.satisfied_rate": N_("Hài lòng (4–5 trên 5)"),
}

PARTS: Mapping[str, tuple[str, str]] = {
    "cases.resolution_rate": (
        N_("Vụ việc đã giải quyết trong kỳ"),
        N_("Vụ việc kỳ trước chuyển sang cộng vụ việc thụ lý"),
    ),
    "cases.on_time_rate": (
        N_("Vụ việc kết thúc không muộn hơn ngày hết hạn"),
        N_("Vụ việc đã giải quyết trong kỳ"),
    ),
    "dossiers.on_time_rate": (N_("Hồ sơ trả đúng hạn"), N_("Hồ sơ đã trả, đúng hạn và trễ hạn")),
    "ratings.satisfied_rate": (
        N_("Lượt có điểm chung từ 4 trở lên"),
        N_("Lượt đánh giá, không kể lượt tính riêng"),
    ),
}
"""What stands above and below the line of each rate."""

GROUPS: Mapping[str, str] = {
    "receptions": N_("Tiếp công dân"),
    "petitions": N_("Đơn"),
    "cases": N_("Vụ việc"),
    "dossiers": N_("Thủ tục hành chính"),
    "ratings": N_("Đánh giá của người dân"),
}

BOTH = N_("Khiếu nại và tố cáo")
ALL_KINDS = N_("Mọi loại đơn")
KIND = N_("{name}: {kind}")
TO_DATE = N_("{start} – {end}")
IN_YEAR = N_("Năm {year}")
IN_SPAN = N_("Từ {start} đến {end}")
HEADLINE = N_("{when} giải quyết {part} trên {whole} vụ khiếu nại, tố cáo: {rate}")
HEADLINE_AT = N_("{when}, {unit} giải quyết {part} trên {whole} vụ khiếu nại, tố cáo: {rate}")
QUIET = N_("{when} không có vụ khiếu nại, tố cáo nào phải giải quyết")
QUIET_AT = N_("{when}, {unit} không có vụ khiếu nại, tố cáo nào phải giải quyết")
BALANCE = N_(
    "{opening} vụ từ kỳ trước chuyển sang + {accepted} vụ thụ lý − {resolved} vụ giải quyết = "
    "{closing} vụ chuyển kỳ sau, mọi loại đơn."
)

APART = N_("{apart} lượt tính riêng vì có dấu hiệu bất thường")


def beside(apart: int, lang: str = SOURCE_LANGUAGE) -> str:
    """How many ratings were left out of the figures because of doubt."""
    return translate(APART, lang).format(apart=format_number(apart, lang))


def split_key(key: str) -> tuple[str, str]:
    """A figure's key without the kind it ends with, and that kind."""
    base, _, tail = key.rpartition(".")
    return (base, tail) if tail in {*CaseKind, _OF_TWO} else (key, "")


def kind_name(tail: str, lang: str = SOURCE_LANGUAGE) -> str:
    """What the kind at the end of a key is called; nothing means all kinds."""
    if not tail:
        return translate(ALL_KINDS, lang)
    return translate(BOTH, lang) if tail == _OF_TWO else label(CaseKind(tail), lang)


def figure_name(key: str, lang: str = SOURCE_LANGUAGE) -> str:
    """What a figure is called in a table."""
    base, tail = split_key(key)
    name = translate(NAMES[base], lang)
    return translate(KIND, lang).format(name=name, kind=kind_name(tail, lang)) if tail else name


def figure_question(key: str, lang: str = SOURCE_LANGUAGE) -> str:
    """The question that a figure answers."""
    return translate(INDICATORS[key].question, lang)


def figure_definition(key: str, lang: str = SOURCE_LANGUAGE) -> str:
    """What a figure counts."""
    return translate(INDICATORS[key].definition, lang)


def figure_parts(key: str, lang: str = SOURCE_LANGUAGE) -> tuple[str, str] | None:
    """What a rate divides by what; None for any other figure."""
    parts = PARTS.get(split_key(key)[0])
    return None if parts is None else (translate(parts[0], lang), translate(parts[1], lang))


def group_of(key: str) -> str:
    """Which group of the full table a figure belongs to."""
    return key.partition(".")[0]


def group_name(group: str, lang: str = SOURCE_LANGUAGE) -> str:
    """What a group of figures is called."""
    return translate(GROUPS[group], lang)


def format_value(key: str, value: Number, lang: str = SOURCE_LANGUAGE) -> str:
    """A figure as people write it: 9.209, 87,74 %, 4,26; a dash where nothing is divided."""
    if value is None:
        return NOTHING
    measure = INDICATORS[key].measure
    text = format_number(value, lang, 0 if measure is Measure.COUNT else 2)
    if measure is not Measure.RATE:
        return text
    return f"{text}%" if lang == "en" else f"{text}{NO_BREAK}%"


def format_change(key: str, now: Number, before: Number, lang: str = SOURCE_LANGUAGE) -> str:
    """By how much a figure moved: counts by number, rates by percentage points."""
    if now is None or before is None:
        return NOTHING
    moved = Decimal(str(now)) - Decimal(str(before))
    if not moved:
        return "0"
    digits = 0 if INDICATORS[key].measure is Measure.COUNT else 2
    return ("+" if moved > 0 else "−") + format_number(abs(moved), lang, digits)


def counted_over(key: str) -> Over:
    """What a figure is counted over."""
    return INDICATORS[key].over


def window_name(window: Window, lang: str = SOURCE_LANGUAGE) -> str:
    """A window in words that open a sentence: Năm 2019, Tháng 10/2026, Từ … đến …."""
    first, last = window.first, window.last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and (
        first.year == last.year
    ):
        return translate(IN_YEAR, lang).format(year=first.year)
    if window.months == 1 and first.day == 1:
        month = format_month(first, lang)
        return f"In {month}" if lang == "en" else month[:1].upper() + month[1:]
    return translate(IN_SPAN, lang).format(
        start=format_date(first, lang), end=format_date(last, lang)
    )


def window_title(window: Window, lang: str = SOURCE_LANGUAGE) -> str:
    """A window in words that stand alone; Vietnamese needs no other words for that."""
    if lang == SOURCE_LANGUAGE:
        return window_name(window, lang)
    if window.months == 12 and (window.first.month, window.first.day) == (1, 1):
        return str(window.first.year)
    if window.months == 1 and window.first.day == 1:
        return format_month(window.first, lang)
    return window_span(window, lang)


def window_span(window: Window, lang: str = SOURCE_LANGUAGE) -> str:
    """A window by its two days, for headings of columns."""
    return translate(TO_DATE, lang).format(
        start=format_date(window.first, lang), end=format_date(window.last, lang)
    )


def window_of(period: Mapping[str, str]) -> Window:
    """The window of a report's document."""
    return Window(date.fromisoformat(period["from"]), date.fromisoformat(period["to"]))


def headline(
    figures: Mapping[str, Mapping[str, Any]],
    window: Window,
    unit: str = "",
    lang: str = SOURCE_LANGUAGE,
) -> str:
    """One sentence that answers what a reader wants to know first; no full stop, it is a title."""
    key = f"cases.resolution_rate.{_OF_TWO}"
    one = figures[key]
    values = {"when": window_name(window, lang), "unit": unit}
    if not one["denominator"]:
        return translate(QUIET_AT if unit else QUIET, lang).format(**values)
    return translate(HEADLINE_AT if unit else HEADLINE, lang).format(
        **values,
        part=format_number(one["numerator"], lang),
        whole=format_number(one["denominator"], lang),
        rate=format_value(key, one["value"], lang),
    )


def balance(figures: Mapping[str, Mapping[str, Any]], lang: str = SOURCE_LANGUAGE) -> str:
    """How what was there, what came and what was settled add up."""
    return translate(BALANCE, lang).format(
        **{
            name: format_number(figures[f"cases.{name}"]["value"], lang)
            for name in ("opening", "accepted", "resolved", "closing")
        }
    )
