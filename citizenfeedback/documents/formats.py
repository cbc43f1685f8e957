"""Dates, times and numbers as people here write them, in both languages.

Pure functions for pages, mail, paper and exports alike. Instants are stored in UTC and shown in
the time of Việt Nam; a date that is already a date is shown as it is. Every format takes the
language, also where both write alike, so that a caller need not know which do.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
NO_BREAK = "\u00a0"

_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SIZES = ("B", "KB", "MB", "GB")


def local(value: date | datetime) -> date | datetime:
    """An instant in the time of Việt Nam; a plain date unchanged."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("an instant without time zone cannot be shown")
        return value.astimezone(HERE)
    return value


def format_date(value: date | datetime, lang: str = "vi") -> str:  # noqa: ARG001
    """04/12/2026, the same in both languages: the year of four digits, day first."""
    return local(value).strftime("%d/%m/%Y")


def format_short_date(value: date | datetime, lang: str = "vi") -> str:  # noqa: ARG001
    """04/12, for lists in which the year is clear."""
    return local(value).strftime("%d/%m")


def format_long_date(value: date | datetime, lang: str = "vi") -> str:
    """thứ Sáu 04/12/2026 · Friday 4 December 2026."""
    day = local(value)
    weekday = _WEEKDAYS[lang][day.weekday()]
    if lang == "en":
        return f"{weekday} {day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    return f"{weekday} {format_date(day)}"


def format_month(value: date | datetime, lang: str = "vi") -> str:
    """tháng 10/2026 · October 2026."""
    day = local(value)
    if lang == "en":
        return f"{_MONTHS_EN[day.month - 1]} {day.year}"
    return f"tháng {day.month}/{day.year}"


def format_time(value: datetime, lang: str = "vi") -> str:  # noqa: ARG001
    """10:42, in the time of Việt Nam."""
    return local(value).strftime("%H:%M")


def format_datetime(value: datetime, lang: str = "vi") -> str:  # noqa: ARG001
    """12/11/2026 09:14, in the time of Việt Nam."""
    return local(value).strftime("%d/%m/%Y %H:%M")


def format_number(value: float | Decimal, lang: str = "vi", digits: int = 0) -> str:
    """9.209 · 9,209, rounded half up to `digits` places as official tables do."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text = f"{exact:,.{digits}f}"
    if lang == "en":
        return text
    return text.translate(str.maketrans(",.", ".,"))


def format_percent(share: float | Decimal, lang: str = "vi", digits: int = 2) -> str:
    """87,74 % · 87.74% of a share between 0 and 1."""
    text = format_number(Decimal(str(share)) * 100, lang, digits)
    return f"{text}%" if lang == "en" else f"{text}{NO_BREAK}%"


def format_ratio(part: int, whole: int, lang: str = "vi", digits: int = 2) -> str:
    """The percentage of `part` in `whole`; a dash where there is nothing to divide by."""
    if whole == 0:
        return "–"
    return format_percent(Decimal(part) / Decimal(whole), lang, digits)


def format_size(octets: int, lang: str = "vi") -> str:
    """1,2 MB · 1.2 MB."""
    size = Decimal(octets)
    for unit in _SIZES:
        if size < 1000 or unit == _SIZES[-1]:
            digits = 1 if unit in _SIZES[2:] and size < 10 else 0
            return f"{format_number(size, lang, digits)}{NO_BREAK}{unit}"
        size /= 1000
    raise AssertionError("unreachable")


def sentence(text: str) -> str:
    """The text with its first letter capital, for a phrase that opens a sentence."""
    return text[:1].upper() + text[1:]
