"""The front page of administration: what there is, and whether mail and the worker run."""

from __future__ import annotations

from datetime import timedelta

from flask import render_template

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.accounts import account_count
from citizenfeedback.queries.audit import job_lines, mail_state
from citizenfeedback.queries.directory import directory_counts
from citizenfeedback.queries.installation import installation
from citizenfeedback.web.admin.room import blueprint
from citizenfeedback.web.context import actor, gateways, now
from citizenfeedback.web.guard import requires

WORKER_LATE = timedelta(seconds=90)


@blueprint.get("/")
@requires(Action.MANAGE_ACCOUNTS, Action.MANAGE_DIRECTORY, Action.MANAGE_CALENDAR, Action.SEE_AUDIT)
def home() -> str:
    """Show what there is and how it runs."""
    seen = installation().worker_seen_at
    return render_template(
        "admin/home.html",
        manages=not scope_of(actor(), Action.MANAGE_ACCOUNTS).nothing,
        audits=not scope_of(actor(), Action.SEE_AUDIT).nothing,
        counts=directory_counts(),
        accounts=account_count(),
        mail=mail_state(),
        mail_delivers=gateways().mail.delivers,
        worker_seen_at=seen,
        worker_runs=seen is not None and now() - seen < WORKER_LATE,
        jobs=job_lines(),
    )
