"""Statements made once: one row, several, none, one only where its number is free; and looks."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, literal_column, or_, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import UnitLevel
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.installation import InstallationFact
from citizenfeedback.models.prepared import Look
from citizenfeedback.services.rows import add_row, add_rows, add_unless_taken, change_rows
from citizenfeedback.services.transaction import transaction
from tests.conftest import counted_queries

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


_FACTS = Look(
    select(
        InstallationFact.key,
        InstallationFact.value,
        (InstallationFact.value == "1").label("is_one"),
    )
    .where(
        or_(
            InstallationFact.key == bindparam("which"), InstallationFact.value == bindparam("which")
        ),
        InstallationFact.key != "c",
    )
    .order_by(InstallationFact.key)
    .limit(2)
)


def test_does_a_look_give_rows_by_name_with_their_types(session: Session) -> None:
    with transaction() as writing:
        add_rows(writing, InstallationFact, [{"key": name, "value": "1"} for name in "abcd"])
    connection = session.connection()
    rows = _FACTS.rows(connection, which="1")
    assert [(row.key, row.value, row.is_one) for row in rows] == [
        ("a", "1", True),
        ("b", "1", True),
    ]
    assert [row.key for row in _FACTS.rows(connection, which="d")] == ["d"]
    assert _FACTS.first(connection, which="nobody") is None


def test_is_a_look_heard_by_those_who_count_statements(session: Session) -> None:
    with counted_queries(db.engine) as heard:
        _FACTS.rows(session.connection(), which="a")
    assert len(heard) == 1


def test_is_a_look_with_a_list_refused(session: Session) -> None:
    several = Look(select(InstallationFact.key).where(InstallationFact.key.in_(["a", "b"])))
    with pytest.raises(TypeError, match="a list"):
        several.rows(session.connection())


def test_does_a_broken_look_name_no_value(session: Session) -> None:
    broken = Look(select(literal_column("nothing")).where(bindparam("who") == "x"))
    with pytest.raises(DBAPIError) as refused:
        broken.rows(session.connection(), who="Lò Thị Măng")
    assert "Măng" not in str(refused.value)
