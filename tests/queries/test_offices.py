"""Finding the office that a submission is for."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import UnitLevel
from citizenfeedback.gateways import Gateways
from citizenfeedback.queries.offices import (
    MOST_FOUND,
    Office,
    highest_office,
    matching,
    office,
    receiving_offices,
)
from tests.people import make_unit

pytestmark = pytest.mark.both_databases
TODAY = date(2026, 11, 23)


@pytest.fixture
def offices(session: Session, gateways: Gateways) -> tuple[Office, ...]:
    top = make_unit(gateways, "QN", name="UBND tỉnh Quảng Ninh", level=UnitLevel.PROVINCE)
    make_unit(gateways, "SXD", top, name="Sở Xây dựng", name_en="Department of Construction")
    ward = make_unit(gateways, "BC", top, name="UBND phường Bãi Cháy", level=UnitLevel.COMMUNE)
    make_unit(gateways, "TT", ward, name="Đội Trật tự Bãi Cháy", level=UnitLevel.TEAM)
    make_unit(gateways, "NB", top, name="Phòng nội bộ", receives=False)
    make_unit(gateways, "DH", top, name="UBND huyện Vân Đồn", valid_to=date(2025, 6, 30))
    return receiving_offices(TODAY)


def test_are_only_open_receiving_offices_listed(offices: tuple[Office, ...]) -> None:
    assert [one.code for one in offices] == ["QN", "SXD", "BC", "TT"]


def test_are_offices_found_without_accents(offices: tuple[Office, ...]) -> None:
    assert [one.code for one in matching(offices, "bai chay")] == ["BC", "TT"]
    assert [one.code for one in matching(offices, "ĐỘI bãi")] == ["TT"]
    assert [one.code for one in matching(offices, "so xay")] == ["SXD"]
    assert [one.code for one in matching(offices, "construction")] == ["SXD"]
    assert matching(offices, "%") == ()
    assert matching(offices, "không có") == ()
    assert matching(offices * 20, "ubnd")[MOST_FOUND:] == ()


def test_which_office_stands_at_the_top(offices: tuple[Office, ...]) -> None:
    top = highest_office(TODAY)
    assert top is not None
    assert top.code == "QN"
    assert office(top.id, TODAY) == top
    assert office(987654, TODAY) is None


def test_is_an_office_named_in_the_language_of_the_page(offices: tuple[Office, ...]) -> None:
    building = offices[1]
    assert building.title("en") == "Department of Construction"
    assert offices[0].title("en") == "UBND tỉnh Quảng Ninh"


def test_is_there_no_office_in_an_empty_installation(session: Session) -> None:
    assert highest_office(TODAY) is None
    assert receiving_offices(TODAY) == ()
