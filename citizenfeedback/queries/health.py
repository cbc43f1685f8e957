"""Whether the database answers, how far it is migrated and when the worker was last seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from citizenfeedback.models.base import db
from citizenfeedback.queries.installation import installation, schema_version


class DatabaseUnavailable(Exception):
    """The database does not answer, or holds no tables yet."""


@dataclass(frozen=True)
class Readiness:
    """What a monitor wants to know of the inner parts."""

    schema_version: str
    worker_seen_at: datetime | None
    connections_in_use: int


def readiness() -> Readiness:
    """Look at the inner parts; `DatabaseUnavailable` when there is nothing to look at."""
    try:
        version, facts = schema_version(), installation()
    except SQLAlchemyError:
        raise DatabaseUnavailable from None
    pool = db.engine.pool
    return Readiness(
        schema_version=version,
        worker_seen_at=facts.worker_seen_at,
        connections_in_use=pool.checkedout() if isinstance(pool, QueuePool) else 0,
    )
