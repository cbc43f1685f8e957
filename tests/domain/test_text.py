"""Text at the border, and the fold by which everything is searched."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain.text import (
    clean,
    clean_lines,
    fold,
    nfc,
    person_sort_key,
    shorten,
    sort_key,
)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đường Trần Phú", "duong tran phu"),
        ("Hoà Bình", "hoa binh"),
        ("Hòa Bình", "hoa binh"),
        ("12/QĐ-UBND", "12 qd ubnd"),
        ("  ốc_sên,  ", "oc sen"),
        ("STRASSE ẞ ß", "strasse ss ss"),
        ("!!!", ""),
    ],
)
def test_how_is_text_folded(typed: str, folded: str) -> None:
    assert fold(typed) == folded
    assert fold(unicodedata.normalize("NFD", typed)) == folded


def slowly_folded(text: str) -> str:
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = unicodedata.normalize("NFC", text).casefold()
    return re.sub(r"[\W_]+", " ", text).strip()


VIETNAMESE = st.text("aăâeêioôơuưyđĐQ ,_-\u0300\u0301\u0303\u0309\u0323ồẤự가\u1100\u1161ẞİ")


@given(st.text() | VIETNAMESE)
def test_is_every_text_folded_as_letter_by_letter(text: str) -> None:
    assert fold(text) == slowly_folded(text)


def test_is_every_letter_there_is_folded_as_by_itself() -> None:
    letters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    assert [letter for letter in letters if fold(letter) != slowly_folded(letter)] == []


@given(st.text())
def test_is_folding_twice_the_same(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_is_clean_text_storable_everywhere(text: str) -> None:
    for cleaned in (clean(text), clean_lines(text)):
        assert cleaned.encode("utf-8").decode("utf-8") == cleaned
        assert "\x00" not in cleaned
        assert unicodedata.is_normalized("NFC", cleaned)
        assert not set(cleaned) & set("\u202e\u200b\ufeff\u2066")
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


def test_what_does_cleaning_take_away() -> None:
    assert clean("  A\x00\u202eB\u200b \r\n C\ud800 ") == "AB C"
    assert clean("Hoa\u0300") == "Hoà"
    assert clean_lines("a \r\n\r\n\r\n\r\n b\tc\x07\n") == "a\n\nb c"


def test_what_does_composing_leave_alone() -> None:
    assert nfc(" a\u0300  b ") == " à  b "


def test_where_is_a_long_text_cut() -> None:
    assert shorten("một hai", 20) == "một hai"
    assert shorten("một hai ba bốn", 12) == "một hai ba…"
    assert shorten("x" * 50, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    "in_order",
    [
        "An Ăn Âu Bà Cô Dĩnh Đà Em Ế Gì Ó Ốc Ơn Tư Ưng Vân Xuân Yên Zoe",
        "ma mà mả mã má mạ man mán măng",
        "ba_ba ba_chẽ bà_con Bá_Thước",
        "2 10 010b 11 một",
        "Sở_Dân_tộc Sở_Xây_dựng Sở_Y_tế Ủy_ban",
        "A Ö P Z Б 字",
    ],
)
def test_in_which_order_are_names_listed(in_order: str) -> None:
    names = in_order.split()
    apart = [unicodedata.normalize("NFD", name) for name in names]
    for shuffled in permutations_of(names):
        assert sorted(shuffled, key=sort_key) == names
    for shuffled in permutations_of(apart):
        assert sorted(shuffled, key=sort_key) == apart


def permutations_of(names: list[str]) -> list[list[str]]:
    turned = [names[at:] + names[:at] for at in range(len(names))]
    return turned + [one[::-1] for one in turned]


def test_is_a_tone_the_same_wherever_it_is_written() -> None:
    assert sort_key("Hòa Bình") == sort_key("hoà bình")
    assert sort_key("  Ủy ban, ") == sort_key("ủy_ban")
    assert sort_key("Quầy 02") == sort_key("quầy 2")


def test_do_people_go_by_their_given_names() -> None:
    names = ["Trần Văn Dũng", "Lê An Đức", "Trần An Đức", "Bùi Hòa", "Tòng"]
    for shuffled in permutations_of(names):
        assert sorted(shuffled, key=person_sort_key) == names
    assert person_sort_key("") < person_sort_key("A")


@given(st.text() | VIETNAMESE, st.text() | VIETNAMESE)
def test_has_every_name_its_place(one: str, other: str) -> None:
    assert (sort_key(one) < sort_key(other)) + (sort_key(other) <= sort_key(one)) == 1
    assert sort_key(unicodedata.normalize("NFD", one)) == sort_key(
        unicodedata.normalize("NFC", one)
    )
    assert person_sort_key(one) == person_sort_key(f" {one} ")
