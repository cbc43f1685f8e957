"""Brings the database of an installation to the schema of this release."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from citizenfeedback.config import PROJECT
from citizenfeedback.models.base import db
from citizenfeedback.queries.installation import schema_version

MIGRATIONS = PROJECT / "migrations"


def migration_head() -> str:
    """The last migration of this release: they are numbered files, named like their revision."""
    return max((file.stem for file in MIGRATIONS.glob("versions/[0-9]*.py")), default="")


def is_up_to_date() -> bool:
    """Whether the database has been through the last migration."""
    try:
        return schema_version() == migration_head()
    except SQLAlchemyError:
        return False
    finally:
        db.session.remove()


def bring_up_to_date(app: Flask) -> None:
    """Create the tables or migrate them; nothing happens when that is done already."""
    if is_up_to_date():
        return
    # Alembic takes longer to import than all the rest: only when there is something to do.
    from flask_migrate import Migrate, upgrade

    Migrate(app, db, directory=str(MIGRATIONS))
    upgrade()
