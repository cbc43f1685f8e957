"""Looks over what screens delivered, for bursts and for staff who press their own button."""

from __future__ import annotations

from datetime import datetime

from citizenfeedback.gateways.clock import LOCAL_ZONE
from citizenfeedback.jobs.job import JobContext
from citizenfeedback.services.doubting import examine_delivered


def run(context: JobContext) -> str:
    """Mark what looks dishonest; it is counted apart and kept."""
    marked = examine_delivered(local=_local, now=context.now)
    return f"{marked} ratings counted apart" if marked else ""


def _local(moment: datetime) -> datetime:
    return moment.astimezone(LOCAL_ZONE)
