"""The one database object, its session, and the column types every table shares.

Writes are let through only inside `services.transaction`: the session refuses to flush or to run
an INSERT, UPDATE or DELETE elsewhere, so that a reading page can never hold up the writers.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, DateTime, Engine, Enum, MetaData, event
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

BEGIN_OPTION = "citizenfeedback_begin"
"""Execution option of a connection: how SQLite is to begin (`BEGIN` unless said)."""

LOG_PAGES = 4000
"""How many pages (of 4 KiB) SQLite's log holds before a writer brings them into the file.

A filing writes to fifty pages, most of them the same as the one before. At the library's own 1000
every eighteenth filing did this for the others; at 4000 half as many pages are written in all, and
the index of the log is still one block.
"""

WRITING = "citizenfeedback_writing"
"""Key in `session.info` while `services.transaction` has the session open for writing."""


class WriteOutsideTransaction(RuntimeError):
    """A row was to be written outside `services.transaction.transaction()`."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, kept as UTC without an offset, so both databases sort it alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without an offset; keep the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without an offset cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the stored moment back with its offset."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Root of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime()}


def choice(kind: type[StrEnum], name: str | None = None) -> Enum:
    """A text column that takes only the values of `kind`; both databases check it.

    `name` tells two columns of one table apart when both use the same vocabulary.
    """
    return Enum(
        kind,
        name=name or kind.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


class Session(FlaskSession):
    """Honours a connection it was bound to (the tests' isolation), which its parent ignores."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        """Prefer the bound connection to the application's engine."""
        if self.bind is not None:
            return self.bind
        return super().get_bind(*args, **kwargs)


db = SQLAlchemy(
    metadata=Base.metadata,
    session_options={"class_": Session},
    disable_autonaming=True,
)


@event.listens_for(Session, "before_flush")
def _refuse_stray_flush(session: Session, *_: object) -> None:
    """Stop a row written outside a transaction before it reaches the database."""
    if WRITING not in session.info and (session.new or session.dirty or session.deleted):
        raise WriteOutsideTransaction("rows may change only inside transaction()")


@event.listens_for(Session, "do_orm_execute")
def _refuse_stray_statement(state: ORMExecuteState) -> None:
    """Stop a writing statement that is run outside a transaction."""
    writes = state.is_insert or state.is_update or state.is_delete
    if writes and WRITING not in state.session.info:
        raise WriteOutsideTransaction("statements may write only inside transaction()")


def prepare_engine(engine: Engine) -> None:
    """Give SQLite the settings that make it safe: log, full sync, keys checked, own BEGIN.

    The stock driver begins late and so loses updates without an error; here each transaction
    begins by itself, and one that writes asks for the write lock first (`BEGIN_OPTION`).
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "busy_timeout=10000",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            f"wal_autocheckpoint={LOG_PAGES}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        how = connection.get_execution_options().get(BEGIN_OPTION, "BEGIN")
        driver: Any = connection.connection.driver_connection
        driver.execute(how)
