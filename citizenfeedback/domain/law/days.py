"""The calendar that ships with the product: 2018 to 2027, offices with Saturday and Sunday off.

Rows to start from, not a rule: they become rows of the calendar table, where an administrator
corrects them and an import replaces them. What the notice of the year has not settled is marked:
2027 follows the Labour Code with the usual choice of days around Tết and National Day and is
expected, not decreed; 24 November (Ngày Văn hóa Việt Nam) was chosen as a day off by policy, but
no law that makes it one was found, so the row is there and does not count (doubt D2). Leaving it
out gives the earlier, safer date.
"""

from datetime import date
from functools import lru_cache

from citizenfeedback.domain.calendar import CalendarDay, WorkCalendar
from citizenfeedback.domain.vocabulary import DayKind

HOLIDAY = DayKind.HOLIDAY
COMPENSATORY_OFF = DayKind.COMPENSATORY_OFF
MAKEUP_WORKDAY = DayKind.MAKEUP_WORKDAY

LABOUR_2012 = "Bộ luật Lao động 10/2012/QH13, điều 115"
LABOUR_2019 = "Bộ luật Lao động 45/2019/QH14, điều 112"
LABOUR_LIEU = "Bộ luật Lao động 45/2019/QH14, điều 111 khoản 3"
NOTICE_2019 = "Công văn 6519/VPCP-KGVX năm 2018"
NOTICE_2024 = "Công văn 2450/VPCP-KGVX ngày 12/4/2024"
NOTICE_2025 = "Thông báo 6150/TB-BLĐTBXH năm 2024"
NOTICE_2026 = "Công văn 12729/VPCP-KGVX ngày 25/12/2025"
SWAP_2026 = "Lịch nghỉ lễ năm 2026 của công chức, viên chức"
CULTURE_DAY = "Nghị quyết 80-NQ/TW và Nghị quyết 30/NQ-CP năm 2026; chưa thấy luật ban hành"

# Whether the day is decreed, and whether it moves terms already.
SETTLED = (True, True)
EXPECTED = (False, True)
TALKED_ABOUT = (False, False)

ENGLISH: dict[str, str] = {
    "29 Tết": "Two days before Lunar New Year",
    "Giao thừa Tết Nguyên Đán": "Lunar New Year's Eve",
    "Tết Nguyên Đán": "Lunar New Year",
    "Mùng hai Tết Nguyên Đán": "Second day of Lunar New Year",
    "Mùng ba Tết Nguyên Đán": "Third day of Lunar New Year",
    "Mùng bốn Tết Nguyên Đán": "Fourth day of Lunar New Year",
    "Mùng năm Tết Nguyên Đán": "Fifth day of Lunar New Year",
    "Ngày Chiến thắng": "Victory Day",
    "Ngày Chiến thắng (nghỉ bù)": "Victory Day (day in lieu)",
    "Ngày Giỗ Tổ Hùng Vương": "Hùng Kings' Commemoration Day",
    "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)": "Hùng Kings' Commemoration Day (day in lieu)",
    "Ngày Quốc tế Lao động": "International Labour Day",
    "Ngày Quốc tế Lao động (nghỉ bù)": "International Labour Day (day in lieu)",
    "Ngày Văn hóa Việt Nam": "Việt Nam Culture Day",
    "Ngày làm bù": "Make-up working day",
    "Ngày nghỉ (thay cho ngày 04/05/2019)": "Day off (worked on 04/05/2019 instead)",
    "Ngày nghỉ (thay cho ngày 04/05/2024)": "Day off (worked on 04/05/2024 instead)",
    "Ngày nghỉ (thay cho ngày 10/01/2026)": "Day off (worked on 10/01/2026 instead)",
    "Ngày nghỉ (thay cho ngày 22/08/2026)": "Day off (worked on 22/08/2026 instead)",
    "Ngày nghỉ (thay cho ngày 26/04/2025)": "Day off (worked on 26/04/2025 instead)",
    "Ngày nghỉ hoán đổi (làm bù 05/01/2019)": "Day off (worked on 05/01/2019 instead)",
    "Quốc khánh": "National Day",
    "Quốc khánh (nghỉ bù)": "National Day (day in lieu)",
    "Tết Dương lịch": "New Year's Day",
    "Tết Dương lịch (nghỉ bù)": "New Year's Day (day in lieu)",
}

