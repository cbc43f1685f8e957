"""What a password must be."""

from __future__ import annotations

import pytest

from citizenfeedback.domain.passwords import password_problem

WHO = {"email": "hoa.nguyen@quangninh.gov.vn", "name": "Nguyễn Thị Hoa"}


@pytest.mark.parametrize(
    "password",
    [
        "con đường dài 12 cây",
        "mưa rơi trên mái tôn",
        "xe đạp màu xanh lá",
        "correct horse battery",
        "Hoa mai nở tháng giêng",
        "T7#kqPz!mW2v",
    ],
)
def test_a_sentence_or_a_random_text_is_taken(password: str) -> None:
    assert password_problem(password, **WHO) is None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_short"),
        ("123456789", "password_short"),
        ("à" * 9, "password_short"),
        ("x" * 201, "password_long"),
        ("matkhau2026", "password_common"),
        ("Password123", "password_common"),
        ("0912345678", "password_common"),
        ("asdfghjklz", "password_common"),
        ("abcdefghij", "password_common"),
        ("aaaabbbbbb", "password_common"),
        ("1q2w3e4r5t", "password_common"),
        ("quangninh123", "password_common"),
        ("quangninh.hoa1", "password_personal"),
        ("hoanguyen1990", "password_personal"),
    ],
)
def test_what_is_tried_first_is_refused(password: str, code: str) -> None:
    assert password_problem(password, **WHO) == code


def test_without_a_name_only_the_text_itself_counts() -> None:
    assert password_problem("quangninh sáng mai") is None
