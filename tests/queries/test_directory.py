"""The directory as administrators read it."""

from __future__ import annotations

from typing import Any

import pytest

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import NOBODY, SYSTEM
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.directory import ServicePoint, StaffMember
from citizenfeedback.queries import directory
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import make_unit

pytestmark = pytest.mark.both_databases


def test_staff_come_page_by_page_and_are_found_without_accents(
    session: Any, gateways: Gateways
) -> None:
    unit_id = make_unit(gateways, "A")
    with transaction() as writing:
        for number in range(directory.PAGE + 3):
            writing.add(StaffMember(code=f"S{number}", name=f"Đỗ Văn {number}", unit_id=unit_id))
    first, following = directory.staff_page(SYSTEM)
    assert len(first) == directory.PAGE
    rest, none = directory.staff_page(SYSTEM, after=following or 0)
    assert (len(rest), none) == (3, None)
    found, _ = directory.staff_page(SYSTEM, text="do van 52")
    assert [line.code for line in found] == ["S52"]
    assert directory.directory_counts() == directory.DirectoryCounts(1, 0, directory.PAGE + 3)


def test_a_mark_changes_with_any_column(session: Any, gateways: Gateways) -> None:
    unit_id = make_unit(gateways, "A")
    with transaction() as writing:
        member = StaffMember(code="S", name="Mơ", unit_id=unit_id)
        writing.add(member)
        writing.flush()
        before = directory.state_mark(member)
        member.position = "Chuyên viên"
        assert directory.state_mark(member) != before


def test_the_directory_is_for_those_who_manage_it(session: Any, gateways: Gateways) -> None:
    unit_id = make_unit(gateways, "A")
    for read in (
        lambda: directory.units_tree(NOBODY, NOON.date()),
        lambda: directory.unit_detail(NOBODY, unit_id),
        lambda: directory.points_of(NOBODY),
        lambda: directory.staff_page(NOBODY),
        lambda: directory.unit_detail(SYSTEM, unit_id + 1),
        lambda: directory.point(SYSTEM, 1),
        lambda: directory.staff_member(SYSTEM, 1),
    ):
        with pytest.raises(NotFound):
            read()
    assert directory.unit_id_of("A") == unit_id
    assert directory.unit_id_of("B") is None


def test_signs_are_printed_of_open_points_of_a_unit_and_below(
    session: Any, gateways: Gateways
) -> None:
    root = make_unit(gateways, "A", name="Tỉnh")
    below = make_unit(gateways, "B", root, name="Phường")
    other = make_unit(gateways, "C", root, name="Xã")
    with transaction() as writing:
        writing.add_all(
            ServicePoint(code=code, name=f"Quầy {code}", unit_id=unit_id, active=code != "SHUT")
            for code, unit_id in (("P1", below), ("P2", other), ("SHUT", below))
        )

    def printed(**which: int) -> list[str]:
        return [sign.code for sign in directory.points_to_print(SYSTEM, **which)]

    assert printed() == ["P1", "P2"]
    assert printed(unit_id=root) == ["P1", "P2"]
    assert printed(unit_id=below) == ["P1"]
    assert printed(point_id=directory.point_id_of("P2") or 0) == ["P2"]
    assert printed(point_id=directory.point_id_of("SHUT") or 0) == []
    with pytest.raises(NotFound):
        printed(unit_id=other + 1)
    with pytest.raises(NotFound):
        directory.points_to_print(NOBODY)