_Row = tuple[str, DayKind, str, str, tuple[bool, bool]]

_ROWS: tuple[_Row, ...] = (
    # 2018
    ("2018-01-01", HOLIDAY, "Tết Dương lịch", LABOUR_2012, SETTLED),
    ("2018-02-14", HOLIDAY, "29 Tết", LABOUR_2012, SETTLED),
    ("2018-02-15", HOLIDAY, "Giao thừa Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2018-02-16", HOLIDAY, "Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2018-02-17", HOLIDAY, "Mùng hai Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2018-02-18", HOLIDAY, "Mùng ba Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2018-02-19", HOLIDAY, "Mùng bốn Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2018-02-20", HOLIDAY, "Mùng năm Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2018-04-25", HOLIDAY, "Ngày Giỗ Tổ Hùng Vương", LABOUR_2012, SETTLED),
    ("2018-04-30", HOLIDAY, "Ngày Chiến thắng", LABOUR_2012, SETTLED),
    ("2018-05-01", HOLIDAY, "Ngày Quốc tế Lao động", LABOUR_2012, SETTLED),
    ("2018-09-02", HOLIDAY, "Quốc khánh", LABOUR_2012, SETTLED),
    ("2018-09-03", COMPENSATORY_OFF, "Quốc khánh (nghỉ bù)", LABOUR_2012, SETTLED),
    (
        "2018-12-31",
        COMPENSATORY_OFF,
        "Ngày nghỉ hoán đổi (làm bù 05/01/2019)",
        NOTICE_2019,
        SETTLED,
    ),
    # 2019
    ("2019-01-01", HOLIDAY, "Tết Dương lịch", LABOUR_2012, SETTLED),
    ("2019-01-05", MAKEUP_WORKDAY, "Ngày làm bù", NOTICE_2019, SETTLED),
    ("2019-02-04", HOLIDAY, "Giao thừa Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2019-02-05", HOLIDAY, "Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2019-02-06", HOLIDAY, "Mùng hai Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2019-02-07", HOLIDAY, "Mùng ba Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2019-02-08", HOLIDAY, "Mùng bốn Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2019-04-14", HOLIDAY, "Ngày Giỗ Tổ Hùng Vương", LABOUR_2012, SETTLED),
    ("2019-04-15", COMPENSATORY_OFF, "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)", LABOUR_2012, SETTLED),
    ("2019-04-29", COMPENSATORY_OFF, "Ngày nghỉ (thay cho ngày 04/05/2019)", NOTICE_2019, SETTLED),
    ("2019-04-30", HOLIDAY, "Ngày Chiến thắng", LABOUR_2012, SETTLED),
    ("2019-05-01", HOLIDAY, "Ngày Quốc tế Lao động", LABOUR_2012, SETTLED),
    ("2019-05-04", MAKEUP_WORKDAY, "Ngày làm bù", NOTICE_2019, SETTLED),
    ("2019-09-02", HOLIDAY, "Quốc khánh", LABOUR_2012, SETTLED),
    # 2020
    ("2020-01-01", HOLIDAY, "Tết Dương lịch", LABOUR_2012, SETTLED),
    ("2020-01-23", HOLIDAY, "29 Tết", LABOUR_2012, SETTLED),
    ("2020-01-24", HOLIDAY, "Giao thừa Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2020-01-25", HOLIDAY, "Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2020-01-26", HOLIDAY, "Mùng hai Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2020-01-27", HOLIDAY, "Mùng ba Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2020-01-28", HOLIDAY, "Mùng bốn Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2020-01-29", HOLIDAY, "Mùng năm Tết Nguyên Đán", LABOUR_2012, SETTLED),
    ("2020-04-02", HOLIDAY, "Ngày Giỗ Tổ Hùng Vương", LABOUR_2012, SETTLED),
    ("2020-04-30", HOLIDAY, "Ngày Chiến thắng", LABOUR_2012, SETTLED),
    ("2020-05-01", HOLIDAY, "Ngày Quốc tế Lao động", LABOUR_2012, SETTLED),
    ("2020-09-02", HOLIDAY, "Quốc khánh", LABOUR_2012, SETTLED),
    # 2021
    ("2021-01-01", HOLIDAY, "Tết Dương lịch", LABOUR_2019, SETTLED),
    ("2021-02-10", HOLIDAY, "29 Tết", LABOUR_2019, SETTLED),
    ("2021-02-11", HOLIDAY, "Giao thừa Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2021-02-12", HOLIDAY, "Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2021-02-13", HOLIDAY, "Mùng hai Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2021-02-14", HOLIDAY, "Mùng ba Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2021-02-15", HOLIDAY, "Mùng bốn Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2021-02-16", HOLIDAY, "Mùng năm Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2021-04-21", HOLIDAY, "Ngày Giỗ Tổ Hùng Vương", LABOUR_2019, SETTLED),
    ("2021-04-30", HOLIDAY, "Ngày Chiến thắng", LABOUR_2019, SETTLED),
    ("2021-05-01", HOLIDAY, "Ngày Quốc tế Lao động", LABOUR_2019, SETTLED),
    ("2021-05-03", COMPENSATORY_OFF, "Ngày Quốc tế Lao động (nghỉ bù)", LABOUR_LIEU, SETTLED),
    ("2021-09-02", HOLIDAY, "Quốc khánh", LABOUR_2019, SETTLED),
    ("2021-09-03", HOLIDAY, "Quốc khánh", LABOUR_2019, SETTLED),
    # 2022
    ("2022-01-01", HOLIDAY, "Tết Dương lịch", LABOUR_2019, SETTLED),
    ("2022-01-03", COMPENSATORY_OFF, "Tết Dương lịch (nghỉ bù)", LABOUR_LIEU, SETTLED),
    ("2022-01-31", HOLIDAY, "Giao thừa Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2022-02-01", HOLIDAY, "Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2022-02-02", HOLIDAY, "Mùng hai Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2022-02-03", HOLIDAY, "Mùng ba Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2022-02-04", HOLIDAY, "Mùng bốn Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2022-04-10", HOLIDAY, "Ngày Giỗ Tổ Hùng Vương", LABOUR_2019, SETTLED),
    ("2022-04-11", COMPENSATORY_OFF, "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)", LABOUR_LIEU, SETTLED),
    ("2022-04-30", HOLIDAY, "Ngày Chiến thắng", LABOUR_2019, SETTLED),
    ("2022-05-01", HOLIDAY, "Ngày Quốc tế Lao động", LABOUR_2019, SETTLED),
    ("2022-05-02", COMPENSATORY_OFF, "Ngày Chiến thắng (nghỉ bù)", LABOUR_LIEU, SETTLED),
    ("2022-05-03", COMPENSATORY_OFF, "Ngày Quốc tế Lao động (nghỉ bù)", LABOUR_LIEU, SETTLED),
    ("2022-09-01", HOLIDAY, "Quốc khánh", LABOUR_2019, SETTLED),
    ("2022-09-02", HOLIDAY, "Quốc khánh", LABOUR_2019, SETTLED),
    # 2023
    ("2023-01-01", HOLIDAY, "Tết Dương lịch", LABOUR_2019, SETTLED),
    ("2023-01-02", COMPENSATORY_OFF, "Tết Dương lịch (nghỉ bù)", LABOUR_LIEU, SETTLED),
    ("2023-01-20", HOLIDAY, "29 Tết", LABOUR_2019, SETTLED),
    ("2023-01-21", HOLIDAY, "Giao thừa Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2023-01-22", HOLIDAY, "Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2023-01-23", HOLIDAY, "Mùng hai Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2023-01-24", HOLIDAY, "Mùng ba Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2023-01-25", HOLIDAY, "Mùng bốn Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2023-01-26", HOLIDAY, "Mùng năm Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2023-04-29", HOLIDAY, "Ngày Giỗ Tổ Hùng Vương", LABOUR_2019, SETTLED),
    ("2023-04-30", HOLIDAY, "Ngày Chiến thắng", LABOUR_2019, SETTLED),
    ("2023-05-01", HOLIDAY, "Ngày Quốc tế Lao động", LABOUR_2019, SETTLED),
    ("2023-05-02", COMPENSATORY_OFF, "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)", LABOUR_LIEU, SETTLED),
    ("2023-05-03", COMPENSATORY_OFF, "Ngày Chiến thắng (nghỉ bù)", LABOUR_LIEU, SETTLED),
    ("2023-09-01", HOLIDAY, "Quốc khánh", LABOUR_2019, SETTLED),
    ("2023-09-02", HOLIDAY, "Quốc khánh", LABOUR_2019, SETTLED),
    ("2023-09-04", COMPENSATORY_OFF, "Quốc khánh (nghỉ bù)", LABOUR_LIEU, SETTLED),
    # 2024
    ("2024-01-01", HOLIDAY, "Tết Dương lịch", LABOUR_2019, SETTLED),
    ("2024-02-08", HOLIDAY, "29 Tết", LABOUR_2019, SETTLED),
    ("2024-02-09", HOLIDAY, "Giao thừa Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2024-02-10", HOLIDAY, "Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2024-02-11", HOLIDAY, "Mùng hai Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2024-02-12", HOLIDAY, "Mùng ba Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2024-02-13", HOLIDAY, "Mùng bốn Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2024-02-14", HOLIDAY, "Mùng năm Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2024-04-18", HOLIDAY, "Ngày Giỗ Tổ Hùng Vương", LABOUR_2019, SETTLED),
    ("2024-04-29", COMPENSATORY_OFF, "Ngày nghỉ (thay cho ngày 04/05/2024)", NOTICE_2024, SETTLED),
    ("2024-04-30", HOLIDAY, "Ngày Chiến thắng", LABOUR_2019, SETTLED),
    ("2024-05-01", HOLIDAY, "Ngày Quốc tế Lao động", LABOUR_2019, SETTLED),
    ("2024-05-04", MAKEUP_WORKDAY, "Ngày làm bù", NOTICE_2024, SETTLED),
    ("2024-09-02", HOLIDAY, "Quốc khánh", LABOUR_2019, SETTLED),
    ("2024-09-03", HOLIDAY, "Quốc khánh", LABOUR_2019, SETTLED),
    # 2025
    ("2025-01-01", HOLIDAY, "Tết Dương lịch", LABOUR_2019, SETTLED),
    ("2025-01-27", HOLIDAY, "29 Tết", LABOUR_2019, SETTLED),
    ("2025-01-28", HOLIDAY, "Giao thừa Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2025-01-29", HOLIDAY, "Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2025-01-30", HOLIDAY, "Mùng hai Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2025-01-31", HOLIDAY, "Mùng ba Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2025-02-01", HOLIDAY, "Mùng bốn Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2025-04-07", HOLIDAY, "Ngày Giỗ Tổ Hùng Vương", LABOUR_2019, SETTLED),
    ("2025-04-26", MAKEUP_WORKDAY, "Ngày làm bù", NOTICE_2025, SETTLED),
    ("2025-04-30", HOLIDAY, "Ngày Chiến thắng", LABOUR_2019, SETTLED),
    ("2025-05-01", HOLIDAY, "Ngày Quốc tế Lao động", LABOUR_2019, SETTLED),
    ("2025-05-02", COMPENSATORY_OFF, "Ngày nghỉ (thay cho ngày 26/04/2025)", NOTICE_2025, SETTLED),
    ("2025-09-01", HOLIDAY, "Quốc khánh", LABOUR_2019, SETTLED),
    ("2025-09-02", HOLIDAY, "Quốc khánh", LABOUR_2019, SETTLED),
    # 2026
    ("2026-01-01", HOLIDAY, "Tết Dương lịch", LABOUR_2019, SETTLED),
    ("2026-01-02", COMPENSATORY_OFF, "Ngày nghỉ (thay cho ngày 10/01/2026)", NOTICE_2026, SETTLED),
    ("2026-01-10", MAKEUP_WORKDAY, "Ngày làm bù", NOTICE_2026, SETTLED),
    ("2026-02-16", HOLIDAY, "Giao thừa Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2026-02-17", HOLIDAY, "Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2026-02-18", HOLIDAY, "Mùng hai Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2026-02-19", HOLIDAY, "Mùng ba Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2026-02-20", HOLIDAY, "Mùng bốn Tết Nguyên Đán", LABOUR_2019, SETTLED),
    ("2026-04-26", HOLIDAY, "Ngày Giỗ Tổ Hùng Vương", LABOUR_2019, SETTLED),
    ("2026-04-27", COMPENSATORY_OFF, "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)", LABOUR_LIEU, SETTLED),
    ("2026-04-30", HOLIDAY, "Ngày Chiến thắng", LABOUR_2019, SETTLED),
    ("2026-05-01", HOLIDAY, "Ngày Quốc tế Lao động", LABOUR_2019, SETTLED),
    ("2026-08-22", MAKEUP_WORKDAY, "Ngày làm bù", SWAP_2026, SETTLED),
    ("2026-08-31", COMPENSATORY_OFF, "Ngày nghỉ (thay cho ngày 22/08/2026)", SWAP_2026, SETTLED),
    ("2026-09-01", HOLIDAY, "Quốc khánh", LABOUR_2019, SETTLED),
    ("2026-09-02", HOLIDAY, "Quốc khánh", LABOUR_2019, SETTLED),
    ("2026-11-24", HOLIDAY, "Ngày Văn hóa Việt Nam", CULTURE_DAY, TALKED_ABOUT),
    # 2027
    ("2027-01-01", HOLIDAY, "Tết Dương lịch", LABOUR_2019, EXPECTED),
    ("2027-02-04", HOLIDAY, "29 Tết", LABOUR_2019, EXPECTED),
    ("2027-02-05", HOLIDAY, "Giao thừa Tết Nguyên Đán", LABOUR_2019, EXPECTED),
    ("2027-02-06", HOLIDAY, "Tết Nguyên Đán", LABOUR_2019, EXPECTED),
    ("2027-02-07", HOLIDAY, "Mùng hai Tết Nguyên Đán", LABOUR_2019, EXPECTED),
    ("2027-02-08", HOLIDAY, "Mùng ba Tết Nguyên Đán", LABOUR_2019, EXPECTED),
    ("2027-02-09", HOLIDAY, "Mùng bốn Tết Nguyên Đán", LABOUR_2019, EXPECTED),
    ("2027-02-10", HOLIDAY, "Mùng năm Tết Nguyên Đán", LABOUR_2019, EXPECTED),
    ("2027-04-16", HOLIDAY, "Ngày Giỗ Tổ Hùng Vương", LABOUR_2019, EXPECTED),
    ("2027-04-30", HOLIDAY, "Ngày Chiến thắng", LABOUR_2019, EXPECTED),
    ("2027-05-01", HOLIDAY, "Ngày Quốc tế Lao động", LABOUR_2019, EXPECTED),
    ("2027-05-03", COMPENSATORY_OFF, "Ngày Quốc tế Lao động (nghỉ bù)", LABOUR_LIEU, EXPECTED),
    ("2027-09-02", HOLIDAY, "Quốc khánh", LABOUR_2019, EXPECTED),
    ("2027-09-03", HOLIDAY, "Quốc khánh", LABOUR_2019, EXPECTED),
    ("2027-11-24", HOLIDAY, "Ngày Văn hóa Việt Nam", CULTURE_DAY, TALKED_ABOUT),
)


def shipped_days() -> tuple[CalendarDay, ...]:
    """Every shipped row, by date; those that do not count yet are among them, and say so."""
    return tuple(
        CalendarDay(
            date=date.fromisoformat(on),
            kind=kind,
            name=name,
            name_en=ENGLISH[name],
            basis=basis,
            decreed=decreed,
            counts=counts,
        )
        for on, kind, name, basis, (decreed, counts) in _ROWS
    )


@lru_cache(maxsize=1)
def shipped_calendar() -> WorkCalendar:
    """The calendar of the shipped rows, as it stands before anybody edits it."""
    return WorkCalendar(shipped_days())
