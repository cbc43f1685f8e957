"""The department that leads a field is found by its name."""

from __future__ import annotations

import pytest

from citizenfeedback.domain.routing import FIELD_OFFICES, office_of_field
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
