"""A job runs at its times, once, whatever happens to it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from citizenfeedback.gateways.clock import LOCAL_ZONE
from citizenfeedback.jobs.job import Job, JobContext
from citizenfeedback.jobs.runner import daily, hourly
from citizenfeedback.queries.audit import job_lines
from tests.conftest import NOON


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in the province."""
    return datetime(2026, 11, day, hour, minute, tzinfo=LOCAL_ZONE)


def test_a_daily_job_waits_for_its_hour_and_runs_once_a_day(at: Any) -> None:
    ran: list[datetime] = []
    job = daily("morning", lambda context: ran.append(context.now) or "done", after=time(7))
    moment = local(23, 5)
    while moment < local(25, 12):
        job.run(at(moment))
        moment += timedelta(minutes=20)
    assert ran == [local(23, 7), local(24, 7), local(25, 7)]


def test_a_daily_job_missed_in_the_morning_runs_when_the_worker_is_back(at: Any) -> None:
    job = daily("morning", lambda _: "done", after=time(7))
    assert job.run(at(local(23, 15))) == "done"
    assert job.run(at(local(24, 6))) == ""
    assert job.run(at(local(24, 7))) == "done"


def test_an_hourly_job_runs_once_an_hour(at: Any) -> None:
    job = hourly("x", lambda _: "done")
    times = [job.run(at(local(23, 8, minute))) for minute in (0, 30, 59)]
    assert times == ["done", "", ""]
    assert job.run(at(local(23, 9))) == "done"


def test_a_failure_is_noted_without_its_words_and_tried_again(at: Any) -> None:
    outcomes = iter([RuntimeError("Vũ Thị Kín"), None])

    def run(_: JobContext) -> str:
        failure = next(outcomes)
        if failure:
            raise failure
        return "done"

    job: Job = hourly("x", run)
    with pytest.raises(RuntimeError):
        job.run(at(NOON))
    assert [line.last_outcome for line in job_lines()] == ["failed: RuntimeError"]
    assert job.run(at(NOON)) == "done"
