"""Plain inserts for what a citizen waits for: a statement made once a table, values as parameters.

Building an INSERT anew costs more than running it; on the filing path that is most of the time.
Only for use inside a transaction.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import Connection, Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from citizenfeedback.models.base import WRITING, Base


def add_row(session: Session, model: type[Base], values: Mapping[str, object]) -> None:
    """Insert one row."""
    _writing(session).execute(_plain(_table(model)), values)


def add_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert several rows that name the same columns; none is no statement."""
    if rows:
        _writing(session).execute(_plain(_table(model)), list(rows))


def add_unless_taken(
    session: Session, model: type[Base], unique: str, values: Mapping[str, object]
) -> int | None:
    """Insert a row and return its id; None when the value of the column `unique` is taken."""
    connection = _writing(session)
    statement = _unless_taken(_table(model), unique, connection.dialect.name)
    new_id: int | None = connection.execute(statement, values).scalar()
    return new_id


def _writing(session: Session) -> Connection:
    """The connection of the open transaction."""
    connection: Connection = session.info[WRITING]
    return connection


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


@cache
def _plain(table: Table) -> Insert:
    return insert(table)


@cache
def _unless_taken(table: Table, unique: str, dialect: str) -> Insert:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(table).on_conflict_do_nothing(index_elements=[unique]).returning(table.c.id)
