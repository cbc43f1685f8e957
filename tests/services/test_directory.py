"""Units, points and staff."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.facts import NOBODY, SYSTEM
from citizenfeedback.domain.vocabulary import UnitLevel
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit
from citizenfeedback.queries.directory import unit_detail, units_tree
from citizenfeedback.services import directory
from citizenfeedback.services.directory import PointWanted, StaffWanted, UnitWanted
from tests.conftest import NOON
from tests.people import make_unit

pytestmark = pytest.mark.both_databases
WANTED = UnitWanted(
    name="Sở Đất đai",
    name_en="Land",
    level=UnitLevel.DEPARTMENT,
    parent_id=None,
    remote=False,
    valid_from=None,
    valid_to=None,
    receives=True,
    address="",
    phone="",
    hours="",
)


def change(gateways: Gateways, unit_id: int, wanted: UnitWanted, mark: str = "") -> None:
    """Change a unit as it stands now."""
    mark = mark or unit_detail(SYSTEM, unit_id).mark
    directory.change_unit(SYSTEM, unit_id, wanted, mark=mark, keys=gateways.keys, now=NOON)


def paths() -> dict[str, str]:
    """The path of every unit, by code."""
    db.session.expire_all()
    return {row.code: row.path for row in db.session.execute(select(Unit.code, Unit.path))}


def test_a_moved_unit_takes_everything_below_along(session: Any, gateways: Gateways) -> None:
    a = make_unit(gateways, "A")
    b = make_unit(gateways, "B", a)
    c = make_unit(gateways, "C", b)
    d = make_unit(gateways, "D", a)
    change(gateways, b, replace(WANTED, parent_id=d))
    assert paths() == {
        "A": f"/{a}/",
        "B": f"/{a}/{d}/{b}/",
        "C": f"/{a}/{d}/{b}/{c}/",
        "D": f"/{a}/{d}/",
    }
    for parent_id in (b, c):
        with pytest.raises(RuleBroken, match="unit_below_itself"):
            change(gateways, b, replace(WANTED, parent_id=parent_id))
    change(gateways, b, replace(WANTED, parent_id=None))
    assert paths()["C"] == f"/{b}/{c}/"


def test_a_change_on_top_of_anothers_is_refused(session: Any, gateways: Gateways) -> None:
    unit_id = make_unit(gateways, "A")
    mark = unit_detail(SYSTEM, unit_id).mark
    change(gateways, unit_id, WANTED, mark)
    with pytest.raises(ChangedMeanwhile):
        change(gateways, unit_id, replace(WANTED, name="Khác"), mark)


def test_units_are_found_by_either_name_without_accents(session: Any, gateways: Gateways) -> None:
    unit_id = make_unit(gateways, "A")
    change(gateways, unit_id, WANTED)
    for text in ("so dat", "ĐẤT ĐAI", "land", "a"):
        assert [line.id for line in units_tree(SYSTEM, NOON.date(), text=text)] == [unit_id], text
    assert units_tree(SYSTEM, NOON.date(), text="y te") == ()


def test_the_tree_puts_each_unit_below_its_parent(session: Any, gateways: Gateways) -> None:
    a = make_unit(gateways, "A", name="Tỉnh", level=UnitLevel.PROVINCE)
    b = make_unit(gateways, "B", a, name="Sở B")
    make_unit(gateways, "C", b, name="Tổ C", level=UnitLevel.TEAM)
    make_unit(gateways, "D", a, name="Sở Â")
    lines = [(line.code, line.depth) for line in units_tree(SYSTEM, NOON.date())]
    assert lines == [("A", 0), ("D", 1), ("B", 1), ("C", 2)]


@pytest.mark.parametrize("code", ["", "có dấu", "a b", "-a", "x" * 41, "a/b"])
def test_an_odd_code_is_refused(session: Any, gateways: Gateways, code: str) -> None:
    with pytest.raises(RuleBroken, match="code_invalid"):
        directory.create_unit(SYSTEM, code, WANTED, keys=gateways.keys, now=NOON)


def test_points_and_staff_hang_on_units_that_exist(session: Any, gateways: Gateways) -> None:
    unit_id, other = make_unit(gateways, "A"), make_unit(gateways, "B")
    point = PointWanted(name="Quầy", unit_id=unit_id, opens=None, closes=None, active=True)
    more: dict[str, Any] = {"keys": gateways.keys, "now": NOON}
    with pytest.raises(RuleBroken, match="unit_unknown"):
        directory.create_point(SYSTEM, "Q1", replace(point, unit_id=999), **more)
    point_id = directory.create_point(SYSTEM, "Q1", point, **more)
    with pytest.raises(RuleBroken, match="code_taken"):
        directory.create_point(SYSTEM, "Q1", point, **more)
    member = StaffWanted(name="Mơ", position="", unit_id=other, point_id=point_id, active=True)
    with pytest.raises(RuleBroken, match="point_of_other_unit"):
        directory.create_staff(SYSTEM, "S1", member, **more)
    assert directory.create_staff(SYSTEM, "S1", replace(member, unit_id=unit_id), **more)


def test_nobody_else_changes_the_directory(session: Any, gateways: Gateways) -> None:
    with pytest.raises(NotFound):
        directory.create_unit(NOBODY, "A", WANTED, keys=gateways.keys, now=NOON)
