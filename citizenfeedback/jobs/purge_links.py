"""Removes one-time links that no longer open anything, and old counts of failed sign-ins."""

from __future__ import annotations

from citizenfeedback.jobs.job import JobContext
from citizenfeedback.services.accounts import purge_links
from citizenfeedback.services.slowing import forget_failures


def run(context: JobContext) -> str:
    """Delete what ran out."""
    gone = purge_links(now=context.now) + forget_failures(now=context.now)
    return f"{gone} links and counts removed" if gone else ""
