"""How long records are kept and what goes next, before it goes."""

from __future__ import annotations

from datetime import timedelta

from flask import render_template

from citizenfeedback.documents.labels import label
from citizenfeedback.documents.retention_words import source_words, term_words
from citizenfeedback.domain.privacy import retention
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.retention import outlook
from citizenfeedback.web.admin.room import blueprint
from citizenfeedback.web.context import setting, today
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language


@blueprint.get("/retention")
@requires(Action.SEE_RETENTION)
def retention_table() -> str:
    """Show every kind of record with its term, its source, and what goes tonight and soon."""
    lang, days = current_language(), setting("RETENTION_WARNING_DAYS")
    rules = retention(setting("RETENTION"))
    return render_template(
        "admin/retention.html",
        lines=[
            {
                "what": label(one.rule.kept, lang),
                "term": term_words(one.rule, lang),
                "source": source_words(one.rule, lang),
                "look": one,
            }
            for one in outlook(rules, today=today(), warning_days=days)
        ],
        until=today() + timedelta(days=days),
    )
