"""A counter where people rate, with the staff who serve there, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from sqlalchemy import insert

from citizenfeedback.domain.vocabulary import UnitLevel
from citizenfeedback.models.directory import ServicePoint, StaffMember, Unit
from citizenfeedback.services.transaction import transaction

CODE = "QN-BC-Q01"


@dataclass(frozen=True)
class Counter:
    """The ids of a counter, its unit and its staff."""

    point_id: int
    unit_id: int
    staff: tuple[int, ...]


def make_counter(*names: str, code: str = CODE) -> Counter:
    """A counter of the ward of Bãi Cháy, open in office hours, with staff of these names."""
    with transaction() as session:
        unit_id = session.scalar(
            insert(Unit)
            .values(
                code=f"U-{code}",
                name="UBND phường Bãi Cháy",
                name_en="Bai Chay Ward People's Committee",
                folded="ubnd phuong bai chay",
                level=UnitLevel.COMMUNE,
                path="/1/",
            )
            .returning(Unit.id)
        )
        point_id = session.scalar(
            insert(ServicePoint)
            .values(
                code=code,
                name="Quầy số 1",
                unit_id=unit_id,
                opens=time(7, 30),
                closes=time(17),
                active=True,
            )
            .returning(ServicePoint.id)
        )
        staff = [
            session.scalar(
                insert(StaffMember)
                .values(
                    code=f"CB{number}-{code}",
                    name=name,
                    position="Chuyên viên",
                    unit_id=unit_id,
                    point_id=point_id,
                    active=True,
                )
                .returning(StaffMember.id)
            )
            for number, name in enumerate(names)
        ]
    assert point_id is not None
    assert unit_id is not None
    return Counter(point_id, unit_id, tuple(one for one in staff if one is not None))
