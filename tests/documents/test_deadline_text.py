"""Can a citizen read how a date was computed?"""

from datetime import date

import pytest

from citizenfeedback.documents.deadline_text import act_line, entry_line, explain, term_line
from citizenfeedback.domain.calendar import CalendarDay
from citizenfeedback.domain.deadlines import OFFICE_STANDARD, case_deadline, deadline
from citizenfeedback.domain.law.days import shipped_calendar
from citizenfeedback.domain.law.terms import codes
from citizenfeedback.domain.vocabulary import Action, ClockEffect, DayKind, LedgerAct

CALENDAR = shipped_calendar()
WITHOUT_TERM = {"KN-21", "TC-04", "PA-02", "PA-03"}


def test_how_does_an_explanation_read_in_vietnamese() -> None:
    explanation = deadline("KN-04", date(2026, 8, 3), CALENDAR)
    assert term_line(explanation) == (
        "30 ngày tính từ ngày thụ lý, theo Luật Khiếu nại 02/2011/QH13, điều 28."
    )
    assert explain(explanation) == [
        (date(2026, 8, 3), "Ngày thụ lý là mốc tính, ngày này chưa tính."),
        (date(2026, 8, 4), "Ngày đầu tiên được tính."),
        (date(2026, 9, 2), "Ngày thứ 30, ngày cuối của thời hạn."),
        (date(2026, 9, 2), "Quốc khánh: cơ quan nghỉ nên chuyển sang ngày làm việc tiếp theo."),
        (date(2026, 9, 3), "Hạn cuối: hết thứ Năm 03/09/2026."),
    ]


def test_how_does_an_explanation_read_in_english() -> None:
    explanation = deadline("TC-01", date(2027, 1, 29), CALENDAR)
    assert term_line(explanation, "en") == (
        "7 working days from the day of receipt, "
        "under Law on Denunciations 25/2018/QH14, article 24 clause 1."
    )
    told = explain(explanation, "en")
    assert told[0] == (date(2027, 1, 29), "The day of receipt is day zero and is not counted.")
    assert told[1] == (
        date(2027, 1, 30),
        "Saturday and Sunday: the office is closed, so this does not count.",
    )
    assert told[4] == (
        date(2027, 2, 5),
        "Lunar New Year's Eve: the office is closed, so this does not count. "
        "This day off is expected, not yet decreed.",
    )
    assert told[-1][1] == "Due by the end of Tuesday 16 February 2027."


def test_are_two_weekends_told_apart() -> None:
    told = explain(deadline("KN-03", date(2026, 8, 20), CALENDAR))
    assert (date(2026, 8, 23), "Chủ nhật: cơ quan nghỉ nên không tính.") in told
    told = explain(deadline("TD-01", date(2026, 11, 20), CALENDAR))
    weekends = [day for day, text in told if text.startswith("Thứ Bảy và Chủ nhật")]
    assert weekends == [date(2026, 11, 21), date(2026, 11, 28)]


def test_are_suspension_and_extension_told() -> None:
    explanation = deadline(
        "TC-06",
        date(2026, 7, 1),
        CALENDAR,
        complex=True,
        extensions=1,
        suspensions=[(date(2026, 7, 11), date(2026, 8, 10))],
    )
    text = " ".join(words for _, words in explain(explanation))
    assert "Tạm đình chỉ: không tính từ ngày này đến hết 09/08/2026." in text
    assert "Tiếp tục giải quyết: ngày lại được tính từ đây." in text
    assert "Gia hạn thêm 30 ngày." in text


def test_how_does_a_term_read_that_is_counted_back() -> None:
    explanation = deadline("KN-19", date(2026, 6, 24), CALENDAR)
    assert term_line(explanation) == (
        "Ít nhất 5 ngày trước ngày đối thoại, theo Nghị định 155/2026/NĐ-CP, điều 11."
    )
    told = [words for _, words in explain(explanation)]
    assert told[0] == "Lưu ý: quy định này chỉ áp dụng từ 01/07/2026."
    assert told[1] == "Ngày đối thoại là mốc, tính ngược về trước, ngày này không tính."
    assert told[-1] == "Chậm nhất: thứ Sáu 19/06/2026."


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("vi", "10 ngày làm việc theo tiêu chuẩn phục vụ của cơ quan, tính từ ngày nhận đơn."),
        ("en", "10 working days from the day of receipt, by the service standard of the office."),
    ],
)
def test_is_the_standard_of_the_office_never_given_an_article(lang: str, line: str) -> None:
    case = ("petition", 1, "normal", False, date(2026, 11, 20), None, 0, CALENDAR)
    explanation = case_deadline(*case)
    assert explanation is not None
    assert term_line(explanation, lang) == line
    assert all("điều" not in words for _, words in explain(explanation, lang))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_every_sentence_short_and_whole(lang: str) -> None:
    for code in set(codes()) - WITHOUT_TERM:
        explanation = deadline(code, date(2027, 1, 28), CALENDAR)
        assert term_line(explanation, lang).endswith(".")
        for _, words in explain(explanation, lang):
            assert words.endswith(".")
            assert "{" not in words
            for sentence in words.split(". "):
                assert len(sentence.split()) <= 20, sentence


def test_is_a_standard_of_the_office_never_given_an_article_in_the_ledger() -> None:
    told = entry_line(ClockEffect.START, OFFICE_STANDARD, 10)
    assert told == "Bắt đầu tính: 10 ngày làm việc, tiêu chuẩn phục vụ của cơ quan"
    assert "điều" not in told
    assert entry_line(ClockEffect.EXTEND, "TC-07", 30).endswith("điều 30 khoản 2")
    assert entry_line(ClockEffect.EXTEND, "", 30, "en") == "Extends: 30 days"
    assert entry_line(ClockEffect.STOP, "", 0) == "Ngừng tính"


def test_has_every_act_of_the_ledger_words() -> None:
    assert act_line(Action.SUSPEND) != act_line(LedgerAct.CALENDAR_CHANGE)
    for act in (*LedgerAct, *Action):
        assert act_line(act)


def test_is_a_day_in_lieu_named_as_such() -> None:
    day = CalendarDay(date(2026, 11, 25), DayKind.COMPENSATORY_OFF, "Nghỉ thêm")
    explanation = deadline("KN-03", date(2026, 11, 20), shipped_calendar().with_days([day]))
    assert any("Nghỉ thêm (nghỉ bù, nghỉ hoán đổi)" in text for _, text in explain(explanation))
