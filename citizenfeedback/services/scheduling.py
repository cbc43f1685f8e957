"""Notes when each job of the schedule ran, so that two workers never do the same job at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from citizenfeedback.models.outbox import JobRun
from citizenfeedback.services.transaction import reading, transaction

LEASE = timedelta(minutes=30)


def claim_job(name: str, first_at: datetime, *, now: datetime) -> bool:
    """Take a job that is due; False when it is not due, or another worker has it.

    `first_at` is when a job that never ran is due for the first time.
    """
    row = reading().get(JobRun, name, populate_existing=True)
    if not _is_due(row, first_at, now):
        return False
    with transaction() as session:
        row = session.get(JobRun, name, with_for_update=True)
        if not _is_due(row, first_at, now):
            return False
        if row is None:
            row = JobRun(name=name, run_at=first_at)
            session.add(row)
        row.lease_until = now + LEASE
        return True


def finish_job(name: str, outcome: str, *, next_at: datetime, now: datetime) -> None:
    """Note that a job was done and when it is due again."""
    with transaction() as session:
        row = session.get_one(JobRun, name, with_for_update=True)
        row.run_at, row.lease_until = next_at, None
        row.last_done_at, row.last_outcome = now, outcome[:200]


def give_back_job(name: str, failure: str) -> None:
    """Note that a job failed; it is due at once for whoever comes next."""
    with transaction() as session:
        row = session.get_one(JobRun, name, with_for_update=True)
        row.lease_until, row.last_outcome = None, failure[:200]


def _is_due(row: JobRun | None, first_at: datetime, now: datetime) -> bool:
    if row is None:
        return first_at <= now
    return row.run_at <= now and (row.lease_until is None or row.lease_until < now)
