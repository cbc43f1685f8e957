"""Does a link hold what it stands for, and is a dossier number checked for its form?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain.rating_links import RatingLink, dossier_number, unpacked
from citizenfeedback.domain.vocabulary import RatingChannel

links = st.builds(
    RatingLink,
    point_id=st.integers(1, 2**31),
    until=st.dates(date(2020, 1, 1), date(2150, 1, 1)),
    visit=st.binary(min_size=8, max_size=8),
    channel=st.sampled_from([RatingChannel.WEB, RatingChannel.SMS]),
    dossier=st.text(max_size=60),
)


@given(links)
def test_does_a_link_come_back_as_it_was(link: RatingLink) -> None:
    assert unpacked(link.packed()) == link


def test_is_the_reference_that_of_the_visit_alone() -> None:
    one = RatingLink(1, date(2026, 12, 1), bytes(8))
    assert one.reference == RatingLink(2, date(2027, 1, 1), bytes(8), dossier="x").reference
    assert one.reference != RatingLink(1, date(2026, 12, 1), bytes(7) + b"\1").reference


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("000.54.2026.12345", "000.54.2026.12345"),
        (" h49.15-260101 - 0012 ", "H49.15-260101-0012"),
        ("G22.99.1-250101-0001", "G22.99.1-250101-0001"),
        ("12345", None),
        ("nguyễn văn hùng", None),
        ("A.B.C", None),
        ("000.54..12345", None),
        ("0912345678", None),
        ("x" * 60, None),
        ("", None),
    ],
)
def test_is_a_dossier_number_known_by_its_form(typed: str, number: str | None) -> None:
    assert dossier_number(typed) == number
