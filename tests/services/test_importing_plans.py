"""Are rows made ready exactly as the database keeps them?"""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from citizenfeedback.domain.records import Record, RecordKind
from citizenfeedback.domain.vocabulary import UnitLevel
from citizenfeedback.models.directory import Unit
from citizenfeedback.queries.records import database_dialect
from citizenfeedback.services.importing_plans import Plan, batch, reserve_ids, write_batch
from citizenfeedback.services.transaction import transaction


def unit(number: int, code: str) -> dict[str, object]:
    return {
        "id": number,
        "code": code,
        "name": "Xã Ba Chẽ",
        "name_en": "",
        "folded": "",
        "level": UnitLevel.COMMUNE,
        "path": f"/{number}/",
        "remote": True,
        "receives": True,
        "address": "",
        "phone": "",
        "hours": "",
        "valid_from": None,
    }


@pytest.mark.both_databases
def test_a_batch_writes_what_the_tables_would(session: Session) -> None:
    """Do enumerations, yes and no, blanks and Vietnamese come back as they went in?"""
    first, second = reserve_ids(Unit, 2)
    ready = batch(database_dialect(), Unit, [unit(first, "A"), unit(second, "B")])
    with transaction() as writing:
        write_batch(writing, ready)
    row = session.scalars(select(Unit).where(Unit.code == "A")).one()
    assert (row.id, row.name, row.level, row.remote, row.valid_from) == (
        first,
        "Xã Ba Chẽ",
        UnitLevel.COMMUNE,
        True,
        None,
    )
    assert not set(reserve_ids(Unit, 3)) & {first, second}


@pytest.mark.both_databases
def test_a_row_that_is_there_already_is_told_alike(session: Session) -> None:
    """Do both databases refuse a second row with the same error, and keep the first?"""
    with transaction() as writing:
        write_batch(writing, batch(database_dialect(), Unit, [unit(1, "A")]))
    with pytest.raises(IntegrityError), transaction() as writing:
        write_batch(writing, batch(database_dialect(), Unit, [unit(2, "A")]))
    assert session.scalars(select(Unit.id)).all() == [1]


def test_a_plan_counts_and_refuses() -> None:
    """Does a plan without rows change nothing, and name the key of a conflict?"""
    plan = Plan()
    assert not plan.changes
    assert not list(plan.rows())
    plan.conflict(Record("a.csv", 3, {}), RecordKind.DOSSIERS)
    assert plan.problems[0].column == "month+unit+procedure"
    assert Plan(replaced=1).changes
