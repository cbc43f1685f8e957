"""Does every part of a letter stand in its place?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.documents.letter_layout import (
    LEFT_COLUMN,
    MOTTO,
    RIGHT_COLUMN,
    SIZE_MOTTO,
    SIZE_NATION,
    SIZE_TEXT,
    SUMMARY_WIDTH,
    TEXT_WIDTH,
    Block,
    BlockKind,
    blocks_of,
    column_shares,
    even_rows,
    heading_lines,
    in_lines,
    sheet,
)
from citizenfeedback.documents.typeface import width_of
from citizenfeedback.domain.law.forms import form_of_template
from citizenfeedback.domain.letters import LetterText
from tests.documents.letters_made import OFFICE, content_of


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("Một đoạn…", Block(BlockKind.TEXT, "Một đoạn…")),
        ("Điều 12. Giao việc.", Block(BlockKind.ARTICLE, "Giao việc.", "Điều 12.")),
        ("Điều 3a. Giao việc.", Block(BlockKind.ARTICLE, "Giao việc.", "Điều 3a.")),
        ("*1. Kết quả*", Block(BlockKind.HEADING, "1. Kết quả")),
        ("**", Block(BlockKind.TEXT, "**")),
        ("# QUYẾT ĐỊNH:", Block(BlockKind.CENTRED, "QUYẾT ĐỊNH:")),
        ("Họ và tên: ……………", Block(BlockKind.LEADER, "Họ và tên:")),
        ("……………", Block(BlockKind.LEADER, "")),
        ("| a | b |", Block(BlockKind.TABLE, rows=(("a", "b"),))),
    ],
)
def test_how_is_a_line_set(line: str, block: Block) -> None:
    assert blocks_of(f"\n{line}\n\n") == (block,)


def test_are_rows_below_one_another_one_table() -> None:
    blocks = blocks_of("| STT | Tên |\n\n| 1 | a | b |\nChữ\n| c |")
    assert [block.kind for block in blocks] == ["table", "text", "table"]
    assert even_rows(blocks[0]) == (("STT", "Tên", ""), ("1", "a", "b"))
    assert column_shares(("STT", "Tên", "Số", "Loại")) == (0.4, 2.0, 1.2, 1.2)
    assert column_shares(("STT", "Tên", "Cơ quan")) == (0.4, 2.0, 1.6)
    assert column_shares(("Tên", "Số")) == (2.0, 1.6)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("", ()),
        ("Thanh tra tỉnh", ("THANH TRA TỈNH",)),
        ("Ủy ban nhân dân phường Hồng Gai", ("ỦY BAN NHÂN DÂN", "PHƯỜNG HỒNG GAI")),
        ("Sở Nông nghiệp và Môi trường", ("SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG")),
        (
            "Trung tâm Phục vụ hành chính công tỉnh",
            ("TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG TỈNH"),
        ),
        (
            "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông, dân dụng và công nghiệp",
            (
                "BAN QUẢN LÝ DỰ ÁN ĐẦU",
                "TƯ XÂY DỰNG CÁC CÔNG",
                "TRÌNH GIAO THÔNG, DÂN",
                "DỤNG VÀ CÔNG NGHIỆP",
            ),
        ),
    ],
)
def test_how_is_a_body_written_in_the_heading(body: str, lines: tuple[str, ...]) -> None:
    assert heading_lines(body) == lines


def test_what_stands_on_a_decision() -> None:
    page = sheet(content_of(form_of_template("nd31/denunciation_accepted")))
    assert (page.number, page.title) == ("Số: 05/QĐ-UBND", "QUYẾT ĐỊNH")
    assert page.dated == "Hồng Gai, ngày 23 tháng 11 năm 2026"
    assert page.bases[0].text == "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG HỒNG GAI"
    assert page.signatures[0].lines == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert page.recipients[-1].startswith("- Lưu: VT")
    assert page.case_line == "Số hồ sơ: 26-4K7Q-2"


def test_what_stands_on_an_official_letter() -> None:
    page = sheet(content_of(form_of_template("tt05/petition_answer")))
    assert page.number == "Số: 05/UBND-VP"
    assert (page.title, page.summary, page.rules.summary) == ("", (), 0)
    assert page.subject[0].startswith("V/v ")


def test_what_a_form_to_fill_in_leaves_out() -> None:
    page = sheet(content_of(form_of_template("nd155/complaint_petition")))
    assert (page.body, page.number, page.case_line, page.recipients) == ((), "", "", ())
    assert page.dated.startswith("……")


def test_where_does_the_head_approve_a_proposal() -> None:
    page = sheet(content_of(form_of_template("tt05/acceptance_proposal")))
    assert page.approval is not None
    assert page.approval.lines == ("PHÊ DUYỆT CỦA THỦ TRƯỞNG",)
    assert len(page.signatures) == 2


def test_have_minutes_no_number_and_their_date_in_the_text() -> None:
    page = sheet(content_of(form_of_template("nd155/dialogue_minutes")))
    assert (page.number, page.dated) == ("", "")
    assert len(page.signatures) == 4


def test_is_an_empty_letter_laid_out_too() -> None:
    content = content_of(form_of_template("tt05/petition_answer"))
    empty = replace(content, text=LetterText(), case_number="", letterhead=replace(OFFICE, body=""))
    page = sheet(empty)
    assert (page.body, page.blocks, page.case_line, page.addressees) == ((), (), "", ())


def test_are_lines_of_about_one_length() -> None:
    words = "Về việc hủy bỏ quyết định tạm đình chỉ thi hành quyết định hành chính bị khiếu nại"
    lines = in_lines(words, SUMMARY_WIDTH, SIZE_TEXT, bold=True)
    assert " ".join(lines) == words
    widths = [width_of(line, SIZE_TEXT, bold=True) for line in lines]
    assert len(lines) == 2
    assert max(widths) <= SUMMARY_WIDTH
    assert min(widths) > 0.8 * max(widths)
    assert in_lines("", 50, 12) == ()
    assert in_lines("x" * 300, 50, 12) == ("x" * 300,)


@given(st.lists(st.text("ABĐƯ", min_size=1, max_size=12), min_size=1, max_size=40))
def test_are_lines_as_few_as_hold_the_words(words: list[str]) -> None:
    lines = in_lines(" ".join(words), 60, 12, bold=True)
    assert " ".join(lines).split() == words
    space = width_of(" ", 12, bold=True)
    fewest, used = 0, 1e9
    for word in words:
        width = width_of(word, 12, bold=True)
        fewest, used = (
            (fewest, used + space + width) if used + space + width <= 60 else (fewest + 1, width)
        )
    assert len(lines) == fewest


def test_are_the_rules_as_long_as_the_decree_says() -> None:
    page = sheet(content_of(form_of_template("nd124/stay_lifted")))
    for rule, lines, size in (
        (page.rules.body, page.body, SIZE_NATION),
        (page.rules.summary, page.summary, SIZE_TEXT),
    ):
        widest = max(width_of(line, size, bold=True) for line in lines)
        assert widest / 3 <= rule <= widest / 2
    assert page.rules.motto == width_of(MOTTO, SIZE_MOTTO, bold=True)


def test_what_stays_with_what_follows() -> None:
    content = content_of(form_of_template("nd124/complaint_decision"))
    body = "A\n# B\nC\n| STT | x |\n*D*\nE\nF\nG."
    told = sheet(replace(content, text=LetterText(body=body))).blocks
    kept = [block.text or "table" for block in told if block.keep]
    assert kept == ["A", "B", "C", "D", "F", "G."]
    longer = sheet(replace(content, text=LetterText(body=f"F\n{'chữ ' * 60}"))).blocks
    assert [block.keep for block in longer] == [False, True]


def test_do_the_columns_fill_the_width() -> None:
    assert LEFT_COLUMN + RIGHT_COLUMN == TEXT_WIDTH == 165
