"""Case numbers and access codes: read back as meant, and no slip of the pen unnoticed."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain.numbers import (
    ALPHABET,
    access_code,
    case_number,
    make_code,
    make_number,
    normalise_code,
    normalise_number,
)

octets = st.binary(min_size=14, max_size=14)
years = st.integers(2018, 2099)
lengths = st.integers(4, 6)


@given(years, octets, lengths)
def test_does_a_number_come_back_as_it_was(year: int, octets: bytes, length: int) -> None:
    number = make_number(year, octets, length)
    assert number.startswith(f"{year % 100:02}-")
    assert normalise_number(number) == number
    assert normalise_number(f" {number.lower().replace('-', ' ')} ") == number


@given(octets)
def test_does_a_code_come_back_as_it_was(octets: bytes) -> None:
    code = make_code(octets)
    assert [len(part) for part in code.split("-")] == [4, 4, 4, 4]
    assert normalise_code(code) == code
    assert normalise_code(code.lower().replace("-", "")) == code
    assert normalise_code(code.replace("0", "o").replace("1", "l")) == code
    assert normalise_code(code.replace("0", "O").replace("1", "I").replace("-", " – ")) == code


@given(years, octets, lengths)
def test_is_every_wrong_character_and_swap_in_a_number_noticed(
    year: int, octets: bytes, length: int
) -> None:
    plain = make_number(year, octets, length).replace("-", "")
    for place, right in enumerate(plain):
        for wrong in ALPHABET:
            if wrong != right:
                assert normalise_number(plain[:place] + wrong + plain[place + 1 :]) is None
    assert all(normalise_number(swapped) is None for swapped in swaps(plain))


@given(octets)
def test_is_every_wrong_character_and_swap_in_a_code_noticed(octets: bytes) -> None:
    plain = make_code(octets).replace("-", "")
    for place, right in enumerate(plain):
        for wrong in ALPHABET:
            if wrong != right:
                assert normalise_code(plain[:place] + wrong + plain[place + 1 :]) is None
    assert all(normalise_code(swapped) is None for swapped in swaps(plain))


def swaps(plain: str) -> list[str]:
    """The text with any two different characters exchanged, next to each other or not."""
    found = []
    for one in range(len(plain)):
        for other in range(one + 1, len(plain)):
            if plain[one] != plain[other]:
                letters = list(plain)
                letters[one], letters[other] = letters[other], letters[one]
                found.append("".join(letters))
    return found


@given(octets, st.data())
def test_are_any_two_wrong_characters_in_a_code_noticed(
    octets: bytes, choose: st.DataObject
) -> None:
    plain = list(make_code(octets).replace("-", ""))
    places = choose.draw(
        st.lists(st.integers(0, len(plain) - 1), min_size=2, max_size=2, unique=True)
    )
    for place in places:
        plain[place] = choose.draw(st.sampled_from([x for x in ALPHABET if x != plain[place]]))
    assert normalise_code("".join(plain)) is None


@pytest.mark.parametrize("typed", ["", "26", "UUUU-UUUU-UUUU-UUUU", "x" * 500, "Đ" * 16, "=cmd"])
def test_is_what_is_no_number_refused(typed: str) -> None:
    assert normalise_code(typed) is None
    assert normalise_number(typed) is None


@given(st.text(max_size=30))
def test_does_any_text_get_an_answer(text: str) -> None:
    assert normalise_code(text) is None or len(normalise_code(text)) == 19
    normalise_number(text)


def test_is_a_year_of_letters_refused() -> None:
    assert normalise_number("AB-4K7Q-2") is None


def test_are_too_few_random_bytes_an_error() -> None:
    with pytest.raises(ValueError, match="random"):
        make_code(b"short")


def test_do_numbers_come_from_a_source_of_bytes() -> None:
    assert normalise_code(access_code(secrets.token_bytes))
    assert normalise_number(case_number(2026, secrets.token_bytes, 5))
