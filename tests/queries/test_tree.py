"""The order in which the tree of units is read."""

from types import SimpleNamespace
from typing import Any

from citizenfeedback.domain.vocabulary import UnitLevel
from citizenfeedback.queries.tree import tree_order


def unit(path: str, name: str, level: UnitLevel = UnitLevel.COMMUNE) -> Any:
    return SimpleNamespace(id=int(path.split("/")[-2]), name=name, level=level, path=path)


def test_does_each_unit_stand_below_its_parent_and_among_brothers_by_level_and_name() -> None:
    units = [
        unit("/9/", "Ủy ban nhân dân tỉnh", UnitLevel.PROVINCE),
        unit("/9/7/", "Sở Dân tộc", UnitLevel.DEPARTMENT),
        unit("/9/7/1/", "Phòng Âm"),
        unit("/9/7/2/", "Phòng Bá"),
        unit("/9/3/", "Sở Y tế", UnitLevel.DEPARTMENT),
        unit("/9/5/", "Dương Hòa"),
        unit("/9/6/", "Dương Hòa"),
        unit("/9/4/", "Đường Hoa"),
    ]
    assert tree_order(units[::-1]) == units


def test_does_a_unit_whose_parent_is_out_of_sight_stand_at_the_top() -> None:
    units = [unit("/9/7/1/", "Cô Tô"), unit("/9/7/1/2/", "An"), unit("/9/8/3/", "Đầm Hà")]
    assert tree_order(units[::-1]) == units
