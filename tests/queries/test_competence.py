"""Who must decide is proposed for the units of the province, with the door when it is not ours."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from citizenfeedback.domain.law.competence import RespondentKind, Settler, Way
from citizenfeedback.domain.vocabulary import CaseKind, UnitLevel
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.directory import Unit
from citizenfeedback.queries.case_head import case_head
from citizenfeedback.queries.competence import (
    Competence,
    competence_of,
    deciding_office,
    superior_unit,
)
from citizenfeedback.services.registering import Registered
from citizenfeedback.services.transaction import transaction
from tests.services.desk import BUILDING, CHIEF, PROVINCE, TEAM, Desk, open_desk

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests, with the levels that its units have in life."""
    opened = open_desk(session, keys)
    with transaction() as writing:
        for unit, level in ((PROVINCE, UnitLevel.PROVINCE), (TEAM, UnitLevel.TEAM)):
            writing.execute(update(Unit).where(Unit.id == unit).values(level=level))
    return opened


def proposed(desk: Desk, case: Registered, asked: str = "") -> Competence:
    head = case_head(desk.actor(CHIEF), case.number, desk.today)
    return competence_of(head, asked)


def test_is_nothing_proposed_before_the_respondent_is_known(desk: Desk) -> None:
    found = proposed(desk, desk.file())
    assert (found.respondent, found.proposal, found.doors) == (None, None, ())


def test_does_a_department_settle_first_what_its_officials_did(desk: Desk) -> None:
    found = proposed(desk, desk.file(), RespondentKind.DEPARTMENT_OFFICIAL)
    assert found.proposal is not None
    assert found.proposal.settler is Settler.DEPARTMENT_DIRECTOR
    assert (found.unit, found.ours) == ("Sở Xây dựng", True)


def test_is_a_team_part_of_the_department_above_it(desk: Desk) -> None:
    found = proposed(desk, desk.file(unit_id=TEAM), RespondentKind.DEPARTMENT_OFFICIAL)
    assert (found.unit, found.ours) == ("Sở Xây dựng", True)


def test_is_a_complaint_for_another_guided_to_its_door(desk: Desk) -> None:
    found = proposed(desk, desk.file(), RespondentKind.PROVINCE_CHAIR)
    assert found.proposal is not None
    assert (found.proposal.settler, found.unit, found.ours) == (
        Settler.PROVINCE_CHAIR,
        "UBND tỉnh",
        False,
    )
    assert [door.way for door in found.doors] == [Way.GUIDE]


def test_is_the_respondent_of_a_denunciation_read_from_its_unit(desk: Desk) -> None:
    case = desk.file(CaseKind.DENUNCIATION, respondent_unit_id=BUILDING)
    found = proposed(desk, case)
    assert found.respondent is RespondentKind.DEPARTMENT_HEAD
    assert (found.unit, found.ours) == ("UBND tỉnh", True)


def test_does_a_petition_go_to_the_body_of_its_field(desk: Desk) -> None:
    found = proposed(desk, desk.file(CaseKind.PETITION))
    assert found.proposal is not None
    assert (found.proposal.settler, found.unit, found.ours) == (Settler.FIELD_BODY, "", None)
    assert [door.way for door in found.doors] == [Way.FORWARD]


def test_is_a_made_up_respondent_no_answer(desk: Desk) -> None:
    assert proposed(desk, desk.file(), "king").respondent is None


def test_who_decides_what_a_citizen_files_about_a_unit(desk: Desk) -> None:
    complained = deciding_office(CaseKind.COMPLAINT, BUILDING, desk.today)
    assert complained is not None
    assert complained[0] == BUILDING
    denounced = deciding_office(CaseKind.DENUNCIATION, BUILDING, desk.today)
    assert denounced is not None
    assert denounced[0] == PROVINCE
    assert [one.row.code for one in denounced[1]] == ["TC-S-GD", "TC-S"]
    assert deciding_office(CaseKind.DENUNCIATION, PROVINCE, desk.today) is None
    assert deciding_office(CaseKind.COMPLAINT, 999, desk.today) is None


@pytest.mark.parametrize(
    ("level", "kind", "rows"),
    [
        (UnitLevel.COMMUNE, CaseKind.DENUNCIATION, ["TC-XA-CTc", "TC-XA"]),
        (UnitLevel.DEPARTMENT, CaseKind.DENUNCIATION, ["TC-S-GD", "TC-S"]),
        # An agency directly under the province counts as a department.
        (UnitLevel.SERVICE_UNIT, CaseKind.DENUNCIATION, ["TC-S-GD", "TC-S"]),
        (UnitLevel.COMMUNE, CaseKind.COMPLAINT, ["KN-XA-1"]),
        (UnitLevel.DEPARTMENT, CaseKind.COMPLAINT, ["KN-S-1"]),
    ],
)
def test_is_each_rank_of_the_denounced_unit_told_its_own_article(
    desk: Desk, level: UnitLevel, kind: CaseKind, rows: list[str]
) -> None:
    with transaction() as writing:
        writing.execute(update(Unit).where(Unit.id == BUILDING).values(level=level))
    found = deciding_office(kind, BUILDING, desk.today)
    assert found is not None
    assert found[0] == (PROVINCE if kind is CaseKind.DENUNCIATION else BUILDING)
    assert [one.row.code for one in found[1]] == rows


def test_who_settles_after_a_first_decision(desk: Desk) -> None:
    assert superior_unit(BUILDING, CaseKind.COMPLAINT, desk.today) == PROVINCE
    assert superior_unit(TEAM, CaseKind.DENUNCIATION, desk.today) == BUILDING
    assert superior_unit(PROVINCE, CaseKind.COMPLAINT, desk.today) is None
