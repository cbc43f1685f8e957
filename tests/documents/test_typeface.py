"""Does the typeface have every Vietnamese letter, and is what it lacks shown as lacking?"""

from itertools import product

import pytest

from citizenfeedback.documents.typeface import letters, printable, unprintable

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")


def test_has_it_every_vietnamese_letter() -> None:
    from unicodedata import normalize

    text = "".join(normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES))
    text += "đ“”‘’–—…₫ \u00a0"
    assert unprintable(text + text.upper()) == ()
    assert printable(text) == text
    assert len(letters()) > 2000


@pytest.mark.parametrize(
    ("text", "printed", "lacking"),
    [
        ("Đèn 😀 hỏng 😀 中\nở ngõ", "Đèn □ hỏng □ □\nở ngõ", ("😀", "中")),
        ("a\u2011b\tc", "a-b c", ()),
        ("", "", ()),
    ],
)
def test_is_what_it_lacks_told(text: str, printed: str, lacking: tuple[str, ...]) -> None:
    assert printable(text) == printed
    assert unprintable(text) == lacking


def test_is_a_font_without_the_table_an_error_of_ours() -> None:
    from citizenfeedback.documents.typeface import FONTS, REGULAR, _table

    with pytest.raises(ValueError, match="no table"):
        _table((FONTS / REGULAR).read_bytes(), b"none")
