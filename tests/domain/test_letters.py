"""Are number, date and signature written as Decree 30/2020 has them, and steps as an office works?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.law.forms import DocumentKind, LetterForm, form
from citizenfeedback.domain.letters import (
    SECTIONS,
    Authority,
    Letterhead,
    LetterStep,
    LetterText,
    Signature,
    date_line,
    day_words,
    full_title,
    lines_of,
    missing_fields,
    next_number,
    next_state,
    number_line,
    own_number,
    register_of,
    signature,
    signatures_of,
    steps_from,
    symbol,
    text_from_sections,
    whole_text,
    with_paragraph,
)
from citizenfeedback.domain.vocabulary import CaseKind, Letter, LetterState

NEW = date(2026, 11, 23)


def decision() -> LetterForm:
    return form(Letter.COMPLAINT_DECISION, CaseKind.COMPLAINT, NEW)


def minutes() -> LetterForm:
    return form(Letter.WITHDRAWAL_RECORD, CaseKind.DENUNCIATION, NEW)


def test_how_are_number_and_symbol_written() -> None:
    assert symbol("UBND", DocumentKind.DECISION) == "QĐ-UBND"
    assert symbol("UBND", DocumentKind.OFFICIAL_LETTER, "VP") == "UBND-VP"
    assert symbol("UBND", DocumentKind.OFFICIAL_LETTER) == "UBND"
    assert register_of(DocumentKind.NOTICE, "SXD") == "TB-SXD"
    assert number_line(15, "QĐ-UBND") == "Số: 15/QĐ-UBND"
    assert number_line(5, "QĐ-UBND") == "Số: 05/QĐ-UBND"
    assert number_line(None, "QĐ-UBND").split() == ["Số:", "/QĐ-UBND"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 3), "ngày 03 tháng 01 năm 2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_which_days_and_months_have_a_leading_nought(day: date, words: str) -> None:
    assert day_words(day) == words
    assert date_line("Hạ Long", day) == f"Hạ Long, {words}"


def test_is_the_date_left_open_before_the_issue() -> None:
    assert date_line("Hạ Long", None, 2026).split() == [
        "Hạ",
        "Long,",
        "ngày",
        "tháng",
        "năm",
        "2026",
    ]


@pytest.mark.parametrize(
    ("authority", "lines"),
    [
        (Authority.HEAD, ("CHỦ TỊCH",)),
        (Authority.ACTING, ("Q. CHỦ TỊCH",)),
        (Authority.COLLECTIVE, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        (
            Authority.COLLECTIVE_DEPUTY,
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ),
        (Authority.DEPUTY, ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (Authority.BY_ORDER, ("TL. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (
            Authority.BY_ORDER_DEPUTY,
            ("TL. CHỦ TỊCH", "KT. PHÓ CHỦ TỊCH", "PHÓ CHÁNH VĂN PHÒNG"),
        ),
        (Authority.AUTHORISED, ("TUQ. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    ],
)
def test_how_does_a_person_sign(authority: Authority, lines: tuple[str, ...]) -> None:
    block = signature(
        authority,
        " Trần Thị Ví Dụ ",
        head="Chủ tịch",
        own="Phó Chủ tịch",
        collective="Ủy ban nhân dân",
        deputy="Phó Chánh Văn phòng",
    )
    assert block == Signature(lines, "Trần Thị Ví Dụ")


def test_is_a_block_without_its_title_refused() -> None:
    with pytest.raises(RuleBroken, match="signature_incomplete") as refused:
        signature(Authority.DEPUTY, "Trần Thị Ví Dụ", head="Chủ tịch", own=" ")
    assert refused.value.values["part"] == "own"


@pytest.mark.parametrize(
    ("title", "body", "full"),
    [
        ("Chủ tịch", "Ủy ban nhân dân phường A", "Chủ tịch Ủy ban nhân dân phường A"),
        ("Giám đốc", "Sở Xây dựng", "Giám đốc Sở Xây dựng"),
        ("Chánh Thanh tra", "Thanh tra tỉnh", "Chánh Thanh tra tỉnh"),
        ("Trưởng ban", "Ban Tiếp công dân tỉnh", "Trưởng ban Tiếp công dân tỉnh"),
        ("Giám đốc Sở Xây dựng", "Sở Xây dựng", "Giám đốc Sở Xây dựng"),
        ("Thủ trưởng", "", "Thủ trưởng"),
        ("", "Sở Xây dựng", ""),
    ],
)
def test_whose_head_is_somebody(title: str, body: str, full: str) -> None:
    assert full_title(title, body) == full


def test_who_signs_what() -> None:
    head = signature(Authority.HEAD, "Trần Thị Ví Dụ", head="Chủ tịch")
    assert signatures_of(decision(), head) == (head,)
    assert signatures_of(decision(), None) == ()
    assert [one.lines[0] for one in signatures_of(minutes(), head)] == [
        "NGƯỜI RÚT TỐ CÁO",
        "NGƯỜI GHI BIÊN BẢN",
    ]
    petition = form(Letter.COMPLAINT_PETITION, CaseKind.COMPLAINT, NEW)
    assert "điểm chỉ" in signatures_of(petition, head)[0].hint


def test_what_is_still_missing() -> None:
    row = form(Letter.COMPLAINT_ACCEPTED, CaseKind.COMPLAINT, NEW)
    assert missing_fields(row, {}) == row.required
    filled = dict.fromkeys(row.required, "x") | {"due_on": None, "content": ""}
    assert missing_fields(row, filled) == ("content", "due_on")


def test_which_way_does_a_letter_go() -> None:
    row = decision()
    state = LetterState.DRAFT
    for step in (
        LetterStep.EDIT,
        LetterStep.SUBMIT,
        LetterStep.SEND_BACK,
        LetterStep.SUBMIT,
        LetterStep.APPROVE,
        LetterStep.ISSUE,
    ):
        state = next_state(row, state, step)
    assert state is LetterState.ISSUED
    assert steps_from(row, state) == (LetterStep.CANCEL,)
    assert steps_from(row, LetterState.CANCELLED) == ()
    assert LetterStep.ISSUE not in steps_from(row, LetterState.DRAFT)
    with pytest.raises(RuleBroken, match="letter_step"):
        next_state(row, LetterState.ISSUED, LetterStep.EDIT)


def test_are_minutes_issued_without_approval() -> None:
    assert steps_from(minutes(), LetterState.DRAFT) == (
        LetterStep.EDIT,
        LetterStep.ISSUE,
        LetterStep.CANCEL,
    )


def test_does_the_edited_text_come_back_whole() -> None:
    text = LetterText(summary="Về việc", addressee="Ông A", bases="Căn cứ", body="Một\n\nHai")
    assert text_from_sections(text.sections()) == text
    assert set(text.sections()) == set(SECTIONS)
    assert text_from_sections({"body": " a \r\n b\x00 "}).body == "a\nb"
    assert lines_of(text.body) == ("Một", "Hai")
    assert whole_text(text) == "Về việc\nÔng A\nCăn cứ\nMột\n\nHai"


@given(st.dates(date(2019, 1, 1), date(2030, 1, 1)))
def test_is_every_day_written_apart(day: date) -> None:
    assert day_words(day) != day_words(day + timedelta(days=1))


HEAD = Letterhead("", "Sở Xây dựng", "Hạ Long", "SXD", "TTr")
NOTICE, DECISION, OFFICIAL = (
    DocumentKind.NOTICE,
    DocumentKind.DECISION,
    DocumentKind.OFFICIAL_LETTER,
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("7/QĐ-SXD", (DECISION, 7)),
        ("07/qd-sxd", (DECISION, 7)),
        (" Số: 007 / QĐ - SXD ", (DECISION, 7)),
        ("7/2026/QĐ-SXD", (DECISION, 7)),
        ("7/QĐ-SXD-TTr", (DECISION, 7)),
        ("7/QĐ", (DECISION, 7)),
        ("12-TB/SXD", (NOTICE, 12)),
        ("15/SXD-TTr", (OFFICIAL, 15)),
        ("15/SXD", (OFFICIAL, 15)),
        ("15/CV", (OFFICIAL, 15)),
        ("12", (NOTICE, 12)),
        ("7/QĐ-UBND", None),
        ("7/SXDA", None),
        ("7/BB-SXD", None),
        ("0/QĐ-SXD", None),
        ("100000/QĐ-SXD", None),
        ("QĐ 7", None),
        ("theo biên bản", None),
        ("", None),
    ],
)
def test_is_a_typed_number_of_this_office(
    typed: str, found: tuple[DocumentKind, int] | None
) -> None:
    read = own_number(typed, HEAD, NOTICE)
    assert (read and (read.document, read.number)) == found


def test_is_a_bare_number_of_no_kind_left_out() -> None:
    assert own_number("12", HEAD, None) is None
    assert own_number("12", HEAD, DocumentKind.MINUTES) is None


@given(st.integers(0, 40), st.sets(st.integers(1, 60)))
def test_does_a_series_pass_over_what_was_given_elsewhere(last: int, elsewhere: set[int]) -> None:
    number = next_number(last, elsewhere)
    assert number > last
    assert number not in elsewhere
    if last:
        assert set(range(last + 1, number)) <= elsewhere
    else:
        assert number == max(elsewhere, default=0) + 1


@pytest.mark.parametrize(
    ("body", "added", "whole"),
    [
        ("Một./.", "Hai.", "Một.\nHai./."),
        ("Một./.", "Hai./.", "Một.\nHai./."),
        ("Một.", "Hai.", "Một.\nHai."),
        ("", "Hai.", "Hai."),
    ],
)
def test_does_the_mark_of_the_end_stay_at_the_end(body: str, added: str, whole: str) -> None:
    assert with_paragraph(body, added) == whole
