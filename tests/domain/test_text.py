"""Text at the border, and the fold by which everything is searched."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain.text import clean, clean_lines, fold, nfc, shorten


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
