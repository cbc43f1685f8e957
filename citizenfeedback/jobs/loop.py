"""Runs the schedule: each job when it is due, one after the other, until told to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from threading import Event

from citizenfeedback.gateways.clock import monotonic
from citizenfeedback.jobs.job import Job, JobContext

log = logging.getLogger(__name__)

LONGEST_PAUSE = 1.0
RETRY_SECONDS = 10.0


class Loop:
    """Remembers when each job is due next. A job that fails is logged and tried again soon."""

    def __init__(self, schedule: Iterable[Job], context: Callable[[], JobContext]) -> None:
        """Run `schedule`; `context` gives a fresh context for every run."""
        self._due = dict.fromkeys(schedule, 0.0)
        self._context = context

    def run_due(self, at: float) -> float:
        """Run every job that is due at `at`; how long until the next one is."""
        for job, due in self._due.items():
            if due <= at:
                self._due[job] = at + self._run(job)
        return min((due - at for due in self._due.values()), default=LONGEST_PAUSE)

    def run_until(self, stop: Event) -> None:
        """Run jobs as they fall due until `stop` is set; the job at hand is finished first."""
        while not stop.is_set():
            pause = self.run_due(monotonic())
            stop.wait(min(max(pause, 0.05), LONGEST_PAUSE))

    def _run(self, job: Job) -> float:
        began = monotonic()
        try:
            said = job.run(self._context())
        except Exception as error:  # noqa: BLE001 - one job must not stop the others
            # Only the kind of the failure: the text of a database error may quote a person's words.
            log.error(  # noqa: TRY400 - no traceback, for the reason above
                "job %s failed: %s", job.name, type(error).__name__
            )
            return min(RETRY_SECONDS, job.every_seconds)
        if said:
            log.info("job %s: %s (%.1f s)", job.name, said, monotonic() - began)
        return float(job.every_seconds)
