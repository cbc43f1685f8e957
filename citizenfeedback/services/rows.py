"""Plain statements for what a citizen waits for: compiled once, values as parameters.

Building an INSERT anew costs more than running it, and so does finding it again among the compiled
ones; on the filing path that is most of the time. Here the text and what turns a value into what
the driver takes are kept for each table and set of columns, and handed to the driver itself: the
writers' place in line is held meanwhile, and the library's own way to the driver takes longer than
the row. Only for use inside a transaction; a refusal of the database comes as the library's error.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Table, Update, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from citizenfeedback.models.base import WRITING, Base


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A statement as text, with its parameters in their order and those that are converted."""

    text: str
    names: tuple[str, ...]
    converted: tuple[tuple[int, Callable[[Any], Any]], ...]
    by_place: bool
    standing: Mapping[str, object]

    def bound(self, values: Mapping[str, object]) -> Any:
        """The values as the driver takes them."""
        given = {**self.standing, **values} if self.standing else values
        taken = [given[name] for name in self.names]
        for place, hand_over in self.converted:
            taken[place] = hand_over(taken[place])
        return taken if self.by_place else dict(zip(self.names, taken, strict=True))


def add_row(session: Session, model: type[Base], values: Mapping[str, object]) -> None:
    """Insert one row."""
    connection = writing(session)
    prepared = _plain(table_of(model), tuple(values), connection.dialect)
    _run(connection, prepared, values)


def add_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert several rows that name the same columns; none is no statement."""
    if rows:
        connection = writing(session)
        prepared = _plain(table_of(model), tuple(rows[0]), connection.dialect)
        _run(connection, prepared, *rows)


def add_unless_taken(
    session: Session, model: type[Base], unique: str, values: Mapping[str, object]
) -> int | None:
    """Insert a row and return its id; None when the value of the column `unique` is taken."""
    connection = writing(session)
    prepared = _unless_taken(table_of(model), unique, tuple(values), connection.dialect)
    cursor = _run(connection, prepared, values)
    if connection.dialect.name == "sqlite":
        return cursor.lastrowid if cursor.rowcount else None
    told = cursor.fetchone()
    return None if told is None else told[0]


def change_rows(session: Session, statement: Update, values: Mapping[str, object]) -> None:
    """Run an UPDATE that was made once, with a value for each of its `bindparam`s."""
    connection = writing(session)
    _run(connection, _changing(statement, connection.dialect), values)


def writing(session: Session) -> Connection:
    """The connection of the open transaction."""
    connection: Connection = session.info[WRITING]
    return connection


def table_of(model: type[Base]) -> Table:
    """The table behind a model, for statements that the models cannot say."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _run(connection: Connection, prepared: _Prepared, *rows: Mapping[str, object]) -> Any:
    """Hand a statement to the driver for each row; its cursor, for what it has to say."""
    cursor = connection.connection.cursor()
    bound = [prepared.bound(row) for row in rows]
    failure = connection.dialect.loaded_dbapi.Error
    try:
        if len(bound) == 1:
            cursor.execute(prepared.text, bound[0])
        else:
            cursor.executemany(prepared.text, bound)
    except failure as error:
        raise DBAPIError.instance(
            prepared.text, None, error, failure, hide_parameters=True, dialect=connection.dialect
        ) from error
    return cursor


@cache
def _plain(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Prepared:
    return _prepare(insert(table), table, names, dialect)


@cache
def _unless_taken(table: Table, unique: str, names: tuple[str, ...], dialect: Dialect) -> _Prepared:
    if dialect.name == "sqlite":  # its driver knows the id; RETURNING doubles the time
        kept = sqlite.insert(table).on_conflict_do_nothing(index_elements=[unique])
        return _prepare(kept, table, names, dialect)
    told = postgresql.insert(table).on_conflict_do_nothing(index_elements=[unique])
    return _prepare(told.returning(table.c.id), table, names, dialect)


@cache
def _changing(statement: Update, dialect: Dialect) -> _Prepared:
    return _compiled(statement, None, {}, dialect)


def _prepare(
    statement: Insert, table: Table, names: tuple[str, ...], dialect: Dialect
) -> _Prepared:
    """Compile an insert of these columns; those left out get the value the table gives them."""
    standing = {
        column.name: column.default.arg
        for column in table.columns
        if column.name not in names and isinstance(column.default, ScalarElementColumnDefault)
    }
    return _compiled(statement, [*names, *standing], standing, dialect)


def _compiled(
    statement: Insert | Update,
    names: list[str] | None,
    standing: Mapping[str, object],
    dialect: Dialect,
) -> _Prepared:
    made: Any = statement.compile(dialect=dialect, column_keys=names)
    order = made.positiontup if made.positional else list(made.binds)
    types = [made.binds[name].type.dialect_impl(dialect) for name in order]
    converted = tuple(
        (place, hand_over)
        for place, hand_over in enumerate(one.bind_processor(dialect) for one in types)
        if hand_over is not None
    )
    return _Prepared(made.string, tuple(order), converted, bool(made.positional), standing)
