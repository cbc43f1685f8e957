"""Are dates and numbers written as people here write them, in both languages?"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from citizenfeedback.documents import formats

EVENING = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)  # 01:05 of the next day here


def test_an_instant_is_shown_in_the_time_of_viet_nam() -> None:
    """Does an evening in UTC fall on the next day here?"""
    assert formats.format_datetime(EVENING) == "24/11/2026 01:05"
    assert formats.format_time(EVENING) == "01:05"
    assert formats.format_date(EVENING) == "24/11/2026"
    assert formats.format_short_date(EVENING) == "24/11"


def test_an_instant_without_a_zone_is_refused() -> None:
    """Is a moment of unknown zone an error rather than a guess?"""
    with pytest.raises(ValueError, match="time zone"):
        formats.format_datetime(datetime(2026, 11, 23, 18, 5))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "vi", "en"),
    [
        (date(2026, 12, 4), "thứ Sáu 04/12/2026", "Friday 4 December 2026"),
        (date(2026, 12, 6), "Chủ nhật 06/12/2026", "Sunday 6 December 2026"),
    ],
)
def test_long_dates_name_the_weekday(day: date, vi: str, en: str) -> None:
    """Is the weekday said in each language?"""
    assert formats.format_long_date(day, "vi") == vi
    assert formats.format_long_date(day, "en") == en


def test_months() -> None:
    """Is a month said in each language?"""
    assert formats.format_month(date(2026, 10, 1), "vi") == "tháng 10/2026"
    assert formats.format_month(date(2026, 10, 1), "en") == "October 2026"


def test_numbers_have_the_marks_of_their_language() -> None:
    """Dots for thousands in Vietnamese, commas in English?"""
    assert formats.format_number(9209, "vi") == "9.209"
    assert formats.format_number(9209, "en") == "9,209"
    assert formats.format_number(1234567.891, "vi", 2) == "1.234.567,89"
    assert formats.format_number(-1200, "vi") == "-1.200"


def test_percentages_are_rounded_half_up() -> None:
    """Is 87,735 % written 87,74 %, as the official tables do?"""
    assert formats.format_percent(Decimal("0.87735"), "vi") == "87,74\u00a0%"
    assert formats.format_percent(Decimal("0.87735"), "en") == "87.74%"
    assert formats.format_ratio(458, 522, "vi") == "87,74\u00a0%"
    assert formats.format_ratio(421, 461, "vi", 1) == "91,3\u00a0%"
    assert formats.format_ratio(0, 0, "vi") == "–"


@pytest.mark.parametrize(
    ("octets", "vi"),
    [(512, "512 B"), (20_480, "20 KB"), (1_230_000, "1,2 MB"), (25_000_000, "25 MB")],
)
def test_sizes_of_files(octets: int, vi: str) -> None:
    """Is a size said in a unit that people know?"""
    assert formats.format_size(octets, "vi").replace("\u00a0", " ") == vi


def test_a_phrase_can_open_a_sentence() -> None:
    """Is only the first letter made capital?"""
    assert formats.sentence("thứ Sáu 04/12/2026") == "Thứ Sáu 04/12/2026"
    assert formats.sentence("") == ""
