"""Does an import see what is stored, by the keys of its files?"""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.records import RecordKind
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.queries import records
from tests.records import POINTS, STAFF, UNITS, petition, rating, reception, write
from tests.year import import_file


@pytest.mark.both_databases
def test_what_is_stored_is_found_by_its_key(
    session: Session, tmp_path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Are rows found by code, number and reference, and unknown keys left out?"""
    monkeypatch.setattr(records, "CHUNK", 2)  # so that several portions are asked for
    for kind, rows in (
        (RecordKind.UNITS, UNITS),
        (RecordKind.POINTS, POINTS),
        (RecordKind.STAFF, STAFF),
        (RecordKind.PETITIONS, [petition(code) for code in "123"]),
        (RecordKind.RECEPTIONS, [reception(code) for code in "123"]),
        (RecordKind.RATINGS, [rating(code, ATT02="3", comment="x") for code in "123"]),
    ):
        import_file(kind, write(tmp_path, kind, list(rows)), keys=keys)
    units = records.units_by_code()
    assert (units["X1"].parent, units["TOP"].parent) == ("TOP", "")
    assert records.points_by_code()["Q1"].unit_id == units["X1"].id
    assert records.staff_by_code()["CB1"].point_id == records.points_by_code()["Q1"].id
    cases = records.cases_by_register_code("1239")
    assert sorted(cases) == ["1", "2", "3"]
    assert len({case.digest for case in cases.values()}) == 3
    assert all(number.startswith("19-") for number in records.taken_numbers({2019, 2020}))
    assert len(records.taken_numbers({2019})) == 3
    assert sorted(records.receptions_by_book_no("1239")) == ["1", "2", "3"]
    ratings = records.ratings_by_reference("1239")
    assert sorted(ratings) == ["1", "2", "3"]
    assert ratings["2"].answers == {"ATT02": 3}
    assert ratings["2"].comment == "x"
    assert records.database_dialect().name in {"sqlite", "postgresql"}
