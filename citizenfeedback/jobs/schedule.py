"""The table of what the office does by itself."""

from __future__ import annotations

from citizenfeedback.jobs.job import Job

SCHEDULE: tuple[Job, ...] = ()
