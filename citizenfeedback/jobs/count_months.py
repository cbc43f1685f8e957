"""Counts the last months ahead for citizens' pages once a day."""

from __future__ import annotations

from citizenfeedback.jobs.job import JobContext
from citizenfeedback.services.publishing import count_months


def run(context: JobContext) -> str:
    """Write the figures of the last whole months."""
    counted = count_months(today=context.today, now=context.now)
    return f"{counted} months counted" if counted else ""
