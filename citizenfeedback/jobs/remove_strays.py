"""Removes stored files that belong to nothing."""

from __future__ import annotations

from citizenfeedback.jobs.job import JobContext
from citizenfeedback.services.tidying import remove_stray_files


def run(context: JobContext) -> str:
    """Remove what an interrupted act left in the store."""
    removed = remove_stray_files(context.gateways.files, now=context.now)
    return f"{removed} stray files removed" if removed else ""
