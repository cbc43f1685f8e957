"""The department that leads a field and the commune of a place are found by their names."""

from __future__ import annotations

import pytest

from citizenfeedback.domain.routing import FIELD_OFFICES, commune_of_place, office_of_field
from citizenfeedback.domain.vocabulary import CaseField

OFFICES = [(1, "UBND tỉnh"), (2, "Sở Xây dựng"), (3, "Sở Nông nghiệp và Môi trường")]


@pytest.mark.parametrize(
    ("field", "found"),
    [
        (CaseField.CONSTRUCTION, 2),
        (CaseField.LAND, 3),
        (CaseField.JUDICIAL, None),
        (CaseField.OTHER, None),
    ],
)
def test_which_office_leads_a_field(field: CaseField, found: int | None) -> None:
    assert office_of_field(field, OFFICES) == found


def test_is_an_older_name_taken_where_the_new_one_is_missing() -> None:
    assert office_of_field(CaseField.LAND, [(5, "Sở Tài nguyên")]) == 5
    assert CaseField.OTHER not in FIELD_OFFICES


COMMUNES = [
    (11, "UBND phường Bãi Cháy"),
    (12, "Ủy ban nhân dân phường Hạ Long"),
    (13, "UBND xã Ba Chẽ"),
    (14, "UBND phường 5"),
    (15, "UBND đặc khu Vân Đồn"),
    (16, "Sở Xây dựng"),
]


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("ngõ 5, đường Hậu Cần, phường Bãi Cháy", 11),
        ("ngo 5 bai chay", 11),
        ("đường Hạ Long, phường Bãi Cháy", 11),
        ("Đường Hạ Long, Bãi Cháy", 11),
        ("Bãi Cháy, phường Hạ Long", 12),
        ("BA CHẼ", 13),
        ("ngõ 5", None),
        ("phường 5", 14),
        ("Vân Đồn", 15),
        ("Bãi Cháyy", None),
        ("gần Sở Xây dựng", None),
        ("...", None),
    ],
)
def test_which_commune_is_a_place_in(place: str, found: int | None) -> None:
    assert commune_of_place(place, COMMUNES) == found
