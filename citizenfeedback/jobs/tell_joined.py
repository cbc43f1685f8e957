"""Tells those who joined a public reflection that it has an answer."""

from __future__ import annotations

from citizenfeedback.jobs.job import JobContext
from citizenfeedback.services.joining import tell_joined


def run(context: JobContext) -> str:
    """Queue their mails, each once."""
    told = tell_joined(context.gateways.keys, now=context.now)
    return f"{told} told" if told else ""
