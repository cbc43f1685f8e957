"""Does a slip come back as it was written, and is no other spelling of it taken?"""

import string
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain.drafts import DraftContent, Named
from citizenfeedback.domain.slips import (
    Slip,
    copy_of,
    digest_of,
    read_slip,
    signed_bytes,
    slip_text,
    taken_apart,
    texts_in,
)

MOMENT = datetime(2026, 11, 23, 5, 0, 7, tzinfo=UTC)
SLIP = Slip("26-4K7Q-2", MOMENT, bytes(range(32)), "SXD")
SIGNATURE = bytes(range(64, 128))
TEXT = slip_text(signed_bytes(SLIP), SIGNATURE)

slips = st.builds(
    Slip,
    number=st.from_regex(r"\d\d-[0-9A-Z]{4,6}-[0-9A-Z]", fullmatch=True),
    filed_at=st.integers(1_600_000_000, 2**32 - 1).map(
        lambda one: datetime.fromtimestamp(one, UTC)
    ),
    digest=st.binary(min_size=32, max_size=32),
    office=st.text(max_size=40),
)


@given(slips, st.binary(min_size=64, max_size=64))
def test_does_a_slip_come_back_as_it_was(slip: Slip, signature: bytes) -> None:
    parts = taken_apart(slip_text(signed_bytes(slip), signature))
    assert parts is not None
    assert (read_slip(parts[0]), parts[1]) == (slip, signature)


@pytest.mark.parametrize("blank", ["\n", " ", "\r\n  "])
def test_is_a_slip_found_in_an_address_a_file_and_a_broken_line(blank: str) -> None:
    half = len(TEXT) // 2
    for typed in (
        f"https://gopy.example.vn/verify#{TEXT}",
        f"Giấy xác nhận\nSố: 26-4K7Q-2\n{TEXT}\n",
        f"{TEXT[:half]}{blank}{TEXT[half:]}",
    ):
        assert TEXT in texts_in(typed)
    assert texts_in(" \n ") == ()


def test_is_another_spelling_of_the_same_bytes_refused() -> None:
    assert taken_apart(TEXT) == (signed_bytes(SLIP), SIGNATURE)
    longer = Slip("26-4K7Q-2", MOMENT, bytes(32), "SX")  # its last letter has bits to spare
    text = slip_text(signed_bytes(longer), SIGNATURE)
    others = [text[:-1] + letter for letter in string.ascii_letters if letter != text[-1]]
    assert [taken_apart(other) for other in others if taken_apart(other)] == [
        parts for other in others if (parts := taken_apart(other)) and parts[1] != SIGNATURE
    ]
    for odd in (f"{TEXT}=", f"{TEXT}==", TEXT + "é", "", "abc", TEXT.replace(TEXT[0], "+", 1)):
        assert taken_apart(odd) is None


@pytest.mark.parametrize(
    "wrong", [b"", bytes(38), signed_bytes(SLIP)[:-1], signed_bytes(SLIP) + b"x", b"\2" * 60]
)
def test_is_another_form_no_slip(wrong: bytes) -> None:
    assert read_slip(wrong) is None


def test_does_the_copy_hold_all_that_was_said_and_its_digest_change_with_any_of_it() -> None:
    content = DraftContent(
        words="Đèn hỏng",
        wish="Sửa đèn",
        respondent="Sở Xây dựng",
        name="Ngọc Ánh",
        phone="0912345678",
        people=(Named("Văn Hùng", address="Khu 3"),),
    )
    copy = copy_of(content, "salt", (("anh.png", 120),))
    for said in ("Đèn hỏng", "Sửa đèn", "Ngọc Ánh", "Văn Hùng", "Khu 3", "anh.png (120)", "salt"):
        assert said in copy
    kept = digest_of(copy.encode())
    assert digest_of(copy.replace("\n", "\r\n").encode()) == kept
    for other in (
        copy_of(content, "salt2", (("anh.png", 120),)),
        copy_of(content, "salt", (("anh.png", 121),)),
        copy_of(content.having({"words": "Đèn hỏng."}), "salt", (("anh.png", 120),)),
    ):
        assert digest_of(other.encode()) != kept
