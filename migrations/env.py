"""Runs the migrations on the database of the current application.

On SQLite a batch change makes a table anew: with foreign keys on, dropping the old one would delete
the rows that hang on it. They are switched off before the transaction opens and checked at its end.
"""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from citizenfeedback.models.base import BEGIN_OPTION, Base, UtcDateTime, db

SEARCH = ("case_fts", "ix_case_search_words")
"""The search index of each database, made by hand in the first migration."""


def _ours(_object: Any, name: str | None, kind: str, _reflected: bool, _to: Any) -> bool:
    """Leave the search index out of comparisons: the models do not describe it."""
    return not (kind in {"table", "index"} and (name or "").startswith(SEARCH))


def _plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own type as what it is in the database: a migration imports nothing of ours."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        include_object=_ours,
        render_item=_plain_type,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


def _migrate_sqlite(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            _migrate(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the migration left rows without their parents: {broken[:5]}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _run() -> None:
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            _migrate_sqlite(connection.execution_options(**{BEGIN_OPTION: "BEGIN IMMEDIATE"}))
        else:
            with connection.begin():
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(6802711)")
                _migrate(connection)


_run()
