"""Hands over the mail that is due."""

from __future__ import annotations

from citizenfeedback.jobs.job import JobContext
from citizenfeedback.services.delivery import deliver_due


def run(context: JobContext) -> str:
    """Send what waits in the outbox."""
    gateways = context.gateways
    return str(
        deliver_due(gateways.mail, gateways.keys, context.settings["PUBLIC_URL"], now=context.now)
    )
