"""To whom one may give a case, and where one may pass it on."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.accounts import User
from citizenfeedback.models.directory import Unit
from citizenfeedback.queries.colleagues import surroundings, units_to_pass_to, units_within
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.services.desk import (
    BUILDING,
    CHIEF,
    DUC,
    HOA,
    LAN,
    LAND,
    MINH,
    PROVINCE,
    QUAN,
    TEAM,
    TRA,
    Desk,
    open_desk,
)

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


@pytest.mark.parametrize(
    ("who", "found"),
    [
        (HOA, {HOA}),
        (DUC, {HOA, DUC, QUAN}),
        (CHIEF, {HOA, DUC, QUAN, MINH, CHIEF}),
        (TRA, set()),
        (LAN, set()),
    ],
)
def test_is_a_case_given_to_oneself_or_below_a_leader(
    desk: Desk, who: int, found: set[int]
) -> None:
    assert {one.id for one in surroundings(desk.actor(who)).people} == found


def test_is_nobody_given_a_case_who_left(desk: Desk) -> None:
    with transaction() as session:
        session.execute(update(User).where(User.id == QUAN).values(active=False))
    assert {one.id for one in surroundings(desk.actor(DUC)).people} == {HOA, DUC}


def test_do_units_read_as_a_tree_in_both_languages(desk: Desk) -> None:
    units = units_within(desk.actor(DUC))
    assert [one.id for one in units] == [BUILDING, TEAM]
    assert surroundings(desk.actor(DUC)).units == units
    assert (units[0].title("vi"), units[0].title("en")) == ("Sở Xây dựng", "Unit 2")


def test_is_a_case_passed_on_only_to_units_that_still_receive(desk: Desk) -> None:
    with transaction() as session:
        session.execute(update(Unit).where(Unit.id == LAND).values(valid_to=NOON.date()))
        session.execute(update(Unit).where(Unit.id == TEAM).values(receives=False))
    assert {one.id for one in units_to_pass_to()} == {PROVINCE, BUILDING}


def test_are_colleagues_named_before_others_and_by_their_given_names(desk: Desk) -> None:
    names = {HOA: "Zung Văn Đạt", QUAN: "An Văn Dậu", DUC: "Mai Văn Dần", MINH: "An", CHIEF: "Yên"}
    with transaction() as session:
        for who, name in names.items():
            session.execute(update(User).where(User.id == who).values(name=name))
    found = [one.id for one in surroundings(desk.actor(CHIEF)).people]
    assert found[0] == CHIEF
    assert [id_ for id_ in found if id_ in {DUC, QUAN, HOA}] == [DUC, QUAN, HOA]


def test_is_a_case_passed_on_by_the_names_of_units(desk: Desk) -> None:
    names = {BUILDING: "Đầm Hà", LAND: "Dương Hòa"}
    with transaction() as session:
        for unit, name in names.items():
            session.execute(update(Unit).where(Unit.id == unit).values(name=name))
    found = [one.id for one in units_to_pass_to() if one.id in names]
    assert found == [LAND, BUILDING]
