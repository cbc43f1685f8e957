"""What an import works with, and what it makes ready before anything is written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, Dialect, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.records import KEYS, Problem, Record, RecordKind
from citizenfeedback.services.transaction import transaction


@dataclass(frozen=True, slots=True)
class Context:
    """Who imports, when, and by which rules.

    `unread` holds the keys of rows that could not be read: pointing to one is not a fault of its
    own.
    """

    actor: Actor
    keys: Keys
    policy: Policy
    calendar: WorkCalendar
    now: datetime
    today: date
    unread: frozenset[str] = frozenset()


Rows = Sequence[Mapping[str, Any]]
Filled = Callable[[], Iterable[tuple[type[Any], Rows]]]
"""Gives the rows to insert, table by table in their order, once ids have been reserved."""


@dataclass
class Plan:
    """What an import would do: counts, everything wrong, and what is then to be written.

    `rows` is asked before the writing transaction, `act` runs inside it.
    """

    added: int = 0
    skipped: int = 0
    replaced: int = 0
    marked: int = 0
    moved: int = 0
    problems: list[Problem] = field(default_factory=list)
    rows: Filled = tuple
    act: Callable[[Session], None] | None = None

    @property
    def changes(self) -> bool:
        """Whether anything would be written."""
        return bool(self.added or self.replaced)

    def refuse(self, record: Record, column: str, code: str, **values: object) -> None:
        """Note something wrong with a row."""
        self.problems.append(Problem(record.file, record.row, column, code, values))

    def conflict(self, record: Record, kind: RecordKind) -> None:
        """Note that the key of a row is stored with other content."""
        self.refuse(record, "+".join(KEYS[kind]), "conflict")


ID_GAP = 1_000
"""Ids left free on SQLite for what people enter while an import is being made ready."""


def reserve_ids(model: type[Any], count: int) -> Sequence[int]:
    """Ids for new rows that others will point to, so that all can be made ready beforehand.

    PostgreSQL's sequence hands them out for good. SQLite knows no such thing: the ids lie a gap
    above the last one, and if even that is used up meanwhile the insert fails and is tried again.
    """
    with transaction() as session:
        if session.get_bind().dialect.name == "postgresql":
            sequence = f"{model.__tablename__}_id_seq"
            return list(
                session.scalars(
                    text("SELECT nextval(CAST(:name AS regclass)) FROM generate_series(1, :count)"),
                    {"name": sequence, "count": count},
                )
            )
        last = session.scalar(select(func.max(model.id)))
    first = 1 if last is None else last + ID_GAP
    return range(first, first + count)


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one table in the form the driver takes, so that nothing is left to compute."""

    table: str
    columns: tuple[str, ...]
    statement: str
    parameters: list[tuple[Any, ...]]


def batch(dialect: Dialect, model: type[Any], rows: Rows) -> Batch:
    """Make rows ready for the driver: every value as the database keeps it.

    Columns that the rows leave out get the value the table gives them.
    """
    table = model.__table__
    standing = {
        column.name: column.default.arg
        for column in table.columns
        if column.name not in rows[0] and isinstance(column.default, ScalarElementColumnDefault)
    }
    columns = (*rows[0], *standing)
    marks = ", ".join("?" * len(columns))
    quoted = ", ".join(dialect.identifier_preparer.quote(name) for name in columns)
    return Batch(
        table=table.name,
        columns=columns,
        statement=f"INSERT INTO {table.name} ({quoted}) VALUES ({marks})",  # noqa: S608 - own names
        parameters=list(
            zip(
                *(_column(dialect, table.c[name], [row[name] for row in rows]) for name in rows[0]),
                *(
                    _column(dialect, table.c[name], [value] * len(rows))
                    for name, value in standing.items()
                ),
                strict=True,
            )
        ),
    )


def _column(dialect: Dialect, column: Column[Any], values: list[Any]) -> Iterable[Any]:
    """The values of one column as the driver takes them; what comes often is worked out once."""
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return values
    # A column of codes, days and moments has few different values; documents cannot be looked up.
    return map(process if isinstance(column.type, JSON) else cache(process), values)


def write_batch(session: Session, ready: Batch) -> None:
    """Put a batch into its table; a row that is there already raises `IntegrityError`."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(ready.statement, ready.parameters)
        return
    quoted = ", ".join(f'"{name}"' for name in ready.columns)
    driver: Any = connection.connection.driver_connection
    try:
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {ready.table} ({quoted}) FROM STDIN") as copy,
        ):
            for row in ready.parameters:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.IntegrityError as error:
        raise IntegrityError(ready.statement, None, error) from error
