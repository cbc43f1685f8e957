"""Removes drafts that have run out, with their files."""

from __future__ import annotations

from citizenfeedback.jobs.job import JobContext
from citizenfeedback.services.intake import expire_drafts


def run(context: JobContext) -> str:
    """Delete what ran out."""
    gone = expire_drafts(context.gateways.files, now=context.now)
    return f"{gone} drafts removed" if gone else ""
