"""Are the keys of Telex and VNI taken away, and numbers in words read, as people write them?"""

import pytest

from citizenfeedback.domain.spellings import ONE_TEN, read_digits, without_keys


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("nguyeexn", "nguyen"),
        ("nguyeenx", "nguyen"),
        ("nguyenex", "nguyen"),
        ("nguye6n4", "nguyen"),
        ("ddajt", "dat"),
        ("datjd", "dat"),
        ("d9at5", "dat"),
        ("phuwowngj", "phuong"),
        ("wng", "ung"),
        ("quoocs", "quoc"),
        ("xuaan", "xuan"),
        ("sawts", "sat"),
        ("hoang", "hoang"),
        ("12a", "12a"),
        ("", ""),
    ],
)
def test_which_syllable_was_typed(typed: str, plain: str) -> None:
    assert without_keys(typed) == plain


@pytest.mark.parametrize(
    ("words", "readings"),
    [
        ("khong chin mot hai", {"0912"}),
        ("chin tram muoi hai", {"912"}),
        ("chin tram linh hai", {"902"}),
        ("chin tram", {"900"}),
        ("ba tram bon muoi lam", {"345"}),
        ("ba tram bon lam", {"345"}),
        ("hai muoi", {"20", "210"}),
        (f"chin {ONE_TEN} hai", {"912"}),
        (f"{ONE_TEN} chin", {"19"}),
        ("0912 ba bon", {"091234"}),
    ],
)
def test_which_digits_were_told(words: str, readings: set[str]) -> None:
    told = {reading.digits for reading in read_digits(words.split())}
    assert readings <= told


def test_is_each_digit_traced_to_its_word() -> None:
    (first, _) = read_digits("goi so 0912 ba bon nhe".split())
    assert first.digits == "091234"
    assert first.words == (2, 2, 2, 2, 3, 4)


def test_are_digits_alone_no_numbers_in_words() -> None:
    assert list(read_digits("so 0912 345 678 goi".split())) == []
