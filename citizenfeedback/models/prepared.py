"""Statements made once: kept as text, with what turns values into what the driver takes and back.

For the few that a citizen waits for more than a million times a year. Building a statement anew
costs more than running it, and so does the library's own way to the driver and back. What the
library does for safety stays: values are parameters, types check and convert them, a refusal of
the database comes as the library's error and never quotes what was to be stored.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError


@dataclass(frozen=True, slots=True)
class Prepared:
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
        for place, convert in self.converted:
            taken[place] = convert(taken[place])
        return taken if self.by_place else dict(zip(self.names, taken, strict=True))


def prepare(
    statement: Insert | Update | Select[*tuple[Any, ...]],
    dialect: Dialect,
    columns: list[str] | None = None,
    standing: Mapping[str, object] | None = None,
) -> Prepared:
    """Compile a statement; an insert names its `columns`, those in `standing` have a fixed value.

    A list among the parameters would be unfolded anew each time: such a statement is refused.
    """
    made: Any = statement.compile(dialect=dialect, column_keys=columns)
    if made.post_compile_params or made.literal_execute_params:
        raise TypeError("a statement made once cannot have a list among its parameters")
    fixed = {name: one.effective_value for name, one in made.binds.items() if not one.required}
    order = made.positiontup if made.positional else list(made.binds)
    types = [made.binds[name].type.dialect_impl(dialect) for name in order]
    converted = _converting([one.bind_processor(dialect) for one in types])
    kept = fixed if columns is None else dict(standing or {})
    return Prepared(made.string, tuple(order), converted, bool(made.positional), kept)


def run(connection: Connection, prepared: Prepared, *rows: Mapping[str, object]) -> Any:
    """Hand a statement to the driver, for each row of values; gives the driver's cursor.

    Whoever listens to the engine's statements hears of it as of any other.
    """
    cursor = connection.connection.cursor()
    several = len(rows) > 1
    bound = [prepared.bound(row) for row in rows] if several else prepared.bound(rows[0])
    for hear in connection.dispatch.before_cursor_execute:
        hear(connection, cursor, prepared.text, bound, None, several)
    failure = connection.dialect.loaded_dbapi.Error
    try:
        if several:
            cursor.executemany(prepared.text, bound)
        else:
            cursor.execute(prepared.text, bound)
    except failure as error:
        raise DBAPIError.instance(
            prepared.text, None, error, failure, hide_parameters=True, dialect=connection.dialect
        ) from error
    return cursor


@dataclass(eq=False, slots=True)
class Look:
    """A SELECT made once; its rows are read by the names of its columns."""

    statement: Select[*tuple[Any, ...]]
    _made: dict[str, tuple[Prepared, Any, Any]] = field(default_factory=dict)

    def rows(self, connection: Connection, **values: object) -> list[Any]:
        """All rows for these values of its parameters."""
        dialect = connection.dialect
        if dialect.name not in self._made:
            self._made[dialect.name] = self._make(dialect)
        prepared, row_of, converted = self._made[dialect.name]
        found = run(connection, prepared, values).fetchall()
        if not converted:
            return [row_of(row) for row in found]
        rows = []
        for row in found:
            taken = list(row)
            for place, convert in converted:
                taken[place] = convert(taken[place])
            rows.append(row_of(taken))
        return rows

    def first(self, connection: Connection, **values: object) -> Any | None:
        """The first row; None where there is none."""
        rows = self.rows(connection, **values)
        return rows[0] if rows else None

    def _make(self, dialect: Dialect) -> tuple[Prepared, Any, Any]:
        columns = list(self.statement.selected_columns)
        row: Any = namedtuple("Row", [str(column.key) for column in columns])  # type: ignore[misc]  # noqa: PYI024
        types = [column.type.dialect_impl(dialect) for column in columns]
        converted = _converting([one.result_processor(dialect, None) for one in types])
        return prepare(self.statement, dialect), row._make, converted


def _converting(
    each: list[Callable[[Any], Any] | None],
) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """Those places at which something is converted."""
    return tuple((place, convert) for place, convert in enumerate(each) if convert is not None)
