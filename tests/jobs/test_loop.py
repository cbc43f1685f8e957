"""Jobs run when they are due, one failing does not stop the rest, and stopping is prompt."""

import logging
import threading
from datetime import UTC, date, datetime

import pytest

from citizenfeedback.gateways import Gateways
from citizenfeedback.jobs.job import Job, JobContext
from citizenfeedback.jobs.loop import LONGEST_PAUSE, RETRY_SECONDS, Loop


@pytest.fixture
def context(gateways: Gateways) -> JobContext:
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    return JobContext(now=moment, today=date(2026, 11, 23), gateways=gateways, settings={})


def test_a_job_runs_at_once_and_then_at_its_pace(context: JobContext) -> None:
    ran: list[float] = []
    job = Job("count", 60, lambda _: ran.append(1) or "")
    loop = Loop([job], lambda: context)
    assert [loop.run_due(at) for at in (0, 30, 59, 60)] == [60, 30, 1, 60]
    assert len(ran) == 2


def test_a_failing_job_is_tried_again_soon_and_tells_no_secret(
    context: JobContext, caplog: pytest.LogCaptureFixture
) -> None:
    ran = []

    def fail(_: JobContext) -> str:
        raise ValueError("Nguyễn Văn A")

    loop = Loop(
        [Job("bad", 600, fail), Job("good", 600, lambda _: ran.append(1) or "did it")],
        lambda: context,
    )
    with caplog.at_level(logging.INFO):
        assert loop.run_due(0) == RETRY_SECONDS
    assert ran == [1]
    assert "bad failed: ValueError" in caplog.text
    assert "did it" in caplog.text
    assert "Nguyễn" not in caplog.text


def test_it_stops_when_told(context: JobContext) -> None:
    stop = threading.Event()
    loop = Loop([Job("stop", 600, lambda _: stop.set() or "")], lambda: context)
    thread = threading.Thread(target=loop.run_until, args=(stop,))
    thread.start()
    thread.join(LONGEST_PAUSE + 5)
    assert not thread.is_alive()


def test_an_empty_schedule_only_waits(context: JobContext) -> None:
    assert Loop([], lambda: context).run_due(0) == LONGEST_PAUSE
