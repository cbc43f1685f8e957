"""Plain statements for what a citizen waits for: compiled once, values as parameters.

Building an INSERT anew costs more than running it, and so does finding it again among the compiled
ones; on the filing path that is most of the time, and the writers' place in line is held meanwhile.
Here the statement is kept for each table and set of columns (`models/prepared.py`). Only for use
inside a transaction.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import Connection, Dialect, Insert, Table, Update, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from citizenfeedback.models.base import WRITING, Base
from citizenfeedback.models.prepared import Prepared, prepare, run


def add_row(session: Session, model: type[Base], values: Mapping[str, object]) -> None:
    """Insert one row."""
    connection = writing(session)
    prepared = _plain(table_of(model), tuple(values), connection.dialect)
    run(connection, prepared, values)


def add_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert several rows that name the same columns; none is no statement."""
    if rows:
        connection = writing(session)
        prepared = _plain(table_of(model), tuple(rows[0]), connection.dialect)
        run(connection, prepared, *rows)


def add_unless_taken(
    session: Session, model: type[Base], unique: str, values: Mapping[str, object]
) -> int | None:
    """Insert a row and return its id; None when the value of the column `unique` is taken."""
    connection = writing(session)
    prepared = _unless_taken(table_of(model), unique, tuple(values), connection.dialect)
    cursor = run(connection, prepared, values)
    if connection.dialect.name == "sqlite":
        return cursor.lastrowid if cursor.rowcount else None
    told = cursor.fetchone()
    return None if told is None else told[0]


def change_rows(session: Session, statement: Update, values: Mapping[str, object]) -> None:
    """Run an UPDATE that was made once, with a value for each of its `bindparam`s."""
    connection = writing(session)
    run(connection, _changing(statement, connection.dialect), values)


def writing(session: Session) -> Connection:
    """The connection of the open transaction."""
    connection: Connection = session.info[WRITING]
    return connection


def table_of(model: type[Base]) -> Table:
    """The table behind a model, for statements that the models cannot say."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


@cache
def _plain(table: Table, names: tuple[str, ...], dialect: Dialect) -> Prepared:
    return _prepare(insert(table), table, names, dialect)


@cache
def _unless_taken(table: Table, unique: str, names: tuple[str, ...], dialect: Dialect) -> Prepared:
    if dialect.name == "sqlite":  # its driver knows the id; RETURNING doubles the time
        kept = sqlite.insert(table).on_conflict_do_nothing(index_elements=[unique])
        return _prepare(kept, table, names, dialect)
    told = postgresql.insert(table).on_conflict_do_nothing(index_elements=[unique])
    return _prepare(told.returning(table.c.id), table, names, dialect)


@cache
def _changing(statement: Update, dialect: Dialect) -> Prepared:
    return prepare(statement, dialect)


def _prepare(statement: Insert, table: Table, names: tuple[str, ...], dialect: Dialect) -> Prepared:
    """Compile an insert of these columns; those left out get the value the table gives them."""
    standing = {
        column.name: column.default.arg
        for column in table.columns
        if column.name not in names and isinstance(column.default, ScalarElementColumnDefault)
    }
    return prepare(statement, dialect, [*names, *standing], standing)
