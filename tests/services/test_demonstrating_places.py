"""The demonstration's offices: Quảng Ninh as it is since July 2025."""

from __future__ import annotations

import random
from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import STAFF_ROLES, UnitLevel
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.accounts import User
from citizenfeedback.models.directory import Unit
from citizenfeedback.services.demonstrating_places import (
    COMMUNES,
    DEPARTMENTS,
    PROVINCE,
    found_province,
)
from tests.conftest import NOON


def test_the_province_has_its_communes_departments_and_people(
    session: Session, gateways: Gateways
) -> None:
    province = found_province(
        random.Random(1),
        keys=gateways.keys,
        passwords=gateways.passwords,
        new_password=lambda: "một câu dài để thử",
        now=NOON,
    )
    levels = Counter(session.scalars(select(Unit.level)))
    assert levels[UnitLevel.COMMUNE] == 54
    assert levels[UnitLevel.DEPARTMENT] == 14
    names = [place.area for place in province.places.values() if place.commune]
    counted = [sum(one.startswith(kind) for one in names) for kind in ("phường", "xã", "đặc khu")]
    assert counted == [30, 22, 2]
    assert len(province.at_work) == 3 + len(DEPARTMENTS) + len(COMMUNES)
    assert {login.role for login in province.logins} == set(STAFF_ROLES)
    assert session.scalar(select(func.count()).select_from(User)) == 3 * len(province.desks) + 4
    desk = province.desks["QN-SXD"]
    assert desk.handler.unit_id == province.places["QN-SXD"].id
    assert len(province.desks[PROVINCE].leader.subtree) == len(province.places)
    assert any(place.remote for place in province.at_work)
