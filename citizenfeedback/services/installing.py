"""What is noted about this installation as a whole."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.models.installation import InstallationFact
from citizenfeedback.services.transaction import transaction


def set_purpose(purpose: str) -> None:
    """Mark a database as a demonstration or a benchmark for good; it never becomes a real one."""
    with transaction() as session:
        fact = session.get(InstallationFact, "purpose")
        if fact is None:
            session.add(InstallationFact(key="purpose", value=purpose))
        elif fact.value != purpose:
            raise RuleBroken("purpose_is_fixed", purpose=fact.value)


def record_worker(*, now: datetime) -> None:
    """Note that the worker is alive, so that `/readyz` can tell."""
    with transaction() as session:
        session.merge(InstallationFact(key="worker_seen_at", value=now.isoformat()))


def survey_tables() -> bool:
    """Let SQLite see how its rows are spread, by which it chooses among indexes; say whether it did.

    Without that it takes an index for a good one that leads to half of all cases. PostgreSQL looks
    by itself.
    """
    with transaction() as session:
        if session.get_bind().dialect.name != "sqlite":
            return False
        session.execute(text("ANALYZE"))
        return True
