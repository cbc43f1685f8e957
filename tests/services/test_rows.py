"""Plain inserts: one row, several, none, and one only where its number is free."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import UnitLevel
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.installation import InstallationFact
from citizenfeedback.services.rows import add_row, add_rows, add_unless_taken, change_rows
from citizenfeedback.services.transaction import transaction

pytestmark = pytest.mark.both_databases


def keys(session: Session) -> list[str]:
    return sorted(session.scalars(select(InstallationFact.key)))


def test_are_rows_inserted_one_by_one_or_together(session: Session) -> None:
    with transaction() as writing:
        add_row(writing, InstallationFact, {"key": "a", "value": "1"})
        add_rows(writing, InstallationFact, [{"key": name, "value": "2"} for name in "bc"])
        add_rows(writing, InstallationFact, [])
    assert keys(session) == ["a", "b", "c"]


def test_is_a_row_undone_with_its_transaction(session: Session) -> None:
    def broken_off() -> None:
        with transaction() as writing:
            add_row(writing, InstallationFact, {"key": "a", "value": "1"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert keys(session) == []


def test_is_a_taken_number_given_to_nobody_else(session: Session) -> None:
    unit = {"code": "SXD", "name": "Sở Xây dựng", "level": UnitLevel.DEPARTMENT}
    with transaction() as writing:
        first = add_unless_taken(writing, Unit, "code", unit)
        assert add_unless_taken(writing, Unit, "code", {**unit, "name": "Sở khác"}) is None
    assert session.scalars(select(Unit.id)).one() == first
    assert session.scalars(select(Unit.receives)).one() is True


def test_is_a_row_changed_by_a_statement_made_once(session: Session) -> None:
    facts = InstallationFact.__table__
    statement = (
        update(InstallationFact)
        .where(facts.c.key == bindparam("which"))
        .values(value=bindparam("becomes"))
    )
    with transaction() as writing:
        add_rows(writing, InstallationFact, [{"key": name, "value": "1"} for name in "ab"])
        change_rows(writing, statement, {"which": "a", "becomes": "2"})
    values = session.scalars(select(InstallationFact.value).order_by(InstallationFact.key))
    assert values.all() == ["2", "1"]


def test_is_a_value_refused_that_its_column_does_not_take(session: Session) -> None:
    unit = {"code": "SXD", "name": "Sở Xây dựng", "level": "a kingdom"}
    with pytest.raises(LookupError), transaction() as writing:
        add_unless_taken(writing, Unit, "code", unit)


def test_is_a_taken_key_an_error_of_the_database(session: Session) -> None:
    row = {"key": "a", "value": "1"}
    with pytest.raises(IntegrityError), transaction() as writing:
        add_rows(writing, InstallationFact, [row, row])
