"""Runs a job at its times and never twice at once, whatever the number of workers or restarts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta

from citizenfeedback.gateways.clock import LOCAL_ZONE
from citizenfeedback.jobs.job import Job, JobContext
from citizenfeedback.services.scheduling import claim_job, finish_job, give_back_job

LOOK_SECONDS = 60

Run = Callable[[JobContext], str]


def daily(name: str, run: Run, *, after: time) -> Job:
    """A job for once a day, not before `after` in the province."""

    def next_at(now: datetime) -> datetime:
        day = now.astimezone(LOCAL_ZONE).date() + timedelta(days=1)
        return datetime.combine(day, after, LOCAL_ZONE)

    def first_at(now: datetime) -> datetime:
        return datetime.combine(now.astimezone(LOCAL_ZONE).date(), after, LOCAL_ZONE)

    return Job(name, LOOK_SECONDS, _leased(name, run, first_at, next_at))


def hourly(name: str, run: Run) -> Job:
    """A job for once an hour."""
    return Job(
        name,
        LOOK_SECONDS,
        _leased(name, run, lambda now: now, lambda now: now + timedelta(hours=1)),
    )


def run_due(context: JobContext, schedule: Iterable[Job]) -> dict[str, str]:
    """Run every job of `schedule` that is due at the context's time; what each did."""
    return {job.name: job.run(context) for job in schedule}


def _leased(
    name: str,
    run: Run,
    first_at: Callable[[datetime], datetime],
    next_at: Callable[[datetime], datetime],
) -> Run:
    def run_if_due(context: JobContext) -> str:
        if not claim_job(name, first_at(context.now), now=context.now):
            return ""
        try:
            said = run(context)
        except Exception as error:
            give_back_job(name, f"failed: {type(error).__name__}")
            raise
        finish_job(name, said, next_at=next_at(context.now), now=context.now)
        return said

    return run_if_due
