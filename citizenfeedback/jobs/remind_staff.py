"""Tells officials of terms that are near or over, every morning."""

from __future__ import annotations

from citizenfeedback.domain.policy import Policy
from citizenfeedback.jobs.job import JobContext
from citizenfeedback.services.escalating import remind_staff


def run(context: JobContext) -> str:
    """Queue today's reminders."""
    queued = remind_staff(
        keys=context.gateways.keys,
        today=context.today,
        now=context.now,
        age_days=Policy.from_values(context.settings).age_days,
    )
    return f"{queued} reminders" if queued else ""
