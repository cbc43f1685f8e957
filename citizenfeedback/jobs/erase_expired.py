"""Erases what has been kept its time."""

from __future__ import annotations

from citizenfeedback.domain.privacy import retention
from citizenfeedback.jobs.job import JobContext
from citizenfeedback.services.retaining import erase_expired


def run(context: JobContext) -> str:
    """Erase it, and say how much of each kind."""
    gone = erase_expired(
        retention(context.settings["RETENTION"]),
        keys=context.gateways.keys,
        files=context.gateways.files,
        today=context.today,
        now=context.now,
    )
    return ", ".join(f"{kept} {number}" for kept, number in gone.items())
