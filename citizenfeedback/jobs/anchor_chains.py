"""Anchors the chains of history once a day."""

from __future__ import annotations

from citizenfeedback.jobs.job import JobContext
from citizenfeedback.services.verifying import anchor_chains


def run(context: JobContext) -> str:
    """Write today's anchor."""
    made = anchor_chains(keys=context.gateways.keys, today=context.today, now=context.now)
    return "anchored" if made else ""
