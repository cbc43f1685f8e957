"""Hands over the mail that is due."""

from __future__ import annotations

from citizenfeedback.jobs.job import JobContext
from citizenfeedback.services.delivery import WaysOut, deliver_due


def run(context: JobContext) -> str:
    """Send what waits in the outbox."""
    gateways = context.gateways
    return str(
        deliver_due(
            WaysOut(gateways.mail, gateways.sms),
            gateways.keys,
            context.settings["PUBLIC_URL"],
            now=context.now,
        )
    )
