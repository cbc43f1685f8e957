"""The audit, for auditors only."""

from __future__ import annotations

from flask import render_template, request

from citizenfeedback.documents.labels import label
from citizenfeedback.domain.vocabulary import Action, AuditAction
from citizenfeedback.queries.audit import audit_page
from citizenfeedback.web.admin.room import blueprint
from citizenfeedback.web.context import actor
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language


@blueprint.get("/audit")
@requires(Action.SEE_AUDIT)
def audit() -> str:
    """Show what was done outside the cases, newest first."""
    asked = request.args.get("action", "")
    action = AuditAction(asked) if asked in set(AuditAction) else None
    before = request.args.get("before", type=int)
    if before is not None:
        before = min(max(before, 0), 2**62)
    lang = current_language()
    return render_template(
        "admin/audit.html",
        page=audit_page(actor(), action=action, before=before),
        action=action,
        actions=[(one, label(one, lang)) for one in AuditAction],
        labels={one: label(one, lang) for one in AuditAction},
    )
